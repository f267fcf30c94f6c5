package nango

import "testing"

func TestAValueIsMaskedByTheWayToIt(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add("seen-before-1")
	for _, c := range []struct {
		path  []string
		value string
		want  string
	}{
		{[]string{"metadata", "plan"}, "team", "team"},
		{[]string{"metadata", "note"}, "it was seen-before-1", "it was " + Masked},
		{[]string{"credentials", "type"}, "OAUTH2", "OAUTH2"},
		{[]string{"credentials", "access_token"}, "abc", Masked},
		{[]string{"credentials", "raw", "scope"}, "read", Masked},
		{[]string{"connection_config", "oauth_client_secret"}, "abc", Masked},
		{[]string{"api_keys", "0"}, "abc", Masked},
	} {
		if got := secrets.MaskAt(c.path, c.value); got != c.want {
			t.Errorf("%v: %q is shown as %q, want %q", c.path, c.value, got, c.want)
		}
	}
}

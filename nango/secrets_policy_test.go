package nango

import (
	"strings"
	"testing"
)

func TestMaskAt(t *testing.T) {
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

// Where a text is cut off, begins with a byte order mark or is nested deeper than encoding/json reads, its secrets are hidden
// by place as in any other, and so are those of JSON within strings.
func TestInvalidJSONIsMaskedByPlace(t *testing.T) {
	deep := strings.Repeat("[", 10_001)
	for raw, want := range map[string]string{
		`{"credentials":{"type":"BASIC","username":"bob","raw":{"x":"y`: `{"credentials":{"type":"BASIC","username":"` +
			Masked + `","raw":{"x":"` + Masked + `"`,
		"\ufeff" + `{"credentials":{"username":"bob"}}`:       "\ufeff" + `{"credentials":{"username":"` + Masked + `"}}`,
		deep + `{"credentials":{"username":"bob"}}`:           deep + `{"credentials":{"username":"` + Masked + `"}}`,
		`{} {"credentials":{"username":"bob"}}`:               `{} {"credentials":{"username":"` + Masked + `"}}`,
		`{"body":"{\"credentials\":{\"username\":\"bob\"}}"}`: `{"body":"{\"credentials\":{\"username\":\"` + Masked + `\"}}"}`,
		`{"body":"{\"\\u0074oken\":\"bob\"}"}`:                `{"body":"{\"\\u0074oken\":\"` + Masked + `\"}"}`,
		`{"body":"{\"a\":\"{\\\"b\\\":\\\"[{\\\\\\\"token\\\\\\\":1234567}]"}`: `{"body":` +
			`"{\"a\":\"{\\\"b\\\":\\\"[{\\\\\\\"token\\\\\\\":\\\\\\\"` + Masked + `\\\\\\\"}]\\\"\""}`,
		`{"credentials":{"type":{"0":"hunter2"},"expires_at":["2030-01-01x"]}}`: `{"credentials":{"type":{"0":"` + Masked +
			`"},"expires_at":["` + Masked + `"]}}`,
	} {
		if got := string((*Secrets)(nil).MaskJSON([]byte(raw))); got != want {
			t.Errorf("%.80s\n got %s\nwant %s", raw, got[max(0, len(got)-120):], want[max(0, len(want)-120):])
		}
	}
}

package sessions

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestWhatOfAConfigGoesIntoALink(t *testing.T) {
	for name, c := range map[string]struct {
		config, want string
		lost         []string
	}{
		"nothing":            {`{}`, `{}`, nil},
		"plain values":       {`{"a":1.10,"b":[true,null],"c":{"d":"e"}}`, `{"a":1.10,"b":[true,null],"c":{"d":"e"}}`, nil},
		"big numbers":        {`{"id":9007199254740993,"n":1e400}`, `{"id":9007199254740993,"n":1e400}`, nil},
		"a secret":           {`{"subdomain":"x","webhook_secret":"s"}`, `{"subdomain":"x"}`, []string{"webhook_secret"}},
		"an app of its own":  {`{"oauth_client_id":"i","oauth_client_secret":"s"}`, `{}`, []string{"oauth_client_id", "oauth_client_secret"}},
		"in camel case":      {`{"clientId":"i","clientSecret":"s"}`, `{}`, []string{"clientId", "clientSecret"}},
		"an id alone":        {`{"oauth_client_id":"i"}`, `{"oauth_client_id":"i"}`, nil},
		"deep down":          {`{"a":{"b":{"password":"p","host":"h"}}}`, `{"a":{"b":{"host":"h"}}}`, []string{"a.b.password"}},
		"in a list":          {`{"list":[{"token":"t"}],"host":"h"}`, `{"host":"h"}`, []string{"list"}},
		"a whole credential": {`{"userCredentials":{"user":"u","n":7}}`, `{}`, []string{"userCredentials"}},
		"by its shape":       {`{"note":"Bearer abcdefghijklmnop"}`, `{}`, []string{"note"}},
		"scopes as a list":   {`{"oauth_scopes_override":["a","b"]}`, `{"oauth_scopes_override":"a,b"}`, nil},
		"scopes as a text":   {`{"oauth_scopes_override":"a b"}`, `{"oauth_scopes_override":"a b"}`, nil},
		"scopes as a number": {`{"oauth_scopes_override":5}`, `{}`, []string{"oauth_scopes_override"}},
	} {
		t.Run(name, func(t *testing.T) {
			config, lost, err := sendableConfig(json.RawMessage(c.config))
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(config)
			if err != nil {
				t.Fatal(err)
			}
			sameValue(t, got, c.want)
			if !slices.Equal(lost, c.lost) {
				t.Errorf("lost %q, not %q", c.lost, lost)
			}
		})
	}
}

func TestAConfigThatIsNoObject(t *testing.T) {
	for _, raw := range []string{`null`, ``} {
		if _, _, err := sendableConfig(json.RawMessage(raw)); err != nil {
			t.Errorf("%q: %v", raw, err)
		}
	}
	for _, raw := range []string{`[1]`, `"x"`, `{`} {
		if _, _, err := sendableConfig(json.RawMessage(raw)); err == nil {
			t.Errorf("taken: %s", raw)
		}
	}
}

func TestMetadataWithNothingInIt(t *testing.T) {
	for raw, want := range map[string]bool{``: true, `null`: true, ` {} `: true, `{ }`: true, `{"a":null}`: false, `[]`: false} {
		if isEmptyMetadata(json.RawMessage(raw)) != want {
			t.Errorf("%q", raw)
		}
	}
}

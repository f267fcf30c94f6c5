package nango

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestKnownSecretsAreMaskedEverywhere(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add("s3cr3t-value", "s3cr3t-value-longer", "short", "überlangesgeheimnis", "alue-in-the-middle")
	for text, want := range map[string]string{
		"":                                  "",
		"nothing here to hide":              "nothing here to hide",
		"s3cr3t-value":                      Masked,
		"a s3cr3t-value b":                  "a " + Masked + " b",
		"s3cr3t-value-longer!":              Masked + "!",
		"s3cr3t-values3cr3t-value":          Masked + Masked,
		"s3cr3t-value-in-the-middle.":       Masked + ".", // two that overlap
		"s3cr3t-valu":                       "s3cr3t-valu",
		"short":                             "short",
		"das überlangesgeheimnis ist":       "das " + Masked + " ist",
		"Authorization: Bearer abcdefgh123": "Authorization: Bearer " + Masked,
		"BEARER   abc.def-ghi_jkl=":         "BEARER   " + Masked,
		"the bearer of news":                "the bearer of news",
		"a robber, a bear":                  "a robber, a bear",
		"bearer":                            "bearer",
		"x eyJhbGciOiJI.eyJzdWIi.c2ln y":    "x " + Masked + " y",
		"eyJ is no token":                   "eyJ is no token",
		"?session_token=nango_connect_session_" + strings.Repeat("0a", 32) + "&x": "?session_token=" + Masked + "&x",
		"nango_agent_session_0123456789abcdef":                                    Masked,
		"nango_connect_session_RANDOM":                                            "nango_connect_session_RANDOM",
	} {
		if got := secrets.Mask(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	var none *Secrets
	none.Add("anything at all")
	if got := none.Mask("Bearer abcdefgh123 anything at all"); got != "Bearer "+Masked+" anything at all" {
		t.Errorf("without a set: %q", got)
	}
}

func TestValueBesideSecretNameIsMasked(t *testing.T) {
	for text, want := range map[string]string{
		`400 {"error":"invalid_grant","refresh_token":"abc"}`: `400 {"error":"invalid_grant","refresh_token":"` + Masked + `"}`,
		`{"clientSecret" : "a b","x":"y","api_key":"c`:        `{"clientSecret" : "` + Masked + `","x":"y","api_key":"` + Masked,
		`said {\"access_token\":\"abc\",\"state\":\"on\"}`:    `said {\"access_token\":\"` + Masked + `\",\"state\":\"on\"}`,
		`{"token":"a\/b"}`: `{"token":"` + Masked + `"}`,
		`GET https://x.example/a?api_key=abc&page=2#top`:        `GET https://x.example/a?api_key=` + Masked + `&page=2#top`,
		`?access_token=a.b~c&refresh_token=d`:                   `?access_token=` + Masked + `&refresh_token=` + Masked,
		`{"token_type":"bearer","expires":"soon"}`:              `{"token_type":"bearer","expires":"soon"}`,
		`the token: expired, "password": unknown, secret=known`: `the token: expired, "password": unknown, secret=known`,
		`https://x.example/?page=2&state=on`:                    `https://x.example/?page=2&state=on`,
		`{"token":""}`:                                          `{"token":""}`,
	} {
		if got := (*Secrets)(nil).Mask(text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		} else if again := (*Secrets)(nil).Mask(got); again != got {
			t.Errorf("%s, masked again: %s", got, again)
		}
	}
}

// A value with a secret name can be a common word, which must not be masked everywhere.
func TestCommonWordsAreOnlyMaskedAsCredentials(t *testing.T) {
	secrets := NewSecrets()
	secrets.learn([]byte(`{"credentials":{"type":"BASIC","password":"sunshine"},
		"connection_config":{"secret_environment":"production","tokenKind":"Application","api_key":"abcdefghijklmnop","private_note":"summer24"},
		"metadata":{"password":"zugangsdaten","token":"GEHEIMZAHL"}}`))
	for text, want := range map[string]string{
		"sunshine": Masked, "production": "production", "Application": "Application", "zugangsdaten": "zugangsdaten",
		"abcdefghijklmnop": Masked, // Google's app passwords are sixteen letters
		"summer24":         Masked, "GEHEIMZAHL": Masked,
	} {
		if got := secrets.Mask(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got := string(secrets.MaskJSON([]byte(`{"api_token":"production"}`))); got != `{"api_token":"`+Masked+`"}` {
		t.Errorf("in its place it is hidden all the same: %s", got)
	}
}

// The program's own keys are the oldest, and must not be evicted by later secrets.
func TestKeysAreNeverForgotten(t *testing.T) {
	secrets := NewSecrets()
	clientFor(t, "https://nango.example", func(c *Config) { c.Secrets = secrets })
	for i := range MaxSecrets + 1 {
		secrets.Add(fmt.Sprintf("secret-%06d", i))
	}
	if got := secrets.Mask("key " + testKey.Reveal()); got != "key "+Masked {
		t.Error(got)
	}
}

func TestSecretsAreBounded(t *testing.T) {
	secrets := NewSecrets()
	for i := range MaxSecrets + 1 {
		secrets.Add(fmt.Sprintf("secret-%06d", i))
	}
	if got := secrets.Mask("secret-000000 secret-000001"); got != "secret-000000 "+Masked {
		t.Errorf("the oldest is forgotten: %q", got)
	}
	secrets.Add(strings.Repeat("x", MaxSecretBytes+1))
	if got := secrets.Mask("secret-000009"); got != Masked {
		t.Error("one that is too long pushed out the others")
	}
	secrets.Add(strings.Repeat("y", MaxSecretBytes))
	if got := secrets.Mask("secret-000009"); got == Masked || secrets.bytes > MaxSecretBytes {
		t.Errorf("%d bytes are kept", secrets.bytes)
	}
}

func TestJSONIsMaskedByKey(t *testing.T) {
	secrets := NewSecrets()
	secrets.Add("seen-before", "two\nlines")
	for _, test := range []struct{ raw, want string }{
		{`{"a": 1e2, "b":[true,null,"x"] }`, `{"a": 1e2, "b":[true,null,"x"] }`},
		{`{"client_secret":"x","n":12345678901234567890}`, `{"client_secret":"••••••••","n":12345678901234567890}`},
		{`{"apiKey":"a","API_KEY":"b","x-api-key":"c","myPassword":"d","accessToken":"e"}`,
			`{"apiKey":"••••••••","API_KEY":"••••••••","x-api-key":"••••••••","myPassword":"••••••••","accessToken":"••••••••"}`},
		{`{"integration_config":{"awsAccessKeyId":"a","dppKey":"b","service":"s3"}}`,
			`{"integration_config":{"awsAccessKeyId":"••••••••","dppKey":"••••••••","service":"s3"}}`},
		{`{"userCredentials":{"type":"OAUTH2","list":["x",{"y":"z"}],"n":1,"pin":123456}}`,
			`{"userCredentials":{"type":"••••••••","list":["••••••••",{"y":"••••••••"}],"n":1,"pin":"••••••••"}}`},
		{`{"credentials":{"type":"OAUTH2","access_token":"x","expires_at":"2030-01-01T00:00:00.000Z","raw":{"type":"OAUTH2",` +
			`"scope":"a","expires_in":3600}}}`,
			`{"credentials":{"type":"OAUTH2","access_token":"••••••••","expires_at":"2030-01-01T00:00:00.000Z",` +
				`"raw":{"type":"••••••••","scope":"••••••••","expires_in":3600}}}`},
		{`{"credentials":{"type":"my secret","expires_at":"hunter2","username":"u"}}`,
			`{"credentials":{"type":"••••••••","expires_at":"••••••••","username":"••••••••"}}`},
		{`{"credentials":{}}`, `{"credentials":{}}`},
		{`{"token_type":"bearer","token_url":"https://x"}`, `{"token_type":"bearer","token_url":"https://x"}`},
		{`{"note":"it was seen-before","seen-before":"x"}`, `{"note":"it was ••••••••","••••••••":"x"}`},
		{`["two\nlines","two\u000alines"]`, `["••••••••","••••••••"]`},
		{`"seen-before"`, `"••••••••"`},
		{`{"a":"<\u00e9>"}`, `{"a":"<\u00e9>"}`},
		{` [ ] `, ` [ ] `},
		{`{"broken":"seen-before`, `{"broken":"••••••••`},
		{``, ``},
	} {
		if got := string(secrets.MaskJSON([]byte(test.raw))); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.raw, got, test.want)
		}
	}
	if got := string(redact([]byte(`{"type":"API_KEY","apiKey":"x"}`), InCredentials,
		Policy(nil))); got != `{"type":"API_KEY","apiKey":"••••••••"}` {
		t.Error(got)
	}
}

func TestDeepJSONIsMasked(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 4000) + `{"secret":"x"}` + strings.Repeat(`]}`, 4000)
	if got := string((*Secrets)(nil).MaskJSON([]byte(deep))); !strings.Contains(got, `{"secret":"••••••••"}`) {
		t.Error("not masked")
	}
}

func TestSecretsAreLearnedByStructure(t *testing.T) {
	secrets := NewSecrets()
	secrets.learn([]byte(`{"connection_id":"public-id-1","credentials":{"type":"OAUTH2_CC","token":"tok-0123456",` +
		`"client_id":"public-client","region":"eu-central-1",
		"raw":{"access_token":"raw-0123456","scope":"public-scope","headers":{"accept":"application/json"}}},
		"connection_config":{"subdomain":"public-sub","oauth_client_secret":"cfg-0123456"},"connect_link":"https://connect.example/abc"}`))
	for _, secret := range []string{"tok-0123456", "raw-0123456", "cfg-0123456", "https://connect.example/abc"} {
		if secrets.Mask(secret) != Masked {
			t.Errorf("%s is not known", secret)
		}
	}
	for _, public := range []string{"public-id-1", "public-client", "public-scope", "public-sub", "eu-central-1", "application/json"} {
		if secrets.Mask(public) != public {
			t.Errorf("%s is taken for a secret", public)
		}
	}
}

// Masked JSON has the same shape, whatever the input.
func FuzzMaskJSON(f *testing.F) {
	f.Add([]byte(`{"a":[1,"x",{"token":"secret-000001"}]}`))
	f.Add([]byte(`{"\u0074oken":"a\"b","credentials":{"type":"X"}}`))
	f.Add([]byte(` [ 1 , -2.5e+10 , {} , [] , "" ] `))
	secrets := NewSecrets()
	secrets.Add("secret-000001", `quote"and\slash`)
	f.Fuzz(func(t *testing.T, raw []byte) {
		masked := secrets.MaskJSON(raw)
		if json.Valid(raw) != json.Valid(masked) && json.Valid(raw) {
			t.Errorf("%q became %q, which is no JSON", raw, masked)
		}
		if strings.Contains(string(masked), "secret-000001") {
			t.Errorf("%q became %q", raw, masked)
		}
	})
}

func BenchmarkMask(b *testing.B) {
	secrets := NewSecrets()
	for i := range 100 {
		secrets.Add(fmt.Sprintf("%08x-secret-value-%06d", i*2654435761, i))
	}
	const cell = "Globex Inc · ops@globex.io · hubspot-eu1"
	if len(cell) < 40 || secrets.Mask(cell) != cell {
		b.Fatal(len(cell))
	}
	b.ReportAllocs()
	for b.Loop() {
		secrets.Mask("acme-corporation-eu-west-hubspot-prod-01")
	}
}

func BenchmarkMaskJSON(b *testing.B) {
	var rows []string
	for i := range 20_000 {
		rows = append(rows, fmt.Sprintf(`{"id":%d,"name":"customer number %d","tags":{"env":"prod"},"apiKey":"%08d",`+
			`"nested":{"x":[1,2,3]},"note":"%s"}`, i, i, i, strings.Repeat("x", 100)))
	}
	raw := []byte("[" + strings.Join(rows, ",") + "]")
	secrets := NewSecrets()
	secrets.Add("secret-000001")
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		secrets.MaskJSON(raw)
	}
}

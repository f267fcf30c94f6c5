package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// complaints returns the issues of a value, one per line: path code message.
func complaints(r zod.Rule, v any) string {
	var in zod.Issues
	r(v, nil, &in)
	var lines []string
	for _, i := range in {
		lines = append(lines, fmt.Sprintf("%s %s %s", strings.Join(i.Path, "."), i.Code, i.Message))
	}
	return strings.Join(lines, "\n")
}

func TestRulesReportIssuesAsZod(t *testing.T) {
	long := strings.Repeat("x", 256)
	for _, c := range []struct {
		rule zod.Rule
		json string
		want string
	}{
		{tagsRule, `{"Env":"x","end_user_email":"a@b.co"}`, ""},
		{tagsRule, `"x"`, " invalid_type Invalid input: expected record, received string"},
		{tagsRule, `{"a":"` + long + `"}`, "a too_big Tag values must be at most 255 characters"},
		{tagsRule, `{"1a":"x","` + strings.Repeat("k", 65) + `":"x"}`,
			"1a invalid_key Invalid key in record\n" + strings.Repeat("k", 65) + " invalid_key Invalid key in record"},
		{tagsRule, `{"end_user_email":"nobody"}`, "end_user_email custom Invalid email address"},
		{patchBody, `{"x":1,"y":2,"tags":null}`,
			"tags invalid_type Invalid input: expected record, received null\n unrecognized_keys Unrecognized keys: \"x\", \"y\""},
		{webhookURLRule, `""`, ""},
		{webhookURLRule, `"https://example.com/x"`, ""},
		{webhookURLRule, `"http://10.0.0.1/x"`, " custom This webhook URL is not allowed."},
		{webhookURLRule, `"https://api.nango.dev/x"`, " custom This webhook URL is not allowed."},
		{webhookURLRule, `"ftp://example.com"`, " invalid_union Invalid input"},
		{metadataBody, `{"connection_id":["a",1],"provider_config_key":"k","metadata":{}}`, "connection_id invalid_union Invalid input"},
		{newSessionBody, `{}`, " custom Either tags or end_user must be provided"},
		{defaultsRule, `{"k":{"connection_config":{"oauth_scopes_override":["a"]}}}`,
			"k.connection_config.oauth_scopes_override invalid_type Invalid input: expected string, received array"},
		{zod.StringBool, `"Yes"`, ""},
		{dateRule, `1795357740251`, ""},
		{dateRule, `"2030-01-01"`, ""},
		{nameRule, `"` + strings.Repeat("🦊", 128) + `"`, " too_big Too big: expected string to have <=255 characters"},
	} {
		if got := complaints(c.rule, js.MustDecode(c.json)); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.json, got, c.want)
		}
	}
}

func TestParseQueryMatchesQs(t *testing.T) {
	for raw, want := range map[string]string{
		"a=1&b=x+y%2B":      `{"a":"1","b":"x y+"}`,
		"a=1&a=2&a=3":       `{"a":["1","2","3"]}`,
		"a[]=1&a[]=2":       `{"a":["1","2"]}`,
		"t[x]=1&t%5By%5D=2": `{"t":{"x":"1","y":"2"}}`,
		"t[x][y]=1":         `{"t":{"x":{"y":"1"}}}`,
		"a[b=2&c":           `{"a[b":"2","c":""}`,
		"&&bad=%zz":         `{"bad":"%zz"}`,
	} {
		if got := string(js.Encode(js.ParseQuery(raw))); got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
}

func TestJSONBSortsKeysByLengthFirst(t *testing.T) {
	const text = `{"zz":1,"b":{"yyy":9007199254740993,"x":1.50},"a":[{"d":1,"c":2}],"aaa":"<&>"}`
	const want = `{"a":[{"c":2,"d":1}],"b":{"x":1.50,"yyy":9007199254740993},"zz":1,"aaa":"<&>"}`
	if got := js.JSONB(js.MustDecode(text)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestIntegrationConfigIsCheckedAndMerged(t *testing.T) {
	b := newBench(t, Options{})
	create := func(config string) reply {
		return b.ask("POST", "/integrations", `{"unique_key":"g","provider":"private-api-generic","integration_config":`+config+`}`)
	}
	r := b.want(create(`{"keyName":"K","baseUrl":"nope"}`), 400)
	if at(r.json, "error", "message") != "Base URL has an invalid format" {
		t.Error(r.text)
	}
	b.want(create(`{"baseUrl":"https://x.example"}`), 400)
	b.want(create(`{"keyName":"K","baseUrl":"https://x.example","other":"x"}`), 400)
	r = b.want(create(`{"keyName":"K","baseUrl":"https://x.example","keyLabel":"Secret"}`), 200)
	if at(r.json, "data", "credentials_label", "apiKey") != "Secret" {
		t.Error(r.text)
	}
	b.want(b.ask("PATCH", "/integrations/g", `{"integration_config":{"keyName":""}}`), 400)
	b.want(b.ask("PATCH", "/integrations/g", `{"integration_config":{"keyLabel":""}}`), 200)
	if r := b.ask("GET", "/integrations/g", ""); at(r.json, "data", "credentials_label") != nil {
		t.Errorf("an optional field is cleared by \"\": %s", r.text)
	}
}

func TestChangedAppCredentialsKeepWhatIsNotSent(t *testing.T) {
	b := newBench(t, Options{})
	b.want(b.ask("POST", "/integrations", `{"unique_key":"g","provider":"github","credentials":
		{"type":"OAUTH2","client_id":"a","client_secret":"b","scopes":"repo","webhook_secret":"w"}}`), 200)
	read := func() any {
		return at(b.ask("GET", "/integrations/g?include=credentials", "").json, "data", "credentials")
	}
	b.want(b.ask("PATCH", "/integrations/g", `{"credentials":{"type":"OAUTH2","client_id":"a2","client_secret":"b2"}}`), 200)
	if got := read(); at(got, "client_id") != "a2" || at(got, "scopes") != "repo" || at(got, "webhook_secret") != "w" {
		t.Error(got)
	}
	b.want(b.ask("PATCH", "/integrations/g",
		`{"credentials":{"type":"OAUTH2","client_id":"a2","client_secret":"b2","scopes":"","webhook_secret":""}}`), 200)
	if got := read(); at(got, "scopes") != "" || at(got, "webhook_secret") != nil {
		t.Error(got)
	}
}

func TestDeleteIntegrationDeletesItsConnections(t *testing.T) {
	b := newBench(t, Options{Seed: 2, Connections: 500})
	had := b.ConnectionCount()
	gone := len(rows(b.ask("GET", "/connections?integrationId=hubspot", "")))
	b.want(b.ask("DELETE", "/integrations/hubspot", ""), 200)
	if left := len(rows(b.ask("GET", "/connections", ""))); gone == 0 || left != had-gone {
		t.Errorf("%d left of %d with %d of hubspot", left, had, gone)
	}
	b.want(b.ask("GET", "/integrations/hubspot", ""), 404)
}

func TestMissingProviderBreaksTheList(t *testing.T) {
	b := newBench(t, Options{Seed: 2, Connections: 50})
	must(t, b.removeProvider("xero"))
	r := b.want(b.ask("GET", "/integrations", ""), 500)
	if at(r.json, "error", "code") != "generic_error_support" {
		t.Error(r.text)
	}
	b.want(b.ask("GET", "/connections", ""), 200)
}

// removeProvider removes a provider from the catalog, as an upgrade of Nango can. While an integration has it, the list of
// integrations is a 500.
func (s *Server) removeProvider(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.env.catalog
	if c.ByName[name] == nil {
		return fmt.Errorf("no provider %q in the catalog", name)
	}
	delete(c.ByName, name)
	c.Providers = slices.DeleteFunc(c.Providers, func(p *catalog.Provider) bool { return p.Name == name })
	return nil
}

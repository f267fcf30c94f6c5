package sandbox

import (
	"strings"
	"testing"
)

// The texts are those of Nango's source at v0.71.4; none of them was recorded.
func TestRefusalsHaveNangosWords(t *testing.T) {
	b, _ := acting(t, `{}`, 0)
	sync := contactsSync()
	sync.Name = "act"
	must(t, b.AddFunction("hubspot", sync))
	template := func(kind string) string {
		return `{"name":"both","type":"` + kind + `","returns":[],"json_schema":null}`
	}
	b.env.catalog.Templates["hubspot"] = []byte("[" + template("sync") + "," + template("action") + "]")
	const deploy, dryRun = "/functions/deployments", "/functions/dryruns"
	fromTemplate := func(name string) string {
		return `{"type":"template","integration_id":"hubspot","template":"` + name + `"}`
	}
	b.want(b.ask("POST", deploy, strings.Replace(fromTemplate("both"), "{", `{"function_type":"sync",`, 1)), 202)
	for _, c := range []struct {
		method, path, body string
		status             int
		code, message      string
	}{
		{"POST", deploy, `{"type":"function","integration_id":"hubspot","function_name":"act","function_type":"action","code":"x"}`,
			400, "invalid_request", "Cannot overwrite existing function 'act'"},
		{"POST", deploy, fromTemplate("nope"), 404, "template_not_found", "No template named 'nope' exists for this integration"},
		{"POST", deploy, fromTemplate("both"), 409, "ambiguous_function",
			"'both' exists as both a sync and an action; specify 'function_type' to disambiguate"},
		{"POST", deploy, strings.Replace(fromTemplate("both"), "{", `{"function_type":"sync",`, 1), 409, "template_already_deployed",
			"'both' is already deployed on this integration"},
		{"POST", dryRun, `{"integration_id":"hubspot","function_type":"action","connection_id":"nope","code":"x"}`,
			404, "connection_not_found", "Connection 'nope' was not found for integration 'hubspot'"},
		{"GET", "/integrations/hubspot/functions/act/code", "", 409, "ambiguous_function",
			"Multiple functions named 'act' found for integration 'hubspot'. Specify a type to disambiguate."},
	} {
		r := b.want(b.ask(c.method, c.path, c.body), c.status)
		if at(r.json, "error", "code") != c.code || at(r.json, "error", "message") != c.message {
			t.Errorf("%s %s %s: %s", c.method, c.path, c.body, r.text)
		}
	}
}

func TestQueriesAreCheckedAsZodDoes(t *testing.T) {
	b, _ := acting(t, `{}`, 0)
	const fraction = "invalid_type Invalid input: expected int, received number"
	for query, want := range map[string]string{
		"/functions?limit=1.5": fraction, "/functions?page=0.5": fraction, "/functions?limit=0.5": fraction, "/functions?limit=1e-1": fraction,
		"/functions?limit=0": "too_small Too small: expected number to be >=1", "/functions?limit=2.0": "", "/functions?limit=1e1": "",
		"/functions?limit=x": "invalid_type Invalid input: expected number, received NaN",
		"?include=a,b":       "invalid_union Invalid input", "?include=webhook,credentials": "invalid_union Invalid input",
		"?include=x": "invalid_union Invalid input", "?include=": "invalid_union Invalid input",
		"?include=webhook&include=x": "invalid_union Invalid input", "?include=webhook": "", "?include[]=webhook&include=credentials": "",
	} {
		r := b.ask("GET", "/integrations/hubspot"+query, "")
		if want == "" {
			b.want(r, 200)
			continue
		}
		code, _ := at(r.json, "error", "errors", 0, "code").(string)
		message, _ := at(r.json, "error", "errors", 0, "message").(string)
		if list, _ := at(r.json, "error", "errors").([]any); r.status != 400 || len(list) != 1 || code+" "+message != want {
			t.Errorf("%s: %d %s, want %s", query, r.status, r.text, want)
		}
	}
	b.want(b.ask("GET", "/connections?limit=1.5", ""), 200) // this one is rounded down
}

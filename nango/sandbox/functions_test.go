package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

const goodCode = `import { createAction } from 'nango';\nexport default createAction({ description: 'says hello', ` +
	`version: '2.1.0', exec: async () => ({ok:true}) });`

func TestSeedHasEveryKindOfFunction(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 100, RateLimit: -1})
	kinds, sources, schemas := map[any]int{}, map[any]int{}, 0
	for _, i := range b.env.integrations {
		for _, f := range i.functions {
			kinds[f.kind]++
			sources[f.source]++
			if f.schema != nil {
				schemas++
			}
			if len(f.code) < 50 {
				t.Errorf("code of %s: %q", f.name, f.code)
			}
		}
	}
	if kinds["sync"] < 20 || kinds["action"] < 20 || kinds["on-event"] < 3 || len(sources) != 3 || schemas < 40 {
		t.Errorf("kinds %v, sources %v, %d schemas", kinds, sources, schemas)
	}
	if n := len(b.env.integration("canva-mcp").functions); n != 0 {
		t.Errorf("the integration without functions has %d", n)
	}
	page := b.want(b.ask("GET", "/integrations/hubspot/functions?limit=5&page=1", ""), 200)
	if len(at(page.json, "data").([]any)) != 5 || at(page.json, "pagination", "total").(float64) < 20 {
		t.Errorf("second page: %s", page.text)
	}
}

func TestIntegrationsOfOneProviderAreMergedInTheConfig(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 50, RateLimit: -1})
	slack := 0
	list := b.want(b.ask("GET", "/scripts/config", ""), 200).json.([]any)
	for _, p := range list {
		if at(p, "provider") == "slack" {
			slack++
			if n := len(at(p, "syncs").([]any)); n != 4 {
				t.Errorf("%d syncs of two integrations", n)
			}
		}
	}
	if slack != 1 || len(list) < 15 {
		t.Errorf("%d entries for slack, %d in all", slack, len(list))
	}
}

func TestDeploymentProgressesAndDeploysAFunction(t *testing.T) {
	b, _ := acting(t, `{}`, 0)
	r := b.want(b.ask("POST", "/functions/deployments",
		`{"type":"function","integration_id":"hubspot","function_name":"hello","function_type":"action","code":"`+goodCode+`"}`), 202)
	job := "/functions/deployments/" + at(r.json, "id").(string)
	for _, want := range []string{"waiting", "running", "success"} {
		if v := b.ask("GET", job, ""); at(v.json, "status") != want {
			t.Errorf("status %s, want %s", v.text, want)
		}
		if want == "running" {
			b.want(b.ask("GET", "/integrations/hubspot/functions/hello", ""), 404)
		}
		b.clock.advance(jobStartDelay + deployDuration/2)
		if want == "running" {
			b.clock.advance(deployDuration)
		}
	}
	f := b.want(b.ask("GET", "/integrations/hubspot/functions/hello", ""), 200)
	if at(f.json, "data", "source") != "standalone" || at(f.json, "data", "description") != "says hello" {
		t.Errorf("deployed: %s", f.text)
	}
	if out := b.want(b.act("hello", `{"a":1}`), 200); at(out.json, "input", "a") != 1.0 {
		t.Errorf("run: %s", out.text)
	}
	b.want(b.ask("DELETE", "/integrations/hubspot/functions/hello?type=action", ""), 200)
	b.want(b.act("hello", `{}`), 404)
}

func TestRepositoryFunctionsCanNotBeChanged(t *testing.T) {
	b, _ := acting(t, `{}`, 0)
	if r := b.want(b.ask("DELETE", "/integrations/hubspot/functions/act?type=action", ""), 400); at(r.json, "error",
		"code") != "function_managed_by_deploy" {
		t.Error(r.text)
	}
	r := b.want(b.ask("POST", "/functions/deployments",
		`{"type":"function","integration_id":"hubspot","function_name":"act","function_type":"action","code":"`+goodCode+`"}`), 400)
	if at(r.json, "error", "code") != "invalid_request" {
		t.Error(r.text)
	}
}

func TestSharedNameConflictsOnlyForCode(t *testing.T) {
	b, _ := acting(t, `{}`, 0)
	spec := contactsSync()
	spec.Name = "act"
	must(t, b.AddFunction("hubspot", spec))
	if f := b.want(b.ask("GET", "/integrations/hubspot/functions/act", ""), 200); at(f.json, "data", "type") != "action" {
		t.Error(f.text)
	}
	if r := b.want(b.ask("GET", "/integrations/hubspot/functions/act/code", ""),
		409); len(at(r.json, "error", "payload", "matches").([]any)) != 2 {
		t.Error(r.text)
	}
	b.want(b.ask("GET", "/integrations/hubspot/functions/act/code?type=sync", ""), 200)
}

func TestTemplateIsDeployedOnce(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 50, RateLimit: -1})
	body := `{"type":"template","integration_id":"hubspot","template":"audit-log"}`
	r := b.want(b.ask("POST", "/functions/deployments", body), 202)
	if v := b.want(b.ask("GET", "/functions/deployments/"+at(r.json, "id").(string), ""), 200); at(v.json, "deployed") != true {
		t.Error(v.text)
	}
	b.want(b.ask("GET", "/integrations/hubspot/functions/audit-log", ""), 200)
	b.want(b.ask("POST", "/functions/deployments", body), 409)
	b.want(b.ask("POST", "/functions/deployments", strings.Replace(body, "audit-log", "nope", 1)), 404)
	conn := connectionsOf(b.env.integration("hubspot"))[0]
	b.clock.advance(time.Hour)
	records := b.want(b.ask("GET", "/records?model=AuditEntry", "", "Connection-Id", conn.connectionID, "Provider-Config-Key", "hubspot"), 200)
	if len(recordList(records.json)) == 0 {
		t.Error("the sync of a template saved nothing")
	}
}

func TestDryRunFailsIfItsCodeThrows(t *testing.T) {
	b, _ := acting(t, `{}`, 0)
	for code, want := range map[string]any{
		goodCode: nil,
		"export default createAction({ exec: async () => { throw new Error('no luck'); } });": "no luck",
		"export default createAction({": "function.ts(1): error TS1005: '{' is never closed.",
		"const a = 1;":                  "The default export must be createSync(), createAction() or createOnEvent().",
	} {
		r := b.want(b.ask("POST", "/functions/dryruns",
			`{"integration_id":"hubspot","function_type":"action","connection_id":"a","code":"`+code+`"}`), 202)
		b.clock.advance(time.Minute)
		v := b.want(b.ask("GET", "/functions/dryruns/"+at(r.json, "id").(string), ""), 200)
		if at(v.json, "error", "message") != want {
			t.Errorf("%s: %s", code, v.text)
		}
	}
	compiled := b.want(b.ask("POST", "/functions/compile", `{"code":"`+goodCode+`"}`), 200)
	if at(compiled.json, "bundle_size_bytes").(float64) < 50 {
		t.Error(compiled.text)
	}
	b.want(b.ask("POST", "/functions/compile", `{"code":"export default createAction("}`), 400)
}

func TestSpecWithInvalidJSONIsAnError(t *testing.T) {
	b, _ := acting(t, `{}`, 0)
	if b.AddFunction("hubspot", FunctionSpec{Kind: "sync", Name: "x", Definitions: json.RawMessage(`[1]`)}) == nil {
		t.Error("definitions that are no object were taken")
	}
	if b.AddFunction("nope", FunctionSpec{}) == nil {
		t.Error("an unknown integration was taken")
	}
}

package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/longtest"
)

// deployed deploys code and returns the function.
func (b *bench) deployed(kind, name, code string) map[string]any {
	b.t.Helper()
	body, err := json.Marshal(map[string]string{"type": "function", "integration_id": "acme-key", "function_name": name, "function_type": kind,
		"code": code})
	must(b.t, err)
	b.want(b.ask("POST", "/functions/deployments", string(body)), 202)
	b.clock.advance(time.Minute)
	r := b.want(b.ask("GET", "/integrations/acme-key/functions/"+name+"?type="+kind, ""), 200)
	return at(r.json, "data").(map[string]any)
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	must(t, err)
	return string(text)
}

func TestDeployedActionHasTheModelsOfItsCode(t *testing.T) {
	b := newBench(t, Options{RateLimit: -1})
	must(t, b.AddIntegration(IntegrationSpec{Key: "acme-key", Provider: "hubspot"}))
	const imports = "import { createAction } from 'nango';\nimport * as z from 'zod';\n"
	for name, c := range map[string]struct{ code, input, output string }{
		"plus-one": {"export default createAction({ description: 'adds, and more', input: z.object({ a: z.number() }), " +
			"output: z.object({ b: z.number() }), exec: async (nango, input) => ({ b: input.a + 1 }) });",
			`{"additionalProperties":false,"properties":{"a":{"type":"number"}},"required":["a"],"type":"object"}`,
			`{"additionalProperties":false,"properties":{"b":{"type":"number"}},"required":["b"],"type":"object"}`},
		"echo":    {"export default createAction({ input: z.void(), output: z.any(), exec: async () => 1 });", `{"type":"null"}`, `{}`},
		"nothing": {"export default createAction({ exec: async () => 1 });", `{"type":"null"}`, `{}`},
		"named": {"const Row = z.object({ id: z.string().optional(), n: z.number().int().nullable() });\n" +
			"const In = z.object({ rows: z.array(Row), kind: z.enum(['a', \"b\"]).default('a') });\n" +
			"export default createAction({ input: In, output: z.array(z.boolean()), exec: async () => [] });",
			`{"additionalProperties":false,"properties":{"kind":{"enum":["a","b"],"type":"string"},"rows":{"items":{"additionalProperties":false,` +
				`"properties":{"id":{"type":"string"},"n":{"anyOf":[{"type":"integer"},{"type":"null"}]}},"required":["n"],"type":"object"},` +
				`"type":"array"}},"required":["rows"],"type":"object"}`, `{"items":{"type":"boolean"},"type":"array"}`},
	} {
		f := b.deployed("action", name, imports+c.code)
		clean := strings.ReplaceAll(name, "-", "")
		input, output := "ActionInput_acme_key_"+clean, "ActionOutput_acme_key_"+clean
		if f["input"] != input || asJSON(t, f["returns"]) != `["`+output+`"]` {
			t.Errorf("%s: %v returns %v", name, f["input"], f["returns"])
		}
		if got := asJSON(t, at(f, "json_schema", "definitions", input)); got != c.input {
			t.Errorf("%s takes %s, want %s", name, got, c.input)
		}
		if got := asJSON(t, at(f, "json_schema", "definitions", output)); got != c.output {
			t.Errorf("%s returns %s, want %s", name, got, c.output)
		}
	}
}

func TestDeployedSyncHasTheScheduleOfItsCode(t *testing.T) {
	b := newBench(t, Options{RateLimit: -1})
	must(t, b.AddIntegration(IntegrationSpec{Key: "acme-key", Provider: "hubspot"}))
	f := b.deployed("sync", "my-contacts", "const Person = z.object({ id: z.string() });\n"+
		"export default createSync({ frequency: 'every 2 hours', autoStart: true, syncType: 'incremental', trackDeletes: true, "+
		"models: { Contact: Person, Person }, metadata: z.object({ owner: z.string() }), exec: async () => {} });")
	const metadata = "SyncMetadata_acme_key_mycontacts"
	if f["runs"] != "every 2 hours" || f["auto_start"] != true || f["track_deletes"] != true || f["input"] != metadata ||
		asJSON(t, f["returns"]) != `["Contact","Person"]` || at(f, "json_schema", "definitions", metadata, "type") != "object" ||
		at(f, "json_schema", "definitions", "Person", "type") != "object" {
		t.Errorf("%v", f)
	}
	f = b.deployed("sync", "plain", "export default createSync({ exec: async () => {} });")
	if f["auto_start"] != false || f["input"] != nil {
		t.Errorf("a sync starts by itself only if its code says so: %v", f)
	}
}

func TestSeededFunctionsHaveCompiledModels(t *testing.T) {
	b := newBench(t, Options{Seed: 1, Connections: 50, RateLimit: -1})
	empty, anything, metadata := 0, 0, 0
	for _, i := range b.env.integrations {
		for _, f := range i.functions {
			if f.input != "" && f.modelSchema(f.input) == nil {
				t.Errorf("%s of %s: no model %s", f.name, i.key, f.input)
			}
			if f.kind == kindSync && f.input == modelName("SyncMetadata", i.key, f.name) {
				metadata++
			}
			if f.kind != kindAction || f.schema == nil {
				continue
			}
			if f.input != modelName("ActionInput", i.key, f.name) || f.returns[0] != modelName("ActionOutput", i.key, f.name) {
				t.Errorf("%s of %s: %s, %v", f.name, i.key, f.input, f.returns)
			}
			if f.modelSchema(f.input).Str("type") == "null" {
				empty++
			}
			if len(f.outputModel().Keys()) == 0 {
				anything++
			}
		}
	}
	if empty < 3 || anything < 3 || metadata < 1 {
		t.Errorf("%d actions without input, %d with any output, %d syncs with metadata", empty, anything, metadata)
	}
}

// Any text may be deployed. Reading it ends, whatever refers to what.
func TestReadingCodeIsBounded(t *testing.T) {
	longtest.SkipInShort(t)
	var code strings.Builder
	code.WriteString("const A0 = z.object({ a: A1, b: A1 });\n")
	for range 40 {
		code.WriteString("const A1 = z.object({ a: A1, b: A1, c: A0 });\n")
	}
	code.WriteString("export default createAction({ input: A0 });")
	for _, text := range []string{code.String(), "export default createAction({ input: z.object(", "export default x({input:",
		"input:", "export default x({ input: z.enum(, z.array(", "export default x({ input: z.object({:}), output: z." +
			strings.Repeat("array(z.", maxCode/8)} {
		f := &function{kind: kindAction, name: "x"}
		f.readCode(newSourceCode(text), "i")
		if f.modelSchema(f.input) == nil || f.outputModel() == nil {
			t.Errorf("%.40s: %v", text, f.schema)
		}
	}
}

package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
)

// writeCode returns source code that fits a function's description.
func writeCode(f *function) string {
	var b strings.Builder
	create := map[string]string{kindSync: "createSync", kindAction: "createAction", kindOnEvent: "createOnEvent"}[f.kind]
	fmt.Fprintf(&b, "import { %s } from 'nango';\nimport * as z from 'zod';\n\n", create)
	models := f.returns
	if f.input != "" {
		models = slices.Concat(models, []string{f.input})
	}
	for _, model := range models {
		fmt.Fprintf(&b, "const %s = %s;\n\n", model, zodOf(f.modelSchema(model), ""))
	}
	fmt.Fprintf(&b, "export default %s({\n    description: %s,\n    version: '%s',\n", create, js.Encode(f.description), f.version)
	switch f.kind {
	case kindSync:
		writeSync(&b, f)
	case kindAction:
		writeAction(&b, f)
	default:
		fmt.Fprintf(&b, "    event: '%s',\n    exec: async (nango) => {\n        const connection = await nango.getConnection();\n"+
			"        await nango.log(`Hello ${connection.connection_id}`);\n    }\n", f.event)
	}
	b.WriteString("});\n")
	return b.String()
}

func writeSync(b *strings.Builder, f *function) {
	model := "Item"
	if len(f.returns) > 0 {
		model = f.returns[0]
	}
	fmt.Fprintf(b, "    frequency: '%s',\n    autoStart: %t,\n    syncType: '%s',\n    models: { %s },\n\n",
		f.runs, f.autoStart, f.syncType, strings.Join(f.returns, ", "))
	fmt.Fprintf(b, "    exec: async (nango) => {\n        // Pages until the provider has no more.\n"+
		"        for await (const page of nango.paginate({ endpoint: '/%s', retries: 10 })) {\n"+
		"            await nango.batchSave(page.map((row) => ({ ...row, id: String(row.id) })), '%s');\n        }\n", f.name, model)
	if f.trackDelete {
		fmt.Fprintf(b, "        await nango.deleteRecordsFromPreviousExecutions('%s');\n", model)
	}
	b.WriteString("    }\n")
}

func writeAction(b *strings.Builder, f *function) {
	input, output := cmp.Or(f.input, "z.void()"), "z.unknown()"
	if len(f.returns) > 0 {
		output = f.returns[0]
	}
	fmt.Fprintf(b, "    input: %s,\n    output: %s,\n\n    exec: async (nango, input) => {\n"+
		"        const response = await nango.post({ endpoint: '/%s', data: input, retries: 3 });\n"+
		"        return response.data;\n    }\n", input, output, f.name)
}

// zodOf writes a JSON schema as code of the zod library, which functions use.
func zodOf(schema *js.Object, indent string) string {
	properties := schema.Obj("properties")
	switch kind := schema.Str("type"); {
	case kind == "object" && properties != nil:
		var b strings.Builder
		b.WriteString("z.object({\n")
		for _, k := range properties.Keys() {
			fmt.Fprintf(&b, "%s    %s: %s,\n", indent, k, zodOf(properties.Obj(k), indent+"    "))
		}
		return b.String() + indent + "})"
	case kind == "array":
		return "z.array(" + zodOf(schema.Obj("items"), indent) + ")"
	case kind == "integer":
		return "z.number().int()"
	case kind == "string", kind == "number", kind == "boolean":
		return "z." + kind + "()"
	}
	return "z.unknown()"
}

package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// postDeployment is POST /functions/deployments, of code or of a template.
func postDeployment(c *call) answer {
	body := c.validBody(zod.ByType("Invalid input", map[string]zod.Rule{
		"function": zod.Object(
			zod.Key("type", zod.String()), zod.Key("integration_id", integrationRule), zod.Key("function_name", functionRule),
			zod.Key("function_type", functionKindRule), zod.Key("code", zod.String(zod.Min(1), zod.Max(maxCode))),
			zod.Key("version", zod.Optional(nameRule)), zod.Key("allow_destructive", zod.Optional(zod.Boolean))),
		"template": zod.Object(
			zod.Key("type", zod.String()), zod.Key("integration_id", integrationRule), zod.Key("template", functionRule),
			zod.Key("function_type", zod.Optional(functionKindRule))),
	}))
	i := c.jobIntegration(body)
	if body.Str("type") == "template" {
		return c.deployTemplate(i, body)
	}
	kind, name, code := body.Str("function_type"), body.Str("function_name"), body.Str("code")
	old := i.function(name, kind)
	if old != nil && old.source != "standalone" {
		return failure(http.StatusBadRequest, "invalid_request",
			fmt.Sprintf("Cannot overwrite existing function '%s'", name))
	}
	j := c.newJob("deployment", i.key, kind, deployDuration)
	j.name, j.version = name, cmp.Or(body.Str("version"), firstMatch(codeVersion, code), "0.0.1")
	j.output = "Compiling " + name + ".ts\nDeploying " + name + "@" + j.version + "\n"
	if j.failure = compileError(code); j.failure == nil {
		env := c.env
		j.finish = func() { env.deploy(i, codeFunction(j, code, old)) }
	}
	return c.acceptJob(j)
}

func firstMatch(re *regexp.Regexp, s string) string {
	if found := re.FindStringSubmatch(s); found != nil {
		return found[1]
	}
	return ""
}

// codeFunction is the function of a source text, as far as the text says.
func codeFunction(j *job, code string, old *function) *function {
	f := &function{name: j.name, kind: j.function, description: firstMatch(codeDescription, code), hasDescription: true,
		returns: []string{}, version: j.version, source: "standalone", sdkVersion: sdkVersion, deployed: timestampMs(j.completed),
		code: code}
	f.readCode(newSourceCode(code), j.integration)
	if old != nil && f.description == "" {
		f.description = old.description
	}
	return f
}

// readCode adds what the code says about schedule and models, with the defaults of Nango's compiler.
func (f *function) readCode(code *sourceCode, integration string) {
	definitions := js.NewObject()
	f.schema = js.NewObject("definitions", definitions)
	if f.kind == kindAction {
		input, _ := code.schema(cmp.Or(code.option("input"), "z.void()"))
		output, _ := code.schema(code.option("output"))
		f.input, f.returns = "Input", []string{"Output"}
		definitions.Set(f.input, input)
		definitions.Set(f.returns[0], output)
		f.run = func(a actionCall) outcome { return result(js.NewObject("ok", true, "input", a.input)) }
	} else {
		f.runs, f.syncType = cmp.Or(code.stringOption("frequency"), "every hour"), cmp.Or(code.stringOption("syncType"), "full")
		f.autoStart, f.trackDelete = code.option("autoStart") == "true", code.option("trackDeletes") == "true"
		f.sizes = recordSizes{least: 3, most: 30, prefix: "item_"}
		if names := code.option("models"); names != "" {
			definitions.Merge(code.object(expressions(strings.TrimPrefix(names, "{"))).Obj("properties"))
		}
		if f.returns = slices.Clone(definitions.Keys()); len(f.returns) == 0 {
			f.returns = []string{"Item"}
			definitions.Set("Item", js.MustDecode(itemModel))
		}
		if metadata := code.option("metadata"); metadata != "" {
			model, _ := code.schema(metadata)
			f.input = "Metadata"
			definitions.Set(f.input, model)
		}
	}
	f.nameModels(integration)
}

// deployTemplate is completed when it is answered.
func (c *call) deployTemplate(i *integration, body *js.Object) answer {
	name, kind := body.Str("template"), body.Str("function_type")
	templates, _ := js.MustDecode(cmp.Or(string(c.env.catalog.Templates[i.provider.Name]), "[]")).([]any)
	var found []*js.Object
	for _, t := range templates {
		if o, ok := t.(*js.Object); ok && o.Str("name") == name && (kind == "" || o.Str("type") == kind) {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 0:
		return failure(http.StatusNotFound, "template_not_found", fmt.Sprintf("No template named '%s' exists for this integration", name))
	case len(found) > 1:
		return failure(http.StatusConflict, "ambiguous_function",
			fmt.Sprintf("'%s' exists as both a sync and an action; specify 'function_type' to disambiguate", name))
	case i.function(name, found[0].Str("type")) != nil:
		return failure(http.StatusConflict, "template_already_deployed", fmt.Sprintf("'%s' is already deployed on this integration", name))
	}
	now := c.now()
	j := &job{id: fake.UUID(c.env.rng), kind: "deployment", integration: i.key, name: name, function: found[0].Str("type"),
		created: now, started: now, completed: now, version: "1.0.0",
		output: "Successfully deployed the functions:\n- " + name + "@1.0.0"}
	c.env.addJob(j)
	c.env.logDeployment(j)
	c.env.deploy(i, templateFunction(found[0], timestampMs(now)))
	return jsonAnswer(http.StatusAccepted, js.NewObject("id", j.id, "status", "success", "created_at", isoZ(j.created)))
}

func templateFunction(t *js.Object, now timestamp) *function {
	f := &function{name: t.Str("name"), kind: t.Str("type"), description: t.Str("description"), hasDescription: t.Has("description"),
		input: t.Str("input"), returns: append([]string{}, t.Strings("returns")...), scopes: t.Strings("scopes"),
		schema: t.Obj("json_schema"), runs: t.Str("runs"),
		autoStart: t.Get("auto_start") != false, trackDelete: t.Get("track_deletes") == true, syncType: "incremental",
		version: "1.0.0", source: "catalog", sdkVersion: sdkVersion, deployed: now}
	f.sizes = recordSizes{least: 5, most: 60, every: 9}
	f.code = writeCode(f)
	if f.kind == kindAction {
		f.run = actByName(f)
	}
	return f
}

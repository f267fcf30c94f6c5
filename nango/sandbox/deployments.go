package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
)

// postDeployment is POST /functions/deployments, of code or of a template.
func postDeployment(c *call) answer {
	c.validQuery()
	body := c.validBody(byType("Invalid input", map[string]rule{
		"function": shape(
			field{"type", text()}, field{"integration_id", integrationRule}, field{"function_name", functionRule},
			field{"function_type", functionKindRule}, field{"code", text(atLeast(1), atMost(maxCode))},
			field{"version", optional(nameRule)}, field{"allow_destructive", optional(boolean)}),
		"template": shape(
			field{"type", text()}, field{"integration_id", integrationRule}, field{"template", functionRule},
			field{"function_type", optional(functionKindRule)}),
	}))
	i := c.world.integration(body.str("integration_id"))
	if i == nil {
		return integrationNotFound(body.str("integration_id"))
	}
	if body.str("type") == "template" {
		return c.deployTemplate(i, body)
	}
	kind, name, code := body.str("function_type"), body.str("function_name"), body.str("code")
	old := i.function(name, kind)
	if old != nil && old.source != "standalone" {
		return failure(http.StatusBadRequest, "invalid_request", fmt.Sprintf("Function '%s' exists and was not deployed on its own", name))
	}
	j := c.newJob("deployment", i.key, kind, deployFor)
	j.name, j.version = name, cmp.Or(body.str("version"), firstMatch(codeVersion, code), "0.0.1")
	j.output = "Compiling " + name + ".ts\nDeploying " + name + "@" + j.version + "\n"
	if j.failed = codeProblem(code); j.failed == nil {
		w := c.world
		j.finish = func() { w.deploy(i, codeFunction(j, code, old)) }
	}
	return c.accepted(j)
}

func firstMatch(re *regexp.Regexp, s string) string {
	if found := re.FindStringSubmatch(s); found != nil {
		return found[1]
	}
	return ""
}

// codeFunction is the function that a text would make, as far as the text says.
func codeFunction(j *job, code string, old *function) *function {
	f := &function{name: j.name, kind: j.function, description: firstMatch(codeText, code), described: true, returns: []string{},
		version: j.version, source: "standalone", sdkVersion: sdkVersion, deployed: millis(j.completed), code: code}
	if f.kind == kindSync {
		f.returns, f.runs, f.syncType, f.autoStart = []string{"Item"}, "every hour", "incremental", true
		f.schema = models("Item", itemModel)
		f.sizes = recordSizes{least: 3, most: 30, prefix: "item_"}
	} else {
		f.act = func(a actionCall) outcome { return returns(newObject("ok", true, "input", a.input)) }
	}
	if old != nil && f.description == "" {
		f.description = old.description
	}
	return f
}

// deployTemplate is done when it is answered.
func (c *call) deployTemplate(i *integration, body *object) answer {
	name, kind := body.str("template"), body.str("function_type")
	templates, _ := mustDecode(cmp.Or(string(c.world.catalog.templates[i.provider.Name]), "[]")).([]any)
	var found []*object
	for _, t := range templates {
		if o, ok := t.(*object); ok && o.str("name") == name && (kind == "" || o.str("type") == kind) {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 0:
		return failure(http.StatusNotFound, "template_not_found", fmt.Sprintf("Template '%s' was not found", name))
	case len(found) > 1:
		return failure(http.StatusConflict, "ambiguous_function", fmt.Sprintf("Multiple templates named '%s'; say which by function_type", name))
	case i.function(name, found[0].str("type")) != nil:
		return failure(http.StatusConflict, "template_already_deployed", fmt.Sprintf("Template '%s' is deployed already", name))
	}
	now := c.now()
	j := &job{id: uuid(c.world.rng), kind: "deployment", integration: i.key, name: name, function: found[0].str("type"),
		created: now, started: now, completed: now, version: "1.0.0"}
	c.world.addJob(j)
	c.world.deploy(i, templateFunction(found[0], millis(now)))
	return jsonAnswer(http.StatusAccepted, newObject("id", j.id, "status", "success", "created_at", isoZ(j.created)))
}

// templateFunction is the function that a template makes.
func templateFunction(t *object, now stamp) *function {
	f := &function{name: t.str("name"), kind: t.str("type"), description: t.str("description"), described: t.has("description"),
		input: t.str("input"), returns: []string{}, schema: t.obj("json_schema"), runs: t.str("runs"),
		autoStart: t.get("auto_start") != false, trackDelete: t.get("track_deletes") == true, syncType: "incremental",
		version: "1.0.0", source: "catalog", sdkVersion: sdkVersion, deployed: now}
	for _, list := range []struct {
		key string
		to  *[]string
	}{{"returns", &f.returns}, {"scopes", &f.scopes}} {
		values, _ := t.get(list.key).([]any)
		for _, v := range values {
			if s, ok := v.(string); ok {
				*list.to = append(*list.to, s)
			}
		}
	}
	f.sizes = recordSizes{least: 5, most: 60, every: 9}
	f.code = writeCode(f)
	if f.kind == kindAction {
		f.act = actByName(f)
	}
	return f
}

package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"nango-tui/nango/sandbox/js"
)

// providerFunctions are the functions of all integrations of one provider. GET /scripts/config has them under the first
// integration's key.
type providerFunctions struct {
	key, provider  string
	syncs, actions []*function
}

// functionsByProvider returns the providers in the order of their first function's name.
func (env *environment) functionsByProvider() []*providerFunctions {
	type owned struct {
		*function
		i *integration
	}
	var all []owned
	for _, i := range env.integrations {
		for _, f := range i.functions {
			if f.kind != kindOnEvent {
				all = append(all, owned{f, i})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b owned) int { return byName(a.function, b.function) })
	var out []*providerFunctions
	for _, o := range all {
		at := slices.IndexFunc(out, func(p *providerFunctions) bool { return p.provider == o.i.provider.Name })
		if at < 0 {
			at = len(out)
			out = append(out, &providerFunctions{key: o.i.key, provider: o.i.provider.Name})
		}
		if o.kind == kindSync {
			out[at].syncs = append(out[at].syncs, o.function)
		} else {
			out[at].actions = append(out[at].actions, o.function)
		}
	}
	return out
}

// getScriptsConfig is GET /scripts/config: a bare array. It accepts any query, and ignores an unknown format.
func getScriptsConfig(c *call) answer {
	if c.query.Str("format") == "openai" {
		return c.openAITools()
	}
	out := []any{}
	for _, p := range c.env.functionsByProvider() {
		out = append(out, js.NewObject("actions", configViews(p.actions), "providerConfigKey", p.key, "provider", p.provider,
			"syncs", configViews(p.syncs), "on-events", []any{}))
	}
	return jsonAnswer(http.StatusOK, out)
}

func configViews(list []*function) []any {
	out := []any{}
	for _, f := range list {
		out = append(out, f.configView())
	}
	return out
}

// configView is a function in GET /scripts/config.
func (f *function) configView() *js.Object {
	models := slices.Clone(f.returns)
	if f.input != "" {
		models = append(models, f.input)
	}
	slices.Sort(models)
	fields := []any{}
	for _, m := range slices.Compact(models) {
		fields = append(fields, js.NewObject("name", m, "fields", []any{}))
	}
	isSync := f.kind == kindSync
	return js.NewObject("id", f.id, "name", f.name, "type", f.kind, "returns", list(f.returns), "description", f.description,
		"attributes", js.NewObject(), "scopes", list(f.scopes), "version", stringOrNull(f.version), "source", f.source,
		"endpoints", list(f.endpoints), "input", js.When(f.input != "", f.input), "enabled", !f.disabled,
		"last_deployed", isoZ(f.deployed.time()), "webhookSubscriptions", []any{}, "json_schema", objectOrNull(f.schema),
		"sdk_version", stringOrNull(f.sdkVersion), "models", fields, "features", []any{}, "sync_type", js.When(isSync, f.syncType),
		"auto_start", js.When(isSync, f.autoStart), "runs", js.When(isSync, stringOrNull(f.runs)),
		"track_deletes", js.When(isSync, f.trackDelete))
}

// openAITools is the format "openai". A sync has no parameters, even if it has an input.
func (c *call) openAITools() answer {
	out := []any{}
	for _, p := range c.env.functionsByProvider() {
		for _, f := range slices.Concat(p.syncs, p.actions) {
			description := cmp.Or(f.description, fmt.Sprintf("Execute the %s %s for %s", f.name, f.kind, p.key))
			out = append(out, js.NewObject("name", f.name, "description", description, "parameters", f.parameters()))
		}
	}
	return data(out)
}

func (f *function) parameters() *js.Object {
	properties, required := js.NewObject(), []any{}
	if model := f.modelSchema(f.input); model != nil && f.kind == kindAction {
		properties = model.ObjOrNew("properties")
		if list, ok := model.Get("required").([]any); ok {
			required = list
		}
	}
	return js.NewObject("type", "object", "properties", properties, "required", required)
}

package sandbox

import (
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
)

var notAlphanumeric = regexp.MustCompile(`[^a-zA-Z0-9]`)

// modelName names the input or the output of a function as Nango's compiler does: ActionInput_acme_key_plusone is the input of
// plus-one of acme-key, as seen on v0.71.4.
func modelName(kind, integration, function string) string {
	return kind + "_" + notAlphanumeric.ReplaceAllString(integration, "_") + "_" + notAlphanumeric.ReplaceAllString(function, "")
}

// nameModels gives the models of a function the names that the compiler gives them. An action always has both: an input of type
// null if it takes none, and an output that can be anything if it declares none. Of the models of a sync, only that of its
// metadata is renamed. A function without a schema is older than the compiler.
func (f *function) nameModels(integration string) {
	old := f.schema.Obj("definitions")
	if old == nil || f.kind != kindAction && f.input == "" {
		return
	}
	named := js.NewObject()
	move := func(name, kind string, missing *js.Object) string {
		model, renamed := old.Obj(name), modelName(kind, integration, f.name)
		if model == nil {
			model = missing
		}
		named.Set(renamed, model)
		return renamed
	}
	own := append(slices.Clone(f.returns), f.input)
	if f.kind == kindAction {
		output := strings.Join(f.returns, "")
		f.input = move(f.input, "ActionInput", js.NewObject("type", "null"))
		f.returns = []string{move(output, "ActionOutput", js.NewObject())}
	}
	for name, model := range old.All() {
		if f.kind == kindSync && name != f.input || !slices.Contains(own, name) {
			named.Set(name, model)
		}
	}
	if f.kind == kindSync {
		f.input = move(f.input, "SyncMetadata", js.NewObject())
	}
	f.schema = js.NewObject("definitions", named)
}

// outputModel is the schema of what an action returns, nil if there is none.
func (f *function) outputModel() *js.Object {
	if len(f.returns) == 0 {
		return nil
	}
	return f.modelSchema(f.returns[0])
}

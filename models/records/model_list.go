package records

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/form"
	"nango-tui/ui/table"
)

// ModelList lists the models that a connection may have records of. Nango has no list of them: its syncs name the models that
// they count, and the integration's functions those that they save.
type ModelList struct {
	*screen.List[modelRow, modelKey]
	connection nango.ConnectionRef
	variant    string

	syncs     screen.Load[[]nango.SyncStatus]
	functions screen.FunctionLoader[nango.Function]
	// noAutoOpen is set once a single model was opened automatically, or must not be.
	noAutoOpen bool
}

type modelKey struct{ model, variant string }

type modelRow struct {
	modelKey
	syncs []string
	// count is the number of records of the base variant; -1 if unknown.
	count int64
}

func newModelList(of nango.ConnectionRef, variant string) *ModelList {
	return &ModelList{connection: of, variant: variant,
		// The older list would have models of other integrations.
		functions: screen.FunctionLoader[nango.Function]{Integration: of.Integration, Type: nango.SyncFunction, NoLegacy: true,
			Convert: func(f nango.Function) nango.Function { return f }},
		List: screen.NewList(textModelsTitle+of.String(), func(r *modelRow) modelKey { return r.modelKey }, modelColumns(),
			filter.Language[modelRow]{
				Text: func(r *modelRow) string { return filter.SearchText(r.model, r.variant, strings.Join(r.syncs, "\n")) },
				Fields: []filter.Field[modelRow]{
					filter.TextField("model", func(r *modelRow) string { return r.model }),
					filter.TextField("variant", func(r *modelRow) string { return r.variant }),
					filter.TextField("sync", func(r *modelRow) string { return strings.Join(r.syncs, "\n") }),
				},
			})}
}

func modelColumns() []table.Column[modelRow] {
	model := func(r *modelRow) string { return r.model }
	return []table.Column[modelRow]{
		{ID: "model", Title: "MODEL", Min: 14, Max: 40, Weight: 2, Cell: table.Text(ui.RoleText, model), Compare: table.By(model)},
		{ID: "records", Title: "RECORDS", Min: 8, Right: true, Cell: countCell,
			Compare: table.By(func(r *modelRow) int64 { return -r.count })}, // the most first
		{ID: "variant", Title: "VARIANT", Min: 8, Max: 24, Weight: 1, DropOrder: 2,
			Cell: table.Text(ui.RoleMuted, func(r *modelRow) string { return r.variant })},
		{ID: "sync", Title: "SAVED BY", Min: 10, Max: 50, Weight: 2, DropOrder: 1,
			Cell: table.Text(ui.RoleMuted, func(r *modelRow) string { return strings.Join(r.syncs, ", ") })},
	}
}

// countCell shows no count for a variant: Nango returns that of the base.
func countCell(_ ui.Frame, r *modelRow) ui.Cell {
	if r.variant != "" || r.count < 0 {
		return ui.Styled(ui.RoleMuted, "?")
	}
	return ui.Styled(ui.RoleText, ui.Count(int(r.count)).String())
}

// Refresh loads the connection's syncs and the integration's functions.
func (c *ModelList) Refresh(t *screen.Turn) {
	c.syncs.FetchKnown(t, nango.ListSyncs(nango.SyncSelection{Connection: c.connection, All: true}), c.showModels)
	c.functions.LoadAll(t, c.showModels)
}

// showModels shows the models when both are loaded. It opens a single model automatically, once.
func (c *ModelList) showModels(t *screen.Turn) {
	if c.syncs.IsLoading() || c.functions.IsLoading() {
		return
	}
	rows := c.models()
	c.Table.SetRows(rows)
	if len(rows) == 1 && !c.noAutoOpen && !c.syncs.HasFailed() && c.functions.Err == nil {
		c.noAutoOpen = true
		t.Replace(routeTo(c.connection, rows[0].model, rows[0].variant))
	}
}

func (c *ModelList) models() []modelRow {
	found := map[modelKey]*modelRow{}
	note := func(model, variant, sync string, count int64) {
		if nango.CheckModel(model) != nil || c.variant != "" && variant != c.variant {
			return // invalid in requests
		}
		r := found[modelKey{model, variant}]
		if r == nil {
			r = &modelRow{modelKey: modelKey{model, variant}, count: -1}
			found[r.modelKey] = r
		}
		r.count = max(r.count, count)
		if sync != "" && !slices.Contains(r.syncs, sync) {
			r.syncs = append(r.syncs, sync)
		}
	}
	for _, sync := range c.syncs.Value {
		for model, count := range sync.Records {
			note(model, sync.Name.Variant, sync.Name.Name, count)
		}
		for model := range sync.Latest {
			note(model, sync.Name.Variant, sync.Name.Name, -1)
		}
	}
	for _, function := range c.functions.All {
		for _, model := range function.Returns {
			note(model, c.variant, function.Name, -1)
		}
	}
	rows := make([]modelRow, 0, len(found))
	for _, r := range found {
		rows = append(rows, *r)
	}
	slices.SortFunc(rows, func(a, b modelRow) int {
		return cmp.Or(cmp.Compare(a.model, b.model), cmp.Compare(a.variant, b.variant))
	})
	return rows
}

// LoadedAt is when the syncs were loaded.
func (c *ModelList) LoadedAt() time.Time { return c.syncs.At }

// Concerns reports whether a call changed the models.
func (c *ModelList) Concerns(call nango.Call) bool {
	return call.About.Integration == c.connection.Integration &&
		(call.Operation == nango.OpVariantCreate || call.Operation == nango.OpVariantDelete)
}

// Actions are the actions on the selected model.
func (c *ModelList) Actions() []screen.Action {
	at, none := c.Selected(textNoModel)
	return c.ActionsAround([]screen.Action{
		{ID: OpenModel, Title: screen.TextOpen, Disabled: none, Do: routeTo(c.connection, at.model, at.variant).Open},
		{ID: TypeModel, Title: textEnterModel, Do: func(t *screen.Turn) { t.Show(newModelForm(c.connection, c.variant)) }},
	}, screen.RefreshAction(c))
}

const (
	fieldModel   = "model"
	fieldVariant = "variant"
)

func newModelForm(of nango.ConnectionRef, variant string) *screen.Form {
	return &screen.Form{Name: textEnterModel, SubmitTitle: screen.TextOpen, Disposable: true, Fields: form.New(
		form.Field{ID: fieldModel, Title: textModel, About: textModelAbout,
			Check: func(name string) error { return nango.CheckModel(strings.TrimSpace(name)) }},
		form.Field{ID: fieldVariant, Title: textVariant, Value: variant, About: textVariantAbout,
			Check: func(name string) error { return checkVariant(strings.TrimSpace(name)) }},
	), Submit: func(t *screen.Turn, values form.Values) {
		t.Replace(routeTo(of, strings.TrimSpace(values[fieldModel]), normalizeVariant(strings.TrimSpace(values[fieldVariant]))))
	}}
}

// View draws the models, and what couldn't be loaded.
func (c *ModelList) View(f ui.Frame) string {
	if c.Table.Len() == 0 {
		switch {
		case c.syncs.IsLoading() || c.functions.IsLoading():
			return screen.Loading(f, textLoadingModels)
		case c.syncs.HasFailed():
			return screen.Failure(f, textLoadModels, c.syncs.Err)
		}
		return screen.Empty(f, textNoModels,
			strings.TrimSpace(screen.Key(f, TypeModel)+textEnterModelHint))
	}
	return c.List.View(f, c.head(f), textNoModelMatch)
}

func (c *ModelList) head(f ui.Frame) []ui.Line {
	line := ui.Line{ui.Styled(ui.RoleStrong, " "+ui.Count(c.Table.Len()).String()+" models")}
	for r := range c.Table.Each() {
		if r.variant != "" {
			line = append(line, ui.Styled(ui.RoleMuted, textVariantNotes))
			break
		}
	}
	lines := []ui.Line{append(line, f.Styled(ui.RoleMuted, " · "+c.connection.ID))}
	for what, err := range map[string]error{"syncs": c.syncs.Err, "functions": c.functions.Err} {
		if err != nil {
			lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, fmt.Sprintf(textPartialModels, what, err))})
		}
	}
	return lines
}

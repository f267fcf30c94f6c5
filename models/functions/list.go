package functions

import (
	"cmp"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// List is the list of an integration's functions.
type List struct {
	*screen.List[row, rowKey]
	integration string
	functions   screen.FunctionLoader[row]
	deletion    deletion
	// runs are the deployments started in this list.
	runs []*run
}

// NewList creates the screen of the route "functions/<integration>"; q=WORDS sets the filter.
func NewList(r screen.Route) (*List, error) {
	if err := checkRoute(r, 1, "functions/INTEGRATION", "q", screen.QueryView); err != nil {
		return nil, err
	}
	s := &List{integration: r.Arg(0), functions: screen.FunctionLoader[row]{Integration: r.Arg(0), Convert: rowOf}}
	s.List = screen.NewList("Functions of "+r.Arg(0), func(r *row) rowKey { return r.key }, columns(), language())
	s.Name, s.ViewName = "functions", r.Query.Get(screen.QueryView)
	s.SetFilter(r.Query.Get("q"))
	return s, nil
}

// Refresh loads the functions; old rows stay until all are loaded.
func (s *List) Refresh(t *screen.Turn) { s.functions.LoadAll(t, s.showFunctions) }

// showFunctions shows the rows without duplicates: functions may change between two pages.
func (s *List) showFunctions(*screen.Turn) {
	if s.functions.Err != nil {
		return
	}
	rows := slices.Clone(s.functions.All)
	slices.SortStableFunc(rows, func(a, b row) int { return byKind(&a, &b) })
	s.Table.SetRows(slices.CompactFunc(rows, func(a, b row) bool { return a.key == b.key }))
}

// LoadedAt is when the functions were loaded.
func (s *List) LoadedAt() time.Time { return s.functions.At }

// Concerns reports whether functions of the integration changed.
func (s *List) Concerns(c nango.Call) bool { return changesFunctions(c, s.integration) }

// Actions returns the actions on the function under the cursor and on the list.
func (s *List) Actions() []screen.Action {
	on, none := s.Selected(textNoFunction)
	kind, name := on.key.kind, on.key.name
	run, syncs := runActions(s.integration, kind, name, none)
	return s.ActionsAround([]screen.Action{
		{ID: Open, Title: "Open", Disabled: none, Do: routeTo(s.integration, kind, name).Open},
		run, syncs,
		{ID: Source, Title: "Show source", ReadOperation: nango.OpFunctionCode, Disabled: none,
			Do: func(t *screen.Turn) { t.Show(newSource(s.integration, kind, name)) }},
		{ID: Templates, Title: "Deploy template", ReadOperation: nango.OpProviderTemplates, Do: func(t *screen.Turn) { t.Show(newTemplates(s)) }},
		{ID: LocalFile, Title: textTestOrDeployFile, Do: func(t *screen.Turn) { t.Show(newLocalForm(s)) }},
		{ID: Copy, Title: "Copy name", Disabled: none, Do: func(t *screen.Turn) { t.CopyLine("function name", name) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(none, notDeletable(kind, on.source)),
			Do: func(t *screen.Turn) {
				s.deletion.start(t, s.integration, kind, name, on.models, func(*screen.Turn) { s.Table.Remove(on.key) })
			}},
	}, screen.RefreshAction(s))
}

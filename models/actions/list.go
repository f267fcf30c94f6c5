package actions

import (
	"errors"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is the list of an integration's actions.
type List struct {
	*screen.List[row, string]
	connection string // the id of the one to run on; empty if none was chosen
	customer   string // its customer's name, if that is known
	functions  screen.FunctionLoader[nango.Function]
}

type row struct {
	name, about, input, returns, scopes string
	enabled                             bool
	text                                string // for the filter, in lower case
}

func rowOf(f nango.Function) row {
	r := row{
		name: f.Name, about: f.Description, input: f.Input, returns: strings.Join(f.Returns, ", "),
		scopes: strings.Join(f.Scopes, ", "), enabled: f.Enabled,
	}
	r.text = filter.SearchText(r.name, r.about, r.input, r.returns, r.scopes, r.state().Text.String())
	return r
}

func (r *row) state() ui.Cell {
	if r.enabled {
		return ui.Styled(ui.RoleGood, "✓ on")
	}
	return ui.Styled(ui.RoleWarn, "✗ off")
}

// NewList creates the screen of the route "actions/<integration>"; connection=ID names the connection to run on.
func NewList(r screen.Route) (*List, error) {
	key, connection, err := parseRoute(r, 1, textListRouteUsage)
	if err != nil {
		return nil, err
	}
	list := screen.NewList("Actions of "+key, func(r *row) string { return r.name }, columns(), language())
	return &List{List: list, connection: connection, functions: newFunctionLoader(key)}, nil
}

func newFunctionLoader(integration string) screen.FunctionLoader[nango.Function] {
	return screen.FunctionLoader[nango.Function]{Integration: integration, Type: nango.ActionFunction,
		Convert: func(f nango.Function) nango.Function { return f }}
}

func parseRoute(r screen.Route, args int, usage string) (integration, connection string, err error) {
	if err := r.CheckQuery(queryConnection); err != nil {
		return "", "", err
	}
	if len(r.Args) != args || r.Arg(0) == "" || r.Arg(args-1) == "" {
		return "", "", errors.New(usage)
	}
	return r.Arg(0), r.Query.Get(queryConnection), nil
}

func columns() []table.Column[row] {
	name, about := func(r *row) string { return r.name }, func(r *row) string { return r.about }
	input, returns := func(r *row) string { return r.input }, func(r *row) string { return r.returns }
	state := func(r *row) string { return r.state().Text.String() }
	return []table.Column[row]{
		{ID: "action", Title: "ACTION", Min: 18, Max: 40, Weight: 2, Cell: table.Text(ui.RoleText, name), Compare: table.By(name)},
		{ID: "state", Title: "STATE", Min: 5, Max: 5, Cell: func(_ ui.Frame, r *row) ui.Cell { return r.state() }, Compare: table.By(state)},
		{ID: "about", Title: "DESCRIPTION", Min: 32, Weight: 5, DropOrder: 3, Cell: table.Text(ui.RoleText, about)},
		{ID: "input", Title: "INPUT", Min: 16, Max: 28, Weight: 1, DropOrder: 2,
			Cell: table.Text(ui.RoleMuted, input), Compare: table.By(input)},
		{ID: "returns", Title: "RETURNS", Min: 16, Max: 28, Weight: 1, DropOrder: 1,
			Cell: table.Text(ui.RoleMuted, returns), Compare: table.By(returns)},
	}
}

func language() filter.Language[row] {
	state := func(r *row) string { return map[bool]string{true: "on", false: "off"}[r.enabled] }
	return filter.Language[row]{Text: func(r *row) string { return r.text }, Fields: []filter.Field[row]{
		filter.EnumField("state", state, "on", "off"),
		filter.TextField("action", func(r *row) string { return r.name }),
		filter.TextField("input", func(r *row) string { return r.input }),
		filter.TextField("returns", func(r *row) string { return r.returns }),
		filter.TextField("scope", func(r *row) string { return r.scopes }),
	}}
}

// Refresh loads the actions.
func (s *List) Refresh(t *screen.Turn) {
	s.customer = t.Store.Name(s.ref())
	s.functions.LoadAll(t, s.showFunctions)
}

func (s *List) ref() nango.ConnectionRef {
	return nango.ConnectionRef{Integration: s.functions.Integration, ID: s.connection}
}

func (s *List) showFunctions(*screen.Turn) {
	if s.functions.Err != nil || s.functions.At.IsZero() {
		return
	}
	seen := map[string]bool{} // The name is the key of the table. The list of older servers may contain one twice.
	rows := make([]row, 0, len(s.functions.All))
	for _, f := range s.functions.All {
		if !seen[f.Name] {
			seen[f.Name] = true
			rows = append(rows, rowOf(f))
		}
	}
	s.Table.SetRows(rows)
}

// LoadedAt is when the actions were loaded.
func (s *List) LoadedAt() time.Time { return s.functions.At }

// Concerns reports whether functions of the integration changed.
func (s *List) Concerns(c nango.Call) bool {
	return (c.Operation == nango.OpFunctionDelete || c.Operation == nango.OpDeploymentStart) &&
		(c.About.Integration == "" || c.About.Integration == s.functions.Integration)
}

// Actions returns the actions on the action under the cursor and on the list.
func (s *List) Actions() []screen.Action {
	at, none := s.Selected(textNoAction)
	return s.ActionsAround([]screen.Action{
		{ID: OpenAction, Title: "Run", Disabled: none, Do: s.form(at.name).Open},
		{ID: ShowRuns, Title: "Runs", Do: screen.To(HistoryRoute).Open},
		{ID: CopyName, Title: "Copy name", Disabled: none, Do: func(t *screen.Turn) { t.CopyLine("action name", at.name) }},
	}, screen.RefreshAction(s))
}

func (s *List) form(name string) screen.Route {
	r := screen.To(FormRoute, s.functions.Integration, name)
	if s.connection != "" {
		r = r.With(queryConnection, s.connection)
	}
	return r
}

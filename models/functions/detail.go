package functions

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Ids of the actions on the screen of one function alone.
const (
	OpenRow screen.ActionID = "function.openRow"
	CopyRow screen.ActionID = "function.copyRow"
	ShowAll screen.ActionID = "function.json"
)

// Detail is one function with everything that is known of it.
type Detail struct {
	screen.Base
	integration, name string
	// kind is empty until it is known, where the route does not tell it.
	kind nango.FunctionType

	one     screen.Load[known]
	older   older
	found   *known // the function, by whichever way
	at      time.Time
	err     error
	removal removal

	page  ui.Fields
	drawn drawn
}

// drawn is what the page was built for: with another width, or a minute later, its lines are others.
type drawn struct {
	built bool
	width int
	at    time.Time
}

// Ids of the rows that the cursor stops at. The last one is followed by the name of the model.
const (
	nameRow   = "name"
	textRow   = "description"
	scopesRow = "scopes"
	codeRow   = "code"
	schemaRow = "schema"
	wholeRow  = "whole"
	modelRow  = "model "
)

// NewDetail is the screen of the route "function/<integration>/<name>?type=<type>".
func NewDetail(r screen.Route) (*Detail, error) {
	err := checkRoute(r, 2, "function/INTEGRATION/NAME?type=sync, action or on-event", queryType)
	kind := nango.FunctionType(r.Query.Get(queryType))
	if err == nil {
		err = nango.GetFunction(r.Arg(0), r.Arg(1), kind).Validate()
	}
	if err != nil {
		return nil, err
	}
	return &Detail{integration: r.Arg(0), name: r.Arg(1), kind: kind}, nil
}

// Title names the function, and whose it is.
func (s *Detail) Title() string { return s.name + " of " + s.integration }

// Open reads the function.
func (s *Detail) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again.
func (s *Detail) Refresh(t *screen.Turn) {
	s.one.Fetch(t, nango.Map(nango.GetFunction(s.integration, s.name, s.kind), knownOf), s.arrived)
}

func (s *Detail) arrived(t *screen.Turn) {
	s.drawn.built = false
	if s.err = s.one.Err; s.err == nil {
		s.older.used = false
		s.take(t, s.one.Value)
		return
	}
	if errors.Is(s.err, nango.NotNango) {
		s.older.read(t, s.integration, s.arrivedOlder)
	}
}

func (s *Detail) arrivedOlder(t *screen.Turn) {
	s.drawn.built = false
	if s.err = s.older.err(); s.err != nil {
		return
	}
	for _, one := range s.older.functions(s.integration) {
		if one.Name == s.name && (s.kind == "" || one.Type == s.kind) {
			s.take(t, knownOf(one))
			return
		}
	}
	s.err = errors.New("it is not among the functions of " + s.older.provider.Value)
}

func (s *Detail) take(t *screen.Turn, one known) { s.found, s.kind, s.at = &one, one.Type, t.Now }

// LoadedAt is when the function was read.
func (s *Detail) LoadedAt() time.Time { return s.at }

// Concerns says whether functions of the integration changed.
func (s *Detail) Concerns(c nango.Call) bool { return changes(c, s.integration) }

// Update puts the cursor where one clicks.
func (s *Detail) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		s.page.Select(s.page.RowAt(click.Y))
	}
}

// Actions is what can be done with the row under the cursor, and with the function.
func (s *Detail) Actions() []screen.Action {
	row, unread, from := s.page.Selected(), "the function is not read yet", ""
	if s.found != nil {
		unread, from = "", sourceWord(s.found.Source)
	}
	using := use(s.integration, s.kind, s.name)
	using.Disabled = cmp.Or(unread, using.Disabled)
	return append([]screen.Action{
		{ID: OpenRow, Title: "Open", Disabled: cmp.Or(unread, s.opensNothing(row)), Do: func(t *screen.Turn) { s.openRow(t, row) }},
		using,
		{ID: Source, Title: "Source code", ReadOperation: nango.OpFunctionCode, Disabled: unread, Do: s.openSource},
		{ID: CopyRow, Title: "Copy", Disabled: cmp.Or(unread, copiesNothing(row)), Do: func(t *screen.Turn) { t.Copy(s.value(row)) }},
		{ID: All, Title: "All functions", HideInFooter: true, Do: func(t *screen.Turn) { t.Open(screen.To(ListRoute, s.integration)) }},
		{ID: ShowAll, Title: "All of it as JSON", HideInFooter: true, Disabled: unread,
			Do: func(t *screen.Turn) { t.Show(screen.NewJSONPage(s.name, s.found.Raw)) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(unread, undeletable(s.kind, from)), Do: s.remove},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.page)...)
}

func (s *Detail) remove(t *screen.Turn) {
	s.removal.begin(t, s.integration, s.kind, s.name, strings.Join(s.found.Returns, ", "), (*screen.Turn).Back)
}

func (s *Detail) openSource(t *screen.Turn) { t.Show(newSource(s.integration, s.kind, s.name)) }

func (s *Detail) opensNothing(row string) string {
	if row == codeRow || row == schemaRow || row == wholeRow || strings.HasPrefix(row, modelRow) {
		return ""
	}
	return "the row under the cursor leads nowhere: go to a model or to the source code"
}

func copiesNothing(row string) string {
	switch row {
	case "":
		return "there is nothing under the cursor"
	case codeRow:
		return "the source code is not here: open it first"
	}
	return ""
}

func (s *Detail) openRow(t *screen.Turn, row string) {
	if row == codeRow {
		s.openSource(t)
		return
	}
	title, raw := s.document(row)
	t.Show(screen.NewJSONPage(title, raw))
}

// document is the JSON text that a row stands for.
func (s *Detail) document(row string) (title string, raw json.RawMessage) {
	name, isModel := strings.CutPrefix(row, modelRow)
	switch {
	case isModel && s.found.models[name] != nil:
		return "Model " + name, s.found.models[name]
	case row == schemaRow || isModel:
		return "Schema of " + s.name, s.found.Schema
	}
	return s.name, s.found.Raw
}

// value is what is copied of a row, and what it is called.
func (s *Detail) value(row string) (what, text string) {
	if name, ok := strings.CutPrefix(row, modelRow); ok {
		return "name of the model", name
	}
	switch row {
	case textRow:
		return "description", s.found.Description
	case scopesRow:
		return "scopes", strings.Join(s.found.Scopes, ",")
	case schemaRow:
		return "schema", string(s.found.Schema)
	case wholeRow:
		return "function as JSON", string(s.found.Raw)
	}
	return "name of the function", s.name
}

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

// Actions on the page of a function.
const (
	OpenRow screen.ActionID = "function.openRow"
	CopyRow screen.ActionID = "function.copyRow"
	ShowAll screen.ActionID = "function.json"
)

// Detail is the page of a function.
type Detail struct {
	screen.Base
	integration, name string
	// kind is empty until the function is loaded, if the route doesn't name it.
	kind nango.FunctionType

	load     screen.Load[functionDetail]
	legacy   legacyFunctions
	function *functionDetail // onConnections either list
	at       time.Time
	err      error
	deletion deletion

	page   ui.Fields
	layout layout
}

// layout is the state for which the page was laid out. It changes with the width, and every minute for the ages.
type layout struct {
	built bool
	width int
	at    time.Time
}

// Ids of the rows that the cursor can select. The last one is followed by the name of the model.
const (
	nameRow   = "name"
	textRow   = "description"
	scopesRow = "scopes"
	codeRow   = "code"
	schemaRow = "schema"
	rawRow    = "whole"
	modelRow  = "model "
)

// NewDetail creates the screen of the route "function/<integration>/<name>?type=<type>".
func NewDetail(r screen.Route) (*Detail, error) {
	err := checkRoute(r, 2, textRouteUsage, queryType)
	kind := nango.FunctionType(r.Query.Get(queryType))
	if err == nil {
		err = nango.GetFunction(r.Arg(0), r.Arg(1), kind).Validate()
	}
	if err != nil {
		return nil, err
	}
	return &Detail{integration: r.Arg(0), name: r.Arg(1), kind: kind}, nil
}

// Title names the function and its integration.
func (s *Detail) Title() string { return s.name + " of " + s.integration }

// Open loads the function.
func (s *Detail) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reloads the function.
func (s *Detail) Refresh(t *screen.Turn) {
	s.load.Fetch(t, nango.Map(nango.GetFunction(s.integration, s.name, s.kind), newDetailOf), s.handleLoad)
}

func (s *Detail) handleLoad(t *screen.Turn) {
	s.layout.built = false
	if s.err = s.load.Err; s.err == nil {
		s.legacy.used = false
		s.show(t, s.load.Value)
		return
	}
	if errors.Is(s.err, nango.NotNango) {
		s.legacy.fetch(t, s.integration, s.handleLegacy)
	}
}

func (s *Detail) handleLegacy(t *screen.Turn) {
	s.layout.built = false
	if s.err = s.legacy.err(); s.err != nil {
		return
	}
	for _, one := range s.legacy.functions(s.integration) {
		if one.Name == s.name && (s.kind == "" || one.Type == s.kind) {
			s.show(t, newDetailOf(one))
			return
		}
	}
	s.err = errors.New(textNotFoundIn + s.legacy.provider.Value)
}

func (s *Detail) show(t *screen.Turn, one functionDetail) {
	s.function, s.kind, s.at = &one, one.Type, t.Now
}

// LoadedAt is when the function was loaded.
func (s *Detail) LoadedAt() time.Time { return s.at }

// Concerns reports whether functions of the integration changed.
func (s *Detail) Concerns(c nango.Call) bool { return changesFunctions(c, s.integration) }

// Update moves the cursor to the clicked row.
func (s *Detail) Update(_ *screen.Turn, msg tea.Msg) { screen.SelectClicked(&s.page, msg) }

// Actions returns the actions on the row under the cursor and on the function.
func (s *Detail) Actions() []screen.Action {
	row, unread, from := s.page.Selected(), textFunctionNotLoaded, ""
	if s.function != nil {
		unread, from = "", sourceWord(s.function.Source)
	}
	using := useAction(s.integration, s.kind, s.name)
	using.Disabled = cmp.Or(unread, using.Disabled)
	return append([]screen.Action{
		{ID: OpenRow, Title: "Open", Disabled: cmp.Or(unread, s.openDisabled(row)), Do: func(t *screen.Turn) { s.openRow(t, row) }},
		using,
		{ID: Source, Title: "Show source", ReadOperation: nango.OpFunctionCode, Disabled: unread, Do: s.openSource},
		{ID: CopyRow, Title: "Copy", Disabled: cmp.Or(unread, copyDisabled(row)), Do: func(t *screen.Turn) { t.Copy(s.value(row)) }},
		{ID: All, Title: "Open all functions", HideInFooter: true, Do: func(t *screen.Turn) { t.Open(screen.To(ListRoute, s.integration)) }},
		{ID: ShowAll, Title: "Show as JSON", HideInFooter: true, Disabled: unread,
			Do: func(t *screen.Turn) { t.Show(screen.NewJSONPage(s.name, s.function.Raw)) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(unread, notDeletable(s.kind, from)), Do: s.remove},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.page)...)
}

func (s *Detail) remove(t *screen.Turn) {
	s.deletion.start(t, s.integration, s.kind, s.name, strings.Join(s.function.Returns, ", "), (*screen.Turn).Back)
}

func (s *Detail) openSource(t *screen.Turn) { t.Show(newSource(s.integration, s.kind, s.name)) }

func (s *Detail) openDisabled(row string) string {
	if row == codeRow || row == schemaRow || row == rawRow || strings.HasPrefix(row, modelRow) {
		return ""
	}
	return textNothingToOpenSelect
}

func copyDisabled(row string) string {
	switch row {
	case "":
		return textNothingToCopy
	case codeRow:
		return textSourceNotLoaded
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

// document returns the JSON text of a row.
func (s *Detail) document(row string) (title string, raw json.RawMessage) {
	name, isModel := strings.CutPrefix(row, modelRow)
	switch {
	case isModel && s.function.models[name] != nil:
		return "Model " + name, s.function.models[name]
	case row == schemaRow || isModel:
		return "Schema of " + s.name, s.function.Schema
	}
	return s.name, s.function.Raw
}

// value returns the text to copy from a row, and its name.
func (s *Detail) value(row string) (what, text string) {
	if name, ok := strings.CutPrefix(row, modelRow); ok {
		return "model name", name
	}
	switch row {
	case textRow:
		return "description", s.function.Description
	case scopesRow:
		return "scopes", strings.Join(s.function.Scopes, ",")
	case schemaRow:
		return "schema", string(s.function.Schema)
	case rawRow:
		return "function as JSON", string(s.function.Raw)
	}
	return "function name", s.name
}

package functions

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions on the page of a function.
const (
	OpenRow screen.ActionID = "function.openRow"
	CopyRow screen.ActionID = "function.copyRow"
	ShowAll screen.ActionID = "function.json"
)

// Detail is the page of a function.
type Detail struct {
	screen.FieldsPage
	integration, name string
	// kind is empty until the function is loaded, if the route doesn't name it.
	kind nango.FunctionType

	load     screen.FunctionLoader[functionDetail]
	function *functionDetail
	err      error
	deletion deletion
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
	load := screen.FunctionLoader[functionDetail]{Integration: r.Arg(0), Type: kind, Convert: newDetailOf}
	return &Detail{integration: r.Arg(0), name: r.Arg(1), kind: kind, load: load}, nil
}

// Title names the function and its integration.
func (s *Detail) Title() string { return s.name + " of " + s.integration }

// Open loads the function.
func (s *Detail) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reloads the function.
func (s *Detail) Refresh(t *screen.Turn) {
	s.load.Type = s.kind
	s.load.LoadOne(t, s.name, s.handleLoad)
}

func (s *Detail) handleLoad(*screen.Turn) {
	s.Changed()
	if s.err = s.load.Err; s.err != nil {
		return
	}
	i := slices.IndexFunc(s.load.All, func(one functionDetail) bool { return one.Name == s.name })
	if i < 0 {
		s.err = errors.New(textNotFoundIn + s.load.LegacyProvider)
		return
	}
	s.function = &s.load.All[i]
	s.kind = s.function.Type
}

// LoadedAt is when the function was loaded.
func (s *Detail) LoadedAt() time.Time { return s.load.At }

// Concerns reports whether functions of the integration changed.
func (s *Detail) Concerns(c nango.Call) bool { return changesFunctions(c, s.integration) }

// Actions returns the actions on the row under the cursor and on the function.
func (s *Detail) Actions() []screen.Action {
	row, unread, from := s.Fields.Selected(), textFunctionNotLoaded, ""
	if s.function != nil {
		unread, from = "", sourceWord(s.function.Source)
	}
	using := useAction(s.integration, s.kind, s.name)
	using.Disabled = cmp.Or(unread, using.Disabled)
	return append([]screen.Action{
		{ID: OpenRow, Title: "Open", Disabled: cmp.Or(unread, openDisabled(row)), Do: func(t *screen.Turn) { s.openRow(t, row) }},
		using,
		{ID: Source, Title: "Show source", ReadOperation: nango.OpFunctionCode, Disabled: unread, Do: s.openSource},
		{ID: CopyRow, Title: "Copy", Disabled: cmp.Or(unread, copyDisabled(row)), Do: func(t *screen.Turn) { t.Copy(s.value(row)) }},
		{ID: All, Title: "Open all functions", HideInFooter: true, Do: func(t *screen.Turn) { t.Open(screen.To(ListRoute, s.integration)) }},
		{ID: ShowAll, Title: "Show as JSON", HideInFooter: true, Disabled: unread,
			Do: func(t *screen.Turn) { t.Show(screen.NewJSONPage(s.name, s.function.Raw)) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(unread, notDeletable(s.kind, from)), Do: s.remove},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.Fields)...)
}

func (s *Detail) remove(t *screen.Turn) {
	s.deletion.start(t, s.integration, s.kind, s.name, strings.Join(s.function.Returns, ", "), (*screen.Turn).Back)
}

func (s *Detail) openSource(t *screen.Turn) { t.Show(newSource(s.integration, s.kind, s.name)) }

func openDisabled(row string) string {
	opens := row == codeRow || row == schemaRow || row == rawRow || strings.HasPrefix(row, modelRow)
	return screen.DisabledIf(!opens, textNothingToOpenSelect)
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

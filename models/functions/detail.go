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

// Refresh loads the function.
func (s *Detail) Refresh(t *screen.Turn) {
	s.load.Type = s.kind
	s.load.LoadOne(t, s.name, s.handleLoad)
}

func (s *Detail) handleLoad(*screen.Turn) {
	s.Changed()
	if s.err = s.load.Err; s.err != nil {
		return
	}
	i := slices.IndexFunc(s.load.All, func(one functionDetail) bool { return !s.load.Legacy || one.Name == s.name })
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
	row, unread, noJSON, from, content := s.Fields.Selected(), textFunctionNotLoaded, "", "", rowContent{}
	if s.function != nil {
		content = s.content(row)
		unread, from = "", sourceWord(s.function.Source)
		noJSON = screen.DisabledIf(row != codeRow && content.title == "", textNothingToOpenSelect)
	}
	using := useAction(s.integration, s.kind, s.name)
	using.Disabled = cmp.Or(unread, using.Disabled)
	return append([]screen.Action{
		{ID: OpenRow, Title: "Open", Disabled: cmp.Or(unread, noJSON), Do: func(t *screen.Turn) { s.openRow(t, row) }},
		using,
		{ID: Source, Title: "Show source", ReadOperation: nango.OpFunctionCode, Disabled: unread, Do: s.openSource},
		{ID: CopyRow, Title: "Copy", Disabled: cmp.Or(unread, copyDisabled(row)), Do: content.copy},
		{ID: All, Title: "Open all functions", HideInFooter: true, Do: func(t *screen.Turn) { t.Open(screen.To(ListRoute, s.integration)) }},
		{ID: ShowAll, Title: "Show as JSON", HideInFooter: true, Disabled: unread,
			Do: func(t *screen.Turn) { t.Show(screen.NewJSONPage(s.name, s.function.Raw)) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(unread, notDeletable(s.kind, from)),
			Do: func(t *screen.Turn) {
				s.deletion.start(t, s.integration, s.kind, s.name, strings.Join(s.function.Returns, ", "), (*screen.Turn).Back)
			}},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.Fields)...)
}

func (s *Detail) openSource(t *screen.Turn) { t.Show(newSource(s.integration, s.kind, s.name)) }

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
	content := s.content(row)
	t.Show(screen.NewJSONPage(content.title, content.raw))
}

// rowContent is what a row stands for.
type rowContent struct {
	// what names the text to copy. If the text is empty, the JSON is copied.
	what, text string
	// title is the title of the JSON that the row opens; empty if it opens none.
	title string
	raw   json.RawMessage
}

func (c rowContent) copy(t *screen.Turn) { t.Copy(c.what, cmp.Or(c.text, string(c.raw))) }

func (s *Detail) content(row string) rowContent {
	one := s.function
	switch name, isModel := strings.CutPrefix(row, modelRow); {
	case isModel && one.models[name] != nil:
		return rowContent{"model name", name, "Model " + name, one.models[name]}
	case isModel:
		return rowContent{"model name", name, "Schema of " + s.name, one.Schema}
	}
	switch row {
	case schemaRow:
		return rowContent{what: "schema", title: "Schema of " + s.name, raw: one.Schema}
	case rawRow:
		return rowContent{what: "function as JSON", title: s.name, raw: one.Raw}
	case textRow:
		return rowContent{what: "description", text: one.Description}
	case scopesRow:
		return rowContent{what: "scopes", text: strings.Join(one.Scopes, ",")}
	}
	return rowContent{what: "function name", text: s.name}
}

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
	screen.Page
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

func (s *Detail) handleLoad(t *screen.Turn) {
	s.Rebuild(t)
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
	on, unread, from := s.OnSelected(), textFunctionNotLoaded, ""
	if s.function != nil {
		unread, from = "", sourceWord(s.function.Source)
	}
	run, syncs := runActions(s.integration, s.kind, s.name, unread)
	return append([]screen.Action{
		{ID: OpenRow, Title: "Open", Disabled: cmp.Or(unread, screen.DisabledIf(on.Open == nil, textNothingToOpenSelect)), Do: on.Open},
		run, syncs,
		{ID: Source, Title: "Show source", ReadOperation: nango.OpFunctionCode, Disabled: unread, Do: s.openSource},
		{ID: CopyRow, Title: "Copy", Disabled: cmp.Or(unread, copyDisabled(s.Rows.Selected())), Do: on.Copy.Do},
		{ID: All, Title: "Open all functions", HideInFooter: true, Do: screen.To(ListRoute, s.integration).Open},
		{ID: ShowAll, Title: "Show as JSON", HideInFooter: true, Disabled: unread,
			Do: func(t *screen.Turn) { showJSON(s.name, s.function.Raw)(t) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(unread, notDeletable(s.kind, from)),
			Do: func(t *screen.Turn) {
				s.deletion.start(t, s.integration, s.kind, s.name, strings.Join(s.function.Returns, ", "), (*screen.Turn).Back)
			}},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.Rows)...)
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

// showJSON shows a JSON text on a page of its own.
func showJSON(title string, raw json.RawMessage) func(*screen.Turn) {
	return func(t *screen.Turn) { t.Show(screen.NewJSONPage(title, raw)) }
}

// opensJSON is a row that stands for a JSON text, which can be copied and opened. What names the text.
func opensJSON(what, title string, raw json.RawMessage) screen.RowActions {
	copied := screen.Option{Do: func(t *screen.Turn) { t.Copy(what, string(raw)) }}
	return screen.RowActions{Copy: copied, Open: showJSON(title, raw)}
}

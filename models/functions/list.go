package functions

import (
	"cmp"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/table"
)

// List is the list of an integration's functions.
type List struct {
	screen.Base
	integration string

	page    screen.Load[functionPage]
	pages   nango.FunctionPages
	pending []row // rows of the loaded pages, while more are loading
	legacy  legacyFunctions
	at      time.Time
	err     error

	table    *table.Table[row, rowKey]
	listing  *screen.List[row, rowKey]
	deletion deletion
	// runs are the deployments started in this list.
	runs []*run
}

// functionPage is a page of functions with its rows.
type functionPage struct {
	page nango.FunctionPage
	rows []row
}

func pageOf(page nango.FunctionPage) functionPage { return functionPage{page, rowsOf(page.Functions)} }

// NewList creates the screen of the route "functions/<integration>"; q=WORDS sets the filter.
func NewList(r screen.Route) (*List, error) {
	if err := checkRoute(r, 1, "functions/INTEGRATION", "q"); err != nil {
		return nil, err
	}
	s := &List{integration: r.Arg(0), table: table.New(func(r *row) rowKey { return r.key }, columns()...)}
	s.listing = screen.NewList(s.table, (*row).matches, fieldType, fieldState, fieldSource, fieldModel)
	s.listing.SetFilter(r.Query.Get("q"))
	return s, nil
}

// Title names the integration.
func (s *List) Title() string { return "Functions of " + s.integration }

// Open loads the functions.
func (s *List) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reloads them page by page; the rows stay until all pages are loaded.
func (s *List) Refresh(t *screen.Turn) {
	s.pages = nango.NewFunctionPages(nango.FunctionQuery{Integration: s.integration})
	s.pending = nil
	s.next(t)
}

func (s *List) next(t *screen.Turn) {
	if read, more := s.pages.Next(); more {
		s.page.Fetch(t, nango.Map(read, pageOf), s.handlePage)
	}
}

func (s *List) handlePage(t *screen.Turn) {
	if s.err = s.page.Err; s.err != nil {
		if errors.Is(s.err, nango.NotNango) {
			s.legacy.fetch(t, s.integration, s.handleLegacy)
		}
		return
	}
	s.legacy.used = false
	s.pending = append(s.pending, s.page.Value.rows...)
	s.pages.Add(s.page.Value.page)
	if s.pages.Done() || s.at.IsZero() {
		s.setRows(slices.Clone(s.pending))
	}
	if s.pages.Done() {
		s.at = t.Now
	}
	s.next(t)
}

func (s *List) handleLegacy(t *screen.Turn) {
	if err := s.legacy.err(); err != nil {
		s.err = err
		return
	}
	s.err, s.at = nil, t.Now
	s.setRows(rowsOf(s.legacy.functions(s.integration)))
}

// setRows shows the rows without duplicates: functions may change between two pages.
func (s *List) setRows(rows []row) {
	slices.SortStableFunc(rows, func(a, b row) int { return byKind(&a, &b) })
	s.table.SetRows(slices.CompactFunc(rows, func(a, b row) bool { return a.key == b.key }))
}

func (s *List) isLoading() bool { return s.page.IsLoading() || s.legacy.isLoading() }

// LoadedAt is when the functions were loaded.
func (s *List) LoadedAt() time.Time { return s.at }

// Typing reports whether the filter takes the keys.
func (s *List) Typing() bool { return s.listing.Typing() }

// Update handles typing in the filter, and the mouse.
func (s *List) Update(_ *screen.Turn, msg tea.Msg) { s.listing.Update(msg) }

// Concerns reports whether functions of the integration changed.
func (s *List) Concerns(c nango.Call) bool { return changesFunctions(c, s.integration) }

// Actions returns the actions on the function under the cursor and on the list.
func (s *List) Actions() []screen.Action {
	if s.Typing() {
		return s.listing.TypingActions()
	}
	var on row
	none := textNoFunction
	if r := s.table.Cursor(); r != nil {
		on, none = *r, ""
	}
	kind, name := on.key.kind, on.key.name
	using := useAction(s.integration, kind, name)
	using.Disabled = cmp.Or(none, using.Disabled)
	all := []screen.Action{
		{ID: Open, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(routeTo(s.integration, kind, name)) }},
		using,
		{ID: Source, Title: "Show source", ReadOperation: nango.OpFunctionCode, Disabled: none,
			Do: func(t *screen.Turn) { t.Show(newSource(s.integration, kind, name)) }},
		{ID: Templates, Title: "Deploy template", ReadOperation: nango.OpProviderTemplates, Do: func(t *screen.Turn) { t.Show(newTemplates(s)) }},
		{ID: LocalFile, Title: textTestOrDeployFile, Do: func(t *screen.Turn) { t.Show(newLocalForm(s)) }},
		{ID: Copy, Title: "Copy name", Disabled: none, Do: func(t *screen.Turn) { t.CopyLine("function name", name) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(none, notDeletable(kind, on.source)),
			Do: func(t *screen.Turn) {
				s.deletion.start(t, s.integration, kind, name, on.models, func(*screen.Turn) { s.table.Remove(on.key) })
			}},
	}
	all = append(all, s.listing.Actions()...)
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(s.table)...)
}

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

// List is all functions of an integration.
type List struct {
	screen.Base
	integration string

	page   screen.Load[functionPage]
	pages  nango.FunctionPages
	coming []row // those of the pages that are there, while more are read
	older  older
	at     time.Time
	err    error

	table   *table.Table[row, rowKey]
	listing *screen.List[row, rowKey]
	removal removal
	// runs are the deployments that were begun here.
	runs []*run
}

// functionPage is a page of functions, and what the list keeps of it.
type functionPage struct {
	page nango.FunctionPage
	rows []row
}

func pageOf(page nango.FunctionPage) functionPage { return functionPage{page, rowsOf(page.Functions)} }

// NewList is the screen of the route "functions/<integration>"; q=WORDS begins with a filter.
func NewList(r screen.Route) (*List, error) {
	if err := checkRoute(r, 1, "functions/INTEGRATION", "q"); err != nil {
		return nil, err
	}
	s := &List{integration: r.Arg(0), table: table.New(func(r *row) rowKey { return r.key }, columns()...)}
	s.listing = screen.NewList(s.table, "the list stands by type and name", (*row).matches, fieldType, fieldState, fieldSource, fieldModel)
	s.listing.SetFilter(r.Query.Get("q"))
	return s, nil
}

// Title names the screen.
func (s *List) Title() string { return "Functions of " + s.integration }

// Open reads the functions.
func (s *List) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads them again, page by page; the rows stay until all are there.
func (s *List) Refresh(t *screen.Turn) {
	s.pages = nango.NewFunctionPages(nango.FunctionQuery{Integration: s.integration})
	s.coming = nil
	s.next(t)
}

func (s *List) next(t *screen.Turn) {
	if read, more := s.pages.Next(); more {
		s.page.Fetch(t, nango.Map(read, pageOf), s.arrived)
	}
}

func (s *List) arrived(t *screen.Turn) {
	if s.err = s.page.Err; s.err != nil {
		if errors.Is(s.err, nango.NotNango) {
			s.older.read(t, s.integration, s.arrivedOlder)
		}
		return
	}
	s.older.used = false
	s.coming = append(s.coming, s.page.Value.rows...)
	s.pages.Add(s.page.Value.page)
	if s.pages.Done() || s.at.IsZero() {
		s.fill(slices.Clone(s.coming))
	}
	if s.pages.Done() {
		s.at = t.Now
	}
	s.next(t)
}

func (s *List) arrivedOlder(t *screen.Turn) {
	if err := s.older.err(); err != nil {
		s.err = err
		return
	}
	s.err, s.at = nil, t.Now
	s.fill(rowsOf(s.older.functions(s.integration)))
}

// fill shows the rows, each once: functions may have come or gone between two pages.
func (s *List) fill(rows []row) {
	slices.SortStableFunc(rows, func(a, b row) int { return byKind(&a, &b) })
	s.table.SetRows(slices.CompactFunc(rows, func(a, b row) bool { return a.key == b.key }))
}

// waiting says that an answer is under way.
func (s *List) waiting() bool { return s.page.IsLoading() || s.older.waiting() }

// LoadedAt is when the functions were read.
func (s *List) LoadedAt() time.Time { return s.at }

// Typing says that the filter takes the keys.
func (s *List) Typing() bool { return s.listing.Typing() }

// Update gives keys and pastes to the filter, and clicks to the table.
func (s *List) Update(_ *screen.Turn, msg tea.Msg) { s.listing.Update(msg) }

// Concerns says whether functions came or went.
func (s *List) Concerns(c nango.Call) bool { return changes(c, s.integration) }

// Actions is what can be done with the function under the cursor, and with the list.
func (s *List) Actions() []screen.Action {
	if s.Typing() {
		return s.listing.TypingActions()
	}
	var on row
	none := "there is no function under the cursor"
	if r := s.table.Cursor(); r != nil {
		on, none = *r, ""
	}
	kind, name := on.key.kind, on.key.name
	using := use(s.integration, kind, name)
	using.Disabled = cmp.Or(none, using.Disabled)
	all := []screen.Action{
		{ID: Open, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(routeTo(s.integration, kind, name)) }},
		using,
		{ID: Source, Title: "Source code", ReadOperation: nango.OpFunctionCode, Disabled: none,
			Do: func(t *screen.Turn) { t.Show(newSource(s.integration, kind, name)) }},
		{ID: Templates, Title: "From a template", ReadOperation: nango.OpProviderTemplates, Do: func(t *screen.Turn) { t.Show(newTemplates(s)) }},
		{ID: LocalFile, Title: "Try or deploy a file", Do: func(t *screen.Turn) { t.Show(newLocal(s)) }},
		{ID: Copy, Title: "Copy name", Disabled: none, Do: func(t *screen.Turn) { t.CopyLine("name of the function", name) }},
		{ID: Delete, Title: "Delete", Operation: nango.OpFunctionDelete, Disabled: cmp.Or(none, undeletable(kind, on.source)),
			Do: func(t *screen.Turn) {
				s.removal.begin(t, s.integration, kind, name, on.models, func(*screen.Turn) { s.table.Remove(on.key) })
			}},
	}
	all = append(all, s.listing.Actions()...)
	return append(append(all, screen.RefreshAction(s)), screen.MoveActions(s.table)...)
}

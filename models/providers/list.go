package providers

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// List is Nango's catalogue. It does not change while one looks at it: it is read once, and again by the user's key.
type List struct {
	screen.Base
	all screen.Load[[]row]
	// here is how many integrations there are by the names of their providers.
	here    screen.Load[map[string]int]
	modes   map[string]bool // all auth modes, in lower case
	table   *table.Table[row, string]
	listing *screen.List[row, string]
}

// NewList is the screen of the route "providers"; q=WORDS begins with a filter.
func NewList(r screen.Route) (*List, error) {
	if err := r.CheckQuery("q"); err != nil {
		return nil, err
	}
	s := &List{modes: map[string]bool{}}
	s.table = table.New(func(r *row) string { return r.name }, s.columns()...)
	matches := func(r *row, q filter.Query) bool { return r.matches(q, s.modes) }
	s.listing = screen.NewList(s.table, "the list stands by name", matches, fieldCategory, fieldAuth, fieldHere)
	s.listing.SetFilter(r.Query.Get("q"))
	return s, nil
}

// Title names the screen.
func (s *List) Title() string { return "Providers" }

// Open reads the catalogue, and which integrations there are.
func (s *List) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads the integrations again, and the catalogue where it is not there: near a megabyte, which no integration
// changes.
func (s *List) Refresh(t *screen.Turn) {
	if !s.all.IsLoaded() && !s.all.IsLoading() {
		s.readCatalogue(t)
	}
	s.here.Fetch(t, nango.Map(nango.ListIntegrations(), byProvider), func(*screen.Turn) { s.fill() })
}

// again reads everything, since somebody asked.
func (s *List) again(t *screen.Turn) {
	s.readCatalogue(t)
	s.Refresh(t)
}

func (s *List) readCatalogue(t *screen.Turn) {
	s.all.Fetch(t, nango.Map(nango.ListProviders(""), rowsOf), func(*screen.Turn) { s.fill() })
}

func byProvider(all []nango.Integration) map[string]int {
	here := map[string]int{}
	for _, i := range all {
		here[i.Provider]++
	}
	return here
}

// fill makes the rows anew from what has been read so far.
func (s *List) fill() {
	clear(s.modes)
	for i := range s.all.Value {
		r := &s.all.Value[i]
		r.here = s.here.Value[r.name]
		s.modes[strings.ToLower(r.mode)] = true
	}
	s.table.SetRows(s.all.Value)
}

// LoadedAt is when the catalogue was read.
func (s *List) LoadedAt() time.Time { return s.all.At }

// Typing says that the filter takes the keys.
func (s *List) Typing() bool { return s.listing.Typing() }

// Concerns says whether integrations came or went.
func (s *List) Concerns(c nango.Call) bool { return changesIntegrations(c) }

func changesIntegrations(c nango.Call) bool {
	switch c.Operation {
	case nango.OpIntegrationCreate, nango.OpIntegrationQuickstart, nango.OpIntegrationUpdate, nango.OpIntegrationDelete:
		return true
	}
	return false
}

// Update gives keys and pastes to the filter, and clicks to the table.
func (s *List) Update(_ *screen.Turn, msg tea.Msg) { s.listing.Update(msg) }

// Actions is what can be done with the provider under the cursor, and with the list.
func (s *List) Actions() []screen.Action {
	if s.Typing() {
		return s.listing.TypingActions()
	}
	none, at := "there is no provider under the cursor", row{}
	if r := s.table.Cursor(); r != nil {
		none, at = "", *r
	}
	all := []screen.Action{
		{ID: Open, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(screen.To("provider", at.name)) }},
		{ID: Make, Title: "New integration", Operation: nango.OpIntegrationCreate, Disabled: none, Do: openMake(at.name)},
		{ID: Integrations, Title: "Its integrations", Disabled: none, Do: openIntegrations(at.name)},
		{ID: Copy, Title: "Copy name", Disabled: none, Do: func(t *screen.Turn) { t.CopyLine("provider", at.name) }},
		{ID: Docs, Title: "Docs", HideInFooter: true, Disabled: noLink(at.docs), Do: func(t *screen.Turn) { t.Browse(at.docs) }},
	}
	all = append(all, s.listing.Actions()...)
	all = append(all, screen.Action{ID: screen.Refresh, Title: "Read again", HideInFooter: true, Do: s.again})
	return append(all, screen.MoveActions(s.table)...)
}

func noLink(docs string) string {
	if !ui.IsLink(docs) {
		return "the docs of the provider are not known"
	}
	return ""
}

// Package integrations is the integrations of an environment: the list of them, one with everything that belongs to it,
// and the forms by which one is made and changed. It may know what any screen may know, and no other area.
package integrations

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/table"
)

// Ids of the actions on an integration, in the list and on its own screen.
const (
	Open        screen.ActionID = "integration.open"
	Copy        screen.ActionID = "integration.copy"
	Connections screen.ActionID = "integration.connections"
	NewLink     screen.ActionID = "integration.link"
	Import      screen.ActionID = "integration.import"
	Delete      screen.ActionID = "integration.delete"
	New         screen.ActionID = "integration.new"
)

// Ids of the actions on the list.
const (
	CountFarther screen.ActionID = "integrations.countFarther"
)

// List is all integrations of the environment, with how many connections they have.
type List struct {
	screen.Base
	all   screen.Load[[]nango.Integration]
	modes screen.Load[catalogue]
	page  screen.Load[[]nango.Connection]

	shown, next *census // whose numbers are shown, and the one under way; the same where there is but one
	deletion    deletion
	table       *table.Table[row, string]
	listing     *screen.List[row, string]

	// unlisted says that Nango could not list the integrations, as it cannot when the provider of a single one is gone.
	unlisted bool
	broken   int      // integrations with broken connections
	orphans  []string // keys of those whose provider is gone
}

// NewList is the screen of the route "integrations"; q=WORDS begins with a filter.
func NewList(r screen.Route) *List {
	s := &List{table: table.New(func(r *row) string { return r.key }, columns()...)}
	s.listing = screen.NewList(s.table, "the list stands as Nango gave it", (*row).matches, fieldState, fieldProvider, fieldAuth)
	s.listing.SetFilter(r.Query.Get("q"))
	return s
}

// Title names the screen.
func (s *List) Title() string { return "Integrations" }

// Open reads the integrations, and counts their connections beside.
func (s *List) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads and counts again; what is there stays until then.
func (s *List) Refresh(t *screen.Turn) {
	if s.modes.HasFailed() {
		s.modes = screen.Load[catalogue]{}
	}
	s.all.Fetch(t, nango.ListIntegrations(), s.arrived)
	s.count(t, newCensus(s.shown, t.Background))
}

func (s *List) arrived(t *screen.Turn) {
	var e *nango.Error
	s.unlisted = !s.all.IsLoaded() && errors.As(s.all.Err, &e) && e.Status == http.StatusInternalServerError
	s.fill()
	s.readCatalogue(t)
}

// LoadedAt is when the integrations were read.
func (s *List) LoadedAt() time.Time { return s.all.At }

// AutoRefresh says that the list is read again by itself.
func (s *List) AutoRefresh() bool { return true }

// Typing says that the filter takes the keys.
func (s *List) Typing() bool { return s.listing.Typing() }

// Update gives keys and pastes to the filter, and clicks to the table.
func (s *List) Update(_ *screen.Turn, msg tea.Msg) { s.listing.Update(msg) }

// Concerns says whether integrations came, went or changed, or the number of connections did.
func (s *List) Concerns(c nango.Call) bool { return changesIntegrations(c) }

// fill makes the rows anew from what has been read so far.
func (s *List) fill() {
	rows := s.rows()
	how := s.counting()
	s.broken, s.orphans = 0, nil
	for i := range rows {
		var y tally
		if s.shown != nil {
			y = s.shown.by[rows[i].key]
		}
		rows[i].finish(s.modes.Value, y, how)
		if y.broken > 0 {
			s.broken++
		}
		if rows[i].orphan {
			s.orphans = append(s.orphans, rows[i].key)
		}
	}
	s.table.SetRows(rows)
}

func (s *List) rows() []row {
	if s.unlisted {
		return s.fromConnections()
	}
	rows := make([]row, 0, len(s.all.Value))
	for _, i := range s.all.Value {
		rows = append(rows, newRow(i))
	}
	return rows
}

// forget takes away an integration that was just deleted; the list is read again anyway.
func (s *List) forget(key string) {
	s.all.Value = slices.DeleteFunc(s.all.Value, func(i nango.Integration) bool { return i.Key == key })
	if s.shown != nil {
		delete(s.shown.by, key)
	}
	s.fill()
}

func (s *List) counting() counting {
	switch {
	case s.shown.whole():
		return exactly
	case s.shown != nil:
		return atLeast
	}
	return notCounted
}

// fromConnections is the integrations that have connections, where there is no list of them.
func (s *List) fromConnections() []row {
	if s.shown == nil {
		return nil
	}
	rows := make([]row, 0, len(s.shown.by))
	for key, y := range s.shown.by {
		rows = append(rows, row{key: key, provider: y.provider, webhooks: "?"})
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	return rows
}

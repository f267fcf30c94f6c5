// Package integrations has the screens of integrations: the list, one integration, and the forms that create and change
// one. It may import what any area may import, and no other area.
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

// Actions on an integration, in the list and on its own screen.
const (
	Open        screen.ActionID = "integration.open"
	Copy        screen.ActionID = "integration.copy"
	Connections screen.ActionID = "integration.connections"
	NewLink     screen.ActionID = "integration.link"
	Import      screen.ActionID = "integration.import"
	Delete      screen.ActionID = "integration.delete"
	New         screen.ActionID = "integration.new"
)

// Actions on the list.
const (
	CountFarther screen.ActionID = "integrations.countFarther"
)

// List is the list of integrations with the counts of their connections.
type List struct {
	screen.Base
	all   screen.Load[[]nango.Integration]
	modes screen.Load[providerModes]
	page  screen.Load[[]nango.Connection]

	shownCount, nextCount *counter // the one that is shown, and the one that is counting; often the same
	deletion              deletion
	table                 *table.Table[row, string]
	listing               *screen.List[row, string]

	// listFails: Nango can't list the integrations, as when the provider of one is missing.
	listFails        bool
	broken           int      // integrations with broken connections
	missingProviders []string // keys of those whose provider is gone
}

// NewList is the screen of the route "integrations"; q=WORDS sets the filter.
func NewList(r screen.Route) *List {
	s := &List{table: table.New(func(r *row) string { return r.key }, columns()...)}
	s.listing = screen.NewList(s.table, (*row).matches, fieldState, fieldProvider, fieldAuth)
	s.listing.SetFilter(r.Query.Get("q"))
	return s
}

// Title is the screen's name.
func (s *List) Title() string { return "Integrations" }

// Open loads the integrations and counts their connections.
func (s *List) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh loads and counts again. The old rows stay meanwhile.
func (s *List) Refresh(t *screen.Turn) {
	if s.modes.HasFailed() {
		s.modes = screen.Load[providerModes]{}
	}
	s.all.Fetch(t, nango.ListIntegrations(), s.arrived)
	s.count(t, newCounter(s.shownCount, t.Background))
}

func (s *List) arrived(t *screen.Turn) {
	var e *nango.Error
	s.listFails = !s.all.IsLoaded() && errors.As(s.all.Err, &e) && e.Status == http.StatusInternalServerError
	s.fill()
	s.loadModes(t)
}

// LoadedAt returns when the integrations were loaded.
func (s *List) LoadedAt() time.Time { return s.all.At }

// AutoRefresh reports that the list reloads by itself.
func (s *List) AutoRefresh() bool { return true }

// Typing reports whether keys go to the filter.
func (s *List) Typing() bool { return s.listing.Typing() }

// Update passes keys and pastes to the filter, and clicks to the table.
func (s *List) Update(_ *screen.Turn, msg tea.Msg) { s.listing.Update(msg) }

// Concerns reports whether a call changed integrations or the number of connections.
func (s *List) Concerns(c nango.Call) bool { return changesIntegrations(c) }

// fill makes the rows of what is loaded so far.
func (s *List) fill() {
	rows := s.rows()
	how := s.precision()
	s.broken, s.missingProviders = 0, nil
	for i := range rows {
		var y connectionCounts
		if s.shownCount != nil {
			y = s.shownCount.byKey[rows[i].key]
		}
		rows[i].complete(s.modes.Value, y, how)
		if y.broken > 0 {
			s.broken++
		}
		if rows[i].providerMissing {
			s.missingProviders = append(s.missingProviders, rows[i].key)
		}
	}
	s.table.SetRows(rows)
}

func (s *List) rows() []row {
	if s.listFails {
		return s.fromConnections()
	}
	rows := make([]row, 0, len(s.all.Value))
	for _, i := range s.all.Value {
		rows = append(rows, newRow(i))
	}
	return rows
}

// forget removes a deleted integration before the list is loaded again.
func (s *List) forget(key string) {
	s.all.Value = slices.DeleteFunc(s.all.Value, func(i nango.Integration) bool { return i.Key == key })
	if s.shownCount != nil {
		delete(s.shownCount.byKey, key)
	}
	s.fill()
}

func (s *List) precision() precision {
	switch {
	case s.shownCount.isComplete():
		return exactly
	case s.shownCount != nil:
		return atLeast
	}
	return notCounted
}

// fromConnections returns rows for the integrations that have connections, if Nango can't list integrations.
func (s *List) fromConnections() []row {
	if s.shownCount == nil {
		return nil
	}
	rows := make([]row, 0, len(s.shownCount.byKey))
	for key, y := range s.shownCount.byKey {
		rows = append(rows, row{key: key, provider: y.provider, webhooks: "?"})
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	return rows
}

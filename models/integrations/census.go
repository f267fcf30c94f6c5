package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// tally is how many connections an integration has, and how many of them are broken.
type tally struct {
	all, broken int
	// provider is that of the integration, as its connections have it.
	provider string
}

func (y *tally) add(c nango.Connection) {
	y.all++
	y.provider = c.Provider
	if c.State() != nango.Healthy {
		y.broken++
	}
}

// census counts the connections of all integrations, page by page. Nango gives no numbers, so that the list has
// to be read; no row of it is kept.
type census struct {
	pages *nango.ConnectionPages
	by    map[string]tally
	// quiet says that nobody asked for it: its pages yield to what the user asks for.
	quiet bool
}

// newCensus goes as far as the one before it was allowed to.
func newCensus(before *census, quiet bool) *census {
	c := &census{pages: nango.NewConnectionPages(nango.ConnectionQuery{}), by: map[string]tally{}, quiet: quiet}
	for before != nil && c.pages.Bound() < before.pages.Bound() {
		c.pages.RaiseBound()
	}
	return c
}

// next is the page to read now, brought down to what is counted where it is decoded.
func (c *census) next() (nango.Read[[]nango.Connection], bool) {
	read, more := c.pages.Next()
	if !more {
		return read, false
	}
	return nango.Map(read, bare), true
}

// bare leaves of the rows what is counted.
func bare(rows []nango.Connection) []nango.Connection {
	for i, row := range rows {
		rows[i] = nango.Connection{ID: row.ID, Integration: row.Integration, Provider: row.Provider, Errors: row.Errors}
	}
	return rows
}

func (c *census) arrived(rows []nango.Connection) {
	for _, row := range c.pages.Add(rows) {
		y := c.by[row.Integration]
		y.add(row)
		c.by[row.Integration] = y
	}
}

// whole says that every connection was counted; settled that no more will be, unless somebody asks.
func (c *census) whole() bool   { return c != nil && c.pages.Done() }
func (c *census) settled() bool { return c.pages.Done() || c.pages.AtBound() }

// counting is how far one can rely on a tally.
type counting int

const (
	notCounted counting = iota
	atLeast
	exactly
)

// count begins a census, or goes on with the one whose bound was lifted. The numbers of the last one stay until
// the new one is settled.
func (s *List) count(t *screen.Turn, c *census) {
	s.next = c
	s.countOn(t)
}

func (s *List) countOn(t *screen.Turn) {
	read, more := s.next.next()
	if !more {
		return
	}
	quiet := t.Background
	t.Background = quiet || s.next.quiet
	s.page.Fetch(t, read, s.counted)
	t.Background = quiet
}

func (s *List) counted(t *screen.Turn) {
	if s.page.HasFailed() {
		s.fill()
		return
	}
	s.next.arrived(s.page.Value)
	s.page.Value = nil
	if s.shown == nil || s.next.settled() {
		s.shown = s.next
	}
	s.fill()
	s.readCatalogue(t)
	s.countOn(t)
}

// countFarther lifts the bound of a census that stopped there.
func (s *List) countFarther(t *screen.Turn) {
	s.shown.pages.RaiseBound()
	s.shown.quiet = false
	s.count(t, s.shown)
}

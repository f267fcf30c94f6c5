package integrations

import (
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// connectionCounts is how many connections an integration has, and how many are broken.
type connectionCounts struct {
	all, broken int
	// more means that there are more connections, which were not counted.
	more bool
	// provider is the integration's, as its connections report it.
	provider string
}

func (y *connectionCounts) add(c nango.Connection) {
	y.all++
	y.provider = c.Provider
	if c.State() != nango.Healthy {
		y.broken++
	}
}

// countPage counts the connections of a page of at most size.
func countPage(page []nango.Connection, size int) connectionCounts {
	y := connectionCounts{more: len(page) >= size}
	for _, c := range page {
		y.add(c)
	}
	return y
}

// String is the number of connections: "at least 100 connections".
func (y connectionCounts) String() string {
	if y.more {
		return fmt.Sprintf(textAtLeast, ui.Pluralize(y.all, nounConnection))
	}
	return ui.Pluralize(y.all, nounConnection)
}

// counter counts the connections of all integrations, page by page, because Nango has no operation for counts. It keeps
// no row.
type counter struct {
	pages *nango.ConnectionPages
	tally *screen.Tally
	// background requests yield to those of the user.
	background bool
}

// newCounter returns a counter with the limit of the one before it.
func newCounter(now time.Time, before *counter, quiet bool) *counter {
	c := &counter{pages: nango.NewConnectionPages(nango.ConnectionQuery{}), tally: screen.NewTally(now), background: quiet}
	for before != nil && c.pages.Bound() < before.pages.Bound() {
		c.pages.RaiseBound()
	}
	return c
}

func (c *counter) add(rows []nango.Connection) {
	for _, row := range c.pages.Add(rows) {
		c.tally.Add(row.Ref(), row.Provider, row.State() != nango.Healthy)
	}
	c.tally.More = !c.pages.Done()
}

// isComplete reports whether all connections are counted; isFinished, whether counting ended, perhaps at its limit.
func (c *counter) isComplete() bool { return c != nil && c.pages.Done() }
func (c *counter) isFinished() bool { return c.pages.Done() || c.pages.AtBound() }

// count starts or continues a counter. The numbers of the previous one stay until it is finished.
func (s *List) count(t *screen.Turn, c *counter) {
	s.nextCount = c
	s.countPage(t)
}

func (s *List) countPage(t *screen.Turn) {
	read, more := s.nextCount.pages.Next()
	if !more {
		return
	}
	quiet := t.Background
	t.Background = quiet || s.nextCount.background
	s.page.Fetch(t, read, s.addPage)
	t.Background = quiet
}

func (s *List) addPage(t *screen.Turn) {
	if s.page.HasFailed() {
		s.fill()
		return
	}
	s.nextCount.add(s.page.Value)
	s.page.Value = nil
	if s.shownCount == nil || s.nextCount.isFinished() {
		s.shownCount, s.tally = s.nextCount, s.nextCount.tally
	}
	if s.nextCount.isFinished() {
		t.Store.SetTally(s.tally)
	}
	s.fill()
	s.loadModes(t)
	s.countPage(t)
}

// countMore raises the limit of a counter and continues.
func (s *List) countMore(t *screen.Turn) {
	s.shownCount.pages.RaiseBound()
	s.shownCount.background = false
	s.count(t, s.shownCount)
}

package integrations

import (
	"fmt"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// summaryRead connections are loaded: one small page.
	summaryRead = 100
	// summaryShown of them are shown.
	summaryShown = 10
)

// summary is what an integration's screen shows of its connections.
type summary struct {
	connectionCounts
	// items are the broken ones, then the newest, at most summaryShown.
	items []summaryItem
	// read are the connections, until the store has learned of them.
	read []nango.Connection
}

type summaryItem struct {
	id       string
	customer nango.Customer
	state    nango.State
	failedAt time.Time // zero where it is not known, or nothing failed
	created  time.Time
}

// summaryOf returns the summary of a page, which has the newest first.
func summaryOf(rows []nango.Connection) summary {
	all := summary{connectionCounts: countPage(rows, summaryRead), read: rows}
	slices.SortStableFunc(rows, brokenFirst)
	for _, row := range rows[:min(len(rows), summaryShown)] {
		m := summaryItem{id: row.ID, customer: row.Customer(), state: row.State(), created: row.Created}
		m.failedAt, _ = row.FailedAt()
		all.items = append(all.items, m)
	}
	return all
}

// brokenFirst sorts broken connections first, latest failure first, and keeps the order of the others.
func brokenFirst(a, b nango.Connection) int {
	okA, okB := a.State() == nango.Healthy, b.State() == nango.Healthy
	switch {
	case okA && okB:
		return 0
	case okA:
		return 1
	case okB:
		return -1
	}
	failedA, _ := a.FailedAt()
	failedB, _ := b.FailedAt()
	return failedB.Compare(failedA)
}

func (s *Detail) connectionsSection(f ui.Frame) ui.Section {
	section := ui.Section{Title: titleConnections}
	all := s.connections.Value
	all.connectionCounts = s.countBeyond(all.connectionCounts)
	switch {
	case s.connections.HasFailed():
		section.Rows = []ui.Row{{Lines: []ui.Line{{f.Styled(ui.RoleBad, fmt.Sprintf(textConnectionsFailed, s.connections.Err))}}}}
	case !s.connections.IsLoaded():
		section.Note = ui.Muted(textCountingShort)
	case all.all == 0:
		section.Rows = ui.TextRows(screen.TextNoneYet + screen.Hint(f, NewLink, hintLink))
	default:
		section.Note = all.note(f)
		for _, m := range all.items {
			section.Rows = append(section.Rows, ui.Row{ID: connectionRow + m.id, Lines: []ui.Line{m.line(f)}})
			s.OnRow(connectionRow+m.id, screen.RowActions{
				Copy: screen.Option{Do: func(t *screen.Turn) { t.CopyLine(copiedConnection, m.id) }},
				Open: screen.To("connection", s.key, m.id).Open,
			})
		}
	}
	return section
}

// countBeyond completes the counts of a page by what another screen has counted.
func (s *Detail) countBeyond(page connectionCounts) connectionCounts {
	n := s.tally.Of(s.key)
	if page.more && n.All >= page.all {
		page.all, page.broken, page.more = n.All, n.Broken, s.tally.More
	}
	return page
}

func (m summary) note(f ui.Frame) ui.Line {
	count := func(n int) string {
		if m.more {
			return fmt.Sprintf(textAtLeast, ui.Count(n))
		}
		return ui.Count(n).String()
	}
	line := ui.Muted(count(m.all))
	if m.broken > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, fmt.Sprintf(textSomeBroken, count(m.broken))))
	}
	if all := screen.Hint(f, Connections, screen.TextListsAll); all != "" && m.all > len(m.items) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "+all))
	}
	return line
}

// Widths of columns in cells, including the space after them.
const (
	stateWidth = 14
	whenWidth  = 12
)

// line has state, time of failure or creation, and customer; the id where there is room for it, or nothing else.
func (m summaryItem) line(f ui.Frame) ui.Line {
	role, sign, when := ui.RoleGood, "✓ ", m.created
	if m.state != nango.Healthy {
		role, sign, when = ui.RoleBad, "✗ ", m.failedAt
	}
	since := ui.Text{}
	if !when.IsZero() {
		since = ui.Clean(ui.Ago(f.Now.Sub(when)))
	}
	who := f.Text(m.customer.Name)
	if m.customer.Detail != "" {
		who = who.Concat(ui.Clean(" · "), f.Text(m.customer.Detail))
	}
	room := max(ui.FieldsColumn(f).Width-stateWidth-whenWidth-2, 0)
	line := column(ui.RoleMuted, since, whenWidth, column(role, ui.Clean(sign+m.state.String()), stateWidth, nil))
	if room < roomForID {
		return append(line, ui.Cell{Text: who.Truncate(room), Role: ui.RoleText})
	}
	line = column(ui.RoleText, who, room*3/5, line)
	return append(line, ui.Cell{Text: f.Text(m.id).Truncate(room - room*3/5), Role: ui.RoleMuted})
}

// roomForID is the width of customer and id from which a line has both.
const roomForID = 50

// column appends a text to a line, truncated or padded to its width.
func column(role ui.Role, text ui.Text, width int, line ui.Line) ui.Line {
	text = text.Truncate(max(width-2, 0))
	return append(line, ui.Cell{Text: text, Role: role}, ui.Cell{Text: ui.Text{}.Pad(width - text.Width())})
}

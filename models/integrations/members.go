package integrations

import (
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// membersRead is how many connections of an integration are looked at for its own screen: one small page.
	membersRead = 100
	// membersShown is how many of them stand there.
	membersShown = 10
)

// members is what an integration's own screen tells of its connections.
type members struct {
	tally
	// whole says that there are no more than were read.
	whole bool
	// some are the broken ones and then the newest, at most [membersShown].
	some []member
}

// member is a connection as it stands on its integration's screen.
type member struct {
	id       string
	customer nango.Customer
	state    nango.State
	failedAt time.Time // zero where it is not known, or nothing failed
	created  time.Time
}

// membersOf keeps of a page, which has the newest first, what is shown.
func membersOf(rows []nango.Connection) members {
	all := members{whole: len(rows) < membersRead}
	for _, row := range rows {
		all.add(row)
	}
	slices.SortStableFunc(rows, brokenFirst)
	for _, row := range rows[:min(len(rows), membersShown)] {
		m := member{id: row.ID, customer: row.Customer(), state: row.State(), created: row.Created}
		m.failedAt, _ = row.FailedAt()
		all.some = append(all.some, m)
	}
	return all
}

// brokenFirst puts broken connections first, of them the one that failed last; the others stay as they are.
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

// connectionsSection is how many connections there are, and some of them.
func (s *Detail) connectionsSection(f ui.Frame) ui.Section {
	section := ui.Section{Title: "CONNECTIONS"}
	all := s.members.Value
	switch {
	case s.members.HasFailed():
		section.Rows = []ui.Row{{Lines: []ui.Line{{f.Styled(ui.RoleBad, "✗ not read: "+s.members.Err.Error())}}}}
	case !s.members.IsLoaded():
		section.Note = ui.Muted("counting …")
	case all.all == 0:
		section.Rows = ui.TextRows("None yet. " + screen.Hint(f, NewLink, "makes a link by which a customer connects."))
	default:
		section.Note = all.note(f)
		for _, m := range all.some {
			section.Rows = append(section.Rows, ui.Row{ID: memberRow + m.id, Lines: []ui.Line{m.line(f)}})
		}
	}
	return section
}

func (m members) note(f ui.Frame) ui.Line {
	atLeast := ""
	if !m.whole {
		atLeast = "at least "
	}
	line := ui.Muted(atLeast + ui.Count(m.all).String())
	if m.broken > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(ui.RoleBad, "✗ "+atLeast+ui.Count(m.broken).String()+" broken"))
	}
	if all := screen.Hint(f, Connections, "lists all"); all != "" && m.all > len(m.some) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "+all))
	}
	return line
}

// Widths of the parts of a connection's line, in cells, with the space behind them.
const (
	stateWidth = 14
	whenWidth  = 12
)

// line is a connection on one line: how it is, when it failed or was made, whose it is, and its id.
func (m member) line(f ui.Frame) ui.Line {
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
	room := max(f.Width-stateWidth-whenWidth-2, 0)
	line := column(ui.RoleMuted, since, whenWidth, column(role, ui.Clean(sign+m.state.String()), stateWidth, nil))
	line = column(ui.RoleText, who, room*3/5, line)
	return append(line, ui.Cell{Text: f.Text(m.id).Truncate(room - room*3/5), Role: ui.RoleMuted})
}

// column adds a text to a line, cut to its width or filled up by spaces that have no look of their own.
func column(role ui.Role, text ui.Text, width int, line ui.Line) ui.Line {
	text = text.Truncate(max(width-2, 0))
	return append(line, ui.Cell{Text: text, Role: role}, ui.Cell{Text: ui.Text{}.Pad(width - text.Width())})
}

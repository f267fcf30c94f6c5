package sessions

import (
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// arrivalPage is how many of the newest connections with the tags are looked at each time.
const arrivalPage = 100

// arrival waits for a connection with the link's tags that was not there when the link was made.
type arrival struct {
	wait
	who   string
	query nango.ConnectionQuery
	// before are the connections that were there; nil where that could not be read. Then the server's own
	// times decide: since is when it made the session.
	before map[nango.ConnectionRef]bool
	since  time.Time
	// arrived are the new ones, newest first.
	arrived []nango.Connection
}

// newArrival takes the rows that were there before anybody could have the link, or nil if they are not known.
func newArrival(input nango.SessionInput, who string, before []nango.Connection) *arrival {
	a := &arrival{who: who, query: arrivalQuery(input)}
	a.query.Limit = arrivalPage
	if before != nil {
		a.before = make(map[nango.ConnectionRef]bool, len(before))
		for _, c := range before {
			a.before[c.Ref()] = true
		}
	}
	return a
}

// arrivalQuery finds what the link makes: the tags exactly, and its integrations.
func arrivalQuery(input nango.SessionInput) nango.ConnectionQuery {
	return nango.ConnectionQuery{Tags: input.Tags, Integrations: input.Integrations, Limit: nango.MaxPage}
}

func (a *arrival) begin(m *made) {
	a.wait.begin(m)
	a.since = madeAt(m.at, m.session)
}

// Title says what is waited for.
func (a *arrival) Title() string { return "a connection of " + a.who }

// Poll looks once.
func (a *arrival) Poll(t *screen.Turn) { a.ask(t, a.query, a.look) }

func (a *arrival) look(t *screen.Turn) {
	if !a.rows.HasFailed() {
		a.find(a.rows.Value)
	}
	switch {
	case len(a.arrived) > 0:
		t.Toast("arrived: " + a.names())
		a.revoke(t)
	case a.cannotLook():
		t.Toast("whether " + a.who + " connects cannot be seen: " + a.rows.Err.Error())
		a.ended = true
	case a.last:
		a.giveUp(t)
	}
}

func (a *arrival) find(rows []nango.Connection) {
	for _, c := range rows {
		if a.isNew(c) {
			a.arrived = append(a.arrived, c)
		}
	}
}

func (a *arrival) isNew(c nango.Connection) bool {
	if a.before != nil {
		return !a.before[c.Ref()]
	}
	return !c.Created.Before(a.since)
}

func (a *arrival) names() string {
	first := a.arrived[0]
	text := first.Customer().Name + " · " + first.Integration
	if more := len(a.arrived) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func (a *arrival) giveUp(t *screen.Turn) {
	a.ended = true
	switch {
	case a.link == revoked:
	case a.rows.HasFailed():
		t.Toast("the link for " + a.who + " has run out; the last look failed: " + a.rows.Err.Error())
	default:
		t.Toast("the link for " + a.who + " has run out; nothing arrived")
	}
}

package sessions

import (
	"fmt"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// arrivalPage is how many of the newest connections with the tags each check reads.
const arrivalPage = 100

// arrivalWatch waits for a connection with the link's tags that didn't exist when the link was created.
type arrivalWatch struct {
	linkWatch
	who   string
	query nango.ConnectionQuery
	// before are the connections that existed; nil if they are unknown. Then the server's times decide.
	before map[nango.ConnectionRef]bool
	// arrived are the new ones, newest first.
	arrived []nango.Connection
}

// newArrivalWatch takes the connections that existed before anyone could have the link, or nil if they are unknown.
func newArrivalWatch(input nango.SessionInput, who string, before []nango.Connection) *arrivalWatch {
	a := &arrivalWatch{who: who, query: arrivalQuery(input)}
	a.query.Limit = arrivalPage
	if before != nil {
		a.before = make(map[nango.ConnectionRef]bool, len(before))
		for _, c := range before {
			a.before[c.Ref()] = true
		}
	}
	return a
}

// arrivalQuery finds what the link creates: connections with exactly these tags, of its integrations.
func arrivalQuery(input nango.SessionInput) nango.ConnectionQuery {
	return nango.ConnectionQuery{Tags: input.Tags, Integrations: input.Integrations, Limit: nango.MaxPage}
}

func (a *arrivalWatch) Title() string { return "a connection of " + a.who }

func (a *arrivalWatch) Poll(t *screen.Turn) { a.ask(t, a.query, a.look) }

func (a *arrivalWatch) look(t *screen.Turn) {
	if !a.rows.HasFailed() {
		a.arrived = append(a.arrived, slices.DeleteFunc(slices.Clone(a.rows.Value), a.existed)...)
		t.Store.Learn(t.Now, a.arrived...)
	}
	switch {
	case len(a.arrived) > 0:
		t.Toast("arrived: " + a.names())
		a.revoke(t)
	case a.isHopeless():
		t.Toast("whether " + a.who + textConnectsCantDetected + a.rows.Err.Error())
		a.ended = true
	case a.last:
		a.ended = true
		if a.link != revoked {
			text := textExpiredNoConnectionMade
			if a.rows.HasFailed() {
				text = textExpiredLastCheckFailed + a.rows.Err.Error()
			}
			t.Toast("the link for " + a.who + text)
		}
	}
}

// existed reports whether a connection is older than the link.
func (a *arrivalWatch) existed(c nango.Connection) bool {
	if a.before != nil {
		return a.before[c.Ref()]
	}
	return c.Created.Before(a.since)
}

func (a *arrivalWatch) names() string {
	first := a.arrived[0]
	text := first.Customer().Name + " · " + first.Integration
	if more := len(a.arrived) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func (a *arrivalWatch) news() (ui.Role, string) {
	switch {
	case len(a.arrived) > 0:
		return ui.RoleGood, "✓ arrived: " + a.names()
	case a.ended && a.isHopeless():
		return ui.RoleWarn, textCantDetectedWhetherThey + a.rows.Err.Error()
	case a.ended:
		return ui.RoleWarn, textNoConnectionMade
	}
	return ui.RoleText, ""
}

func (a *arrivalWatch) opens() (nango.ConnectionRef, bool) {
	if len(a.arrived) == 0 {
		return nango.ConnectionRef{}, false
	}
	return a.arrived[0].Ref(), true
}

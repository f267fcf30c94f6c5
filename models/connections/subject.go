package connections

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// subject is the connection that an action is about, whether it stands in the list or has a page of its own.
type subject struct {
	ref  nango.ConnectionRef
	name string // the customer's
	// owners are what tells whose it is, the best first: pairs of tags, or the end user's id.
	owners []pair
}

func (r *row) subject() subject {
	s := subject{ref: r.ref(), name: r.customer().Name}
	pairs := map[string]string{}
	for n := 0; ; n++ {
		p, ok := r.pair(n)
		if !ok {
			break
		}
		pairs[p.key] = p.value
	}
	s.owners = ownersIn(pairs)
	return s
}

func subjectOf(c *nango.Connection) subject {
	r := newRow(c)
	return r.subject()
}

// ownerKeys are the pairs by which all connections of a customer are found, the surest first. One of the user and one of the
// organisation are offered.
var ownerKeys = [...][]string{
	{nango.TagUserID, nango.TagUserEmail, endUserMark + "id", nango.TagUserName},
	{nango.TagOrganizationID, nango.TagOrganizationName},
}

func ownersIn(pairs map[string]string) []pair {
	var owners []pair
	for _, keys := range ownerKeys {
		for _, key := range keys {
			if value := pairs[key]; value != "" {
				owners = append(owners, pair{key, value})
				break
			}
		}
	}
	return owners
}

// about names the connection in a dialog. It holds strangers' text.
func (s subject) about() string { return s.name + " · " + s.ref.Integration }

// refused is why Nango lets nobody touch the connection; empty where it does.
func (s subject) refused() string {
	reason, _ := s.ref.UnusableReason()
	return reason
}

// nameless is why its customer's other connections cannot be found.
func (s subject) nameless() string {
	if len(s.owners) == 0 {
		return "no tag and no end user tells whose it is"
	}
	return ""
}

func (s subject) reconnect(t *screen.Turn) {
	t.Open(screen.To(reconnectRoute, s.ref.Integration, s.ref.ID))
}

func (s subject) openIntegration(t *screen.Turn) {
	t.Open(screen.To(integrationRoute, s.ref.Integration))
}

// openActions leads to what can be run on the connection.
func (s subject) openActions(t *screen.Turn) {
	t.Open(screen.To(actionsRoute, s.ref.Integration).With("connection", s.ref.ID))
}

func (s subject) allOfIntegration(t *screen.Turn) {
	t.Open(screen.To(ListRoute).With(queryIntegration, s.ref.Integration))
}

// allOfCustomer shows the connections with the same owner; where user and organisation are known, one chooses.
func (s subject) allOfCustomer(t *screen.Turn) {
	if len(s.owners) == 1 {
		t.Open(ownerRoute(s.owners[0]))
		return
	}
	var options []screen.Option
	for _, owner := range s.owners {
		options = append(options, screen.Option{
			Title: owner.value, Detail: pairWords(pair{owner.key, owner.value}),
			Do: func(t *screen.Turn) { t.Open(ownerRoute(owner)) },
		})
	}
	t.Pick("All connections of", options...)
}

func ownerRoute(owner pair) screen.Route {
	if owner.key == endUserMark+"id" {
		return screen.To(ListRoute).With(queryCustomer, owner.value)
	}
	return screen.To(ListRoute).With(queryTag, owner.key+":"+owner.value)
}

// propose asks for the connection to be deleted; gone is called when it is.
func (s subject) propose(t *screen.Turn, gone func(*screen.Turn), notes ...string) {
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.DeleteConnection(s.ref), Title: "Delete connection", About: s.about(),
		Consequences: append([]string{
			"Goes for good: its credentials, its tags and its metadata.",
			"Its syncs and their records go with it. How many there are was not looked at.",
			"A pre-deletion function of the integration runs first, if there is one.",
		}, notes...),
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			if err == nil {
				gone(t)
			}
		},
	})
}

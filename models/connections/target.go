package connections

import (
	"cmp"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// target is the connection that an action applies to, in the list or on its page.
type target struct {
	ref  nango.ConnectionRef
	name string // the customer's
	// owners identify the customer, the best first: pairs of tags, or the end user's id.
	owners []pair
}

func (r *row) target() target {
	s := target{ref: r.ref(), name: r.customer().Name}
	values := map[string]string{}
	for _, p := range r.pairs() {
		values[p.key] = p.value
	}
	for _, keys := range ownerKeys {
		for _, key := range keys {
			if value := values[key]; value != "" {
				s.owners = append(s.owners, pair{key, value})
				break
			}
		}
	}
	return s
}

func targetOf(c *nango.Connection) target {
	r := newRow(c)
	return r.target()
}

// ownerKeys are the keys by which all connections of a customer are found, the most reliable first. The first one of
// the user and the first of the organization are offered.
var ownerKeys = [...][]string{
	{nango.TagUserID, nango.TagUserEmail, endUserID, nango.TagUserName},
	{nango.TagOrganizationID, nango.TagOrganizationName},
}

// about names the connection in a dialog. It contains untrusted text.
func (s target) about() string { return s.name + " · " + s.ref.Integration }

// unusable is why Nango refuses to use the connection; empty if it doesn't.
func (s target) unusable() string {
	reason, _ := s.ref.UnusableReason()
	return reason
}

// noOwner is why the customer's other connections can't be found.
func (s target) noOwner() string { return screen.DisabledIf(len(s.owners) == 0, whyNoOwner) }

func (s target) reconnect(t *screen.Turn) {
	t.Open(screen.To(reconnectRoute, s.ref.Integration, s.ref.ID))
}

func (s target) openIntegration(t *screen.Turn) {
	t.Open(screen.To(integrationRoute, s.ref.Integration))
}

func (s target) allOfIntegration(t *screen.Turn) {
	t.Open(screen.To(ListRoute).With(queryIntegration, s.ref.Integration))
}

// areaActions open what belongs to the connection; disabled is why none can be opened.
func (s target) areaActions(disabled string) []screen.Action {
	at := func(route string) screen.Route { return screen.To(route, s.ref.Integration, s.ref.ID) }
	return []screen.Action{
		{ID: Syncs, Title: screen.TextSyncs, HideInFooter: true, ReadOperation: nango.OpSyncsList, Disabled: disabled, Do: at(syncsRoute).Open},
		{ID: Records, Title: actionRecords, HideInFooter: true, ReadOperation: nango.OpRecordsList, Disabled: disabled,
			Do: at(recordsRoute).Open},
		{ID: OpenActions, Title: screen.TextActions, HideInFooter: true, Disabled: disabled,
			Do: screen.To(actionsRoute, s.ref.Integration).With("connection", s.ref.ID).Open},
		{ID: Logs, Title: screen.TextLogs, HideInFooter: true, ReadOperation: nango.OpLogsList, Disabled: disabled,
			Do: screen.To(logsRoute).With(queryIntegration, s.ref.Integration).With("connection", s.ref.ID).Open},
		{ID: Deliveries, Title: actionDeliveries, HideInFooter: true, ReadOperation: nango.OpLogsList, Disabled: disabled,
			Do: screen.To(deliveriesRoute).With(queryIntegration, s.ref.Integration).With("connection", s.ref.ID).Open},
		{ID: Probe, Title: actionProbe, HideInFooter: true, Disabled: cmp.Or(disabled, s.unusable()), Do: at(probeRoute).Open},
		{ID: Proxy, Title: screen.TextProxy, HideInFooter: true, Disabled: cmp.Or(disabled, s.unusable()), Do: at(proxyRoute).Open},
	}
}

// allOfCustomer shows the connections with the same customer. If user and organization are known, the user chooses.
func (s target) allOfCustomer(t *screen.Turn) {
	if len(s.owners) == 1 {
		t.Open(ownerRoute(s.owners[0]))
		return
	}
	var options []screen.Option
	for _, owner := range s.owners {
		options = append(options, screen.Option{
			Title: owner.value, Detail: pairWords(pair{owner.key, owner.value}),
			Do: ownerRoute(owner).Open,
		})
	}
	t.Pick(pickAllOf, options...)
}

// ownerRoute opens everything of the customer or organization that a pair identifies.
func ownerRoute(owner pair) screen.Route {
	for _, route := range []string{CustomerRoute, OrganizationRoute} {
		for _, kind := range ownerKinds[route] {
			if owner.key == kind.tag || owner.key == kind.legacy {
				return screen.To(route, owner.value).With(queryBy, kind.tag)
			}
		}
	}
	return screen.To(ListRoute).With(queryTag, owner.key+":"+owner.value)
}

// propose proposes to delete the connection; gone is called afterwards.
func (s target) propose(t *screen.Turn, gone func(*screen.Turn), notes ...string) {
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.DeleteConnection(s.ref), Title: deleteTitle, About: s.about(),
		Consequences: append([]string{deleteData, deleteSyncs, deleteHook}, notes...),
		Then:         screen.AfterSuccess[nango.Success](gone),
	})
}

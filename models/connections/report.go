package connections

import (
	"maps"
	"slices"
	"strings"

	"nango-tui/models/connections/incident"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// report collects what the page knows, with the customer's name and tags or without.
func (d *Detail) report(t *screen.Turn, hasNames bool) incident.Report {
	w := incident.NewWriter(t, hasNames, namesOf(d.now))
	c := w.Connection(d.now)
	r := w.New(t, strings.Trim(c.Customer+" · "+d.ref.Integration+" · "+d.ref.ID, " ·"),
		readRow(d.ref).Call(), nango.ListSyncs(nango.SyncSelection{Connection: d.ref, All: true}).Call())
	for _, f := range d.triage.answer.Findings {
		c.Causes = append(c.Causes, w.Cause(f))
	}
	for _, o := range d.triage.answer.Recent {
		c.Operations = append(c.Operations, w.Operation(o))
	}
	for _, one := range d.syncing.Value {
		c.Syncs = append(c.Syncs, incident.Sync{Name: w.Line(one.Name.String()), State: w.Line(string(one.State))})
	}
	r.Add(c)
	return r
}

// report writes down all connections of the customer, with the causes that other screens have found.
func (c *Customer) report(t *screen.Turn, hasNames bool) incident.Report {
	names := []string{c.who}
	for i := range c.rows {
		for _, p := range c.rows[i].pairs() {
			names = append(names, p.value)
		}
	}
	w := incident.NewWriter(t, hasNames, names)
	var calls []nango.Call
	for _, query := range c.queries {
		calls = append(calls, nango.ListConnections(query).Call())
	}
	r := w.New(t, c.who, calls...)
	for i := range c.rows {
		row := &c.rows[i]
		one := incident.Connection{ID: w.Line(row.id()), Key: w.Line(row.integration()), Provider: w.Line(row.provider()),
			Customer: w.Customer(row.customer().Name, row.id()), State: row.state.String(), Causes: []incident.Cause{}}
		if row.profile != "" {
			one.Key += " (" + w.Line(row.profile) + ")"
		} else if known, ok := t.Store.CauseOf(row.ref()); ok {
			one.Causes = append(one.Causes, w.Cause(known.Finding))
		}
		r.Add(one)
	}
	return r
}

// namesOf are the values of tags and of the deprecated end user, among them the customer's name. The connection's id is none.
func namesOf(c *nango.Connection) []string {
	names := slices.Collect(maps.Values(c.Tags))
	for _, p := range endUserPairs(c.EndUser) {
		names = append(names, p.value)
	}
	return slices.DeleteFunc(names, func(name string) bool { return strings.TrimSpace(name) == c.ID })
}

package integrations

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// deletion counts what goes with an integration, and then proposes to delete it.
type deletion struct {
	load screen.Load[loss]
}

// loss is what was counted of the connections that go.
type loss struct {
	tally
	whole bool
}

func lossOf(rows []nango.Connection) loss {
	l := loss{whole: len(rows) < nango.MaxPage}
	for _, row := range rows {
		l.add(row)
	}
	return l
}

// begin counts with one request, as far as a page goes. The dialog comes whatever becomes of it, and says so; done is
// called when the integration is gone.
func (d *deletion) begin(t *screen.Turn, key string, done func(*screen.Turn)) {
	query := nango.ConnectionQuery{Integrations: []string{key}, Limit: nango.MaxPage}
	d.load.Fetch(t, nango.Map(nango.ListConnections(query), lossOf), func(t *screen.Turn) { d.propose(t, key, done) })
}

func (d *deletion) propose(t *screen.Turn, key string, done func(*screen.Turn)) {
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request:      nango.DeleteIntegration(key),
		Title:        "Delete integration",
		About:        key,
		Consequences: d.goes(),
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			if err == nil {
				done(t)
			}
		},
	})
}

// goes says what goes, what was counted, and what nobody has looked at.
func (d *deletion) goes() []string {
	if d.load.Err == nil && d.load.Value.all == 0 {
		return []string{"It has no connections.", "Not looked at: its functions. They go as well."}
	}
	return []string{
		d.connectionsThatGo(),
		"Not looked at: its functions, and the syncs and records of its connections. They go as well.",
		"Pre-deletion functions of the connections do not run.",
	}
}

func (d *deletion) connectionsThatGo() string {
	if d.load.Err != nil {
		return "All its connections go for good. How many could not be counted: " + d.load.Err.Error()
	}
	counted := d.load.Value
	going := " go for good, with their credentials"
	if counted.all == 1 {
		going = " goes for good, with its credentials"
	}
	text := ui.Pluralize(counted.all, "connection") + going
	if counted.broken > 0 {
		text += "; " + ui.Count(counted.broken).String() + " of them broken now"
	}
	if counted.whole {
		return text + "."
	}
	return "At least " + text + ". More were not counted."
}

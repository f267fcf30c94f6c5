package integrations

import (
	"fmt"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// deletion counts the connections of an integration, and then proposes to delete it.
type deletion struct {
	load screen.Load[deletionCounts]
}

// deletionCounts are the connections that are deleted with an integration.
type deletionCounts struct {
	connectionCounts
	complete bool
}

func deletionCountsOf(rows []nango.Connection) deletionCounts {
	l := deletionCounts{complete: len(rows) < nango.MaxPage}
	for _, row := range rows {
		l.add(row)
	}
	return l
}

// begin counts with one request, up to one page, and proposes the deletion even if that fails. done is called after the
// deletion.
func (d *deletion) begin(t *screen.Turn, key string, done func(*screen.Turn)) {
	query := nango.ConnectionQuery{Integrations: []string{key}, Limit: nango.MaxPage}
	d.load.Fetch(t, nango.Map(nango.ListConnections(query), deletionCountsOf), func(t *screen.Turn) { d.propose(t, key, done) })
}

func (d *deletion) propose(t *screen.Turn, key string, done func(*screen.Turn)) {
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request:      nango.DeleteIntegration(key),
		Title:        "Delete integration",
		About:        key,
		Consequences: d.consequences(),
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			if err == nil {
				done(t)
			}
		},
	})
}

// consequences says what is deleted, what was counted and what was not.
func (d *deletion) consequences() []string {
	if d.load.Err == nil && d.load.Value.all == 0 {
		return []string{"It has no connections.", "Permanently deletes its functions. They were not counted."}
	}
	return []string{
		d.connectionsText(),
		"Permanently deletes its functions, and the syncs and records of its connections. They were not counted.",
		"Doesn't run the pre-deletion functions of the connections.",
	}
}

func (d *deletion) connectionsText() string {
	if d.load.Err != nil {
		return fmt.Sprintf(deleteNotCounted, d.load.Err)
	}
	counted := d.load.Value
	text := ui.Pluralize(counted.all, "connection")
	if !counted.complete {
		text = fmt.Sprintf(textAtLeastN, text)
	}
	if counted.broken > 0 {
		text += fmt.Sprintf(" (%s broken)", ui.Count(counted.broken))
	}
	text = fmt.Sprintf("Permanently deletes %s, including credentials.", text)
	if !counted.complete {
		text += " More were not counted."
	}
	return text
}

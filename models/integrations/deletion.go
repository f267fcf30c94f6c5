package integrations

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// deletion counts the connections of an integration, and then proposes to delete it.
type deletion struct {
	load screen.Load[connectionCounts]
}

// begin counts with one request, up to one page, and proposes the deletion even if that fails. done is called after the
// deletion.
func (d *deletion) begin(t *screen.Turn, key string, done func(*screen.Turn)) {
	query := nango.ConnectionQuery{Integrations: []string{key}, Limit: nango.MaxPage}
	count := func(page []nango.Connection) connectionCounts { return countPage(page, nango.MaxPage) }
	d.load.Fetch(t, nango.Map(nango.ListConnections(query), count), func(t *screen.Turn) { d.propose(t, key, done) })
}

func (d *deletion) propose(t *screen.Turn, key string, done func(*screen.Turn)) {
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request:      nango.DeleteIntegration(key),
		Title:        deleteTitle,
		About:        key,
		Consequences: d.consequences(),
		Then:         screen.AfterSuccess[nango.Success](done),
	})
}

// consequences says what is deleted, what was counted and what was not.
func (d *deletion) consequences() []string {
	connections := ""
	switch counted := d.load.Value; {
	case d.load.Err != nil:
		connections = fmt.Sprintf(deleteNotCounted, d.load.Err)
	case counted.all == 0:
		return []string{deleteNoConnections, deleteFunctions}
	default:
		text := counted.String()
		if counted.broken > 0 {
			text += fmt.Sprintf(deleteBroken, ui.Count(counted.broken))
		}
		connections = fmt.Sprintf(deleteConnections, text)
		if counted.more {
			connections += deleteMore
		}
	}
	return []string{connections, deleteAll, deleteNoHooks}
}

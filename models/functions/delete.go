package functions

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// notDeletable is why Nango can't delete a function; empty if it can.
func notDeletable(kind nango.FunctionType, source string) string {
	switch {
	case kind == nango.OnEventFunction:
		return textCantDeleteOnEvent
	case source == sources["repo"].word:
		return textCantDeleteFromRepository
	}
	return ""
}

// deletion counts what is lost with a function, and then proposes to delete it.
type deletion struct {
	connections screen.Load[int]
}

// start counts the connections of the integration, at most a page: a sync is deleted with its records from each of
// them. The dialog opens even if counting fails; done is called once the function is deleted.
func (r *deletion) start(t *screen.Turn, integration string, kind nango.FunctionType, name, models string, done func(*screen.Turn)) {
	propose := func(t *screen.Turn) {
		screen.Propose(t, screen.Proposal[nango.Success]{
			Request: nango.DeleteFunction(integration, name, kind), Title: "Delete " + string(kind),
			About: integration + " · " + name, Consequences: r.consequences(kind, models), Then: screen.AfterSuccess[nango.Success](done),
		})
	}
	if kind != nango.SyncFunction {
		propose(t)
		return
	}
	query := nango.ConnectionQuery{Integrations: []string{integration}, Limit: nango.MaxPage}
	r.connections.Fetch(t, nango.Map(nango.ListConnections(query), func(all []nango.Connection) int { return len(all) }), propose)
}

func (r *deletion) consequences(kind nango.FunctionType, models string) []string {
	if kind != nango.SyncFunction {
		return []string{textDeletesAction, textCallersNotChecked}
	}
	if models != "" {
		models = " (" + models + ")"
	}
	return []string{
		textDeletesSync + r.onConnections() + ".", "Deletes its records" + models + textCheckpointsNotCounted, textDeletedLater,
	}
}

func (r *deletion) onConnections() string {
	switch n := r.connections.Value; {
	case r.connections.HasFailed():
		return textOnAllConnections + r.connections.Err.Error() + ")"
	case n == 0:
		return textNoConnections
	case n >= nango.MaxPage:
		return " on at least " + count(n) + " connections"
	default:
		return " on " + ui.Pluralize(n, "connection")
	}
}

package functions

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// undeletable is why Nango does not delete a function; empty where it may.
func undeletable(kind nango.FunctionType, source string) string {
	switch {
	case kind == nango.OnEventFunction:
		return "Nango deletes syncs and actions; what runs on events goes with a deployment of its repository"
	case source == sources["repo"].word:
		return "it comes from a repository: remove it there and deploy again"
	}
	return ""
}

// removal counts what goes with a function, and then proposes to delete it.
type removal struct {
	here screen.Load[int]
}

// begin counts the connections of the integration, as far as a page goes: a sync goes from each of them, with its records.
// The dialog comes whatever becomes of that; done is called when the function is gone.
func (r *removal) begin(t *screen.Turn, integration string, kind nango.FunctionType, name, models string, done func(*screen.Turn)) {
	propose := func(t *screen.Turn) {
		screen.Propose(t, screen.Proposal[nango.Success]{
			Request: nango.DeleteFunction(integration, name, kind), Title: "Delete " + string(kind),
			About: integration + " · " + name, Consequences: r.goes(kind, models),
			Then: func(t *screen.Turn, _ nango.Success, err error) {
				if err == nil {
					done(t)
				}
			},
		})
	}
	if kind != nango.SyncFunction {
		propose(t)
		return
	}
	query := nango.ConnectionQuery{Integrations: []string{integration}, Limit: nango.MaxPage}
	r.here.Fetch(t, nango.Map(nango.ListConnections(query), func(all []nango.Connection) int { return len(all) }), propose)
}

// goes says what goes, what was counted, and what nobody has looked at.
func (r *removal) goes(kind nango.FunctionType, models string) []string {
	if kind != nango.SyncFunction {
		return []string{"The action goes for good, with its code. What calls it fails from then on.",
			"Not looked at: who calls it."}
	}
	return []string{
		"The sync goes for good, with its code and its schedules" + r.from() + ".",
		"Its records" + ofModels(models) + " and checkpoints go as well. How many that are was not counted.",
		"Nango takes a while for it after its answer.",
	}
}

func ofModels(models string) string {
	if models == "" {
		return ""
	}
	return " (" + models + ")"
}

// from says how many connections have the sync.
func (r *removal) from() string {
	switch n := r.here.Value; {
	case r.here.HasFailed():
		return " on all connections; how many that are could not be counted: " + r.here.Err.Error()
	case n == 0:
		return ". The integration has no connections"
	case n >= nango.MaxPage:
		return " on at least " + count(n) + " connections"
	default:
		return " on " + ui.Pluralize(n, "connection")
	}
}

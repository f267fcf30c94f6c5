package models

import (
	"nango-tui/models/actions"
	"nango-tui/models/connections"
	"nango-tui/models/connections/broken"
	"nango-tui/models/connections/bulk"
	"nango-tui/models/doctor"
	"nango-tui/models/environment"
	"nango-tui/models/functions"
	"nango-tui/models/integrations"
	"nango-tui/models/journal"
	"nango-tui/models/listen"
	"nango-tui/models/logs"
	"nango-tui/models/providers"
	"nango-tui/models/proxy"
	"nango-tui/models/records"
	"nango-tui/models/requests"
	"nango-tui/models/screen"
	"nango-tui/models/sessions"
	"nango-tui/models/syncs"
	"nango-tui/models/welcome"
)

// places are the screens that a route can name. Only this table knows every area.
var places = map[string]place{
	"connections": {"connections", "all connections; filter with ?integration=, ?state=broken, ?q=, ?view=", openList},
	"causes": {"causes", "what is broken, grouped by cause and integration; filter with ?q=, ?view=",
		func(a *App, r screen.Route) (screen.Screen, error) { return broken.NewList(r, a.bulk) }},
	"bulk": {"bulk", "changes of many connections: what was sent, what is left", func(a *App, r screen.Route) (screen.Screen, error) {
		return bulk.NewList(r, a.bulk)
	}},
	"connection": {"connection/KEY/ID", "one connection", opens(connections.NewDetail)},
	"compare":    {"compare/KEY1/ID1/KEY2/ID2", "two connections side by side", opens(connections.NewCompare)},
	"changes":    {"changes", "connections that appeared, went, broke or healed since the start or a snapshot", opens(connections.NewChanges)},
	"customer": {"customer/WHO", "all connections of an end user: id, e-mail address or name; ?by= is the tag to search by",
		func(a *App, r screen.Route) (screen.Screen, error) {
			return connections.NewCustomer(r, a.otherProfiles())
		}},
	"organization": {"organization/WHO", "all connections of an organization: id or name; ?by= is the tag to search by",
		func(a *App, r screen.Route) (screen.Screen, error) {
			return connections.NewCustomer(r, a.otherProfiles())
		}},
	"integrations":    {"integrations", "all integrations; filter with ?q=, ?view=", shows(integrations.NewList)},
	"integration":     {"integration/KEY", "one integration", shows(integrations.NewDetail)},
	"new-integration": {"new-integration/PROVIDER", "a new integration of a provider", opens(integrations.NewCreate)},
	"actions":         {"actions/KEY?connection=ID", "actions of an integration", opens(actions.NewList)},
	"run": {"run/KEY/ACTION?connection=ID", "an action to run, with its input", func(a *App, r screen.Route) (screen.Screen, error) {
		return actions.NewForm(r, a.runs)
	}},
	"runs": {"runs", "actions run since the start", func(a *App, r screen.Route) (screen.Screen, error) {
		return actions.NewRuns(r, a.runs), nil
	}},
	"functions": {"functions/KEY", "functions of an integration; filter with ?q=, ?view=", opens(functions.NewList)},
	"function":  {"function/KEY/FUNCTION", "one function; ?type=sync, action or on-event if names are shared", opens(functions.NewDetail)},
	"providers": {"providers", "the provider catalog; filter with ?q=, ?view=", opens(providers.NewList)},
	"provider":  {"provider/NAME", "one provider", shows(providers.NewDetail)},
	"link":      {"link", "a connect link for a customer; ?integration=, ?tag.NAME= prefill it", opens(sessions.NewLink)},
	"reconnect": {"reconnect/KEY/ID", "a reconnect link for a connection", opens(sessions.NewReconnect)},
	"import":    {"import", "import of a connection; ?integration= and ?id= prefill it", opens(connections.NewImport)},
	"proxy": {"proxy[/KEY/ID]", "a request to a connection's provider; ?method=, ?path=, ?query= prefill it",
		func(a *App, r screen.Route) (screen.Screen, error) { return proxy.New(r, &a.proxied) }},
	"probe":     {"probe/KEY/ID", "a harmless request through a connection and through a healthy one", opens(proxy.NewProbe)},
	"syncs":     {"syncs/KEY[/ID]", "syncs of an integration or a connection; ?sync= selects one", opens(syncs.New)},
	"all-syncs": {"all-syncs", "every sync of the environment, the worst first; filter with ?q=state:late, ?view=", opens(syncs.NewAll)},
	"kept": {"kept", "saved requests to providers; filter with ?q=, ?view=", func(a *App, r screen.Route) (screen.Screen, error) {
		return proxy.NewSavedList(r, &a.proxied)
	}},
	"records":     {"records/KEY/ID", "records of a connection; ?model=, ?variant=", opens(records.New)},
	"environment": {"environment", "variables, webhook key; environments and API keys with an account key", shows(environment.New)},
	"listen":      {"listen", "webhooks that reach this machine, as they come", opens(listen.New)},
	"requests": {"requests", "requests sent by this program; filter with ?view=", func(a *App, r screen.Route) (screen.Screen, error) {
		return requests.NewList(r, a.config.Log), nil
	}},
	"journal": {"journal", "what did more than read, and how it ended; filter with ?q=, ?view=",
		func(a *App, r screen.Route) (screen.Screen, error) { return journal.NewList(r, a.journal()) }},
	"logs": {"logs", "Nango's logs; filter with ?integration=, ?connection=, ?function=, ?type=, ?state=, ?period=, ?q=, ?view=",
		opens(logs.NewList)},
	"doctor": {"doctor[/KEY]", "what looks like a dead token but is configuration; filter with ?q=, ?view=",
		opens(doctor.NewList)},
	"deliveries": {"deliveries", "webhooks that Nango sent; filter with ?integration=, ?connection=, ?state=, ?period=, ?q=answer:429, ?view=",
		opens(logs.NewDeliveries)},
	"operation": {"operation/LOG_ID", "one operation of the logs, with its messages", opens(logs.NewOperation)},
	"welcome": {open: func(a *App, _ screen.Route) (screen.Screen, error) {
		return welcome.New(a.problem, a.config.HasDemo), nil
	}},
}

// openList opens the list of connections.
func openList(a *App, r screen.Route) (screen.Screen, error) {
	l, err := connections.NewList(r)
	if err != nil {
		return nil, err // a nil list in the interface would not be nil
	}
	l.SetRuns(a.bulk)
	return l, nil
}

// opens adapts the constructor of an area's screen to a place.
func opens[S screen.Screen](create func(screen.Route) (S, error)) func(*App, screen.Route) (screen.Screen, error) {
	return func(_ *App, r screen.Route) (screen.Screen, error) { return create(r) }
}

// shows is opens for a constructor that can't fail.
func shows[S screen.Screen](create func(screen.Route) S) func(*App, screen.Route) (screen.Screen, error) {
	return func(_ *App, r screen.Route) (screen.Screen, error) { return create(r), nil }
}

// otherProfiles are the names of the profiles that are not on the screen.
func (a *App) otherProfiles() []string {
	var names []string
	for _, p := range a.config.Profiles {
		if a.active == nil || p.Name != a.active.Profile.Name {
			names = append(names, p.Name)
		}
	}
	return names
}

package models

import (
	"nango-tui/models/actions"
	"nango-tui/models/connections"
	"nango-tui/models/environment"
	"nango-tui/models/functions"
	"nango-tui/models/integrations"
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
	"connections": {"connections", "all connections; filter with ?integration=, ?state=broken, ?q=", func(_ *App, r screen.Route) (screen.Screen, error) {
		return connections.NewList(r)
	}},
	"connection": {"connection/KEY/ID", "one connection", func(_ *App, r screen.Route) (screen.Screen, error) {
		return connections.NewDetail(r)
	}},
	"integrations": {"integrations", "all integrations; filter with ?q=", func(_ *App, r screen.Route) (screen.Screen, error) {
		return integrations.NewList(r), nil
	}},
	"integration": {"integration/KEY", "one integration", func(_ *App, r screen.Route) (screen.Screen, error) {
		return integrations.NewDetail(r), nil
	}},
	"new-integration": {"new-integration/PROVIDER", "a new integration of a provider", func(_ *App, r screen.Route) (screen.Screen, error) {
		return integrations.NewCreate(r)
	}},
	"actions": {"actions/KEY?connection=ID", "actions of an integration, to run on a connection", func(a *App, r screen.Route) (screen.Screen, error) {
		return actions.NewList(r, a.runs)
	}},
	"run": {"run/KEY/ACTION?connection=ID", "an action to run, with its input", func(a *App, r screen.Route) (screen.Screen, error) {
		return actions.NewForm(r, a.runs)
	}},
	"runs": {"runs", "actions run since the start", func(a *App, r screen.Route) (screen.Screen, error) {
		return actions.NewRuns(r, a.runs), nil
	}},
	"functions": {"functions/KEY", "functions of an integration; filter with ?q=", func(_ *App, r screen.Route) (screen.Screen, error) {
		return functions.NewList(r)
	}},
	"function": {"function/KEY/FUNCTION", "one function; ?type=sync, action or on-event if names are shared", func(_ *App, r screen.Route) (screen.Screen, error) {
		return functions.NewDetail(r)
	}},
	"providers": {"providers", "the provider catalog; filter with ?q=", func(_ *App, r screen.Route) (screen.Screen, error) {
		return providers.NewList(r)
	}},
	"provider": {"provider/NAME", "one provider", func(_ *App, r screen.Route) (screen.Screen, error) {
		return providers.NewDetail(r), nil
	}},
	"link": {"link", "a connect link for a customer; ?integration=, ?tag.NAME= prefill it", func(_ *App, r screen.Route) (screen.Screen, error) {
		return sessions.NewLink(r)
	}},
	"reconnect": {"reconnect/KEY/ID", "a reconnect link for a connection", func(_ *App, r screen.Route) (screen.Screen, error) {
		return sessions.NewReconnect(r)
	}},
	"import": {"import", "import of a connection; ?integration= and ?id= prefill it", func(_ *App, r screen.Route) (screen.Screen, error) {
		return connections.NewImport(r)
	}},
	"proxy": {"proxy[/KEY/ID]", "a request to a connection's provider", func(a *App, r screen.Route) (screen.Screen, error) {
		return proxy.New(r, &a.proxied)
	}},
	"syncs": {"syncs/KEY[/ID]", "syncs of an integration or a connection; ?sync= selects one", func(_ *App, r screen.Route) (screen.Screen, error) {
		return syncs.New(r)
	}},
	"kept": {"kept", "saved requests to providers; filter with ?q=", func(a *App, r screen.Route) (screen.Screen, error) {
		return proxy.NewSavedList(r, &a.proxied)
	}},
	"records": {"records/KEY/ID", "records of a connection; ?model=, ?variant=", func(_ *App, r screen.Route) (screen.Screen, error) {
		return records.New(r)
	}},
	"environment": {"environment", "variables, webhook key; environments and API keys with an account key", func(_ *App, r screen.Route) (screen.Screen, error) {
		return environment.New(r), nil
	}},
	"requests": {"requests", "requests sent by this program", func(a *App, r screen.Route) (screen.Screen, error) {
		return requests.NewList(r, a.config.Log), nil
	}},
	"welcome": {open: func(a *App, _ screen.Route) (screen.Screen, error) {
		return welcome.New(a.problem, a.config.HasDemo), nil
	}},
}

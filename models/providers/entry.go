package providers

import (
	"cmp"
	"maps"
	"slices"

	"nango-tui/nango"
)

// entry is what the screen of one provider shows of its entry in the catalogue.
type entry struct {
	name, display, mode      string
	categories, scopes       []string
	baseURL                  string
	docs, setup, connectDocs string
	webhooks                 bool
	// ofIntegration are the fields of an integration's config; ofConnection what a customer is asked for.
	ofIntegration, ofConnection []field
	// found are the names of what Nango finds by itself.
	found []string
}

// credentials is the part of a connection that is always secret.
const credentials = "credentials"

// field is something that has to be given.
type field struct {
	// part is the object that it stands in: credentials or one of the configs.
	part, name string
	nango.ProviderField
}

func entryOf(p nango.Provider) entry {
	e := entry{
		name: p.Name, display: p.DisplayName, mode: p.AuthMode, categories: p.Categories, scopes: p.DefaultScopes, baseURL: p.BaseURL,
		docs: p.Docs, setup: p.SetupGuide, connectDocs: p.ConnectDocs, webhooks: p.Webhooks,
	}
	e.ofIntegration = e.asked("integration_config", p.IntegrationConfig)
	e.ofConnection = append(e.asked(credentials, p.Credentials), e.asked("connection_config", p.ConnectionConfig)...)
	return e
}

// asked are the fields that somebody has to fill in, in the order of a form; the others are noted as found. What is
// hidden is sent with its default, and nobody is asked.
func (e *entry) asked(part string, all map[string]nango.ProviderField) []field {
	var fields []field
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch f := all[name]; {
		case f.Automated:
			e.found = append(e.found, name)
		case !f.Hidden:
			fields = append(fields, field{part, name, f})
		}
	}
	slices.SortStableFunc(fields, func(a, b field) int { return cmp.Compare(rank(a.Order), rank(b.Order)) })
	return fields
}

// rank puts fields without a place behind those that have one.
func rank(order float64) float64 {
	if order <= 0 {
		return 1 << 20
	}
	return order
}

// app is what an integration of an auth mode needs of an app at the provider (Nango's reference of POST /integrations),
// and what a customer does to connect, where the catalogue does not list it.
type app struct{ integration, connection string }

const noApp = "No credentials: a customer gives them when connecting."

var apps = map[string]app{
	"OAUTH1": {"An app at the provider: client id and client secret.", "The customer signs in at the provider and agrees."},
	"OAUTH2": {"An app at the provider: client id, client secret and scopes.",
		"The customer signs in at the provider and agrees."},
	"TBA": {"An app at the provider: client id and client secret; a customer may bring others.",
		"The customer gives a token id and a token secret."},
	"APP": {"A GitHub App: app id, link and its private key.", "The customer installs the app."},
	"CUSTOM": {"A GitHub App with OAuth: client id, client secret, app id, link and its private key.",
		"The customer installs the app and agrees."},
	"OAUTH2_CC":          {noApp, "The customer gives client id and client secret of an app at the provider."},
	"MCP_OAUTH2":         {"No credentials are given when it is made.", "The customer signs in at the provider and agrees."},
	"MCP_OAUTH2_GENERIC": {"No credentials are given when it is made.", "The customer signs in at the server that the connection names."},
	"API_KEY":            {noApp, "The customer gives an API key."},
	"BASIC":              {noApp, "The customer gives user name and password."},
	"INSTALL_PLUGIN":     {noApp, "The customer installs a plugin at the provider."},
	"NONE":               {"No credentials.", "Nothing but what is listed here: there are no credentials."},
	"BILL":               {noApp, "The customer gives user name, password, organisation id and developer key."},
	"AWS_SIGV4":          {"The config below; keys of AWS stand there.", "The customer gives the role to take."},
	"JWT":                {noApp, "The customer gives what the token is signed with."},
	"TWO_STEP":           {noApp, "The customer gives what the token is fetched with."},
	"SIGNATURE":          {noApp, "The customer gives user name and secret."},
}

// needs is what is known of the auth mode.
func (e *entry) needs() app {
	if known, ok := apps[e.mode]; ok {
		return known
	}
	return app{"Not known: this program has not heard of the auth mode.", "Not known: this program has not heard of the auth mode."}
}

package nango

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// Provider is an entry of Nango's catalog. Its other fields depend on the auth mode, so Raw keeps the whole entry.
type Provider struct {
	Name        string `json:"name"`
	DisplayName string `json:"display_name"`
	// AuthMode is Nango's name for it, such as "OAUTH2". New ones can appear.
	AuthMode   string   `json:"auth_mode"`
	Categories []string `json:"categories"`
	// Docs is the URL of the provider's page in Nango's docs. SetupGuide and ConnectDocs may be empty.
	Docs        string `json:"docs"`
	SetupGuide  string `json:"setup_guide_url"`
	ConnectDocs string `json:"docs_connect"`
	Logo        string `json:"logo_url"`
	// BaseURL is where the proxy sends requests; ${…} is replaced from the connection. It is empty if the catalog has
	// none.
	BaseURL string `json:"-"`
	// Verification is the path of the GET that Nango checks new credentials with; empty if it has none, or none that needs only the
	// base URL.
	Verification string `json:"-"`
	// DefaultScopes are used for a new integration that is created without scopes.
	DefaultScopes []string `json:"default_scopes"`
	Webhooks      bool     `json:"-"` // reports whether Nango can receive the provider's webhooks
	// ConnectionConfig, Credentials and IntegrationConfig define the fields to fill in for a connection or an
	// integration.
	ConnectionConfig  map[string]ProviderField `json:"connection_config"`
	Credentials       map[string]ProviderField `json:"credentials"`
	IntegrationConfig map[string]ProviderField `json:"integration_config"`
	Raw               json.RawMessage          `json:"-"` // the unchanged entry
}

// ProviderField is a field to fill in for a provider.
type ProviderField struct {
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Example     string   `json:"example"`
	Pattern     string   `json:"pattern"`
	Format      string   `json:"format"`
	Prefix      string   `json:"prefix"`
	Suffix      string   `json:"suffix"`
	Default     string   `json:"default_value"` // the initial value
	Enum        []string `json:"enum"`          // the allowed values; if empty, any value is allowed
	Order       float64  `json:"order"`         // the position in a form, from 1; 0 if it doesn't matter
	Optional    bool     `json:"optional"`
	Secret      bool     `json:"secret"`
	Hidden      bool     `json:"hidden"`
	Automated   bool     `json:"automated"` // Nango fills it in: don't ask for it
	// VisibleWhen is a JSON object with the other field's value for which this one is shown, or nil.
	VisibleWhen json.RawMessage `json:"visible_when"`
}

type plainProvider Provider // without UnmarshalJSON

type providerWire struct {
	plainProvider
	WebhookScript string `json:"webhook_routing_script"`
	Proxy         struct {
		BaseURL      string `json:"base_url"`
		Verification struct {
			Method    string   `json:"method"`
			Endpoints []string `json:"endpoints"`
			BaseURL   string   `json:"base_url_override"`
		} `json:"verification"`
	} `json:"proxy"`
}

// UnmarshalJSON decodes an entry and keeps it in Raw. Fields of an unexpected type stay empty: one of a thousand
// providers must not break the catalog.
func (p *Provider) UnmarshalJSON(raw []byte) error {
	var wire providerWire
	if err := json.Unmarshal(raw, &wire); err != nil && !isMistyped(err) {
		return err
	}
	if wire.Name == "" {
		return missing("name")
	}
	*p = Provider(wire.plainProvider)
	p.BaseURL, p.Webhooks, p.Raw = wire.Proxy.BaseURL, wire.WebhookScript != "", bytes.Clone(raw)
	if v := wire.Proxy.Verification; v.BaseURL == "" && (v.Method == "" || v.Method == http.MethodGet) && len(v.Endpoints) > 0 &&
		!strings.Contains(v.Endpoints[0], "${") {
		p.Verification = v.Endpoints[0]
	}
	return nil
}

// ListProviders reads the catalog: about a thousand entries, nearly a megabyte. A search matches names only, and
// Nango treats it as a pattern; an empty one returns all.
func ListProviders(search string) Read[[]Provider] {
	call := newCall(OpProvidersList, http.MethodGet, "providers")
	if search != "" {
		call.Query = url.Values{"search": {search}}
	}
	bad := outside(search, keyCharacters)
	return read(call, atMostMaxRows(decodeData[[]Provider]), refuseIf(bad != "", "a provider search can't contain %s", bad))
}

// GetProvider reads one entry of the catalog.
func GetProvider(name string) Read[Provider] {
	return read(newCall(OpProviderGet, http.MethodGet, "providers", name), decodeData[Provider], CheckProvider(name))
}

// Template is a function in Nango's catalog that can be added to an integration.
type Template struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"`
	Description string   `json:"description"`
	Scopes      []string `json:"scopes"`
	Input       string   `json:"input"`
	Returns     []string `json:"returns"`
	// Frequency is how often a sync runs; empty for an action.
	Frequency    string          `json:"runs"`
	AutoStart    bool            `json:"auto_start"`
	TrackDeletes bool            `json:"track_deletes"`
	JSONSchema   json.RawMessage `json:"json_schema"`
}

// ProviderTemplates reads the function templates for a provider. An unknown provider has none.
func ProviderTemplates(name string) Read[[]Template] {
	call := newCall(OpProviderTemplates, http.MethodGet, "providers", name, "templates")
	return read(call, atMostMaxRows(decodeData[[]Template]), CheckProvider(name))
}

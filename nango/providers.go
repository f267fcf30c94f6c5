package nango

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// Provider is an entry of Nango's catalogue. What it says besides depends on the auth mode, so it is kept whole.
type Provider struct {
	Name        string
	DisplayName string
	// AuthMode is Nango's word, such as "OAUTH2"; the list of them is not closed.
	AuthMode   string
	Categories []string
	// Docs is the URL of the provider's page in Nango's docs; SetupGuide and ConnectDocs may be empty.
	Docs, SetupGuide, ConnectDocs string
	Logo                          string
	// BaseURL is where the proxy sends to; ${…} in it is filled in by each connection. Empty where the catalogue has none.
	BaseURL string
	// DefaultScopes are those that a new integration gets where it is sent none.
	DefaultScopes []string
	// Webhooks says that Nango knows how to take the provider's webhooks.
	Webhooks bool
	// ConnectionConfig, Credentials and IntegrationConfig say which fields a customer, or the maker of an
	// integration, has to give.
	ConnectionConfig, Credentials, IntegrationConfig map[string]ProviderField
	// Raw is the whole entry as it was written.
	Raw json.RawMessage
}

// ProviderField is a field that a provider wants to know.
type ProviderField struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Example     string `json:"example"`
	Pattern     string `json:"pattern"`
	Format      string `json:"format"`
	Prefix      string `json:"prefix"`
	Suffix      string `json:"suffix"`
	// Default is what stands there at first.
	Default string `json:"default_value"`
	// Enum are the only values there are; none where any will do.
	Enum []string `json:"enum"`
	// Order says where it stands in a form, from 1; 0 where it does not matter.
	Order     float64 `json:"order"`
	Optional  bool    `json:"optional"`
	Secret    bool    `json:"secret"`
	Hidden    bool    `json:"hidden"`
	Automated bool    `json:"automated"` // Nango finds it by itself: do not ask for it
	// VisibleWhen is a JSON object that says with which other field it is asked for, or nil.
	VisibleWhen json.RawMessage `json:"visible_when"`
}

type providerWire struct {
	Name              string                   `json:"name"`
	DisplayName       string                   `json:"display_name"`
	AuthMode          string                   `json:"auth_mode"`
	Categories        []string                 `json:"categories"`
	Docs              string                   `json:"docs"`
	SetupGuide        string                   `json:"setup_guide_url"`
	ConnectDocs       string                   `json:"docs_connect"`
	Logo              string                   `json:"logo_url"`
	DefaultScopes     []string                 `json:"default_scopes"`
	WebhookScript     string                   `json:"webhook_routing_script"`
	ConnectionConfig  map[string]ProviderField `json:"connection_config"`
	Credentials       map[string]ProviderField `json:"credentials"`
	IntegrationConfig map[string]ProviderField `json:"integration_config"`
	Proxy             struct {
		BaseURL string `json:"base_url"`
	} `json:"proxy"`
}

// UnmarshalJSON reads an entry of the catalogue and keeps it whole. A field of an unforeseen type is left
// empty: one of a thousand providers must not spoil the catalogue.
func (p *Provider) UnmarshalJSON(raw []byte) error {
	var wire providerWire
	if err := json.Unmarshal(raw, &wire); err != nil && !isMistyped(err) {
		return err
	}
	if wire.Name == "" {
		return missing("name")
	}
	*p = Provider{
		Name: wire.Name, DisplayName: wire.DisplayName, AuthMode: wire.AuthMode, Categories: wire.Categories,
		Docs: wire.Docs, SetupGuide: wire.SetupGuide, ConnectDocs: wire.ConnectDocs, Logo: wire.Logo,
		BaseURL: wire.Proxy.BaseURL, DefaultScopes: wire.DefaultScopes, Webhooks: wire.WebhookScript != "",
		ConnectionConfig: wire.ConnectionConfig, Credentials: wire.Credentials, IntegrationConfig: wire.IntegrationConfig,
		Raw: append(json.RawMessage(nil), raw...),
	}
	return nil
}

// ListProviders reads the catalogue: some thousand entries, near a megabyte. A search looks at names only,
// and Nango takes it as a pattern; an empty one gives all.
func ListProviders(search string) Read[[]Provider] {
	call := newCall(OpProvidersList, http.MethodGet, "providers")
	var refusal error
	if search != "" {
		call.Query = url.Values{"search": {search}}
		if bad := outside(search, keyCharacters); bad != "" {
			refusal = errors.New("a search for providers cannot hold " + bad)
		}
	}
	return read(call, decodeData[[]Provider], refusal)
}

// GetProvider reads one entry of the catalogue.
func GetProvider(name string) Read[Provider] {
	return read(newCall(OpProviderGet, http.MethodGet, "providers", name), decodeData[Provider], CheckProvider(name))
}

// Template is a function of Nango's catalogue that an integration can have.
type Template struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"`
	Description string   `json:"description"`
	Scopes      []string `json:"scopes"`
	Input       string   `json:"input"`
	Returns     []string `json:"returns"`
	// Runs is how often a sync runs; empty for an action.
	Frequency    string          `json:"runs"`
	AutoStart    bool            `json:"auto_start"`
	TrackDeletes bool            `json:"track_deletes"`
	JSONSchema   json.RawMessage `json:"json_schema"`
}

// ProviderTemplates reads the functions that Nango has ready for a provider. One that nobody knows has none.
func ProviderTemplates(name string) Read[[]Template] {
	return read(newCall(OpProviderTemplates, http.MethodGet, "providers", name, "templates"), decodeData[[]Template], CheckProvider(name))
}

package nango

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// Integration is an integration as the list has it.
type Integration struct {
	// Key names the integration in the environment.
	Key string
	// Provider is the name of its provider in Nango's catalogue.
	Provider string
	// DisplayName is its own, or the provider's.
	DisplayName string
	// Logo is the URL of an SVG.
	Logo string
	// ForwardWebhooks says whether webhooks of the provider are passed on.
	ForwardWebhooks bool
	// Created and Updated are zero where Nango's time cannot be read.
	Created, Updated time.Time
}

// IntegrationDetail is an integration with what was asked for besides.
type IntegrationDetail struct {
	Integration
	// WebhookURL is where the provider sends its webhooks; nil where it was not asked for or the provider has none.
	WebhookURL *string
	// Credentials is the JSON object of the app's credentials as it was written: null where the auth mode has
	// none, nil where it was not asked for or the API key may not read it.
	Credentials json.RawMessage
	// Raw is the whole integration as it was written, credentials included.
	Raw json.RawMessage
}

type integrationWire struct {
	UniqueKey       string          `json:"unique_key"`
	Provider        string          `json:"provider"`
	DisplayName     string          `json:"display_name"`
	Logo            string          `json:"logo"`
	ForwardWebhooks bool            `json:"forward_webhooks"`
	CreatedAt       timestamp       `json:"created_at"`
	UpdatedAt       timestamp       `json:"updated_at"`
	WebhookURL      *string         `json:"webhook_url"`
	Credentials     json.RawMessage `json:"credentials"`
}

func (w *integrationWire) integration() (Integration, error) {
	if w.UniqueKey == "" {
		return Integration{}, missing("unique_key")
	}
	return Integration{
		Key: w.UniqueKey, Provider: w.Provider, DisplayName: w.DisplayName, Logo: w.Logo,
		ForwardWebhooks: w.ForwardWebhooks, Created: w.CreatedAt.Time, Updated: w.UpdatedAt.Time,
	}, nil
}

// ListIntegrations reads all integrations, by provider. One integration whose provider is gone makes Nango
// answer 500.
func ListIntegrations() Read[[]Integration] {
	return read(newCall(OpIntegrationsList, http.MethodGet, "integrations"), decodeIntegrations)
}

func decodeIntegrations(answer Response) ([]Integration, error) {
	rows, err := decodeData[[]integrationWire](answer)
	if err != nil {
		return nil, err
	}
	all := make([]Integration, 0, len(rows))
	for i := range rows {
		one, err := rows[i].integration()
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// Include says what to read of an integration besides itself.
type Include struct {
	Webhook     bool
	Credentials bool
}

// GetIntegration reads an integration. Credentials come only to a key that may read them; to any other they
// are left out without a word.
func GetIntegration(key string, include Include) Read[IntegrationDetail] {
	call := aboutIntegration(OpIntegrationGet, http.MethodGet, key)
	if include.Webhook {
		call.Query.Add("include", "webhook")
	}
	if include.Credentials {
		call.Query.Add("include", "credentials")
	}
	return read(call, decodeIntegration, CheckIntegrationKey(key))
}

func decodeIntegration(answer Response) (IntegrationDetail, error) {
	raw, err := decodeData[json.RawMessage](answer)
	if err != nil {
		return IntegrationDetail{}, err
	}
	wire, err := decodeJSON[integrationWire](Response{Body: raw})
	if err != nil {
		return IntegrationDetail{}, err
	}
	one, err := wire.integration()
	return IntegrationDetail{Integration: one, WebhookURL: wire.WebhookURL, Credentials: wire.Credentials, Raw: raw}, err
}

func aboutIntegration(operation Operation, method, key string) Call {
	call := newCall(operation, method, "integrations", key)
	call.Query = url.Values{}
	call.About.Integration = key
	return call
}

// IntegrationInput is an integration to make.
type IntegrationInput struct {
	// Key names it, for good: it can be renamed only while it has no connections.
	Key string
	// Provider is a name of the catalogue.
	Provider string
	// DisplayName may be empty: then it is the provider's.
	DisplayName string
	// ForwardWebhooks is on where it is nil.
	ForwardWebhooks *bool
	// Credentials are the app's. Providers with OAuth 1, OAuth 2, APP and CUSTOM need them, others take none.
	Credentials IntegrationCredentials
	// Config is for the few providers that declare an integration_config; Custom for the others.
	Config, Custom map[string]string
}

type integrationBody struct {
	UniqueKey       string            `json:"unique_key,omitempty"`
	Provider        string            `json:"provider,omitempty"`
	DisplayName     string            `json:"display_name,omitempty"`
	ForwardWebhooks *bool             `json:"forward_webhooks,omitempty"`
	Credentials     map[string]any    `json:"credentials,omitempty"`
	Config          map[string]string `json:"integration_config,omitempty"`
	Custom          map[string]string `json:"custom,omitempty"`
}

// CreateIntegration makes an integration with an app of one's own.
func CreateIntegration(input IntegrationInput) Request[IntegrationDetail] {
	call := newCall(OpIntegrationCreate, http.MethodPost, "integrations")
	return newIntegration(call, input)
}

// QuickstartIntegration makes an integration with Nango's own app for trying out. Only some providers with
// OAuth have one. Credentials and config are not taken.
func QuickstartIntegration(input IntegrationInput) Request[IntegrationDetail] {
	made := newIntegration(newCall(OpIntegrationQuickstart, http.MethodPost, "integrations", "quickstart"), input)
	if input.Credentials != nil || len(input.Config)+len(input.Custom) > 0 {
		made.refusal = firstError(made.refusal, errors.New("a quickstart integration uses Nango's own app: it takes neither credentials nor config"))
	}
	return made
}

func newIntegration(call Call, input IntegrationInput) Request[IntegrationDetail] {
	call.About.Integration = input.Key
	body := integrationBody{
		UniqueKey: input.Key, Provider: input.Provider, DisplayName: input.DisplayName,
		ForwardWebhooks: input.ForwardWebhooks, Config: input.Config, Custom: input.Custom,
	}
	if input.Credentials != nil {
		body.Credentials = input.Credentials.wire()
	}
	call, err := call.withBody(body)
	return request(call, decodeIntegration, CheckIntegrationKey(input.Key), CheckProvider(input.Provider), err)
}

// IntegrationPatch is what to change in an integration; what is empty or nil stays. The provider cannot be
// changed.
type IntegrationPatch struct {
	// Key renames the integration. Nango refuses it while connections exist.
	Key string
	// DisplayName cannot be removed again.
	DisplayName     string
	ForwardWebhooks *bool
	// Credentials replaces the app's credentials for good: such a request is one that destroys.
	Credentials IntegrationCredentials
	// Config and Custom are merged; an empty value removes an optional field of Config.
	Config, Custom map[string]string
}

// UpdateIntegration changes an integration.
func UpdateIntegration(key string, patch IntegrationPatch) Request[IntegrationDetail] {
	call := aboutIntegration(OpIntegrationUpdate, http.MethodPatch, key)
	body := integrationBody{
		UniqueKey: patch.Key, DisplayName: patch.DisplayName, ForwardWebhooks: patch.ForwardWebhooks,
		Config: patch.Config, Custom: patch.Custom,
	}
	if patch.Credentials != nil {
		body.Credentials = patch.Credentials.wire()
		call.Effect = Destroys
	}
	var renamed error
	if patch.Key != "" {
		renamed = CheckIntegrationKey(patch.Key)
	}
	call, err := call.withBody(body)
	return request(call, decodeIntegration, CheckIntegrationKey(key), renamed, err)
}

// DeleteIntegration deletes an integration with all its connections, syncs and functions. Pre-deletion
// functions of the connections do not run.
func DeleteIntegration(key string) Request[Success] {
	return request(aboutIntegration(OpIntegrationDelete, http.MethodDelete, key), decodeSuccess, CheckIntegrationKey(key))
}

// IntegrationCredentials are the credentials of an integration's app.
type IntegrationCredentials interface {
	// wire is the object to send, with its secrets.
	wire() map[string]any
}

// OAuthApp is an app of a provider with OAuth 1, OAuth 2 or TBA.
type OAuthApp struct {
	// Type is the provider's auth mode: "OAUTH1", "OAUTH2" or "TBA".
	Type         string
	ClientID     string
	ClientSecret Secret
	// Scopes is a list with commas; nil keeps those there are, an empty one removes them.
	Scopes *string
	// WebhookSecret is nil to keep what there is; an empty one removes it.
	WebhookSecret *Secret
}

// GitHubApp is a GitHub App.
type GitHubApp struct {
	AppID, AppLink string
	// PrivateKey is the PEM text of an "RSA PRIVATE KEY", without a newline at its end.
	PrivateKey Secret
}

// GitHubOAuthApp is a GitHub App with OAuth, Nango's auth mode CUSTOM.
type GitHubOAuthApp struct {
	GitHubApp
	ClientID     string
	ClientSecret Secret
}

func (a OAuthApp) wire() map[string]any {
	out := map[string]any{"type": a.Type, "client_id": a.ClientID, "client_secret": a.ClientSecret.Reveal()}
	if a.Scopes != nil {
		out["scopes"] = *a.Scopes
	}
	if a.WebhookSecret != nil {
		out["webhook_secret"] = a.WebhookSecret.Reveal()
	}
	return out
}

func (a GitHubApp) wire() map[string]any {
	return map[string]any{"type": "APP", "app_id": a.AppID, "app_link": a.AppLink, "private_key": a.PrivateKey.Reveal()}
}

func (a GitHubOAuthApp) wire() map[string]any {
	out := a.GitHubApp.wire()
	out["type"], out["client_id"], out["client_secret"] = "CUSTOM", a.ClientID, a.ClientSecret.Reveal()
	return out
}

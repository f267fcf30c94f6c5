package nango

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// Integration is an integration as returned by the list.
type Integration struct {
	Key         string `json:"unique_key"`   // identifies the integration within its environment
	Provider    string `json:"provider"`     // the provider's name in Nango's catalog
	DisplayName string `json:"display_name"` // the integration's own, or the provider's
	Logo        string `json:"logo"`         // the URL of an SVG
	// ForwardWebhooks reports whether the provider's webhooks are forwarded.
	ForwardWebhooks bool `json:"forward_webhooks"`
	// Created and Updated are zero if Nango's time is unreadable.
	Created, Updated time.Time `json:"-"`
}

// IntegrationDetail is an integration with the parts requested by [Include].
type IntegrationDetail struct {
	Integration
	// WebhookURL is where the provider sends webhooks. It is nil if not requested or if the provider has none.
	WebhookURL *string `json:"webhook_url"`
	// Credentials is the unchanged JSON object of the app's credentials: null if the auth mode has none, nil if not
	// requested or if the API key may not read them.
	Credentials json.RawMessage `json:"credentials"`
	Raw         json.RawMessage `json:"-"` // the unchanged response, credentials included
}

type integrationWire struct {
	IntegrationDetail
	CreatedAt timestamp `json:"created_at"`
	UpdatedAt timestamp `json:"updated_at"`
}

func (w integrationWire) detail() (IntegrationDetail, error) {
	if w.Key == "" {
		return IntegrationDetail{}, missing("unique_key")
	}
	w.Created, w.Updated = w.CreatedAt.Time, w.UpdatedAt.Time
	return w.IntegrationDetail, nil
}

// ListIntegrations reads all integrations, sorted by provider. If the provider of one no longer exists, Nango
// responds with 500.
func ListIntegrations() Read[[]Integration] {
	return read(newCall(OpIntegrationsList, http.MethodGet, "integrations"), atMostMaxRows(decodeIntegrations))
}

func decodeIntegrations(response Response) ([]Integration, error) {
	rows, err := decodeData[[]integrationWire](response)
	if err != nil {
		return nil, err
	}
	all := make([]Integration, 0, len(rows))
	for _, row := range rows {
		one, err := row.detail()
		if err != nil {
			return nil, err
		}
		all = append(all, one.Integration)
	}
	return all, nil
}

// Include says which optional parts of an integration to read.
type Include struct {
	Webhook     bool
	Credentials bool
}

// GetIntegration reads an integration. If the key may not read credentials, Nango leaves them out without an error.
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

func decodeIntegration(response Response) (IntegrationDetail, error) {
	raw, err := decodeData[json.RawMessage](response)
	if err != nil {
		return IntegrationDetail{}, err
	}
	wire, err := decodeJSON[integrationWire](Response{Body: raw})
	if err != nil {
		return IntegrationDetail{}, err
	}
	wire.Raw = raw
	return wire.detail()
}

func aboutIntegration(operation Operation, method, key string) Call {
	call := newCall(operation, method, "integrations", key)
	call.Query = url.Values{}
	call.About.Integration = key
	return call
}

// IntegrationInput is an integration to create.
type IntegrationInput struct {
	Key             string // identifies the integration. It can only be changed while there are no connections.
	Provider        string // a provider's name in the catalog
	DisplayName     string // defaults to the provider's
	ForwardWebhooks *bool  // defaults to true
	// Credentials are the app's. Providers with OAUTH1, OAUTH2, APP and CUSTOM require them; others accept none.
	Credentials IntegrationCredentials
	// Config is for the few providers that declare an integration_config; Custom is for the others.
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

// CreateIntegration creates an integration with its own app.
func CreateIntegration(input IntegrationInput) Request[IntegrationDetail] {
	return newIntegration(newCall(OpIntegrationCreate, http.MethodPost, "integrations"), input)
}

// QuickstartIntegration creates an integration with Nango's app for testing, which only some OAuth providers have. It
// accepts neither credentials nor config.
func QuickstartIntegration(input IntegrationInput) Request[IntegrationDetail] {
	made := newIntegration(newCall(OpIntegrationQuickstart, http.MethodPost, "integrations", "quickstart"), input)
	made.refusal = firstError(made.refusal, refuseIf(input.Credentials != nil || len(input.Config)+len(input.Custom) > 0,
		"a quickstart integration uses Nango's app: it accepts neither credentials nor config"))
	return made
}

func newIntegration(call Call, input IntegrationInput) Request[IntegrationDetail] {
	call.About.Integration = input.Key
	body := integrationBody{
		UniqueKey: input.Key, Provider: input.Provider, DisplayName: input.DisplayName,
		ForwardWebhooks: input.ForwardWebhooks, Config: input.Config, Custom: input.Custom,
	}
	if input.Credentials != nil {
		body.Credentials = input.Credentials.app()
	}
	call, err := call.withBody(body)
	return request(call, decodeIntegration, CheckIntegrationKey(input.Key), CheckProvider(input.Provider), err)
}

// IntegrationPatch is a change of an integration. Empty and nil fields stay unchanged. The provider can't be changed.
type IntegrationPatch struct {
	Key             string // renames the integration. Nango refuses it while there are connections.
	DisplayName     string // can't be removed once set
	ForwardWebhooks *bool
	// Credentials permanently replaces the app's credentials: the request [Destroys].
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
		body.Credentials = patch.Credentials.app()
		call.Effect = Destroys
	}
	var renamed error
	if patch.Key != "" {
		renamed = CheckIntegrationKey(patch.Key)
	}
	call, err := call.withBody(body)
	return request(call, decodeIntegration, CheckIntegrationKey(key), renamed, err)
}

// DeleteIntegration deletes an integration with all its connections, syncs and functions. The connections'
// pre-deletion functions do not run.
func DeleteIntegration(key string) Request[Success] {
	return request(aboutIntegration(OpIntegrationDelete, http.MethodDelete, key), decodeSuccess, CheckIntegrationKey(key))
}

// IntegrationCredentials are the credentials of an integration's app.
type IntegrationCredentials interface {
	// app returns the object to send, with its secrets.
	app() map[string]any
}

// OAuthApp is an app of an OAUTH1, OAUTH2 or TBA provider.
type OAuthApp struct {
	Type          string // the provider's auth mode: "OAUTH1", "OAUTH2" or "TBA"
	ClientID      string
	ClientSecret  Secret
	Scopes        *string // a comma-separated list. Nil leaves it unchanged; an empty one removes all.
	WebhookSecret *Secret // unchanged if nil; an empty one removes it
}

// GitHubApp is a GitHub App.
type GitHubApp struct {
	AppID, AppLink string
	PrivateKey     Secret // an "RSA PRIVATE KEY" in PEM format, without a trailing newline
}

// GitHubOAuthApp is a GitHub App with OAuth: Nango's auth mode CUSTOM.
type GitHubOAuthApp struct {
	GitHubApp
	ClientID     string
	ClientSecret Secret
}

func (a OAuthApp) app() map[string]any {
	out := map[string]any{"type": a.Type, "client_id": a.ClientID, "client_secret": a.ClientSecret.Reveal()}
	if a.Scopes != nil {
		out["scopes"] = *a.Scopes
	}
	if a.WebhookSecret != nil {
		out["webhook_secret"] = a.WebhookSecret.Reveal()
	}
	return out
}

func (a GitHubApp) app() map[string]any {
	return map[string]any{"type": "APP", "app_id": a.AppID, "app_link": a.AppLink, "private_key": a.PrivateKey.Reveal()}
}

func (a GitHubOAuthApp) app() map[string]any {
	out := a.GitHubApp.app()
	out["type"], out["client_id"], out["client_secret"] = "CUSTOM", a.ClientID, a.ClientSecret.Reveal()
	return out
}

package nango

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// ConnectionInput is a connection to import. Anything left out of an existing connection is removed.
type ConnectionInput struct {
	Ref         ConnectionRef   // identifies the connection. Without an id, Nango generates one.
	Credentials Credentials     // must be of the provider's auth mode
	Metadata    json.RawMessage // a JSON object, or nil
	// ConnectionConfig is a JSON object, or nil. An oauth_scopes_override in it must be an array here.
	ConnectionConfig json.RawMessage
	WebhookOverride  *string           // a URL, or nil
	Tags             map[string]string // at most [MaxTags]
	EndUser          *EndUserInput     // the deprecated way to say who it belongs to, or nil
	// Exists means that the connection exists. Then its credentials, metadata, config, tags and webhook override are
	// permanently overwritten, and the request [Destroys].
	Exists bool
}

// EndUserInput is a deprecated end user. Nango converts it to tags.
type EndUserInput struct {
	ID          string            `json:"id"`
	Email       string            `json:"email,omitempty"`
	DisplayName string            `json:"display_name,omitempty"`
	Tags        map[string]string `json:"tags,omitempty"`
}

func (u *EndUserInput) check() error {
	switch {
	case u == nil:
		return nil
	case u.ID == "":
		return errors.New("an end user needs an id")
	case u.Email != "" && !looksLikeEmail(u.Email):
		return errors.New("the end user's e-mail is not an e-mail address")
	}
	return CheckTags(u.Tags)
}

// UpsertConnection imports a connection with existing credentials, or overwrites one. Nango checks some credentials
// at the provider, and runs the functions for new connections.
func UpsertConnection(input ConnectionInput) Request[ConnectionDetail] {
	call := newCall(OpConnectionUpsert, http.MethodPost, "connections").about(input.Ref)
	if input.Exists {
		call.Effect = Destroys
	}
	refusal := input.check()
	call, err := call.withBody(input.body())
	return request(call, decodeConnection, refusal, err)
}

func (i ConnectionInput) body() any {
	body := struct {
		ProviderConfigKey string            `json:"provider_config_key"`
		ConnectionID      string            `json:"connection_id,omitempty"`
		Credentials       any               `json:"credentials,omitempty"`
		Metadata          json.RawMessage   `json:"metadata,omitempty"`
		ConnectionConfig  json.RawMessage   `json:"connection_config,omitempty"`
		WebhookOverride   *string           `json:"webhook_url_override,omitempty"`
		Tags              map[string]string `json:"tags,omitempty"`
		EndUser           *EndUserInput     `json:"end_user,omitempty"`
	}{i.Ref.Integration, i.Ref.ID, nil, i.Metadata, i.ConnectionConfig, i.WebhookOverride, i.Tags, i.EndUser}
	if i.Credentials != nil {
		body.Credentials = i.Credentials.wire()
	}
	return body
}

func (i ConnectionInput) check() error {
	all := []error{CheckIntegrationKey(i.Ref.Integration), CheckTags(i.Tags), checkWebhookOverride(i.WebhookOverride), i.EndUser.check()}
	if i.Ref.ID != "" {
		all = append(all, CheckConnectionID(i.Ref.ID))
	}
	if i.Credentials == nil {
		all = append(all, errors.New("credentials are missing; a connection without authentication has credentials of type NONE"))
	}
	if len(i.Metadata) > 0 {
		all = append(all, CheckMetadata(i.Metadata))
	}
	if len(i.ConnectionConfig) > 0 {
		all = append(all, CheckConnectionConfig(i.ConnectionConfig))
	}
	return firstError(all...)
}

// Credentials can be imported. Their type must be the provider's auth mode. Connections with other auth modes need a
// connect link.
type Credentials interface {
	// wire returns the object to send, with its type in Nango's terms, such as "OAUTH2", and its secrets.
	wire() map[string]any
}

// OAuth2Credentials are tokens of an OAuth 2.0 provider.
type OAuth2Credentials struct {
	AccessToken, RefreshToken Secret
	ExpiresAt                 time.Time    // zero if unknown
	Override                  *AppOverride // another app than the integration's, or nil
}

// AppOverride is an app that replaces the integration's.
type AppOverride struct {
	ClientID     string
	ClientSecret Secret
}

// OAuth2ClientCredentials are for a provider with the client credentials grant.
type OAuth2ClientCredentials struct {
	Token                               Secret
	ClientID                            string
	ClientSecret                        Secret
	ClientCertificate, ClientPrivateKey Secret
	ExpiresAt                           time.Time // zero if unknown
}

// OAuth1Credentials are tokens of an OAuth 1.0 provider.
type OAuth1Credentials struct{ Token, TokenSecret Secret }

// APIKeyCredentials is an API key.
type APIKeyCredentials struct{ APIKey Secret }

// BasicCredentials are a user name and a password; either may be empty.
type BasicCredentials struct {
	Username string
	Password Secret
}

// TBACredentials are for NetSuite. They require an accountId in the connection config.
type TBACredentials struct {
	TokenID, TokenSecret Secret
	Override             *AppOverride // another app than the integration's, or nil
}

// AppCredentials identify an installation of a GitHub App.
type AppCredentials struct{ AppID, InstallationID string }

// CustomCredentials identify an installation of a GitHub App with OAuth.
type CustomCredentials struct{ AppID, InstallationID string }

// NoCredentials are for a provider without authentication.
type NoCredentials struct{}

func (c OAuth2Credentials) wire() map[string]any {
	out := map[string]any{"type": "OAUTH2", "access_token": c.AccessToken.Reveal()}
	putSecret(out, "refresh_token", c.RefreshToken)
	putTime(out, "expires_at", c.ExpiresAt)
	if c.Override != nil {
		out["config_override"] = c.Override.wire()
	}
	return out
}

func (o *AppOverride) wire() map[string]any {
	out := map[string]any{}
	if o != nil {
		putSecret(out, "client_id", Secret(o.ClientID))
		putSecret(out, "client_secret", o.ClientSecret)
	}
	return out
}

func (c OAuth2ClientCredentials) wire() map[string]any {
	out := map[string]any{
		"type": "OAUTH2_CC", "token": c.Token.Reveal(), "client_id": c.ClientID, "client_secret": c.ClientSecret.Reveal(),
	}
	putSecret(out, "client_certificate", c.ClientCertificate)
	putSecret(out, "client_private_key", c.ClientPrivateKey)
	putTime(out, "expires_at", c.ExpiresAt)
	return out
}

func (c OAuth1Credentials) wire() map[string]any {
	return map[string]any{"type": "OAUTH1", "oauth_token": c.Token.Reveal(), "oauth_token_secret": c.TokenSecret.Reveal()}
}

func (c APIKeyCredentials) wire() map[string]any {
	return map[string]any{"type": "API_KEY", "apiKey": c.APIKey.Reveal()}
}

func (c BasicCredentials) wire() map[string]any {
	return map[string]any{"type": "BASIC", "username": c.Username, "password": c.Password.Reveal()}
}

// wire always includes config_override, empty or not: Nango's schema requires it.
func (c TBACredentials) wire() map[string]any {
	return map[string]any{
		"type": "TBA", "token_id": c.TokenID.Reveal(), "token_secret": c.TokenSecret.Reveal(), "config_override": c.Override.wire(),
	}
}

func (c AppCredentials) wire() map[string]any {
	return map[string]any{"type": "APP", "app_id": c.AppID, "installation_id": c.InstallationID}
}

func (c CustomCredentials) wire() map[string]any {
	return map[string]any{"type": "CUSTOM", "app_id": c.AppID, "installation_id": c.InstallationID}
}

func (NoCredentials) wire() map[string]any { return map[string]any{"type": "NONE"} }

func putSecret(out map[string]any, key string, value Secret) {
	if value != "" {
		out[key] = value.Reveal()
	}
}

func putTime(out map[string]any, key string, value time.Time) {
	if !value.IsZero() {
		out[key] = value.UTC().Format(time.RFC3339Nano)
	}
}

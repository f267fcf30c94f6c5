package nango

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// SessionInput says whom a connect link is for, and what it lets them do. It needs tags or an end user.
type SessionInput struct {
	// Tags become those of the connection. At a reconnect they replace what it has: leaving them out empties them.
	Tags map[string]string
	// EndUser and Organization are the deprecated way to say whose it is; nil today.
	EndUser      *EndUserInput
	Organization *Organization
	// Integrations are the keys that the customer can choose from; none means all. A reconnect has its own
	// and takes none.
	Integrations []string
	// Defaults are by integration key.
	Defaults map[string]SessionDefaults
	// Overrides are by integration key. A self-hosted server refuses one that is not empty.
	Overrides map[string]SessionOverride
	// WebhookOverride is a URL, or nil. At a reconnect, leaving it out removes the connection's.
	WebhookOverride *string
}

// SessionDefaults are what a session sets for an integration.
type SessionDefaults struct {
	// UserScopes is Slack's alone.
	UserScopes string `json:"user_scopes,omitempty"`
	// AuthorizationParams go into the address of the provider's page.
	AuthorizationParams map[string]string `json:"authorization_params,omitempty"`
	// ConnectionConfig is a JSON object. An oauth_scopes_override in it is a string here. Whoever holds the
	// link can read it.
	ConnectionConfig json.RawMessage `json:"connection_config,omitempty"`
}

// SessionOverride changes what the connect page shows for an integration.
type SessionOverride struct {
	DocsConnect string `json:"docs_connect,omitempty"`
}

// Session is a connect session that was just made. Both secrets let whoever holds them connect, until it
// expires or is revoked: use does not end it (seen on v0.71.4).
type Session struct {
	// Token authenticates [GetSession] and [DeleteSession].
	Token Secret
	// Link is the page to send to the customer; empty before v0.69.5.
	Link Secret
	// ExpiresAt is half an hour after it was made.
	ExpiresAt time.Time
}

type sessionBody struct {
	ConnectionID    string                     `json:"connection_id,omitempty"`
	IntegrationID   string                     `json:"integration_id,omitempty"`
	Tags            map[string]string          `json:"tags,omitempty"`
	EndUser         *EndUserInput              `json:"end_user,omitempty"`
	Organization    *organizationBody          `json:"organization,omitempty"`
	Integrations    []string                   `json:"allowed_integrations,omitempty"`
	Defaults        map[string]SessionDefaults `json:"integrations_config_defaults,omitempty"`
	Overrides       map[string]SessionOverride `json:"overrides,omitempty"`
	WebhookOverride *string                    `json:"webhook_url_override,omitempty"`
}

type organizationBody struct {
	ID          string `json:"id"`
	DisplayName string `json:"display_name,omitempty"`
}

// CreateSession makes a connect link.
func CreateSession(input SessionInput) Request[Session] {
	call := newCall(OpSessionCreate, http.MethodPost, "connect", "sessions")
	if len(input.Integrations) == 1 {
		call.About.Integration = input.Integrations[0]
	}
	var nobody error
	if len(input.Tags) == 0 && input.EndUser == nil {
		nobody = errors.New("a connect link needs at least one tag that says whom it is for")
	}
	call, err := call.withBody(input.body())
	return request(call, decodeSession, nobody, input.check(), err)
}

// ReconnectSession makes a link by which the customer gives new credentials for a connection that keeps its
// id. Tags and webhook override that are not sent again are lost, and so is the connection config unless it
// is sent as a default; most auth modes empty the metadata (seen on v0.71.4).
func ReconnectSession(ref ConnectionRef, input SessionInput) Request[Session] {
	call := newCall(OpSessionReconnect, http.MethodPost, "connect", "sessions", "reconnect")
	call.About = ref
	var chosen error
	if len(input.Integrations) > 0 {
		chosen = errors.New("a reconnect link is for the integration of its connection, and takes no others")
	}
	body := input.body()
	body.ConnectionID, body.IntegrationID = ref.ID, ref.Integration
	call, err := call.withBody(body)
	return request(call, decodeSession, ref.check(OpSessionReconnect), chosen, input.check(), err)
}

func (i SessionInput) body() sessionBody {
	body := sessionBody{
		Tags: i.Tags, EndUser: i.EndUser, Integrations: i.Integrations,
		Defaults: i.Defaults, Overrides: i.Overrides, WebhookOverride: i.WebhookOverride,
	}
	if i.Organization != nil {
		body.Organization = &organizationBody{ID: i.Organization.ID, DisplayName: i.Organization.DisplayName}
	}
	return body
}

func (i SessionInput) check() error {
	all := []error{CheckTags(i.Tags), i.EndUser.check(), checkWebhookOverride(i.WebhookOverride)}
	for _, key := range i.Integrations {
		all = append(all, CheckIntegrationKey(key))
	}
	for _, key := range sortedKeys(i.Defaults) {
		if config := i.Defaults[key].ConnectionConfig; len(config) > 0 {
			all = append(all, CheckConnectionConfig(config))
		}
	}
	return firstError(all...)
}

func decodeSession(answer Response) (Session, error) {
	wire, err := decodeData[struct {
		Token     Secret    `json:"token"`
		Link      Secret    `json:"connect_link"`
		ExpiresAt timestamp `json:"expires_at"`
	}](answer)
	if err == nil && wire.Token == "" {
		err = missing("token")
	}
	return Session{Token: wire.Token, Link: wire.Link, ExpiresAt: wire.ExpiresAt.Time}, err
}

// SessionInfo is what a session lets its holder do. It tells neither token nor expiry.
type SessionInfo struct {
	// Integrations are the keys to choose from; none means all.
	Integrations []string
	// Reconnecting says that it is for a connection that there is already.
	Reconnecting bool
	EndUser      *EndUser
	// Defaults are by integration key, connection config included.
	Defaults map[string]SessionDefaults
	// Raw is the whole answer as it was written.
	Raw json.RawMessage
}

// GetSession reads what a session lets its holder do. It is authenticated by the session's token, not by the
// API key; an error 401 means that the session is over.
func GetSession(token Secret) Read[SessionInfo] {
	call := newCall(OpSessionGet, http.MethodGet, "connect", "session")
	call.Token = token
	return read(call, decodeSessionInfo, CheckSessionToken(token))
}

func decodeSessionInfo(answer Response) (SessionInfo, error) {
	raw, err := decodeData[json.RawMessage](answer)
	if err != nil {
		return SessionInfo{}, err
	}
	wire, err := decodeJSON[struct {
		Integrations []string                   `json:"allowed_integrations"`
		Reconnecting bool                       `json:"isReconnecting"`
		EndUser      *EndUser                   `json:"endUser"`
		Defaults     map[string]SessionDefaults `json:"integrations_config_defaults"`
	}](Response{Body: raw})
	return SessionInfo{Integrations: wire.Integrations, Reconnecting: wire.Reconnecting, EndUser: wire.EndUser, Defaults: wire.Defaults, Raw: raw}, err
}

// DeleteSession revokes a connect link: its token is refused from then on. It is authenticated by the token.
func DeleteSession(token Secret) Request[Success] {
	call := newCall(OpSessionDelete, http.MethodDelete, "connect", "session")
	call.Token = token
	return request(call, decodeNothing, CheckSessionToken(token))
}

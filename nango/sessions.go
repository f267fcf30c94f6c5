package nango

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// SessionInput says who a connect link is for and what it allows. It requires tags or an end user.
type SessionInput struct {
	// Tags become the connection's tags. A reconnect replaces the existing tags: leaving them out removes them.
	Tags map[string]string
	// EndUser and Organization are the deprecated way to say who it is for, or nil.
	EndUser      *EndUserInput
	Organization *Organization
	// Integrations are the keys that the customer can choose from; none means all. Leave it empty for a reconnect.
	Integrations []string
	Defaults     map[string]SessionDefaults // maps integration keys to defaults
	// Overrides maps integration keys to overrides. A self-hosted server refuses any.
	Overrides       map[string]SessionOverride
	WebhookOverride *string // a URL, or nil. For a reconnect, nil removes the connection's.
}

// SessionDefaults are a session's defaults for an integration.
type SessionDefaults struct {
	UserScopes string `json:"user_scopes,omitempty"` // for Slack only
	// AuthorizationParams are added to the provider's authorization URL.
	AuthorizationParams map[string]string `json:"authorization_params,omitempty"`
	// ConnectionConfig is a JSON object. An oauth_scopes_override in it must be a string here. Anyone with the link
	// can read it.
	ConnectionConfig json.RawMessage `json:"connection_config,omitempty"`
}

// SessionOverride changes what the connect page shows for an integration.
type SessionOverride struct {
	DocsConnect string `json:"docs_connect,omitempty"`
}

// Session is a connect session just created. Anyone with one of its secrets can connect until it expires or is
// revoked: using it doesn't end it (seen on v0.71.4).
type Session struct {
	Token     Secret    // authenticates [GetSession] and [DeleteSession]
	Link      Secret    // the page to send to the customer, see [linkWithAPI]; empty before v0.69.5
	ExpiresAt time.Time // half an hour after creation
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

// CreateSession creates a connect link.
func CreateSession(input SessionInput) Request[Session] {
	call := newCall(OpSessionCreate, http.MethodPost, "connect", "sessions")
	if len(input.Integrations) == 1 {
		call.About.Integration = input.Integrations[0]
	}
	noTag := refuseIf(len(input.Tags) == 0 && input.EndUser == nil, "a connect link needs at least one tag that says who it is for")
	call, err := call.withBody(input.body())
	return request(call, decodeSession, noTag, input.check(), err)
}

// ReconnectSession creates a link with which the customer gives new credentials for an existing connection. Tags and
// webhook override are lost unless sent again, and so is the connection config unless sent as a default. With most
// auth modes, metadata is emptied (seen on v0.71.4).
func ReconnectSession(ref ConnectionRef, input SessionInput) Request[Session] {
	call := newCall(OpSessionReconnect, http.MethodPost, "connect", "sessions", "reconnect").about(ref)
	chosen := refuseIf(len(input.Integrations) > 0, "a reconnect link is for its connection's integration and allows no others")
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

func decodeSession(response Response) (Session, error) {
	wire, err := decodeData[struct {
		Token     Secret    `json:"token"`
		Link      Secret    `json:"connect_link"`
		ExpiresAt timestamp `json:"expires_at"`
	}](response)
	if err == nil && wire.Token == "" {
		err = missing("token")
	}
	return Session{Token: wire.Token, Link: linkWithAPI(wire.Link, response.host), ExpiresAt: wire.ExpiresAt.Time}, err
}

// linkWithAPI adds the API that the connect page is to call, unless the link names one already or the host is the cloud. Without it
// the page of a self-hosted server calls the cloud, which doesn't know the session (seen on v0.71.4). All else stays as Nango wrote it.
func linkWithAPI(link Secret, host string) Secret {
	page, fragment, hasFragment := strings.Cut(link.Reveal(), "#")
	parsed, err := url.Parse(page)
	if err != nil || link == "" || host == "" || host == CloudHost || parsed.Query().Has(linkAPI) {
		return link
	}
	separator := "?"
	switch {
	case strings.HasSuffix(page, "?") || strings.HasSuffix(page, "&"):
		separator = ""
	case strings.Contains(page, "?"):
		separator = "&"
	}
	page += separator + linkAPI + "=" + url.QueryEscape(host)
	if hasFragment {
		page += "#" + fragment
	}
	return Secret(page)
}

// linkAPI is the parameter of a connect link that names the API.
const linkAPI = "apiURL"

// SessionInfo is what a session allows. It contains neither token nor expiry.
type SessionInfo struct {
	Integrations []string `json:"allowed_integrations"` // the keys to choose from; none means all
	// Reconnecting means that it is for an existing connection.
	Reconnecting bool     `json:"isReconnecting"`
	EndUser      *EndUser `json:"endUser"`
	// Defaults maps integration keys to defaults, including connection config.
	Defaults map[string]SessionDefaults `json:"integrations_config_defaults"`
	Raw      json.RawMessage            `json:"-"` // the unchanged response
}

// GetSession reads what a session allows. It authenticates with the session token instead of the API key. A 401 means
// that the session has ended.
func GetSession(token Secret) Read[SessionInfo] {
	call := newCall(OpSessionGet, http.MethodGet, "connect", "session")
	call.Token = token
	return read(call, decodeSessionInfo, CheckSessionToken(token))
}

func decodeSessionInfo(response Response) (SessionInfo, error) {
	raw, err := decodeData[json.RawMessage](response)
	if err != nil {
		return SessionInfo{}, err
	}
	info, err := decodeJSON[SessionInfo](Response{Body: raw})
	info.Raw = raw
	return info, err
}

// DeleteSession revokes a connect link: its token is no longer accepted. It authenticates with the token.
func DeleteSession(token Secret) Request[Success] {
	call := newCall(OpSessionDelete, http.MethodDelete, "connect", "session")
	call.Token = token
	return request(call, decodeNothing, CheckSessionToken(token))
}

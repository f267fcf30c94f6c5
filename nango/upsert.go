package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
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
	if i.Credentials.Type != "" {
		body.Credentials = i.Credentials.wire()
	}
	return body
}

func (i ConnectionInput) check() error {
	all := []error{CheckIntegrationKey(i.Ref.Integration), CheckTags(i.Tags), checkWebhookOverride(i.WebhookOverride), i.EndUser.check(),
		i.Credentials.check()}
	if i.Ref.ID != "" {
		all = append(all, CheckConnectionID(i.Ref.ID))
	}
	if len(i.Metadata) > 0 {
		all = append(all, CheckMetadata(i.Metadata))
	}
	if len(i.ConnectionConfig) > 0 {
		all = append(all, CheckConnectionConfig(i.ConnectionConfig))
	}
	return firstError(all...)
}

// Credentials to import. Connections with other auth modes than those of [Credentials.Type] need a connect link.
type Credentials struct {
	// Type is the provider's auth mode, in Nango's terms: OAUTH2, OAUTH2_CC, OAUTH1, API_KEY, BASIC, TBA, APP, CUSTOM or NONE.
	Type string
	// Values are by their names in Nango's JSON, such as "access_token"; an "expires_at" is in RFC 3339.
	Values map[string]Secret
	// App is the client_id and client_secret of another app than the integration's, for OAUTH2 and TBA; nil if there is none.
	App map[string]Secret
}

// credentialNames are the names of the values of each type: those that must be sent, perhaps empty, and those that may be left out.
var credentialNames = map[string]struct{ required, optional []string }{
	"OAUTH2": {[]string{"access_token"}, []string{"refresh_token", "expires_at"}},
	"OAUTH2_CC": {[]string{"token", "client_id", "client_secret"},
		[]string{"client_certificate", "client_private_key", "expires_at"}},
	"OAUTH1":  {required: []string{"oauth_token", "oauth_token_secret"}},
	"API_KEY": {required: []string{"apiKey"}},
	"BASIC":   {required: []string{"username", "password"}},
	"TBA":     {required: []string{"token_id", "token_secret"}},
	"APP":     {required: []string{"app_id", "installation_id"}},
	"CUSTOM":  {required: []string{"app_id", "installation_id"}},
	"NONE":    {},
}

func (c Credentials) check() error {
	names, known := credentialNames[c.Type]
	switch {
	case c.Type == "":
		return errors.New("credentials are missing; a connection without authentication has credentials of type NONE")
	case !known:
		return fmt.Errorf("credentials of type %s can't be imported", c.Type)
	}
	for _, name := range names.required {
		if _, there := c.Values[name]; !there {
			return fmt.Errorf("credentials of type %s need %s", c.Type, name)
		}
	}
	for name := range c.Values {
		if !slices.Contains(names.required, name) && !slices.Contains(names.optional, name) {
			return fmt.Errorf("credentials of type %s have no %s", c.Type, name)
		}
	}
	return nil
}

// wire returns the object to send, with its secrets. That of TBA always includes config_override, empty or not: Nango's schema
// requires it.
func (c Credentials) wire() map[string]any {
	out := map[string]any{"type": c.Type}
	for name, value := range c.Values {
		out[name] = value.Reveal()
	}
	if c.App != nil || c.Type == "TBA" {
		app := map[string]any{}
		for name, value := range c.App {
			app[name] = value.Reveal()
		}
		out["config_override"] = app
	}
	return out
}

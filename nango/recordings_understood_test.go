package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// understood reads a recorded request as arguments of the operation's function.
func understood(operation Operation, r recording) (meaning, error) {
	_, name, _ := r.routed()
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return meaning{}, err
	}
	ref := ConnectionRef{Integration: query.Get("provider_config_key"), ID: name}
	token := Secret(strings.TrimPrefix(r.Request.Headers["Authorization"], "Bearer "))
	switch operation {
	case OpConnectionsList:
		return readListing(query)
	case OpConnectionGet:
		return means(GetConnection(ref, GetOptions{ForceRefresh: query.Get("force_refresh") == "true", RefreshToken: query.Get("refresh_token") == "true"}))
	case OpConnectionUpsert:
		return readUpsert(r)
	case OpConnectionUpdate:
		return readPatch(ref, r)
	case OpConnectionDelete:
		return means(DeleteConnection(ref))
	case OpMetadataSet, OpMetadataMerge:
		return readMetadata(operation, r)
	case OpIntegrationsList:
		return meansRead(ListIntegrations())
	case OpIntegrationGet:
		include := strings.Join(query["include"], " ")
		return meansRead(GetIntegration(name, Include{Webhook: strings.Contains(include, "webhook"), Credentials: strings.Contains(include, "credentials")}))
	case OpIntegrationCreate, OpIntegrationQuickstart, OpIntegrationUpdate:
		return readIntegration(operation, name, r)
	case OpIntegrationDelete:
		return means(DeleteIntegration(name))
	case OpProvidersList:
		return meansRead(ListProviders(query.Get("search")))
	case OpProviderGet:
		return meansRead(GetProvider(name))
	case OpProviderTemplates:
		return meansRead(ProviderTemplates(name))
	case OpSessionCreate, OpSessionReconnect:
		return readSession(operation, r)
	case OpSessionGet:
		return meansRead(GetSession(token))
	case OpSessionDelete:
		return means(DeleteSession(token))
	case OpEnvironmentVariables:
		return meansRead(ListVariables())
	}
	if read := readers[operation]; read != nil {
		return read(r)
	}
	return meaning{}, fmt.Errorf("nobody reads %s", operation)
}

func readListing(query url.Values) (meaning, error) {
	q := ConnectionQuery{
		ID: query.Get("connectionId"), Search: query.Get("search"), EndUser: query.Get("endUserId"),
		Organization: query.Get("endUserOrganizationId"), Tags: map[string]string{},
	}
	q.Limit, _ = strconv.Atoi(query.Get("limit")) // what is no number gives another query
	q.Page, _ = strconv.Atoi(query.Get("page"))
	if keys := query.Get("integrationId"); keys != "" {
		q.Integrations = strings.Split(keys, ",")
	}
	for name := range query {
		if key, found := strings.CutPrefix(name, "tags["); found {
			q.Tags[strings.TrimSuffix(key, "]")] = query.Get(name)
		}
	}
	return meansRead(ListConnections(q))
}

// strictly reads a body, and fails on whatever the struct has no place for.
func strictly(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func readUpsert(r recording) (meaning, error) {
	var body struct {
		Integration string            `json:"provider_config_key"`
		ID          string            `json:"connection_id"`
		Credentials json.RawMessage   `json:"credentials"`
		Metadata    json.RawMessage   `json:"metadata"`
		Config      json.RawMessage   `json:"connection_config"`
		Webhook     *string           `json:"webhook_url_override"`
		Tags        map[string]string `json:"tags"`
		EndUser     *EndUserInput     `json:"end_user"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	var credentials Credentials
	if len(body.Credentials) > 0 {
		var err error
		if credentials, err = readCredentials(body.Credentials); err != nil {
			return meaning{}, err
		}
	}
	return means(UpsertConnection(ConnectionInput{
		Ref: ConnectionRef{body.Integration, body.ID}, Credentials: credentials, Metadata: body.Metadata,
		ConnectionConfig: body.Config, WebhookOverride: body.Webhook, Tags: body.Tags, EndUser: body.EndUser,
	}))
}

// allCredentials has every field that any importable type has.
type allCredentials struct {
	Type              string    `json:"type"`
	AccessToken       Secret    `json:"access_token"`
	RefreshToken      Secret    `json:"refresh_token"`
	ExpiresAt         time.Time `json:"expires_at"`
	Token             Secret    `json:"token"`
	ClientID          string    `json:"client_id"`
	ClientSecret      Secret    `json:"client_secret"`
	ClientCertificate Secret    `json:"client_certificate"`
	ClientPrivateKey  Secret    `json:"client_private_key"`
	OAuthToken        Secret    `json:"oauth_token"`
	OAuthTokenSecret  Secret    `json:"oauth_token_secret"`
	APIKey            Secret    `json:"apiKey"`
	Username          string    `json:"username"`
	Password          Secret    `json:"password"`
	TokenID           Secret    `json:"token_id"`
	TokenSecret       Secret    `json:"token_secret"`
	AppID             string    `json:"app_id"`
	InstallationID    string    `json:"installation_id"`
	Override          *struct {
		ClientID     string `json:"client_id"`
		ClientSecret Secret `json:"client_secret"`
	} `json:"config_override"`
}

func readCredentials(raw json.RawMessage) (Credentials, error) {
	var c allCredentials
	if err := strictly(raw, &c); err != nil {
		return nil, err
	}
	switch c.Type {
	case "OAUTH2":
		return OAuth2Credentials{c.AccessToken, c.RefreshToken, c.ExpiresAt, (*AppOverride)(c.Override)}, nil
	case "OAUTH2_CC":
		return OAuth2ClientCredentials{c.Token, c.ClientID, c.ClientSecret, c.ClientCertificate, c.ClientPrivateKey, c.ExpiresAt}, nil
	case "OAUTH1":
		return OAuth1Credentials{c.OAuthToken, c.OAuthTokenSecret}, nil
	case "API_KEY":
		return APIKeyCredentials{c.APIKey}, nil
	case "BASIC":
		return BasicCredentials{c.Username, c.Password}, nil
	case "TBA":
		return TBACredentials{c.TokenID, c.TokenSecret, (*AppOverride)(c.Override)}, nil
	case "APP":
		return AppCredentials{c.AppID, c.InstallationID}, nil
	case "CUSTOM":
		return CustomCredentials{c.AppID, c.InstallationID}, nil
	case "NONE":
		return NoCredentials{}, nil
	}
	return nil, fmt.Errorf("no type for credentials %q", c.Type)
}

func readPatch(ref ConnectionRef, r recording) (meaning, error) {
	var body struct {
		Tags    *map[string]string `json:"tags"`
		Webhook *string            `json:"webhook_url_override"`
		EndUser *EndUserInput      `json:"end_user"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	return means(UpdateConnection(ref, ConnectionPatch{body.Tags, body.Webhook, body.EndUser}))
}

func readMetadata(operation Operation, r recording) (meaning, error) {
	var body struct {
		ID          json.RawMessage `json:"connection_id"`
		Integration string          `json:"provider_config_key"`
		Metadata    json.RawMessage `json:"metadata"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	ids := []string{}
	if len(body.ID) > 0 && body.ID[0] != '[' {
		body.ID = json.RawMessage("[" + string(body.ID) + "]")
	}
	if err := json.Unmarshal(body.ID, &ids); err != nil {
		return meaning{}, err
	}
	if operation == OpMetadataSet {
		return means(SetMetadata(body.Integration, ids, body.Metadata))
	}
	return means(MergeMetadata(body.Integration, ids, body.Metadata))
}

func readIntegration(operation Operation, name string, r recording) (meaning, error) {
	var body struct {
		Key         string            `json:"unique_key"`
		Provider    string            `json:"provider"`
		DisplayName string            `json:"display_name"`
		Forward     *bool             `json:"forward_webhooks"`
		Credentials json.RawMessage   `json:"credentials"`
		Config      map[string]string `json:"integration_config"`
		Custom      map[string]string `json:"custom"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	credentials, err := readAppCredentials(body.Credentials)
	if err != nil {
		return meaning{}, err
	}
	input := IntegrationInput{body.Key, body.Provider, body.DisplayName, body.Forward, credentials, body.Config, body.Custom}
	switch operation {
	case OpIntegrationCreate:
		return means(CreateIntegration(input))
	case OpIntegrationQuickstart:
		return means(QuickstartIntegration(input))
	}
	if body.Provider != "" {
		return meaning{}, errors.New("the provider cannot be changed")
	}
	return means(UpdateIntegration(name, IntegrationPatch{body.Key, body.DisplayName, body.Forward, credentials, body.Config, body.Custom}))
}

func readAppCredentials(raw json.RawMessage) (IntegrationCredentials, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var c struct {
		Type          string  `json:"type"`
		ClientID      string  `json:"client_id"`
		ClientSecret  Secret  `json:"client_secret"`
		Scopes        *string `json:"scopes"`
		WebhookSecret *Secret `json:"webhook_secret"`
		AppID         string  `json:"app_id"`
		AppLink       string  `json:"app_link"`
		PrivateKey    Secret  `json:"private_key"`
	}
	if err := strictly(raw, &c); err != nil {
		return nil, err
	}
	app := GitHubApp{c.AppID, c.AppLink, c.PrivateKey}
	switch c.Type {
	case "OAUTH1", "OAUTH2", "TBA":
		return OAuthApp{c.Type, c.ClientID, c.ClientSecret, c.Scopes, c.WebhookSecret}, nil
	case "APP":
		return app, nil
	case "CUSTOM":
		return GitHubOAuthApp{app, c.ClientID, c.ClientSecret}, nil
	}
	return nil, fmt.Errorf("no type for credentials %q", c.Type)
}

func readSession(operation Operation, r recording) (meaning, error) {
	var body struct {
		ID           string                     `json:"connection_id"`
		Integration  string                     `json:"integration_id"`
		Tags         map[string]string          `json:"tags"`
		EndUser      *EndUserInput              `json:"end_user"`
		Organization *Organization              `json:"organization"`
		Integrations []string                   `json:"allowed_integrations"`
		Defaults     map[string]SessionDefaults `json:"integrations_config_defaults"`
		Overrides    map[string]SessionOverride `json:"overrides"`
		Webhook      *string                    `json:"webhook_url_override"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	input := SessionInput{body.Tags, body.EndUser, body.Organization, body.Integrations, body.Defaults, body.Overrides, body.Webhook}
	if operation == OpSessionCreate {
		return means(CreateSession(input))
	}
	return means(ReconnectSession(ConnectionRef{body.Integration, body.ID}, input))
}

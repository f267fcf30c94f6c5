package nango

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"
)

// meaning is a recorded request as the client would say it.
type meaning struct {
	call    Call
	refusal error
}

func means[T any](r Request[T]) (meaning, error)  { return meaning{r.Call(), r.Refusal()}, nil }
func meansRead[T any](r Read[T]) (meaning, error) { return meaning{r.Call(), r.Refusal()}, nil }

// cannotMean are recorded requests that the client has no words for, by file and case, with the reason. A "*" stands for
// anything but a colon.
var cannotMean = map[string]string{
	"*: no-auth":            "the client always authenticates",
	"*: wrong-auth*":        "a key that is none is found before anything is sent, and one of no account cannot be told from another",
	"*: auth-*":             "the client authenticates in one way",
	"*: bad-extra-query":    "the client has no parameter but those of the operation",
	"*: bad-malformed-json": "the client makes valid JSON",
	"*: bad-no-body":        "the client sends the body that the operation has",
	"*: no-body":            "the client sends the body that the operation has",
	"*: bad-unrecognized*":  "the client has no field but those of the operation",
	"*: bad-wrong-types":    "the client has a type for each field",
	"*: bad-types":          "the client has a type for each field",
	"*: bad-extra":          "the client has no field but those of the operation",

	"GET_connections: connect-session-token":                     "a session token is for its session alone",
	"GET_integrations: connect-session-token":                    "a session token is for its session alone",
	"DELETE_connect_session: with-secret-key":                    "the session's token authenticates",
	"rate_limit: exceeded-script-bucket":                         "the client does not call itself a script",
	"rate_limit: invalid-key-while-limited":                      "a key that is none is found before anything is sent",
	"order: nango-is-script-*":                                   "the client does not call itself a script",
	"order: content-type-merge-patch":                            "the client sends JSON and says so",
	"order: post-json-without-content-type":                      "the client sends JSON and says so",
	"order: post-with-content-type-charset":                      "the client sends JSON and says so, without a charset",
	"order: get-with-*":                                          "the client sends no body with GET",
	"order: bad-body-without-scope":                              "the client always names an integration",
	"POST_integrations: bad-content-type-text":                   "the client sends JSON and says so",
	"POST_integrations: form-urlencoded":                         "the client sends JSON",
	"POST_integrations: bad-json-*":                              "the client sends an object",
	"POST_integrations: bad-credentials-unknown-type":            "the client has a type for each kind of credentials",
	"POST_integrations: bad-credentials-missing-secret":          "the client always sends id and secret",
	"POST_integrations: bad-scopes-null":                         "the client leaves out what it does not set",
	"GET_connections: limit-0":                                   "a limit of 0 is none",
	"GET_connections: limit-1.5":                                 "a limit is a whole number",
	"GET_connections: limit-abc":                                 "a limit is a whole number",
	"GET_connections: limit-empty":                               "a limit is a whole number",
	"GET_connections: limit-5-page-0":                            "the client leaves out page 0, which is the first anyway",
	"GET_connections: page-1.5":                                  "a page is a whole number",
	"GET_connections: provider_config_key-param":                 "the filter is called integrationId",
	"GET_connections: search-empty":                              "an empty search is none",
	"GET_connections: tags-array-dup":                            "a tag has one value",
	"GET_connections: tags-json-string":                          "tags are a map",
	"GET_connections_connectionId: bad-force_refresh-value":      "the client says true, or nothing",
	"GET_connections_connectionId: boolean-1":                    "the client says true, or nothing",
	"GET_connections_connectionId: refresh_github_app_jwt_token": "the client does not ask for it: no screen shows it",
	"PATCH_connections_connectionId: bad-missing-pck":            "the client always names the integration",
	"POST_connections: bad-BILL-type":                            "not importable, so there is no type for it",
	"POST_connections: bad-JWT-type":                             "not importable, so there is no type for it",
	"POST_connections: bad-credentials-no-type":                  "credentials have a type",
	"POST_connections: bad-missing-apiKey":                       "the client always sends the key, empty or not",
	"POST_connections: bad-oauth2-expires_at-not-a-date":         "a time is a time",
	"POST_connections: bad-tags-non-string":                      "tags are texts",
	"POST_connect_sessions: bad-tags":                            "tags are texts",
	"POST_connect_sessions: bad-end_user-no-id":                  "the client always sends the id, empty or not",
	"POST_connections_metadata: bad-missing-metadata":            "the client always sends metadata",
	"*_connections_metadata: bad-metadata-[as]*":                 "what is no object is not put into a body",
	"GET_integrations_uniqueKey: include-both-brackets":          "the client repeats the parameter",
	"GET_providers: accept-language-de":                          "the client asks for no language",
	"GET_providers_provider: trailing-slash":                     "paths have no slash at their end",
}

// refusedThough are requests that the server takes and the client refuses all the same.
var refusedThough = map[string]string{
	"PATCH_connections_metadata: bad-empty-array": "it changes nothing, so it is not what anybody wants",
	"POST_connections_metadata: bad-empty-array":  "it changes nothing, so it is not what anybody wants",
}

func listed(list map[string]string, name string) bool {
	for pattern := range list {
		if matched, err := path.Match(pattern, name); err == nil && matched {
			return true
		}
	}
	return false
}

func TestEveryRecordedRequestIsTheClientsOwn(t *testing.T) {
	used := map[string]bool{}
	for operation, all := range covered(t) {
		for _, r := range all {
			markUsed(used, r.name())
			said, err := understood(operation, r)
			if err == nil {
				err = same(t, r, said)
			}
			switch {
			case err == nil && listed(cannotMean, r.name()):
				t.Errorf("%s: is listed as one that the client cannot mean, and is the same", r.name())
			case err != nil && !listed(cannotMean, r.name()):
				t.Errorf("%s: %v", r.name(), err)
			case err == nil && said.refusal != nil && r.Response.Status < 300 && !listed(refusedThough, r.name()):
				t.Errorf("%s: the client refuses what the server took: %v", r.name(), said.refusal)
			}
		}
	}
	for pattern := range cannotMean {
		if !used[pattern] {
			t.Errorf("%s is listed, and there is no such recording", pattern)
		}
	}
}

func markUsed(used map[string]bool, name string) {
	for pattern := range cannotMean {
		if matched, err := path.Match(pattern, name); err == nil && matched {
			used[pattern] = true
		}
	}
}

// same compares what the client would send with what was recorded.
func same(t *testing.T, r recording, said meaning) error {
	t.Helper()
	client := clientFor(t, "https://nango.example", nil)
	sent, err := client.httpRequest(context.Background(), said.call)
	if err != nil {
		return err
	}
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return err
	}
	switch {
	case sent.Method != r.Request.Method:
		return fmt.Errorf("method %s", sent.Method)
	case sent.URL.EscapedPath() != r.Request.Path && sent.URL.Path != r.Request.Path:
		return fmt.Errorf("path %s", sent.URL.EscapedPath())
	case sent.URL.Query().Encode() != query.Encode():
		return fmt.Errorf("query %q, recorded %q", sent.URL.RawQuery, r.Request.Query)
	}
	return firstError(sameHeaders(r, sent), sameBody(r, sent))
}

func sameHeaders(r recording, sent *http.Request) error {
	if sent.Header.Get("Content-Type") != r.Request.Headers["Content-Type"] {
		return fmt.Errorf("content type %q", sent.Header.Get("Content-Type"))
	}
	for name := range r.Request.Headers {
		if name != "Authorization" && name != "Content-Type" {
			return fmt.Errorf("a header %s", name)
		}
	}
	want := r.Request.Headers["Authorization"]
	if strings.HasSuffix(want, "SECRET") && strings.HasPrefix(want, "Bearer ") {
		want = "Bearer " + testKey.Reveal() // the recordings say SECRET for a key
	}
	if sent.Header.Get("Authorization") != want {
		return errors.New("authenticates in another way")
	}
	return nil
}

func sameBody(r recording, sent *http.Request) error {
	var body []byte
	if sent.Body != nil {
		body, _ = io.ReadAll(sent.Body)
	}
	if a, b := canonical(body), canonical(r.Request.Body); a != b {
		return fmt.Errorf("body %s, recorded %s", a, b)
	}
	return nil
}

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

package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// builtRequest is a request of the client, and its reason not to send it.
type builtRequest struct {
	call    Call
	refusal error
}

func built[T any](r Request[T]) (builtRequest, error) {
	return builtRequest{r.Call(), r.Validate()}, nil
}
func builtRead[T any](r Read[T]) (builtRequest, error) {
	return builtRequest{r.Call(), r.Validate()}, nil
}

// builders rebuild a recorded request: each reads the arguments of the operation's function from it.
var builders = map[Operation]func(recording) (builtRequest, error){
	OpConnectionsList:  buildConnectionsList,
	OpConnectionGet:    buildConnection,
	OpConnectionUpsert: buildUpsert,
	OpConnectionUpdate: buildPatch,
	OpConnectionDelete: buildConnection,
	OpMetadataSet:      buildMetadata,
	OpMetadataMerge:    buildMetadata,

	OpIntegrationsList:      func(recording) (builtRequest, error) { return builtRead(ListIntegrations()) },
	OpIntegrationGet:        buildIntegrationGet,
	OpIntegrationCreate:     buildIntegration,
	OpIntegrationQuickstart: buildIntegration,
	OpIntegrationUpdate:     buildIntegration,
	OpIntegrationDelete:     func(r recording) (builtRequest, error) { return built(DeleteIntegration(r.nameInPath())) },

	OpProvidersList:     buildProvidersList,
	OpProviderGet:       func(r recording) (builtRequest, error) { return builtRead(GetProvider(r.nameInPath())) },
	OpProviderTemplates: func(r recording) (builtRequest, error) { return builtRead(ProviderTemplates(r.nameInPath())) },

	OpSessionCreate:    buildSession,
	OpSessionReconnect: buildSession,
	OpSessionGet:       func(r recording) (builtRequest, error) { return builtRead(GetSession(r.bearer())) },
	OpSessionDelete:    func(r recording) (builtRequest, error) { return built(DeleteSession(r.bearer())) },

	OpEnvironmentVariables: func(recording) (builtRequest, error) { return builtRead(ListVariables()) },

	OpSyncsList:     buildSyncsList,
	OpSyncTrigger:   buildSyncTrigger,
	OpSyncStart:     buildSyncStart,
	OpSyncPause:     buildSyncPause,
	OpSyncFrequency: buildFrequency,
	OpVariantCreate: buildVariant,
	OpVariantDelete: buildVariant,

	OpRecordsList:  buildRecordsList,
	OpRecordsPrune: buildPrune,

	OpActionRun:    buildAction,
	OpActionStart:  buildAction,
	OpActionResult: func(r recording) (builtRequest, error) { return builtRead(GetActionResult(r.nameInPath())) },

	OpScriptsList:     func(recording) (builtRequest, error) { return builtRead(ListScripts()) },
	OpFunctionsList:   buildFunctionsList,
	OpFunctionGet:     buildFunction,
	OpFunctionCode:    buildFunction,
	OpFunctionDelete:  buildFunction,
	OpFunctionCompile: buildCompile,
	OpDryRunStart:     buildDryRun,
	OpDryRunGet:       func(r recording) (builtRequest, error) { return builtRead(GetDryRun(r.nameInPath())) },
	OpDeploymentStart: buildDeployment,
	OpDeploymentGet:   func(r recording) (builtRequest, error) { return builtRead(GetDeployment(r.nameInPath())) },

	OpProxyGet:    buildProxy,
	OpProxyPost:   buildProxy,
	OpProxyPut:    buildProxy,
	OpProxyPatch:  buildProxy,
	OpProxyDelete: buildProxy,

	OpLogsList: buildLogsList,
	OpLogGet:   buildLogGet,

	OpWebhookKeyRotate:  func(recording) (builtRequest, error) { return built(RotateWebhookKey()) },
	OpEnvironmentCreate: buildEnvironment,
	OpEnvironmentDelete: buildEnvironmentDelete,
	OpEnvironmentsList:  func(recording) (builtRequest, error) { return builtRead(ListEnvironments()) },
	OpAPIKeysList:       func(r recording) (builtRequest, error) { return builtRead(ListAPIKeys(r.nameInPath())) },
	OpAPIKeyGet:         func(r recording) (builtRequest, error) { return builtRead(GetAPIKey(r.keyInPath())) },
	OpAPIKeyCreate:      buildAPIKey,
	OpAPIKeyDelete:      buildAPIKeyDelete,
}

// query returns the query, without the parts that cannot be parsed.
func (r recording) query() url.Values {
	query, _ := url.ParseQuery(r.Request.Query)
	return query
}

func (r recording) nameInPath() string {
	_, name, _ := r.operation()
	return name
}

func (r recording) bearer() Secret {
	return Secret(strings.TrimPrefix(r.Request.Headers["Authorization"], "Bearer "))
}

// decodeStrictly reads a body, and fails on a field that the struct does not have.
func decodeStrictly(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func buildConnectionsList(r recording) (builtRequest, error) {
	query := r.query()
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
	return builtRead(ListConnections(q))
}

func buildConnection(r recording) (builtRequest, error) {
	ref, query := ConnectionRef{r.query().Get("provider_config_key"), r.nameInPath()}, r.query()
	if r.Request.Method == http.MethodDelete {
		return built(DeleteConnection(ref))
	}
	options := GetOptions{ForceRefresh: query.Get("force_refresh") == "true",
		RefreshToken: query.Get("refresh_token") == "true"}
	return built(GetConnection(ref, options))
}

func buildUpsert(r recording) (builtRequest, error) {
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
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	var credentials Credentials
	if len(body.Credentials) > 0 {
		var err error
		if credentials, err = readCredentials(body.Credentials); err != nil {
			return builtRequest{}, err
		}
	}
	return built(UpsertConnection(ConnectionInput{
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
	if err := decodeStrictly(raw, &allCredentials{}); err != nil {
		return Credentials{}, err
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(raw, &values); err != nil {
		return Credentials{}, err
	}
	c, errs := Credentials{Values: map[string]Secret{}}, []error{}
	for name, value := range values {
		var text string
		switch name {
		case "config_override":
			errs = append(errs, json.Unmarshal(value, &c.App))
		case "type":
			errs = append(errs, json.Unmarshal(value, &c.Type))
		default:
			errs = append(errs, json.Unmarshal(value, &text))
			c.Values[name] = Secret(text)
		}
	}
	return c, errors.Join(append(errs, c.check())...)
}

func buildPatch(r recording) (builtRequest, error) {
	var body struct {
		Tags    *map[string]string `json:"tags"`
		Webhook *string            `json:"webhook_url_override"`
		EndUser *EndUserInput      `json:"end_user"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	ref := ConnectionRef{r.query().Get("provider_config_key"), r.nameInPath()}
	return built(UpdateConnection(ref, ConnectionPatch{body.Tags, body.Webhook, body.EndUser}))
}

func buildMetadata(r recording) (builtRequest, error) {
	var body struct {
		ID          json.RawMessage `json:"connection_id"`
		Integration string          `json:"provider_config_key"`
		Metadata    json.RawMessage `json:"metadata"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	ids := []string{}
	if len(body.ID) > 0 && body.ID[0] != '[' {
		body.ID = json.RawMessage("[" + string(body.ID) + "]")
	}
	if err := json.Unmarshal(body.ID, &ids); err != nil {
		return builtRequest{}, err
	}
	if r.Request.Method == http.MethodPost {
		return built(SetMetadata(body.Integration, ids, body.Metadata))
	}
	return built(MergeMetadata(body.Integration, ids, body.Metadata))
}

func buildIntegrationGet(r recording) (builtRequest, error) {
	include := strings.Join(r.query()["include"], " ")
	return builtRead(GetIntegration(r.nameInPath(),
		Include{Webhook: strings.Contains(include, "webhook"), Credentials: strings.Contains(include, "credentials")}))
}

func buildProvidersList(r recording) (builtRequest, error) {
	return builtRead(ListProviders(r.query().Get("search")))
}

func buildIntegration(r recording) (builtRequest, error) {
	var body struct {
		Key         string            `json:"unique_key"`
		Provider    string            `json:"provider"`
		DisplayName string            `json:"display_name"`
		Forward     *bool             `json:"forward_webhooks"`
		Credentials json.RawMessage   `json:"credentials"`
		Config      map[string]string `json:"integration_config"`
		Custom      map[string]string `json:"custom"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	credentials, err := readAppCredentials(body.Credentials)
	if err != nil {
		return builtRequest{}, err
	}
	input := IntegrationInput{body.Key, body.Provider, body.DisplayName, body.Forward, credentials, body.Config,
		body.Custom}
	operation, name, _ := r.operation()
	switch operation {
	case OpIntegrationCreate:
		return built(CreateIntegration(input))
	case OpIntegrationQuickstart:
		return built(QuickstartIntegration(input))
	}
	if body.Provider != "" {
		return builtRequest{}, errors.New("the provider cannot be changed")
	}
	return built(UpdateIntegration(name, IntegrationPatch{body.Key, body.DisplayName, body.Forward, credentials,
		body.Config, body.Custom}))
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
	if err := decodeStrictly(raw, &c); err != nil {
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

func buildSession(r recording) (builtRequest, error) {
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
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	input := SessionInput{body.Tags, body.EndUser, body.Organization, body.Integrations, body.Defaults, body.Overrides,
		body.Webhook}
	if operation, _, _ := r.operation(); operation == OpSessionCreate {
		return built(CreateSession(input))
	}
	return built(ReconnectSession(ConnectionRef{body.Integration, body.ID}, input))
}

// syncNames reads names as a request has them.
func syncNames(texts []string) []SyncName {
	var all []SyncName
	for _, text := range texts {
		name, variant, _ := strings.Cut(text, "::")
		all = append(all, SyncName{name, variant})
	}
	return all
}

func buildSyncsList(r recording) (builtRequest, error) {
	query := r.query()
	selection := SyncSelection{Connection: ConnectionRef{query.Get("provider_config_key"), query.Get("connection_id")},
		All: query.Get("syncs") == "*"}
	if !selection.All {
		selection.Syncs = syncNames(strings.Split(query.Get("syncs"), ","))
	}
	return builtRead(ListSyncs(selection))
}

type recordedSelection struct {
	Integration string    `json:"provider_config_key"`
	Connection  string    `json:"connection_id"`
	Syncs       *[]string `json:"syncs"`
	Options     struct {
		Reset      bool `json:"reset"`
		EmptyCache bool `json:"emptyCache"`
	} `json:"opts"`
}

func readSelection(r recording) (SyncSelection, recordedSelection, error) {
	var body recordedSelection
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return SyncSelection{}, body, err
	}
	if body.Syncs == nil {
		return SyncSelection{}, body, errors.New("syncs are always named")
	}
	of := ConnectionRef{body.Integration, body.Connection}
	return SyncSelection{Connection: of, Syncs: syncNames(*body.Syncs), All: len(*body.Syncs) == 0}, body, nil
}

func buildSyncTrigger(r recording) (builtRequest, error) {
	selection, body, err := readSelection(r)
	if err != nil {
		return builtRequest{}, err
	}
	return built(TriggerSyncs(selection, TriggerOptions(body.Options)))
}

func buildSyncStart(r recording) (builtRequest, error) {
	selection, _, err := readSelection(r)
	if err != nil {
		return builtRequest{}, err
	}
	return built(StartSyncs(selection))
}

func buildSyncPause(r recording) (builtRequest, error) {
	selection, _, err := readSelection(r)
	if err != nil {
		return builtRequest{}, err
	}
	return built(PauseSyncs(selection))
}

func buildFrequency(r recording) (builtRequest, error) {
	var body struct {
		Integration string  `json:"provider_config_key"`
		Connection  string  `json:"connection_id"`
		Sync        string  `json:"sync_name"`
		Variant     string  `json:"sync_variant"`
		Frequency   *string `json:"frequency"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	frequency := ""
	if body.Frequency != nil {
		frequency = *body.Frequency
	}
	return built(SetFrequency(ConnectionRef{body.Integration, body.Connection}, SyncName{body.Sync, body.Variant},
		frequency))
}

func buildVariant(r recording) (builtRequest, error) {
	var body struct {
		Integration string `json:"provider_config_key"`
		Connection  string `json:"connection_id"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	path, err := url.PathUnescape(r.Request.Path)
	if err != nil {
		return builtRequest{}, err
	}
	parts := strings.Split(path, "/")
	ref, sync := ConnectionRef{body.Integration, body.Connection}, SyncName{parts[2], parts[4]}
	if r.Request.Method == "DELETE" {
		return built(DeleteVariant(ref, sync))
	}
	return built(CreateVariant(ref, sync))
}

// headerRef is the connection that the headers name.
func headerRef(r recording) ConnectionRef {
	return ConnectionRef{r.Request.Headers["Provider-Config-Key"], r.Request.Headers["Connection-Id"]}
}

func buildRecordsList(r recording) (builtRequest, error) {
	query := r.query()
	q := RecordQuery{Connection: headerRef(r), Model: query.Get("model"), Variant: query.Get("variant"),
		IDs: query["ids"], Cursor: query.Get("cursor")}
	q.Limit, _ = strconv.Atoi(query.Get("limit"))                              // what is no number gives another query
	q.ModifiedAfter, _ = time.Parse(time.RFC3339, query.Get("modified_after")) // what is no time, too
	if filter := query.Get("filter"); filter != "" {
		for _, word := range strings.Split(filter, ",") {
			q.Actions = append(q.Actions, RecordAction(strings.ToUpper(word)))
		}
	}
	return builtRead(ListRecords(q))
}

func buildPrune(r recording) (builtRequest, error) {
	var body struct {
		Model   string `json:"model"`
		Variant string `json:"variant"`
		Until   string `json:"until_cursor"`
		Limit   int    `json:"limit"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	return built(PruneRecords(PruneInput{headerRef(r), body.Model, body.Variant, body.Until, body.Limit}))
}

func buildAction(r recording) (builtRequest, error) {
	var body struct {
		Name  string          `json:"action_name"`
		Input json.RawMessage `json:"input"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	input := ActionInput{headerRef(r), body.Name, body.Input}
	if r.Request.Headers["X-Async"] == "" {
		return built(RunAction(input))
	}
	retries, _ := strconv.Atoi(r.Request.Headers["X-Max-Retries"]) // none is 0
	return built(StartAction(input, retries))
}

func buildFunctionsList(r recording) (builtRequest, error) {
	query := r.query()
	_, key, _ := r.operation()
	q := FunctionQuery{Integration: key, Type: FunctionType(query.Get("type")), Search: query.Get("search")}
	q.Limit, _ = strconv.Atoi(query.Get("limit")) // none is 0
	q.Page, _ = strconv.Atoi(query.Get("page"))
	return builtRead(ListFunctions(q))
}

func buildFunction(r recording) (builtRequest, error) {
	query := r.query()
	operation, key, _ := r.operation()
	name, err := url.PathUnescape(strings.Split(r.Request.Path, "/")[4])
	if err != nil {
		return builtRequest{}, err
	}
	kind := FunctionType(query.Get("type"))
	switch operation {
	case OpFunctionCode:
		return builtRead(GetFunctionCode(key, name, kind))
	case OpFunctionDelete:
		return built(DeleteFunction(key, name, kind))
	}
	return builtRead(GetFunction(key, name, kind))
}

func buildCompile(r recording) (builtRequest, error) {
	var body struct{ Code string }
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	return built(CompileFunction(body.Code))
}

func buildDryRun(r recording) (builtRequest, error) {
	var body dryRunBody
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	return built(StartDryRun(DryRunInput{Connection: ConnectionRef{body.Integration, body.Connection}, Type: body.Type,
		Code: body.Code}))
}

func buildDeployment(r recording) (builtRequest, error) {
	var body struct {
		Kind        string       `json:"type"`
		Integration string       `json:"integration_id"`
		Name        string       `json:"function_name"`
		Type        FunctionType `json:"function_type"`
		Code        string       `json:"code"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	if body.Kind != "function" {
		return builtRequest{}, errors.New("only deployments of code were recorded")
	}
	return built(DeployFunction(FunctionDeployment{Integration: body.Integration, Name: body.Name, Type: body.Type,
		Code: body.Code}))
}

func buildProxy(r recording) (builtRequest, error) {
	header := http.Header{}
	for name, value := range r.Request.Headers {
		header.Set(name, value)
	}
	p := ProxyRequest{Connection: ConnectionRef{header.Get("Provider-Config-Key"), header.Get("Connection-Id")},
		Method: r.Request.Method,
		Path:   strings.TrimPrefix(r.Request.Path, "/proxy"), Query: r.Request.Query, BaseURL: header.Get("Base-Url-Override")}
	if retries := header.Get("Retries"); retries != "" {
		var err error
		if p.Retries, err = strconv.Atoi(retries); err != nil {
			return builtRequest{}, err
		}
	}
	if retryOn := header.Get("Retry-On"); retryOn != "" {
		status, err := strconv.Atoi(retryOn)
		if err != nil {
			return builtRequest{}, err
		}
		p.RetryOn = []int{status}
	}
	if decompress := header.Get("Decompress"); decompress != "" {
		yes := decompress == "true"
		p.Decompress = &yes
	}
	for name := range header {
		if own, found := strings.CutPrefix(name, "Nango-Proxy-"); found && own != "Content-Type" {
			p.Headers = append(p.Headers, ProxyHeader{own, header.Get(name)})
		}
	}
	if string(r.Request.Body) != "null" && len(r.Request.Body) > 0 {
		p.Body = ProxyBody{header.Get("Content-Type"), r.Request.Body}
		var text string
		if json.Unmarshal(r.Request.Body, &text) == nil {
			p.Body.Data = []byte(text)
		}
	}
	if p.Body.Type == "" && header.Get("Content-Type") != "" {
		return builtRequest{}, fmt.Errorf("a type without a body")
	}
	if p.Body.media() == jsonMedia && checkJSONBody(p.Body.Data) != nil {
		return builtRequest{}, fmt.Errorf("no JSON that Nango takes: %s", p.Body.Data)
	}
	return built(Proxy(p))
}

func buildEnvironment(r recording) (builtRequest, error) {
	var body environmentBody
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	input := EnvironmentInput{body.Name, body.Production, body.CallbackURL, Secret(body.HMACKey), body.HMACEnabled,
		body.Slack, body.OTLPEndpoint, nil}
	for _, header := range body.OTLPHeaders {
		input.OTLPHeaders = append(input.OTLPHeaders, OTLPHeader{header.Name, Secret(header.Value)})
	}
	return built(CreateEnvironment(input))
}

func buildEnvironmentDelete(r recording) (builtRequest, error) {
	return built(DeleteEnvironment(r.environmentInPath()))
}

// environmentInPath returns the environment that a path names, by number or UUID.
func (r recording) environmentInPath() EnvironmentRef {
	name := r.nameInPath()
	if id, err := strconv.ParseInt(name, 10, 64); err == nil {
		return EnvironmentRef{ID: id}
	}
	return EnvironmentRef{UUID: name}
}

func (r recording) keyInPath() APIKeyRef {
	return APIKeyRef{Environment: r.environmentInPath(), UUID: path.Base(r.Request.Path)}
}

func buildAPIKey(r recording) (builtRequest, error) {
	var body struct {
		Environment int64  `json:"environment_id"`
		Name        string `json:"display_name"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	if body.Environment == 0 && r.nameInPath() != "" {
		return built(CreateAPIKey(r.environmentInPath(), body.Name))
	}
	return built(CreateAPIKey(EnvironmentRef{ID: body.Environment}, body.Name))
}

func buildAPIKeyDelete(r recording) (builtRequest, error) {
	if len(r.Request.Body) == 0 && r.nameInPath() != "" {
		return built(DeleteAPIKey(r.keyInPath()))
	}
	var body struct {
		Environment int64 `json:"environment_id"`
		Key         int64 `json:"key_id"`
	}
	if err := decodeStrictly(r.Request.Body, &body); err != nil {
		return builtRequest{}, err
	}
	return built(DeleteAPIKey(APIKeyRef{Environment: EnvironmentRef{ID: body.Environment}, ID: body.Key}))
}

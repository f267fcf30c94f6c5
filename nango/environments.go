package nango

import (
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// RotateWebhookKey replaces the key that signs webhooks and returns the new key, once. The old key stays valid for up
// to five minutes.
func RotateWebhookKey() Request[Secret] {
	return request(newCall(OpWebhookKeyRotate, http.MethodPost, "environment", "webhook-signing-key", "rotate"), decodeWebhookKey)
}

func decodeWebhookKey(response Response) (Secret, error) {
	wire, err := decodeData[struct {
		Key Secret `json:"webhook_signing_key"`
	}](response)
	if err == nil && wire.Key == "" {
		err = missing("webhook_signing_key")
	}
	return wire.Key, err
}

// Limits set by Nango for environments and their keys.
const (
	MaxOTLPHeaders   = 100
	maxHMACKey       = 1000
	maxOTLPName      = 256
	maxOTLPValue     = 4000
	environmentChars = "abcdefghijklmnopqrstuvwxyz" + digits + "_-"
)

// EnvironmentInput is an environment to create. Only the name is required.
type EnvironmentInput struct {
	Name string // consists of lower-case letters, digits, "_" and "-"
	// Production marks it as production, which needs another scope. If this or any field below is nil, Nango decides.
	Production  *bool
	CallbackURL string // the URL that OAuth providers redirect to
	HMACKey     Secret // signs requests of a custom frontend
	HMACEnabled *bool  // requires the signature
	Slack       *bool  // enables notifications about failures in Slack
	// OTLPEndpoint receives traces, with at most [MaxOTLPHeaders] OTLPHeaders. It requires a paid plan.
	OTLPEndpoint string
	OTLPHeaders  []OTLPHeader
}

// OTLPHeader is a header for the trace collector. Its value is usually a key.
type OTLPHeader struct {
	Name  string
	Value Secret
}

// Environment is an environment of the account.
type Environment struct {
	EnvironmentRef
	Name string `json:"name"`
	// Production is false for an environment just created, whatever it is.
	Production bool `json:"is_production"`
}

// EnvironmentRef identifies an environment: by UUID on servers since v0.71.6, by number on older ones. Either may be missing, but
// what both kinds of servers say is kept, so that a request can be made in the form that its server takes.
type EnvironmentRef struct {
	ID   int64  `json:"id"`
	UUID string `json:"uuid"`
}

func (r EnvironmentRef) check() error {
	if r.UUID == "" {
		return checkNumber("the environment number", r.ID)
	}
	return checkUUID("the environment", r.UUID)
}

// ListEnvironments reads the environments of the account. It requires an account key and v0.71.7.
func ListEnvironments() Read[[]Environment] {
	return read(newCall(OpEnvironmentsList, http.MethodGet, "environments"), atMostMaxRows(decodeData[[]Environment]))
}

type environmentBody struct {
	Name         string       `json:"name"`
	Production   *bool        `json:"is_production,omitempty"`
	CallbackURL  string       `json:"callback_url,omitempty"`
	HMACKey      string       `json:"hmac_key,omitempty"`
	HMACEnabled  *bool        `json:"hmac_enabled,omitempty"`
	Slack        *bool        `json:"slack_notifications,omitempty"`
	OTLPEndpoint string       `json:"otlp_endpoint,omitempty"`
	OTLPHeaders  []otlpHeader `json:"otlp_headers,omitempty"`
}

type otlpHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// CreateEnvironment creates an environment. It requires an account key.
func CreateEnvironment(input EnvironmentInput) Request[Environment] {
	body := environmentBody{
		Name: input.Name, Production: input.Production, CallbackURL: input.CallbackURL, HMACKey: input.HMACKey.Reveal(),
		HMACEnabled: input.HMACEnabled, Slack: input.Slack, OTLPEndpoint: input.OTLPEndpoint,
	}
	for _, header := range input.OTLPHeaders {
		body.OTLPHeaders = append(body.OTLPHeaders, otlpHeader{header.Name, header.Value.Reveal()})
	}
	call, err := newCall(OpEnvironmentCreate, http.MethodPost, "environments").withBody(body)
	return request(call, requires(decodeData[Environment], "id", func(e Environment) bool { return e.ID != 0 }), input.check(), err)
}

func (i EnvironmentInput) check() error {
	return firstError(
		CheckEnvironmentName(i.Name), CheckURL("the callback URL", i.CallbackURL), CheckURL("the collector URL", i.OTLPEndpoint),
		CheckHMACKey(i.HMACKey.Reveal()), CheckOTLPHeaders(i.OTLPHeaders),
	)
}

// CheckHMACKey returns an error if Nango would refuse the HMAC key.
func CheckHMACKey(key string) error { return checkLength("the HMAC key", key, 0, maxHMACKey) }

// CheckOTLPHeaders returns an error if Nango would refuse the headers.
func CheckOTLPHeaders(headers []OTLPHeader) error {
	err := refuseIf(len(headers) > MaxOTLPHeaders, "%d headers are too many; the maximum is %d", len(headers), MaxOTLPHeaders)
	for _, header := range headers {
		err = firstError(err, checkLength("the header name", header.Name, 1, maxOTLPName),
			checkLength("the value of the header "+header.Name, header.Value.Reveal(), 1, maxOTLPValue))
	}
	return err
}

func checkLength(what, text string, least, most int) error {
	length := units(text)
	return refuseIf(length < least || length > most, "%s must have %d to %d characters, not %d", what, least, most, length)
}

// CheckURL returns an error if the address is not an absolute URL. An empty one is valid. The error calls it what.
func CheckURL(what, address string) error {
	if address == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	bad := err != nil || parsed.Host == "" || parsed.Scheme == ""
	return refuseIf(bad, "%s must be an absolute URL, such as https://example.com", what)
}

// CheckEnvironmentName returns an error if Nango would refuse the environment name.
func CheckEnvironmentName(name string) error {
	return checkName("the environment name", name, environmentChars)
}

// CheckAPIKeyName returns an error if Nango would refuse the API key name.
func CheckAPIKeyName(name string) error { return checkLength("the key name", name, 1, MaxNameBytes) }

// DeleteEnvironment deletes an environment and everything in it. It requires an account key. Nango refuses to delete "prod".
func DeleteEnvironment(ref EnvironmentRef) Request[Success] {
	byNumber := newCall(OpEnvironmentDelete, http.MethodDelete, "environments", strconv.FormatInt(ref.ID, 10))
	byUUID := newCall(OpEnvironmentDelete, http.MethodDelete, "environments", ref.UUID)
	return request(eitherForm(byUUID, ref.UUID != "", byNumber, ref.ID != 0), decodeNothing, ref.check())
}

func checkNumber(what string, id int64) error {
	return refuseIf(id <= 0, "%s must be 1 or more, not %d", what, id)
}

// APIKey is an API key of an environment.
type APIKey struct {
	ID   int64  `json:"id"`
	UUID string `json:"uuid"` // empty before v0.71.6
	Name string `json:"display_name"`
	// Scopes are what the key may do. Only the web dashboard can set others than "environment:*".
	Scopes []string `json:"scopes"`
	// Secret is the key itself. A list doesn't have it. Before v0.71.7, Nango returns it only once, when the key is created.
	Secret  Secret    `json:"secret"`
	Created time.Time `json:"-"`
	// Used is when the key was last used; zero if never, or for a key just created.
	Used time.Time `json:"-"`
}

// APIKeyRef identifies an API key, like [EnvironmentRef].
type APIKeyRef struct {
	Environment EnvironmentRef
	ID          int64
	UUID        string
}

func (r APIKeyRef) check() error {
	if r.UUID != "" && r.Environment.UUID != "" {
		return firstError(r.Environment.check(), checkUUID("the key", r.UUID))
	}
	return firstError(checkNumber("the environment number", r.Environment.ID), checkNumber("the key number", r.ID))
}

// ListAPIKeys reads the API keys of an environment, given by its UUID, without their secrets. It requires an account key and v0.71.7.
func ListAPIKeys(environment string) Read[[]APIKey] {
	decode := func(response Response) ([]APIKey, error) {
		wires, err := decodeData[[]apiKeyWire](response)
		all := make([]APIKey, 0, len(wires))
		for _, wire := range wires {
			all = append(all, wire.key())
		}
		return all, err
	}
	call := newCall(OpAPIKeysList, http.MethodGet, "environments", environment, "api-keys")
	return read(call, atMostMaxRows(decode), checkUUID("the environment", environment))
}

// GetAPIKey reads an API key with its secret, given by UUIDs. It requires an account key and v0.71.7.
func GetAPIKey(ref APIKeyRef) Read[APIKey] {
	call := newCall(OpAPIKeyGet, http.MethodGet, "environments", ref.Environment.UUID, "api-keys", ref.UUID)
	return read(call, decodeAPIKey, checkUUID("the environment", ref.Environment.UUID), checkUUID("the key", ref.UUID))
}

// CreateAPIKey creates an API key for an environment. It requires an account key.
func CreateAPIKey(environment EnvironmentRef, name string) Request[APIKey] {
	byNumber, err := newCall(OpAPIKeyCreate, http.MethodPost, "environment", "api-keys").withBody(struct {
		Environment int64  `json:"environment_id"`
		Name        string `json:"display_name"`
	}{environment.ID, name})
	byUUID, err2 := newCall(OpAPIKeyCreate, http.MethodPost, "environments", environment.UUID, "api-keys").withBody(struct {
		Name string `json:"display_name"`
	}{name})
	call := eitherForm(byUUID, environment.UUID != "", byNumber, environment.ID != 0)
	return request(call, decodeAPIKey, environment.check(), CheckAPIKeyName(name), err, err2)
}

type apiKeyWire struct {
	APIKey
	CreatedAt timestamp  `json:"created_at"`
	UsedAt    *timestamp `json:"last_used_at"`
}

func (w apiKeyWire) key() APIKey {
	w.Created = w.CreatedAt.Time
	if w.UsedAt != nil {
		w.Used = w.UsedAt.Time
	}
	return w.APIKey
}

func decodeAPIKey(response Response) (APIKey, error) {
	wire, err := decodeData[apiKeyWire](response)
	if err == nil && wire.Secret == "" {
		err = missing("secret")
	}
	return wire.key(), err
}

// DeleteAPIKey deletes an API key. Clients using it lose access at once. It requires an account key.
func DeleteAPIKey(ref APIKeyRef) Request[Success] {
	byNumber, err := newCall(OpAPIKeyDelete, http.MethodDelete, "environment", "api-keys").withBody(struct {
		Environment int64 `json:"environment_id"`
		Key         int64 `json:"key_id"`
	}{ref.Environment.ID, ref.ID})
	byUUID := newCall(OpAPIKeyDelete, http.MethodDelete, "environments", ref.Environment.UUID, "api-keys", ref.UUID)
	call := eitherForm(byUUID, ref.Environment.UUID != "" && ref.UUID != "", byNumber, ref.Environment.ID != 0 && ref.ID != 0)
	return request(call, decodeSuccess, ref.check(), err)
}

// Variable is an environment variable in Nango. Its value is plain text and treated as a secret.
type Variable struct {
	Name  string `json:"name"`
	Value Secret `json:"value"`
}

// ListVariables reads the environment variables available to functions.
func ListVariables() Read[[]Variable] {
	return read(newCall(OpEnvironmentVariables, http.MethodGet, "environment-variables"), atMostMaxRows(decodeJSON[[]Variable]))
}

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

// Environment is an environment just created. Nango can't list environments.
type Environment struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
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

// DeleteEnvironment deletes an environment and everything in it, by its number. It requires an account key. Nango
// refuses to delete "prod".
func DeleteEnvironment(id int64) Request[Success] {
	call := newCall(OpEnvironmentDelete, http.MethodDelete, "environments", strconv.FormatInt(id, 10))
	return request(call, decodeNothing, checkNumber("the environment number", id))
}

func checkNumber(what string, id int64) error {
	return refuseIf(id <= 0, "%s must be 1 or more, not %d", what, id)
}

// APIKey is an API key just created.
type APIKey struct {
	ID   int64  `json:"id"`
	Name string `json:"display_name"`
	// Scopes is always "environment:*". Only the web dashboard can set other scopes.
	Scopes []string `json:"scopes"`
	// Secret is the key itself. Nango returns it only once.
	Secret  Secret    `json:"secret"`
	Created time.Time `json:"-"`
}

// CreateAPIKey creates an API key for an environment, given by its number. It requires an account key.
func CreateAPIKey(environment int64, name string) Request[APIKey] {
	call, err := newCall(OpAPIKeyCreate, http.MethodPost, "environment", "api-keys").withBody(struct {
		Environment int64  `json:"environment_id"`
		Name        string `json:"display_name"`
	}{environment, name})
	return request(call, decodeAPIKey, checkNumber("the environment number", environment), CheckAPIKeyName(name), err)
}

func decodeAPIKey(response Response) (APIKey, error) {
	wire, err := decodeData[struct {
		APIKey
		CreatedAt timestamp `json:"created_at"`
	}](response)
	if err == nil && wire.Secret == "" {
		err = missing("secret")
	}
	wire.Created = wire.CreatedAt.Time
	return wire.APIKey, err
}

// DeleteAPIKey deletes an API key; environment and key are given by number. Clients using it lose access at once. It
// requires an account key.
func DeleteAPIKey(environment, key int64) Request[Success] {
	call, err := newCall(OpAPIKeyDelete, http.MethodDelete, "environment", "api-keys").withBody(struct {
		Environment int64 `json:"environment_id"`
		Key         int64 `json:"key_id"`
	}{environment, key})
	return request(call, decodeSuccess, checkNumber("the environment number", environment), checkNumber("the key number", key), err)
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

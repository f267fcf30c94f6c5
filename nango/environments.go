package nango

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// RotateWebhookKey replaces the key by which Nango signs webhooks, and gives the new one, once. The old one stays in
// use for up to five minutes.
func RotateWebhookKey() Request[Secret] {
	return request(newCall(OpWebhookKeyRotate, http.MethodPost, "environment", "webhook-signing-key", "rotate"), decodeWebhookKey)
}

func decodeWebhookKey(answer Response) (Secret, error) {
	wire, err := decodeData[struct {
		Key Secret `json:"webhook_signing_key"`
	}](answer)
	if err == nil && wire.Key == "" {
		err = missing("webhook_signing_key")
	}
	return wire.Key, err
}

// Bounds that Nango sets for environments and their keys.
const (
	MaxOTLPHeaders   = 100
	maxHMACKey       = 1000
	maxOTLPName      = 256
	maxOTLPValue     = 4000
	environmentChars = "abcdefghijklmnopqrstuvwxyz" + digits + "_-"
)

// EnvironmentInput is an environment to make. Only the name is needed.
type EnvironmentInput struct {
	// Name has small letters, digits, "_" and "-".
	Name string
	// Production marks it; the key then needs another scope. Nil leaves it to Nango, as do the others.
	Production *bool
	// CallbackURL is where OAuth providers send people back to.
	CallbackURL string
	// HMACKey signs the requests of an own frontend; HMACEnabled asks for that.
	HMACKey     Secret
	HMACEnabled *bool
	// Slack lets Nango tell a Slack channel of failures.
	Slack *bool
	// OTLPEndpoint takes traces, with OTLPHeaders, of which [MaxOTLPHeaders] are allowed. It needs a plan.
	OTLPEndpoint string
	OTLPHeaders  []OTLPHeader
}

// OTLPHeader is sent to the collector of traces; its value is mostly a key.
type OTLPHeader struct {
	Name  string
	Value Secret
}

// Environment is an environment that was just made. Nango has no list of them.
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

// CreateEnvironment makes an environment. It needs a key of the account.
func CreateEnvironment(input EnvironmentInput) Request[Environment] {
	body := environmentBody{
		Name: input.Name, Production: input.Production, CallbackURL: input.CallbackURL, HMACKey: input.HMACKey.Reveal(),
		HMACEnabled: input.HMACEnabled, Slack: input.Slack, OTLPEndpoint: input.OTLPEndpoint,
	}
	for _, header := range input.OTLPHeaders {
		body.OTLPHeaders = append(body.OTLPHeaders, otlpHeader{header.Name, header.Value.Reveal()})
	}
	call, err := newCall(OpEnvironmentCreate, http.MethodPost, "environments").withBody(body)
	return request(call, decodeEnvironment, input.check(), err)
}

func decodeEnvironment(answer Response) (Environment, error) {
	environment, err := decodeData[Environment](answer)
	if err == nil && environment.ID == 0 {
		err = missing("id")
	}
	return environment, err
}

func (i EnvironmentInput) check() error {
	return firstError(
		CheckEnvironmentName(i.Name), CheckURL("the callback URL", i.CallbackURL), CheckURL("the address of the collector", i.OTLPEndpoint),
		CheckHMACKey(i.HMACKey.Reveal()), CheckOTLPHeaders(i.OTLPHeaders),
	)
}

// CheckHMACKey says whether Nango takes the text as an HMAC key.
func CheckHMACKey(key string) error { return checkLength("the HMAC key", key, 0, maxHMACKey) }

// CheckOTLPHeaders says whether Nango takes the headers for a collector of traces.
func CheckOTLPHeaders(headers []OTLPHeader) error {
	if len(headers) > MaxOTLPHeaders {
		return fmt.Errorf("%d headers are too many; %d are allowed", len(headers), MaxOTLPHeaders)
	}
	for _, header := range headers {
		err := firstError(checkLength("the name of a header", header.Name, 1, maxOTLPName),
			checkLength("the value of the header "+header.Name, header.Value.Reveal(), 1, maxOTLPValue))
		if err != nil {
			return err
		}
	}
	return nil
}

func checkLength(what, text string, least, most int) error {
	if length := units(text); length < least || length > most {
		return fmt.Errorf("%s has %d to %d characters, not %d", what, least, most, length)
	}
	return nil
}

// CheckURL says whether a text is a whole URL; an empty one is none, and fine. What names it in the error.
func CheckURL(what, address string) error {
	if address == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme == "" {
		return errors.New(what + " must be a whole URL, such as one that begins with https://")
	}
	return nil
}

// CheckEnvironmentName says whether Nango takes the text as the name of an environment.
func CheckEnvironmentName(name string) error {
	return checkName("the environment's name", name, environmentChars)
}

// CheckAPIKeyName says whether Nango takes the text as the name of an API key.
func CheckAPIKeyName(name string) error {
	return checkLength("the name of the key", name, 1, MaxNameBytes)
}

// DeleteEnvironment deletes an environment with everything in it, by its number. It needs a key of the account.
// The one that is called prod is refused.
func DeleteEnvironment(id int64) Request[Success] {
	call := newCall(OpEnvironmentDelete, http.MethodDelete, "environments", strconv.FormatInt(id, 10))
	return request(call, decodeNothing, checkNumber("the environment's number", id))
}

func checkNumber(what string, id int64) error {
	if id <= 0 {
		return fmt.Errorf("%s is 1 or more, not %d", what, id)
	}
	return nil
}

// APIKey is a key of an environment that was just made.
type APIKey struct {
	ID   int64
	Name string
	// Scopes is always "environment:*": others only the web dashboard gives.
	Scopes []string
	// Secret is the key itself. Nango never tells it again.
	Secret  Secret
	Created time.Time
}

// CreateAPIKey makes a key for an environment, given by its number. It needs a key of the account.
func CreateAPIKey(environment int64, name string) Request[APIKey] {
	call, err := newCall(OpAPIKeyCreate, http.MethodPost, "environment", "api-keys").withBody(struct {
		Environment int64  `json:"environment_id"`
		Name        string `json:"display_name"`
	}{environment, name})
	return request(call, decodeAPIKey, checkNumber("the environment's number", environment), CheckAPIKeyName(name), err)
}

func decodeAPIKey(answer Response) (APIKey, error) {
	wire, err := decodeData[struct {
		ID      int64     `json:"id"`
		Name    string    `json:"display_name"`
		Scopes  []string  `json:"scopes"`
		Secret  Secret    `json:"secret"`
		Created timestamp `json:"created_at"`
	}](answer)
	if err == nil && wire.Secret == "" {
		err = missing("secret")
	}
	return APIKey{ID: wire.ID, Name: wire.Name, Scopes: wire.Scopes, Secret: wire.Secret, Created: wire.Created.Time}, err
}

// DeleteAPIKey deletes a key of an environment, both given by their numbers: whatever uses it is shut out at once.
// It needs a key of the account.
func DeleteAPIKey(environment, key int64) Request[Success] {
	call, err := newCall(OpAPIKeyDelete, http.MethodDelete, "environment", "api-keys").withBody(struct {
		Environment int64 `json:"environment_id"`
		Key         int64 `json:"key_id"`
	}{environment, key})
	return request(call, decodeSuccess, checkNumber("the environment's number", environment), checkNumber("the key's number", key), err)
}

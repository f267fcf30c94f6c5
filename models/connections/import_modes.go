package connections

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Maximum lengths for an import, in UTF-16 code units as the server counts them (seen on v0.71.4).
const (
	maxToken   = 4096
	maxSecret  = 2048
	maxKey     = 1024
	maxPEM     = 10_000
	maxName    = 255
	maxUnknown = 0 // enforced by the server without a message
)

// credentialField is a field of credentials, with its name in Nango's JSON.
type credentialField struct {
	name, title, about string
	// An optional one is left out if it is empty, unless Nango requires it all the same.
	secret, optional, sentEmpty bool
	// ownApp fields are of the customer's own app.
	ownApp bool
	// declared fields are only asked for if the provider declares them.
	declared bool
	max      int
	check    func(string) error
}

// importMode is an auth mode that can be imported.
type importMode struct {
	fields []credentialField
	// config are the connection config keys that the credentials require.
	config []string
}

// credentials builds the credentials of a type from the values typed, which have been checked.
func (m importMode) credentials(authMode string, v form.Values) nango.Credentials {
	c := nango.Credentials{Type: authMode, Values: map[string]nango.Secret{}}
	for _, field := range m.fields {
		text := v[credentialPrefix+field.name]
		if field.name == expiry.name {
			text = expiryToSend(text)
		}
		switch {
		case text == "" && field.optional && !field.sentEmpty:
		case !field.ownApp:
			c.Values[field.name] = nango.Secret(text)
		case c.App == nil:
			c.App = map[string]nango.Secret{field.name: nango.Secret(text)}
		default:
			c.App[field.name] = nango.Secret(text)
		}
	}
	return c
}

// expiryToSend is a checked time as it is sent; empty if unknown.
func expiryToSend(text string) string {
	at, _ := parseExpiry(text)
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// importModes are all of them. It is never written. Connections with other auth modes need a connect link.
var importModes = map[string]importMode{
	"OAUTH2": {fields: append([]credentialField{
		{name: "access_token", title: labelAccessToken, secret: true, max: maxUnknown},
		{name: "refresh_token", title: labelRefreshToken, about: aboutRefreshToken, secret: true, optional: true, max: maxUnknown},
		expiry,
	}, ownApp...)},
	"OAUTH2_CC": {fields: []credentialField{
		{name: "token", title: labelToken, about: aboutToken, secret: true, max: maxToken},
		{name: "client_id", title: labelClientID, max: maxName},
		{name: "client_secret", title: screen.TextClientSecret, secret: true, max: maxSecret},
		{name: "client_certificate", title: labelClientCertificate, secret: true, optional: true, declared: true, max: maxPEM},
		{name: "client_private_key", title: labelClientPrivateKey, secret: true, optional: true, declared: true, max: maxPEM},
		expiry,
	}},
	"OAUTH1": {fields: []credentialField{
		{name: "oauth_token", title: labelToken, secret: true, max: maxSecret},
		{name: "oauth_token_secret", title: labelTokenSecret, secret: true, max: maxSecret},
	}},
	"API_KEY": {fields: []credentialField{{name: "apiKey", title: labelAPIKey, secret: true, max: maxKey}}},
	"BASIC": {fields: []credentialField{
		{name: "username", title: labelUserName, optional: true, sentEmpty: true, max: maxKey},
		{name: "password", title: labelPassword, secret: true, optional: true, sentEmpty: true, max: maxKey},
	}},
	"TBA": {fields: append([]credentialField{
		{name: "token_id", title: labelTokenID, secret: true, max: maxSecret},
		{name: "token_secret", title: labelTokenSecret, secret: true, max: maxSecret},
	}, ownApp...), config: []string{"accountId"}},
	"APP":    {fields: installation},
	"CUSTOM": {fields: installation},
	"NONE":   {},
}

var (
	expiry = credentialField{name: "expires_at", title: labelExpires, optional: true, check: checkExpiry, about: aboutExpires}
	ownApp = []credentialField{
		{name: "client_id", title: labelOwnClientID, optional: true, ownApp: true, max: maxName, about: aboutOwnClientID},
		{name: "client_secret", title: labelOwnClientSecret, secret: true, optional: true, ownApp: true, max: maxSecret},
	}
	installation = []credentialField{
		{name: "app_id", title: labelAppID, max: maxName},
		{name: "installation_id", title: labelInstallationID, max: maxName},
	}
)

// checked returns an error if Nango would refuse the text for the field.
func (c credentialField) checked(text string) error {
	switch length := len(utf16.Encode([]rune(text))); {
	case text == "" && !c.optional:
		return errors.New(errRequired)
	case c.max != maxUnknown && length > c.max:
		return fmt.Errorf(errTooLong, length, c.max)
	case c.check != nil:
		return c.check(text)
	}
	return nil
}

func checkExpiry(text string) error {
	_, err := parseExpiry(text)
	return err
}

// millisDigits is the number of digits of the milliseconds since 1970 between 2001 and 2286. Seconds have three
// fewer.
const millisDigits = 13

// parseExpiry parses a time. Empty text means zero.
func parseExpiry(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	if millis, err := strconv.ParseInt(text, 10, 64); err == nil {
		if len(text) != millisDigits {
			return time.Time{}, fmt.Errorf(errMillis, millisDigits)
		}
		return time.UnixMilli(millis), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, errors.New(errTime)
	}
	return at, nil
}

package connections

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"nango-tui/nango"
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
	secret, optional   bool
	// declared fields are only asked for if the provider declares them.
	declared bool
	max      int
	check    func(string) error
}

// importMode is an auth mode that can be imported.
type importMode struct {
	fields []credentialField
	// credentials builds the credentials from the values typed, which have been checked.
	credentials func(typed) nango.Credentials
	// config are the connection config keys that the credentials require.
	config []string
}

// typed returns the text typed into the field of a credential.
type typed func(name string) string

func (v typed) secret(name string) nango.Secret { return nango.Secret(v(name)) }

// expiry is zero if unknown.
func (v typed) expiry() time.Time {
	at, _ := parseExpiry(v(expiry.name)) // the field has checked it
	return at
}

// importModes are all of them. It is never written. Connections with other auth modes need a connect link.
var importModes = map[string]importMode{
	"OAUTH2": {fields: append([]credentialField{
		{name: "access_token", title: labelAccessToken, secret: true, max: maxUnknown},
		{name: "refresh_token", title: labelRefreshToken, about: aboutRefreshToken, secret: true, optional: true, max: maxUnknown},
		expiry,
	}, ownApp...), credentials: func(v typed) nango.Credentials {
		return nango.OAuth2Credentials{
			AccessToken: v.secret("access_token"), RefreshToken: v.secret("refresh_token"), ExpiresAt: v.expiry(), Override: appOf(v),
		}
	}},
	"OAUTH2_CC": {fields: []credentialField{
		{name: "token", title: labelToken, about: aboutToken, secret: true, max: maxToken},
		{name: "client_id", title: labelClientID, max: maxName},
		{name: "client_secret", title: labelClientSecret, secret: true, max: maxSecret},
		{name: "client_certificate", title: labelClientCertificate, secret: true, optional: true, declared: true, max: maxPEM},
		{name: "client_private_key", title: labelClientPrivateKey, secret: true, optional: true, declared: true, max: maxPEM},
		expiry,
	}, credentials: func(v typed) nango.Credentials {
		return nango.OAuth2ClientCredentials{
			Token: v.secret("token"), ClientID: v("client_id"), ClientSecret: v.secret("client_secret"),
			ClientCertificate: v.secret("client_certificate"), ClientPrivateKey: v.secret("client_private_key"), ExpiresAt: v.expiry(),
		}
	}},
	"OAUTH1": {fields: []credentialField{
		{name: "oauth_token", title: labelToken, secret: true, max: maxSecret},
		{name: "oauth_token_secret", title: labelTokenSecret, secret: true, max: maxSecret},
	}, credentials: func(v typed) nango.Credentials {
		return nango.OAuth1Credentials{Token: v.secret("oauth_token"), TokenSecret: v.secret("oauth_token_secret")}
	}},
	"API_KEY": {fields: []credentialField{
		{name: "apiKey", title: labelAPIKey, secret: true, max: maxKey},
	}, credentials: func(v typed) nango.Credentials { return nango.APIKeyCredentials{APIKey: v.secret("apiKey")} }},
	"BASIC": {fields: []credentialField{
		{name: "username", title: labelUserName, optional: true, max: maxKey},
		{name: "password", title: labelPassword, secret: true, optional: true, max: maxKey},
	}, credentials: func(v typed) nango.Credentials {
		return nango.BasicCredentials{Username: v("username"), Password: v.secret("password")}
	}},
	"TBA": {fields: append([]credentialField{
		{name: "token_id", title: labelTokenID, secret: true, max: maxSecret},
		{name: "token_secret", title: labelTokenSecret, secret: true, max: maxSecret},
	}, ownApp...), credentials: func(v typed) nango.Credentials {
		return nango.TBACredentials{TokenID: v.secret("token_id"), TokenSecret: v.secret("token_secret"), Override: appOf(v)}
	}, config: []string{"accountId"}},
	"APP": {fields: installation, credentials: func(v typed) nango.Credentials {
		return nango.AppCredentials{AppID: v("app_id"), InstallationID: v("installation_id")}
	}},
	"CUSTOM": {fields: installation, credentials: func(v typed) nango.Credentials {
		return nango.CustomCredentials{AppID: v("app_id"), InstallationID: v("installation_id")}
	}},
	"NONE": {credentials: func(typed) nango.Credentials { return nango.NoCredentials{} }},
}

var (
	expiry = credentialField{name: "expires_at", title: labelExpires, optional: true, check: checkExpiry, about: aboutExpires}
	ownApp = []credentialField{
		{name: "client_id", title: labelOwnClientID, optional: true, max: maxName, about: aboutOwnClientID},
		{name: "client_secret", title: labelOwnClientSecret, secret: true, optional: true, max: maxSecret},
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

// appOf is the customer's own app, or nil.
func appOf(v typed) *nango.AppOverride {
	app := nango.AppOverride{ClientID: v("client_id"), ClientSecret: v.secret("client_secret")}
	if app == (nango.AppOverride{}) {
		return nil
	}
	return &app
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

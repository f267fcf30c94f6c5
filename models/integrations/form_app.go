package integrations

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of an app's credentials, by Nango's names.
const (
	fieldClientID      = "client_id"
	fieldClientSecret  = "client_secret"
	fieldScopes        = "scopes"
	fieldWebhookSecret = "webhook_secret"
	fieldAppID         = "app_id"
	fieldAppLink       = "app_link"
	fieldPrivateKey    = "private_key"
)

// Auth modes whose integrations have an app. The others have no credentials (Nango's reference).
const (
	modeOAuth1 = "OAUTH1"
	modeOAuth2 = "OAUTH2"
	modeTBA    = "TBA"
	modeGitHub = "APP"
	modeCustom = "CUSTOM"
)

func hasApp(mode string) bool {
	return slices.Contains([]string{modeOAuth1, modeOAuth2, modeTBA, modeGitHub, modeCustom}, mode)
}

// hasScopes reports whether a mode's credentials have scopes and a webhook secret.
func hasScopes(mode string) bool {
	return slices.Contains([]string{modeOAuth1, modeOAuth2, modeTBA}, mode)
}

// appFields returns the fields of an app's credentials, without scopes and webhook secret, shown under a condition. TBA
// integrations don't need an app, because customers can have one.
func appFields(mode string, required bool, when func(form.Values) bool) []form.Field {
	var fields []form.Field
	add := func(id string, kind form.Kind, title, about string, check func(string) error) {
		fields = append(fields, form.Field{ID: id, Kind: kind, Title: title, About: about, Check: check, ShowIf: when})
	}
	if hasScopes(mode) || mode == modeCustom {
		add(fieldClientID, form.Text, titleClientID, aboutClientID, checkText(required, nameClientID, nameLength))
		add(fieldClientSecret, form.Secret, screen.TextClientSecret, aboutHidden, checkText(required, nameClientSecret, form.MaxBytes))
	}
	if mode == modeGitHub || mode == modeCustom {
		add(fieldAppID, form.Text, titleAppID, aboutAppID, checkText(required, nameAppID, nameLength))
		add(fieldAppLink, form.Text, titleAppLink, aboutAppLink, checkText(required, nameAppLink, nameLength))
		add(fieldPrivateKey, form.Secret, titlePrivateKey, aboutPrivateKey, checkPrivateKey)
	}
	return fields
}

// checkText returns a check of a value of one line.
func checkText(required bool, what string, most int) func(string) error {
	return func(value string) error {
		if value == "" && required {
			return fmt.Errorf(errMissing, what)
		}
		return checkValue(what, value, most)
	}
}

func checkValue(what, value string, most int) error {
	switch length := len(utf16.Encode([]rune(value))); {
	case strings.TrimSpace(value) != value:
		return fmt.Errorf(errSpace, what)
	case strings.Contains(value, "\n"):
		return fmt.Errorf(errLineBreak, what)
	case length > most:
		return fmt.Errorf(errTooLong, what, length, most)
	}
	return nil
}

func scopesField(value, about string, when func(form.Values) bool) form.Field {
	return form.Field{ID: fieldScopes, Title: titleScopes, Value: strings.ReplaceAll(value, ",", ", "), Check: checkScopes, ShowIf: when,
		About: fmt.Sprintf(aboutCommas, about)}
}

const scopeCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:/_.*-"

// checkScopes checks a list of scopes as Nango does.
func checkScopes(text string) error {
	scopes := joinedScopes(text)
	if scopes == "" {
		return nil
	}
	for scope := range strings.SplitSeq(scopes, ",") {
		bad := strings.IndexFunc(scope, func(r rune) bool { return !strings.ContainsRune(scopeCharacters, r) })
		switch {
		case scope == "":
			return errors.New(errEmptyScope)
		case bad >= 0 && strings.Contains(scope, " "):
			return fmt.Errorf(errScopeSpaces, scope)
		case bad >= 0:
			return fmt.Errorf(errScopeCharacter, scope, []rune(scope[bad:])[0])
		}
	}
	return nil
}

// joinedScopes returns the list to send, without spaces around the scopes.
func joinedScopes(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, ",")
}

// credentialsFrom returns the credentials of a form. Nil scopes and webhook secret are kept.
func credentialsFrom(mode string, v form.Values, scopes *string, webhook *nango.Secret) nango.IntegrationCredentials {
	github := nango.GitHubApp{AppID: v[fieldAppID], AppLink: v[fieldAppLink], PrivateKey: nango.Secret(privateKey(v[fieldPrivateKey]))}
	switch mode {
	case modeGitHub:
		return github
	case modeCustom:
		return nango.GitHubOAuthApp{GitHubApp: github, ClientID: v[fieldClientID], ClientSecret: nango.Secret(v[fieldClientSecret])}
	}
	return nango.OAuthApp{
		Type: mode, ClientID: v[fieldClientID], ClientSecret: nango.Secret(v[fieldClientSecret]), Scopes: scopes, WebhookSecret: webhook,
	}
}

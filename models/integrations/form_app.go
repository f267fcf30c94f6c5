package integrations

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of an app's credentials, by the names that Nango has for them.
const (
	fieldClientID      = "client_id"
	fieldClientSecret  = "client_secret"
	fieldScopes        = "scopes"
	fieldWebhookSecret = "webhook_secret"
	fieldAppID         = "app_id"
	fieldAppLink       = "app_link"
	fieldPrivateKey    = "private_key"
)

// Auth modes whose integrations have an app. Every other takes no credentials (Nango's reference).
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

// hasScopes says that scopes and a webhook secret are part of the mode's credentials.
func hasScopes(mode string) bool {
	return slices.Contains([]string{modeOAuth1, modeOAuth2, modeTBA}, mode)
}

// appFields are the fields of an app's credentials by the auth mode, without scopes and webhook secret. They are there when
// the condition says so. An integration of TBA may be made without an app, since a customer may bring one.
func appFields(mode string, required bool, when func(form.Values) bool) []form.Field {
	var fields []form.Field
	optional := ""
	if !required {
		optional = " (optional)"
	}
	add := func(id string, kind form.Kind, title, about string, check func(string) error) {
		fields = append(fields, form.Field{ID: id, Kind: kind, Title: title, About: about, Check: check, ShowIf: when})
	}
	if hasScopes(mode) || mode == modeCustom {
		add(fieldClientID, form.Text, "Client id"+optional, "Of the app at the provider.", given(required, "the client id", nameLength))
		add(fieldClientSecret, form.Secret, "Client secret"+optional, "It is not drawn.", given(required, "the client secret", form.MaxBytes))
	}
	if mode == modeGitHub || mode == modeCustom {
		add(fieldAppID, form.Text, "App id"+optional, "A number, from the settings of the GitHub App.", given(required, "the app id", nameLength))
		add(fieldAppLink, form.Text, "App link"+optional, "https://github.com/apps/… : where customers install it.", given(required, "the app link", nameLength))
		add(fieldPrivateKey, form.Secret, "Private key", "Paste the whole file, from "+pemBegin+" to its last line. It is not drawn; white space at its ends is left out.", checkPrivateKey)
	}
	return fields
}

// given judges a value of one line, which may have to be there.
func given(required bool, what string, most int) func(string) error {
	return func(value string) error {
		if value == "" && required {
			return errors.New(what + " is missing")
		}
		return checkValue(what, value, most)
	}
}

// checkValue judges a value of one line that is sent as it is.
func checkValue(what, value string, most int) error {
	switch length := len(utf16.Encode([]rune(value))); {
	case strings.TrimSpace(value) != value:
		return errors.New(what + " begins or ends with white space")
	case strings.Contains(value, "\n"):
		return errors.New(what + " holds a line break")
	case length > most:
		return fmt.Errorf("%s has %d characters; %d are allowed", what, length, most)
	}
	return nil
}

// scopesField is the list of scopes.
func scopesField(value, about string, when func(form.Values) bool) form.Field {
	return form.Field{ID: fieldScopes, Title: "Scopes", Value: strings.ReplaceAll(value, ",", ", "), Check: checkScopes, ShowIf: when,
		About: "With commas. " + about}
}

const scopeCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:/_.*-"

// checkScopes judges a list of scopes by what Nango takes.
func checkScopes(text string) error {
	scopes := joinedScopes(text)
	if scopes == "" {
		return nil
	}
	for scope := range strings.SplitSeq(scopes, ",") {
		bad := strings.IndexFunc(scope, func(r rune) bool { return !strings.ContainsRune(scopeCharacters, r) })
		switch {
		case scope == "":
			return errors.New("there is a comma with no scope beside it")
		case bad >= 0 && strings.Contains(scope, " "):
			return fmt.Errorf("%q: scopes are separated by commas, not by spaces", scope)
		case bad >= 0:
			return fmt.Errorf("%q holds %q, which Nango refuses", scope, []rune(scope[bad:])[0])
		}
	}
	return nil
}

// joinedScopes is the list as it is sent: without white space around the scopes.
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

// credentialsTyped are the credentials of the form. Scopes and webhook secret of OAuth are nil where they stay.
func credentialsTyped(mode string, v form.Values, scopes *string, webhook *nango.Secret) nango.IntegrationCredentials {
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

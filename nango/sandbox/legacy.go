package sandbox

import (
	"net/http"

	"nango-tui/nango/sandbox/js"
)

// legacyField is what the deprecated import wants for an auth mode, and how it says that it is
// missing.
type legacyField struct{ name, code string }

// legacyImports has the fields of POST /connection by auth mode, in the order of its checks, with
// the names that the new import gives them.
var legacyImports = map[string]struct {
	wants []legacyField
	names map[string]string
}{
	"API_KEY": {[]legacyField{{"api_key", "missing_api_key"}}, map[string]string{"api_key": "apiKey"}},
	"BASIC": {[]legacyField{{"username", "missing_basic_username"}, {"password", "missing_basic_password"}},
		map[string]string{"username": "username", "password": "password"}},
	"OAUTH1": {[]legacyField{{"oauth_token", "missing_oauth_token"}, {"oauth_token_secret", "missing_oauth_token_secret"}},
		map[string]string{"oauth_token": "oauth_token", "oauth_token_secret": "oauth_token_secret"}},
	"OAUTH2": {nil, map[string]string{"access_token": "access_token", "refresh_token": "refresh_token"}},
	"OAUTH2_CC": {[]legacyField{{"access_token", "missing_access_token"}},
		map[string]string{"access_token": "token", "client_id": "client_id", "client_secret": "client_secret"}},
	"APP": {[]legacyField{{"app_id", "missing_app_id"}, {"installation_id", "missing_installation_id"}},
		map[string]string{"app_id": "app_id", "installation_id": "installation_id"}},
	"TBA": {[]legacyField{{"token_id", "missing_token_id"}, {"token_secret", "missing_token_secret"}},
		map[string]string{"token_id": "token_id", "token_secret": "token_secret"}},
	"NONE": {},
}

// postConnection is the deprecated POST /connection: a flat body, which comes back as it was sent,
// secrets and all.
func postConnection(c *call) answer {
	body, ok := c.body.(*js.Object)
	if !ok {
		return c.crashLocked()
	}
	key := body.Str("provider_config_key")
	if key == "" {
		return missingParam("missing_provider_config", "provider_config_key")
	}
	i := c.env.integration(key)
	if i == nil {
		return legacyFailure(http.StatusBadRequest, "unknown_provider_config", "There is no provider configuration matching this key.", nil)
	}
	form, ok := legacyImports[i.provider.AuthMode]
	if !ok {
		return legacyFailure(http.StatusBadRequest, "invalid_auth_mode", "The auth mode of this integration cannot be imported.", nil)
	}
	if refused := c.legacyRefusal(i, form.wants, body); refused != nil {
		return *refused
	}
	typed := js.NewObject("type", i.provider.AuthMode)
	for _, name := range body.Keys() {
		if to, ok := form.names[name]; ok {
			typed.Set(to, body.Get(name))
		}
	}
	if expires, ok := parseDate(body.Get("expires_at")); ok {
		typed.Set("expires_at", isoZ(expires))
	}
	c.importLegacy(i, body, typed)
	return jsonAnswer(http.StatusCreated, body)
}

func (c *call) legacyRefusal(i *integration, wants []legacyField, body *js.Object) *answer {
	for _, want := range wants {
		if !body.Has(want.name) {
			a := missingParam(want.code, want.name)
			return &a
		}
	}
	if i.provider.AuthMode != "OAUTH2" {
		return nil
	}
	if !body.Has("access_token") {
		a := c.crashLocked() // the server reads the type of credentials that are not there
		return &a
	}
	if !body.Has("expires_at") && !body.Has("expires_in") && body.Get("no_expiration") != true {
		a := legacyFailure(http.StatusBadRequest, "missing_expires_at", "Importing an OAuth2 token requires the 'expires_at' parameter. "+
			"If the token doesn't expire pass in the 'no_expiration' parameter", nil)
		return &a
	}
	return nil
}

func (c *call) importLegacy(i *integration, body, typed *js.Object) {
	conn := c.env.upsert(i, body.Str("connection_id"), timestampMs(c.now()))
	body.Set("connection_id", conn.connectionID)
	conn.credentials = c.env.importedCredentials(i, typed, conn.updated)
	config := body.Obj("connection_config")
	if config == nil {
		config = js.NewObject()
	}
	conn.config = js.JSONB(withAppCredentials(i, config.Clone()))
	conn.metadata = jsonbOr(body.Obj("metadata"), "{}")
	conn.webhookURL = body.Str("webhook_url_override")
	conn.tags = "{}"
}

func missingParam(code, name string) answer {
	return legacyFailure(http.StatusBadRequest, code, "Missing param '"+name+"'.", nil)
}

package sandbox

import (
	"net/http"
	"slices"

	"nango-tui/nango/sandbox/js"
)

// legacyField is a field of the deprecated import: its name there, its name in the new import, and the error code if it is
// missing, "" if it is optional.
type legacyField struct{ name, stored, missing string }

// legacyImports has the fields of POST /connection by auth mode, in the order in which they are checked.
var legacyImports = map[string][]legacyField{
	"API_KEY": {{"api_key", "apiKey", "missing_api_key"}},
	"BASIC":   {{"username", "username", "missing_basic_username"}, {"password", "password", "missing_basic_password"}},
	"OAUTH1": {{"oauth_token", "oauth_token", "missing_oauth_token"},
		{"oauth_token_secret", "oauth_token_secret", "missing_oauth_token_secret"}},
	"OAUTH2":    {{"access_token", "access_token", ""}, {"refresh_token", "refresh_token", ""}},
	"OAUTH2_CC": {{"access_token", "token", "missing_access_token"}, {"client_id", "client_id", ""}, {"client_secret", "client_secret", ""}},
	"APP":       {{"app_id", "app_id", "missing_app_id"}, {"installation_id", "installation_id", "missing_installation_id"}},
	"TBA":       {{"token_id", "token_id", "missing_token_id"}, {"token_secret", "token_secret", "missing_token_secret"}},
	"NONE":      {},
}

// postConnection is the deprecated POST /connection: a flat body, which is also the answer, secrets included.
func postConnection(c *call) answer {
	body, ok := c.body.(*js.Object)
	if !ok {
		return c.crash()
	}
	key := body.Str("provider_config_key")
	if key == "" {
		return missingParam("missing_provider_config", "provider_config_key")
	}
	i := require(c.env.integration(key), legacyFailure(http.StatusBadRequest, "unknown_provider_config", noProviderConfig, nil))
	fields, ok := legacyImports[i.provider.AuthMode]
	if !ok {
		return legacyFailure(http.StatusBadRequest, "invalid_auth_mode", "The auth mode of this integration cannot be imported.", nil)
	}
	for _, field := range fields {
		if field.missing != "" && !body.Has(field.name) {
			return missingParam(field.missing, field.name)
		}
	}
	if i.provider.AuthMode == "OAUTH2" {
		c.checkLegacyOAuth(body)
	}
	credentials := js.NewObject("type", i.provider.AuthMode)
	for name, v := range body.All() {
		if at := slices.IndexFunc(fields, func(f legacyField) bool { return f.name == name }); at >= 0 {
			credentials.Set(fields[at].stored, v)
		}
	}
	if expires, ok := parseDate(body.Get("expires_at")); ok {
		credentials.Set("expires_at", isoZ(expires))
	}
	conn := c.env.upsert(i, body.Str("connection_id"), c.timestamp())
	body.Set("connection_id", conn.connectionID)
	conn.credentials = c.env.importedCredentials(i, credentials, conn.updated)
	conn.importFields(body, body.ObjOrNew("connection_config").Clone())
	conn.tags = "{}"
	c.env.logCreated(conn, nil, importedAuth, conn.updated)
	return jsonAnswer(http.StatusCreated, body)
}

func (c *call) checkLegacyOAuth(body *js.Object) {
	if !body.Has("access_token") {
		stop(c.crash()) // the server reads the type of missing credentials
	}
	if !body.Has("expires_at") && !body.Has("expires_in") && body.Get("no_expiration") != true {
		stop(legacyFailure(http.StatusBadRequest, "missing_expires_at", "Importing an OAuth2 token requires the 'expires_at' parameter. "+
			"If the token doesn't expire pass in the 'no_expiration' parameter", nil))
	}
}

func missingParam(code, name string) answer {
	return legacyFailure(http.StatusBadRequest, code, "Missing param '"+name+"'.", nil)
}

package sandbox

import (
	"fmt"
	"net/http"
	"strings"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxToken  = 65_536 // of an imported access token; the server's own bound is larger still
	maxSecret = 2_048
	maxPEM    = 10_000
)

// importable are the credentials that POST /connections takes; the other auth modes only come by
// a connect session.
var importable = map[string]zod.Rule{
	"OAUTH2": credentialShape(zod.Key("access_token", zod.String(zod.Min(1), zod.Max(maxToken))),
		zod.Key("refresh_token", zod.Optional(zod.String(zod.Min(1), zod.Max(maxToken)))),
		zod.Key("expires_at", zod.Optional(dateRule)),
		zod.Key("config_override", zod.Optional(clientOverride))),
	"OAUTH2_CC": credentialShape(zod.Key("token", zod.String(zod.Min(1), zod.Max(4096))),
		zod.Key("client_id", nameRule),
		zod.Key("client_secret", zod.String(zod.Min(1), zod.Max(maxSecret))),
		zod.Key("client_certificate", zod.Optional(zod.String(zod.Max(maxPEM)))),
		zod.Key("client_private_key", zod.Optional(zod.String(zod.Max(maxPEM)))),
		zod.Key("expires_at", zod.Optional(dateRule))),
	"OAUTH1": credentialShape(zod.Key("oauth_token", zod.String(zod.Min(1), zod.Max(maxSecret))),
		zod.Key("oauth_token_secret", zod.String(zod.Min(1), zod.Max(maxSecret)))),
	"API_KEY": credentialShape(zod.Key("apiKey", zod.String(zod.Min(1), zod.Max(1024)))),
	"BASIC": credentialShape(zod.Key("username", zod.String(zod.Max(1024))),
		zod.Key("password", zod.String(zod.Max(1024)))),
	"TBA": credentialShape(zod.Key("token_id", zod.String(zod.Min(1))),
		zod.Key("token_secret", zod.String(zod.Min(1))),
		zod.Key("config_override", zod.Optional(clientOverride))),
	"APP":    installation,
	"CUSTOM": installation,
	"NONE":   credentialShape(),
}

var clientOverride = zod.Object(
	zod.Key("client_id", zod.Optional(nameRule)),
	zod.Key("client_secret", zod.Optional(zod.String(zod.Min(1), zod.Max(maxSecret)))),
)

func credentialShape(fields ...zod.Field) zod.Rule {
	return zod.Object(append([]zod.Field{zod.Key("type", zod.String())}, fields...)...)
}

var installation = credentialShape(zod.Key("app_id", nameRule), zod.Key("installation_id", nameRule))

var importBody = zod.Object(
	zod.Key("provider_config_key", integrationRule),
	zod.Key("metadata", zod.Optional(anyRecord)),
	zod.Key("connection_config", zod.Optional(zod.LooseObject(zod.Key("oauth_scopes_override", zod.Optional(zod.Array(zod.String())))))),
	zod.Key("connection_id", zod.Optional(nameRule)),
	zod.Key("credentials", zod.ByType("Invalid input", importable)),
	zod.Key("end_user", zod.Optional(endUserRule)),
	zod.Key("tags", zod.Optional(tagsRule)),
	zod.Key("webhook_url_override", zod.Optional(webhookURLRule)),
)

// postConnections is POST /connections: it imports a connection, and overwrites one that is there
// already. The id is not held against the pattern here, so that it takes ids which every other
// operation refuses.
func postConnections(c *call) answer {
	c.validQuery()
	body := c.validBody(importBody)
	i := c.env.integration(body.Str("provider_config_key"))
	if i == nil {
		return failure(http.StatusNotFound, "not_found", "Integration does not exist")
	}
	typed := body.Obj("credentials")
	if kind := typed.Str("type"); kind != i.provider.AuthMode {
		return failure(http.StatusBadRequest, "invalid_body", fmt.Sprintf("Provider %s does not support %s auth", i.provider.AuthMode, kind))
	}
	config := body.Obj("connection_config")
	if config == nil {
		config = js.NewObject()
	}
	if kind := i.provider.AuthMode; kind == "TBA" && config.Str("accountId") == "" {
		return failure(http.StatusBadRequest, "invalid_body", "Missing accountId in connection_config. This is required to create a TBA connection.")
	}
	if !i.provider.Accepts(typed, config) {
		return failure(http.StatusBadRequest, "connection_test_failed", keyTestFailed)
	}
	conn := c.env.upsert(i, body.Str("connection_id"), timestampMs(c.now()))
	conn.credentials = c.env.importedCredentials(i, typed, timestampMs(c.now()))
	conn.metadata = jsonbOr(body.Obj("metadata"), "{}")
	conn.config = js.JSONB(withAppCredentials(i, config))
	conn.webhookURL = body.Str("webhook_url_override")
	c.env.setEndUserAndTags(conn, body)
	return jsonText(http.StatusCreated, appendFull(nil, conn, conn.credentials, isoZ, true))
}

func jsonbOr(o *js.Object, otherwise string) string {
	if o == nil {
		return otherwise
	}
	return js.JSONB(o)
}

// withAppCredentials copies the app's client into a TBA connection's config, as the server does.
func withAppCredentials(i *integration, config *js.Object) *js.Object {
	if i.provider.AuthMode == "TBA" && i.credentials != nil {
		config.Set("oauth_client_id", i.credentials.Str("client_id"))
		config.Set("oauth_client_secret", i.credentials.Str("client_secret"))
	}
	return config
}

// imported are credentials as they are kept after an import: OAuth keeps a copy under raw, an app
// gets its token at once, NONE has none.
func (env *environment) importedCredentials(i *integration, typed *js.Object, now timestamp) *js.Object {
	switch typed.Str("type") {
	case "NONE":
		return js.NewObject()
	case "OAUTH1", "OAUTH2", "OAUTH2_CC":
		kept := typed.Clone()
		kept.Set("raw", typed.Clone())
		return kept
	case "APP", "CUSTOM":
		return appGrant(grant{rng: env.rng, now: now.time(), i: i})
	case "TBA":
		if !typed.Has("config_override") {
			typed.Set("config_override", js.NewObject())
		}
	}
	return typed
}

// upsert finds the connection or makes it, with new credentials as of now: an auth error is over,
// a sync error is not. An empty id asks for a new one.
func (env *environment) upsert(i *integration, id string, now timestamp) *connection {
	if id == "" {
		id = fake.UUID(env.rng)
	}
	conn := i.connections[id]
	if conn == nil {
		conn = &connection{connectionID: id, integration: i, created: now, tags: "{}", metadata: "{}", config: "{}"}
		if i.provider.AuthMode != "NONE" {
			conn.lastFetched = now
		}
		env.addConnection(conn)
	}
	conn.updated = now
	conn.authErrorLog, conn.refreshFails, conn.lastRefreshFailure = "", false, 0
	return conn
}

// identify sets end user and tags. The fields of an end user become tags as well, and explicit
// tags win; an end user that is not sent stays, tags that are not sent are gone.
func (env *environment) setEndUserAndTags(conn *connection, body *js.Object) {
	if sent := body.Obj("end_user"); sent != nil {
		conn.endUser = env.rememberEndUser(sent, body.Obj("organization"))
	}
	conn.tags = js.JSONB(tagsOf(body))
}

func tagsOf(body *js.Object) *js.Object {
	tags := js.NewObject()
	put := func(o *js.Object, key, tag string) {
		if o != nil && o.Str(key) != "" {
			tags.Set(tag, o.Str(key))
		}
	}
	if user := body.Obj("end_user"); user != nil {
		put(user, "id", "end_user_id")
		put(user, "email", "end_user_email")
		put(user, "display_name", "end_user_display_name")
		if extra := user.Obj("tags"); extra != nil {
			for _, k := range extra.Keys() {
				put(extra, k, strings.ToLower(k))
			}
		}
	}
	put(body.Obj("organization"), "id", "organization_id")
	put(body.Obj("organization"), "display_name", "organization_display_name")
	if sent := body.Obj("tags"); sent != nil {
		for _, k := range sent.Keys() {
			put(sent, k, k)
		}
	}
	return tags
}

// rememberEndUser updates the end user of that id, for all connections that have it.
func (env *environment) rememberEndUser(user, organization *js.Object) *endUser {
	u := env.endUsers[user.Str("id")]
	if u == nil {
		u = &endUser{id: user.Str("id")}
		env.endUsers[u.id] = u
	}
	u.email, u.name = user.Str("email"), user.Str("display_name")
	u.tags = jsonbOr(user.Obj("tags"), "")
	if organization != nil {
		u.orgID, u.orgName = organization.Str("id"), organization.Str("display_name")
	}
	return u
}

var patchBody = zod.Object(
	zod.Key("end_user", zod.Optional(endUserRule)),
	zod.Key("tags", zod.Optional(tagsRule)),
	zod.Key("webhook_url_override", zod.Optional(webhookURLRule)),
)

// patchConnection is PATCH /connections/{id}: tags as a whole, the webhook override, the end user.
func patchConnection(c *call) answer {
	q := c.validQuery(zod.Key("provider_config_key", integrationRule))
	id := c.validParam("connectionId", connectionIDRule)
	body := c.validBody(patchBody)
	if c.env.integration(q.Str("provider_config_key")) == nil {
		return failure(http.StatusBadRequest, "unknown_provider_config", unknownProvider)
	}
	conn := c.env.connection(q.Str("provider_config_key"), id)
	if conn == nil {
		return failure(http.StatusNotFound, "not_found", "Failed to find connection")
	}
	if body.Has("end_user") || body.Has("tags") {
		c.env.setEndUserAndTags(conn, body)
	}
	if body.Has("webhook_url_override") {
		conn.webhookURL = body.Str("webhook_url_override")
	}
	return success()
}

func success() answer { return jsonText(http.StatusOK, []byte(`{"success":true}`)) }

// deleteConnection is DELETE /connections/{id} and /connection/{id}. An unknown integration is an
// unknown connection here, and 400.
func deleteConnection(c *call) answer {
	q := c.validQuery(zod.Key("provider_config_key", integrationRule))
	id := c.validParam("connectionId", connectionIDRule)
	conn := c.env.connection(q.Str("provider_config_key"), id)
	if conn == nil {
		return failure(http.StatusBadRequest, "unknown_connection", "")
	}
	c.env.removeConnection(conn)
	return success()
}

package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxToken  = 65_536 // of an imported access token; the server's limit is larger
	maxSecret = 2_048
	maxPEM    = 10_000
)

// importRules are the credentials that POST /connections accepts, by auth mode. The other modes need a connect session.
var importRules = map[string]zod.Rule{
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
	zod.Key("connection_config", zod.Optional(zod.LooseObject(
		zod.Key("oauth_scopes_override", zod.Optional(zod.Array(zod.String())))))),
	zod.Key("connection_id", zod.Optional(nameRule)),
	zod.Key("credentials", zod.ByType("Invalid input", importRules)),
	zod.Key("end_user", zod.Optional(endUserRule)),
	zod.Key("tags", zod.Optional(tagsRule)),
	zod.Key("webhook_url_override", zod.Optional(webhookURLRule)),
)

// postConnections is POST /connections: it imports a connection, and overwrites an existing one. It doesn't check the id
// against the pattern, so it accepts ids that every other operation rejects.
func postConnections(c *call) answer {
	body := c.validBody(importBody)
	i := require(c.env.integration(body.Str("provider_config_key")), failure(http.StatusNotFound, "not_found", "Integration does not exist"))
	credentials, config := body.Obj("credentials"), body.ObjOrNew("connection_config")
	mode := i.provider.AuthMode
	switch kind := credentials.Str("type"); {
	case kind != mode:
		return failure(http.StatusBadRequest, "invalid_body", fmt.Sprintf("Provider %s does not support %s auth", mode, kind))
	case mode == "TBA" && config.Str("accountId") == "":
		return failure(http.StatusBadRequest, "invalid_body",
			"Missing accountId in connection_config. This is required to create a TBA connection.")
	case !i.provider.Accepts(credentials, config):
		c.env.logRefused(i, nil, importedAuth, c.timestamp())
		return failure(http.StatusBadRequest, "connection_test_failed", credentialsInvalid)
	}
	conn := c.env.upsert(i, body.Str("connection_id"), c.timestamp())
	conn.credentials = c.env.importedCredentials(i, credentials, conn.updated)
	conn.importFields(body, config)
	c.env.setEndUserAndTags(conn, body)
	c.env.logCreated(conn, nil, importedAuth, conn.updated)
	return jsonAnswer(http.StatusCreated, conn.full(conn.credentials, isoZ, true))
}

// importFields sets what both imports have in common.
func (conn *connection) importFields(body, config *js.Object) {
	conn.metadata = jsonbOr(body.Obj("metadata"), "{}")
	conn.config = js.JSONB(withAppCredentials(conn.integration, config))
	conn.webhookURL = body.Str("webhook_url_override")
}
func jsonbOr(o *js.Object, otherwise string) string {
	if o == nil {
		return otherwise
	}
	return js.JSONB(o)
}

// withAppCredentials adds the app's client to a TBA connection's config, as the server does.
func withAppCredentials(i *integration, config *js.Object) *js.Object {
	if i.provider.AuthMode == "TBA" && i.credentials != nil {
		config.Set("oauth_client_id", i.credentials.Str("client_id"))
		config.Set("oauth_client_secret", i.credentials.Str("client_secret"))
	}
	return config
}

// importedCredentials returns credentials as they are stored after an import: OAuth has a copy under raw, an app gets its
// token at once, NONE has none.
func (env *environment) importedCredentials(i *integration, sent *js.Object, now timestamp) *js.Object {
	switch sent.Str("type") {
	case "NONE":
		return js.NewObject()
	case "OAUTH1", "OAUTH2", "OAUTH2_CC":
		stored := sent.Clone()
		stored.Set("raw", sent.Clone())
		return stored
	case "APP", "CUSTOM":
		return appGrant(grant{rng: env.rng, now: now.time(), i: i})
	case "TBA":
		sent.Set("config_override", sent.ObjOrNew("config_override"))
	}
	return sent
}

// upsert finds or creates a connection, for new credentials: an auth error ends, a sync error does not. An empty id is
// made up.
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
	conn.heal()
	return conn
}

// setEndUserAndTags sets the end user and replaces the tags. A body without end_user keeps the old end user.
func (env *environment) setEndUserAndTags(conn *connection, body *js.Object) {
	if sent := body.Obj("end_user"); sent != nil {
		conn.endUser = env.updateEndUser(sent, body.Obj("organization"))
	}
	conn.tags = js.JSONB(tagsOf(body))
}

// tagsOf returns the tags of a body. The fields of the end user become tags too; explicit tags win.
func tagsOf(body *js.Object) *js.Object {
	tags := js.NewObject()
	set := func(tag, value string) {
		if value != "" {
			tags.Set(tag, value)
		}
	}
	user, organization := body.Obj("end_user"), body.Obj("organization")
	set("end_user_id", user.Str("id"))
	set("end_user_email", user.Str("email"))
	set("end_user_display_name", user.Str("display_name"))
	for _, k := range user.Obj("tags").Keys() {
		set(strings.ToLower(k), user.Obj("tags").Str(k))
	}
	set("organization_id", organization.Str("id"))
	set("organization_display_name", organization.Str("display_name"))
	for _, k := range body.Obj("tags").Keys() {
		set(k, body.Obj("tags").Str(k))
	}
	return tags
}

// updateEndUser updates the end user of that id, for all connections that have it.
func (env *environment) updateEndUser(user, organization *js.Object) *endUser {
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

// patchConnection is PATCH /connections/{id}: all tags, the webhook URL, the end user.
func patchConnection(c *call) answer {
	q := c.validQuery(zod.Key("provider_config_key", integrationRule))
	id := c.validParam("connectionId", connectionIDRule)
	body := c.validBody(patchBody)
	conn := c.connectionOf(q, id)
	if body.Has("end_user") || body.Has("tags") {
		c.env.setEndUserAndTags(conn, body)
	}
	if body.Has("webhook_url_override") {
		conn.webhookURL = body.Str("webhook_url_override")
	}
	return success()
}

// deleteConnection is DELETE /connections/{id}. For an unknown integration it answers as for an unknown connection: 400.
func deleteConnection(c *call) answer {
	q := c.validQuery(zod.Key("provider_config_key", integrationRule))
	id := c.validParam("connectionId", connectionIDRule)
	conn := require(c.env.connection(q.Str("provider_config_key"), id), failure(http.StatusBadRequest, "unknown_connection", ""))
	c.env.removeSyncFailures(func(t *syncFailure) bool { return t.conn == conn })
	for _, f := range conn.integration.functions {
		c.env.logEvent(conn, f, "pre-connection-deletion", c.timestamp())
	}
	delete(conn.integration.connections, conn.connectionID)
	c.env.connections = slices.DeleteFunc(c.env.connections, func(x *connection) bool { return x == conn })
	return success()
}

package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

const (
	maxToken  = 65_536 // of an imported access token; the server's own bound is larger still
	maxSecret = 2_048
	maxPEM    = 10_000
)

// importable are the credentials that POST /connections takes; the other auth modes only come by
// a connect session.
var importable = map[string]rule{
	"OAUTH2": credentialShape(field{"access_token", text(atLeast(1), atMost(maxToken))},
		field{"refresh_token", optional(text(atLeast(1), atMost(maxToken)))},
		field{"expires_at", optional(dateRule)},
		field{"config_override", optional(clientOverride)}),
	"OAUTH2_CC": credentialShape(field{"token", text(atLeast(1), atMost(4096))},
		field{"client_id", nameRule},
		field{"client_secret", text(atLeast(1), atMost(maxSecret))},
		field{"client_certificate", optional(text(atMost(maxPEM)))},
		field{"client_private_key", optional(text(atMost(maxPEM)))},
		field{"expires_at", optional(dateRule)}),
	"OAUTH1": credentialShape(field{"oauth_token", text(atLeast(1), atMost(maxSecret))},
		field{"oauth_token_secret", text(atLeast(1), atMost(maxSecret))}),
	"API_KEY": credentialShape(field{"apiKey", text(atLeast(1), atMost(1024))}),
	"BASIC": credentialShape(field{"username", text(atMost(1024))},
		field{"password", text(atMost(1024))}),
	"TBA": credentialShape(field{"token_id", text(atLeast(1))},
		field{"token_secret", text(atLeast(1))},
		field{"config_override", optional(clientOverride)}),
	"APP":    installation,
	"CUSTOM": installation,
	"NONE":   credentialShape(),
}

var clientOverride = shape(
	field{"client_id", optional(nameRule)},
	field{"client_secret", optional(text(atLeast(1), atMost(maxSecret)))},
)

func credentialShape(fields ...field) rule {
	return shape(append([]field{{"type", text()}}, fields...)...)
}

var installation = credentialShape(field{"app_id", nameRule}, field{"installation_id", nameRule})

var importBody = shape(
	field{"provider_config_key", integrationRule},
	field{"metadata", optional(anyRecord)},
	field{"connection_config", optional(loose(field{"oauth_scopes_override", optional(list(text()))}))},
	field{"connection_id", optional(nameRule)},
	field{"credentials", byType("Invalid input", importable)},
	field{"end_user", optional(endUserRule)},
	field{"tags", optional(tagsRule)},
	field{"webhook_url_override", optional(webhookURLRule)},
)

// postConnections is POST /connections: it imports a connection, and overwrites one that is there
// already. The id is not held against the pattern here, so that it takes ids which every other
// operation refuses.
func postConnections(c *call) answer {
	c.validQuery()
	body := c.validBody(importBody)
	i := c.world.integration(body.str("provider_config_key"))
	if i == nil {
		return failure(http.StatusNotFound, "not_found", "Integration does not exist")
	}
	typed := body.obj("credentials")
	if kind := typed.str("type"); kind != i.provider.AuthMode {
		return failure(http.StatusBadRequest, "invalid_body", fmt.Sprintf("Provider %s does not support %s auth", i.provider.AuthMode, kind))
	}
	config := body.obj("connection_config")
	if config == nil {
		config = newObject()
	}
	if kind := i.provider.AuthMode; kind == "TBA" && config.str("accountId") == "" {
		return failure(http.StatusBadRequest, "invalid_body", "Missing accountId in connection_config. This is required to create a TBA connection.")
	}
	if !i.provider.accepts(typed, config) {
		return failure(http.StatusBadRequest, "connection_test_failed", keyTestFailed)
	}
	conn := c.world.upsert(i, body.str("connection_id"), millis(c.now()))
	conn.creds = c.world.imported(i, typed, millis(c.now()))
	conn.metadata = jsonbOr(body.obj("metadata"), "{}")
	conn.config = jsonb(withAppCredentials(i, config))
	conn.override = body.str("webhook_url_override")
	c.world.identify(conn, body)
	return jsonText(http.StatusCreated, appendFull(nil, conn, conn.creds, isoZ, true))
}

func jsonbOr(o *object, otherwise string) string {
	if o == nil {
		return otherwise
	}
	return jsonb(o)
}

// accepts is the provider's test of new credentials. Where a provider has one, it refuses a
// connection without the config that its address needs, and keys that begin with "bad".
func (p *provider) accepts(typed, config *object) bool {
	if len(p.Proxy.Verification) == 0 {
		return true
	}
	for _, name := range p.fields.config {
		if strings.Contains(string(p.Proxy.BaseURL), "${connectionConfig."+name+"}") && !config.has(name) {
			return false
		}
	}
	return !slices.ContainsFunc([]string{"apiKey", "password"}, func(name string) bool {
		return strings.HasPrefix(typed.str(name), "bad")
	})
}

// withAppCredentials copies the app's client into a TBA connection's config, as the server does.
func withAppCredentials(i *integration, config *object) *object {
	if i.provider.AuthMode == "TBA" && i.credentials != nil {
		config.set("oauth_client_id", i.credentials.str("client_id"))
		config.set("oauth_client_secret", i.credentials.str("client_secret"))
	}
	return config
}

// imported are credentials as they are kept after an import: OAuth keeps a copy under raw, an app
// gets its token at once, NONE has none.
func (w *world) imported(i *integration, typed *object, now stamp) *object {
	switch typed.str("type") {
	case "NONE":
		return newObject()
	case "OAUTH1", "OAUTH2", "OAUTH2_CC":
		kept := typed.clone()
		kept.set("raw", typed.clone())
		return kept
	case "APP", "CUSTOM":
		return appGrant(grant{rng: w.rng, now: now.time(), i: i})
	case "TBA":
		if !typed.has("config_override") {
			typed.set("config_override", newObject())
		}
	}
	return typed
}

// upsert finds the connection or makes it, with new credentials as of now: an auth error is over,
// a sync error is not. An empty id asks for a new one.
func (w *world) upsert(i *integration, id string, now stamp) *connection {
	if id == "" {
		id = uuid(w.rng)
	}
	conn := i.byID[id]
	if conn == nil {
		conn = &connection{connectionID: id, integration: i, created: now, tags: "{}", metadata: "{}", config: "{}"}
		if i.provider.AuthMode != "NONE" {
			conn.fetched = now
		}
		w.addConnection(conn)
	}
	conn.updated = now
	conn.authLog, conn.broken, conn.lastFailure = "", false, 0
	return conn
}

// identify sets end user and tags. The fields of an end user become tags as well, and explicit
// tags win; an end user that is not sent stays, tags that are not sent are gone.
func (w *world) identify(conn *connection, body *object) {
	if sent := body.obj("end_user"); sent != nil {
		conn.endUser = w.rememberEndUser(sent, body.obj("organization"))
	}
	conn.tags = jsonb(tagsOf(body))
}

func tagsOf(body *object) *object {
	tags := newObject()
	put := func(o *object, key, tag string) {
		if o != nil && o.str(key) != "" {
			tags.set(tag, o.str(key))
		}
	}
	if user := body.obj("end_user"); user != nil {
		put(user, "id", "end_user_id")
		put(user, "email", "end_user_email")
		put(user, "display_name", "end_user_display_name")
		if extra := user.obj("tags"); extra != nil {
			for _, k := range extra.keys {
				put(extra, k, strings.ToLower(k))
			}
		}
	}
	put(body.obj("organization"), "id", "organization_id")
	put(body.obj("organization"), "display_name", "organization_display_name")
	if sent := body.obj("tags"); sent != nil {
		for _, k := range sent.keys {
			put(sent, k, k)
		}
	}
	return tags
}

// rememberEndUser updates the end user of that id, for all connections that have it.
func (w *world) rememberEndUser(user, organization *object) *endUser {
	u := w.endUsers[user.str("id")]
	if u == nil {
		u = &endUser{id: user.str("id")}
		w.endUsers[u.id] = u
	}
	u.email, u.name = user.str("email"), user.str("display_name")
	u.tags = jsonbOr(user.obj("tags"), "")
	if organization != nil {
		u.orgID, u.orgName = organization.str("id"), organization.str("display_name")
	}
	return u
}

var patchBody = shape(
	field{"end_user", optional(endUserRule)},
	field{"tags", optional(tagsRule)},
	field{"webhook_url_override", optional(webhookURLRule)},
)

// patchConnection is PATCH /connections/{id}: tags as a whole, the webhook override, the end user.
func patchConnection(c *call) answer {
	q := c.validQuery(field{"provider_config_key", integrationRule})
	id := c.validParam("connectionId", connectionIDRule)
	body := c.validBody(patchBody)
	if c.world.integration(q.str("provider_config_key")) == nil {
		return failure(http.StatusBadRequest, "unknown_provider_config", unknownProvider)
	}
	conn := c.world.connection(q.str("provider_config_key"), id)
	if conn == nil {
		return failure(http.StatusNotFound, "not_found", "Failed to find connection")
	}
	if body.has("end_user") || body.has("tags") {
		c.world.identify(conn, body)
	}
	if body.has("webhook_url_override") {
		conn.override = body.str("webhook_url_override")
	}
	return success()
}

func success() answer { return jsonText(http.StatusOK, []byte(`{"success":true}`)) }

// deleteConnection is DELETE /connections/{id} and /connection/{id}. An unknown integration is an
// unknown connection here, and 400.
func deleteConnection(c *call) answer {
	q := c.validQuery(field{"provider_config_key", integrationRule})
	id := c.validParam("connectionId", connectionIDRule)
	conn := c.world.connection(q.str("provider_config_key"), id)
	if conn == nil {
		return failure(http.StatusBadRequest, "unknown_connection", "")
	}
	c.world.removeConnection(conn)
	return success()
}

package sandbox

import (
	"cmp"
	"net/http"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// refreshBackOff is how long a failed refresh is not repeated, and refreshLimit after how long it is given up, unless it is
// forced: Nango tries once a day, and gives up when it failed on four days.
const (
	refreshBackOff = 30 * time.Second
	refreshLimit   = 3 * 24 * time.Hour
)

const (
	refreshFailed         = "The external API returned an error when trying to refresh the access token. Please try again later."
	refreshLimitMessage   = "The refresh limit has been reached for this connection."
	refreshBackOffMessage = "A recent refresh attempt failed. Backing off before retrying."
	credentialsInvalid    = "The given credentials were found to be invalid. Please check the credentials and try again."
)

var connectionFlags = []string{"force_refresh", "refresh_token", "refresh_github_app_jwt_token"}

// getConnection is GET /connections/{id}. With a key that may read credentials it updates last_fetched_at and refreshes a
// token that expires soon. With another key it changes nothing and returns no credentials.
func getConnection(c *call) answer {
	q := c.validQuery(
		zod.Key("provider_config_key", integrationRule),
		zod.Key("refresh_token", zod.Optional(zod.StringBool)),
		zod.Key("force_refresh", zod.Optional(zod.StringBool)),
		zod.Key("refresh_github_app_jwt_token", zod.Optional(zod.StringBool)),
	)
	id := c.validParam("connectionId", connectionIDRule)
	canRead := c.may(scopeConnections + "read_credentials")
	for _, flag := range connectionFlags {
		if q.Get(flag) == true && !canRead {
			return insufficientScope(scopeConnections + "read_credentials")
		}
	}
	conn := c.connectionOf(q, id)
	if !canRead {
		return jsonAnswer(http.StatusOK, conn.full(js.NewObject(), getTime, false))
	}
	c.refresh(conn, q.Get("force_refresh") == true)
	return jsonAnswer(http.StatusOK, conn.full(c.env.credentialsOf(conn), getTime, q.Get("refresh_token") == true))
}

// connectionOf returns the connection of a query's integration, or ends the request.
func (c *call) connectionOf(q *js.Object, id string) *connection {
	i := require(c.env.integration(q.Str("provider_config_key")),
		failure(http.StatusBadRequest, "unknown_provider_config", "Provider does not exists")) // sic
	return require(i.connections[id], failure(http.StatusNotFound, "not_found", "Failed to find connection"))
}

// full is the whole connection. Refresh tokens are left out unless the request asks for them.
func (conn *connection) full(credentials *js.Object, format func(time.Time) string, refreshTokens bool) *js.Object {
	config := js.MustDecode(conn.config)
	if !refreshTokens {
		credentials, config = withoutRefreshTokens(credentials).(*js.Object), withoutRefreshTokens(config)
	}
	var fetched any
	if conn.lastFetched != 0 {
		fetched = format(conn.lastFetched.time())
	}
	o := conn.head()
	o.Merge(js.NewObject("connection_config", config, "webhook_url_override", stringOrNull(conn.webhookURL),
		"created_at", format(conn.created.time()), "updated_at", format(conn.updated.time()), "last_fetched_at", fetched,
		"credentials", credentials))
	return o
}

// refresh refreshes a token that expires soon, or ends the request. A failure's answer has the connection as it was before
// the attempt, but with the new error, as seen on v0.71.4.
func (c *call) refresh(conn *connection, force bool) {
	now := c.timestamp()
	if !conn.refreshFails {
		conn.lastFetched = now
		if (force || c.env.expiresSoon(conn, c.now())) && c.env.renew(conn, c.now()) {
			conn.updated = now
			conn.authErrorLog = ""
			c.env.logRefreshed(conn, now)
		}
		return
	}
	if message := conn.whyNotRefreshed(now); message != "" && !force {
		a := failedRefresh(http.StatusFailedDependency, message, conn)
		conn.lastFetched = now
		stop(a)
	}
	stop(c.failRefresh(conn, now))
}

// whyNotRefreshed returns why a refresh that fails is not tried again, "" if it is.
func (conn *connection) whyNotRefreshed(now timestamp) string {
	switch {
	case conn.failingSince != 0 && now-conn.failingSince >= timestamp(refreshLimit.Microseconds()):
		return refreshLimitMessage
	case conn.backsOff(now):
		return refreshBackOffMessage
	}
	return ""
}

// backsOff reports whether the last refresh failed a short time ago.
func (conn *connection) backsOff(now timestamp) bool {
	return conn.lastRefreshFailure != 0 && now-conn.lastRefreshFailure < timestamp(refreshBackOff.Microseconds())
}

func (c *call) failRefresh(conn *connection, now timestamp) answer {
	conn.authErrorLog = logID(c.env.rng, now)
	conn.lastRefreshFailure, conn.failingSince = now, cmp.Or(conn.failingSince, now)
	message := refreshFailed
	if !canRefresh(conn.integration.provider.AuthMode) {
		message = credentialsInvalid
	}
	a := failedRefresh(http.StatusBadRequest, message, conn)
	conn.updated, conn.lastFetched = now, now
	c.env.logAuthError(conn)
	failed := js.NewObject("type", "refresh_token_external_error", "description", message)
	c.env.logHook(operation{kind: kindHookRefresh, conn: conn}, nil, authHook(conn, "refresh", failed), now)
	return a
}

// failedRefresh is an error with the whole connection, so that a client can show it.
func failedRefresh(status int, message string, conn *connection) answer {
	payload := js.NewObject("connection", conn.full(js.NewObject(), getTime, false))
	return errorAnswer(status, js.NewObject("code", "invalid_credentials", "message", message, "payload", payload))
}

// expiresSoon reports whether the token expires within refreshAhead.
func (env *environment) expiresSoon(conn *connection, now time.Time) bool {
	if !canRefresh(conn.integration.provider.AuthMode) {
		return false
	}
	expires, err := time.Parse(time.RFC3339Nano, env.credentialsOf(conn).Str("expires_at"))
	return err == nil && now.Add(refreshAhead).After(expires)
}

// renew makes a new token, if the credentials allow that. OAuth needs a refresh token.
func (env *environment) renew(conn *connection, now time.Time) bool {
	old := env.credentialsOf(conn)
	kind := old.Str("type")
	if !canRefresh(kind) || (kind == "OAUTH2" && old.Str("refresh_token") == "") {
		return false
	}
	fresh := makeCredentials[kind](grant{rng: env.rng, now: now, sent: old, i: conn.integration})
	if kept := old.Str("refresh_token"); kept != "" {
		fresh.Set("refresh_token", kept)
		fresh.Obj("raw").Set("refresh_token", kept)
	}
	if kept := old.Obj("config_override"); kept != nil {
		fresh.Set("config_override", kept)
	}
	conn.credentials = fresh
	return true
}

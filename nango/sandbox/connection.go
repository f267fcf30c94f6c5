package sandbox

import (
	"net/http"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// backOff is how long a failed refresh is not tried again, unless it is forced.
const refreshBackOff = 30 * time.Second

const (
	refreshFailed         = "The external API returned an error when trying to refresh the access token. Please try again later."
	refreshBackOffMessage = "A recent refresh attempt failed. Backing off before retrying."
	keyTestFailed         = "The given credentials were found to be invalid. Please check the credentials and try again."
	unknownProvider       = "Provider does not exists" // sic
)

var connectionFlags = []string{"force_refresh", "refresh_token", "refresh_github_app_jwt_token"}

// getConnection is GET /connections/{id} and GET /connection/{id}. With a key that may read
// credentials it stamps last_fetched_at and renews a token that runs out soon; without, it is a
// pure read and shows no credentials.
func getConnection(c *call) answer {
	q := c.validQuery(
		zod.Key("provider_config_key", integrationRule),
		zod.Key("refresh_token", zod.Optional(zod.StringBool)),
		zod.Key("force_refresh", zod.Optional(zod.StringBool)),
		zod.Key("refresh_github_app_jwt_token", zod.Optional(zod.StringBool)),
	)
	id := c.validParam("connectionId", connectionIDRule)
	reveals := c.may(scopeConnections + "read_credentials")
	for _, flag := range connectionFlags {
		if q.Get(flag) == true && !reveals {
			return insufficientScope(scopeConnections + "read_credentials")
		}
	}
	if c.env.integration(q.Str("provider_config_key")) == nil {
		return failure(http.StatusBadRequest, "unknown_provider_config", unknownProvider)
	}
	conn := c.env.connection(q.Str("provider_config_key"), id)
	if conn == nil {
		return failure(http.StatusNotFound, "not_found", "Failed to find connection")
	}
	if !reveals {
		return jsonText(http.StatusOK, appendFull(nil, conn, js.NewObject(), getTime, false))
	}
	if refused := c.refresh(conn, q.Get("force_refresh") == true); refused != nil {
		return *refused
	}
	keep := q.Get("refresh_token") == true
	return jsonText(http.StatusOK, appendFull(nil, conn, c.env.credentialsOf(conn), getTime, keep))
}

// appendFull writes the full connection. Refresh tokens stay only where they were asked for.
func appendFull(b []byte, c *connection, credentials *js.Object, format func(time.Time) string, refreshTokens bool) []byte {
	config := []byte(c.config)
	if !refreshTokens {
		credentials = withoutRefreshTokens(credentials).(*js.Object)
		config = []byte(js.JSONB(withoutRefreshTokens(js.MustDecode(c.config))))
	}
	b = appendHead(append(b, '{'), c)
	b = append(append(b, `,"connection_config":`...), config...)
	b = appendNullable(append(b, `,"webhook_url_override":`...), c.webhookURL)
	b = js.AppendString(append(b, `,"created_at":`...), format(c.created.time()))
	b = js.AppendString(append(b, `,"updated_at":`...), format(c.updated.time()))
	fetched := ""
	if c.lastFetched != 0 {
		fetched = format(c.lastFetched.time())
	}
	b = appendNullable(append(b, `,"last_fetched_at":`...), fetched)
	b = js.AppendValue(append(b, `,"credentials":`...), credentials)
	return append(b, '}')
}

// refresh renews what runs out soon, or says why that failed. The answer of a failure shows the
// connection as it was before the attempt, but with the new error, as seen on v0.71.4.
func (c *call) refresh(conn *connection, force bool) *answer {
	now := timestampMs(c.now())
	recent := conn.lastRefreshFailure != 0 && now-conn.lastRefreshFailure < timestamp(refreshBackOff.Microseconds())
	switch {
	case conn.refreshFails && recent && !force:
		a := refusedRefresh(http.StatusFailedDependency, refreshBackOffMessage, conn)
		conn.lastFetched = now
		return &a
	case conn.refreshFails:
		return c.failRefresh(conn, now)
	}
	conn.lastFetched = now
	if (force || c.env.runsOutSoon(conn, c.now())) && c.env.renew(conn, c.now()) {
		conn.updated = now
		conn.authErrorLog = ""
	}
	return nil
}

func (c *call) failRefresh(conn *connection, now timestamp) *answer {
	conn.authErrorLog = logID(c.env.rng, now)
	conn.lastRefreshFailure = now
	message := refreshFailed
	if !renews(conn.integration.provider.AuthMode) {
		message = keyTestFailed
	}
	a := refusedRefresh(http.StatusBadRequest, message, conn)
	conn.updated, conn.lastFetched = now, now
	return &a
}

// refusedRefresh carries the whole connection, so that a client can still show it.
func refusedRefresh(status int, message string, conn *connection) answer {
	b := []byte(`{"error":{"code":"invalid_credentials","message":`)
	b = js.AppendString(b, message)
	b = append(b, `,"payload":{"connection":`...)
	b = appendFull(b, conn, js.NewObject(), getTime, false)
	return jsonText(status, append(b, "}}}"...))
}

// runsOutSoon says whether the token runs out within a quarter of an hour.
func (env *environment) runsOutSoon(conn *connection, now time.Time) bool {
	if !renews(conn.integration.provider.AuthMode) {
		return false
	}
	expires, err := time.Parse(time.RFC3339Nano, env.credentialsOf(conn).Str("expires_at"))
	return err == nil && now.Add(refreshAhead).After(expires)
}

// renew fetches a new token, where the credentials allow that. OAuth needs a refresh token.
func (env *environment) renew(conn *connection, now time.Time) bool {
	old := env.credentialsOf(conn)
	kind := old.Str("type")
	if !renews(kind) || (kind == "OAUTH2" && old.Str("refresh_token") == "") {
		return false
	}
	fresh := makeCredentials[kind](grant{rng: env.rng, now: now, fields: old, i: conn.integration})
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

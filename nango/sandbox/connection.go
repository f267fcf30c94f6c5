package sandbox

import (
	"net/http"
	"time"
)

// backOff is how long a failed refresh is not tried again, unless it is forced.
const backOff = 30 * time.Second

const (
	refreshFailed   = "The external API returned an error when trying to refresh the access token. Please try again later."
	refreshBackOff  = "A recent refresh attempt failed. Backing off before retrying."
	keyTestFailed   = "The given credentials were found to be invalid. Please check the credentials and try again."
	unknownProvider = "Provider does not exists" // sic
)

var connectionFlags = []string{"force_refresh", "refresh_token", "refresh_github_app_jwt_token"}

// getConnection is GET /connections/{id} and GET /connection/{id}. With a key that may read
// credentials it stamps last_fetched_at and renews a token that runs out soon; without, it is a
// pure read and shows no credentials.
func getConnection(c *call) answer {
	q := c.validQuery(
		field{"provider_config_key", integrationRule},
		field{"refresh_token", optional(boolWord)},
		field{"force_refresh", optional(boolWord)},
		field{"refresh_github_app_jwt_token", optional(boolWord)},
	)
	id := c.validParam("connectionId", connectionIDRule)
	reveals := c.may(scopeConnections + "read_credentials")
	for _, flag := range connectionFlags {
		if q.get(flag) == true && !reveals {
			return insufficientScope(scopeConnections + "read_credentials")
		}
	}
	if c.world.integration(q.str("provider_config_key")) == nil {
		return failure(http.StatusBadRequest, "unknown_provider_config", unknownProvider)
	}
	conn := c.world.connection(q.str("provider_config_key"), id)
	if conn == nil {
		return failure(http.StatusNotFound, "not_found", "Failed to find connection")
	}
	if !reveals {
		return jsonText(http.StatusOK, appendFull(nil, conn, newObject(), getTime, false))
	}
	if refused := c.refresh(conn, q.get("force_refresh") == true); refused != nil {
		return *refused
	}
	keep := q.get("refresh_token") == true
	return jsonText(http.StatusOK, appendFull(nil, conn, c.world.credentialsOf(conn), getTime, keep))
}

// appendFull writes the full connection. Refresh tokens stay only where they were asked for.
func appendFull(b []byte, c *connection, credentials *object, format func(time.Time) string, refreshTokens bool) []byte {
	config := []byte(c.config)
	if !refreshTokens {
		credentials = withoutRefreshTokens(credentials).(*object)
		config = []byte(jsonb(withoutRefreshTokens(mustDecode(c.config))))
	}
	b = appendHead(append(b, '{'), c)
	b = append(append(b, `,"connection_config":`...), config...)
	b = appendNullable(append(b, `,"webhook_url_override":`...), c.override)
	b = appendString(append(b, `,"created_at":`...), format(c.created.time()))
	b = appendString(append(b, `,"updated_at":`...), format(c.updated.time()))
	fetched := ""
	if c.fetched != 0 {
		fetched = format(c.fetched.time())
	}
	b = appendNullable(append(b, `,"last_fetched_at":`...), fetched)
	b = appendValue(append(b, `,"credentials":`...), credentials, false)
	return append(b, '}')
}

// refresh renews what runs out soon, or says why that failed. The answer of a failure shows the
// connection as it was before the attempt, but with the new error, as seen on v0.71.4.
func (c *call) refresh(conn *connection, force bool) *answer {
	now := millis(c.now())
	recent := conn.lastFailure != 0 && now-conn.lastFailure < stamp(backOff.Microseconds())
	switch {
	case conn.broken && recent && !force:
		a := refusedRefresh(http.StatusFailedDependency, refreshBackOff, conn)
		conn.fetched = now
		return &a
	case conn.broken:
		return c.failRefresh(conn, now)
	}
	conn.fetched = now
	if (force || c.world.runsOutSoon(conn, c.now())) && c.world.renew(conn, c.now()) {
		conn.updated = now
		conn.authLog = ""
	}
	return nil
}

func (c *call) failRefresh(conn *connection, now stamp) *answer {
	conn.authLog = logID(c.world.rng, now)
	conn.lastFailure = now
	message := refreshFailed
	if !renews(conn.integration.provider.AuthMode) {
		message = keyTestFailed
	}
	a := refusedRefresh(http.StatusBadRequest, message, conn)
	conn.updated, conn.fetched = now, now
	return &a
}

// refusedRefresh carries the whole connection, so that a client can still show it.
func refusedRefresh(status int, message string, conn *connection) answer {
	b := []byte(`{"error":{"code":"invalid_credentials","message":`)
	b = appendString(b, message)
	b = append(b, `,"payload":{"connection":`...)
	b = appendFull(b, conn, newObject(), getTime, false)
	return jsonText(status, append(b, "}}}"...))
}

// runsOutSoon says whether the token runs out within a quarter of an hour.
func (w *world) runsOutSoon(conn *connection, now time.Time) bool {
	if !renews(conn.integration.provider.AuthMode) {
		return false
	}
	expires, err := time.Parse(time.RFC3339Nano, w.credentialsOf(conn).str("expires_at"))
	return err == nil && now.Add(refreshAhead).After(expires)
}

// renew fetches a new token, where the credentials allow that. OAuth needs a refresh token.
func (w *world) renew(conn *connection, now time.Time) bool {
	old := w.credentialsOf(conn)
	kind := old.str("type")
	if !renews(kind) || (kind == "OAUTH2" && old.str("refresh_token") == "") {
		return false
	}
	fresh := makeCredentials[kind](grant{rng: w.rng, now: now, fields: old, i: conn.integration})
	if kept := old.str("refresh_token"); kept != "" {
		fresh.set("refresh_token", kept)
		fresh.obj("raw").set("refresh_token", kept)
	}
	if kept := old.obj("config_override"); kept != nil {
		fresh.set("config_override", kept)
	}
	conn.creds = fresh
	return true
}

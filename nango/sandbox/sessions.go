package sandbox

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	sessionLife = 30 * time.Minute // using a session doesn't end it
	maxSessions = 10_000           // kept; those that end first are dropped
)

type session struct {
	token      string
	expires    time.Time
	allowed    []string // keys of integrations; empty = all
	tags       string
	webhookURL string
	endUser    *endUser
	defaults   *js.Object  // integrations_config_defaults
	overrides  *js.Object  // links to docs
	reconnect  *connection // nil for a new connection
	log        *operation  // of the authorization; it runs until the customer finishes
}

func (s *session) allows(key string) bool {
	return len(s.allowed) == 0 || slices.Contains(s.allowed, key)
}

// validSession returns a session that is not revoked and did not end.
func (env *environment) validSession(token string, now time.Time) *session {
	s := env.sessions[token]
	if s == nil || !now.Before(s.expires) {
		return nil
	}
	return s
}

var defaultsRule = zod.Record(nil, zod.Object(
	zod.Key("user_scopes", zod.Optional(zod.String())),
	zod.Key("authorization_params", zod.Optional(textRecord)),
	zod.Key("connection_config", zod.Optional(zod.LooseObject(
		zod.Key("oauth_scopes_override", zod.Optional(zod.String())),
		zod.Key("oauth_client_id_override", zod.Optional(zod.String())),
		zod.Key("oauth_client_secret_override", zod.Optional(zod.String())),
	))),
))

var sessionFields = []zod.Field{
	zod.Key("end_user", zod.Optional(endUserRule)),
	zod.Key("organization", zod.Optional(organizationRule)),
	zod.Key("tags", zod.Optional(tagsRule)),
	zod.Key("integrations_config_defaults", zod.Optional(defaultsRule)),
	zod.Key("overrides", zod.Optional(zod.Record(nil, zod.Object(zod.Key("docs_connect", zod.Optional(zod.URL)))))),
	zod.Key("webhook_url_override", zod.Optional(webhookURLRule)),
}

var newSessionBody = zod.Refine(
	zod.Object(append([]zod.Field{zod.Key("allowed_integrations", zod.Optional(zod.Array(integrationRule)))}, sessionFields...)...),
	func(v any, at []string, in *zod.Issues) any {
		if body := v.(*js.Object); !body.Has("tags") && !body.Has("end_user") {
			in.Add(at, "custom", "Either tags or end_user must be provided")
		}
		return v
	})

var reconnectBody = zod.Object(append([]zod.Field{
	zod.Key("connection_id", connectionIDRule),
	zod.Key("integration_id", integrationRule),
}, sessionFields...)...)

func postSessions(c *call) answer {
	body := c.validBody(newSessionBody)
	keys := body.Strings("allowed_integrations")
	var in zod.Issues
	for n, key := range keys {
		c.requireIntegration(&in, key, "allowed_integrations", strconv.Itoa(n))
	}
	return c.openSession(body, &session{allowed: keys}, &in)
}

// postReconnect is POST /connect/sessions/reconnect. The integration and the connection id stay; tags and config that are
// not sent again are lost when the customer finishes.
func postReconnect(c *call) answer {
	body := c.validBody(reconnectBody)
	conn := require(c.env.connection(body.Str("integration_id"), body.Str("connection_id")),
		failure(http.StatusBadRequest, "invalid_body", "ConnectionID or IntegrationId does not exists"))
	return c.openSession(body, &session{allowed: []string{conn.integration.key}, reconnect: conn}, &zod.Issues{})
}

// requireIntegration adds a problem if the integration doesn't exist.
func (c *call) requireIntegration(in *zod.Issues, key string, path ...string) {
	if c.env.integration(key) == nil {
		in.Add(path, "custom", "Integration does not exist")
	}
}

func (c *call) openSession(body *js.Object, s *session, in *zod.Issues) answer {
	for _, part := range []string{"integrations_config_defaults", "overrides"} {
		for _, key := range body.Obj(part).Keys() {
			c.requireIntegration(in, key, part, key)
		}
	}
	if len(*in) > 0 {
		return invalid("invalid_body", *in)
	}
	s.overrides = body.Obj("overrides")
	for _, key := range s.overrides.Keys() {
		if s.overrides.Obj(key).Has("docs_connect") { // a self-hosted server has no plan for it
			return failure(http.StatusForbidden, "forbidden", "You are not allowed to override the docs connect url")
		}
	}
	s.defaults = body.Obj("integrations_config_defaults")
	s.webhookURL = body.Str("webhook_url_override")
	s.tags = js.JSONB(tagsOf(body))
	if user := body.Obj("end_user"); user != nil {
		s.endUser = c.env.updateEndUser(user, body.Obj("organization"))
	}
	c.env.addSession(s, c.Server.env.rng, c.now())
	s.log = c.env.logNow(c.timestamp(), logLifetime, operation{kind: kindCreate, late: lateAll})
	link := cmp.Or(c.connectURL, c.baseURL()) + "/connect?session_token=" + url.QueryEscape(s.token)
	a := data(js.NewObject("token", s.token, "connect_link", link, "expires_at", isoZ(s.expires)))
	a.status = http.StatusCreated
	return a
}

// addSession gives a session its token, made by r.
func (env *environment) addSession(s *session, r *rand.Rand, now time.Time) {
	if len(env.sessions) >= maxSessions {
		env.evictSessions(now)
	}
	var secret [32]byte
	for i := 0; i < len(secret); i += 8 {
		binary.LittleEndian.PutUint64(secret[i:], r.Uint64())
	}
	s.token = sessionPrefix + hex.EncodeToString(secret[:])
	s.expires = now.Add(sessionLife).Truncate(time.Millisecond)
	env.sessions[s.token] = s
}

func (env *environment) evictSessions(now time.Time) {
	var first *session
	for token, s := range env.sessions {
		if !now.Before(s.expires) {
			delete(env.sessions, token)
		} else if first == nil || s.expires.Before(first.expires) {
			first = s
		}
	}
	if len(env.sessions) >= maxSessions {
		delete(env.sessions, first.token)
	}
}

// getSession is GET /connect/session, with the session's own token. The answer has neither token nor expiry, but the
// connection config of the session.
func getSession(c *call) answer {
	s := c.session
	var defaults any = js.Undefined{}
	if s.defaults != nil {
		defaults = defaultsView(s.defaults)
	}
	view := js.NewObject("endUser", s.endUser.view(), "connectUISettings", connectUISettings(),
		"allowed_integrations", js.When(len(s.allowed) > 0, s.allowed), "integrations_config_defaults", defaults,
		"overrides", js.When(s.overrides != nil, s.overrides), "isReconnecting", js.When(s.reconnect != nil, true),
		"websocketsPath", "/")
	return data(view)
}

func connectUISettings() *js.Object {
	color := func() *js.Object { return js.NewObject("primary", "#00B2E3") }
	return js.NewObject("showWatermark", true, "defaultTheme", "system", "theme", js.NewObject("light", color(), "dark", color()))
}

// defaultsView has no user_scopes, as seen on v0.71.4.
func defaultsView(defaults *js.Object) *js.Object {
	out := js.NewObject()
	for _, key := range defaults.Keys() {
		one := js.NewObject()
		for _, part := range []string{"connection_config", "authorization_params"} {
			if v := defaults.Obj(key).Obj(part); v != nil {
				one.Set(part, v)
			}
		}
		out.Set(key, one)
	}
	return out
}

// deleteSession is DELETE /connect/session. The token is unknown afterwards.
func deleteSession(c *call) answer {
	delete(c.env.sessions, c.session.token)
	return answer{status: http.StatusNoContent}
}

// connect completes a session with new credentials for an integration. A reconnect keeps the id, and replaces tags, webhook
// URL and config by the session's; in auth modes without OAuth the metadata is emptied too. The session stays valid.
func (env *environment) connect(s *session, i *integration, sent, config *js.Object, now time.Time) *connection {
	id := ""
	if s.reconnect != nil {
		id = s.reconnect.connectionID
	}
	conn := env.upsert(i, id, timestampMs(now))
	conn.credentials = makeCredentials[i.provider.AuthMode](grant{rng: env.rng, now: now, sent: sent, i: i})
	conn.tags = s.tags
	conn.webhookURL = s.webhookURL
	conn.config = js.JSONB(withAppCredentials(i, env.sessionConfig(s, i.key, config)))
	if s.endUser != nil {
		conn.endUser = s.endUser
	}
	if !keepsMetadata(i.provider.AuthMode) {
		conn.metadata = "{}"
	}
	env.logCreated(conn, s.log, strings.ToLower(i.provider.AuthMode), conn.updated)
	return conn
}

func keepsMetadata(authMode string) bool {
	return slices.Contains([]string{"OAUTH1", "OAUTH2", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC", "APP", "CUSTOM"}, authMode)
}

// sessionConfig returns the connection config of the session, overwritten by what the customer sent.
func (env *environment) sessionConfig(s *session, key string, sent *js.Object) *js.Object {
	out := s.defaults.Obj(key).ObjOrNew("connection_config").Clone()
	out.Merge(sent)
	return out
}

// Each completes a connect session without a browser.
var (
	authAPIKey = authHeadless("API_KEY", zod.Object(zod.Key("apiKey", zod.String(zod.Min(1)))))
	authBasic  = authHeadless("BASIC", zod.Object(zod.Key("username", zod.String()), zod.Key("password", zod.String())))
	authNone   = authHeadless("NONE", zod.Optional(zod.Object()))
)

func authHeadless(mode string, rule zod.Rule) func(*call) answer {
	return func(c *call) answer {
		q := c.validQuery(zod.Key("connect_session_token", zod.String()), zod.Key("params", zod.Optional(textRecord)))
		key := c.validParam("providerConfigKey", integrationRule)
		sent := c.validBody(rule)
		i := c.env.integration(key)
		switch {
		case i == nil:
			return legacyFailure(http.StatusNotFound, "unknown_provider_config", noProviderConfig, nil)
		case !c.session.allows(key):
			return failure(http.StatusBadRequest, "integration_not_allowed", "Integration not allowed by this token")
		case i.provider.AuthMode != mode:
			return legacyFailure(http.StatusBadRequest, "invalid_auth_mode",
				fmt.Sprintf("The integration %s does not support %s auth", key, mode), nil)
		}
		config := q.ObjOrNew("params")
		if !i.provider.Accepts(sent, c.env.sessionConfig(c.session, key, config)) {
			c.env.logRefused(i, c.session.log, strings.ToLower(mode), c.timestamp())
			return failure(http.StatusBadRequest, "connection_test_failed", credentialsInvalid)
		}
		conn := c.env.connect(c.session, i, sent, config, c.now())
		return jsonAnswer(http.StatusOK, js.NewObject("connectionId", conn.connectionID, "providerConfigKey", key))
	}
}

package sandbox

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	// sessionLife is how long a connect session lives; using it does not end it.
	sessionLife = 30 * time.Minute
	// maxSessions bounds how many are kept; the ones that end first give way.
	maxSessions = 10_000
)

// session is a connect session: what the customer's link stands for.
type session struct {
	token      string
	expires    time.Time
	allowed    []string // keys of integrations; empty = all
	tags       string
	webhookURL string
	endUser    *endUser
	defaults   *js.Object  // integrations_config_defaults
	overrides  *js.Object  // of docs links
	reconnect  *connection // nil for a new connection
}

func (s *session) allows(key string) bool {
	return len(s.allowed) == 0 || slices.Contains(s.allowed, key)
}

// liveSession finds a session that was neither revoked nor has run out.
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

// postSessions is POST /connect/sessions.
func postSessions(c *call) answer {
	c.validQuery()
	body := c.validBody(newSessionBody)
	allowed, _ := body.Get("allowed_integrations").([]any)
	var in zod.Issues
	keys := make([]string, len(allowed))
	for n, key := range allowed {
		keys[n] = key.(string)
		c.requireIntegration(&in, keys[n], "allowed_integrations", strconv.Itoa(n))
	}
	return c.openSession(body, &session{allowed: keys}, &in)
}

// postReconnect is POST /connect/sessions/reconnect. The integration is fixed, the id is kept, and
// what is not sent again here is lost when the customer finishes.
func postReconnect(c *call) answer {
	c.validQuery()
	body := c.validBody(reconnectBody)
	conn := c.env.connection(body.Str("integration_id"), body.Str("connection_id"))
	if conn == nil {
		return failure(http.StatusBadRequest, "invalid_body", "ConnectionID or IntegrationId does not exists")
	}
	return c.openSession(body, &session{allowed: []string{conn.integration.key}, reconnect: conn}, &zod.Issues{})
}

func (c *call) requireIntegration(in *zod.Issues, key string, path ...string) {
	if c.env.integration(key) == nil {
		in.Add(path, "custom", "Integration does not exist")
	}
}

func (c *call) openSession(body *js.Object, s *session, in *zod.Issues) answer {
	for _, part := range []string{"integrations_config_defaults", "overrides"} {
		if o := body.Obj(part); o != nil {
			for _, key := range o.Keys() {
				c.requireIntegration(in, key, part, key)
			}
		}
	}
	if len(*in) > 0 {
		return jsonAnswer(http.StatusBadRequest, errorBody{validationError{"invalid_body", *in}})
	}
	s.overrides = body.Obj("overrides")
	if overridesDocs(s.overrides) {
		return failure(http.StatusForbidden, "forbidden", "You are not allowed to override the docs connect url")
	}
	s.defaults = body.Obj("integrations_config_defaults")
	s.webhookURL = body.Str("webhook_url_override")
	s.tags = js.JSONB(tagsOf(body))
	if user := body.Obj("end_user"); user != nil {
		s.endUser = c.env.rememberEndUser(user, body.Obj("organization"))
	}
	c.env.addSession(s, c.now())
	return jsonAnswer(http.StatusCreated, dataBody{js.NewObject(
		"token", s.token, "connect_link", c.connectLink(s.token), "expires_at", isoZ(s.expires))})
}

// overridesDocs needs a plan that a self-hosted server does not have.
func overridesDocs(overrides *js.Object) bool {
	if overrides == nil {
		return false
	}
	return slices.ContainsFunc(overrides.Keys(), func(k string) bool { return overrides.Obj(k).Has("docs_connect") })
}

func (c *call) connectLink(token string) string {
	return cmp.Or(c.connectURL, c.baseURL()) + "/connect?session_token=" + url.QueryEscape(token)
}

func (env *environment) addSession(s *session, now time.Time) {
	if len(env.sessions) >= maxSessions {
		env.evictSessions(now)
	}
	var secret [32]byte
	for i := 0; i < len(secret); i += 8 {
		binary.LittleEndian.PutUint64(secret[i:], env.rng.Uint64())
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

// getSession is GET /connect/session, with the session's own token. It shows neither token nor
// expiry, and it does show the connection config that was put into the session.
func getSession(c *call) answer {
	c.validQuery()
	s := c.session
	data := js.NewObject("endUser", nil, "connectUISettings", connectUISettings())
	if s.endUser != nil {
		data.Set("endUser", js.MustDecode(string(appendEndUser(nil, s.endUser))))
	}
	if len(s.allowed) > 0 {
		data.Set("allowed_integrations", s.allowed)
	}
	if s.defaults != nil {
		data.Set("integrations_config_defaults", shownDefaults(s.defaults))
	}
	if s.overrides != nil {
		data.Set("overrides", s.overrides)
	}
	if s.reconnect != nil {
		data.Set("isReconnecting", true)
	}
	data.Set("websocketsPath", "/")
	return jsonAnswer(http.StatusOK, dataBody{data})
}

func connectUISettings() *js.Object {
	colour := func() *js.Object { return js.NewObject("primary", "#00B2E3") }
	return js.NewObject("showWatermark", true, "defaultTheme", "system", "theme", js.NewObject("light", colour(), "dark", colour()))
}

// shownDefaults lacks user_scopes, as seen on v0.71.4.
func shownDefaults(defaults *js.Object) *js.Object {
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

// deleteSession is DELETE /connect/session: from here on the token is unknown.
func deleteSession(c *call) answer {
	c.validQuery()
	delete(c.env.sessions, c.session.token)
	return answer{status: http.StatusNoContent}
}

var (
	errNoSession  = errors.New("no such connect session, or its 30 minutes are over")
	errNotAllowed = errors.New("the session does not allow this integration")
	// errCredentials is what accepts refused.
	errCredentials = errors.New("the provider refuses these credentials")
)

// finish is the customer's side: new credentials for an integration. A reconnect keeps the id, and
// replaces tags, webhook override and config by what the session says; the modes without OAuth
// empty the metadata as well. The session lives on.
func (env *environment) connect(s *session, i *integration, typed, config *js.Object, now time.Time) *connection {
	id := ""
	if s.reconnect != nil {
		id = s.reconnect.connectionID
	}
	conn := env.upsert(i, id, timestampMs(now))
	conn.credentials = makeCredentials[i.provider.AuthMode](grant{rng: env.rng, now: now, fields: typed, i: i})
	conn.tags = s.tags
	conn.webhookURL = s.webhookURL
	conn.config = js.JSONB(withAppCredentials(i, env.sessionConfig(s, i.key, config)))
	if s.endUser != nil {
		conn.endUser = s.endUser
	}
	if !keepsMetadata(i.provider.AuthMode) {
		conn.metadata = "{}"
	}
	return conn
}

func keepsMetadata(authMode string) bool {
	return slices.Contains([]string{"OAUTH1", "OAUTH2", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC", "APP", "CUSTOM"}, authMode)
}

// sessionConfig is the connection config of the session with what the customer typed over it.
func (env *environment) sessionConfig(s *session, key string, typed *js.Object) *js.Object {
	out := js.NewObject()
	if s.defaults != nil && s.defaults.Obj(key) != nil {
		if config := s.defaults.Obj(key).Obj("connection_config"); config != nil {
			out = config.Clone()
		}
	}
	for _, k := range typed.Keys() {
		out.Set(k, typed.Get(k))
	}
	return out
}

package sandbox

import (
	"cmp"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

const (
	// sessionLife is how long a connect session lives; using it does not end it.
	sessionLife = 30 * time.Minute
	// maxSessions bounds how many are kept; the ones that end first give way.
	maxSessions = 10_000
)

// session is a connect session: what the customer's link stands for.
type session struct {
	token     string
	expires   time.Time
	allowed   []string // keys of integrations; empty = all
	tags      string
	override  string
	endUser   *endUser
	defaults  *object     // integrations_config_defaults
	overrides *object     // of docs links
	reconnect *connection // nil for a new connection
}

func (s *session) allows(key string) bool {
	return len(s.allowed) == 0 || slices.Contains(s.allowed, key)
}

// liveSession finds a session that was neither revoked nor has run out.
func (w *world) liveSession(token string, now time.Time) *session {
	s := w.sessions[token]
	if s == nil || !now.Before(s.expires) {
		return nil
	}
	return s
}

var defaultsRule = record(nil, shape(
	field{"user_scopes", optional(text())},
	field{"authorization_params", optional(textRecord)},
	field{"connection_config", optional(loose(
		field{"oauth_scopes_override", optional(text())},
		field{"oauth_client_id_override", optional(text())},
		field{"oauth_client_secret_override", optional(text())},
	))},
))

var sessionFields = []field{
	{"end_user", optional(endUserRule)},
	{"organization", optional(organizationRule)},
	{"tags", optional(tagsRule)},
	{"integrations_config_defaults", optional(defaultsRule)},
	{"overrides", optional(record(nil, shape(field{"docs_connect", optional(text(fits(isURL, "Invalid URL")))})))},
	{"webhook_url_override", optional(webhookURLRule)},
}

var newSessionBody = refined(
	shape(append([]field{{"allowed_integrations", optional(list(integrationRule))}}, sessionFields...)...),
	func(v any, at []string, in *issues) any {
		if body := v.(*object); !body.has("tags") && !body.has("end_user") {
			in.add(at, "custom", "Either tags or end_user must be provided")
		}
		return v
	})

var reconnectBody = shape(append([]field{
	{"connection_id", connectionIDRule},
	{"integration_id", integrationRule},
}, sessionFields...)...)

// postSessions is POST /connect/sessions.
func postSessions(c *call) answer {
	c.validQuery()
	body := c.validBody(newSessionBody)
	allowed, _ := body.get("allowed_integrations").([]any)
	var in issues
	keys := make([]string, len(allowed))
	for n, key := range allowed {
		keys[n] = key.(string)
		c.mustExist(&in, keys[n], "allowed_integrations", strconv.Itoa(n))
	}
	return c.openSession(body, &session{allowed: keys}, &in)
}

// postReconnect is POST /connect/sessions/reconnect. The integration is fixed, the id is kept, and
// what is not sent again here is lost when the customer finishes.
func postReconnect(c *call) answer {
	c.validQuery()
	body := c.validBody(reconnectBody)
	conn := c.world.connection(body.str("integration_id"), body.str("connection_id"))
	if conn == nil {
		return failure(http.StatusBadRequest, "invalid_body", "ConnectionID or IntegrationId does not exists")
	}
	return c.openSession(body, &session{allowed: []string{conn.integration.key}, reconnect: conn}, &issues{})
}

func (c *call) mustExist(in *issues, key string, path ...string) {
	if c.world.integration(key) == nil {
		in.add(path, "custom", "Integration does not exist")
	}
}

func (c *call) openSession(body *object, s *session, in *issues) answer {
	for _, part := range []string{"integrations_config_defaults", "overrides"} {
		if o := body.obj(part); o != nil {
			for _, key := range o.keys {
				c.mustExist(in, key, part, key)
			}
		}
	}
	if len(in.list) > 0 {
		return jsonAnswer(http.StatusBadRequest, errorBody{validationError{"invalid_body", in.list}})
	}
	s.overrides = body.obj("overrides")
	if overridesDocs(s.overrides) {
		return failure(http.StatusForbidden, "forbidden", "You are not allowed to override the docs connect url")
	}
	s.defaults = body.obj("integrations_config_defaults")
	s.override = body.str("webhook_url_override")
	s.tags = jsonb(tagsOf(body))
	if user := body.obj("end_user"); user != nil {
		s.endUser = c.world.rememberEndUser(user, body.obj("organization"))
	}
	c.world.addSession(s, c.now())
	return jsonAnswer(http.StatusCreated, dataBody{newObject(
		"token", s.token, "connect_link", c.connectLink(s.token), "expires_at", isoZ(s.expires))})
}

// overridesDocs needs a plan that a self-hosted server does not have.
func overridesDocs(overrides *object) bool {
	if overrides == nil {
		return false
	}
	return slices.ContainsFunc(overrides.keys, func(k string) bool { return overrides.obj(k).has("docs_connect") })
}

func (c *call) connectLink(token string) string {
	return cmp.Or(c.connectURL, c.baseURL()) + "/connect?session_token=" + url.QueryEscape(token)
}

func (w *world) addSession(s *session, now time.Time) {
	if len(w.sessions) >= maxSessions {
		w.forgetSessions(now)
	}
	var secret [32]byte
	for i := 0; i < len(secret); i += 8 {
		putUint64(secret[i:], w.rng.Uint64())
	}
	s.token = sessionPrefix + hex.EncodeToString(secret[:])
	s.expires = now.Add(sessionLife).Truncate(time.Millisecond)
	w.sessions[s.token] = s
}

func (w *world) forgetSessions(now time.Time) {
	var first *session
	for token, s := range w.sessions {
		if !now.Before(s.expires) {
			delete(w.sessions, token)
		} else if first == nil || s.expires.Before(first.expires) {
			first = s
		}
	}
	if len(w.sessions) >= maxSessions {
		delete(w.sessions, first.token)
	}
}

// getSession is GET /connect/session, with the session's own token. It shows neither token nor
// expiry, and it does show the connection config that was put into the session.
func getSession(c *call) answer {
	c.validQuery()
	s := c.session
	data := newObject("endUser", nil, "connectUISettings", connectUISettings())
	if s.endUser != nil {
		data.set("endUser", mustDecode(string(appendEndUser(nil, s.endUser))))
	}
	if len(s.allowed) > 0 {
		data.set("allowed_integrations", s.allowed)
	}
	if s.defaults != nil {
		data.set("integrations_config_defaults", shownDefaults(s.defaults))
	}
	if s.overrides != nil {
		data.set("overrides", s.overrides)
	}
	if s.reconnect != nil {
		data.set("isReconnecting", true)
	}
	data.set("websocketsPath", "/")
	return jsonAnswer(http.StatusOK, dataBody{data})
}

func connectUISettings() *object {
	colour := func() *object { return newObject("primary", "#00B2E3") }
	return newObject("showWatermark", true, "defaultTheme", "system", "theme", newObject("light", colour(), "dark", colour()))
}

// shownDefaults lacks user_scopes, as seen on v0.71.4.
func shownDefaults(defaults *object) *object {
	out := newObject()
	for _, key := range defaults.keys {
		one := newObject()
		for _, part := range []string{"connection_config", "authorization_params"} {
			if v := defaults.obj(key).obj(part); v != nil {
				one.set(part, v)
			}
		}
		out.set(key, one)
	}
	return out
}

// deleteSession is DELETE /connect/session: from here on the token is unknown.
func deleteSession(c *call) answer {
	c.validQuery()
	delete(c.world.sessions, c.session.token)
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
func (w *world) finish(s *session, i *integration, typed, config *object, now time.Time) *connection {
	id := ""
	if s.reconnect != nil {
		id = s.reconnect.connectionID
	}
	conn := w.upsert(i, id, millis(now))
	conn.creds = makeCredentials[i.provider.AuthMode](grant{rng: w.rng, now: now, fields: typed, i: i})
	conn.tags = s.tags
	conn.override = s.override
	conn.config = jsonb(withAppCredentials(i, w.sessionConfig(s, i.key, config)))
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
func (w *world) sessionConfig(s *session, key string, typed *object) *object {
	out := newObject()
	if s.defaults != nil && s.defaults.obj(key) != nil {
		if config := s.defaults.obj(key).obj("connection_config"); config != nil {
			out = config.clone()
		}
	}
	for _, k := range typed.keys {
		out.set(k, typed.values[k])
	}
	return out
}

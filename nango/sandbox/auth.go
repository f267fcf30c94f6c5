package sandbox

import (
	"cmp"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/fake"
)

// Keys are the API keys of a sandbox: UUIDs of version 4.
type Keys struct {
	Environment   string // everything in the environment
	NoCredentials string // everything except read_credentials of connections and integrations
	ListOnly      string // only the lists of connections and integrations
	Account       string // of the account: environment endpoints answer 403
}

type apiKey struct {
	scopes []string
	env    *environment // nil = the sandbox's own
	used   timestamp    // last used, 0 if never
}

// environmentScopes are all scopes of an environment except those that reveal credentials.
var environmentScopes = []string{
	"environment:integrations:list", "environment:integrations:list_functions", "environment:integrations:read",
	"environment:integrations:create", "environment:integrations:update", "environment:integrations:delete",
	"environment:connections:list", "environment:connections:read", "environment:connections:create",
	"environment:connections:update", "environment:connections:delete", "environment:connect_sessions:write",
	"environment:syncs:*", "environment:functions:*", "environment:deploy", "environment:records:*",
	"environment:logs:read", "environment:actions:*", "environment:proxy", "environment:variables:read",
	"environment:webhook_signing_key:rotate", "environment:mcp",
}

// Keys returns the sandbox's own keys.
func (s *Server) Keys() Keys { return s.keys }

// AddKey adds a key. A scope that ends in ":*" is all scopes with that prefix; an account key has scopes that begin with
// "account:".
func (s *Server) AddKey(key string, scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.apiKeys[key] = &apiKey{scopes: slices.Clone(scopes)}
}

func (s *Server) makeKeys(r *rand.Rand) {
	s.keys = Keys{Environment: fake.UUID(r), NoCredentials: fake.UUID(r), ListOnly: fake.UUID(r), Account: fake.UUID(r)}
	s.AddKey(s.keys.Environment, "environment:*")
	s.AddKey(s.keys.NoCredentials, environmentScopes...)
	s.AddKey(s.keys.ListOnly, "environment:connections:list", "environment:integrations:list")
	s.AddKey(s.keys.Account, "account:*")
}

func (k *apiKey) may(scope string) bool {
	return slices.ContainsFunc(k.scopes, func(have string) bool {
		if prefix, wild := strings.CutSuffix(have, "*"); wild {
			return strings.HasPrefix(scope, prefix)
		}
		return have == scope
	})
}

// may reports whether the caller's key has a scope. A session has none.
func (c *call) may(scope string) bool { return c.key != nil && c.key.may(scope) }

const sessionPrefix = "nango_connect_session_"

var (
	uuid4Regexp   = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	sessionRegexp = regexp.MustCompile(`^` + sessionPrefix + `[a-f0-9]{64}$`)
)

// unauthorized ends the request with 401.
func unauthorized(code, why string) {
	stop(legacyFailure(http.StatusUnauthorized, code, "Authentication failed. "+why, nil))
}

// admit checks key or session, rate limit and scope, in this order. It ends the request if one fails.
func (c *call) admit(rt *route) {
	c.authenticate(rt.scope)
	if !rt.is(unlimited) {
		c.limiter.take(c, c.now())
	}
	if c.key != nil {
		c.key.authorize(rt.scope)
	}
}

func (c *call) authenticate(sc scope) {
	if sc.public {
		return
	}
	token := c.query.Str("connect_session_token")
	if !sc.inQuery {
		token = c.headerToken()
	}
	if token == "" {
		unauthorized("missing_auth_header", "The request is missing the Authorization header.")
	}
	if sc.sessionOnly || (sc.session && strings.HasPrefix(token, sessionPrefix)) {
		c.authenticateSession(token)
		return
	}
	if !uuid4Regexp.MatchString(token) {
		unauthorized("invalid_secret_key_format", "The provided secret key is not a UUID v4.")
	}
	c.key = c.apiKeys[token]
	if c.key == nil {
		unauthorized("unknown_account", "The provided authorization header does not match any account.")
	}
	c.key.used = c.timestamp()
	c.env = cmp.Or(c.key.env, c.env)
}

// headerToken returns what follows the last "Bearer " of the Authorization header, or the whole header without one: a bare
// key passes, a lower-case "bearer" does not. net/http trims the header, so that an empty bearer arrives as "Bearer".
func (c *call) headerToken() string {
	header := c.r.Header.Get("Authorization")
	parts := strings.Split(header, "Bearer ")
	token := parts[len(parts)-1]
	if header != "" && (token == "" || header == "Bearer") {
		unauthorized("malformed_auth_header", "The Authorization header is malformed.")
	}
	return token
}

func (c *call) authenticateSession(token string) {
	if !sessionRegexp.MatchString(token) {
		unauthorized("invalid_connect_session_token_format",
			"The provided connect session token is not following correct format: nango_connect_session_RANDOM)")
	}
	c.session = c.validSession(token)
	if c.session == nil {
		unauthorized("unknown_connect_session_token", "The provided connect session token does not match any account.")
	}
}

func (k *apiKey) authorize(sc scope) {
	switch {
	case len(sc.anyOf) == 0:
		if !slices.ContainsFunc(k.scopes, func(have string) bool { return strings.HasPrefix(have, "environment:") }) {
			stop(failure(http.StatusForbidden, "forbidden", "API key is not authorized for an environment"))
		}
	case !slices.ContainsFunc(sc.anyOf, k.may):
		stop(insufficientScope(sc.anyOf...))
	}
}

func insufficientScope(scopes ...string) answer {
	message := "Insufficient scope. Required: " + scopes[0]
	if len(scopes) > 1 {
		message = "Insufficient scope. Required one of: " + strings.Join(scopes, " or ")
	}
	return failure(http.StatusForbidden, "forbidden", message)
}

package sandbox

import (
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/fake"
)

// Keys are the API keys that every sandbox has, shaped as UUIDs of version 4 and made from the
// seed.
type Keys struct {
	Environment   string // everything in the environment
	NoCredentials string // everything but read_credentials of connections and integrations
	ListOnly      string // the lists of connections and integrations alone
	Account       string // of the account: every environment endpoint refuses it with 403
}

// apiKey is what a key may do.
type apiKey struct {
	scopes []string
	env    *environment // of its environment; nil = the sandbox's own
}

// environmentScopes are all scopes of an environment but the ones that reveal credentials.
var environmentScopes = []string{
	"environment:integrations:list", "environment:integrations:list_functions", "environment:integrations:read",
	"environment:integrations:create", "environment:integrations:update", "environment:integrations:delete",
	"environment:connections:list", "environment:connections:read", "environment:connections:create",
	"environment:connections:update", "environment:connections:delete", "environment:connect_sessions:write",
	"environment:syncs:*", "environment:functions:*", "environment:deploy", "environment:records:*",
	"environment:logs:read", "environment:actions:*", "environment:proxy", "environment:variables:read",
	"environment:webhook_signing_key:rotate", "environment:mcp",
}

// Keys gives the sandbox's own keys.
func (s *Server) Keys() Keys { return s.keys }

// AddKey makes another key known. A scope that ends in ":*" stands for all that begin alike; a
// scope that begins with "account:" makes it an account key.
func (s *Server) AddKey(key string, scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.apiKeys[key] = &apiKey{scopes: slices.Clone(scopes)}
}

func (s *Server) makeKeys(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0x6b657973))
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

func (k *apiKey) ofEnvironment() bool {
	return slices.ContainsFunc(k.scopes, func(have string) bool { return strings.HasPrefix(have, "environment:") })
}

// may says whether the caller's key has a scope; a session has none.
func (c *call) may(scope string) bool { return c.key != nil && c.key.may(scope) }

const sessionPrefix = "nango_connect_session_"

var (
	uuid4Regexp   = regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	sessionRegexp = regexp.MustCompile(`^` + sessionPrefix + `[a-f0-9]{64}$`)
)

func unauthorized(code, why string) *answer {
	a := legacyFailure(http.StatusUnauthorized, code, "Authentication failed. "+why, nil)
	return &a
}

// admit checks key or session, budget and scope, in that order. nil lets the call pass.
func (s *Server) admit(c *call, rt *route) *answer {
	if refused := s.authenticate(c, rt.scope); refused != nil {
		return refused
	}
	if !rt.unlimited {
		if refused := s.limiter.take(c, s.now()); refused != nil {
			return refused
		}
	}
	if c.key == nil {
		return nil
	}
	return authorize(c.key, rt.scope)
}

func (s *Server) authenticate(c *call, sc scope) *answer {
	if sc.public {
		return nil
	}
	token := c.query.Str("connect_session_token")
	if !sc.inQuery {
		parts := strings.Split(c.r.Header.Get("Authorization"), "Bearer ")
		token = parts[len(parts)-1] // a bare key passes, a lower-case "bearer" does not
	}
	if token == "" {
		return unauthorized("missing_auth_header", "The request is missing the Authorization header.")
	}
	if sc.sessionOnly || (sc.session && strings.HasPrefix(token, sessionPrefix)) {
		return s.authenticateSession(c, token)
	}
	if !uuid4Regexp.MatchString(token) {
		return unauthorized("invalid_secret_key_format", "The provided secret key is not a UUID v4.")
	}
	c.key = s.apiKeys[token]
	if c.key != nil && c.key.env != nil {
		c.env = c.key.env
	}
	if c.key == nil {
		return unauthorized("unknown_account", "The provided authorization header does not match any account.")
	}
	return nil
}

func (s *Server) authenticateSession(c *call, token string) *answer {
	if !sessionRegexp.MatchString(token) {
		return unauthorized("invalid_connect_session_token_format",
			"The provided connect session token is not following correct format: nango_connect_session_RANDOM)")
	}
	c.session = c.validSession(token)
	if c.session == nil {
		return unauthorized("unknown_connect_session_token", "The provided connect session token does not match any account.")
	}
	return nil
}

func authorize(k *apiKey, sc scope) *answer {
	if len(sc.anyOf) == 0 {
		if k.ofEnvironment() {
			return nil
		}
		a := failure(http.StatusForbidden, "forbidden", "API key is not authorized for an environment")
		return &a
	}
	if slices.ContainsFunc(sc.anyOf, k.may) {
		return nil
	}
	a := insufficientScope(sc.anyOf...)
	return &a
}

func insufficientScope(scopes ...string) answer {
	message := "Insufficient scope. Required: " + scopes[0]
	if len(scopes) > 1 {
		message = "Insufficient scope. Required one of: " + strings.Join(scopes, " or ")
	}
	return failure(http.StatusForbidden, "forbidden", message)
}

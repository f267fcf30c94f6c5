package sandbox

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxEnvironmentKeys = 50
	maxEnvironments    = 100
	maxOTLPHeaders     = 100

	// The environments of the account: prod, and the one of the sandbox's keys. Lower numbers belong to other accounts.
	prodEnvironment = 3
	ownEnvironment  = 4
)

type environmentKey struct {
	id                        int
	uuid, displayName, secret string
	scopes                    []string
	created                   timestamp
}

var environmentName = zod.String(zod.Pattern(`^[a-z0-9_-]+$`), zod.Max(maxNameLength))

var environmentBody = zod.Object(
	zod.Key("name", environmentName),
	zod.Key("is_production", zod.Optional(zod.Boolean)),
	zod.Key("callback_url", zod.Optional(zod.URL)),
	zod.Key("hmac_key", zod.Optional(zod.String(zod.Max(1000)))),
	zod.Key("hmac_enabled", zod.Optional(zod.Boolean)),
	zod.Key("slack_notifications", zod.Optional(zod.Boolean)),
	zod.Key("otlp_endpoint", zod.Optional(zod.Union(zod.URL, zod.EmptyString))),
	zod.Key("otlp_headers", zod.Optional(zod.Refine(zod.Array(zod.Object(
		zod.Key("name", zod.String(zod.Min(1), zod.Max(256))),
		zod.Key("value", zod.String(zod.Min(1), zod.Max(4000))))), zod.MaxItems(maxOTLPHeaders)))),
)

func postEnvironments(c *call) answer {
	body := c.validBody(environmentBody)
	name := body.Str("name")
	prod := body.Get("is_production") == true || name == "prod"
	if prod && !c.may("account:environments:set_production") {
		return insufficientScope("account:environments:set_production")
	}
	if slices.ContainsFunc(c.environments, func(e *environment) bool { return e.name == name }) {
		return failure(http.StatusConflict, "conflict", "Environment already exists")
	}
	if len(c.environments) >= maxEnvironments {
		return failure(http.StatusBadRequest, "resource_capped", "Maximum number of environments reached")
	}
	c.lastEnvironment++
	seed := fake.Hash(c.Server.env.seed, uint64(c.lastEnvironment))
	e := newEnvironment(c.lastEnvironment, name, seed, c.now(), c.Server.env.catalog)
	e.production = prod
	c.environments = append(c.environments, e)
	if c.version == Server0717 {
		return data(js.NewObject("id", e.id, "uuid", e.uuid, "name", e.name))
	}
	return data(js.NewObject("id", e.id, "name", e.name))
}

// environment returns the environment whose number is in o under key, or ends the request.
func (c *call) environment(o *js.Object, key string) *environment {
	id := intOr(o, key, 0)
	return c.environmentWhere(func(e *environment) bool { return e.id == id })
}

func (c *call) environmentWhere(is func(*environment) bool) *environment {
	at := slices.IndexFunc(c.environments, is)
	if at < 0 {
		stop(failure(http.StatusNotFound, "not_found", "Environment not found"))
	}
	return c.environments[at]
}

// deleteEnvironment is DELETE /environments/{environmentId} of version 0.71.4, by number.
func deleteEnvironment(c *call) answer {
	return c.deleteEnvironment(c.environment(c.validParams(zod.Key("environmentId", zod.Number(1, maxOffset))), "environmentId"))
}

// deleteEnvironment deletes an environment. Its keys stop working.
func (c *call) deleteEnvironment(e *environment) answer {
	if e.name == "prod" {
		return failure(http.StatusBadRequest, "cannot_delete_prod_environment", "Cannot delete prod environment")
	}
	c.environments = slices.DeleteFunc(c.environments, func(x *environment) bool { return x == e })
	for _, k := range e.keys {
		delete(c.apiKeys, k.secret)
	}
	return answer{status: http.StatusNoContent, noETag: true}
}

var (
	newKeyBody = zod.Object(zod.Key("environment_id", zod.Number(1, maxOffset)), zod.Key("display_name", nameRule))
	oldKeyBody = zod.Object(zod.Key("environment_id", zod.Number(1, maxOffset)), zod.Key("key_id", zod.Number(1, maxOffset)))
)

// postAPIKeys is POST /environment/api-keys of version 0.71.4. Only this answer shows the key's secret.
func postAPIKeys(c *call) answer {
	body := c.validBody(newKeyBody)
	k := c.addKey(c.environment(body, "environment_id"), body.Str("display_name"))
	return data(js.NewObject("id", k.id, "display_name", k.displayName, "scopes", list(k.scopes),
		"secret", k.secret, "created_at", isoZ(k.created.time())))
}

// addKey adds a key with all scopes of an environment, or ends the request.
func (c *call) addKey(e *environment, name string) environmentKey {
	switch {
	case slices.ContainsFunc(e.keys, func(k environmentKey) bool { return k.displayName == name }):
		stop(failure(http.StatusConflict, "conflict", "A key with this name already exists"))
	case len(e.keys) >= maxEnvironmentKeys:
		stop(failure(http.StatusBadRequest, "resource_capped", "Maximum number of API keys reached"))
	}
	c.lastKey++
	k := environmentKey{id: c.lastKey, displayName: name, secret: fake.UUID(c.Server.env.rng), uuid: fake.UUID(c.Server.env.rng),
		scopes: []string{"environment:*"}, created: c.timestamp()}
	e.keys = append(e.keys, k)
	c.apiKeys[k.secret] = &apiKey{scopes: k.scopes, env: e}
	return k
}

// deleteAPIKey is DELETE /environment/api-keys of version 0.71.4, with a body.
func deleteAPIKey(c *call) answer {
	body := c.validBody(oldKeyBody)
	e := c.environment(body, "environment_id")
	id := intOr(body, "key_id", 0)
	return c.deleteKey(e, e.requireKey(func(k environmentKey) bool { return k.id == id }))
}

// requireKey returns the index of a key, or ends the request.
func (env *environment) requireKey(is func(environmentKey) bool) int {
	at := slices.IndexFunc(env.keys, is)
	if at < 0 {
		stop(failure(http.StatusNotFound, "not_found", "API key not found"))
	}
	return at
}

// deleteKey deletes a key, which stops working at once.
func (c *call) deleteKey(e *environment, at int) answer {
	delete(c.apiKeys, e.keys[at].secret)
	e.keys = slices.Delete(e.keys, at, at+1)
	return success()
}

// postRotateKey is POST /environment/webhook-signing-key/rotate. It ignores the body.
func postRotateKey(c *call) answer {
	c.env.webhookKey = fake.UUID(c.env.rng)
	return data(js.NewObject("webhook_signing_key", c.env.webhookKey))
}

func (env *environment) number() string { return strconv.Itoa(env.id) }

func (s *Server) createEnvironments() {
	prod := newEnvironment(prodEnvironment, "prod", fake.Hash(s.env.seed, prodEnvironment), s.now(), s.env.catalog)
	prod.production = true
	s.environments = []*environment{prod, s.env}
	s.lastEnvironment = ownEnvironment
	r := rand.New(rand.NewPCG(s.env.seed, 0x6b65796964))
	for _, k := range []environmentKey{
		{displayName: "default", secret: s.keys.Environment}, {displayName: "no-credentials", secret: s.keys.NoCredentials},
		{displayName: "lists-only", secret: s.keys.ListOnly},
	} {
		k.id, k.uuid, k.scopes, k.created = len(s.env.keys)+1, fake.UUID(r), s.apiKeys[k.secret].scopes, s.timestamp()
		s.env.keys = append(s.env.keys, k)
	}
	s.lastKey = len(s.apiKeys)
}

// validSession returns the connect session of a token, nil if it ended. The call continues in the session's environment.
func (c *call) validSession(token string) *session {
	for _, e := range c.environments {
		if found := e.validSession(token, c.now()); found != nil {
			c.env = e
			return found
		}
	}
	return nil
}

// variable is an environment variable. Its value is a secret.
type variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// getVariables is GET /environment-variables: a bare array.
func getVariables(c *call) answer {
	if o, ok := c.body.(*js.Object); ok {
		valid("invalid_body", zod.Object(), o)
	}
	return jsonAnswer(http.StatusOK, list(c.env.variables))
}

package sandbox

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
)

const (
	environmentPattern = `^[a-z0-9_-]+$`
	maxEnvironmentKeys = 50
	maxEnvironments    = 100
	maxOTLPHeaders     = 100

	// The environments that the account has already: prod, and the one that the sandbox's keys
	// belong to. Lower numbers are other accounts'.
	prodEnvironment = 3
	ownEnvironment  = 4
)

var environmentRegexp = regexp.MustCompile(environmentPattern)

// environment is one of the account's. A new one is an empty world of its own.
type environment struct {
	id    int
	name  string
	prod  bool
	world *world
	keys  []environmentKey
}

// environmentKey is an API key as its list would show it.
type environmentKey struct {
	id          int
	displayName string
	secret      string
}

var environmentBody = shape(
	field{"name", text(matches(environmentRegexp, environmentPattern), atMost(maxNameLength))},
	field{"is_production", optional(boolean)},
	field{"callback_url", optional(text(fits(isURL, "Invalid URL")))},
	field{"hmac_key", optional(text(atMost(1000)))},
	field{"hmac_enabled", optional(boolean)},
	field{"slack_notifications", optional(boolean)},
	field{"otlp_endpoint", optional(either(text(fits(isURL, "Invalid URL")), emptyText))},
	field{"otlp_headers", optional(refined(list(shape(
		field{"name", text(atLeast(1), atMost(256))}, field{"value", text(atLeast(1), atMost(4000))})), fewHeaders))},
)

// accountRoutes are about environments and their keys, most for an account key alone.
func accountRoutes() []route {
	const account = "account:environments:"
	return []route{
		{method: "POST", pattern: "/environment/webhook-signing-key/rotate", scope: needs("environment:webhook_signing_key:rotate"), handle: postRotateKey},
		{method: "POST", pattern: "/environments", scope: needs(account + "create"), handle: postEnvironments},
		{method: "DELETE", pattern: "/environments/{environmentId}", scope: needs(account + "delete"), handle: deleteEnvironment},
		{method: "POST", pattern: "/environment/api-keys", scope: needs(account + "api_keys:create"), handle: postAPIKeys},
		{method: "DELETE", pattern: "/environment/api-keys", scope: needs(account + "api_keys:delete"), handle: deleteAPIKey},
	}
}

func fewHeaders(v any, at []string, in *issues) any {
	if len(v.([]any)) > maxOTLPHeaders {
		in.add(at, "too_big", "Too big: expected array to have <="+strconv.Itoa(maxOTLPHeaders)+" items")
	}
	return v
}

// postEnvironments is POST /environments, for an account key.
func postEnvironments(c *call) answer {
	c.validQuery()
	body := c.validBody(environmentBody)
	name := body.str("name")
	prod := body.get("is_production") == true || name == "prod"
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
	e := &environment{id: c.lastEnvironment, name: name, prod: prod}
	e.world = newWorldOf(spread(c.Server.world.seed, uint64(e.id)), c.now(), c.Server.world.catalog)
	e.world.id = e.id
	c.environments = append(c.environments, e)
	return jsonAnswer(http.StatusOK, dataBody{newObject("id", e.id, "name", e.name)})
}

func (s *Server) environment(id int) *environment {
	for _, e := range s.environments {
		if e.id == id {
			return e
		}
	}
	return nil
}

// deleteEnvironment is DELETE /environments/{environmentId}; the keys of it stop working.
func deleteEnvironment(c *call) answer {
	c.validQuery()
	id := numberOr(valid("invalid_uri_params", shape(field{"environmentId", numberBetween(1, maxOffset)}),
		newObject("environmentId", c.params["environmentId"])), "environmentId", 0)
	e := c.environment(id)
	switch {
	case e == nil:
		return failure(http.StatusNotFound, "not_found", "Environment not found")
	case e.name == "prod":
		return failure(http.StatusBadRequest, "cannot_delete_prod_environment", "Cannot delete prod environment")
	}
	c.environments = slices.DeleteFunc(c.environments, func(x *environment) bool { return x == e })
	for secret, key := range c.known {
		if key.world == e.world {
			delete(c.known, secret)
		}
	}
	return answer{status: http.StatusNoContent, noETag: true}
}

var (
	newKeyBody = shape(field{"environment_id", numberBetween(1, maxOffset)}, field{"display_name", nameRule})
	oldKeyBody = shape(field{"environment_id", numberBetween(1, maxOffset)}, field{"key_id", numberBetween(1, maxOffset)})
)

// postAPIKeys is POST /environment/api-keys: a key that may do everything in an environment. Its
// secret is shown this once.
func postAPIKeys(c *call) answer {
	c.validQuery()
	body := c.validBody(newKeyBody)
	e := c.environment(numberOr(body, "environment_id", 0))
	name := body.str("display_name")
	switch {
	case e == nil:
		return failure(http.StatusNotFound, "not_found", "Environment not found")
	case slices.ContainsFunc(e.keys, func(k environmentKey) bool { return k.displayName == name }):
		return failure(http.StatusConflict, "conflict", "A key with this name already exists")
	case len(e.keys) >= maxEnvironmentKeys:
		return failure(http.StatusBadRequest, "resource_capped", "Maximum number of API keys reached")
	}
	c.lastKey++
	k := environmentKey{id: c.lastKey, displayName: name, secret: uuid(c.Server.world.rng)}
	e.keys = append(e.keys, k)
	scopes := []string{"environment:*"}
	c.known[k.secret] = &apiKey{scopes: scopes, world: e.world}
	return jsonAnswer(http.StatusOK, dataBody{newObject("id", k.id, "display_name", k.displayName, "scopes", texts(scopes),
		"secret", k.secret, "created_at", isoZ(c.now()))})
}

// deleteAPIKey is DELETE /environment/api-keys, with a body. The key stops working at once.
func deleteAPIKey(c *call) answer {
	c.validQuery()
	body := c.validBody(oldKeyBody)
	e := c.environment(numberOr(body, "environment_id", 0))
	if e == nil {
		return failure(http.StatusNotFound, "not_found", "Environment not found")
	}
	id := numberOr(body, "key_id", 0)
	at := slices.IndexFunc(e.keys, func(k environmentKey) bool { return k.id == id })
	if at < 0 {
		return failure(http.StatusNotFound, "not_found", "API key not found")
	}
	delete(c.known, e.keys[at].secret)
	e.keys = slices.Delete(e.keys, at, at+1)
	return taken()
}

// postRotateKey is POST /environment/webhook-signing-key/rotate; it looks at no body.
func postRotateKey(c *call) answer {
	c.validQuery()
	c.world.webhookKey = uuid(c.world.rng)
	return jsonAnswer(http.StatusOK, dataBody{newObject("webhook_signing_key", c.world.webhookKey)})
}

// number is the environment's number, as text.
func (w *world) number() string { return strconv.Itoa(w.id) }

// openAccount makes the environments that are there from the start.
func (s *Server) openAccount() {
	prod := newWorldOf(s.world.seed, s.now(), s.world.catalog)
	prod.id = prodEnvironment
	s.environments = []*environment{{id: prodEnvironment, name: "prod", prod: true, world: prod}, {id: ownEnvironment, name: "dev", world: s.world}}
	s.lastEnvironment = ownEnvironment
	s.lastKey = len(s.known)
}

// liveSession is the connect session of a token, nil where it is over; the call is then about the
// session's environment.
func (c *call) liveSession(token string) *session {
	for _, e := range c.environments {
		if found := e.world.liveSession(token, c.now()); found != nil {
			c.world = e.world
			return found
		}
	}
	return nil
}

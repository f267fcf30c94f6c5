package sandbox

import (
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// Version is a version of Nango. Between the two, environments and their API keys moved from numbers to UUIDs, and can be listed.
// All else is as in 0.71.4.
type Version string

const (
	Server0714 Version = "0.71.4"
	Server0717 Version = "0.71.7"
)

// Versions are the versions that a sandbox can answer like.
var Versions = []Version{Server0714, Server0717}

const scopeEnvironments = "account:environments:"

// accountRoutes need an account key. What 0.71.7 answers comes from Nango's published types and source, not from a running server;
// each fact in nango/testdata/contract names its evidence.
var accountRoutes = map[Version][]route{
	Server0714: {
		{"POST", "/environments", needs(scopeEnvironments + "create"), postEnvironments, 0},
		{"DELETE", "/environments/{environmentId}", needs(scopeEnvironments + "delete"), deleteEnvironment, 0},
		{"POST", "/environment/api-keys", needs(scopeEnvironments + "api_keys:create"), postAPIKeys, 0},
		{"DELETE", "/environment/api-keys", needs(scopeEnvironments + "api_keys:delete"), deleteAPIKey, 0},
	},
	Server0717: {
		{"GET", "/environments", needs(scopeEnvironments + "list"), getEnvironments, withQuery},
		{"POST", "/environments", needs(scopeEnvironments + "create"), postEnvironments, 0},
		{"DELETE", "/environments/{environmentUuid}", needs(scopeEnvironments + "delete"), deleteEnvironmentUUID, 0},
		{"GET", "/environments/{environmentUuid}/api-keys", needs(scopeEnvironments + "api_keys:list"), getKeys, withQuery},
		{"POST", "/environments/{environmentUuid}/api-keys", needs(scopeEnvironments + "api_keys:create"), postKey, 0},
		{"GET", "/environments/{environmentUuid}/api-keys/{keyUuid}", needs(scopeEnvironments + "api_keys:read"), getKey, 0},
		{"DELETE", "/environments/{environmentUuid}/api-keys/{keyUuid}", needs(scopeEnvironments + "api_keys:delete"), deleteKey, 0},
	},
}

// getEnvironments is GET /environments: the environments of the account, or the one with a name.
func getEnvironments(c *call) answer {
	q := c.validQuery(zod.Key("name", zod.Optional(environmentName)))
	out := []any{}
	for _, e := range c.environments {
		if !q.Has("name") || e.name == q.Str("name") {
			out = append(out, js.NewObject("id", e.id, "uuid", e.uuid, "name", e.name, "is_production", e.production))
		}
	}
	return data(out)
}

func deleteEnvironmentUUID(c *call) answer {
	return c.deleteEnvironment(c.environmentByUUID(c.validParam("environmentUuid", zod.UUID)))
}

func (c *call) environmentByUUID(uuid string) *environment {
	return c.environmentWhere(func(e *environment) bool { return e.uuid == uuid })
}

// getKeys is GET /environments/{environmentUuid}/api-keys: the keys without their secrets, or the one with a name.
func getKeys(c *call) answer {
	q := c.validQuery(zod.Key("display_name", zod.Optional(zod.String())))
	e := c.environmentByUUID(c.validParam("environmentUuid", zod.UUID))
	out := []any{}
	for _, k := range e.keys {
		if !q.Has("display_name") || k.displayName == q.Str("display_name") {
			out = append(out, c.keyView(k))
		}
	}
	return data(out)
}

func (c *call) keyView(k environmentKey) *js.Object {
	var used any
	if at := c.apiKeys[k.secret].used; at != 0 {
		used = isoZ(at.time())
	}
	return js.NewObject("id", k.id, "uuid", k.uuid, "display_name", k.displayName, "scopes", list(k.scopes),
		"last_used_at", used, "created_at", isoZ(k.created.time()))
}

var keyNameBody = zod.Object(zod.Key("display_name", nameRule))

// postKey is POST /environments/{environmentUuid}/api-keys.
func postKey(c *call) answer {
	uuid := c.validParam("environmentUuid", zod.UUID)
	name := c.validBody(keyNameBody).Str("display_name")
	k := c.addKey(c.environmentByUUID(uuid), name)
	return data(js.NewObject("id", k.id, "uuid", k.uuid, "display_name", k.displayName, "scopes", list(k.scopes),
		"secret", k.secret, "created_at", isoZ(k.created.time())))
}

// keyByUUID returns the environment and the index of the key that the path names, or ends the request.
func (c *call) keyByUUID() (*environment, int) {
	params := c.validParams(zod.Key("environmentUuid", zod.UUID), zod.Key("keyUuid", zod.UUID))
	e := c.environmentByUUID(params.Str("environmentUuid"))
	return e, e.requireKey(func(k environmentKey) bool { return k.uuid == params.Str("keyUuid") })
}

// getKey is GET /environments/{environmentUuid}/api-keys/{keyUuid}: a key with its secret, any time.
func getKey(c *call) answer {
	e, at := c.keyByUUID()
	view := c.keyView(e.keys[at])
	view.Set("secret", e.keys[at].secret)
	return data(view)
}

// deleteKey is DELETE /environments/{environmentUuid}/api-keys/{keyUuid}.
func deleteKey(c *call) answer { return c.deleteKey(c.keyByUUID()) }

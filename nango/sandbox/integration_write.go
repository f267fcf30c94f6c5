package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const maxConfigValue = 8_192

var scopesRule = zod.Optional(zod.Union(zod.String(zod.Pattern(`^[0-9a-zA-Z:/_.*-]+(,[0-9a-zA-Z:/_.*-]+)*$`)), zod.EmptyString))

var pemRule = zod.String(zod.StartsWith("-----BEGIN RSA PRIVATE KEY----"), zod.EndsWith("-----END RSA PRIVATE KEY-----"))

// appCredentials are the developer apps by auth mode.
var appCredentials = zod.ByType("invalid credentials object", map[string]zod.Rule{
	"OAUTH1": clientApp,
	"OAUTH2": clientApp,
	"TBA":    clientApp,
	"APP":    credentialShape(zod.Key("app_id", nameRule), zod.Key("app_link", nameRule), zod.Key("private_key", pemRule)),
	"CUSTOM": credentialShape(zod.Key("client_id", nameRule), zod.Key("client_secret", zod.String(zod.Min(1))),
		zod.Key("app_id", nameRule), zod.Key("app_link", nameRule), zod.Key("private_key", pemRule)),
})

var clientApp = credentialShape(
	zod.Key("client_id", nameRule),
	zod.Key("client_secret", zod.String(zod.Min(1))),
	zod.Key("scopes", scopesRule),
	zod.Key("webhook_secret", zod.Optional(zod.String(zod.Max(maxNameLength)))))

// The bodies of create, quickstart and change. The first fields of all are the same.
var (
	settings = []zod.Field{
		zod.Key("display_name", zod.Optional(nameRule)),
		zod.Key("forward_webhooks", zod.Optional(zod.Boolean)),
	}
	configuration = []zod.Field{
		zod.Key("credentials", zod.Optional(appCredentials)),
		zod.Key("integration_config", zod.Optional(zod.Record(nil, zod.String(zod.Max(maxConfigValue))))),
		zod.Key("custom", zod.Optional(textRecord)),
	}
	identity       = []zod.Field{zod.Key("provider", providerRule), zod.Key("unique_key", integrationRule)}
	createBody     = zod.Object(slices.Concat(identity, settings, configuration)...)
	quickstartBody = zod.Object(slices.Concat(identity, settings)...)
	changeBody     = zod.Object(slices.Concat(
		[]zod.Field{zod.Key("unique_key", zod.Optional(integrationRule))}, settings, configuration)...)
)

// authModesWithApp are the auth modes whose integrations need credentials.
var authModesWithApp = []string{"OAUTH1", "OAUTH2", "APP", "CUSTOM"}

const incompatibleCredentials = "incompatible credentials auth type and provider auth"

func postIntegrations(c *call) answer {
	body := c.validBody(createBody)
	i := c.newIntegration(body)
	sent := body.Obj("credentials")
	if sent != nil && sent.Str("type") != i.provider.AuthMode {
		return failure(http.StatusBadRequest, "invalid_body", incompatibleCredentials)
	}
	if sent == nil && slices.Contains(authModesWithApp, i.provider.AuthMode) {
		return failure(http.StatusBadRequest, "invalid_body", "Missing credentials")
	}
	i.credentials = orderedCredentials(sent)
	i.setDefaultScopes()
	i.custom = body.Obj("custom")
	i.configure(body)
	c.env.addIntegration(i)
	return data(c.plainView(i))
}

// newIntegration makes an integration, or ends the request.
func (c *call) newIntegration(body *js.Object) *integration {
	p := require(c.env.catalog.ByName[body.Str("provider")], issueFailure("invalid_string", "Invalid provider", "provider"))
	if c.env.integration(body.Str("unique_key")) != nil {
		stop(issueFailure("invalid_string", "Unique key already exists", "uniqueKey"))
	}
	now := c.timestamp()
	return &integration{
		key: body.Str("unique_key"), name: body.Str("display_name"), provider: p,
		forwardWebhooks: body.Get("forward_webhooks") != false, created: now, updated: now,
	}
}

// orderedCredentials returns credentials in the order in which they are read back, with null for missing fields.
func orderedCredentials(sent *js.Object) *js.Object {
	if sent == nil {
		return nil
	}
	order := []string{"type", "client_id", "client_secret", "scopes", "webhook_secret"}
	switch sent.Str("type") {
	case "APP":
		order = []string{"type", "app_id", "private_key", "app_link"}
	case "CUSTOM":
		order = []string{"type", "client_id", "client_secret", "app_id", "app_link", "private_key"}
	}
	out := js.NewObject()
	for _, k := range order {
		out.Set(k, nil)
		if sent.Has(k) {
			out.Set(k, sent.Get(k))
		}
	}
	return out
}

// setDefaultScopes sets the provider's scopes if none were sent.
func (i *integration) setDefaultScopes() {
	if i.credentials.Has("scopes") && i.credentials.Get("scopes") == nil && len(i.provider.DefaultScopes) > 0 {
		i.credentials.Set("scopes", strings.Join(i.provider.DefaultScopes, ","))
	}
}

// sharedApps are the scopes of this Nango's own developer apps, by provider.
var sharedApps = map[string]string{"slack": "a,b", "hubspot": "oauth", "notion": ""}

// postQuickstart is POST /integrations/quickstart: an integration with Nango's own developer app.
func postQuickstart(c *call) answer {
	i := c.newIntegration(c.validBody(quickstartBody))
	if !slices.Contains([]string{"OAUTH1", "OAUTH2", "APP"}, i.provider.AuthMode) {
		return failure(http.StatusBadRequest, "invalid_body", "Quickstart is only available for providers that require a developer app")
	}
	scopes, ok := sharedApps[i.provider.Name]
	if !ok {
		return failure(http.StatusBadRequest, "invalid_body", "No Nango-provided developer app is configured for this provider")
	}
	i.credentials = js.NewObject("type", i.provider.AuthMode, "client_id", "", "client_secret", "",
		"scopes", scopes, "webhook_secret", nil)
	c.env.addIntegration(i)
	return data(c.plainView(i))
}

func patchIntegration(c *call) answer {
	key := c.validParam("uniqueKey", integrationRule)
	body := c.validBody(changeBody)
	i := c.quotedIntegration(key)
	if problem := c.changeProblem(i, body); problem != "" {
		return failure(http.StatusBadRequest, "invalid_body", problem)
	}
	i.configure(body)
	i.change(body)
	if len(body.Keys()) > 0 {
		i.updated = c.timestamp()
	}
	view := c.plainView(i)
	view.Remove("credentials_label") // missing in the answer of a PATCH, as seen on v0.71.4
	return data(view)
}

// changeProblem returns what forbids a change, "" if nothing does.
func (c *call) changeProblem(i *integration, body *js.Object) string {
	if next := body.Str("unique_key"); next != "" && next != i.key {
		if c.env.integration(next) != nil {
			return "uniqueKey is already used by another integration"
		}
		if len(i.connections) > 0 {
			return "Can't rename an integration with active connections"
		}
	}
	if sent := body.Obj("credentials"); sent != nil && sent.Str("type") != i.provider.AuthMode {
		return incompatibleCredentials
	}
	return ""
}

func (i *integration) change(body *js.Object) {
	if body.Has("unique_key") {
		i.key = body.Str("unique_key")
	}
	if body.Has("display_name") {
		i.name = body.Str("display_name")
	}
	if body.Has("forward_webhooks") {
		i.forwardWebhooks = body.Get("forward_webhooks") == true
	}
	if sent := body.Obj("credentials"); sent != nil {
		i.replaceCredentials(sent)
	}
	if sent := body.Obj("custom"); sent != nil {
		if i.custom == nil {
			i.custom = js.NewObject()
		}
		i.custom.Merge(sent)
	}
}

// replaceCredentials keeps scopes and webhook secret that are not sent. An empty secret removes it.
func (i *integration) replaceCredentials(sent *js.Object) {
	old := i.credentials
	i.credentials = orderedCredentials(sent)
	for _, k := range []string{"scopes", "webhook_secret"} {
		if old != nil && i.credentials.Has(k) && !sent.Has(k) {
			i.credentials.Set(k, old.Get(k))
		}
	}
	if i.credentials.Has("webhook_secret") && i.credentials.Str("webhook_secret") == "" {
		i.credentials.Set("webhook_secret", nil)
	}
}

// configure merges the body's integration_config into the integration's config, or ends the request with all problems.
func (i *integration) configure(body *js.Object) {
	if !body.Has("integration_config") {
		return
	}
	if len(i.provider.IntegrationKeys) == 0 {
		stop(failure(http.StatusBadRequest, "invalid_body", "This provider does not accept integration configuration"))
	}
	var problems []string
	next := i.provider.IntegrationDefaults()
	if i.config != nil {
		next = i.config.Clone()
	}
	for k, v := range body.Obj("integration_config").All() {
		if !slices.Contains(i.provider.IntegrationKeys, k) {
			problems = append(problems, "Unknown field "+k)
		} else if next.Set(k, v); v == "" {
			next.Remove(k)
		}
	}
	for _, name := range i.provider.IntegrationKeys {
		f := i.provider.IntegrationConfig[name]
		switch v := next.Str(name); {
		case v == "" && !f.Optional:
			problems = append(problems, f.Title+" is required")
		case v != "" && !f.Allows(v):
			problems = append(problems, f.Title+" has an invalid format")
		}
	}
	if len(problems) > 0 {
		stop(failure(http.StatusBadRequest, "invalid_body", strings.Join(problems, ", ")))
	}
	i.config = next
}

// deleteIntegration is DELETE /integrations/{uniqueKey}. It deletes its connections too.
func deleteIntegration(c *call) answer {
	i, env := c.pathIntegration(), c.env
	env.integrations = slices.DeleteFunc(env.integrations, func(x *integration) bool { return x == i })
	env.removeSyncFailures(func(t *syncFailure) bool { return t.conn.integration == i })
	env.connections = slices.DeleteFunc(env.connections, func(x *connection) bool { return x.integration == i })
	return success()
}

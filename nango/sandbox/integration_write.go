package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const maxConfigValue = 8_192

var scopesRegexp = regexp.MustCompile(`^[0-9a-zA-Z:/_.*-]+(,[0-9a-zA-Z:/_.*-]+)*$`)

var scopesRule = zod.Optional(zod.Union(
	zod.String(zod.Regex(scopesRegexp, `^[0-9a-zA-Z:/_.*-]+(,[0-9a-zA-Z:/_.*-]+)*$`)), zod.EmptyString))

var pemRule = zod.String(zod.StartsWith("-----BEGIN RSA PRIVATE KEY----"), zod.EndsWith("-----END RSA PRIVATE KEY-----"))

// appCredentials are the developer apps of the auth modes that have one.
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

var (
	configRule = zod.Optional(zod.Record(nil, zod.String(zod.Max(maxConfigValue))))
	customRule = zod.Optional(textRecord)

	createBody = zod.Object(
		zod.Key("provider", providerRule),
		zod.Key("unique_key", integrationRule),
		zod.Key("display_name", zod.Optional(nameRule)),
		zod.Key("forward_webhooks", zod.Optional(zod.Boolean)),
		zod.Key("credentials", zod.Optional(appCredentials)),
		zod.Key("integration_config", configRule),
		zod.Key("custom", customRule),
	)
	quickstartBody = zod.Object(
		zod.Key("provider", providerRule),
		zod.Key("unique_key", integrationRule),
		zod.Key("display_name", zod.Optional(nameRule)),
		zod.Key("forward_webhooks", zod.Optional(zod.Boolean)),
	)
	changeBody = zod.Object(
		zod.Key("unique_key", zod.Optional(integrationRule)),
		zod.Key("display_name", zod.Optional(nameRule)),
		zod.Key("forward_webhooks", zod.Optional(zod.Boolean)),
		zod.Key("credentials", zod.Optional(appCredentials)),
		zod.Key("integration_config", configRule),
		zod.Key("custom", customRule),
	)
)

// needsApp are the auth modes whose integrations are not made without credentials.
var authModesWithApp = []string{"OAUTH1", "OAUTH2", "APP", "CUSTOM"}

const incompatibleCredentials = "incompatible credentials auth type and provider auth"

// postIntegrations is POST /integrations.
func postIntegrations(c *call) answer {
	c.validQuery()
	body := c.validBody(createBody)
	i := c.newIntegration(body)
	given := body.Obj("credentials")
	if given != nil && given.Str("type") != i.provider.AuthMode {
		return failure(http.StatusBadRequest, "invalid_body", incompatibleCredentials)
	}
	if given == nil && slices.Contains(authModesWithApp, i.provider.AuthMode) {
		return failure(http.StatusBadRequest, "invalid_body", "Missing credentials")
	}
	i.credentials = orderedCredentials(given)
	i.defaultScopes()
	i.custom = body.Obj("custom")
	if body.Has("integration_config") {
		if problem := i.configure(body.Obj("integration_config")); problem != "" {
			return failure(http.StatusBadRequest, "invalid_body", problem)
		}
	}
	c.env.addIntegration(i)
	return jsonAnswer(http.StatusOK, dataBody{c.view(i)})
}

// newIntegration checks what making one by hand and by quickstart have in common.
func (c *call) newIntegration(body *js.Object) *integration {
	p := c.env.catalog.ByName[body.Str("provider")]
	if p == nil {
		stop(issueFailure("invalid_string", "Invalid provider", "provider"))
	}
	if c.env.integration(body.Str("unique_key")) != nil {
		stop(issueFailure("invalid_string", "Unique key already exists", "uniqueKey"))
	}
	now := timestampMs(c.now())
	return &integration{
		key: body.Str("unique_key"), name: body.Str("display_name"), provider: p,
		forwardWebhooks: body.Get("forward_webhooks") != false, created: now, updated: now,
	}
}

// kept orders credentials as they are read back; what was not given is null.
func orderedCredentials(given *js.Object) *js.Object {
	if given == nil {
		return nil
	}
	order := []string{"type", "client_id", "client_secret", "scopes", "webhook_secret"}
	switch given.Str("type") {
	case "APP":
		order = []string{"type", "app_id", "private_key", "app_link"}
	case "CUSTOM":
		order = []string{"type", "client_id", "client_secret", "app_id", "app_link", "private_key"}
	}
	out := js.NewObject()
	for _, k := range order {
		out.Set(k, nil)
		if given.Has(k) {
			out.Set(k, given.Get(k))
		}
	}
	return out
}

// defaultScopes gives a new integration the scopes of its provider, where it was sent none.
func (i *integration) defaultScopes() {
	if i.credentials != nil && i.credentials.Has("scopes") && i.credentials.Get("scopes") == nil && len(i.provider.DefaultScopes) > 0 {
		i.credentials.Set("scopes", strings.Join(i.provider.DefaultScopes, ","))
	}
}

// sharedApps are the providers for which this Nango has a developer app of its own, with scopes.
var sharedApps = map[string]string{"slack": "a,b", "hubspot": "oauth", "notion": ""}

// postQuickstart is POST /integrations/quickstart: an integration on Nango's own developer app.
func postQuickstart(c *call) answer {
	c.validQuery()
	i := c.newIntegration(c.validBody(quickstartBody))
	if !slices.Contains([]string{"OAUTH1", "OAUTH2", "APP"}, i.provider.AuthMode) {
		return failure(http.StatusBadRequest, "invalid_body", "Quickstart is only available for providers that require a developer app")
	}
	scopes, ok := sharedApps[i.provider.Name]
	if !ok {
		return failure(http.StatusBadRequest, "invalid_body", "No Nango-provided developer app is configured for this provider")
	}
	i.credentials = js.NewObject("type", i.provider.AuthMode, "client_id", "", "client_secret", "", "scopes", scopes, "webhook_secret", nil)
	c.env.addIntegration(i)
	return jsonAnswer(http.StatusOK, dataBody{c.view(i)})
}

// patchIntegration is PATCH /integrations/{uniqueKey}.
func patchIntegration(c *call) answer {
	c.validQuery()
	key := c.validParam("uniqueKey", integrationRule)
	body := c.validBody(changeBody)
	i := c.env.integration(key)
	if i == nil {
		return failure(http.StatusNotFound, "not_found", fmt.Sprintf("Integration %q does not exist", key))
	}
	if problem := c.changeProblem(i, body); problem != "" {
		return failure(http.StatusBadRequest, "invalid_body", problem)
	}
	if body.Has("integration_config") {
		if problem := i.configure(body.Obj("integration_config")); problem != "" {
			return failure(http.StatusBadRequest, "invalid_body", problem)
		}
	}
	i.change(body)
	if len(body.Keys()) > 0 {
		i.updated = timestampMs(c.now())
	}
	view := c.view(i)
	view.CredentialsLabel = nil // the answer of a PATCH lacks it, as seen on v0.71.4
	return jsonAnswer(http.StatusOK, dataBody{view})
}

func (c *call) changeProblem(i *integration, body *js.Object) string {
	if next := body.Str("unique_key"); next != "" && next != i.key {
		if c.env.integration(next) != nil {
			return "uniqueKey is already used by another integration"
		}
		if len(i.connections) > 0 {
			return "Can't rename an integration with active connections"
		}
	}
	if given := body.Obj("credentials"); given != nil && given.Str("type") != i.provider.AuthMode {
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
	if given := body.Obj("credentials"); given != nil {
		i.replaceCredentials(given)
	}
	if given := body.Obj("custom"); given != nil {
		if i.custom == nil {
			i.custom = js.NewObject()
		}
		for _, k := range given.Keys() {
			i.custom.Set(k, given.Get(k))
		}
	}
}

// replaceCredentials keeps scopes and webhook secret that are not sent; an empty secret removes it.
func (i *integration) replaceCredentials(given *js.Object) {
	old := i.credentials
	i.credentials = orderedCredentials(given)
	for _, k := range []string{"scopes", "webhook_secret"} {
		if old != nil && i.credentials.Has(k) && !given.Has(k) {
			i.credentials.Set(k, old.Get(k))
		}
	}
	if i.credentials.Has("webhook_secret") && i.credentials.Str("webhook_secret") == "" {
		i.credentials.Set("webhook_secret", nil)
	}
}

// configure merges values into the integration's config, or says in one line what is wrong with
// them and changes nothing.
func (i *integration) configure(given *js.Object) string {
	if len(i.provider.IntegrationKeys) == 0 {
		return "This provider does not accept integration configuration"
	}
	var problems []string
	next := i.provider.IntegrationDefaults()
	if i.config != nil {
		next = i.config.Clone()
	}
	for _, k := range given.Keys() {
		if !slices.Contains(i.provider.IntegrationKeys, k) {
			problems = append(problems, "Unknown field "+k)
		} else if next.Set(k, given.Get(k)); given.Str(k) == "" {
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
		return strings.Join(problems, ", ")
	}
	i.config = next
	return ""
}

// deleteIntegration is DELETE /integrations/{uniqueKey}: its connections go with it.
func deleteIntegration(c *call) answer {
	c.validQuery()
	i := c.env.integration(c.validParam("uniqueKey", integrationRule))
	if i == nil {
		return failure(http.StatusNotFound, "not_found", "Integration does not exist")
	}
	c.env.removeIntegration(i)
	return success()
}

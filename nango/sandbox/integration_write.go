package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

const maxConfigValue = 8_192

var scopesRegexp = regexp.MustCompile(`^[0-9a-zA-Z:/_.*-]+(,[0-9a-zA-Z:/_.*-]+)*$`)

var scopesRule = optional(either(
	text(matches(scopesRegexp, `^[0-9a-zA-Z:/_.*-]+(,[0-9a-zA-Z:/_.*-]+)*$`)), emptyText))

var pemRule = text(startsWith("-----BEGIN RSA PRIVATE KEY----"), endsWith("-----END RSA PRIVATE KEY-----"))

// appCredentials are the developer apps of the auth modes that have one.
var appCredentials = byType("invalid credentials object", map[string]rule{
	"OAUTH1": clientApp,
	"OAUTH2": clientApp,
	"TBA":    clientApp,
	"APP":    credentialShape(field{"app_id", nameRule}, field{"app_link", nameRule}, field{"private_key", pemRule}),
	"CUSTOM": credentialShape(field{"client_id", nameRule}, field{"client_secret", text(atLeast(1))},
		field{"app_id", nameRule}, field{"app_link", nameRule}, field{"private_key", pemRule}),
})

var clientApp = credentialShape(
	field{"client_id", nameRule},
	field{"client_secret", text(atLeast(1))},
	field{"scopes", scopesRule},
	field{"webhook_secret", optional(text(atMost(maxNameLength)))})

var (
	configRule = optional(record(nil, text(atMost(maxConfigValue))))
	customRule = optional(textRecord)

	createBody = shape(
		field{"provider", providerRule},
		field{"unique_key", integrationRule},
		field{"display_name", optional(nameRule)},
		field{"forward_webhooks", optional(boolean)},
		field{"credentials", optional(appCredentials)},
		field{"integration_config", configRule},
		field{"custom", customRule},
	)
	quickstartBody = shape(
		field{"provider", providerRule},
		field{"unique_key", integrationRule},
		field{"display_name", optional(nameRule)},
		field{"forward_webhooks", optional(boolean)},
	)
	changeBody = shape(
		field{"unique_key", optional(integrationRule)},
		field{"display_name", optional(nameRule)},
		field{"forward_webhooks", optional(boolean)},
		field{"credentials", optional(appCredentials)},
		field{"integration_config", configRule},
		field{"custom", customRule},
	)
)

// needsApp are the auth modes whose integrations are not made without credentials.
var needsApp = []string{"OAUTH1", "OAUTH2", "APP", "CUSTOM"}

const incompatible = "incompatible credentials auth type and provider auth"

// postIntegrations is POST /integrations.
func postIntegrations(c *call) answer {
	c.validQuery()
	body := c.validBody(createBody)
	i := c.newIntegration(body)
	given := body.obj("credentials")
	if given != nil && given.str("type") != i.provider.AuthMode {
		return failure(http.StatusBadRequest, "invalid_body", incompatible)
	}
	if given == nil && slices.Contains(needsApp, i.provider.AuthMode) {
		return failure(http.StatusBadRequest, "invalid_body", "Missing credentials")
	}
	i.credentials = kept(given)
	i.defaultScopes()
	i.custom = body.obj("custom")
	if body.has("integration_config") {
		if problem := i.configure(body.obj("integration_config")); problem != "" {
			return failure(http.StatusBadRequest, "invalid_body", problem)
		}
	}
	c.world.addIntegration(i)
	return jsonAnswer(http.StatusOK, dataBody{c.view(i)})
}

// newIntegration checks what making one by hand and by quickstart have in common.
func (c *call) newIntegration(body *object) *integration {
	p := c.world.catalog.byName[body.str("provider")]
	if p == nil {
		stop(issueFailure("invalid_string", "Invalid provider", "provider"))
	}
	if c.world.integration(body.str("unique_key")) != nil {
		stop(issueFailure("invalid_string", "Unique key already exists", "uniqueKey"))
	}
	now := millis(c.now())
	return &integration{
		key: body.str("unique_key"), name: body.str("display_name"), provider: p,
		forwardWebhooks: body.get("forward_webhooks") != false, created: now, edited: now,
	}
}

// kept orders credentials as they are read back; what was not given is null.
func kept(given *object) *object {
	if given == nil {
		return nil
	}
	order := []string{"type", "client_id", "client_secret", "scopes", "webhook_secret"}
	switch given.str("type") {
	case "APP":
		order = []string{"type", "app_id", "private_key", "app_link"}
	case "CUSTOM":
		order = []string{"type", "client_id", "client_secret", "app_id", "app_link", "private_key"}
	}
	out := newObject()
	for _, k := range order {
		out.set(k, nil)
		if given.has(k) {
			out.set(k, given.values[k])
		}
	}
	return out
}

// defaultScopes gives a new integration the scopes of its provider, where it was sent none.
func (i *integration) defaultScopes() {
	if i.credentials != nil && i.credentials.has("scopes") && i.credentials.get("scopes") == nil && len(i.provider.DefaultScopes) > 0 {
		i.credentials.set("scopes", strings.Join(i.provider.DefaultScopes, ","))
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
	i.credentials = newObject("type", i.provider.AuthMode, "client_id", "", "client_secret", "", "scopes", scopes, "webhook_secret", nil)
	c.world.addIntegration(i)
	return jsonAnswer(http.StatusOK, dataBody{c.view(i)})
}

// patchIntegration is PATCH /integrations/{uniqueKey}.
func patchIntegration(c *call) answer {
	c.validQuery()
	key := c.validParam("uniqueKey", integrationRule)
	body := c.validBody(changeBody)
	i := c.world.integration(key)
	if i == nil {
		return failure(http.StatusNotFound, "not_found", fmt.Sprintf("Integration %q does not exist", key))
	}
	if problem := c.changeProblem(i, body); problem != "" {
		return failure(http.StatusBadRequest, "invalid_body", problem)
	}
	if body.has("integration_config") {
		if problem := i.configure(body.obj("integration_config")); problem != "" {
			return failure(http.StatusBadRequest, "invalid_body", problem)
		}
	}
	i.change(body)
	if len(body.keys) > 0 {
		i.edited = millis(c.now())
	}
	view := c.view(i)
	view.CredentialsLabel = nil // the answer of a PATCH lacks it, as seen on v0.71.4
	return jsonAnswer(http.StatusOK, dataBody{view})
}

func (c *call) changeProblem(i *integration, body *object) string {
	if next := body.str("unique_key"); next != "" && next != i.key {
		if c.world.integration(next) != nil {
			return "uniqueKey is already used by another integration"
		}
		if len(i.byID) > 0 {
			return "Can't rename an integration with active connections"
		}
	}
	if given := body.obj("credentials"); given != nil && given.str("type") != i.provider.AuthMode {
		return incompatible
	}
	return ""
}

func (i *integration) change(body *object) {
	if body.has("unique_key") {
		i.key = body.str("unique_key")
	}
	if body.has("display_name") {
		i.name = body.str("display_name")
	}
	if body.has("forward_webhooks") {
		i.forwardWebhooks = body.get("forward_webhooks") == true
	}
	if given := body.obj("credentials"); given != nil {
		i.replaceCredentials(given)
	}
	if given := body.obj("custom"); given != nil {
		if i.custom == nil {
			i.custom = newObject()
		}
		for _, k := range given.keys {
			i.custom.set(k, given.values[k])
		}
	}
}

// replaceCredentials keeps scopes and webhook secret that are not sent; an empty secret removes it.
func (i *integration) replaceCredentials(given *object) {
	old := i.credentials
	i.credentials = kept(given)
	for _, k := range []string{"scopes", "webhook_secret"} {
		if old != nil && i.credentials.has(k) && !given.has(k) {
			i.credentials.set(k, old.get(k))
		}
	}
	if i.credentials.has("webhook_secret") && i.credentials.str("webhook_secret") == "" {
		i.credentials.set("webhook_secret", nil)
	}
}

// defaults is what an integration_config begins with. An integration that was never sent one has
// none, as seen on v0.71.4.
func (p *provider) defaults() *object {
	o := newObject()
	for _, name := range p.fields.integration {
		if d := p.IntegrationConfig[name].Default; d != "" {
			o.set(name, d)
		}
	}
	return o
}

// configure merges values into the integration's config, or says in one line what is wrong with
// them and changes nothing.
func (i *integration) configure(given *object) string {
	if len(i.provider.fields.integration) == 0 {
		return "This provider does not accept integration configuration"
	}
	var problems []string
	next := i.provider.defaults()
	if i.config != nil {
		next = i.config.clone()
	}
	for _, k := range given.keys {
		if !slices.Contains(i.provider.fields.integration, k) {
			problems = append(problems, "Unknown field "+k)
		} else if next.set(k, given.values[k]); given.str(k) == "" {
			next.remove(k)
		}
	}
	for _, name := range i.provider.fields.integration {
		f := i.provider.IntegrationConfig[name]
		switch v := next.str(name); {
		case v == "" && !f.Optional:
			problems = append(problems, f.Title+" is required")
		case v != "" && !f.allows(v):
			problems = append(problems, f.Title+" has an invalid format")
		}
	}
	if len(problems) > 0 {
		return strings.Join(problems, ", ")
	}
	i.config = next
	return ""
}

// allows holds a value against the field's choices, pattern and format. A pattern that Go cannot
// read is not held against it.
func (f fieldSchema) allows(v string) bool {
	if len(f.Enum) > 0 && !slices.Contains(f.Enum, v) {
		return false
	}
	if re, err := regexp.Compile(f.Pattern); err == nil && !re.MatchString(v) {
		return false
	}
	return f.Format != "uri" || isURL(v)
}

// deleteIntegration is DELETE /integrations/{uniqueKey}: its connections go with it.
func deleteIntegration(c *call) answer {
	c.validQuery()
	i := c.world.integration(c.validParam("uniqueKey", integrationRule))
	if i == nil {
		return failure(http.StatusNotFound, "not_found", "Integration does not exist")
	}
	c.world.removeIntegration(i)
	return success()
}

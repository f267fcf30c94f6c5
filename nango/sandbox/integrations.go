package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// baseURL is the address of the server in the request.
func (c *call) baseURL() string { return "http://" + c.r.Host }

// displayName returns the integration's name, or the provider's.
func (i *integration) displayName() string { return cmp.Or(i.name, i.provider.DisplayName) }

// view is an integration in an answer, with its webhook URL and credentials unless they are undefined.
func (c *call) view(i *integration, webhook, credentials any) *js.Object {
	var label any = js.Undefined{} // the integration's own name for its key field, if its provider has one
	if text := i.config.Str("keyLabel"); text != "" {
		label = js.NewObject("apiKey", text)
	}
	return js.NewObject("unique_key", i.key, "provider", i.provider.Name, "display_name", i.displayName(),
		"logo", logoURL(c.baseURL(), i.provider.Name), "credentials_label", label, "webhook_url", webhook, "credentials", credentials,
		"forward_webhooks", i.forwardWebhooks, "created_at", isoZ(i.created.time()), "updated_at", isoZ(i.updated.time()))
}

func (c *call) plainView(i *integration) *js.Object { return c.view(i, js.Undefined{}, js.Undefined{}) }

// getIntegrations is GET /integrations: all, or the session's, by provider and age.
func getIntegrations(c *call) answer {
	views := []any{}
	for _, i := range c.env.integrations {
		if c.env.catalog.ByName[i.provider.Name] == nil {
			return c.crash() // an integration without its provider breaks the whole list
		}
		if c.session == nil || c.session.allows(i.key) {
			views = append(views, c.plainView(i))
		}
	}
	return data(views)
}

var includeValue = zod.Enum("webhook", "credentials")

// includeRule accepts a parameter that is sent once, repeated or with brackets, but no list with commas.
var includeRule = zod.Union(includeValue, zod.Array(includeValue))

func getIntegration(c *call) answer {
	q := c.validQuery(zod.Key("include", zod.Optional(includeRule)))
	i := c.quotedIntegration(c.validParam("uniqueKey", integrationRule))
	include, many := q.Get("include").([]any)
	if !many {
		include = []any{q.Get("include")}
	}
	webhook := slices.Contains(include, any("webhook"))
	credentials := slices.Contains(include, any("credentials")) && c.may(scopeIntegrations+"read_credentials")
	return data(c.view(i, js.When(webhook, c.webhookURL(i)), js.When(credentials, objectOrNull(i.credentials))))
}

// quotedIntegration returns an integration, or ends the request with an error that quotes the key.
func (c *call) quotedIntegration(key string) *integration {
	return require(c.env.integration(key), failure(http.StatusNotFound, "not_found", fmt.Sprintf("Integration %q does not exist", key)))
}

// objectOrNull returns o, or an untyped nil, which is written as null.
func objectOrNull(o *js.Object) any {
	if o == nil {
		return nil
	}
	return o
}

// webhookURL returns nil for a provider that sends no webhooks.
func (c *call) webhookURL(i *integration) any {
	if i.provider.WebhookScript == "" {
		return nil
	}
	return c.baseURL() + "/webhook/" + c.env.uuid + "/" + url.PathEscape(i.key)
}

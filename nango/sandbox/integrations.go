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

// integrationView is an integration in an answer. webhook_url and credentials are included on request.
type integrationView struct {
	UniqueKey        string            `json:"unique_key"`
	Provider         string            `json:"provider"`
	DisplayName      string            `json:"display_name"`
	Logo             string            `json:"logo"`
	CredentialsLabel map[string]string `json:"credentials_label,omitempty"`
	WebhookURL       *nullable         `json:"webhook_url,omitempty"`
	Credentials      *nullable         `json:"credentials,omitempty"`
	ForwardWebhooks  bool              `json:"forward_webhooks"`
	CreatedAt        string            `json:"created_at"`
	UpdatedAt        string            `json:"updated_at"`
}

// nullable tells null from a missing field.
type nullable struct{ value any }

// MarshalJSON writes the value, or null.
func (n *nullable) MarshalJSON() ([]byte, error) { return js.AppendValue(nil, n.value), nil }

// baseURL is the address of the server in the request.
func (c *call) baseURL() string { return "http://" + c.r.Host }

// displayName returns the integration's name, or the provider's.
func (i *integration) displayName() string { return cmp.Or(i.name, i.provider.DisplayName) }

func (c *call) view(i *integration) integrationView {
	return integrationView{
		UniqueKey:        i.key,
		Provider:         i.provider.Name,
		DisplayName:      i.displayName(),
		Logo:             logoURL(c.baseURL(), i.provider.Name),
		CredentialsLabel: i.credentialsLabel(),
		ForwardWebhooks:  i.forwardWebhooks,
		CreatedAt:        isoZ(i.created.time()),
		UpdatedAt:        isoZ(i.updated.time()),
	}
}

// credentialsLabel is the integration's own name for its key field, if its provider has one.
func (i *integration) credentialsLabel() map[string]string {
	if label := i.config.Str("keyLabel"); label != "" {
		return map[string]string{"apiKey": label}
	}
	return nil
}

// getIntegrations is GET /integrations: all, or the session's, by provider and age.
func getIntegrations(c *call) answer {
	views := []integrationView{}
	for _, i := range c.env.integrations {
		if c.env.catalog.ByName[i.provider.Name] == nil {
			return c.crash() // an integration without its provider breaks the whole list
		}
		if c.session == nil || c.session.allows(i.key) {
			views = append(views, c.view(i))
		}
	}
	return data(views)
}

// includeRule accepts a parameter that is sent once, repeated or with brackets, but no list with commas.
func includeRule(v any, at []string, in *zod.Issues) any {
	values, many := v.([]any)
	if !many {
		values = []any{v}
	}
	for _, value := range values {
		zod.Enum("webhook", "credentials")(value, at, in)
	}
	return values
}

// getIntegration is GET /integrations/{uniqueKey}.
func getIntegration(c *call) answer {
	q := c.validQuery(zod.Key("include", zod.Optional(includeRule)))
	i := c.quotedIntegration(c.validParam("uniqueKey", integrationRule))
	view := c.view(i)
	include, _ := q.Get("include").([]any)
	if slices.Contains(include, any("webhook")) {
		view.WebhookURL = &nullable{c.webhookURL(i)}
	}
	if slices.Contains(include, any("credentials")) && c.may(scopeIntegrations+"read_credentials") {
		view.Credentials = &nullable{objectOrNull(i.credentials)}
	}
	return data(view)
}

// quotedIntegration returns an integration, or ends the request with an error that quotes the key.
func (c *call) quotedIntegration(key string) *integration {
	i := c.env.integration(key)
	if i == nil {
		stop(failure(http.StatusNotFound, "not_found", fmt.Sprintf("Integration %q does not exist", key)))
	}
	return i
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

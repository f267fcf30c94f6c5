package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// integrationView is an integration as the API shows it; webhook_url and credentials stand in it
// only when they were asked for.
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

// nullable is a value that is null, as opposed to a field that is not there.
type nullable struct{ value any }

// MarshalJSON writes the value, or null.
func (n *nullable) MarshalJSON() ([]byte, error) { return js.AppendValue(nil, n.value), nil }

type dataBody struct {
	Data any `json:"data"`
}

// baseURL is the address at which the server was asked.
func (c *call) baseURL() string { return "http://" + c.r.Host }

func (c *call) view(i *integration) integrationView {
	name := i.name
	if name == "" {
		name = i.provider.DisplayName
	}
	return integrationView{
		UniqueKey:        i.key,
		Provider:         i.provider.Name,
		DisplayName:      name,
		Logo:             logoURL(c.baseURL(), i.provider.Name),
		CredentialsLabel: i.credentialsLabel(),
		ForwardWebhooks:  i.forwardWebhooks,
		CreatedAt:        isoZ(i.created.time()),
		UpdatedAt:        isoZ(i.updated.time()),
	}
}

// credentialsLabel is the integration's own name for its key field, where its provider has one.
func (i *integration) credentialsLabel() map[string]string {
	if i.config == nil || i.config.Str("keyLabel") == "" {
		return nil
	}
	return map[string]string{"apiKey": i.config.Str("keyLabel")}
}

// getIntegrations is GET /integrations: all of them, or the session's, by provider and age.
func getIntegrations(c *call) answer {
	c.validQuery()
	views := []integrationView{}
	for _, i := range c.env.integrations {
		if c.env.catalog.ByName[i.provider.Name] == nil {
			return c.crashLocked() // one lost provider spoils the whole list
		}
		if c.session == nil || c.session.allows(i.key) {
			views = append(views, c.view(i))
		}
	}
	return jsonAnswer(http.StatusOK, dataBody{views})
}

// includeRule takes a parameter once, repeated or with brackets; a comma list is no option.
var includeRule = func(v any, at []string, in *zod.Issues) any {
	wanted, many := v.([]any)
	if !many {
		wanted = []any{v}
	}
	for _, w := range wanted {
		if w != "webhook" && w != "credentials" {
			in.Add(at, "invalid_value", `Invalid option: expected one of "webhook"|"credentials"`)
		}
	}
	return wanted
}

// getIntegration is GET /integrations/{uniqueKey}.
func getIntegration(c *call) answer {
	q := c.validQuery(zod.Key("include", zod.Optional(includeRule)))
	key := c.validParam("uniqueKey", integrationRule)
	i := c.env.integration(key)
	if i == nil {
		return failure(http.StatusNotFound, "not_found", fmt.Sprintf("Integration %q does not exist", key))
	}
	view := c.view(i)
	include, _ := q.Get("include").([]any)
	if slices.Contains(include, any("webhook")) {
		view.WebhookURL = &nullable{c.webhookURL(i)}
	}
	if slices.Contains(include, any("credentials")) && c.may(scopeIntegrations+"read_credentials") {
		view.Credentials = &nullable{objectOrNull(i.credentials)}
	}
	return jsonAnswer(http.StatusOK, dataBody{view})
}

// objectOrNull returns o, or an untyped nil, which is written as null.
func objectOrNull(o *js.Object) any {
	if o == nil {
		return nil
	}
	return o
}

// webhookURL is nil for a provider that sends no webhooks.
func (c *call) webhookURL(i *integration) any {
	if i.provider.WebhookScript == "" {
		return nil
	}
	return c.baseURL() + "/webhook/" + c.env.uuid + "/" + url.PathEscape(i.key)
}

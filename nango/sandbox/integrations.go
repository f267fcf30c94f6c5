package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
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
func (n *nullable) MarshalJSON() ([]byte, error) { return appendValue(nil, n.value, false), nil }

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
		UpdatedAt:        isoZ(i.edited.time()),
	}
}

// credentialsLabel is the integration's own name for its key field, where its provider has one.
func (i *integration) credentialsLabel() map[string]string {
	if i.config == nil || i.config.str("keyLabel") == "" {
		return nil
	}
	return map[string]string{"apiKey": i.config.str("keyLabel")}
}

// getIntegrations is GET /integrations: all of them, or the session's, by provider and age.
func getIntegrations(c *call) answer {
	c.validQuery()
	views := []integrationView{}
	for _, i := range c.world.integrations {
		if c.world.catalog.byName[i.provider.Name] == nil {
			return c.crashLocked() // one lost provider spoils the whole list
		}
		if c.session == nil || c.session.allows(i.key) {
			views = append(views, c.view(i))
		}
	}
	return jsonAnswer(http.StatusOK, dataBody{views})
}

// includeRule takes a parameter once, repeated or with brackets; a comma list is no option.
var includeRule = func(v any, at []string, in *issues) any {
	wanted, many := v.([]any)
	if !many {
		wanted = []any{v}
	}
	for _, w := range wanted {
		if w != "webhook" && w != "credentials" {
			in.add(at, "invalid_value", `Invalid option: expected one of "webhook"|"credentials"`)
		}
	}
	return wanted
}

// getIntegration is GET /integrations/{uniqueKey}.
func getIntegration(c *call) answer {
	q := c.validQuery(field{"include", optional(includeRule)})
	key := c.validParam("uniqueKey", integrationRule)
	i := c.world.integration(key)
	if i == nil {
		return failure(http.StatusNotFound, "not_found", fmt.Sprintf("Integration %q does not exist", key))
	}
	view := c.view(i)
	include, _ := q.get("include").([]any)
	if slices.Contains(include, any("webhook")) {
		view.WebhookURL = &nullable{c.webhookURL(i)}
	}
	if slices.Contains(include, any("credentials")) && c.may(scopeIntegrations+"read_credentials") {
		view.Credentials = &nullable{credentialsOrNull(i)}
	}
	return jsonAnswer(http.StatusOK, dataBody{view})
}

func credentialsOrNull(i *integration) any {
	if i.credentials == nil {
		return nil
	}
	return i.credentials
}

// webhookURL is nil for a provider that sends no webhooks.
func (c *call) webhookURL(i *integration) any {
	if !i.provider.Webhooks {
		return nil
	}
	return c.baseURL() + "/webhook/" + c.world.environment + "/" + url.PathEscape(i.key)
}

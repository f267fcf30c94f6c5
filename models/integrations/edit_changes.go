package integrations

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// changes is the difference between a form and the integration: what to send, and texts without secrets.
type changes struct {
	patch         nango.IntegrationPatch
	before, after []string
	consequences  []string
}

func (c *changes) add(label, was, is string) {
	line := func(value string) string { return label + ": " + strings.Join(strings.Fields(value), " ") }
	c.before, c.after = append(c.before, line(was)), append(c.after, line(is))
}

func (e *EditForm) changes(v form.Values) *changes {
	c := &changes{}
	if name := v[fieldName]; name != "" && name != e.before.DisplayName {
		c.patch.DisplayName = name
		c.add(changeName, e.before.DisplayName, name)
	}
	if forward := v.Bool(fieldForward); forward != e.before.ForwardWebhooks {
		c.patch.ForwardWebhooks = &forward
		c.add(changeForward, yesOrNo(e.before.ForwardWebhooks), yesOrNo(forward))
	}
	if key := v[fieldKey]; key != "" && key != e.before.Key {
		c.patch.Key = key
		c.add(changeKey, e.before.Key, key)
		c.consequences = append(c.consequences, changeRename)
	}
	if v.Bool(fieldReplace) {
		e.credentials(c, v)
	}
	c.patch.Config = configFrom(e.before.provider.config, v)
	for _, name := range slices.Sorted(maps.Keys(c.patch.Config)) {
		e.config(c, name)
	}
	return c
}

// config adds a change of the config. Nango doesn't return the previous value.
func (e *EditForm) config(c *changes, name string) {
	is := valueRemoved
	if value := c.patch.Config[name]; value != "" {
		is = value
	}
	for _, d := range e.before.provider.config {
		if d.Name == name && d.Secret && is == c.patch.Config[name] {
			is = valueNew
		}
	}
	c.add(fmt.Sprintf(changeConfig, name), valueUnknown, is)
}

// credentials adds the changes of the app. Without a change no credentials are sent.
func (e *EditForm) credentials(c *changes, v form.Values) {
	app := e.changesApp(c, v)
	scopes, webhook := e.scopes(c, v), e.webhook(c, v)
	if !app && scopes == nil && webhook == nil {
		return
	}
	warning := e.dependents(textRefreshWarning)
	c.patch.Credentials = credentialsFrom(e.before.provider.AuthMode, v, scopes, webhook)
	c.consequences = append(c.consequences, replaceForGood)
	switch {
	case !app:
		c.consequences = append(c.consequences, replaceSameApp)
	case !e.before.canRead:
		c.consequences = append(c.consequences, fmt.Sprintf(replaceUnknown, warning))
	default:
		c.consequences = append(c.consequences, warning)
	}
}

// changesApp reports whether the app changes, or could: everything except scopes and webhook secret.
func (e *EditForm) changesApp(c *changes, v form.Values) bool {
	other := false
	for _, field := range appFields(e.before.provider.AuthMode, true, nil) {
		typed := v[field.ID]
		if field.ID == fieldPrivateKey {
			typed = privateKey(typed)
		}
		was, known := e.before.secrets[field.ID]
		switch {
		case !known:
			c.add(field.ID, valueUnknown, valueNew)
		case was.Reveal() == typed:
			continue
		default:
			c.add(field.ID, valueCurrent, valueNew)
		}
		other = true
	}
	return other
}

// scopes returns the scopes to send; nil keeps them.
func (e *EditForm) scopes(c *changes, v form.Values) *string {
	text, there := v[fieldScopes]
	joined := joinedScopes(text)
	if !there || e.before.canRead && joined == e.before.scopes {
		return nil
	}
	was := valueUnknown
	if e.before.canRead {
		was = scopesText(e.before.scopes)
	}
	c.add(changeScopes, was, scopesText(joined))
	return &joined
}

// webhook returns the webhook secret to send; nil keeps it.
func (e *EditForm) webhook(c *changes, v form.Values) *nango.Secret {
	secret, is := nango.Secret(""), valueNone
	switch v[fieldWebhook] {
	case webhookSet:
		secret, is = nango.Secret(v[fieldWebhookSecret]), valueNew
	case webhookRemove:
	default:
		return nil
	}
	if was, known := e.before.secrets[fieldWebhookSecret]; known && was == secret {
		return nil
	}
	c.add(changeSecret, valueCurrentOrNone, is)
	return &secret
}

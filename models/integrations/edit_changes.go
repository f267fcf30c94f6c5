package integrations

import (
	"maps"
	"slices"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// changes is what an edited form asks for: only what is other than it was, and the difference in words, which hold no
// secret.
type changes struct {
	patch         nango.IntegrationPatch
	before, after []string
	goes          []string
}

func (c *changes) from(label, was, is string) {
	line := func(value string) string { return label + ": " + strings.Join(strings.Fields(value), " ") }
	c.before, c.after = append(c.before, line(was)), append(c.after, line(is))
}

// changes compares what was typed with what there was.
func (e *EditForm) changes(v form.Values) *changes {
	c := &changes{}
	if name := v[fieldName]; name != "" && name != e.was.DisplayName {
		c.patch.DisplayName = name
		c.from("display name", e.was.DisplayName, name)
	}
	if forward := v.Bool(fieldForward); forward != e.was.ForwardWebhooks {
		c.patch.ForwardWebhooks = &forward
		c.from("webhooks passed on", yesOrNo(e.was.ForwardWebhooks), yesOrNo(forward))
	}
	if key := v[fieldKey]; key != "" && key != e.was.Key {
		c.patch.Key = key
		c.from("key", e.was.Key, key)
		c.goes = append(c.goes, "It is renamed: code, and links to it, have to follow.")
	}
	if v.Bool(fieldReplace) {
		e.credentials(c, v)
	}
	c.patch.Config = configTyped(e.was.provider.config, v)
	for _, name := range slices.Sorted(maps.Keys(c.patch.Config)) {
		e.config(c, name)
	}
	return c
}

// config says of a value whether it is set or taken out: what was there Nango does not tell.
func (e *EditForm) config(c *changes, name string) {
	is := "taken out"
	if value := c.patch.Config[name]; value != "" {
		is = value
	}
	for _, d := range e.was.provider.config {
		if d.name == name && d.Secret && is == c.patch.Config[name] {
			is = "another one"
		}
	}
	c.from("config "+name, "not told", is)
}

// credentials compares those of the app. Where nothing is other than it was, nothing of them is sent.
func (e *EditForm) credentials(c *changes, v form.Values) {
	app := e.identity(c, v)
	scopes, webhook := e.scopes(c, v), e.webhook(c, v)
	if !app && scopes == nil && webhook == nil {
		return
	}
	c.patch.Credentials = credentialsTyped(e.was.provider.mode, v, scopes, webhook)
	c.goes = append(c.goes, "Nango replaces the credentials for good: the ones there are cannot be read back.")
	switch {
	case !app:
		c.goes = append(c.goes, "Client id and client secret are those that are there: token refreshes go on.")
	case !e.was.read:
		c.goes = append(c.goes, "This key may not read what is there. If client id or secret are others: "+e.fails())
	default:
		c.goes = append(c.goes, e.fails())
	}
}

// fails is what becomes of the connections when the app is another one.
func (e *EditForm) fails() string {
	if e.was.counted && e.was.members.all == 0 {
		return "No connection depends on them."
	}
	return "Refreshing the tokens of " + e.connections() + " fails then, until their customers connect again."
}

// identity says whether the app is another one, or may be: everything but scopes and webhook secret.
func (e *EditForm) identity(c *changes, v form.Values) bool {
	other := false
	for _, field := range appFields(e.was.provider.mode, true, nil) {
		typed := v[field.ID]
		if field.ID == fieldPrivateKey {
			typed = privateKey(typed)
		}
		was, known := e.was.secrets[field.ID]
		switch {
		case !known:
			c.from(field.ID, "not known", "as given")
		case was.Reveal() == typed:
			continue
		default:
			c.from(field.ID, "the present one", "another one")
		}
		other = true
	}
	return other
}

// scopes are those to send; nil where they stay.
func (e *EditForm) scopes(c *changes, v form.Values) *string {
	text, there := v[fieldScopes]
	joined := joinedScopes(text)
	if !there || e.was.read && joined == e.was.scopes {
		return nil
	}
	was := "not known"
	if e.was.read {
		was = scopesText(e.was.scopes)
	}
	c.from("scopes", was, scopesText(joined))
	return &joined
}

// webhook is the webhook secret to send; nil where it stays.
func (e *EditForm) webhook(c *changes, v form.Values) *nango.Secret {
	secret, is := nango.Secret(""), "none"
	switch v[fieldWebhook] {
	case webhookSet:
		secret, is = nango.Secret(v[fieldWebhookSecret]), "another one"
	case webhookRemove:
	default:
		return nil
	}
	if was, known := e.was.secrets[fieldWebhookSecret]; known && was == secret {
		return nil
	}
	c.from("webhook secret", "the present one, or none", is)
	return &secret
}

package environment

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// webhookSection is what can be known of the key that signs webhooks: that it can be replaced.
func webhookSection(f ui.Frame) ui.Section {
	return ui.Section{
		Title: "WEBHOOK SIGNING KEY", Note: hints(f, hint{Rotate, "rotates it"}),
		Rows: ui.TextRows("Nango signs its webhooks with it. It is told once, when it is made."),
	}
}

// rotate proposes another key to sign webhooks with.
func rotate(t *screen.Turn) {
	screen.Propose(t, screen.Proposal[nango.Secret]{
		Request: nango.RotateWebhookKey(), Title: "Rotate webhook signing key", About: "The environment of " + t.Profile.Label(),
		Consequences: []string{
			"Nango signs webhooks with a new key: whatever still checks them with the old one refuses them.",
			"The old key stays in use for up to five minutes more.",
			"The new key is shown once, on a page of its own: Nango never tells it again.",
		},
		OutlivesScreen: true,
		Then: func(t *screen.Turn, key nango.Secret, err error) {
			if err == nil {
				t.ShowOneTime(newWebhookKey(t, key))
			}
		},
	})
}

// newWebhookKey is the page of a key that was just made.
func newWebhookKey(t *screen.Turn, key nango.Secret) *told {
	return &told{
		title: "New webhook signing key", what: "new webhook signing key", secret: key,
		facts: []fact{{"Of", "the environment of " + t.Profile.Label()}, {"Host", t.Profile.Host}},
		said: []string{
			"Nango never tells this key again: copy it before you leave.",
			"The old key works for up to five minutes more: give the new one to what checks the webhooks by then.",
		},
		lost: "rotate once more to have one",
	}
}

package environment

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// webhookSection says that the webhook signing key can be rotated; it can't be read.
func webhookSection(f ui.Frame) ui.Section {
	return ui.Section{Title: titleWebhookKey, Note: hints(f, hint{Rotate, hintRotate}), Rows: ui.TextRows(textWebhookKey)}
}

func rotate(t *screen.Turn) {
	screen.Propose(t, screen.Proposal[nango.Secret]{
		Request: nango.RotateWebhookKey(), Title: rotateTitle, About: fmt.Sprintf(rotateAbout, t.Profile.Label()),
		Name:         t.Profile.Name,
		Consequences: []string{rotateEffect, rotateOverlap, rotateOnce}, OutlivesScreen: true,
		Then: func(t *screen.Turn, key nango.Secret, err error) {
			if err != nil {
				return
			}
			t.ShowOneTime(&oneTimePage{
				title: titleWebhookKeyNew, secretName: nameWebhookKey, secret: key,
				facts: []fact{{"Of", fmt.Sprintf(environmentOfProfile, t.Profile.Label())}, {"Host", t.Profile.Host}},
				notes: []string{noteCopy, noteOldKey}, recovery: recoverWebhookKey,
			})
		},
	})
}

package connections

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const fieldWebhook = "webhook"

// editWebhook opens the form for the webhook override.
func (d *Detail) editWebhook(t *screen.Turn) {
	before, known := d.override()
	about := textUrlConnectionsWebhooksPlace
	if !known {
		about += " The current override is unknown: it is read with the credentials, which may refresh the token."
	}
	e := &screen.Form{Name: "Webhook override", Operation: nango.OpConnectionUpdate,
		Paths: map[string]string{"webhook_url_override": fieldWebhook}}
	e.Fields = form.New(form.Field{
		ID: fieldWebhook, Title: "Webhook override of " + d.target().about(), About: about,
		Value: before, Check: nango.CheckWebhookOverride,
	})
	e.Submit = func(t *screen.Turn, values form.Values) { d.proposeWebhook(t, e, values[fieldWebhook]) }
	t.Show(e)
}

// override is the current override, and whether it is known.
func (d *Detail) override() (address string, known bool) {
	if d.whole.detail == nil {
		return "", false
	}
	if present := d.whole.detail.WebhookOverride; present != nil {
		address = *present
	}
	return address, true
}

func (d *Detail) proposeWebhook(t *screen.Turn, e *screen.Form, address string) {
	before, known := d.override()
	if known && before == address {
		e.ShowUnchanged()
		return
	}
	p := screen.Proposal[nango.Success]{
		Request: nango.UpdateConnection(d.ref, nango.ConnectionPatch{WebhookOverride: &address}),
		Title:   "Set webhook override", About: d.target().about(),
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			if err == nil {
				d.overrideSaved(t, address)
			}
			e.HandleResult(t, err)
		},
	}
	if address == "" {
		p.Title = "Remove webhook override"
		p.Consequences = append(p.Consequences, "This connection's webhooks go to the environment's URL again.")
	}
	if known {
		p.Before, p.After = before, address
	} else {
		p.Consequences = append(p.Consequences, "The current override is unknown, so it can't be shown or restored.")
	}
	screen.Propose(t, p)
}

// overrideSaved updates the override shown, which the list doesn't include.
func (d *Detail) overrideSaved(t *screen.Turn, address string) {
	if d.whole.detail != nil {
		d.whole.detail.WebhookOverride = &address
	}
	d.Rebuild(t)
}

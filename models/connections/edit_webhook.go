package connections

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const fieldWebhook = "webhook"

// editWebhook opens the form for the address that webhooks of this connection go to.
func (d *Detail) editWebhook(t *screen.Turn) {
	before, known := d.override()
	about := "Where webhooks of this connection go instead of the environment's address. An empty one removes the override."
	if !known {
		about += " The present one is not known: it is read together with the credentials, which may refresh the token."
	}
	e := &screen.Form{Name: "Webhook override", Operation: nango.OpConnectionUpdate, Paths: map[string]string{"webhook_url_override": fieldWebhook}}
	e.Fields = form.New(form.Field{
		ID: fieldWebhook, Title: "Webhook override of " + d.subject().about(), About: about,
		Value: before, Check: nango.CheckWebhookOverride,
	})
	e.Submit = func(t *screen.Turn, values form.Values) { d.proposeWebhook(t, e, values[fieldWebhook]) }
	t.Show(e)
}

// override is the present one, and whether it is known.
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
		Title:   "Set the webhook override", About: d.subject().about(),
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			if err == nil {
				d.overridden(address)
			}
			e.HandleResult(t, err)
		},
	}
	if address == "" {
		p.Title = "Remove the webhook override"
		p.Consequences = append(p.Consequences, "Webhooks of this connection go to the environment's address again.")
	}
	if known {
		p.Before, p.After = before, address
	} else {
		p.Consequences = append(p.Consequences, "The present override is not known, so it cannot be shown and not be put back.")
	}
	screen.Propose(t, p)
}

// overridden shows the new override, which the list does not have.
func (d *Detail) overridden(address string) {
	if d.whole.detail != nil {
		d.whole.detail.WebhookOverride = &address
	}
	d.built.done = false
}

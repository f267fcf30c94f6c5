package sessions

import (
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// fetched is what reading the connection itself told: the list cannot show that a reconnect happened where there was
// no authentication error.
type fetched struct {
	at, updated time.Time
	// made is when the link was made, by the server's clock.
	made time.Time
	err  error
}

// mendingActions are those that only a reconnect has.
func (p *Page) mendingActions(m *mending) []screen.Action {
	reason, _ := m.ref.UnusableReasonFor(nango.OpConnectionGet)
	actions := []screen.Action{
		{ID: Look, Title: "Fetch it (may refresh the token)", Operation: nango.OpConnectionGet, Disabled: reason,
			HideInFooter: m.broken != "", Do: p.look},
	}
	if m.original != nil {
		actions = append(actions, screen.Action{
			ID: CopyMetadata, Title: "Copy the metadata as it was", HideInFooter: true,
			Do: func(t *screen.Turn) { t.CopySecret("metadata", nango.Secret(m.original)) },
		})
	}
	return actions
}

// readGoes is what reading a connection whole can do on the way, for the dialog.
var readGoes = []string{"Its token may be refreshed at the provider. A refresh that fails is counted and reported to webhooks."}

// look reads the connection, by the user's wish alone: it may refresh the token.
func (p *Page) look(t *screen.Turn) {
	m := p.wait.(*mending)
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(m.ref, nango.GetOptions{}), Title: "Fetch the connection", About: m.who, Consequences: readGoes,
		Then: func(t *screen.Turn, c nango.ConnectionDetail, err error) {
			if errors.Is(err, screen.ErrDeclined) {
				return
			}
			p.fetched = &fetched{at: t.Now, updated: c.Updated, made: m.made, err: err}
		},
	})
}

// line is what can be said after a fetch.
func (d *fetched) line(f ui.Frame) line {
	switch {
	case d.err != nil:
		return labelled("Fetched", f.Styled(ui.RoleBad, "✗ "+d.err.Error()))
	case d.updated.IsZero():
		return labelled("Fetched", ui.Styled(ui.RoleWarn, "! its credentials can be read; when it was changed is not said"))
	case d.updated.Before(d.made):
		return labelled("Fetched", ui.Styled(ui.RoleText, "not changed since the link was made"))
	}
	return labelled("Fetched",
		ui.Styled(ui.RoleGood,
			"✓ changed since the link was made, and its credentials can be read: a reconnect, a token refresh or another change"))
}

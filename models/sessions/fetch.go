package sessions

import (
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// fetched is what reading the connection itself returned: if there was no authentication error, the list can't show a
// reconnect.
type fetched struct {
	// updated is when the connection was changed, and since when the link was created, by the server's clock.
	updated, since time.Time
	err            error
}

func (p *Page) reconnectActions(m *reconnectWatch) []screen.Action {
	reason, _ := m.ref.UnusableReasonFor(nango.OpConnectionGet)
	actions := []screen.Action{
		{ID: FetchConnection, Title: textFetchConnectionMayRefresh, Operation: nango.OpConnectionGet, Disabled: reason,
			HideInFooter: m.broken != "", Do: p.look},
	}
	if m.original != nil {
		actions = append(actions, screen.Action{
			ID: CopyMetadata, Title: "Copy previous metadata", HideInFooter: true,
			Do: func(t *screen.Turn) { t.CopySecret("metadata", nango.Secret(m.original)) },
		})
	}
	return actions
}

// readConsequences are the consequences of reading a connection with its credentials.
var readConsequences = []string{textMayRefreshTokenProvider}

// look reads the connection. Only the user can ask for it, since it may refresh the token.
func (p *Page) look(t *screen.Turn) {
	m := p.wait.(*reconnectWatch)
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(m.ref, nango.GetOptions{}), Title: "Fetch connection", About: m.who, Consequences: readConsequences,
		Then: func(_ *screen.Turn, c nango.ConnectionDetail, err error) {
			if errors.Is(err, screen.ErrDeclined) {
				return
			}
			p.fetched = &fetched{updated: c.Updated, since: m.since, err: err}
		},
	})
}

func (d *fetched) line(f ui.Frame) line {
	switch {
	case d.err != nil:
		return labelled("Fetched", f.Styled(ui.RoleBad, "✗ "+d.err.Error()))
	case d.updated.IsZero():
		return labelled("Fetched", ui.Styled(ui.RoleWarn, textCredentialsReadableNangoDoesnt))
	case d.updated.Before(d.since):
		return labelled("Fetched", ui.Styled(ui.RoleText, textNotChangedSinceLink))
	}
	return labelled("Fetched", ui.Styled(ui.RoleGood, textChangedSinceLinkCreated))
}

package environment

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// The secret of an API key is read only when a key names it: to reveal it, or to copy it without showing it.

// keyActions reveal and copy the selected API key of a server that shows keys again.
func (p *Page) keyActions(m item) []screen.Action {
	reveal := screen.Action{ID: Reveal, Title: "Reveal", ReadOperation: nango.OpAPIKeyGet, Do: func(t *screen.Turn) {
		p.readKey(t, m, func(t *screen.Turn) {
			p.revealedRow, p.lastFrame = revealedRow{m.row(), t.Now.Add(screen.RevealTime)}, t.Now
		})
	}}
	if m.row() == p.revealed(p.lastFrame) {
		reveal = screen.Action{ID: Reveal, Title: "Hide", Do: func(*screen.Turn) { p.hide() }}
	}
	return []screen.Action{
		reveal,
		{ID: Copy, Title: actionCopyKey, ReadOperation: nango.OpAPIKeyGet, Do: func(t *screen.Turn) {
			p.readKey(t, m, func(t *screen.Turn) {
				t.CopySecret(fmt.Sprintf(copiedKey, m.Name), p.account.secret.Value.Secret)
				p.hide()
			})
		}},
		{ID: CopyName, Title: actionCopyName, HideInFooter: true, Do: func(t *screen.Turn) { t.CopyLine(copiedKeyName, m.Name) }},
	}
}

// readKey reads a key with its secret. If that fails, its row says why.
func (p *Page) readKey(t *screen.Turn, m item, then func(*screen.Turn)) {
	p.hide()
	p.account.secretOf = m.row()
	p.account.secret.Fetch(t, nango.GetAPIKey(m.key()), func(t *screen.Turn) {
		p.rebuild(t)
		if p.account.secret.Err == nil {
			then(t)
		}
	})
}

// hide hides what is revealed, and forgets the key that was read.
func (p *Page) hide() {
	p.revealedRow = revealedRow{}
	p.account.secret.Value, p.account.secretOf = nango.APIKey{}, ""
	p.built.valid = false
}

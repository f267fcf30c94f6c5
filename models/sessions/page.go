package sessions

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// watcher is what a link's page waits for: an arrival or a reconnect.
type watcher interface {
	screen.Watch
	// news is what the checks have shown so far; empty if nothing. It may contain untrusted text.
	news() (ui.Role, string)
	// opens returns the connection that the link led to or is about, if any.
	opens() (nango.ConnectionRef, bool)
}

// Page shows a new link until it is revoked or expires. It contains the secret, so it has no route. Leaving it
// neither stops the waiting nor ends the link.
type Page struct {
	screen.Base
	title string
	link  nango.Secret
	facts []fact
	// wait is what it waits for, and watch its common part.
	wait  watcher
	watch *linkWatch
	// fetched is what reading the connection has shown; only for a reconnect.
	fetched *fetched
	remote  bool
	// profile is the profile in which the link was created.
	profile string
}

// fact is a line about the link: who it is for, what it allows. The first one says who it is for.
type fact struct{ label, text string }

func newPage(title string, s nango.Session, wait watcher, watch *linkWatch, facts ...fact) *Page {
	watch.page = &Page{title: title, link: s.Link, facts: facts, wait: wait, watch: watch}
	return watch.page
}

// Screen returns the page of the link, while it is waited for.
func (w *linkWatch) Screen() screen.Screen {
	if w.page == nil {
		return nil
	}
	return w.page
}

// Title doesn't contain the link.
func (p *Page) Title() string { return p.title }

// Open copies the link at once and starts to wait.
func (p *Page) Open(t *screen.Turn) {
	p.remote, p.profile = t.Profile.Remote, t.Profile.Label()
	p.copy(t)
	t.Watch(p.wait)
}

// RedrawInterval is set while the link is valid: its remaining time is shown in seconds.
func (p *Page) RedrawInterval() time.Duration {
	return screen.RedrawIf(p.watch.link != revoked && !(p.watch.ended && p.watch.last), time.Second)
}

// Actions are what can be done with the link now.
func (p *Page) Actions() []screen.Action {
	over := p.over()
	// Nango returns links since v0.69.5, and only tokens before.
	noLink := cmp.Or(over, screen.DisabledIf(p.link == "", textServerOlderThanV0))
	var actions []screen.Action
	if ref, ok := p.wait.opens(); ok {
		actions = []screen.Action{{ID: OpenConnection, Title: "Open connection", HideInFooter: !p.watch.ended,
			Do: screen.To("connection", ref.Integration, ref.ID).Open}}
	}
	actions = append(actions,
		screen.Action{ID: CopyLink, Title: "Copy again", Disabled: noLink, Do: p.copy},
		screen.Action{ID: ShowQR, Title: "Show QR code", Disabled: noLink, Do: func(t *screen.Turn) { t.Show(newQRPage(p)) }},
		screen.Action{ID: LinkContent, Title: textShowLinkReveals, ReadOperation: nango.OpSessionGet, HideInFooter: true, Disabled: over,
			Do: func(t *screen.Turn) {
				t.Show(&linkContent{JSONPage: screen.NewJSONPage(textLinkReveals, nil), token: p.watch.token})
			}},
	)
	if m, ok := p.wait.(*reconnectWatch); ok {
		actions = append(actions, p.reconnectActions(m)...)
	}
	return append(actions, screen.Action{ID: Revoke, Title: "Revoke", Operation: nango.OpSessionDelete, Disabled: over, Do: p.revoke})
}

// over is why nothing can be done with the link anymore.
func (p *Page) over() string {
	switch w := p.watch; {
	case w.link == revoked:
		return textLinkRevoked
	case w.link == revoking:
		return textLinkBeingRevoked
	case w.ended && w.last:
		return textLinkExpired
	}
	return ""
}

func (p *Page) copy(t *screen.Turn) {
	if p.link != "" {
		t.CopySecret("connect link", p.link)
	}
}

func (p *Page) revoke(t *screen.Turn) {
	w := p.watch
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.DeleteSession(w.token), Title: "Revoke link", About: p.facts[0].text,
		Consequences: []string{textLinkStopsWorkingOnce},
		Then: screen.AfterSuccess[nango.Success](func(*screen.Turn) { // one more check tells what happened until then
			w.link, w.last = revoked, true
			w.polls.Quicken()
		}),
	})
}

// Leave says that the link stays valid.
func (p *Page) Leave(t *screen.Turn) {
	if !p.watch.isOver(t.Now) {
		t.Toast(textLinkStaysValidUntil + p.watch.until.Format("15:04") + "; waiting for " + p.wait.Title() + " continues")
	}
}

// View draws the link and what is known about it.
func (p *Page) View(f ui.Frame) string {
	lines, whole := p.linkLines(f)
	if !whole {
		return screen.Empty(f, textTerminalTooSmallShow, screen.Key(f, CopyLink)+" copies it again.")
	}
	for _, line := range p.belowLink(f) {
		lines = append(lines, line.hang(f)...)
	}
	return strings.Join(lines[:min(len(lines), f.Height)], "\n")
}

// linkLines is the whole link, from the first column, so that a terminal can select it; it is broken only where the
// terminal ends. Besides the QR code, this is the only place that draws a secret on purpose: hence ui.Clean and not
// f.Text, which would mask it. A link that is no longer valid is not drawn.
func (p *Page) linkLines(f ui.Frame) (lines []string, whole bool) {
	if p.link == "" || p.watch.isOver(f.Now) {
		return nil, true
	}
	for _, part := range ui.Clean(p.link.Reveal()).Wrap(f.Width) {
		lines = append(lines, f.Theme.Style(ui.RoleStrong).Paint(part))
	}
	return lines, len(lines) < f.Height && f.Width >= 2
}

func (p *Page) belowLink(f ui.Frame) []line {
	var lines []line
	if text := p.clipboardNote(f); text != "" {
		lines = []line{{}, labelled(" ", ui.Styled(ui.RoleText, text)), {}}
	}
	lines = append(lines, p.status(f)...)
	for _, fact := range p.facts {
		if fact.text != "" {
			lines = append(lines, labelled(fact.label, f.Styled(ui.RoleText, fact.text)))
		}
	}
	if p.fetched != nil {
		lines = append(lines, p.fetched.line(f))
	}
	return lines
}

// status is the state of the link and of what it is for; the result comes first, once it is known.
func (p *Page) status(f ui.Frame) []line {
	lines := []line{p.state(f)}
	role, news := p.wait.news()
	switch {
	case news != "" && p.watch.ended:
		lines = []line{labelled("Outcome", f.Styled(role, news)), lines[0]}
	case news != "":
		lines = append(lines, labelled("", f.Styled(role, news)))
	}
	if !p.watch.ended && !p.watch.busy {
		lines = append(lines, p.checkStatus(f))
	}
	return lines
}

func (p *Page) clipboardNote(f ui.Frame) string {
	switch {
	case p.watch.isOver(f.Now):
		return ""
	case p.link == "":
		return textServerCreatesTokensWithout
	case p.remote:
		return textSentYourTerminalsClipboard
	}
	return textCopiedIfDidntArrive
}

func (p *Page) state(f ui.Frame) line {
	w := p.watch
	left := w.until.Sub(f.Now)
	role, text := ui.RoleText, "expires in "+ui.Countdown(left).String()+", at "+w.until.Format("15:04")
	switch {
	case w.link == revoked:
		role, text = ui.RoleGood, textRevokedNoLongerWorks
	case left <= 0:
		role, text = ui.RoleWarn, textExpiredNoLongerWorks
	case w.link == revoking:
		text = "revoking…"
	case w.link == unsure:
		role, text = ui.RoleWarn, textNotKnownWhetherRevoked+text
	case w.ended:
		role, text = ui.RoleWarn, "! still valid, "+text
	}
	return labelled("Link", ui.Styled(role, text))
}

// checkStatus says how often it was checked, and when the next check is.
func (p *Page) checkStatus(f ui.Frame) line {
	w := p.watch
	text := times(w.polls.Polls) + ", next "
	if w.last {
		text = "one last check "
	}
	switch left := w.polls.NextAt().Sub(f.Now); {
	case w.rows.IsLoading():
		text = "asking"
	case left <= 0:
		text += "now"
	default:
		text += fmt.Sprintf("in %d s", int((left+time.Second-1)/time.Second))
	}
	l := labelled("Waiting", ui.Styled(ui.RoleText, "for "), f.Styled(ui.RoleText, p.wait.Title()), ui.Styled(ui.RoleMuted, " … "+text))
	if w.rows.HasFailed() {
		l.rest = append(l.rest, ui.Styled(ui.RoleWarn, textLastCheckFailed), f.Styled(ui.RoleWarn, w.rows.Err.Error()))
	}
	return l
}

func times(n int) string {
	switch n {
	case 0:
		return "not checked yet"
	case 1:
		return "checked once"
	}
	return fmt.Sprintf("checked %d times", n)
}

// fetched is what reading the connection itself returned: if there was no authentication error, the list can't show a
// reconnect.
type fetched struct {
	// updated is when the connection was changed, and since when the link was created, by the server's clock.
	updated, since time.Time
	err            error
}

func (p *Page) reconnectActions(m *reconnectWatch) []screen.Action {
	reason, _ := m.ref.UnusableReasonFor(nango.OpConnectionGet)
	actions := []screen.Action{{ID: FetchConnection, Title: textFetchConnectionMayRefresh, Operation: nango.OpConnectionGet,
		Disabled: reason, HideInFooter: m.broken != "", Do: func(t *screen.Turn) { p.look(t, m) }}}
	nonePaused := screen.DisabledIf(len(m.paused) == 0, textNonePaused)
	actions = append(actions, screen.Action{ID: ResumeSyncs, Title: titleResumeSyncs, Operation: nango.OpSyncStart,
		HideInFooter: nonePaused != "", Disabled: nonePaused, Do: m.resume})
	if m.original != nil {
		actions = append(actions, screen.Action{ID: CopyMetadata, Title: "Copy previous metadata", HideInFooter: true,
			Do: func(t *screen.Turn) { t.CopySecret("metadata", nango.Secret(m.original)) }})
	}
	return actions
}

// readConsequences are the consequences of reading a connection with its credentials.
var readConsequences = []string{textMayRefreshTokenProvider}

// look reads the connection. Only the user can ask for it, since it may refresh the token.
func (p *Page) look(t *screen.Turn, m *reconnectWatch) {
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(m.ref, nango.GetOptions{}), Title: "Fetch connection", About: m.who, Consequences: readConsequences,
		Then: func(_ *screen.Turn, c nango.ConnectionDetail, err error) {
			if !errors.Is(err, screen.ErrDeclined) {
				p.fetched = &fetched{updated: c.Updated, since: m.since, err: err}
			}
		},
	})
}

func (d *fetched) line(f ui.Frame) line {
	role, text := ui.RoleGood, textChangedSinceLinkCreated
	switch {
	case d.err != nil:
		role, text = ui.RoleBad, "✗ "+d.err.Error()
	case d.updated.IsZero():
		role, text = ui.RoleWarn, textCredentialsReadableNangoDoesnt
	case d.updated.Before(d.since):
		role, text = ui.RoleText, textNotChangedSinceLink
	}
	return labelled("Fetched", f.Styled(role, text))
}

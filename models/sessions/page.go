package sessions

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// waiter is what a link's page waits for: an arrival or a mending.
type waiter interface {
	screen.Watch
	// base is the part that both have.
	base() *wait
	// news is what the looks have told so far; empty where that is nothing. It may hold strangers' text.
	news() (ui.Role, string)
	// opens names the connection that the link has led to, or is about; false while there is none.
	opens() (nango.ConnectionRef, bool)
}

func (w *wait) base() *wait { return w }

// Page shows a link that was just made, until it is revoked or its time is over. It holds the secret and so has no
// route. Leaving it ends nothing: the waiting goes on, and so does the link.
type Page struct {
	screen.Base
	title string
	link  nango.Secret
	facts []fact
	wait  waiter
	// fetched is what a look at the connection itself has told; only a reconnect has it.
	fetched *fetched
	remote  bool
	// profile is the one that the link was made in.
	profile string
}

// fact is a line about the link: for whom it is, what it allows.
type fact struct{ label, text string }

// newPage is the page of a link whose waiting has begun.
func newPage(title string, s nango.Session, w waiter, facts ...fact) *Page {
	p := &Page{title: title, link: s.Link, facts: facts, wait: w}
	w.base().page = p
	return p
}

// Screen is the page of the link, to come back to while it is waited for.
func (w *wait) Screen() screen.Screen {
	if w.page == nil {
		return nil
	}
	return w.page
}

// Title names the screen; the link is no part of it.
func (p *Page) Title() string { return p.title }

// Open sends the link to the clipboard at once, and begins to wait.
func (p *Page) Open(t *screen.Turn) {
	p.remote, p.profile = t.Profile.Remote, t.Profile.Label()
	p.copy(t)
	t.Watch(p.wait)
}

// Refresh has nothing to read: the waiting reads what is to be known.
func (p *Page) Refresh(*screen.Turn) {}

// RedrawInterval runs while the link does: its time is shown by the second.
func (p *Page) RedrawInterval() time.Duration {
	if w := p.wait.base(); w.link == revoked || w.ended && w.last {
		return 0
	}
	return time.Second
}

// Actions is what can be done with the link now.
func (p *Page) Actions() []screen.Action {
	over := p.over()
	actions := []screen.Action{
		{ID: CopyLink, Title: "Copy again", Disabled: cmp.Or(over, p.noLink()), Do: p.copy},
		{ID: ShowQR, Title: "As QR code", Disabled: cmp.Or(over, p.noLink()), Do: func(t *screen.Turn) { t.Show(newQRPage(p)) }},
	}
	actions = append(actions, screen.Action{
		ID: SeenByHolder, Title: "What its holder sees", ReadOperation: nango.OpSessionGet, HideInFooter: true, Disabled: over,
		Do: func(t *screen.Turn) { t.Show(&seen{token: p.wait.base().token}) },
	})
	if _, ok := p.wait.opens(); ok {
		actions = append([]screen.Action{{ID: OpenConnection, Title: "Open the connection", HideInFooter: !p.wait.base().ended,
			Do: p.open}}, actions...)
	}
	if m, ok := p.wait.(*mending); ok {
		actions = append(actions, p.mendingActions(m)...)
	}
	return append(actions,
		screen.Action{ID: Revoke, Title: "Revoke", Operation: nango.OpSessionDelete, Disabled: over, Do: p.revoke})
}

// over is why nothing can be done with the link any more.
func (p *Page) over() string {
	switch w := p.wait.base(); {
	case w.link == revoked:
		return "the link is revoked"
	case w.link == revoking:
		return "the link is just being revoked"
	case w.ended && w.last:
		return "the link's time is over"
	}
	return ""
}

// noLink is why there is nothing to send: Nango gives a link since v0.69.5, before only a token.
func (p *Page) noLink() string {
	if p.link == "" {
		return "this server is older than v0.69.5 and makes tokens without links"
	}
	return ""
}

func (p *Page) copy(t *screen.Turn) {
	if p.link != "" {
		t.CopySecret("connect link", p.link)
	}
}

func (p *Page) open(t *screen.Turn) {
	if ref, ok := p.wait.opens(); ok {
		t.Open(screen.To("connection", ref.Integration, ref.ID))
	}
}

func (p *Page) revoke(t *screen.Turn) {
	w := p.wait.base()
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.DeleteSession(w.token), Title: "Revoke the link", About: p.who(),
		Consequences: []string{"The link stops working at once. A connection that was made by it stays."},
		Then: func(_ *screen.Turn, _ nango.Success, err error) {
			if err == nil {
				w.revokedByHand()
			}
		},
	})
}

// who is whom the link is for, as the first of the facts says it.
func (p *Page) who() string {
	if len(p.facts) == 0 {
		return ""
	}
	return p.facts[0].text
}

// Leave says that the link outlives its page.
func (p *Page) Leave(t *screen.Turn) {
	if w := p.wait.base(); w.link != revoked && !w.dead(t.Now) {
		t.Toast("the link stays valid until " + w.until.Format("15:04") + "; waiting for " + p.wait.Title() + " goes on")
	}
}

// View draws the link and what is known of it.
func (p *Page) View(f ui.Frame) string {
	lines, whole := p.linkLines(f)
	if !whole {
		return screen.Empty(f, "This terminal is too small to show the link whole.",
			screen.Key(f, CopyLink)+" sends it to the clipboard once more.")
	}
	for _, line := range p.beneath(f) {
		lines = append(lines, line.hang(f)...)
	}
	return strings.Join(lines[:min(len(lines), f.Height)], "\n")
}

// linkLines is the link whole, from the first column, so that a terminal can select it: broken only where the
// terminal ends. This is the one place, beside the QR code, that draws a secret on purpose: hence ui.Clean and not
// f.Text, which would mask it. A link that is over is not drawn any more.
func (p *Page) linkLines(f ui.Frame) (lines []string, whole bool) {
	if p.link == "" || p.wait.base().link == revoked || p.wait.base().dead(f.Now) {
		return nil, true
	}
	for _, part := range ui.Clean(p.link.Reveal()).Wrap(f.Width) {
		lines = append(lines, f.Theme.Style(ui.RoleStrong).Paint(part))
	}
	return lines, len(lines) < f.Height && f.Width >= 2
}

// beneath is what stands under the link.
func (p *Page) beneath(f ui.Frame) []line {
	var lines []line
	say := func(l line) { lines = append(lines, l) }
	if text := p.copied(f); text != "" {
		say(line{})
		say(line{label: " ", rest: ui.Line{ui.Styled(ui.RoleText, text)}})
		say(line{})
	}
	for _, l := range p.standing(f) {
		say(l)
	}
	for _, fact := range p.facts {
		if fact.text != "" {
			say(labelled(fact.label, f.Styled(ui.RoleText, fact.text)))
		}
	}
	if p.fetched != nil {
		say(p.fetched.line(f))
	}
	return lines
}

// standing says how it stands with the link and with what it is for: what came of it first, once that is known.
func (p *Page) standing(f ui.Frame) []line {
	w := p.wait.base()
	role, news := p.wait.news()
	told := f.Styled(role, news)
	switch {
	case news != "" && w.ended:
		return []line{labelled("Outcome", told), p.state(f)}
	case news != "" && w.busy:
		return []line{p.state(f), labelled("", told)}
	case news != "":
		return []line{p.state(f), labelled("", told), p.waiting(f)}
	case w.ended || w.busy:
		return []line{p.state(f)}
	}
	return []line{p.state(f), p.waiting(f)}
}

// copied is what became of the link besides being drawn.
func (p *Page) copied(f ui.Frame) string {
	w := p.wait.base()
	switch {
	case w.link == revoked || w.dead(f.Now):
		return ""
	case p.link == "":
		return "This server makes tokens without links: links came with Nango v0.69.5. Revoke it: it is of no use here."
	case p.remote:
		return "Sent to your clipboard (OSC 52). If it did not arrive: select the lines above."
	}
	return "Sent to your clipboard. If it did not arrive: select the lines above."
}

// state says how it stands with the link.
func (p *Page) state(f ui.Frame) line {
	w := p.wait.base()
	left := w.until.Sub(f.Now)
	switch {
	case w.link == revoked:
		return labelled("Link", ui.Styled(ui.RoleGood, "✓ revoked: it leads nowhere any more"))
	case left <= 0:
		return labelled("Link", ui.Styled(ui.RoleWarn, "! its time is over: it leads nowhere any more"))
	case w.link == revoking:
		return labelled("Link", ui.Styled(ui.RoleText, "… being revoked"))
	}
	text := "expires in " + ui.Countdown(left).String() + ", at " + w.until.Format("15:04")
	switch {
	case w.link == unsure:
		return labelled("Link", ui.Styled(ui.RoleWarn, "! not known whether it was revoked; "+text))
	case w.ended:
		return labelled("Link", ui.Styled(ui.RoleWarn, "! still valid, "+text))
	}
	return labelled("Link", ui.Styled(ui.RoleText, text))
}

// waiting says how often was asked, and when will be asked again.
func (p *Page) waiting(f ui.Frame) line {
	w := p.wait.base()
	text := times(w.polls.Polls) + ", next "
	if w.last {
		text = "one last look "
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
		l.rest = append(l.rest, ui.Styled(ui.RoleWarn, "; ! the last look failed: "), f.Styled(ui.RoleWarn, w.rows.Err.Error()))
	}
	return l
}

func times(n int) string {
	switch n {
	case 0:
		return "not asked yet"
	case 1:
		return "asked once"
	}
	return fmt.Sprintf("asked %d times", n)
}

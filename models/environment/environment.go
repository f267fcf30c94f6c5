// Package environment is what belongs to an environment as a whole and to none of its connections: its variables and the
// key that signs its webhooks. With a key of the account it is the environments and API keys that the account has. It may
// know what any screen may know, and no other area.
//
// The page is sections of rows under one cursor. Each section has a file of its own, which brings its rows and knows what
// stands in one; revealing, copying and the filter are the page's. What Nango tells but once has a page of its own.
package environment

import (
	"cmp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// Route is the page; it takes nothing.
const Route = "environment"

// Ids of the actions. The last three take a key of the account.
const (
	Reveal         screen.ActionID = "environment.reveal"
	Copy           screen.ActionID = "environment.copy"
	CopyName       screen.ActionID = "environment.copyName"
	Rotate         screen.ActionID = "environment.rotateWebhookKey"
	NewEnvironment screen.ActionID = "environment.new"
	NewKey         screen.ActionID = "environment.newKey"
	Delete         screen.ActionID = "environment.delete"
)

// revealFor is how long a secret stays in clear.
const revealFor = 15 * time.Second

// Page is the environment.
type Page struct {
	screen.Base
	variables variables
	account   account
	// where is the profile as of the latest turn.
	where screen.ProfileState

	filter *filter.Input
	page   ui.Fields
	clear  inClear
	drawn  drawn
	// at is when the last frame was drawn, and top the line at which its rows began.
	at  time.Time
	top int
}

// inClear is the one row whose secret is shown, and until when.
type inClear struct {
	row   string
	until time.Time
}

// drawn is what the rows were laid out for: they are laid out again when one of it is another.
type drawn struct {
	built, typing bool
	width         int
	cursor, row   string
	// minute is when, as ages are told.
	minute time.Time
}

// New is the screen of the route "environment".
func New(screen.Route) *Page { return &Page{filter: filter.NewInput()} }

// Title names the screen.
func (p *Page) Title() string { return "Environment" }

// Open reads what the sections show.
func (p *Page) Open(t *screen.Turn) { p.Refresh(t) }

// Refresh reads it again; what is there stays until then. A key of the account may not read the variables, and no other
// has made anything to be noted.
func (p *Page) Refresh(t *screen.Turn) {
	p.changed(t)
	if t.Profile.Owner == nango.OwnerAccount {
		p.account.read(t, p.changed)
		return
	}
	p.variables.read(t, p.changed)
}

// changed has the rows laid out anew when they are drawn next.
func (p *Page) changed(t *screen.Turn) { p.where, p.drawn.built = t.Profile, false }

// Concerns says whether environments or API keys came or went.
func (p *Page) Concerns(c nango.Call) bool {
	switch c.Operation {
	case nango.OpEnvironmentCreate, nango.OpEnvironmentDelete, nango.OpAPIKeyCreate, nango.OpAPIKeyDelete:
		return true
	}
	return false
}

// LoadedAt is when the variables were read.
func (p *Page) LoadedAt() time.Time { return p.variables.load.At }

// Typing says that the filter takes the keys.
func (p *Page) Typing() bool { return p.filter.Focused() }

// Update gives keys and pastes to the filter, and puts the cursor where one clicks.
func (p *Page) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		p.page.Select(p.page.RowAt(click.Y - p.top))
		return
	}
	if p.Typing() && p.filter.Update(msg) {
		p.narrow()
	}
}

// narrow shows what the filter lets pass, and hides what was in clear: it may not be what one looks for now.
func (p *Page) narrow() {
	p.clear = inClear{}
	p.drawn.built = false
}

// RedrawInterval draws again by the second while a value is in clear, so that it is hidden in time.
func (p *Page) RedrawInterval() time.Duration {
	if p.revealed(p.at) == "" {
		return 0
	}
	return time.Second
}

// revealed is the row that a frame drawn at now shows in clear, "" for none.
func (p *Page) revealed(now time.Time) string {
	if !now.Before(p.clear.until) {
		return ""
	}
	return p.clear.row
}

// Actions is what can be done with the row under the cursor, and with the page.
func (p *Page) Actions() []screen.Action {
	if p.Typing() {
		return p.typingActions()
	}
	first, second := p.environmentActions(), p.accountActions()
	if p.where.Owner == nango.OwnerAccount {
		first, second = second, first
	}
	for i := range second {
		second[i].HideInFooter = true
	}
	all := append(append(first, second...), screen.RefreshAction(p))
	return append(all, screen.MoveActions(&p.page)...)
}

// environmentActions are what a key of the environment can do.
func (p *Page) environmentActions() []screen.Action {
	v, reason := p.selected()
	unfiltered := ""
	if p.filter.Value() == "" {
		unfiltered = "there is no filter"
	}
	return []screen.Action{
		p.reveal(v, reason),
		{ID: Copy, Title: "Copy value", Disabled: cmp.Or(reason, v.empty()),
			Do: func(t *screen.Turn) { t.CopySecret("value of "+v.name, v.value) }},
		{ID: CopyName, Title: "Copy name", HideInFooter: true, Disabled: reason,
			Do: func(t *screen.Turn) { t.CopyLine("name of the variable", v.name) }},
		{ID: screen.Filter, Title: "Filter", Disabled: p.notEnvironment(), Do: func(*screen.Turn) { p.filter.Focus() }},
		{ID: screen.ClearFilter, Title: "Clear filter", HideInFooter: true, Disabled: unfiltered, Do: func(*screen.Turn) { p.clearFilter() }},
		{ID: Rotate, Title: "Rotate webhook key", Operation: nango.OpWebhookKeyRotate, Disabled: p.notEnvironment(), Do: rotate},
	}
}

// reveal shows the value under the cursor for a while, or hides it again.
func (p *Page) reveal(v variable, reason string) screen.Action {
	if v.row != "" && v.row == p.revealed(p.at) {
		return screen.Action{ID: Reveal, Title: "Hide", Do: func(*screen.Turn) { p.clear = inClear{} }}
	}
	return screen.Action{ID: Reveal, Title: "Reveal", Disabled: cmp.Or(reason, v.empty()), Do: func(t *screen.Turn) {
		p.clear, p.at = inClear{v.row, t.Now.Add(revealFor)}, t.Now
	}}
}

// typingActions is what keys can do that are otherwise text of the filter.
func (p *Page) typingActions() []screen.Action {
	return []screen.Action{
		{ID: screen.FilterDone, Title: "Done", WhileTyping: true, Do: func(*screen.Turn) { p.filter.Blur() }},
		{ID: screen.FilterDrop, Title: "Clear", WhileTyping: true, Do: func(*screen.Turn) { p.clearFilter() }},
		{ID: screen.FilterUp, Title: "Up", Motion: true, WhileTyping: true, Do: func(*screen.Turn) { p.page.Up() }},
		{ID: screen.FilterDown, Title: "Down", Motion: true, WhileTyping: true, Do: func(*screen.Turn) { p.page.Down() }},
	}
}

func (p *Page) clearFilter() {
	p.filter.SetValue("")
	p.filter.Blur()
	p.narrow()
}

// selected is the variable under the cursor, or why there is none.
func (p *Page) selected() (v variable, reason string) {
	if v, ok := p.variables.at(p.page.Selected()); ok {
		return v, ""
	}
	return variable{}, cmp.Or(p.notEnvironment(), "there is no variable under the cursor")
}

// View draws the page.
func (p *Page) View(f ui.Frame) string {
	p.at = f.Now
	head := p.filterLine(f)
	p.top = len(head)
	rest := f.Sized(f.Width, f.Height-len(head))
	p.layOut(f)
	return screen.FirstLines(strings.Join(append(head, p.page.View(rest)), "\n"), f.Height)
}

// layOut makes the rows anew where they are to look otherwise. The first time it does so twice: only then is it known where
// the cursor stands.
func (p *Page) layOut(f ui.Frame) {
	for {
		now := drawn{true, p.Typing(), f.Width, p.page.Selected(), p.revealed(f.Now), f.Now.Truncate(time.Minute)}
		if p.drawn == now {
			return
		}
		p.drawn = now
		p.page.SetSections(p.sections(f))
		if p.page.Select(p.account.goTo) {
			p.account.goTo = ""
		}
	}
}

func (p *Page) filterLine(f ui.Frame) []string {
	if !p.filter.Focused() && p.filter.Value() == "" {
		return nil
	}
	return []string{" " + p.filter.View(f.Sized(f.Width-1, 1))}
}

// sections are what the page shows, in the order in which it is read.
func (p *Page) sections(f ui.Frame) []ui.Section {
	look := look{frame: f, query: p.filter.Query(), cursor: p.page.Selected(), inClear: p.revealed(f.Now), wayOut: p.wayOut(f)}
	if p.where.Owner == nango.OwnerAccount {
		return p.account.sections(look)
	}
	return []ui.Section{p.variables.section(look), webhookSection(f), {
		Title: "ENVIRONMENTS AND API KEYS", Note: ui.Line{ui.Styled(ui.RoleMuted, "made and deleted with a key of the account")},
	}}
}

// hint is the key of an action, and what it does.
type hint struct {
	id   screen.ActionID
	does string
}

// hints name the keys of actions with what they do; those without a key are left out.
func hints(f ui.Frame, all ...hint) ui.Line {
	var parts []string
	for _, hint := range all {
		if key := screen.Key(f, hint.id); key != "" {
			parts = append(parts, key+" "+hint.does)
		}
	}
	return ui.Line{ui.Styled(ui.RoleMuted, strings.Join(parts, " · "))}
}

// look is how a section is to be drawn.
type look struct {
	frame ui.Frame
	query filter.Query
	// cursor and inClear are ids of rows, "" for none; wayOut names the key that ends the filter.
	cursor, inClear, wayOut string
}

// wayOut names the key that shows all rows again.
func (p *Page) wayOut(f ui.Frame) string {
	id := screen.ClearFilter
	if p.Typing() {
		id = screen.FilterDrop
	}
	if key := screen.Key(f, id); key != "" {
		return key + " shows all again."
	}
	return ""
}

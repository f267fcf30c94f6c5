// Package environment has the screen of an environment: its variables and its webhook signing key, or, for an account key,
// the environments and API keys of the account. It may import what any area may import, and no other area.
//
// The screen has sections of rows with one cursor. Each section has its own file; revealing, copying and the filter are
// the screen's. One-time secrets have their own screen.
package environment

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// Actions. The last four before Listen need an account key.
const (
	Reveal         screen.ActionID = "environment.reveal"
	Copy           screen.ActionID = "environment.copy"
	CopyName       screen.ActionID = "environment.copyName"
	Rotate         screen.ActionID = "environment.rotateWebhookKey"
	NewEnvironment screen.ActionID = "environment.new"
	NewKey         screen.ActionID = "environment.newKey"
	ShowKeys       screen.ActionID = "environment.showKeys"
	Delete         screen.ActionID = "environment.delete"
	Listen         screen.ActionID = "environment.listen"
	Deliveries     screen.ActionID = "environment.deliveries"
	Doctor         screen.ActionID = "environment.doctor"
)

// Page is the screen of the environment.
type Page struct {
	screen.Base
	variables variables
	account   account
	// profile is the state of the latest turn.
	profile screen.ProfileState

	listing     screen.Listing
	page        ui.Fields
	revealedRow revealedRow
	built       layout
	// lastFrame is when the last frame was drawn; its rows began at line top.
	lastFrame time.Time
	top       int
}

// revealedRow is the row whose secret is revealed, and until when.
type revealedRow struct {
	row   string
	until time.Time
}

// layout is what the rows were laid out for.
type layout struct {
	valid, typing bool
	width         int
	cursor, row   string
	// minute changes the ages.
	minute time.Time
}

// New is the screen of the route "environment".
func New(screen.Route) *Page {
	p := &Page{}
	p.listing = screen.Listing{Filter: filter.NewInput(variableLanguage().Specs()...), Rows: &p.page, ApplyFilter: p.applyFilter}
	return p
}

// Title is the screen's name.
func (p *Page) Title() string { return textTitle }

// Refresh loads what the sections show. An account key can't read variables, and other keys have no created items.
func (p *Page) Refresh(t *screen.Turn) {
	p.rebuild(t)
	if t.Profile.Owner == nango.OwnerAccount {
		p.account.load(t, p.rebuild)
		return
	}
	p.variables.list.Fetch(t, nango.Map(nango.ListVariables(), newVariables), p.rebuild)
}

// rebuild makes the next View lay out the rows again.
func (p *Page) rebuild(t *screen.Turn) { p.profile, p.built.valid = t.Profile, false }

// Concerns reports whether environments or API keys were created or deleted.
func (p *Page) Concerns(c nango.Call) bool {
	made := []nango.Operation{nango.OpEnvironmentCreate, nango.OpEnvironmentDelete, nango.OpAPIKeyCreate, nango.OpAPIKeyDelete}
	return slices.Contains(made, c.Operation)
}

// LoadedAt returns when the variables, or the environments of the account, were loaded.
func (p *Page) LoadedAt() time.Time {
	if p.profile.Owner == nango.OwnerAccount {
		return p.account.environments.At
	}
	return p.variables.list.At
}

// Typing reports whether keys go to the filter.
func (p *Page) Typing() bool { return p.listing.Typing() }

// Update passes keys and pastes to the filter, and moves the cursor to a clicked row.
func (p *Page) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok {
		p.page.Select(p.page.RowAt(click.X, click.Y-p.top))
		return
	}
	p.listing.Type(msg)
}

// applyFilter shows the matching rows and hides a revealed value.
func (p *Page) applyFilter() {
	p.hide()
}

// RedrawInterval is a second while a value is revealed, so that it is hidden in time.
func (p *Page) RedrawInterval() time.Duration {
	return screen.RedrawIf(p.revealed(p.lastFrame) != "", time.Second)
}

// revealed returns the row that is revealed at a time, or "".
func (p *Page) revealed(now time.Time) string {
	if !now.Before(p.revealedRow.until) {
		return ""
	}
	return p.revealedRow.row
}

// Actions are those on the selected row, and on the screen.
func (p *Page) Actions() []screen.Action {
	if p.Typing() {
		return p.listing.TypingActions()
	}
	first, second := p.environmentActions(), p.accountActions()
	if p.profile.Owner == nango.OwnerAccount {
		first, second = second, first
	}
	for i := range second {
		second[i].HideInFooter = true
	}
	if m := p.account.find(p.page.Selected()); p.profile.Owner == nango.OwnerAccount && p.account.lists() && m != nil && m.Kind == kindKey {
		second = slices.DeleteFunc(second, func(a screen.Action) bool { return a.ID == Reveal || a.ID == Copy || a.ID == CopyName })
		first = append(p.keyActions(*m), first...)
	}
	all := append(append(first, second...), screen.RefreshAction(p))
	return append(all, screen.MoveActions(&p.page)...)
}

// environmentActions need an environment key.
func (p *Page) environmentActions() []screen.Action {
	v, reason := p.selected()
	filter := p.listing.Actions()
	filter[0].Disabled, filter[1].HideInFooter = p.needsEnvironmentKey(), true
	return []screen.Action{
		p.reveal(v, reason),
		{ID: Copy, Title: actionCopyValue, Disabled: cmp.Or(reason, v.whyEmpty()),
			Do: func(t *screen.Turn) { t.CopySecret(fmt.Sprintf(copiedValue, v.name), v.value) }},
		{ID: CopyName, Title: actionCopyName, HideInFooter: true, Disabled: reason,
			Do: func(t *screen.Turn) { t.CopyLine(copiedVariable, v.name) }},
		filter[0], filter[1],
		{ID: Rotate, Title: actionRotate, Operation: nango.OpWebhookKeyRotate, Disabled: p.needsEnvironmentKey(), Do: rotate},
		{ID: Listen, Title: actionListen, HideInFooter: true, Do: screen.To("listen").Open},
		{ID: Deliveries, Title: actionDeliveries, HideInFooter: true, ReadOperation: nango.OpLogsList, Disabled: p.needsEnvironmentKey(),
			Do: screen.To("deliveries").Open},
		{ID: Doctor, Title: actionDoctor, HideInFooter: true, ReadOperation: nango.OpIntegrationsList, Disabled: p.needsEnvironmentKey(),
			Do: screen.To("doctor").Open},
	}
}

func (p *Page) reveal(v variable, reason string) screen.Action {
	if v.row != "" && v.row == p.revealed(p.lastFrame) {
		return screen.Action{ID: Reveal, Title: "Hide", Do: func(*screen.Turn) { p.revealedRow = revealedRow{} }}
	}
	return screen.Action{ID: Reveal, Title: "Reveal", Disabled: cmp.Or(reason, v.whyEmpty()), Do: func(t *screen.Turn) {
		p.revealedRow, p.lastFrame = revealedRow{v.row, t.Now.Add(screen.RevealTime)}, t.Now
	}}
}

// selected returns the selected variable, or why there is none.
func (p *Page) selected() (v variable, reason string) {
	row := p.page.Selected()
	if v := screen.Find(p.variables.list.Value, func(v variable) bool { return v.row == row }); v != nil {
		return *v, ""
	}
	return variable{}, cmp.Or(p.needsEnvironmentKey(), whyNoVariable)
}

func (p *Page) View(f ui.Frame) string {
	p.lastFrame = f.Now
	head := p.listing.FilterLine(f)
	p.top = len(head)
	rest := f.Sized(f.Width, f.Height-len(head))
	p.layOut(f)
	return screen.FirstLines(strings.Join(append(head, p.page.View(rest)), "\n"), f.Height)
}

// layOut lays out the rows if something changed. The first time it does so twice, because only then the cursor has a row.
func (p *Page) layOut(f ui.Frame) {
	for {
		now := layout{true, p.Typing(), f.Width, p.page.Selected(), p.revealed(f.Now), f.Now.Truncate(time.Minute)}
		if p.built == now {
			return
		}
		p.built = now
		p.page.SetSections(p.sections(f))
		if p.page.Select(p.account.selectRow) {
			p.account.selectRow = ""
		}
	}
}

func (p *Page) sections(f ui.Frame) []ui.Section {
	look := drawing{frame: f, query: p.listing.Filter.Query(), cursor: p.page.Selected(), revealed: p.revealed(f.Now)}
	if hint := p.listing.ClearFilterHint(f); hint != "" {
		look.clearHint = hint + "."
	}
	if p.profile.Owner == nango.OwnerAccount {
		return p.account.sections(look)
	}
	return []ui.Section{p.variables.section(look), webhookSection(f), {
		Title: titleBoth, Note: ui.Line{ui.Styled(ui.RoleMuted, textBoth)},
	}}
}

type hint struct {
	id   screen.ActionID
	does string
}

// hints shows the keys of actions and what they do. Actions without a key are left out.
func hints(f ui.Frame, all ...hint) ui.Line {
	var parts []string
	for _, hint := range all {
		if text := screen.Hint(f, hint.id, hint.does); text != "" {
			parts = append(parts, text)
		}
	}
	return ui.Line{ui.Styled(ui.RoleMuted, strings.Join(parts, " · "))}
}

// drawing is what a section needs to draw itself.
type drawing struct {
	frame ui.Frame
	query filter.Query
	// cursor and revealed are ids of rows or ""; clearHint names the key that clears the filter.
	cursor, revealed, clearHint string
}

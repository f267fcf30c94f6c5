package environment

import (
	"context"
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const secretRow = "secret"

// oneTimePage is the screen of something new, perhaps with a one-time secret. It has a secret, so it has no route.
type oneTimePage struct {
	screen.Base
	title string
	// secretName is the secret's name in a sentence, "" without a secret.
	secretName string
	secret     nango.Secret
	facts      []fact
	// notes are shown below the facts; recovery is what to do if the secret is lost.
	notes    []string
	recovery string
	// lists: the server lists environments and API keys, and shows a key again at any time.
	lists bool
	// item is saved for later; it may be nil.
	item  *item
	saved screen.Task[struct{}]

	// seen: the secret was copied or revealed. remote: it was sent to a clipboard that can refuse it.
	seen, remote bool
	page         ui.Fields
	lastFrame    time.Time // of the last frame
}

// fact is a line. Its text is untrusted.
type fact struct{ label, text string }

// Title doesn't contain the secret.
func (p *oneTimePage) Title() string { return p.title }

func (p *oneTimePage) Open(t *screen.Turn) {
	if p.item == nil {
		return
	}
	made := *p.item
	p.saved.Start(t, func(_ context.Context, tools screen.Tools) (struct{}, error) {
		_, err := updateItems(tools.Files, func(all []item) []item { return append(all, made) })
		return struct{}{}, err
	}, nil)
}

// Refresh does nothing: the secret can't be loaded again.
func (p *oneTimePage) Refresh(*screen.Turn) {}

func (p *oneTimePage) Actions() []screen.Action {
	moves := screen.MoveActions(&p.page)
	if p.secret == "" {
		return append([]screen.Action{
			{ID: NewKey, Title: actionKeyFor, Operation: nango.OpAPIKeyCreate,
				Do: func(t *screen.Turn) { t.ReplaceWith(newKeyForm([]item{*p.item}, p.item.Number, p.lists)) }},
		}, moves...)
	}
	reveal := screen.Action{ID: Reveal, Title: "Reveal", Do: func(t *screen.Turn) {
		p.seen = true
		p.page.Reveal(secretRow, t.Now.Add(screen.RevealTime))
		p.lastFrame = t.Now
	}}
	if p.page.Revealed(p.lastFrame) != "" {
		reveal = screen.Action{ID: Reveal, Title: "Hide", Do: func(*screen.Turn) { p.page.Hide() }}
	}
	return append([]screen.Action{
		{ID: Copy, Title: "Copy", Do: func(t *screen.Turn) {
			p.seen, p.remote = true, t.Profile.Remote
			t.CopySecret(p.secretName, p.secret)
		}},
		reveal,
	}, moves...)
}

func (p *oneTimePage) RedrawInterval() time.Duration {
	return screen.RedrawIf(p.page.Revealed(p.lastFrame) != "", time.Second)
}

func (p *oneTimePage) LossWarning() string {
	if p.secret == "" || p.seen || p.lists {
		return ""
	}
	return fmt.Sprintf(warnNotCopied, p.secretName)
}

func (p *oneTimePage) Leave(t *screen.Turn) {
	if held := p.LossWarning(); held != "" {
		t.Toast(fmt.Sprintf(noticeLost, held, p.recovery))
	}
}

func (p *oneTimePage) View(f ui.Frame) string {
	p.lastFrame = f.Now
	p.page.SetSections(p.sections(f))
	return p.page.View(f)
}

func (p *oneTimePage) sections(f ui.Frame) []ui.Section {
	var rows []ui.Row
	if p.secret != "" {
		// The secret is shown here on purpose, so this is ui.Clean and not f.Text, which would mask it.
		rows = append(rows, ui.Row{ID: secretRow, Label: "Key", Secret: true,
			Lines: []ui.Line{{{Text: ui.Clean(p.secret.Reveal()), Role: ui.RoleStrong}}}})
	}
	for _, fact := range p.facts {
		rows = append(rows, ui.Row{Label: fact.label, Lines: []ui.Line{{f.Styled(ui.RoleText, fact.text)}}})
	}
	var lines []ui.Line
	for _, text := range p.notes {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleText, text)})
	}
	if p.remote {
		proof := screen.Hint(f, Reveal, hintShow)
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, warnClipboard), ui.Styled(ui.RoleWarn, proof)})
	}
	if p.saved.Err != nil {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleBad, warnNotSaved), f.Styled(ui.RoleBad, p.saved.Err.Error())})
	}
	sections := []ui.Section{{Rows: rows}, {Rows: []ui.Row{{Lines: lines}}}}
	if p.secret != "" {
		sections[0].Title = titleOnce
		if p.lists {
			sections[0].Title = titleNewKey
		}
		sections[0].Note = hints(f, hint{Copy, hintCopy}, hint{Reveal, hintRevealFor})
	}
	return sections
}

package environment

import (
	"context"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// secretRow is the id of the row of what is told once.
const secretRow = "secret"

// told is the page of something that was just made, with what Nango tells but once. It holds a secret and so has no route.
type told struct {
	screen.Base
	title string
	// what the secret is, in the words of a sentence; empty where there is none.
	what   string
	secret nango.Secret
	facts  []fact
	// said is what one has to know, a line each; lost is what to do when the secret is.
	said []string
	lost string
	// made is noted for later; nil where nothing is.
	made *thing
	note screen.Task[struct{}]

	// taken says that the secret was copied or revealed, sent that it went to a clipboard that may have refused it.
	taken, sent bool
	page        ui.Fields
	built       drawn
	at          time.Time // of the last frame
}

// fact is a line about what was made. The text may be a stranger's.
type fact struct{ label, text string }

// Title names the page; the secret is no part of it.
func (p *told) Title() string { return p.title }

// Open notes what was made.
func (p *told) Open(t *screen.Turn) {
	if p.made == nil {
		return
	}
	made := *p.made
	p.note.Start(t, func(_ context.Context, tools screen.Tools) (struct{}, error) {
		return struct{}{}, remember(tools.Files, made)
	}, func(*screen.Turn) { p.built.built = false })
}

// Refresh has nothing to read: nobody tells it twice.
func (p *told) Refresh(*screen.Turn) {}

// Actions is what can be done with the secret, or with the environment that was made.
func (p *told) Actions() []screen.Action {
	moves := screen.MoveActions(&p.page)
	if p.secret == "" {
		return append([]screen.Action{
			{ID: NewKey, Title: "Make an API key for it", Operation: nango.OpAPIKeyCreate,
				Do: func(t *screen.Turn) { t.ReplaceWith(newKeyForm([]thing{*p.made}, p.made.Number)) }},
		}, moves...)
	}
	reveal := screen.Action{ID: Reveal, Title: "Reveal", Do: func(t *screen.Turn) {
		p.taken = true
		p.page.Reveal(secretRow, t.Now.Add(revealFor))
		p.at = t.Now
	}}
	if p.page.Revealed(p.at) != "" {
		reveal = screen.Action{ID: Reveal, Title: "Hide", Do: func(*screen.Turn) { p.page.Hide() }}
	}
	return append([]screen.Action{
		{ID: Copy, Title: "Copy", Do: func(t *screen.Turn) {
			p.taken, p.sent = true, t.Profile.Remote
			p.built.built = false
			t.CopySecret(p.what, p.secret)
		}},
		reveal,
	}, moves...)
}

// RedrawInterval draws again by the second while the secret is in clear, so that it is hidden in time.
func (p *told) RedrawInterval() time.Duration {
	if p.page.Revealed(p.at) == "" {
		return 0
	}
	return time.Second
}

// LossWarning says what would be lost with the page.
func (p *told) LossWarning() string {
	if p.secret == "" || p.taken {
		return ""
	}
	return "The " + p.what + " was neither copied nor revealed"
}

// Leave says what is lost.
func (p *told) Leave(t *screen.Turn) {
	if held := p.LossWarning(); held != "" {
		t.Toast(held + ", and nobody tells it again: " + p.lost)
	}
}

// View draws the page.
func (p *told) View(f ui.Frame) string {
	p.at = f.Now
	if now := (drawn{built: true, width: f.Width}); p.built != now {
		p.built = now
		p.page.SetSections(p.sections(f))
	}
	return p.page.View(f)
}

func (p *told) sections(f ui.Frame) []ui.Section {
	var rows []ui.Row
	if p.secret != "" {
		// This is the place that shows the secret on purpose: hence ui.Clean and not f.Text, which would mask it.
		rows = append(rows, ui.Row{ID: secretRow, Label: "Key", Secret: true,
			Lines: []ui.Line{{{Text: ui.Clean(p.secret.Reveal()), Role: ui.RoleStrong}}}})
	}
	for _, fact := range p.facts {
		rows = append(rows, ui.Row{Label: fact.label, Lines: []ui.Line{{f.Styled(ui.RoleText, fact.text)}}})
	}
	var lines []ui.Line
	for _, text := range p.said {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleText, text)})
	}
	if p.sent {
		proof := screen.Hint(f, Reveal, "shows it")
		lines = append(lines,
			ui.Line{ui.Styled(ui.RoleWarn, "! Sent to your terminal's clipboard (OSC 52), which may refuse it. If it did not arrive: "),
				ui.Styled(ui.RoleWarn, proof)})
	}
	if p.note.Err != nil {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleBad, "✗ It could not be noted, so write its number down: "),
			f.Styled(ui.RoleBad, p.note.Err.Error())})
	}
	sections := []ui.Section{{Rows: rows}, {Rows: []ui.Row{{Lines: lines}}}}
	if p.secret != "" {
		sections[0].Title, sections[0].Note = "SHOWN ONCE", hints(f, hint{Copy, "copies it"}, hint{Reveal, "reveals it for 15 seconds"})
	}
	return sections
}

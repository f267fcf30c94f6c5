package actions

import (
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// minText is the height that the text keeps, in lines.
const minText = 5

// View draws how it stands with the run, and below it what it returned, what was said, or what was sent.
func (p *Page) View(f ui.Frame) string {
	lines := screen.DrawLines(f, screen.Wrap(f, 1, p.head(f)...)...)
	lines = append(lines, "", " "+p.caption(f).View(f, max(f.Width-1, 0)))
	if p.text != nil {
		lines = lines[:max(min(len(lines), f.Height-minText), min(len(lines), 1))]
		lines = append(lines, p.text.View(f.Sized(f.Width, f.Height-len(lines))))
	} else if p.parsed.IsRunning() {
		lines = append(lines, screen.Loading(f, "Preparing the text"))
	}
	return screen.FirstLines(strings.Join(lines, "\n"), f.Height)
}

// head is the outcome first, then what can be done about it, then what was run, on what and when.
func (p *Page) head(f ui.Frame) []ui.Line {
	all := []ui.Line{p.standing(f)}
	for _, line := range p.remarks() {
		all = append(all, ui.Line{f.Styled(ui.RoleText, line)})
	}
	on := ui.Line{ui.Styled(ui.RoleMuted, "On "), f.Styled(ui.RoleStrong, p.run.about())}
	if p.run.elsewhere(p.where) != "" {
		on = append(on, ui.Styled(ui.RoleMuted, " in "), f.Styled(ui.RoleWarn, p.run.profile))
	}
	return append(all, on, ui.Line{ui.Styled(ui.RoleMuted, "Begun "+clockTime(f, p.run.began)+", "+p.run.way())})
}

// way is how it runs.
func (o order) way() string {
	switch {
	case !o.async:
		return "waited for"
	case o.retries == 0:
		return "in the background"
	}
	return "in the background, after a failure " + more(o.retries)
}

func clockTime(f ui.Frame, at time.Time) string { return at.In(f.Now.Location()).Format("15:04:05") }

// standing is the outcome, or the clock while there is none.
func (p *Page) standing(f ui.Frame) ui.Line {
	r := p.run
	switch clock := took(r.took(f.Now)); r.state {
	case running:
		return ui.Line{ui.Styled(ui.RoleAccent, "… Running for "+clockOf(r.took(f.Now)))}
	case waited:
		return append(ui.Line{ui.Styled(ui.RoleAccent, "◌ In the background for "+clockOf(r.took(f.Now)))}, p.looks(f)...)
	case unheard:
		return ui.Line{ui.Styled(ui.RoleWarn, "? "), f.Styled(ui.RoleWarn, p.whyUnheard())}
	case returned:
		return ui.Line{ui.Styled(ui.RoleGood, "✓ Returned after "+clock)}
	default:
		sign, role := "✗ ", ui.RoleBad
		if r.state == notKnown {
			sign, role = "? ", ui.RoleWarn
		}
		return ui.Line{ui.Styled(role, sign), f.Styled(role, blame(r)), ui.Styled(ui.RoleMuted, " After "+clock+".")}
	}
}

// looks says how often the result was looked for, and when it will be again.
func (p *Page) looks(f ui.Frame) ui.Line {
	w, text := p.run.wait, ""
	switch {
	case p.run.id == "":
		text = "not yet taken"
	case w.result.IsLoading():
		text = "asking"
	default:
		text = fmt.Sprintf("%s, next in %d s", askedTimes(w.polls.Polls), int(max(w.polls.NextAt().Sub(f.Now)+time.Second-1, 0)/time.Second))
	}
	line := ui.Line{ui.Styled(ui.RoleMuted, " · "+text+", until "+clockTime(f, w.until))}
	if w.failed > 0 && w.result.HasFailed() {
		line = append(line, ui.Styled(ui.RoleWarn, " · ! the last look failed: "), f.Styled(ui.RoleWarn, w.result.Err.Error()))
	}
	return line
}

func askedTimes(n int) string {
	switch n {
	case 0:
		return "not asked yet"
	case 1:
		return "asked once"
	}
	return fmt.Sprintf("asked %d times", n)
}

// whyUnheard is why nobody waits, and what may have become of the run.
func (p *Page) whyUnheard() string {
	w := p.run.wait
	switch {
	case w.result.Err != nil && !isNotYet(w.result.Err):
		return "Whether it has returned cannot be seen: " + w.result.Err.Error()
	case w.gaveUp:
		return sentenceCase(w.noResult()) + "."
	}
	return "Not waited for any more: it runs on."
}

// remarks are what is said of an error besides whose it was.
func (p *Page) remarks() []string {
	r := p.run
	var all []string
	if r.err != nil {
		if text := advice(r.err); text != "" {
			all = append(all, text)
		}
		all = append(all, r.err.Error())
	}
	if r.state == running || r.state == waited {
		all = append(all, "Leaving this page ends nothing: what comes of it is told wherever you are, and kept.")
	}
	for _, text := range p.otherwise {
		all = append(all, "! "+text)
	}
	return all
}

// caption is what the text below is.
func (p *Page) caption(f ui.Frame) ui.Line {
	title, raw, there := p.result()
	switch {
	case p.run.forgotten:
		return ui.Line{ui.Styled(ui.RoleMuted, fmt.Sprintf("Input and result are not kept any more: %s of the newest runs are.",
			ui.Bytes(MaxKept)))}
	case !there || p.input:
		title, raw = "INPUT", p.run.input.Input
		if len(raw) == 0 {
			return ui.Line{ui.Styled(ui.RoleTitle, title), ui.Styled(ui.RoleMuted, "  none was sent")}
		}
	}
	line := ui.Line{ui.Styled(ui.RoleTitle, title), ui.Styled(ui.RoleMuted, "  "+ui.Bytes(int64(len(raw))).String())}
	if key := screen.Key(f, ShowInput); there && key != "" {
		other := "what was sent"
		if p.input {
			other = "the result"
		}
		line = append(line, ui.Styled(ui.RoleMuted, " · "+key+" shows "+other))
	}
	return line
}

// took is a time that has passed: "0.4 s", "12.0 s", "2 min 5 s".
func took(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%d min %d s", int(d/time.Minute), int(d%time.Minute/time.Second))
}

// clockOf is how long something goes on by the second, the begun one not counted.
func clockOf(d time.Duration) string { return ui.Countdown(d.Truncate(time.Second)).String() }

func isNotYet(err error) bool {
	e, ok := nango.AsError(err)
	return ok && e.Kind == nango.ResultPending
}

// sentenceCase is a text with a capital at its beginning.
func sentenceCase(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

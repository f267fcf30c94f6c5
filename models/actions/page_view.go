package actions

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// minText is the minimum height of the text, in lines.
const minText = 5

// View draws the outcome of the run, and below it the result, the error detail or the input.
func (p *Page) View(f ui.Frame) string {
	lines := screen.DrawLines(f, screen.Wrap(f, 1, p.head(f)...)...)
	lines = append(lines, "", " "+p.textTitle(f).View(f, max(f.Width-1, 0)))
	if p.text != nil {
		lines = lines[:max(min(len(lines), f.Height-minText), min(len(lines), 1))]
		lines = append(lines, p.text.View(f.Sized(f.Width, f.Height-len(lines))))
	} else if p.parsed.IsRunning() {
		lines = append(lines, screen.Loading(f, "Preparing the text"))
	}
	return screen.FirstLines(strings.Join(lines, "\n"), f.Height)
}

func (p *Page) head(f ui.Frame) []ui.Line {
	all := []ui.Line{p.outcome(f)}
	for _, line := range p.remarks() {
		all = append(all, ui.Line{f.Styled(ui.RoleText, line)})
	}
	on := ui.Line{ui.Styled(ui.RoleMuted, "On "), f.Styled(ui.RoleStrong, p.run.about())}
	if p.run.otherProfile(p.profile) != "" {
		on = append(on, ui.Styled(ui.RoleMuted, " in "), f.Styled(ui.RoleWarn, p.run.profile))
	}
	return append(all, on, ui.Line{ui.Styled(ui.RoleMuted, "Started "+clockTime(f, p.run.start)+", "+p.run.modeText())})
}

func (o runRequest) modeText() string {
	switch {
	case !o.async:
		return textWaitsForResponse
	case o.retries == 0:
		return "in the background"
	}
	return textInBackgroundWith + retryText(o.retries)
}

func clockTime(f ui.Frame, at time.Time) string { return at.In(f.Now.Location()).Format("15:04:05") }

func (p *Page) outcome(f ui.Frame) ui.Line {
	r := p.run
	switch clock := formatDuration(r.duration(f.Now)); r.state {
	case running:
		return ui.Line{ui.Styled(ui.RoleAccent, "… Running for "+formatElapsed(r.duration(f.Now)))}
	case waiting:
		return append(ui.Line{ui.Styled(ui.RoleAccent, textInBackgroundFor+formatElapsed(r.duration(f.Now)))}, p.pollStatus(f)...)
	case untracked:
		return ui.Line{ui.Styled(ui.RoleWarn, "? "), f.Styled(ui.RoleWarn, p.untrackedText())}
	case returned:
		return ui.Line{ui.Styled(ui.RoleGood, "✓ Returned after "+clock)}
	default:
		sign, role := "✗ ", ui.RoleBad
		if r.state == unknown {
			sign, role = "? ", ui.RoleWarn
		}
		return ui.Line{ui.Styled(role, sign), f.Styled(role, errorSummary(r)), ui.Styled(ui.RoleMuted, " After "+clock+".")}
	}
}

func (p *Page) pollStatus(f ui.Frame) ui.Line {
	w, text := p.run.wait, ""
	switch {
	case p.run.id == "":
		text = "not accepted yet"
	case w.result.IsLoading():
		text = "asking"
	default:
		text = fmt.Sprintf(textNextPoll, polledTimes(w.polls.Polls), int(max(w.polls.NextAt().Sub(f.Now)+time.Second-1, 0)/time.Second))
	}
	line := ui.Line{ui.Styled(ui.RoleMuted, " · "+text+", until "+clockTime(f, w.deadline))}
	if w.failed > 0 && w.result.HasFailed() {
		line = append(line, ui.Styled(ui.RoleWarn, textPollFailed), f.Styled(ui.RoleWarn, w.result.Err.Error()))
	}
	return line
}

func polledTimes(n int) string {
	switch n {
	case 0:
		return "not polled yet"
	case 1:
		return "polled once"
	}
	return fmt.Sprintf("polled %d times", n)
}

// untrackedText is why the run is not polled, and what may have happened to it.
func (p *Page) untrackedText() string {
	w := p.run.wait
	switch {
	case w.result.Err != nil && !errors.Is(w.result.Err, nango.ResultPending):
		return textCouldntLoadResult + w.result.Err.Error()
	case w.timedOut:
		return sentenceCase(w.timeoutText()) + "."
	}
	return textStoppedWaiting
}

func (p *Page) remarks() []string {
	r := p.run
	var all []string
	if r.err != nil {
		if e, ok := nango.AsError(r.err); ok && e.Advice() != "" {
			all = append(all, e.Advice())
		}
		all = append(all, r.err.Error())
	}
	if r.state == running || r.state == waiting {
		all = append(all, textContinuesIfYouLeave)
	}
	for _, text := range p.changes {
		all = append(all, "! "+text)
	}
	return all
}

func (p *Page) textTitle(f ui.Frame) ui.Line {
	title, raw, there := p.result()
	switch {
	case p.run.discarded:
		return ui.Line{ui.Styled(ui.RoleMuted, fmt.Sprintf(textDiscarded,
			ui.Bytes(MaxKept)))}
	case !there || p.showsInput:
		title, raw = "INPUT", p.run.input.Input
		if len(raw) == 0 {
			return ui.Line{ui.Styled(ui.RoleTitle, title), ui.Styled(ui.RoleMuted, "  none")}
		}
	}
	line := ui.Line{ui.Styled(ui.RoleTitle, title), ui.Styled(ui.RoleMuted, "  "+ui.Bytes(int64(len(raw))).String())}
	if key := screen.Key(f, ShowInput); there && key != "" {
		other := "the input"
		if p.showsInput {
			other = "the result"
		}
		line = append(line, ui.Styled(ui.RoleMuted, " · "+key+" shows "+other))
	}
	return line
}

// formatDuration formats a duration: "0.4 s", "12.0 s", "2 min 5 s".
func formatDuration(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%d min %d s", int(d/time.Minute), int(d%time.Minute/time.Second))
}

// formatElapsed formats an elapsed time in whole seconds, rounded down.
func formatElapsed(d time.Duration) string { return ui.Countdown(d.Truncate(time.Second)).String() }

// sentenceCase starts a text with a capital letter.
func sentenceCase(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

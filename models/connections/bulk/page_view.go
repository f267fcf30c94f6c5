package bulk

import (
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// leastRows is the height that the facts of a plan leave to its connections.
const leastRows = 5

// View draws what the run does and how far it is, above its connections.
func (p *Page) View(f ui.Frame) string {
	head := p.planLines(f)
	if !p.isPlan() {
		head = p.progressLines(f)
	}
	lines := screen.Wrap(f, 1, head...)
	lines = lines[:min(len(lines), max(f.Height-leastRows, 1))]
	if p.Table.Len() == 0 && !p.isPlan() {
		return screen.FirstLines(strings.Join(screen.DrawLines(f, append(lines, ui.Line{}, ui.Muted(" "+textNoProblems))...), "\n"), f.Height)
	}
	return p.List.View(f, lines, textNoMatch)
}

// planLines say what the plan does, to how many, how long that takes, and what can't be undone.
func (p *Page) planLines(f ui.Frame) []ui.Line {
	r := p.run
	count := r.about()
	if r.counts[out] > 0 {
		count += fmt.Sprintf(textTakenOut, ui.Count(r.counts[out]))
	}
	lines := []ui.Line{
		{f.Styled(ui.RoleStrong, r.change.title+" · "+count), ui.Styled(ui.RoleMuted, " · "), f.Styled(p.profileRole(), p.profile.Label())},
		{f.Styled(ui.RoleText, r.change.does+r.valueText())},
		{f.Styled(ui.RoleText, r.pace(f.Now, p.profile))},
	}
	for _, loses := range r.change.loses {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleText, loses)})
	}
	for _, note := range r.notes(p.profile, f.Mask) {
		lines = append(lines, ui.Line{f.Styled(ui.RoleMuted, note)})
	}
	if r.pausedBy != "" {
		lines = append(lines, ui.Line{f.Styled(ui.RoleBad, "✗ "+r.pausedBy)})
	}
	return lines
}

func (p *Page) profileRole() ui.Role {
	if p.profile.Production {
		return ui.RoleProduction
	}
	return ui.RoleMuted
}

// valueText is what is set, for the plan. Secrets in it are masked when it is drawn.
func (r *Run) valueText() string {
	var parts []string
	if len(r.metadata) > 0 {
		parts = append(parts, strings.Join(strings.Fields(string(r.metadata)), " "))
	}
	if len(r.tags) > 0 {
		parts = append(parts, fmt.Sprintf(textSetsTags, pairs(r.tags)))
	}
	if len(r.drop) > 0 {
		parts = append(parts, fmt.Sprintf(textDropsTags, strings.Join(r.drop, ", ")))
	}
	if len(r.syncs) > 0 {
		parts = append(parts, fmt.Sprintf(textOnlySyncs, syncNames(r.syncs)))
	}
	if r.path != "" {
		parts = append(parts, fmt.Sprintf(textLinksTo, r.path))
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, " ")
}

// pace is how many requests there are, and how long they take.
func (r *Run) pace(now time.Time, p screen.ProfileState) string {
	return fmt.Sprintf(textPace, ui.Pluralize(r.calls(), "request"), about(r.rest(now, p.Limit)))
}

func about(d time.Duration) string {
	if d < time.Minute {
		return textUnderAMinute
	}
	return fmt.Sprintf(textAboutTime, ui.Duration(d))
}

// notes are what else the user should know before confirming. Mask masks the secrets that the program has seen; it may be nil.
func (r *Run) notes(p screen.ProfileState, mask func(string) string) []string {
	var notes []string
	if r.cutOff > 0 {
		notes = append(notes, fmt.Sprintf(textCutOff, ui.Count(MaxConnections), ui.Count(r.cutOff)))
	}
	if n := r.counts[failed]; n > 0 && r.phase == planned {
		notes = append(notes, fmt.Sprintf(textUnusable, ui.Pluralize(n, "connection")))
	}
	if p.Production {
		notes = append(notes, fmt.Sprintf(textArmed, ui.Duration(max(p.ArmingTime(), time.Minute))))
	}
	if r.change.action == Links && r.rest(time.Time{}, p.Limit) > 10*time.Minute {
		notes = append(notes, textLinksExpire)
	}
	if hasSecret(mask, r.values) {
		notes = append(notes, textSecretNotKept)
	}
	if p.Fingerprint != r.key {
		notes = append(notes, textOtherKey)
	}
	return notes
}

// consequences are the lines of the dialog. The plan has said the rest.
func (r *Run) consequences(p screen.ProfileState) []string {
	lines := append([]string{r.change.does + r.valueText()}, r.change.loses...)
	if p.Fingerprint != r.key {
		lines = append(lines, textOtherKey)
	}
	return append(lines, r.pace(time.Time{}, p))
}

// maxBar is the maximum width of the bar in cells.
const maxBar = 40

// progressLines are the bar, the counts, and what the run is doing.
func (p *Page) progressLines(f ui.Frame) []ui.Line {
	r := p.run
	all, ended := max(r.planned(), 1), r.ended()
	cells := max(min(maxBar, f.Width-24), 0)
	full := cells * ended / all
	lines := []ui.Line{
		{f.Styled(ui.RoleStrong, r.change.title), ui.Styled(ui.RoleMuted, " · "), f.Styled(p.profileRole(), r.profile)},
		{ui.Styled(ui.RoleAccent, strings.Repeat("▰", full)), ui.Styled(ui.RoleMuted, strings.Repeat("▱", cells-full)),
			ui.Styled(ui.RoleText, "  "+ui.Count(ended).String()+" of "+ui.Count(r.planned()).String())},
		{f.Styled(ui.RoleText, upperFirst(r.summary())+".")},
	}
	switch {
	case r.phase == running && r.stopping:
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, textWillStop)})
	case r.phase == running && r.waits > 0:
		lines = append(lines, ui.Line{ui.Styled(ui.RoleWarn, textWaits)})
	case r.phase == running:
		text := fmt.Sprintf(textRunning, about(r.rest(f.Now, p.profile.Limit))) + screen.HintOrPalette(f, Stop, textStops)
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, text)})
	case r.phase == paused:
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, fmt.Sprintf(textPausedBy, r.pausedBy))})
		lines = append(lines, p.goOnLines(f)...)
	}
	if at := p.Table.Cursor(); at != nil && r.why(at) != "" {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, at.Ref.String()+": "+r.why(at))})
	}
	if p.lookUps.IsRunning() {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, textLookingUp)})
	} else if p.lookUps.Err != nil {
		lines = append(lines, ui.Line{f.Styled(ui.RoleBad, fmt.Sprintf(textLookUpFailed, p.lookUps.Err))})
	}
	return lines
}

// goOnLines say how a paused run goes on, and what is special about it.
func (p *Page) goOnLines(f ui.Frame) []ui.Line {
	r := p.run
	var lines []ui.Line
	if r.counts[left] > 0 && p.cannotStart() == "" {
		lines = append(lines, ui.Muted(screen.HintOrPalette(f, Start, fmt.Sprintf(textGoOn, ui.Count(r.counts[left])))))
	} else if reason := p.cannotStart(); reason != "" && r.counts[left] > 0 && reason != textLive {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, fmt.Sprintf(textCannotGoOn, reason))})
	}
	if r.counts[unknown] > 0 {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, textUnknown)})
	}
	if p.profile.Fingerprint != r.key {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, textOtherKey)})
	}
	return lines
}

// report is the outcome as text: the counts, and each connection that failed, is not known or is left.
func (r *Run) report() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s · %s · %s\nbegan %s\n%s\n", r.change.title, r.profile, r.host, r.began.UTC().Format(time.RFC3339), r.summary())
	if r.pausedBy != "" {
		fmt.Fprintf(&b, "paused: %s\n", r.pausedBy)
	}
	for _, of := range []state{failed, unknown, sending, left} {
		for i := range r.all {
			at := &r.all[i]
			if at.state != of {
				continue
			}
			line := strings.Join([]string{of.String(), at.Ref.Integration, at.Ref.ID, at.Customer, r.why(at)}, "\t")
			b.WriteString("\n" + strings.TrimRight(strings.ReplaceAll(line, "\n", " "), "\t"))
		}
	}
	b.WriteByte('\n')
	return b.String()
}

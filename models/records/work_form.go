package records

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// workForm is a form that starts work, which can be stopped. Meanwhile nothing can be typed.
type workForm struct {
	screen.Form
	isRunning func() bool
	stop      func() screen.Action
	// leaveText says what happens to the work when the form is left.
	leaveText func() string
}

func (w *workForm) Typing() bool { return !w.isRunning() }

func (w *workForm) Update(t *screen.Turn, msg tea.Msg) {
	if !w.isRunning() {
		w.Form.Update(t, msg)
	}
}

func (w *workForm) Actions() []screen.Action {
	if !w.isRunning() {
		return w.Form.Actions()
	}
	return []screen.Action{w.stop()}
}

func (w *workForm) Leave(t *screen.Turn) {
	if w.isRunning() {
		t.Toast(w.leaveText())
	}
}

// maxBar is the maximum width of a progress bar in cells.
const maxBar = 40

// drawProgress draws what runs, its progress, and how to stop it.
func drawProgress(f ui.Frame, what string, p *progress, how string) string {
	return screen.FirstLines(strings.Join(screen.DrawLines(f,
		ui.Line{}, ui.Line{f.Styled(ui.RoleStrong, " "+what)},
		ui.Line{}, progressLine(p, f.Width),
		ui.Line{}, ui.Muted(" "+how),
	), "\n"), f.Height)
}

// progressLine is a bar with a count. It is only a count if the total is unknown, or if it was too low: Nango doesn't count
// deleted records.
func progressLine(p *progress, width int) ui.Line {
	done := p.done.Load()
	count := ui.Count(int(done)).String()
	if p.total < max(done, 1) {
		return ui.Line{ui.Styled(ui.RoleAccent, " "+count), ui.Styled(ui.RoleMuted, textUnknownTotal)}
	}
	share := min(float64(done)/float64(p.total), 1)
	const besides = 30 // cells for the count
	cells := max(min(maxBar, width-besides), 0)
	full := int(share * float64(cells))
	return ui.Line{ui.Styled(ui.RoleAccent, " "+strings.Repeat("▰", full)), ui.Styled(ui.RoleMuted, strings.Repeat("▱", cells-full)),
		ui.Styled(ui.RoleText, "  "+count+" of "+ui.Count(int(p.total)).String())}
}

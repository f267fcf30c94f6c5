package records

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
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

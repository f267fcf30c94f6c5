package models

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

const (
	// wheelStep is how many rows one step of the wheel moves.
	wheelStep = 3
	// doubleClick is the maximum time between two clicks on a row that open it.
	doubleClick = 400 * time.Millisecond
)

// click is the last click in the body of a screen.
type click struct {
	y  int
	at time.Time
	on *entry
}

// mouse turns the wheel into motion actions, and a click into what it is on.
func (a *App) mouse(msg tea.MouseMsg) {
	if !a.isDrawable() {
		return
	}
	if a.overlay != nil {
		if wheel, ok := msg.(tea.MouseWheelMsg); ok {
			a.wheelOverlay(wheel.Button)
		}
		return
	}
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		a.wheel(msg.Button)
	case tea.MouseClickMsg:
		a.click(msg)
	}
}

// click acts on tabs, the path, and the footer; the screen gets a click in the coordinates of its body. A second one on the same row
// is the key enter.
func (a *App) click(msg tea.MouseClickMsg) {
	line := a.frame().Sized(a.width, 1)
	y := msg.Y - a.bodyTop()
	switch {
	case msg.Y == a.height-1:
		if n := ui.HintAt(line, a.hints(), msg.X); n >= 0 {
			a.pressHint(a.hints()[n].Key)
		}
	case msg.Y == 1 && len(a.stack) > 1:
		a.backTo(ui.BreadcrumbAt(line, a.crumbs(), a.watchLine(), msg.X))
	case msg.Y == 1:
		tabs := a.tabs(a.here())
		if n := ui.TabAt(line, tabs, a.watchLine(), msg.X); n >= 0 {
			a.pressHint(tabs[n].Key)
		}
	case y >= 0 && y < a.bodyHeight():
		last := a.lastClick
		a.lastClick = click{y, a.config.Now(), a.top()}
		msg.Y = y
		a.input(msg)
		// The head of a list is line 0 or 1: a second click there sorts the other way round.
		if last.on == a.top() && last.y == y && y > 1 && a.lastClick.at.Sub(last.at) <= doubleClick {
			a.lastClick = click{}
			a.pressHint(enter)
		}
	}
}

// pressHint does what a key does that is shown on the screen.
func (a *App) pressHint(key string) {
	if action, ok := a.find(key, a.typing()); ok {
		a.dispatchKey(action, key)
	}
}

// backTo closes the screens above one of the stack. It asks first if something would be lost; -1 is none.
func (a *App) backTo(n int) {
	if n < 0 || n >= len(a.stack)-1 {
		return
	}
	above := slices.Clone(a.stack[n+1:])
	a.confirmLeaving(func() {
		for _, e := range slices.Backward(above) {
			a.close(e)
		}
	}, above...)
}

// wheelOverlay moves in the overlay on top as its keys do. On the line for places, up from the first item is the history, which the
// wheel leaves alone.
func (a *App) wheelOverlay(button tea.MouseButton) {
	key := tea.KeyPressMsg{Code: tea.KeyDown}
	if button == tea.MouseWheelUp {
		key.Code = tea.KeyUp
	}
	for range wheelStep {
		if o, ok := a.overlay.(*goToOverlay); ok && o.selected() == "" && key.Code == tea.KeyUp {
			return
		}
		a.overlay.key(a, key)
	}
}

func (a *App) wheel(button tea.MouseButton) {
	id := screen.Down
	if button == tea.MouseWheelUp {
		id = screen.Up
	}
	for _, action := range a.actions() {
		if action.ID == id {
			for range wheelStep {
				a.dispatch(action)
			}
			return
		}
	}
}

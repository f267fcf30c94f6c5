package models

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

const (
	// bodyTop is the line of the terminal at which the screen's body begins.
	bodyTop = 3
	// wheelStep is how many rows one step of the wheel moves.
	wheelStep = 3
)

// mouse turns the wheel into motion actions, and passes a click to the screen in the coordinates of its body.
func (a *App) mouse(msg tea.MouseMsg) {
	if a.overlay != nil {
		return
	}
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		a.wheel(msg.Button)
	case tea.MouseClickMsg:
		msg.Y -= bodyTop
		if msg.Y >= 0 && msg.Y < a.height-chromeHeight {
			a.input(msg)
		}
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

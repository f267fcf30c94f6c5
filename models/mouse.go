package models

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

const (
	// bodyTop is the line of the terminal that the screen's body begins at.
	bodyTop = 3
	// wheelStep is how many rows one step of the wheel moves.
	wheelStep = 3
)

// mouse turns the wheel into the actions that move, and brings a click to the screen in the coordinates of its body.
func (a *App) mouse(msg tea.MouseMsg) {
	if a.overlay != nil {
		return
	}
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		a.wheel(msg.Button)
	case tea.MouseClickMsg:
		msg.Y -= bodyTop
		if msg.Y >= 0 && msg.Y < a.height-chrome {
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

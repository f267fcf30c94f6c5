package models

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// maxEarly is how many keys are kept until there is a screen.
	maxEarly = 256
	// earlyTime is how long keys are kept without a screen: then the user sees that there is none yet.
	earlyTime = time.Second
)

// early are the keys and pastes that came before the first screen was there. They belong together, so they are either used in
// their order or dropped as a whole: a part of them would do something else.
type early struct {
	ended   bool // there was a screen
	began   time.Time
	inputs  []tea.Msg
	dropped bool
}

// keepEarly keeps input until there is a screen. It reports whether the input is dealt with.
func (a *App) keepEarly(msg tea.Msg) bool {
	e := &a.early
	if k, ok := msg.(tea.KeyPressMsg); e.ended || ok && k.String() == interrupt {
		return false
	}
	if a.config.Now().Sub(e.began) > earlyTime || len(e.inputs) >= maxEarly {
		e.dropped = e.dropped || len(e.inputs) > 0
		e.inputs = nil
	}
	if a.config.Now().Sub(e.began) > earlyTime {
		return false
	}
	if !e.dropped {
		e.inputs = append(e.inputs, msg)
	}
	return true
}

// useEarly uses what was kept once there is a screen.
func (a *App) useEarly() {
	e := &a.early
	if e.ended || a.width == 0 || a.top() == nil {
		return
	}
	e.ended = true
	if e.dropped {
		a.toast(textEarlyDropped)
	}
	for _, msg := range e.inputs {
		a.userInput(msg)
		a.followSurface()
	}
	e.inputs = nil
}

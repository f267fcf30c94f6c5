package models

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// interrupt ends the program from everywhere. It is the one key that is not the user's to change.
const interrupt = "ctrl+c"

// key brings a key to the overlay on top, else to the action that it stands for, else to the screen.
func (a *App) key(k tea.KeyPressMsg) {
	if k.String() == interrupt {
		a.quit()
		return
	}
	a.settle()
	if a.overlay != nil {
		a.overlay.key(a, k)
		return
	}
	if action, ok := a.find(k.String(), a.typing()); ok {
		a.dispatch(action)
		return
	}
	a.input(k)
}

// typing says that keys are text for the screen on top.
func (a *App) typing() bool {
	e := a.top()
	return e != nil && e.screen.Typing()
}

// find is the action that a key stands for: the screen's own before App's, and one that can be done now before one that
// cannot.
func (a *App) find(key string, typing bool) (found screen.Action, ok bool) {
	for _, action := range a.actions() {
		if typing && !action.WhileTyping || !slices.Contains(a.config.Keymap[action.ID], key) {
			continue
		}
		if action.Disabled == "" {
			return action, true
		}
		if !ok {
			found, ok = action, true
		}
	}
	return found, ok
}

// dispatch does the action, or says why it cannot be done.
func (a *App) dispatch(action screen.Action) {
	if action.Disabled != "" {
		a.toast(action.Title + ": " + action.Disabled)
		return
	}
	a.perform(a.top(), action)
}

// input brings a message that no action took to the overlay on top, else to the screen.
func (a *App) input(msg tea.Msg) {
	if a.overlay != nil {
		a.overlay.input(a, msg)
		return
	}
	if e := a.top(); e != nil {
		a.turn(e, func(t *screen.Turn) { e.screen.Update(t, msg) })
	}
}

// widget is the message of a screen's widget, on its way back to the screen that ran it.
type widget struct {
	entry *entry
	msg   tea.Msg
}

func (a *App) widget(msg widget) {
	if !msg.entry.gone {
		a.turn(msg.entry, func(t *screen.Turn) { msg.entry.screen.Update(t, msg.msg) })
	}
}

// forScreen wraps a command so that its message finds the screen. A batch goes to Bubble Tea, its parts wrapped one by one.
// Whatever else is Bubble Tea's own, such as a sequence, would come to the screen in its place: a widget's command answers
// with none.
func forScreen(e *entry, cmd tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		switch msg := cmd().(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			parts := make(tea.BatchMsg, 0, len(msg))
			for _, part := range msg {
				if part != nil {
					parts = append(parts, forScreen(e, part))
				}
			}
			return parts
		default:
			return widget{entry: e, msg: msg}
		}
	}
}

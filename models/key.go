package models

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// interrupt quits from everywhere. It is the only key that the user can't change.
const interrupt = "ctrl+c"

// enter opens and takes what is selected.
const enter = "enter"

// escape takes back whatever asks. It works even before the question was seen.
const escape = "esc"

// key routes a key to the overlay on top, or else to the action that it is bound to, or else to the screen.
func (a *App) key(k tea.KeyPressMsg) {
	if k.String() == interrupt {
		a.quit()
		return
	}
	a.expireNews()
	a.alerted = notAlerted
	if a.overlay != nil {
		if a.isToggle(k) {
			a.overlay = nil
			return
		}
		a.overlay.key(a, k)
		return
	}
	if action, ok := a.find(k.String(), a.typing()); ok {
		a.dispatchKey(action, k.String())
		return
	}
	if e := a.top(); e != nil && !a.typing() && e.openedBy == k.String() {
		a.back()
		return
	}
	a.input(k)
}

// dispatchKey runs an action by its key. The key closes what it opened: an overlay, or a screen where it means nothing else.
func (a *App) dispatchKey(action screen.Action, key string) {
	below := a.top()
	a.dispatch(action)
	if a.openedBy = ""; a.overlay != nil {
		a.openedBy = key
	}
	if e := a.top(); e != below && e != nil && key != enter {
		e.openedBy = key
	}
}

// typing reports whether keys are text for the screen on top.
func (a *App) typing() bool {
	e := a.top()
	return e != nil && e.screen.Typing()
}

// find returns the action that a key is bound to: the screen's own before App's, and an enabled one before a disabled one.
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

// dispatch runs the action, or says why it is disabled.
func (a *App) dispatch(action screen.Action) {
	if action.Disabled != "" {
		a.toast(action.Title + ": " + action.Disabled)
		return
	}
	a.runAction(a.top(), action)
}

// input routes a message that is no action to the overlay on top, or else to the screen.
func (a *App) input(msg tea.Msg) {
	if a.overlay != nil {
		a.overlay.input(a, msg)
		return
	}
	if e := a.top(); e != nil {
		a.turn(e, func(t *screen.Turn) { e.screen.Update(t, msg) })
	}
}

// widget is the message of a screen's widget, to be returned to the screen that ran it.
type widget struct {
	entry *entry
	msg   tea.Msg
}

func (a *App) widget(msg widget) {
	if !msg.entry.gone {
		a.turn(msg.entry, func(t *screen.Turn) { msg.entry.screen.Update(t, msg.msg) })
	}
}

// screenCmd wraps a command so that its message reaches the screen. A batch goes to Bubble Tea, with its parts wrapped one by
// one. Widgets must not use Bubble Tea's other messages, such as a sequence: they would reach the screen unprocessed.
func screenCmd(e *entry, cmd tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		switch msg := cmd().(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			parts := make(tea.BatchMsg, 0, len(msg))
			for _, part := range msg {
				if part != nil {
					parts = append(parts, screenCmd(e, part))
				}
			}
			return parts
		default:
			return widget{entry: e, msg: msg}
		}
	}
}

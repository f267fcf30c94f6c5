package terminal

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
)

// bell is what every terminal has, where it isn't known to show notifications.
const bell = "\a"

// Terminals by the value of TERM_PROGRAM or the beginning of TERM, which is all that is known over SSH.
var (
	// withOSC9 show a notification by OSC 9, and withOSC777 by OSC 777.
	withOSC9   = []string{"iTerm.app", "WezTerm", "wezterm", "ghostty", "xterm-ghostty", "xterm-kitty", "kitty"}
	withOSC777 = []string{"foot", "rxvt-unicode"}
)

// Notify returns a function that shows a notification in the terminal: by OSC 9 or 777 where it is known to have it, or else by the bell.
func Notify(env Getenv) func(clean.Text) tea.Cmd {
	return func(text clean.Text) tea.Cmd { return tea.Raw(notification(env, text)) }
}

func notification(env Getenv, text clean.Text) string {
	switch {
	case isOneOf(env, withOSC9):
		return "\x1b]9;" + text.String() + bell
	case isOneOf(env, withOSC777):
		return "\x1b]777;notify;nango-tui;" + text.String() + bell
	}
	return bell
}

// isMultiplexed reports whether the terminal is tmux or screen, which passes none of this on.
func isMultiplexed(env Getenv) bool {
	term := env("TERM")
	return env("TMUX") != "" || strings.HasPrefix(term, "tmux") || strings.HasPrefix(term, "screen")
}

func isOneOf(env Getenv, names []string) bool {
	return !isMultiplexed(env) && slices.ContainsFunc(names, func(name string) bool {
		return env("TERM_PROGRAM") == name || env("TERM") == name || strings.HasPrefix(env("TERM"), name+"-")
	})
}

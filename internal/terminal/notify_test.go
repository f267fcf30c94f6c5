package terminal

import (
	"testing"

	"nango-tui/internal/clean"
)

func TestNotificationIsWhatTheTerminalIsKnownToHave(t *testing.T) {
	const osc9, osc777 = "\x1b]9;reconnected: Mia\a", "\x1b]777;notify;nango-tui;reconnected: Mia\a"
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"TERM": "xterm-256color"}, bell},
		{map[string]string{"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, osc9},
		{map[string]string{"TERM": "xterm-ghostty"}, osc9}, // over SSH
		{map[string]string{"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, osc9},
		{map[string]string{"TERM": "xterm-kitty"}, osc9},
		{map[string]string{"TERM": "foot-extra"}, osc777},
		{map[string]string{"TERM": "rxvt-unicode-256color"}, osc777},
		{map[string]string{"TERM": "xterm-256color", "WT_SESSION": "1"}, bell},
		{map[string]string{"TERM": "tmux-256color", "TERM_PROGRAM": "ghostty"}, bell},
		{map[string]string{"TERM": "xterm-ghostty", "TMUX": "/tmp/x"}, bell},
		{map[string]string{"TERM": "screen", "WT_SESSION": "1"}, bell},
	} {
		env := func(name string) string { return c.env[name] }
		// A text that is not clean can't be passed: its type has no such value.
		if got := notification(env, clean.Line("reconnected: Mia")); got != c.want {
			t.Errorf("%v: %q", c.env, got)
		}
	}
}

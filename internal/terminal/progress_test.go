package terminal

import "testing"

func TestProgressBarsOfKnownTerminals(t *testing.T) {
	for name, c := range map[string]struct {
		env  map[string]string
		want bool
	}{
		"nothing known":    {map[string]string{"TERM": "xterm-256color"}, false},
		"Windows Terminal": {map[string]string{"WT_SESSION": "1"}, true},
		"Ghostty over SSH": {map[string]string{"TERM": "xterm-ghostty", "SSH_TTY": "/dev/pts/1"}, true},
		"in tmux":          {map[string]string{"TMUX": "/tmp/x", "WT_SESSION": "1"}, false},
		"tmux over SSH":    {map[string]string{"TERM": "tmux-256color", "TERM_PROGRAM": "ghostty"}, false},
		"old iTerm2":       {map[string]string{"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.14"}, false},
		"new iTerm2":       {map[string]string{"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.10.0"}, true},
		"iTerm2, odd":      {map[string]string{"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.x"}, false},
		"old WezTerm":      {map[string]string{"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fc22"}, false},
		"old VTE":          {map[string]string{"VTE_VERSION": "7600"}, false},
		"new VTE":          {map[string]string{"VTE_VERSION": "8001"}, true},
	} {
		if got := HasProgressBar(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

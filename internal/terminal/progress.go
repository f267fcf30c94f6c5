package terminal

import (
	"strconv"
	"strings"
)

// The first versions with a progress bar (OSC 9;4). Older ones of these terminals show each step as a notification, or nothing.
const (
	firstITerm   = "3.6.6"
	firstWezTerm = "20250101"
	firstVTE     = 8000
)

// HasProgressBar reports whether the terminal is known to have a progress bar of its own, in its tab or in the taskbar. Inside of tmux
// and screen it can't be reached.
func HasProgressBar(env Getenv) bool {
	program, programVersion := env("TERM_PROGRAM"), env("TERM_PROGRAM_VERSION")
	vte, _ := strconv.Atoi(env("VTE_VERSION"))
	switch {
	case env("TMUX") != "" || env("STY") != "" || strings.HasPrefix(env("TERM"), "screen") || strings.HasPrefix(env("TERM"), "tmux"):
		return false
	case env("WT_SESSION") != "", env("ConEmuANSI") == "ON", strings.Contains(env("TERM"), "ghostty"), program == "ghostty":
		return true
	case program == "iTerm.app":
		return isSince(programVersion, firstITerm)
	case program == "WezTerm":
		return programVersion > firstWezTerm
	}
	return vte >= firstVTE
}

// isSince compares versions of numbers with dots.
func isSince(version, first string) bool {
	has, wants := strings.Split(version, "."), strings.Split(first, ".")
	for i, want := range wants {
		if i >= len(has) {
			return false
		}
		a, err := strconv.Atoi(has[i])
		b, _ := strconv.Atoi(want)
		if err != nil || a != b {
			return err == nil && a > b
		}
	}
	return true
}

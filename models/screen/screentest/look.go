package screentest

import (
	"slices"
	"strings"
	"unicode"
)

// SeeLine fails unless a line of the screen contains all texts, and returns the first that does.
func (st *Stage) SeeLine(texts ...string) string {
	st.t.Helper()
	for line := range strings.SplitSeq(st.View(), "\n") {
		if !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(line, text) }) {
			return line
		}
	}
	st.t.Fatalf("no line holds all of %q:\n%s", texts, st.View())
	return ""
}

// FitsEverywhere draws the screen in terminals of several sizes, and restores its own.
func (st *Stage) FitsEverywhere() {
	st.t.Helper()
	width, height := st.Width, st.Height
	for _, size := range [][2]int{{120, 35}, {80, 19}, {60, 10}, {20, 5}} {
		st.Width, st.Height = size[0], size[1]
		st.Fits()
	}
	st.Width, st.Height = width, height
}

// NoControls fails if the drawn text contains control characters.
func (st *Stage) NoControls() {
	st.t.Helper()
	for _, r := range st.Raw() {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			st.t.Fatalf("%U is drawn: %q", r, st.Raw())
		}
	}
}

package screen

import (
	"fmt"
	"strings"

	"nango-tui/ui"
)

// Facts are what is known about an entry of a log: labels and values. Empty values are left out.
type Facts [][2]string

// Section shows the facts, which may be untrusted.
func (all Facts) Section(f ui.Frame, title string, note ui.Cell) ui.Section {
	section := ui.Section{Title: title, Note: ui.Line{note}}
	for _, fact := range all {
		section.AddRow(f, "", fact[0], fact[1])
	}
	return section
}

// Copy copies the facts, a line each.
func (all Facts) Copy(t *Turn, what string) {
	var b strings.Builder
	for _, fact := range all {
		if fact[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", fact[0], fact[1])
		}
	}
	t.Copy(what, b.String())
}

//go:build unix

package e2e

import "testing"

// Keys that were typed before the program draws are used in their order: none of them acts alone.
func TestKeysBeforeTheFirstFrameAreUsedInOrder(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string][]string{
		"2/airt":     {"/ airt", "airtable"},
		"2/air":      {"/ air", "airtable"},
		"/northwind": {"/ northwind", " of 1,000"},
	} {
		_, env := newHome(t)
		terminal := newTerminal(t, size80x24())
		terminal.typeText(keys)
		x := terminal.run(binary, []string{"--demo"}, env)
		x.see(want...)
		x.quits()
	}
}

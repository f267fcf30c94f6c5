package records

import (
	"strings"
	"testing"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
	"nango-tui/ui"
)

// A container in a cell and a value of the interpreter hide what keys reveal, also if these are escaped.
func TestEscapedKeysRevealNoSecret(t *testing.T) {
	const container = `{"\u0074oken":"hunter2","credentials":{"username":"hunter2"},"text":"{\"\\u0074oken\":\"hunter2\"}"}`
	cell := valueCell(ui.Frame{Width: 200, Height: 1, Theme: &ui.Theme{}}, container)
	if shown := cell.Text.String(); strings.Contains(shown, "hunter2") || !strings.Contains(shown, nango.Masked) {
		t.Errorf("a cell shows %s", shown)
	}
	for _, text := range []string{container, "\ufeff" + container, "error: " + container} {
		cell := valueCell(ui.Frame{Width: 300, Height: 1, Theme: &ui.Theme{}}, jsontext.Quote(text))
		if shown := cell.Text.String(); strings.Contains(shown, "hunter2") || !strings.Contains(shown, nango.Masked) {
			t.Errorf("a cell with JSON in a text shows %s", shown)
		}
	}
	value, err := encode(nil, newDecoder(nango.Policy(nil)).record(container), 0)
	if err != nil || strings.Contains(string(value), "hunter2") || !jsontext.Valid(string(value)) {
		t.Errorf("the interpreter is given %s, %v", value, err)
	}
}

package form

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

// A field is visible over its whole width, with and without focus, empty or not.
func TestFieldsHaveASurface(t *testing.T) {
	f := frames.Plain(40, 20)
	f.Theme = &ui.Theme{Input: ui.NewStyle(lipgloss.NewStyle().Underline(true))}
	m := New(Field{ID: "a", Title: "First"}, Field{ID: "b", Title: "Second", Value: "text"}, Field{ID: "c", Kind: Secret, Title: "Third"},
		Field{ID: "d", Kind: YesNo, Title: "Fourth"})
	for range 4 {
		n := 0
		for line := range strings.SplitSeq(m.View(f), "\n") {
			if !strings.Contains(line, f.Theme.Input.On()) {
				continue
			}
			if n++; ansi.StringWidth(line) != f.Width {
				t.Errorf("a field isn't as wide as the form: %q", line)
			}
		}
		if n != 4 {
			t.Errorf("%d fields have a surface:\n%q", n, m.View(f))
		}
		m.Next()
	}
}

func TestTypingInAChoiceFilters(t *testing.T) {
	options := []Option{{Value: "hubspot"}, {Value: "jira"}, {Value: "slack"}}
	for _, kind := range []Kind{Choice, Choices} {
		m := New(Field{ID: "a", Kind: kind, Title: "Integration", Options: options}, Field{ID: "b", Title: "Name"})
		for _, key := range []string{"j", "i"} {
			m.Key(uitest.Press(key))
		}
		if view := m.View(frames.Plain(40, 20)); !strings.Contains(view, "jira") || strings.Contains(view, "slack") {
			t.Errorf("kind %d: typing doesn't filter:\n%s", kind, view)
		}
		m.Key(uitest.Press("enter"))
		if kind == Choice && (m.Values()["a"] != "jira" || m.Focused() != "b") {
			t.Errorf("enter chose %q, the focus is on %q", m.Values()["a"], m.Focused())
		}
	}
}

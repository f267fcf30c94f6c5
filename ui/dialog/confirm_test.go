package dialog

import (
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

func TestDestroyingButtonIsLitOnlyIfTheWordFits(t *testing.T) {
	f := frames.Plain(76, 20)
	style := func(color string) ui.Style { return ui.NewStyle(lipgloss.NewStyle().Background(lipgloss.Color(color))) }
	f.Theme = &ui.Theme{Button: style("1"), Danger: style("2"), DangerOff: style("3"), Input: style("4")}
	d := deleteDialog()
	for _, c := range []struct {
		key        string
		role       ui.Style
		rest, says string
	}{
		{"7", f.Theme.DangerOff, " Delete ", "the beginning of the word"}, {"7", f.Theme.DangerOff, " Delete ", "half of it"},
		{"e", f.Theme.DangerOff, " Delete ", "most of it"}, {"2", f.Theme.Danger, " Delete ", "the word"},
		{"x", f.Theme.DangerOff, " Delete ", "more than it"}, {"backspace", f.Theme.Danger, " Delete ", "the word again"},
		{"left", f.Theme.Button, " Cancel ", "the focus on Cancel"}, {"right", f.Theme.Danger, " Delete ", "the focus on Delete"},
	} {
		answer(d, c.key)
		if view := d.View(f); !strings.Contains(view, c.role.On()+c.rest) {
			t.Errorf("%s: the button %q looks otherwise:\n%q", c.says, c.rest, view)
		}
	}
	lines := strings.Split(d.View(f), "\n")
	if i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, f.Theme.Input.On()) }); i < 0 ||
		ansi.StringWidth(lines[i]) != f.Width {
		t.Errorf("the field for the word isn't as wide as the dialog:\n%q", lines)
	}
	d.Word = "" // nothing is destroyed
	if view := d.View(f); strings.Contains(view, f.Theme.Danger.On()) || !strings.Contains(view, f.Theme.Button.On()+" Delete ") {
		t.Errorf("a button that destroys nothing looks dangerous:\n%q", view)
	}
}

// Of a long word nothing is cut: what isn't seen can't be typed.
func TestALongWordIsVisible(t *testing.T) {
	for _, width := range []int{36, 56, 76} {
		d := deleteDialog()
		d.Word = "sync-opportunities-and-their-line-items"
		d.Type("sync-opportunities-and")
		view := d.View(frames.Plain(width, 20))
		uitest.CheckView(t, view, width, 20)
		if !strings.Contains(strings.ReplaceAll(strings.Join(strings.Fields(view), ""), "\n", ""), d.Word) ||
			!strings.Contains(view, "sync-opportunities-and▌") {
			t.Errorf("%d cells wide:\n%s", width, view)
		}
	}
}

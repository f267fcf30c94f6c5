package dialog

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

// unseenDialog is what all dialogs have.
type unseenDialog interface {
	Key(tea.KeyPressMsg) Result
	View(ui.Frame) string
	Height(ui.Frame) int
	KeyHint() ui.Text
}

func unseenDialogs() []unseenDialog {
	var items []Item
	var lines []ui.Line
	for i := range 40 {
		title, why := ui.Clean(fmt.Sprintf("item %d", i)), ui.Clean([]string{"", "why"}[i%2])
		items = append(items, Item{ID: fmt.Sprint(i), Title: title, Keys: "k", Disabled: why})
		lines = append(lines, ui.Muted("a line that is long enough to wrap on a narrow screen"))
	}
	complete := func(typed string) Completion { return Completion{Items: items[:max(0, 9-len(typed))]} }
	return []unseenDialog{
		&Confirm{About: ui.Clean("this"), Lines: lines, Word: "ab", Yes: ui.Clean("Delete"), Request: ui.CleanLines("DELETE /x\n{}")},
		&Confirm{Lines: lines[:1], Yes: ui.Clean("Send")},
		NewMenu(ui.Text{}, items), NewMenu(ui.Text{}, nil), &Notice{Lines: lines}, NewHelp([]HelpGroup{{Title: ui.Clean("G"), Items: items}, {}}),
		NewPalette(items), NewGoTo(complete, []string{"connections", "syncs"}),
	}
}

// FuzzUnseenDialogs uses dialogs between their drawings, as keys, pastes, resizes and other items do that arrive in one go. No
// state may wait for a drawing to become valid.
func FuzzUnseenDialogs(f *testing.F) {
	names := []string{"enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "backspace", "1", "i",
		"ctrl+n", "ctrl+y", "ctrl+u", "j", "k"}
	f.Add([]byte{1, 8, 0, 20, 1, 8, 1, 4, 0, 4, 1, 10, 1, 12})
	f.Add([]byte{0, 30, 1, 8, 2, 1, 1, 10, 0, 1, 1, 7, 3, 1, 1, 8, 1, 0})
	f.Fuzz(func(t *testing.T, steps []byte) {
		for _, d := range unseenDialogs() {
			for i := 0; i+1 < min(len(steps), 200); i += 2 {
				n := int(steps[i+1])
				switch steps[i] % 4 {
				case 0:
					d.View(frames.Plain(n%90, n%33))
				case 1:
					d.Key(uitest.Press(names[n%len(names)]))
				case 2:
					if typed, ok := d.(interface{ Type(string) }); ok {
						typed.Type([]string{"item 1", "x", "ab"}[n%3])
					}
				case 3:
					shrink(d, n)
				}
				d.Height(frames.Plain(n, n))
				d.KeyHint()
			}
			if lines := strings.Split(d.View(frames.Plain(40, 8)), "\n"); len(lines) > 8 {
				t.Errorf("%T: %d lines in 8", d, len(lines))
			}
		}
	})
}

// shrink gives a dialog less to show, as when what it is about changes.
func shrink(d unseenDialog, n int) {
	switch d := d.(type) {
	case *Notice:
		d.Lines = d.Lines[:min(n, len(d.Lines))]
	case *Confirm:
		d.Lines = d.Lines[:min(n, len(d.Lines))]
	}
}

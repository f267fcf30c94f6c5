package form

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

// FuzzUnseenForm fills in a form between its drawings, as keys, pastes, resizes and responses do that arrive in one go. No
// state may wait for a drawing to become valid.
func FuzzUnseenForm(f *testing.F) {
	names := []string{"enter", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "space", "backspace",
		"delete", "ctrl+w", "ctrl+u", "ctrl+k", "/", "a", "=", "ctrl+a"}
	ids := []string{"id", "secret", "integrations", "mode", "region", "tags", "json", "sure", "none"}
	f.Add([]byte{1, 0, 1, 0, 3, 4, 3, 17, 3, 18, 2, 2, 3, 0, 0, 7})
	f.Add([]byte{5, 3, 6, 3, 3, 4, 3, 0, 2, 0, 3, 8, 4, 6, 0, 2})
	f.Fuzz(func(t *testing.T, steps []byte) {
		m := linkForm()
		for i := 0; i+1 < min(len(steps), 200); i += 2 {
			n := int(steps[i+1])
			switch steps[i] % 8 {
			case 0:
				m.View(frames.Plain(n%90, n%33-1))
			case 1:
				m.Next()
			case 2:
				m.SetOptions(ids[n%len(ids)], []Option{{"a", "A"}, {"b", "B"}}[:n%3])
			case 3:
				m.Key(uitest.Press(names[n%len(names)]))
			case 4:
				m.Paste(strings.Repeat("x=1\n", n%9))
			case 5:
				m.Focus(ids[n%len(ids)])
			case 6:
				m.Set(ids[n%len(ids)], []string{"", "key", "a=b\nc=d", "oauth"}[n%4])
			case 7:
				m.Submit()
				m.SetError(ids[n%len(ids)], "wrong")
				m.Update(tea.WindowSizeMsg{Width: n, Height: n % 7})
			}
			m.Values()
			m.Focused()
			m.KeyHint()
		}
		if lines := strings.Split(m.View(frames.Plain(40, 8)), "\n"); len(lines) > 8 {
			t.Errorf("%d lines in 8", len(lines))
		}
	})
}

package form

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

// The values of headers may be keys: none is drawn at any step, and what is drawn follows the cursor.
func TestValuesOfSecretPairsAreHiddenWhileTyped(t *testing.T) {
	m := New(Field{ID: "headers", Kind: Pairs, Title: "Headers", SecretValues: true, Rows: 3}, Field{ID: "next", Title: "Next"})
	look := func() string {
		t.Helper()
		var all string
		for _, width := range []int{12, 40} {
			view := ansi.Strip(m.View(frames.Plain(width, 20)))
			if strings.Contains(view, "hush") || strings.Contains(view, "wide世界") {
				t.Fatalf("a value is drawn:\n%s", view)
			}
			all = view
		}
		return all
	}
	typeText := func(text string) {
		for _, r := range text {
			m.Key(uitest.Press(string(r)))
			look()
		}
	}
	typeText("Authorization=hush-a-long-value")
	m.Key(uitest.Press("enter"))
	m.Paste("x-team=wide世界\nx-last=hush2\nx-end=hush3")
	if view := look(); !strings.Contains(view, "x-end=•••••") || strings.Contains(view, "Authorization") {
		t.Errorf("it doesn't scroll with the cursor:\n%s", view)
	}
	for range 3 {
		m.Key(uitest.Press("up"))
	}
	if view := look(); !strings.Contains(view, "Authorization=•••") {
		t.Errorf("it doesn't follow the cursor:\n%s", view)
	}
	m.Key(uitest.Press("home"))
	typeText("X-")
	want := "X-Authorization=hush-a-long-value\nx-team=wide世界\nx-last=hush2\nx-end=hush3"
	if got := m.Values()["headers"]; got != want {
		t.Errorf("typed %q", got)
	}
	if got := m.Secrets(); !slices.Equal(got, []string{"hush-a-long-value", "wide世界", "hush2", "hush3"}) {
		t.Errorf("secrets %q", got)
	}
	m.Next()
	if view := look(); !strings.Contains(view, "X-Authorization=••••••••\n") {
		t.Errorf("without focus the length is told:\n%s", view)
	}
}

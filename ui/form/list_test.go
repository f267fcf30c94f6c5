package form

import (
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui/uitest/frames"
)

// providers are as many options as Nango has providers.
func providers(n int) (options []Option) {
	for i := range n {
		options = append(options, Option{fmt.Sprint(i), fmt.Sprintf("Provider %d", i)})
	}
	return options
}

func TestAKeyCostsTheSameInALongListOfOptions(t *testing.T) {
	frame := frames.Color(80, 24)
	for _, kind := range []Kind{Choice, Choices} {
		allocations := func(n int) float64 {
			m, i := New(Field{ID: "a", Kind: kind, Title: "Provider", Options: providers(n)}), 0
			return testing.AllocsPerRun(30, func() {
				keys(m, []string{"down", "down", "up"}[i%3])
				m.View(frame)
				i++
			})
		}
		if few, many := allocations(10), allocations(800); many > few*1.2 {
			t.Errorf("a key in a list of kind %d allocates %.0f times with 10 options, %.0f with 800", kind, few, many)
		}
	}
}

func TestOptionsArePickedByKeys(t *testing.T) {
	for presses, want := range map[string]string{
		"":                         "",
		"space":                    "0",
		"end space up space":       "18\n19", // in the order of the options
		"up space":                 "0",      // the cursor stays at the ends
		"pgdown space":             "6",
		"ctrl+d ctrl+d space":      "6",
		"pgdown ctrl+u space":      "3",
		"pgdown home space":        "0",
		"1 8 enter space":          "18",
		"1 8 esc space":            "18",
		"1 down enter space":       "10",
		"7 7 esc space":            "0", // nothing matches: all are shown again
		"7 7 backspace esc space":  "7",
		"/ 1 8 enter ctrl+a":       "18",
		"ctrl+a ctrl+a":            "",
		"space space":              "",
		"space / 1 9 enter ctrl+a": "0\n19",
	} {
		m := New(Field{ID: "a", Kind: Choices, Options: providers(20)})
		m.View(frames.Plain(60, 15))
		keys(m, strings.Fields(presses)...)
		if got := m.Values()["a"]; got != want {
			t.Errorf("%s picks %q, want %q", presses, got, want)
		}
	}
}

func TestOneOptionIsChosenByKeys(t *testing.T) {
	for presses, want := range map[string]string{
		"":               "3",
		"down":           "4",
		"home up":        "19", // around the end
		"end down":       "0",
		"1 8":            "3", // until it is taken
		"1 8 esc":        "3",
		"1 8 tab":        "18",
		"1 8 enter":      "18",
		"1 8 enter down": "18", // the only one that matches
		"7 7 enter":      "3",
	} {
		m := New(Field{ID: "a", Kind: Choice, Options: providers(20), Value: "3"}, Field{ID: "b"})
		m.Focus("a")
		m.View(frames.Plain(60, 15))
		for _, key := range strings.Fields(presses) {
			if keys(m, key); key == "enter" || key == "tab" {
				m.Focus("a")
			}
		}
		if got := m.Values()["a"]; got != want {
			t.Errorf("%q chooses %q, want %q", presses, got, want)
		}
	}
}

func TestAListWithoutOptionsTakesKeys(t *testing.T) {
	for _, kind := range []Kind{Choice, Choices} {
		m := New(Field{ID: "a", Kind: kind, Value: "x"})
		for _, key := range []string{"space", "up", "down", "end", "ctrl+a", "a", "enter", "esc", "pgdown", "ctrl+d", "space"} {
			keys(m, key)
			m.View(frames.Plain(60, 15))
		}
		if got := m.Values()["a"]; got != map[Kind]string{Choice: "x"}[kind] {
			t.Errorf("kind %d has %q", kind, got)
		}
	}
}

func TestAnOptionIsCutWithAnEllipsis(t *testing.T) {
	m := New(Field{ID: "a", Kind: Choices, Options: []Option{{"a", strings.Repeat("long ", 20)}}})
	if out := m.View(frames.Plain(40, 15)); !strings.Contains(out, "…") {
		t.Errorf("it isn't said that an option is cut:\n%s", out)
	}
}

package form

import (
	"errors"
	"strings"
	"testing"

	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

func refusesEmpty(text string) error {
	if text == "" {
		return errors.New("is missing")
	}
	return nil
}

// A user types right away: what is preset or may stay empty is passed over.
func TestFillingInBeginsAtTheFirstEmptyRequiredField(t *testing.T) {
	integration := Field{ID: "integration", Kind: Choice, Value: "b", Options: []Option{{Value: "a"}, {Value: "b"}}, RequiredIf: Always}
	note, name := Field{ID: "note"}, Field{ID: "name", Check: refusesEmpty}
	if m := New(integration, note, name); m.Focused() != "name" {
		t.Errorf("begins at %q", m.Focused())
	}
	if m := New(note, Field{ID: "name", Check: refusesEmpty, Value: "x"}); m.Focused() != "note" {
		t.Errorf("with nothing required it begins at %q", m.Focused())
	}
	hidden := Field{ID: "hidden", Check: refusesEmpty, ShowIf: func(Values) bool { return false }}
	if m := New(note, hidden, Field{ID: "sure", Kind: YesNo, Check: refusesEmpty}); m.Focused() != "note" {
		t.Errorf("begins at %q, which is hidden or can't be empty", m.Focused())
	}
}

// What a response fills in is passed over, too, until the user has begun.
func TestFillingInBeginsBehindWhatIsFilledInLater(t *testing.T) {
	key, name := Field{ID: "key", Check: refusesEmpty}, Field{ID: "name", Check: refusesEmpty}
	m := New(key, name)
	m.Set("key", "from a response")
	if m.Focused() != "name" || m.Changed() {
		t.Errorf("the focus is on %q, changed: %t", m.Focused(), m.Changed())
	}
	for begin, do := range map[string]func(*Form){
		"a key":   func(m *Form) { m.Key(uitest.Press("x")) },
		"a paste": func(m *Form) { m.Paste("x") },
		"a focus": func(m *Form) { m.Focus("key") },
	} {
		m := New(key, name)
		do(m)
		if m.Set("key", "from a response"); m.Focused() != "key" {
			t.Errorf("after %s the focus jumped to %q", begin, m.Focused())
		}
	}
}

func TestRequiredFieldsAreMarked(t *testing.T) {
	m := New(Field{ID: "a", Title: "Name", Check: refusesEmpty}, Field{ID: "b", Title: "E-mail"},
		Field{ID: "c", Kind: Choice, Title: "Region", RequiredIf: func(v Values) bool { return v["b"] == "" }})
	view := func() string { return m.View(frames.Plain(40, 20)) }
	for range 3 {
		if strings.Count(view(), "(required)") != 2 || !strings.Contains(view(), "Name (required)") {
			t.Errorf("marks:\n%s", view())
		}
		m.Next()
	}
	if m.Set("b", "x"); strings.Contains(view(), "Region (required)") {
		t.Errorf("another value makes the region optional:\n%s", view())
	}
}

// The label says what is searched for, and the search doesn't move the options.
func TestTheLabelOfAListStaysDuringASearch(t *testing.T) {
	m := New(Field{ID: "a", Kind: Choice, Title: "Integration", About: "Of the link.", Options: []Option{{Value: "hubspot"}, {Value: "jira"}}})
	before := strings.Split(m.View(frames.Plain(60, 20)), "\n")
	m.Key(uitest.Press("h"))
	after := strings.Split(m.View(frames.Plain(60, 20)), "\n")
	if !strings.Contains(after[0], "Integration  /h") || !strings.Contains(after[1], "hubspot") || len(after) != len(before) {
		t.Errorf("before and after:\n%s\n\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	if narrow := m.View(frames.Plain(20, 20)); strings.Contains(narrow, "Integration") || !strings.Contains(narrow, "/h") {
		t.Errorf("a narrow form needs the line for the search:\n%s", narrow)
	}
}

// Label, value, problem and help stand in this order; the value is seen in the lowest terminal.
func TestTheHelpIsBelowTheValueAndYieldsToIt(t *testing.T) {
	m := New(Field{ID: "a", Title: "Key", About: strings.Repeat("Help. ", 30), Check: refusesEmpty})
	m.Submit()
	view := m.View(frames.Plain(40, 20))
	at := -1
	for _, text := range []string{"Key", "> ", "✗ is missing", "Help."} {
		if i := strings.Index(view, text); i <= at {
			t.Errorf("%q is too early:\n%s", text, view)
		} else {
			at = i
		}
	}
	for height := 3; height < 8; height++ {
		view := m.View(frames.Plain(40, height))
		if !strings.Contains(view, "Key") || !strings.Contains(view, "> ") || !strings.Contains(view, "✗ is missing") {
			t.Errorf("%d lines:\n%s", height, view)
		}
	}
}

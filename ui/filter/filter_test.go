package filter

import (
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Query
	}{
		{"", Query{}},
		{"  Globex  hubspot ", Query{Words: []string{"globex", "hubspot"}}},
		{"globex !sync", Query{Words: []string{"globex"}, Not: []string{"sync"}}},
		{`"acme corp" !"old one"`, Query{Words: []string{"acme corp"}, Not: []string{"old one"}}},
		{`state:broken org:"Acme Corp"`, Query{Fields: []Term{{"state", "broken", false}, {"org", "acme corp", false}}}},
		{"!state:fine", Query{Fields: []Term{{"state", "fine", true}}}},
		{`"state:broken`, Query{Words: []string{"state:broken"}}},
		{"state: !  x", Query{Words: []string{"x"}}},
		{"state:", Query{}},
		{"10:30", Query{Words: []string{"10:30"}}},
		{"株式会社 ÄRGER", Query{Words: []string{"株式会社", "ärger"}}},
		{`a"b`, Query{Words: []string{`a"b`}}},
	} {
		if got := Parse(c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Parse(%q) = %+v, want %+v", c.in, got, c.want)
		}
	}
	got := Parse("https://a.b state:x", "state")
	if want := (Query{Words: []string{"https://a.b"}, Fields: []Term{{"state", "x", false}}}); !reflect.DeepEqual(got, want) {
		t.Errorf("with names: %+v, want %+v", got, want)
	}
}

func TestMatchWords(t *testing.T) {
	q := Parse("Globex !sync")
	for hay, want := range map[string]bool{"globex salesforce": true, "globex sync error": false, "initech": false} {
		if q.MatchWords(hay) != want {
			t.Errorf("%q: %v", hay, !want)
		}
	}
}

func TestNarrows(t *testing.T) {
	for _, c := range []struct {
		before, now string
		want        bool
	}{
		{"", "g", true}, {"glo", "glob", true}, {"glob", "glo", false}, {"glob", "glob hub", true}, {"a b", "ab", true},
		{"a", "!a", false}, {"!ab", "!a", true}, {"!a", "!ab", false}, {"state:fine", "state:fine x", true},
		{"state:fine", "state:finer", false}, {"x", "x", true},
	} {
		if got := Parse(c.now).Narrows(Parse(c.before)); got != c.want {
			t.Errorf("from %q to %q: %v", c.before, c.now, got)
		}
	}
}

func typed(v *Input, text string) {
	for _, r := range text {
		v.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestInputTakesKeysWhileFocused(t *testing.T) {
	v := NewInput()
	typed(v, "lost")
	if v.Value() != "" {
		t.Fatalf("typed without focus: %q", v.Value())
	}
	v.Focus()
	typed(v, "glo")
	if !v.Update(uitest.Press("b")) || v.Update(uitest.Press("left")) {
		t.Error("a letter changes the query, an arrow does not")
	}
	if got := v.Query().Words; len(got) != 1 || got[0] != "glob" {
		t.Errorf("query %q", got)
	}
	if got, want := v.View(frames.Plain(20, 1)), "/ glo\x1b[7mb\x1b[m"; got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
	v.Blur()
	if got, want := v.View(frames.Plain(20, 1)), "/ glob"; got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
}

func TestHugePasteIsCut(t *testing.T) {
	v := NewInput()
	v.Focus()
	typed(v, "ab")
	v.Update(tea.PasteMsg{Content: strings.Repeat("株\n", 1<<20)})
	if n := len([]rune(v.Value())); n != MaxLength {
		t.Errorf("%d characters", n)
	}
	view := v.View(frames.Plain(60, 1))
	if !strings.HasSuffix(view, "cut to 256 characters") {
		t.Errorf("drawn %q", view)
	}
	uitest.CheckView(t, strings.NewReplacer("\x1b[7m", "", "\x1b[m", "").Replace(view), 60, 1)
	v.Update(uitest.Press("left"))
	if v.note != "" {
		t.Errorf("the note outlives the next key: %q", v.note)
	}
}

func TestViewIsSanitized(t *testing.T) {
	v := NewInput()
	v.SetValue("\u202egpj.exe \u200b")
	for _, width := range []int{0, 1, 2, 3, 10, 40} {
		v.Focus()
		for range 12 {
			v.Update(uitest.Press("left"))
			view := v.View(frames.Plain(width, 1))
			uitest.CheckView(t, strings.NewReplacer("\x1b[7m", "", "\x1b[m", "").Replace(view), width, 1)
		}
		v.Update(uitest.Press("end"))
	}
}

func TestMatch(t *testing.T) {
	field := func(name string) string { return map[string]string{"type": "sync", "state": "off"}[name] }
	for filter, want := range map[string]bool{
		"": true, "contacts": true, "type:sync": true, "!type:sync": false, "type:action": false, "!type:action contacts": true,
		"type:sync state:on": false, "type:sync notes": false, "!contacts": false,
	} {
		if got := Parse(filter, "type", "state").Match("contacts of all", field); got != want {
			t.Errorf("%q lets it pass: %v", filter, got)
		}
	}
}

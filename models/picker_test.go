package models

import (
	"strings"
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// boxHeight is the height of the box on the screen, in lines.
func boxHeight(drawn string) int {
	lines := strings.Split(drawn, "\n")
	first, last := -1, -1
	for i, line := range lines {
		if strings.Contains(line, "┌") {
			first = i
		}
		if strings.Contains(line, "└") {
			last = i
		}
	}
	return last - first
}

func pickFruit(s *scene, picked *string) {
	var options []screen.Option
	for _, name := range []string{"apple", "banana", "cherry"} {
		options = append(options, screen.Option{Title: name, Do: func(*screen.Turn) { *picked = name }})
	}
	s.app.pick(s.app.top(), screen.PickWant{Title: "Which", Options: options})
	s.after(s.app.flush())
}

func TestAPickerFiltersWhileOneTypes(t *testing.T) {
	s, picked := newScene(t, guard.Profile{}), ""
	pickFruit(s, &picked)
	s.see("1 of 3")
	height := boxHeight(s.screen())
	s.typeText("an")
	s.see("1 of 1", "banana")
	s.notSee("cherry")
	if got := boxHeight(s.screen()); got != height {
		t.Errorf("the picker has %d lines, then %d", height, got)
	}
	s.press("enter")
	if picked != "banana" {
		t.Errorf("picked %q", picked)
	}
}

// Enter takes only what a frame showed as selected: a filter typed in one go with enter selects something that was never drawn.
func TestEnterPicksNothingUnseen(t *testing.T) {
	s, picked := newScene(t, guard.Profile{}), ""
	pickFruit(s, &picked)
	s.look()
	s.pressBlindly("c", "h", "enter")
	if picked != "" {
		t.Fatalf("%s was picked unseen", picked)
	}
	s.see("cherry", "1 of 1")
	s.press("backspace", "backspace")
	s.pressBlindly("down", "enter")
	if picked != "" {
		t.Fatalf("%s was picked unseen after a cursor key", picked)
	}
	s.press("enter")
	if picked != "banana" {
		t.Errorf("picked %q", picked)
	}
}

func TestLettersTypedAheadFilterThePicker(t *testing.T) {
	s, picked := newScene(t, guard.Profile{}), ""
	pickFruit(s, &picked)
	s.pressBlindly("c", "down", "h", "enter")
	s.see("cherry", "1 of 1")
	s.press("enter")
	if picked != "cherry" {
		t.Errorf("picked %q", picked)
	}
}

func TestThePaletteRunsNothingUnseen(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.pressBlindly("ctrl+p", "r", "e", "m", "o", "v", "e", "enter")
	s.see("All actions", "> remove")
	s.press("enter")
	s.see("DELETE")
}

func TestProfilesAreFoundByTyping(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 1, Connections: 3})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}, "beta": {}, "gamma": {}})
	d.press("P")
	d.typeText("gam")
	d.press("enter")
	if got := d.app.active.Profile.Name; got != "gamma" {
		t.Errorf("the profile is %s", got)
	}
	d.press("P", "P")
	if d.app.overlay != nil {
		t.Error("P doesn't close what it opened")
	}
}

func TestTheKeyThatOpensAnOverlayClosesIt(t *testing.T) {
	for _, key := range []string{"?", "ctrl+p", ":", "E", "s", "C", "v"} {
		s := &scene{driver: named(t)}
		s.app.showError("this failed", nil)
		s.press(key)
		if s.app.overlay == nil {
			t.Fatalf("%s opens nothing:\n%s", key, s.screen())
		}
		s.press(key)
		if s.app.overlay != nil {
			t.Errorf("%s doesn't close what it opened:\n%s", key, s.screen())
		}
	}
}

func TestOverlaysKeepTheirSize(t *testing.T) {
	for _, key := range []string{"?", "ctrl+p", ":"} {
		s := newScene(t, guard.Profile{})
		s.press(key)
		height := boxHeight(s.screen())
		for _, text := range []string{"con", "zzz"} {
			s.typeText(text)
			if got := boxHeight(s.screen()); got != height {
				t.Errorf("%s has %d lines, after %q %d", key, height, text, got)
			}
		}
	}
}

// The key that opened a screen closes it, where it means nothing else.
func TestTheKeyThatOpensAScreenClosesIt(t *testing.T) {
	s := newScene(t, guard.Profile{})
	below := s.app.top()
	s.app.dispatchKey(screen.Action{Do: func(t *screen.Turn) { t.Show(screen.NewJSONPage("answer", []byte(`{"a":1}`))) }}, "J")
	s.after(s.app.flush())
	if s.app.top() == below {
		t.Fatal("nothing was opened")
	}
	s.press("J")
	if s.app.top() != below {
		t.Errorf("J doesn't close what it opened:\n%s", s.screen())
	}
}

// The key of an option picks it once it was seen, but while a filter is typed it is text.
func TestTheKeyOfAnOptionPicksIt(t *testing.T) {
	s, picked := newScene(t, guard.Profile{}), ""
	pick := func() {
		picked = ""
		var options []screen.Option
		for key, name := range map[string]string{"1": "state 1", "B": "big state 1"} {
			options = append(options, screen.Option{Title: name, Key: key, Do: func(*screen.Turn) { picked = name }})
		}
		s.app.pick(s.app.top(), screen.PickWant{Title: "Which", Options: options})
		s.after(s.app.flush())
	}
	for key, want := range map[string]string{"1": "state 1", "B": "big state 1", "b": "", "2": ""} {
		pick()
		if s.pressBlindly(key); picked != "" {
			t.Errorf("%s picks %q unseen", key, picked)
		}
		s.press("esc")
		pick()
		if s.press(key); picked != want {
			t.Errorf("%s picks %q, not %q", key, picked, want)
		}
		s.press("esc")
	}
	pick()
	if s.pressBlindly("s", "1"); picked != "" {
		t.Errorf("a key picks %s while a filter is typed", picked)
	}
}

func TestASavedViewIsTwoKeysAway(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 1, Connections: 30})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}})
	d.press("1")
	d.do(screen.Views)
	d.see("broken since yesterday", "Save this view")
	if line := findLine(d.screen(), "broken since"); !strings.Contains(line, " 2  │") {
		t.Errorf("the key isn't shown: %q", line)
	}
	d.press("esc")
	d.do(screen.Views)
	d.pressBlindly("2")
	d.notSee("/ state:broken failed:<1d") // it was not drawn yet
	d.press("2")
	d.see("/ state:broken failed:<1d")
}

// Columns are shown, hidden and moved in one list, which stays open, with the cursor on the column.
func TestColumnsAreChosenInOneList(t *testing.T) {
	d := named(t)
	heads := func() string { return strings.Join(strings.Fields(findLine(d.screen(), "INTEGRATION")), " ") }
	d.do(screen.Columns)
	d.pressBlindly("space", "J")
	drawn := d.screen() // the cause is hidden unless it is chosen
	if strings.Index(drawn, "customer  ") > strings.Index(drawn, "organization  ") || strings.Count(drawn, "hidden") != 1 {
		t.Fatalf("a key that came before the list was seen hides a column:\n%s", d.screen())
	}
	d.press("esc")
	d.do(screen.Columns)
	d.press("J", "down", "down", "space", "t", "a", "g", "enter") // customer one down, state hidden, tags hidden
	d.see("> tag", "hidden", "1 of 1")
	d.press("backspace", "backspace", "backspace", "esc")
	if d.app.overlay != nil {
		d.press("esc")
	}
	if got := heads(); !strings.HasPrefix(got, "ORGANIZATION CUSTOMER INTEGRATION") || strings.Contains(got, "STATE") ||
		strings.Contains(got, "TAGS") {
		t.Errorf("the columns are %s", got)
	}
}

func findLine(drawn, text string) string {
	for line := range strings.Lines(drawn) {
		if strings.Contains(line, text) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

func TestAProfileCanBePickedBeforeTheFirstScreen(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.closeAll()
	s.app.pickProfile()
	if s.app.overlay == nil {
		t.Error("no profile is offered")
	}
	s.app.View()
}

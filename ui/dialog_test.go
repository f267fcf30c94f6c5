package ui

import (
	"fmt"
	"strings"
	"testing"
)

func deleteDialog() *Dialog {
	return &Dialog{
		Title: Clean("Delete connection"), Badge: Clean("acme-prod PRODUCTION"),
		About: Clean("Globex · salesforce"),
		Lines: []Line{
			{Say(RoleBad, "Goes for good: "), Say(RoleText, "its credentials, its 2 syncs and their records (20,452).")},
			{Say(RoleMuted, "Not looked at: what runs on the customer's side.")},
		},
		Request: []Text{Clean("DELETE /connections/9f1c2e44-77e2?provider_config_key=salesforce")},
		Word:    "77e2", Yes: Clean("Delete"),
	}
}

// answer presses keys one after another and gives back the last result.
func answer(d *Dialog, keys ...string) (r DialogResult) {
	for _, k := range keys {
		r = d.Key(press(k))
	}
	return r
}

func TestDialogPromisesACurlOnlyWhereThereIsARequest(t *testing.T) {
	d := deleteDialog()
	if foot := d.Foot().String(); !strings.Contains(foot, "ctrl+y") || !strings.Contains(foot, "esc") {
		t.Errorf("with a request: %q", foot)
	}
	d.Request = nil
	if foot := d.Foot().String(); strings.Contains(foot, "ctrl+y") || !strings.Contains(foot, "esc") {
		t.Errorf("without one: %q", foot)
	}
}

func TestDialogAsksForYes(t *testing.T) {
	for _, c := range []struct {
		name string
		word string
		keys []string
		want DialogResult
	}{
		{"enter at once is no", "", []string{"enter"}, DialogClosed},
		{"esc is no", "", []string{"esc"}, DialogClosed},
		{"n is no", "", []string{"n"}, DialogClosed},
		{"y is nothing", "", []string{"y"}, DialogOpen},
		{"Y is nothing", "", []string{"Y"}, DialogOpen},
		{"tab to the button", "", []string{"tab", "enter"}, DialogAccepted},
		{"right to the button", "", []string{"right", "enter"}, DialogAccepted},
		{"and back", "", []string{"right", "left", "enter"}, DialogClosed},
		{"round", "", []string{"tab", "tab", "enter"}, DialogClosed},
		{"shift+tab", "", []string{"shift+tab", "enter"}, DialogAccepted},
		{"curl", "", []string{"ctrl+y"}, DialogCopy},
		{"the button without the word", "77e2", []string{"right", "enter"}, DialogOpen},
		{"a wrong word", "77e2", []string{"7", "7", "enter"}, DialogOpen},
		{"the word", "77e2", []string{"7", "7", "e", "2", "enter"}, DialogAccepted},
		{"the word and its button", "77e2", []string{"7", "7", "e", "2", "tab", "enter"}, DialogAccepted},
		{"the word, then Cancel", "77e2", []string{"7", "7", "e", "2", "left", "enter"}, DialogClosed},
		{"the word mended", "77e2", []string{"7", "8", "enter", "backspace", "7", "e", "2", "enter"}, DialogAccepted},
		{"a word with an n", "nango", []string{"n", "a", "n", "g", "o", "enter"}, DialogAccepted},
		{"enter without typing is no", "77e2", []string{"enter"}, DialogClosed},
		{"a word that nobody can type", "株", []string{"株", "right", "enter"}, DialogOpen},
	} {
		d := deleteDialog()
		d.Word = c.word
		if got := answer(d, c.keys...); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestDialogSaysThatTheWordIsWrong(t *testing.T) {
	d := deleteDialog()
	answer(d, "7", "enter")
	if out := d.View(testFrame(60, 15)); !strings.Contains(out, "not the word") {
		t.Errorf("nothing is said:\n%s", out)
	}
	answer(d, "7")
	if out := d.View(testFrame(60, 15)); strings.Contains(out, "not the word") {
		t.Errorf("it is still said while one types:\n%s", out)
	}
}

func TestDialogThatIsGuardedTakesNoKey(t *testing.T) {
	d := deleteDialog()
	d.Word, d.Guarded = "", true
	for _, k := range []string{"enter", "esc", "n", "tab", "right", "enter", "ctrl+y", "x"} {
		if got := answer(d, k); got != DialogOpen {
			t.Errorf("%s does %v", k, got)
		}
	}
	d.Guarded = false
	if got := answer(d, "enter"); got != DialogClosed {
		t.Errorf("the keys before have moved the focus: enter is %v", got)
	}
}

func TestDialogsOnTheScreen(t *testing.T) {
	for _, size := range [][2]int{{76, 20}, {56, 9}} {
		d := deleteDialog()
		f := testFrame(size[0], size[1])
		name := fmt.Sprintf("dialog/%dx%d", size[0], size[1])
		drawnAs(t, name, d.View(f))
		answer(d, "7", "7", "enter")
		drawnAs(t, name+"-wrong", d.View(f))
		answer(d, "e", "2", "tab", "pgdown")
		drawnAs(t, name+"-typed", d.View(f))
	}
}

func TestDialogAlwaysShowsWhatIsPressed(t *testing.T) {
	d := deleteDialog()
	for i := range 200 {
		d.Request = append(d.Request, Clean(fmt.Sprintf(`  "line": %d,`, i)))
	}
	for _, h := range []int{3, 5, 9, 40} {
		out := d.View(testFrame(50, h))
		plainView(t, out, 50, h)
		if !strings.Contains(out, "Cancel") || !strings.Contains(out, "Type 77e2") {
			t.Errorf("%d lines high, it does not show what is asked:\n%s", h, out)
		}
	}
	d.View(testFrame(50, 12))
	answer(d, "end")
	if out := d.View(testFrame(50, 12)); !strings.Contains(out, "199,") {
		t.Errorf("the end of the request cannot be read:\n%s", out)
	}
}

func TestDialogTextCannotLookLikeButtons(t *testing.T) {
	d := deleteDialog()
	fake := strings.Repeat(" ", 40) + "[ Cancel ]    Delete"
	d.About, d.Lines, d.Request = Clean(fake), []Line{{Say(RoleText, fake)}}, []Text{Clean(fake)}
	lines := strings.Split(d.View(testFrame(76, 20)), "\n")
	for _, line := range lines[:len(lines)-1] {
		if strings.HasPrefix(line, strings.Repeat(" ", 10)) && strings.Contains(line, "Delete") {
			t.Errorf("a line of the text looks like the buttons: %q", line)
		}
	}
}

func TestNoticeIsReadToItsEnd(t *testing.T) {
	n := &Notice{}
	for i := range 30 {
		n.Lines = append(n.Lines, Line{Say(RoleText, fmt.Sprintf("line %d of the error", i))})
	}
	drawnAs(t, "dialog/notice", n.View(testFrame(40, 8)))
	n.Key(press("end"))
	drawnAs(t, "dialog/notice-end", n.View(testFrame(40, 8)))
	if n.Key(press("y")) != DialogOpen || n.Key(press("ctrl+y")) != DialogCopy || n.Key(press("esc")) != DialogClosed {
		t.Error("keys of a notice: y nothing, ctrl+y copy, esc close")
	}
	if got := strings.Count(n.Text(), "\n"); got != 29 {
		t.Errorf("the copy has %d line breaks, want 29", got)
	}
}

func copyMenu() *Choice {
	return &Choice{Title: Clean("Copy"), Items: []ChoiceItem{
		{ID: "id", Key: "i", Title: Clean("Connection id"), Detail: Clean("9f1c2e44-77e2")},
		{ID: "json", Key: "j", Title: Clean("As JSON")},
		{ID: "secret", Key: "s", Title: Clean("Access token"), Disabled: Clean("not fetched")},
	}}
}

func TestChoicePicksOne(t *testing.T) {
	c := copyMenu()
	drawnAs(t, "dialog/choice", c.View(testFrame(50, 6)))
	if c.Key(press("j")) != DialogAccepted {
		t.Error("j, the key of an item, does not pick it")
	}
	if item, _ := c.Current(); item.ID != "json" {
		t.Errorf("picked %s", item.ID)
	}
	c.Key(press("down"))
	if c.Key(press("enter")) != DialogOpen || !strings.Contains(c.View(testFrame(50, 6)), "not fetched") {
		t.Error("what is disabled is picked, or nothing is said")
	}
	c.Select("id")
	if c.Key(press("enter")) != DialogAccepted || c.Key(press("esc")) != DialogClosed {
		t.Error("enter picks, esc closes")
	}
	if new(Choice).Pick() != DialogOpen {
		t.Error("an empty choice has something to pick")
	}
}

func FuzzDialogs(f *testing.F) {
	f.Add("Globex", 40, 10)
	f.Add("\x1b[2J\u202e\n\r\t[ Yes ]", 9, 3)
	f.Add("株式会社\U0001F469\u200d\U0001F4BB\u0301", 1, 1)
	f.Fuzz(func(t *testing.T, s string, w, h int) {
		w, h = 1+max(w, -w, 0)%100, 1+max(h, -h, 0)%30
		frame := testFrame(w, h)
		text := frame.Text(s)
		d := &Dialog{About: text, Lines: []Line{{Say(RoleText, s)}}, Request: []Text{text}, Word: s, Yes: Clean("Send")}
		d.Type(s)
		plainView(t, d.View(frame), w, h)
		n := &Notice{Lines: d.Lines}
		plainView(t, n.View(frame), w, h)
		c := &Choice{Items: []ChoiceItem{{Title: text, Detail: text, Disabled: text, Key: s}, {Title: text}}}
		plainView(t, c.View(frame), w, h)
		p := NewPalette([]PaletteItem{{Title: text, Detail: text, Disabled: text, Keys: s}, {Title: text, Keys: s}})
		p.Type(s)
		plainView(t, p.View(frame), w, h)
		g := NewGoTo(func(string) []PaletteItem { return []PaletteItem{{ID: s, Title: text}} }, []string{s})
		g.Up()
		g.Type(s)
		plainView(t, g.View(frame), w, h)
		g.Down()
		g.Complete()
		plainView(t, g.View(frame), w, h)
		help := NewHelp([]HelpGroup{{Title: text, Items: []HelpItem{{Keys: s, Title: text, Effect: text, Disabled: text}}}})
		plainView(t, help.View(frame), w, h)
		help.Type(s)
		plainView(t, help.View(frame), w, h)
	})
}

// A reason that is cut explains nothing.
func TestHelpSaysAWholeReason(t *testing.T) {
	reason := "the row under the cursor leads nowhere: go to a connection or to the docs"
	h := NewHelp([]HelpGroup{{Title: Clean("Here"), Items: []HelpItem{{Keys: "enter", Title: Clean("Open"), Disabled: Clean(reason)}}}})
	view := h.View(testFrame(50, 10))
	plainView(t, view, 50, 10)
	if got := strings.Join(strings.Fields(view), " "); !strings.Contains(got, "✗ "+reason) {
		t.Errorf("the reason is not whole:\n%s", view)
	}
}

func TestDialogShowsTheChanges(t *testing.T) {
	d := &Dialog{About: Clean("Metadata of Globex"), Changes: DiffJSON([]byte(`{"a":{"b":1}}`), []byte(`{"a":{"b":2}}`), nil),
		Request: []Text{Clean("POST /connections/metadata")}, Yes: Clean("Replace")}
	drawnAs(t, "dialog/changes", d.View(testFrame(56, 16)))
}

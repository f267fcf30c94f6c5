package dialog

import (
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

func deleteDialog() *Confirm {
	return &Confirm{
		Title: ui.Clean("Delete connection"), Badge: ui.Clean("acme-prod PRODUCTION"),
		About: ui.Clean("Globex · salesforce"),
		Lines: []ui.Line{
			{ui.Styled(ui.RoleBad, "Goes for good: "), ui.Styled(ui.RoleText, "its credentials, its 2 syncs and their records (20,452).")},
			{ui.Styled(ui.RoleMuted, "Not looked at: what runs on the customer's side.")},
		},
		Request: []ui.Text{ui.Clean("DELETE /connections/9f1c2e44-77e2?provider_config_key=salesforce")},
		Word:    "77e2", Yes: ui.Clean("Delete"),
	}
}

// answer presses keys and returns the last result.
func answer(d *Confirm, keys ...string) (r Result) {
	for _, k := range keys {
		r = d.Key(uitest.Press(k))
	}
	return r
}

func TestKeyHintNamesCurlOnlyWithRequest(t *testing.T) {
	d := deleteDialog()
	if foot := d.KeyHint().String(); !strings.Contains(foot, "ctrl+y") || !strings.Contains(foot, "esc") {
		t.Errorf("with a request: %q", foot)
	}
	d.Request = nil
	if foot := d.KeyHint().String(); strings.Contains(foot, "ctrl+y") || !strings.Contains(foot, "esc") {
		t.Errorf("without one: %q", foot)
	}
}

func TestConfirmNeedsYes(t *testing.T) {
	for _, c := range []struct {
		name string
		word string
		keys []string
		want Result
	}{
		{"enter at once is no", "", []string{"enter"}, Closed},
		{"esc is no", "", []string{"esc"}, Closed},
		{"n is no", "", []string{"n"}, Closed},
		{"y is nothing", "", []string{"y"}, Open},
		{"Y is nothing", "", []string{"Y"}, Open},
		{"tab to the button", "", []string{"tab", "enter"}, Accepted},
		{"right to the button", "", []string{"right", "enter"}, Accepted},
		{"and back", "", []string{"right", "left", "enter"}, Closed},
		{"round", "", []string{"tab", "tab", "enter"}, Closed},
		{"shift+tab", "", []string{"shift+tab", "enter"}, Accepted},
		{"curl", "", []string{"ctrl+y"}, Copy},
		{"the button without the word", "77e2", []string{"right", "enter"}, Open},
		{"a wrong word", "77e2", []string{"7", "7", "enter"}, Open},
		{"the word", "77e2", []string{"7", "7", "e", "2", "enter"}, Accepted},
		{"the word and its button", "77e2", []string{"7", "7", "e", "2", "tab", "enter"}, Accepted},
		{"the word, then Cancel", "77e2", []string{"7", "7", "e", "2", "left", "enter"}, Closed},
		{"the word mended", "77e2", []string{"7", "8", "enter", "backspace", "7", "e", "2", "enter"}, Accepted},
		{"a word with an n", "nango", []string{"n", "a", "n", "g", "o", "enter"}, Accepted},
		{"enter without typing is no", "77e2", []string{"enter"}, Closed},
		{"a word that cannot be typed", "株", []string{"株", "right", "enter"}, Open},
	} {
		d := deleteDialog()
		d.Word = c.word
		if got := answer(d, c.keys...); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestConfirmReportsWrongWord(t *testing.T) {
	d := deleteDialog()
	answer(d, "7", "enter")
	if out := d.View(frames.Plain(60, 15)); !strings.Contains(out, "Wrong word") {
		t.Errorf("nothing is said:\n%s", out)
	}
	answer(d, "7")
	if out := d.View(frames.Plain(60, 15)); strings.Contains(out, "Wrong word") {
		t.Errorf("it is still said while one types:\n%s", out)
	}
}

func TestConfirmView(t *testing.T) {
	for _, size := range [][2]int{{76, 20}, {56, 9}} {
		d := deleteDialog()
		f := frames.Plain(size[0], size[1])
		name := fmt.Sprintf("dialog/%dx%d", size[0], size[1])
		uitest.Golden(t, name, d.View(f))
		answer(d, "7", "7", "enter")
		uitest.Golden(t, name+"-wrong", d.View(f))
		answer(d, "e", "2", "tab", "pgdown")
		uitest.Golden(t, name+"-typed", d.View(f))
	}
}

func TestButtonsAreAlwaysVisible(t *testing.T) {
	d := deleteDialog()
	for i := range 200 {
		d.Request = append(d.Request, ui.Clean(fmt.Sprintf(`  "line": %d,`, i)))
	}
	for _, h := range []int{3, 5, 9, 40} {
		out := d.View(frames.Plain(50, h))
		uitest.CheckView(t, out, 50, h)
		if !strings.Contains(out, "Cancel") || !strings.Contains(out, "Type 77e2") {
			t.Errorf("%d lines high, it does not show what is asked:\n%s", h, out)
		}
	}
	d.View(frames.Plain(50, 12))
	answer(d, "end")
	if out := d.View(frames.Plain(50, 12)); !strings.Contains(out, "199,") {
		t.Errorf("the end of the request cannot be read:\n%s", out)
	}
}

func TestTextCannotImitateButtons(t *testing.T) {
	d := deleteDialog()
	fake := strings.Repeat(" ", 40) + "[ Cancel ]    Delete"
	d.About, d.Lines, d.Request = ui.Clean(fake), []ui.Line{{ui.Styled(ui.RoleText, fake)}}, []ui.Text{ui.Clean(fake)}
	lines := strings.Split(d.View(frames.Plain(76, 20)), "\n")
	for _, line := range lines[:len(lines)-1] {
		if strings.HasPrefix(line, strings.Repeat(" ", 10)) && strings.Contains(line, "Delete") {
			t.Errorf("a line of the text looks like the buttons: %q", line)
		}
	}
}

func TestNoticeScrollsToItsEnd(t *testing.T) {
	n := &Notice{}
	for i := range 30 {
		n.Lines = append(n.Lines, ui.Line{ui.Styled(ui.RoleText, fmt.Sprintf("line %d of the error", i))})
	}
	uitest.Golden(t, "dialog/notice", n.View(frames.Plain(40, 8)))
	n.Key(uitest.Press("end"))
	uitest.Golden(t, "dialog/notice-end", n.View(frames.Plain(40, 8)))
	if n.Key(uitest.Press("y")) != Open || n.Key(uitest.Press("ctrl+y")) != Copy || n.Key(uitest.Press("esc")) != Closed {
		t.Error("keys of a notice: y nothing, ctrl+y copy, esc close")
	}
	if got := strings.Count(n.Text(), "\n"); got != 29 {
		t.Errorf("the copy has %d line breaks, want 29", got)
	}
}

func copyMenu() *Palette {
	return NewMenu(ui.Clean("Copy"), []Item{
		{ID: "id", Keys: "i", Title: ui.Clean("Connection id"), Detail: ui.Clean("9f1c2e44-77e2")},
		{ID: "json", Keys: "j", Title: ui.Clean("As JSON")},
		{ID: "secret", Keys: "s", Title: ui.Clean("Access token"), Disabled: ui.Clean("not fetched")},
	})
}

func TestMenu(t *testing.T) {
	c := copyMenu()
	uitest.Golden(t, "dialog/choice", c.View(frames.Plain(50, 6)))
	c.Key(uitest.Press("j"))
	if c.Key(uitest.Press("enter")) != Accepted {
		t.Error("enter does not pick what was found by typing")
	}
	if item, _ := c.Current(); item.ID != "json" {
		t.Errorf("picked %s", item.ID)
	}
	c.Key(uitest.Press("ctrl+u"))
	c.Key(uitest.Press("end"))
	if c.Key(uitest.Press("enter")) != Open || !strings.Contains(c.View(frames.Plain(50, 6)), "not fetched") {
		t.Error("what is disabled is picked, or nothing is said")
	}
	c.cursor = 1
	if c.Key(uitest.Press("enter")) != Accepted || c.Key(uitest.Press("esc")) != Closed {
		t.Error("enter picks, esc closes")
	}
	if NewMenu(ui.Text{}, nil).Key(uitest.Press("enter")) != Open {
		t.Error("an empty choice has something to pick")
	}
}

func FuzzDialogs(f *testing.F) {
	f.Add("Globex", 40, 10)
	f.Add("\x1b[2J\u202e\n\r\t[ Yes ]", 9, 3)
	f.Add("株式会社\U0001F469\u200d\U0001F4BB\u0301", 1, 1)
	f.Fuzz(func(t *testing.T, s string, w, h int) {
		w, h = 1+max(w, -w, 0)%100, 1+max(h, -h, 0)%30
		frame := frames.Plain(w, h)
		text := frame.Text(s)
		d := &Confirm{About: text, Lines: []ui.Line{{ui.Styled(ui.RoleText, s)}}, Request: []ui.Text{text}, Word: s, Yes: ui.Clean("Send")}
		d.Type(s)
		uitest.CheckView(t, d.View(frame), w, h)
		n := &Notice{Lines: d.Lines}
		uitest.CheckView(t, n.View(frame), w, h)
		c := NewMenu(text, []Item{{Title: text, Detail: text, Disabled: text, Keys: s}, {Title: text}})
		uitest.CheckView(t, c.View(frame), w, h)
		p := NewPalette([]Item{{Title: text, Detail: text, Disabled: text, Keys: s}, {Title: text, Keys: s}})
		p.Type(s)
		uitest.CheckView(t, p.View(frame), w, h)
		g := NewGoTo(func(string) Completion { return Completion{Items: []Item{{ID: s, Title: text}}, Note: text} }, []string{s})
		g.up()
		g.Type(s)
		uitest.CheckView(t, g.View(frame), w, h)
		g.down()
		g.completeLine()
		uitest.CheckView(t, g.View(frame), w, h)
		help := NewHelp([]HelpGroup{{Title: text, Items: []Item{{Keys: s, Title: text, Detail: text, Disabled: text}}}})
		uitest.CheckView(t, help.View(frame), w, h)
		help.Type(s)
		uitest.CheckView(t, help.View(frame), w, h)
	})
}

// A reason that is cut explains nothing.
func TestHelpShowsTheWholeReason(t *testing.T) {
	reason := "the row under the cursor leads nowhere: go to a connection or to the docs"
	h := NewHelp([]HelpGroup{{Title: ui.Clean("Here"),
		Items: []Item{{Keys: "enter", Title: ui.Clean("Open"), Disabled: ui.Clean(reason)}}}})
	view := h.View(frames.Plain(50, 10))
	uitest.CheckView(t, view, 50, 10)
	if got := strings.Join(strings.Fields(view), " "); !strings.Contains(got, "✗ "+reason) {
		t.Errorf("the reason is not whole:\n%s", view)
	}
}

func TestConfirmShowsChanges(t *testing.T) {
	d := &Confirm{About: ui.Clean("Metadata of Globex"), Changes: ui.DiffJSON([]byte(`{"a":{"b":1}}`), []byte(`{"a":{"b":2}}`), nil),
		Request: []ui.Text{ui.Clean("POST /connections/metadata")}, Yes: ui.Clean("Replace")}
	uitest.Golden(t, "dialog/changes", d.View(frames.Plain(56, 16)))
}

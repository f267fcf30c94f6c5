package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func lowerCase(s string) error {
	if s != strings.ToLower(s) {
		return errors.New("small letters only")
	}
	return nil
}

func needed(s string) error {
	if s == "" {
		return errors.New("has to be filled in")
	}
	return nil
}

func linkForm() *Form {
	return NewForm(
		FormField{Kind: FormNote, Title: "Connect link", About: "For a customer who has no connection yet."},
		FormField{ID: "id", Title: "End user id", About: "Yours, not Nango's.", Check: needed},
		FormField{ID: "secret", Kind: FormSecret, Title: "Client secret"},
		FormField{ID: "integrations", Kind: FormChoices, Title: "Integrations", Options: []FormOption{
			{"hubspot", "HubSpot"}, {"salesforce", "Salesforce"}, {"slack", "Slack"}, {"github", "GitHub"}}},
		FormField{ID: "mode", Kind: FormChoice, Title: "Auth mode", Value: "key", Options: []FormOption{{"oauth", "OAuth 2"}, {"key", "API key"}}},
		FormField{ID: "region", Title: "Region", Check: lowerCase, When: func(v FormValues) bool { return v["mode"] == "oauth" }},
		FormField{ID: "tags", Kind: FormPairs, Title: "Tags", Value: "org=acme", Rows: 3},
		FormField{ID: "json", Kind: FormLines, Title: "Metadata", Value: "{\n  \"a\": 1\n}", Rows: 4},
		FormField{ID: "sure", Kind: FormYesNo, Title: "Replace what is there"},
	)
}

func keys(m *Form, names ...string) {
	for _, name := range names {
		m.Key(press(name))
	}
}

func TestFormIsFilledInAndSent(t *testing.T) {
	m := linkForm()
	typeText(m, "usr_812")
	keys(m, "enter")
	typeText(m, "s3cret")
	keys(m, "tab", "space", "down", "down", "space", "enter", "up", "enter")
	if m.Focused() != "region" {
		t.Fatalf("the focus is on %s, want the field that the choice has brought", m.Focused())
	}
	typeText(m, "eu")
	keys(m, "tab", "down", "end", "enter")
	typeText(m, "plan = team")
	keys(m, "tab", "tab", "space")
	if _, ok := m.Submitted(); ok {
		t.Error("it is sent before it was sent")
	}
	keys(m, "enter")
	v, ok := m.Submitted()
	if !ok {
		t.Fatalf("enter on the last field does not send:\n%s", m.View(testFrame(80, 60)))
	}
	want := FormValues{"id": "usr_812", "secret": "s3cret", "integrations": "hubspot\nslack", "mode": "oauth", "region": "eu",
		"tags": "org=acme\nplan = team", "json": "{\n  \"a\": 1\n}", "sure": "true"}
	for id := range want {
		if v[id] != want[id] {
			t.Errorf("%s is %q, want %q", id, v[id], want[id])
		}
	}
	if pairs := v.Pairs("tags"); len(pairs) != 2 || pairs[1] != (FormPair{"plan", "team"}) {
		t.Errorf("tags %v", pairs)
	}
	if len(v.List("integrations")) != 2 || !v.Bool("sure") || !m.Changed() {
		t.Error("values are not what was chosen")
	}
	if _, again := m.Submitted(); again {
		t.Error("one sending is told twice")
	}
}

func TestFormChecksAsOneTypes(t *testing.T) {
	m := NewForm(FormField{ID: "key", Title: "Key", Check: lowerCase}, FormField{ID: "tags", Kind: FormPairs, Title: "Tags"})
	typeText(m, "ab")
	if out := m.View(testFrame(60, 15)); strings.Contains(out, "✗") {
		t.Errorf("nothing is wrong yet:\n%s", out)
	}
	typeText(m, "C")
	if out := m.View(testFrame(60, 15)); !strings.Contains(out, "✗ small letters only") {
		t.Errorf("the fault is not said at once:\n%s", out)
	}
	keys(m, "tab")
	typeText(m, "plan")
	keys(m, "ctrl+s")
	if _, ok := m.Submitted(); ok || m.Focused() != "key" {
		t.Errorf("sent %v, focus on %s, want the first field that is wrong", ok, m.Focused())
	}
	if out := m.View(testFrame(60, 15)); !strings.Contains(out, "line 1: write it as key=value") {
		t.Errorf("the second fault is not said:\n%s", out)
	}
}

func TestFormKeepsWhatTheServerRefuses(t *testing.T) {
	m := NewForm(FormField{ID: "key", Title: "Key"}, FormField{ID: "name", Title: "Name"})
	typeText(m, "hubspot")
	keys(m, "tab")
	typeText(m, "Hub")
	keys(m, "enter")
	m.Submitted()
	m.SetError("key", "already taken")
	m.SetError("", "400 invalid_body\x1b[2J")
	drawnAs(t, "form/refused", shown(m.View(testFrame(60, 15))))
	if m.Focused() != "key" || m.Values()["name"] != "Hub" {
		t.Errorf("focus on %s, name %q", m.Focused(), m.Values()["name"])
	}
	keys(m, "2", "ctrl+s")
	if v, ok := m.Submitted(); !ok || v["key"] != "hubspot2" {
		t.Errorf("it cannot be sent again: %v, %v", v, ok)
	}
	if out := m.View(testFrame(60, 15)); strings.Contains(out, "✗") {
		t.Errorf("the errors are still there:\n%s", out)
	}
}

func TestFormShowsAnErrorOfAFieldThatIsNotThere(t *testing.T) {
	m := linkForm()
	for _, id := range []string{"region", "nothing", ""} {
		m.SetError(id, "refused: "+id)
		if out := m.View(testFrame(60, 15)); !strings.Contains(out, "✗ refused: "+id) || m.Focused() != "id" {
			t.Errorf("the error of %q is not shown, focus on %s:\n%s", id, m.Focused(), out)
		}
	}
}

func TestFormCanBeSentAgainAsItIs(t *testing.T) {
	m := NewForm(FormField{ID: "key", Title: "Key", Value: "hubspot"})
	m.SetError("key", "try later")
	if !m.Submit() || strings.Contains(m.View(testFrame(60, 15)), "try later") {
		t.Error("what the server refused once can never be sent again, or the old error stays")
	}
}

func TestFormCanBeLeft(t *testing.T) {
	m := linkForm()
	if m.Key(press("esc")) || m.Key(press("ctrl+c")) {
		t.Error("esc and ctrl+c belong to the screen")
	}
	m.Focus("integrations")
	keys(m, "/")
	typeText(m, "sla")
	if out := m.View(testFrame(60, 15)); strings.Contains(out, "GitHub") || !strings.Contains(out, "Slack") {
		t.Errorf("a list is not searched:\n%s", out)
	}
	if !m.Key(press("esc")) || m.Key(press("esc")) {
		t.Error("esc ends the search, then belongs to the screen")
	}
}

// Terminals send the line breaks of what is pasted as carriage returns.
func TestFormKeepsTheLinesOfWhatIsPasted(t *testing.T) {
	m := NewForm(FormField{ID: "lines", Kind: FormLines})
	m.Update(tea.PasteMsg{Content: "one\rtwo\r\nthree\nfour"})
	if got := m.Values()["lines"]; got != "one\ntwo\nthree\nfour" {
		t.Errorf("%q", got)
	}
}

func TestFormPastesWithinBounds(t *testing.T) {
	m := NewForm(FormField{ID: "json", Kind: FormLines, Title: "Metadata"}, FormField{ID: "secret", Kind: FormSecret, Title: "Key"}, FormField{ID: "name", Title: "Name"})
	m.Update(tea.PasteMsg{Content: strings.Repeat("x\x1b[31m y\n", 1<<18)})
	if got := m.Values()["json"]; strings.Count(got, "\n") >= FormLineCount || len(got) > FormBytes || strings.Contains(got, "\x1b") {
		t.Errorf("%d bytes and %d lines are taken", len(got), strings.Count(got, "\n"))
	}
	if out := m.View(testFrame(60, 15)); !strings.Contains(out, "was cut") {
		t.Errorf("it is not said that the text was cut:\n%s", out)
	}
	m.Set("json", "")
	m.Update(tea.PasteMsg{Content: strings.Repeat("line\n", 300)})
	if got := strings.Count(m.Values()["json"], "\n"); got != 300 {
		t.Errorf("%d of 300 lines were taken", got)
	}
	m.Focus("secret")
	const pem = "-----BEGIN KEY-----\nabc\n-----END KEY-----"
	m.Update(tea.PasteMsg{Content: pem + "\r\n"})
	if got := m.Values()["secret"]; got != pem {
		t.Errorf("a key of several lines becomes %q", got)
	}
	if out := m.View(testFrame(60, 40)); strings.Contains(out, "BEGIN") || strings.Contains(out, "\ue00a") {
		t.Errorf("a secret is drawn:\n%s", out)
	}
	m.Focus("name")
	m.Update(tea.PasteMsg{Content: strings.Repeat("long ", 1<<19)})
	if got := len(m.Values()["name"]); got > FormBytes {
		t.Errorf("%d bytes in one line", got)
	}
	if m.Update(struct{}{}) != nil {
		t.Error("a message that is no key makes a command")
	}
}

func TestFormThinsOutWhatIsPiledUp(t *testing.T) {
	for _, pile := range []string{"\u0301", "\u200d", "🏽", "ᄀ"} {
		m := NewForm(FormField{ID: "json", Kind: FormLines})
		m.Paste("a" + strings.Repeat(pile, 20000) + "\nb")
		if got := m.Values()["json"]; len(got) > 2*formCluster {
			t.Errorf("%d bytes of %q stand in one place", len(got), pile)
		}
		if out := m.View(testFrame(60, 15)); !strings.Contains(out, "!") {
			t.Errorf("it is not said that %q was left out:\n%s", pile, out)
		}
	}
}

func TestFormDoesNotCutWhatIsThere(t *testing.T) {
	for name, value := range map[string]string{
		"too long":      strings.Repeat("a", FormBytes+1),
		"too many":      strings.Repeat("\n", FormLineCount),
		"a control":     "a\x00b",
		"an invisible":  "a\u202eb",
		"fits as it is": "株\n\tb",
	} {
		m := NewForm(FormField{ID: "v", Kind: FormLines, Value: value})
		if sent := m.Submit(); sent != (name == "fits as it is") {
			t.Errorf("%s: sent is %v", name, sent)
		}
	}
}

func TestFormOnTheScreen(t *testing.T) {
	for _, size := range [][2]int{{80, 22}, {58, 11}} {
		f := testFrame(size[0], size[1])
		name := fmt.Sprintf("form/%dx%d", size[0], size[1])
		m := linkForm()
		drawnAs(t, name, shown(m.View(f)))
		for _, id := range []string{"integrations", "mode", "tags", "json", "sure"} {
			m.Focus(id)
			drawnAs(t, name+"-"+id, shown(m.View(f)))
		}
	}
}

// shown writes the cursor, which is drawn in reverse, as a bracketed character.
func shown(s string) string {
	return strings.NewReplacer("\x1b[7m", "⟦", "\x1b[m", "⟧", "\x1b[0m", "⟧").Replace(s)
}

func TestFormIsTheSameWhenDrawnAgain(t *testing.T) {
	m := linkForm()
	f := testFrame(60, 15)
	for range 12 {
		if a, b := m.View(f), m.View(f); a != b {
			t.Fatalf("on %s drawn once\n%s\nand again\n%s", m.Focused(), a, b)
		}
		m.Next()
	}
}

func FuzzForm(f *testing.F) {
	f.Add("abc", 60, 15)
	f.Add("\x1b]0;title\x07\u202e\r\n=", 3, 2)
	f.Add("क्क्क्=株\t", 12, 5)
	f.Fuzz(func(t *testing.T, s string, w, h int) {
		frame := testFrame(4+max(w, -w, 0)%100, 1+max(h, -h, 0)%30)
		options := []FormOption{{s, s}, {"b", s}}
		m := NewForm(
			FormField{ID: "a", Title: s, About: s, Value: s},
			FormField{ID: "b", Kind: FormSecret, Value: s},
			FormField{ID: "c", Kind: FormLines, Title: s, Value: s},
			FormField{ID: "d", Kind: FormPairs, Value: s, Check: func(v string) error { return errors.New(v) }},
			FormField{ID: "e", Kind: FormChoice, Title: s, Options: options, Value: s},
			FormField{ID: "f", Kind: FormChoices, Title: s, Options: options, Value: s},
			FormField{ID: "g", Kind: FormYesNo, Value: s},
		)
		for range 8 {
			m.Paste(s)
			typeText(m, s[:min(len(s), 8)])
			noControls(t, m.View(frame))
			m.SetError(m.Focused(), s)
			m.SetError("", s)
			noControls(t, m.View(frame))
			m.Next()
		}
		m.Submit()
		m.Height(frame)
	})
}

// noControls allows the library's own looks and nothing else that a terminal would act upon.
func noControls(t *testing.T, drawn string) {
	t.Helper()
	plain := strings.NewReplacer("\x1b[7m", "", "\x1b[m", "", "\x1b[0m", "", "\n", "").Replace(drawn)
	for _, r := range plain {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			t.Fatalf("%U is drawn: %q", r, drawn)
		}
	}
}

func BenchmarkFormKey(b *testing.B) {
	var options []FormOption
	for i := range 800 {
		options = append(options, FormOption{fmt.Sprint(i), fmt.Sprintf("Provider %d", i)})
	}
	for _, field := range []FormField{
		{ID: "text", Title: "Text"},
		{ID: "lines", Kind: FormLines, Title: "Lines", Value: strings.Repeat("{\"a\": \"some text in a line\"},\n", FormLineCount-2)},
		{ID: "choice", Kind: FormChoice, Title: "One of 800", Options: options},
		{ID: "choices", Kind: FormChoices, Title: "Some of 800", Options: options},
	} {
		b.Run(field.ID, func(b *testing.B) {
			m, f := NewForm(field), colourFrame(80, 24)
			for i := 0; b.Loop(); i++ {
				m.Key(press([]string{"down", "up", "right"}[i%3]))
				m.View(f)
			}
		})
	}
}

func TestTheFootNamesTheKeysThatDoSomething(t *testing.T) {
	one := FormField{ID: "file", Title: "File"}
	if foot := NewForm(one).Foot().String(); foot != "" {
		t.Errorf("with one field: %q", foot)
	}
	hidden := FormField{ID: "region", When: func(v FormValues) bool { return v["file"] == "there" }}
	m := NewForm(one, FormField{Kind: FormNote, Title: "A note takes no keys."}, hidden)
	if foot := m.Foot().String(); foot != "" {
		t.Errorf("with another that is not there: %q", foot)
	}
	m.Set("file", "there")
	if foot := m.Foot().String(); foot != "tab next  shift+tab back" {
		t.Errorf("with two fields: %q", foot)
	}
}

func TestAFormSaysHowMuchOfItIsBelow(t *testing.T) {
	var fields []FormField
	for _, id := range []string{"one", "two", "three", "four"} {
		fields = append(fields, FormField{ID: id, Title: id})
	}
	m := NewForm(fields...)
	f := testFrame(30, 5)
	if view := m.View(f); !strings.HasSuffix(view, "↓ 6 more") {
		t.Errorf("nothing is said of what is below:\n%s", view)
	}
	m.Focus("four")
	if view := m.View(f); strings.Contains(view, "more") {
		t.Errorf("nothing is below:\n%s", view)
	}
}

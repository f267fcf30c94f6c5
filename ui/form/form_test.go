package form

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
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
	return New(
		Field{Kind: Note, Title: "Connect link", About: "For a customer who has no connection yet."},
		Field{ID: "id", Title: "End user id", About: "Yours, not Nango's.", Check: needed},
		Field{ID: "secret", Kind: Secret, Title: "Client secret"},
		Field{ID: "integrations", Kind: Choices, Title: "Integrations", Options: []Option{
			{"hubspot", "HubSpot"}, {"salesforce", "Salesforce"}, {"slack", "Slack"}, {"github", "GitHub"}}},
		Field{ID: "mode", Kind: Choice, Title: "Auth mode", Value: "key", Options: []Option{{"oauth", "OAuth 2"}, {"key", "API key"}}},
		Field{ID: "region", Title: "Region", Check: lowerCase, ShowIf: func(v Values) bool { return v["mode"] == "oauth" }},
		Field{ID: "tags", Kind: Pairs, Title: "Tags", Value: "org=acme", Rows: 3},
		Field{ID: "json", Kind: Lines, Title: "Metadata", Value: "{\n  \"a\": 1\n}", Rows: 4},
		Field{ID: "sure", Kind: YesNo, Title: "Replace what is there"},
	)
}

func keys(m *Form, names ...string) {
	for _, name := range names {
		m.Key(uitest.Press(name))
	}
}

func TestFillInAndSubmit(t *testing.T) {
	m := linkForm()
	uitest.Type(m, "usr_812")
	keys(m, "enter")
	uitest.Type(m, "s3cret")
	keys(m, "tab", "space", "down", "down", "space", "enter", "up", "enter")
	if m.Focused() != "region" {
		t.Fatalf("the focus is on %s, want the field that the choice has brought", m.Focused())
	}
	uitest.Type(m, "eu")
	keys(m, "tab", "down", "end", "enter")
	uitest.Type(m, "plan = team")
	keys(m, "tab", "tab", "space")
	if _, ok := m.Submitted(); ok {
		t.Error("it is sent before it was sent")
	}
	keys(m, "enter")
	v, ok := m.Submitted()
	if !ok {
		t.Fatalf("enter on the last field does not send:\n%s", m.View(frames.Plain(80, 60)))
	}
	want := Values{"id": "usr_812", "secret": "s3cret", "integrations": "hubspot\nslack", "mode": "oauth", "region": "eu",
		"tags": "org=acme\nplan = team", "json": "{\n  \"a\": 1\n}", "sure": "true"}
	for id := range want {
		if v[id] != want[id] {
			t.Errorf("%s is %q, want %q", id, v[id], want[id])
		}
	}
	if pairs := v.Pairs("tags"); len(pairs) != 2 || pairs[1] != (Pair{"plan", "team"}) {
		t.Errorf("tags %v", pairs)
	}
	if len(v.List("integrations")) != 2 || !v.Bool("sure") || !m.Changed() {
		t.Error("values are not what was chosen")
	}
	if _, again := m.Submitted(); again {
		t.Error("Submitted reports a submit twice")
	}
}

func TestValidatesWhileTyping(t *testing.T) {
	m := New(Field{ID: "key", Title: "Key", Check: lowerCase}, Field{ID: "tags", Kind: Pairs, Title: "Tags"})
	uitest.Type(m, "ab")
	if out := m.View(frames.Plain(60, 15)); strings.Contains(out, "✗") {
		t.Errorf("nothing is wrong yet:\n%s", out)
	}
	uitest.Type(m, "C")
	if out := m.View(frames.Plain(60, 15)); !strings.Contains(out, "✗ small letters only") {
		t.Errorf("the fault is not said at once:\n%s", out)
	}
	keys(m, "tab")
	uitest.Type(m, "plan")
	keys(m, "ctrl+s")
	if _, ok := m.Submitted(); ok || m.Focused() != "key" {
		t.Errorf("sent %v, focus on %s, want the first field that is wrong", ok, m.Focused())
	}
	if out := m.View(frames.Plain(60, 15)); !strings.Contains(out, "line 1: write key=value") {
		t.Errorf("the second fault is not said:\n%s", out)
	}
}

func TestServerErrorKeepsInput(t *testing.T) {
	m := New(Field{ID: "key", Title: "Key"}, Field{ID: "name", Title: "Name"})
	uitest.Type(m, "hubspot")
	keys(m, "tab")
	uitest.Type(m, "Hub")
	keys(m, "enter")
	m.Submitted()
	m.SetError("key", "already taken")
	m.SetError("", "400 invalid_body\x1b[2J")
	uitest.Golden(t, "form/refused", shown(m.View(frames.Plain(60, 15))))
	if m.Focused() != "key" || m.Values()["name"] != "Hub" {
		t.Errorf("focus on %s, name %q", m.Focused(), m.Values()["name"])
	}
	keys(m, "2", "ctrl+s")
	if v, ok := m.Submitted(); !ok || v["key"] != "hubspot2" {
		t.Errorf("it cannot be sent again: %v, %v", v, ok)
	}
	if out := m.View(frames.Plain(60, 15)); strings.Contains(out, "✗") {
		t.Errorf("the errors are still there:\n%s", out)
	}
}

func TestErrorOfUnknownFieldIsShown(t *testing.T) {
	m := linkForm()
	for _, id := range []string{"region", "nothing", ""} {
		m.SetError(id, "refused: "+id)
		if out := m.View(frames.Plain(60, 15)); !strings.Contains(out, "✗ refused: "+id) || m.Focused() != "id" {
			t.Errorf("the error of %q is not shown, focus on %s:\n%s", id, m.Focused(), out)
		}
	}
}

func TestSubmitUnchangedAgain(t *testing.T) {
	m := New(Field{ID: "key", Title: "Key", Value: "hubspot"})
	m.SetError("key", "try later")
	if !m.Submit() || strings.Contains(m.View(frames.Plain(60, 15)), "try later") {
		t.Error("what the server refused once can never be sent again, or the old error stays")
	}
}

func TestEscIsLeftToTheOwner(t *testing.T) {
	m := linkForm()
	if m.Key(uitest.Press("esc")) || m.Key(uitest.Press("ctrl+c")) {
		t.Error("esc and ctrl+c belong to the screen")
	}
	m.Focus("integrations")
	keys(m, "/")
	uitest.Type(m, "sla")
	if out := m.View(frames.Plain(60, 15)); strings.Contains(out, "GitHub") || !strings.Contains(out, "Slack") {
		t.Errorf("a list is not searched:\n%s", out)
	}
	if !m.Key(uitest.Press("esc")) || m.Key(uitest.Press("esc")) {
		t.Error("esc ends the search, then belongs to the screen")
	}
}

// Terminals send line breaks of pasted text as carriage returns.
func TestPasteKeepsLines(t *testing.T) {
	m := New(Field{ID: "lines", Kind: Lines})
	m.Update(tea.PasteMsg{Content: "one\rtwo\r\nthree\nfour"})
	if got := m.Values()["lines"]; got != "one\ntwo\nthree\nfour" {
		t.Errorf("%q", got)
	}
}

func TestPasteIsLimited(t *testing.T) {
	m := New(Field{ID: "json", Kind: Lines, Title: "Metadata"}, Field{ID: "secret", Kind: Secret, Title: "Key"},
		Field{ID: "name", Title: "Name"})
	m.Update(tea.PasteMsg{Content: strings.Repeat("x\x1b[31m y\n", 1<<18)})
	if got := m.Values()["json"]; strings.Count(got, "\n") >= MaxLines || len(got) > MaxBytes || strings.Contains(got, "\x1b") {
		t.Errorf("%d bytes and %d lines are taken", len(got), strings.Count(got, "\n"))
	}
	if out := m.View(frames.Plain(60, 15)); !strings.Contains(out, "was cut") {
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
	if out := m.View(frames.Plain(60, 40)); strings.Contains(out, "BEGIN") || strings.Contains(out, "\ue00a") {
		t.Errorf("a secret is drawn:\n%s", out)
	}
	m.Focus("name")
	m.Update(tea.PasteMsg{Content: strings.Repeat("long ", 1<<19)})
	if got := len(m.Values()["name"]); got > MaxBytes {
		t.Errorf("%d bytes in one line", got)
	}
	if m.Update(struct{}{}) != nil {
		t.Error("a message that is no key makes a command")
	}
}

func TestLongClustersAreCut(t *testing.T) {
	for _, pile := range []string{"\u0301", "\u200d", "🏽", "ᄀ"} {
		m := New(Field{ID: "json", Kind: Lines})
		m.Paste("a" + strings.Repeat(pile, 20000) + "\nb")
		if got := m.Values()["json"]; len(got) > 2*maxCluster {
			t.Errorf("%d bytes of %q stand in one place", len(got), pile)
		}
		if out := m.View(frames.Plain(60, 15)); !strings.Contains(out, "!") {
			t.Errorf("it is not said that %q was left out:\n%s", pile, out)
		}
	}
}

func TestInitialValueIsNotCut(t *testing.T) {
	for name, value := range map[string]string{
		"too long":      strings.Repeat("a", MaxBytes+1),
		"too many":      strings.Repeat("\n", MaxLines),
		"a control":     "a\x00b",
		"an invisible":  "a\u202eb",
		"fits as it is": "株\n\tb",
	} {
		m := New(Field{ID: "v", Kind: Lines, Value: value})
		if sent := m.Submit(); sent != (name == "fits as it is") {
			t.Errorf("%s: sent is %v", name, sent)
		}
	}
}

func TestFormView(t *testing.T) {
	for _, size := range [][2]int{{80, 22}, {58, 11}} {
		f := frames.Plain(size[0], size[1])
		name := fmt.Sprintf("form/%dx%d", size[0], size[1])
		m := linkForm()
		uitest.Golden(t, name, shown(m.View(f)))
		for _, id := range []string{"integrations", "mode", "tags", "json", "sure"} {
			m.Focus(id)
			uitest.Golden(t, name+"-"+id, shown(m.View(f)))
		}
	}
}

// shown replaces the text cursor, which is drawn in reverse, by brackets.
func shown(s string) string {
	return strings.NewReplacer("\x1b[7m", "⟦", "\x1b[m", "⟧", "\x1b[0m", "⟧").Replace(s)
}

func TestDrawingTwiceGivesTheSame(t *testing.T) {
	m := linkForm()
	f := frames.Plain(60, 15)
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
		frame := frames.Plain(4+max(w, -w, 0)%100, 1+max(h, -h, 0)%30)
		options := []Option{{s, s}, {"b", s}}
		m := New(
			Field{ID: "a", Title: s, About: s, Value: s},
			Field{ID: "b", Kind: Secret, Value: s},
			Field{ID: "c", Kind: Lines, Title: s, Value: s},
			Field{ID: "d", Kind: Pairs, Value: s, Check: func(v string) error { return errors.New(v) }},
			Field{ID: "e", Kind: Choice, Title: s, Options: options, Value: s},
			Field{ID: "f", Kind: Choices, Title: s, Options: options, Value: s},
			Field{ID: "g", Kind: YesNo, Value: s},
		)
		for range 8 {
			m.Paste(s)
			uitest.Type(m, s[:min(len(s), 8)])
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

// noControls fails on control characters except style sequences.
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
	options := providers(800)
	for _, field := range []Field{
		{ID: "text", Title: "Text"},
		{ID: "lines", Kind: Lines, Title: "Lines", Value: strings.Repeat("{\"a\": \"some text in a line\"},\n", MaxLines-2)},
		{ID: "choice", Kind: Choice, Title: "One of 800", Options: options},
		{ID: "choices", Kind: Choices, Title: "Some of 800", Options: options},
	} {
		b.Run(field.ID, func(b *testing.B) {
			m, f := New(field), frames.Color(80, 24)
			for i := 0; b.Loop(); i++ {
				m.Key(uitest.Press([]string{"down", "up", "right"}[i%3]))
				m.View(f)
			}
		})
	}
}

func TestKeyHintNamesWorkingKeys(t *testing.T) {
	one := Field{ID: "file", Title: "File"}
	if foot := New(one).KeyHint().String(); foot != "" {
		t.Errorf("with one field: %q", foot)
	}
	hidden := Field{ID: "region", ShowIf: func(v Values) bool { return v["file"] == "there" }}
	m := New(one, Field{Kind: Note, Title: "A note takes no keys."}, hidden)
	if foot := m.KeyHint().String(); foot != "" {
		t.Errorf("with another that is not there: %q", foot)
	}
	m.Set("file", "there")
	if foot := m.KeyHint().String(); foot != "tab next  shift+tab back" {
		t.Errorf("with two fields: %q", foot)
	}
}

// A long error says that it goes on.
func TestALongErrorEndsInAnEllipsis(t *testing.T) {
	m := New(Field{ID: "one", Title: "one"})
	long := strings.Repeat("the server refused it ", 12)
	m.SetError("", long)
	if lines := strings.Split(m.View(frames.Plain(40, 12)), "\n"); !strings.HasSuffix(lines[2], "…") || lines[3] != "" {
		t.Errorf("the error of the form:\n%s", strings.Join(lines, "\n"))
	}
	m.SetError("", "")
	m.SetError("one", long)
	if view := m.View(frames.Plain(40, 12)); strings.Count(view, "…") != 1 {
		t.Errorf("the error of a field:\n%s", view)
	}
	m.SetError("one", "short")
	if view := m.View(frames.Plain(40, 12)); strings.Contains(view, "…") {
		t.Errorf("a short error:\n%s", view)
	}
}

func TestHiddenLinesHaveAScrollbar(t *testing.T) {
	var fields []Field
	for _, id := range []string{"one", "two", "three", "four"} {
		fields = append(fields, Field{ID: id, Title: id})
	}
	m := New(fields...)
	f := frames.Plain(30, 5)
	bar := func() string { // the lines that have it
		where := ""
		for line := range strings.SplitSeq(m.View(f), "\n") {
			where += map[bool]string{true: "x", false: "-"}[strings.HasSuffix(line, "▐")]
		}
		return where
	}
	if got := bar(); got != "xx---" {
		t.Errorf("at the top the scrollbar is %s", got)
	}
	m.Focus("four")
	if got := bar(); !strings.HasPrefix(got, "-") || !strings.HasSuffix(got, "x") {
		t.Errorf("at the end the scrollbar is %s", got)
	}
	if f.Height = 20; strings.Contains(m.View(f), "▐") {
		t.Errorf("all is visible, with a scrollbar:\n%s", m.View(f))
	}
}

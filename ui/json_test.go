package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"nango-tui/internal/jsontext"
	"nango-tui/ui/uitest"
)

func parse(t *testing.T, raw string) *JSONDoc {
	t.Helper()
	doc, err := ParseJSON([]byte(raw), nil)
	if err != nil {
		t.Fatalf("ParseJSON(%.80q): %v", raw, err)
	}
	return doc
}

func TestJSONErrorHasPlaceAndReason(t *testing.T) {
	for _, c := range []struct {
		raw          string
		line, column int
		reason       string
	}{
		{"", 1, 1, "the text ends where a value was expected"},
		{"<html>", 1, 1, "a value was expected"},
		{"{\n  \"a\": 1,\n}", 3, 1, "a key in quotes was expected"},
		{`{"é" 1}`, 1, 6, "a colon after the key was expected"},
		{`[1, 2`, 1, 6, "the text ends where a comma or ] was expected"},
		{`{"a": "b`, 1, 9, "the text ends inside a string"},
		{`{"a": tru}`, 1, 7, "a value was expected"},
		{`[01]`, 1, 3, "a comma or ] was expected"},
		{`[1.]`, 1, 4, "an incomplete number"},
		{`["\x"]`, 1, 3, "an unknown escape"},
		{"[\"a\tb\"]", 1, 4, "a control character inside a string"},
		{`{} {}`, 1, 4, "unexpected text after the value"},
	} {
		doc, err := ParseJSON([]byte(c.raw), nil)
		var place *jsontext.Error
		if !errors.As(err, &place) {
			t.Errorf("%q: error %v, want a jsontext.Error", c.raw, err)
			continue
		}
		if place.Line != c.line || place.Column != c.column || place.Reason != c.reason {
			t.Errorf("%q: %v, want line %d, column %d: %s", c.raw, err, c.line, c.column, c.reason)
		}
		if doc == nil || doc.err != place {
			t.Errorf("%q: the document has no error", c.raw)
		}
	}
}

func TestJSONIsCopiedAsWritten(t *testing.T) {
	const raw = `{"z":1.0,"a":12345678901234567890.10,"a":1e400,"e":{},"l":[ ],"s":"\u682a\u5f0f \u0007 \ud83d\ude00 \u005c\n"}`
	v := NewJSONView(parse(t, raw))
	got, ok := v.Value()
	want := "{\n  \"z\": 1.0,\n  \"a\": 12345678901234567890.10,\n  \"a\": 1e400,\n  \"e\": {},\n  \"l\": [ ],\n" +
		"  \"s\": \"株式 \\u0007 😀 \\u005c\\n\"\n}"
	if !ok || got != want {
		t.Errorf("copied\n%s\nwant\n%s", got, want)
	}
	if !json.Valid([]byte(got)) {
		t.Error("the copy is not JSON")
	}
}

func TestJSONPath(t *testing.T) {
	v := NewJSONView(parse(t, `{"a":{"b":[0,1,{"c d":true}]},"":1,"\"":2}`))
	var got []string
	for {
		got = append(got, v.Path())
		line := v.Line()
		if v.Down(); v.Line() == line {
			break
		}
	}
	want := []string{".", ".a", ".a.b", ".a.b[0]", ".a.b[1]", ".a.b[2]", `.a.b[2]["c d"]`, ".a.b[2]", ".a.b", ".a", `.[""]`, `.["\""]`, "."}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("paths %q, want %q", got, want)
	}
}

func TestJSONFolding(t *testing.T) {
	v := NewJSONView(parse(t, `{"a":[1,2,3],"b":{"c":{"d":1}},"e":5}`))
	steps := func() (lines []int) {
		v.Top()
		for last := 0; v.Line() != last; v.Down() {
			last = v.Line()
			lines = append(lines, last)
		}
		return lines
	}
	all := steps()
	if len(all) != len(v.doc.rows) {
		t.Fatalf("unfolded, down visits lines %v, want all %d", all, len(v.doc.rows))
	}
	foldMembers(v)
	if got := steps(); len(got) != 5 {
		t.Errorf("folded, down visits lines %v, want the root, three members and the end", got)
	}
	v.Bottom()
	v.Up()
	v.Up()
	if v.Path() != ".b" {
		t.Errorf("two lines above the end is %s, want .b, because up skips folded lines", v.Path())
	}
	v.Unfold()
	v.Unfold()
	if v.Path() != ".b.c" {
		t.Errorf("unfolding an unfolded object moves to %s, want its first member", v.Path())
	}
	v.Search("d")
	v.Fold()
	if v.Path() != ".b.c" {
		t.Errorf("folding a scalar moves to %s, want its parent", v.Path())
	}
}

// foldMembers folds everything but the root.
func foldMembers(v *JSONView) {
	v.Top()
	for last := v.Line(); ; last = v.Line() {
		if v.Down(); v.Line() == last {
			break
		}
		if v.doc.rows[v.cursor].opens() && !v.folded[v.cursor] {
			v.Fold()
		}
	}
	v.Top()
}

// secretPolicy hides values under "token" and "credentials", and one value everywhere.
type secretPolicy struct{ value, dots string }

func (secretPolicy) Under(at jsontext.Place, name string) jsontext.Place {
	if name == "token" || name == "credentials" {
		return 1
	}
	return at
}

func (p secretPolicy) Show(s jsontext.Scalar) string {
	if s.Place == 1 && s.Kind != jsontext.Name {
		return p.dots
	}
	return strings.ReplaceAll(s.Text, p.value, p.dots)
}

var secretMask = secretPolicy{"hunter2", "••••"}

func TestJSONSecretsAreMasked(t *testing.T) {
	doc, err := ParseJSON([]byte(`{"token":"s3cret","credentials":{"a":{"b":"s3cret","n":123456}},"x":"see hunter2",`+
		`"hunter2":1,"id":"me"}`), secretMask)
	if err != nil {
		t.Fatal(err)
	}
	v := NewJSONView(doc)
	for _, secret := range []string{"s3cret", "123456", "hunter2"} {
		if v.Search(secret); len(v.search.matches) > 0 {
			t.Errorf("a search finds %s, which is masked", secret)
		}
		v.EndSearch()
		if copied, _ := v.Value(); strings.Contains(copied, secret) {
			t.Errorf("the copy contains %s:\n%s", secret, copied)
		}
		if drawn := v.View(testFrame(80, 24)); strings.Contains(drawn, secret) {
			t.Errorf("%s is drawn:\n%s", secret, drawn)
		}
	}
	v.Search(`"b"`)
	v.EndSearch()
	if shown, _ := v.Value(); shown != "••••" {
		t.Errorf("a secret is copied as %q", shown)
	}
	if raw, _ := v.RawValue(); raw != "s3cret" {
		t.Errorf("the unmasked secret is %q", raw)
	}
	if !v.Reveal() || !strings.Contains(v.View(testFrame(80, 24)), "s3cret") {
		t.Error("a revealed value is not shown")
	}
	v.Down()
	v.Up()
	if strings.Contains(v.View(testFrame(80, 24)), "s3cret") {
		t.Error("the secret is shown after the cursor moved")
	}
}

func TestJSONSecretsOfTruncatedBodyAreMasked(t *testing.T) {
	for _, raw := range []string{
		`{"id":1,"credentials":{"raw":{"x":"s3cret"},"list":["s3cret","s3cr`,
		`{"id":1,"token":"s3cret`,
		"{\"token\":\"a\ns3cret\"}",
		`{"token": s3cret }`,
		"{\"a\":1}\n{\"token\":\"s3cret\"}",
		`<p>hunter2</p>`,
	} {
		doc, err := ParseJSON([]byte(raw), secretMask)
		if err == nil {
			t.Fatalf("%q is parsed as JSON", raw)
		}
		v := NewJSONView(doc)
		copied, _ := v.Value()
		for _, shown := range []string{v.View(testFrame(100, 10)), copied} {
			if strings.Contains(shown, "s3cr") || strings.Contains(shown, "hunter2") {
				t.Errorf("%q is shown as\n%s", raw, shown)
			}
		}
	}
}

func TestJSONLongValuesAreCutOnlyOnScreen(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	v := NewJSONView(parse(t, `{"a":"`+long+`","b":"`+long[:JSONCopy]+`"}`))
	v.Down()
	for _, wrap := range []bool{false, true} {
		v.wrap = wrap
		if n := len(v.View(testFrame(80, 24))); n > 80*24*8 {
			t.Errorf("wrap %v: a view has %d bytes", wrap, n)
		}
	}
	if _, ok := v.Value(); ok {
		t.Error("a value of 1 MB is copied")
	}
	v.Down()
	if got, ok := v.Value(); !ok || len(got) != JSONCopy {
		t.Errorf("a value of %d bytes is copied as %d bytes, %v", JSONCopy, len(got), ok)
	}
}

func TestJSONDeepNesting(t *testing.T) {
	const depth = 100_000
	v := NewJSONView(parse(t, strings.Repeat(`[`, depth)+strings.Repeat(`]`, depth)))
	v.View(testFrame(80, 24))
	v.Bottom()
	v.Fold()
	v.Unfold()
	v.Bottom()
	v.Search("1")
	for range depth / 2 {
		v.Up()
	}
	if out := v.View(testFrame(80, 24)); !strings.Contains(out, "depth ") {
		t.Errorf("the depth is not shown:\n%s", out)
	}
	if _, ok := v.Value(); ok {
		t.Error("deep brackets are copied")
	}
}

func TestJSONSearchWrapsAround(t *testing.T) {
	v := NewJSONView(parse(t, `{"a":"Fine","b":[{"state":"fine"}],"fine":0}`))
	foldMembers(v)
	v.StartSearch()
	uitest.Type(v, "fine")
	if n, more := v.Matches(); n != 3 || more {
		t.Errorf("%d matches, more %v, want 3", n, more)
	}
	var got []string
	for range 4 {
		got = append(got, v.Path())
		v.NextMatch()
	}
	v.PrevMatch()
	got = append(got, v.Path())
	if want := ".a .b[0].state .fine .a .a"; strings.Join(got, " ") != want {
		t.Errorf("matches at %q, want %q", got, want)
	}
	v.StartSearch()
	v.Type("st\nate")
	if v.Path() != ".b[0].state" {
		t.Errorf("a pasted query moves to %s", v.Path())
	}
	if !v.Key(uitest.Press("esc")) || v.Searching() || v.Key(uitest.Press("esc")) {
		t.Error("esc must be used once, to end the search")
	}
}

func TestJSONOnTheScreen(t *testing.T) {
	const raw = `{"id":42,"connection_id":"9f1c","score":1.50,"ok":true,"end_user":null,"tags":{"org":"株式会社サンプル","plan":"team"},
		"errors":[{"type":"auth","log_id":"1739_x"}],"empty":[],"token":"s3cret","text":"a\u202e long line of text that does ` +
		`not fit into a narrow window at all"}`
	for _, size := range [][2]int{{80, 24}, {60, 15}} {
		f := testFrame(size[0], size[1])
		name := fmt.Sprintf("json/%dx%d", size[0], size[1])
		doc, err := ParseJSON([]byte(raw), secretMask)
		if err != nil {
			t.Fatal(err)
		}
		v := NewJSONView(doc)
		uitest.Golden(t, name, v.View(f))
		v.Search("te")
		v.NextMatch()
		uitest.Golden(t, name+"-search", v.View(f))
		v.EndSearch()
		foldMembers(v)
		v.ToggleWrap()
		v.Bottom()
		v.Up()
		uitest.Golden(t, name+"-folded", v.View(f))
		half, _ := ParseJSON([]byte(raw[:len(raw)/2]), secretMask)
		uitest.Golden(t, name+"-half", NewJSONView(half).View(f))
	}
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-2.5e3,"\u001b[31m",null]}`, "{", `"\ud800"`, "[[]", "\x1b]0;x\x07",
		"{\"a\u202e\":\"\u2066\"}", `{"token":"x`, `[{},[],{"":""}]`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		doc, err := ParseJSON([]byte(raw), secretMask)
		if valid := json.Valid([]byte(raw)); valid != (err == nil) && strings.Count(raw, "[")+strings.Count(raw, "{") < 1000 {
			t.Fatalf("encoding/json: valid %v, %q: ParseJSON: %v", valid, raw, err)
		}
		v := NewJSONView(doc)
		for _, move := range []func(){v.Down, v.Fold, v.Bottom, v.Toggle, v.ToggleWrap, v.Up, v.Unfold, v.PageDown,
			v.NextMatch, v.Fold, v.Top, v.Toggle, func() { v.Search(raw) }, v.PageUp, func() { foldMembers(v) }, func() { v.Reveal() }} {
			move()
			uitest.CheckView(t, v.View(testFrame(30, 8)), 30, 8)
		}
		v.Value()
		v.Path()
	})
}

// Computing the path of each value would take minutes for deep untrusted text.
func TestJSONIsMaskedAtEveryDepth(t *testing.T) {
	for _, levels := range []int{2, 64, 66, 9000, 100_000} {
		deep := strings.Repeat(`{"a":[`, levels/2) + `"shown",{"token":["s3cret"]},1` + strings.Repeat(`]}`, levels/2)
		for _, raw := range []string{deep, deep + "x"} {
			doc, _ := ParseJSON([]byte(raw), secretMask)
			v := NewJSONView(doc)
			for query, want := range map[string]int{"shown": 1, "s3cret": 0} {
				v.Search(query)
				if n, _ := v.Matches(); n != want {
					t.Errorf("%d levels, %d bytes: %s has %d matches, want %d", levels, len(raw), query, n, want)
				}
			}
		}
	}
}

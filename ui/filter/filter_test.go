package filter

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

// specs are the fields of a list: text, a few words, an age, and keys behind a dot.
func specs() []Spec {
	return []Spec{
		{Name: "org", Values: Words("Acme Corp", "Globex", "Acme|Sub")},
		{Name: "state", Kind: Enum, Values: Words("auth", "sync", "ok", "paused")},
		{Name: "failed", Kind: Age},
		{Name: "tag.", Values: func(key string) []string {
			return map[string][]string{"": {"plan", "region"}, "plan": {"pro", "free"}}[key]
		}},
	}
}

func TestParse(t *testing.T) {
	is := func(any ...Atom) Term { return Term{Any: any} }
	not := func(any ...Atom) Term { return Term{Not: true, Any: any} }
	word := func(text string) Atom { return Atom{Value: text} }
	field := func(name, value string) Atom { return Atom{Field: name, Value: value} }
	exact := func(name, value string) Atom { return Atom{Field: name, Value: value, Exact: true} }
	for in, want := range map[string][]Term{
		"":                        nil,
		"  Globex  hubspot ":      {is(word("globex")), is(word("hubspot"))},
		"globex !sync -auth":      {is(word("globex")), not(word("sync")), not(word("auth"))},
		`"acme corp" -"old one"`:  {is(word("acme corp")), not(word("old one"))},
		`state:a org:"Acme Corp"`: {is(field("state", "a")), is(field("org", "acme corp"))},
		"state:ok|auth":           {is(exact("state", "ok"), exact("state", "auth"))},
		"a|b -c|d":                {is(word("a"), word("b")), not(word("c"), word("d"))},
		"a | b":                   {is(word("a"), word("b"))},
		"a |":                     {is(word("a"))},
		"org:a|state:ok":          {is(field("org", "a"), exact("state", "ok"))},
		`org:"a|b"|c`:             {is(field("org", "a|b"), field("org", "c"))},
		"-state:ok":               {not(exact("state", "ok"))},
		"org:=Globex":             {is(exact("org", "globex"))},
		"tag.plan:pro":            {is(field("tag.plan", "pro"))},
		"failed:<2d":              {is(Atom{Field: "failed", Value: "<2d", Newer: true, Age: 48 * time.Hour})},
		"failed:>3w":              {is(Atom{Field: "failed", Value: ">3w", Age: 21 * 24 * time.Hour})},
		`"state:auth`:             {is(word("state:auth"))},
		"state: -  x failed:<":    {is(word("x"))},
		"10:30 https://a.b":       {is(word("10:30")), is(word("https://a.b"))},
		"株式会社 ÄRGER":              {is(word("株式会社")), is(word("ärger"))},
		`a"b`:                     {is(word(`a"b`))},
		"-":                       nil, "|": nil, `"`: nil, "-|": nil, `""`: nil, "org:": nil, `org:"`: nil,
	} {
		if got := Parse(in, specs()...); !reflect.DeepEqual(got, Query{Terms: want}) {
			t.Errorf("Parse(%q) = %+v, want %+v", in, got, want)
		}
	}
	if got := Parse("color:red"); !reflect.DeepEqual(got.Terms, []Term{is(field("color", "red"))}) {
		t.Errorf("without specs: %+v", got)
	}
}

// What is no term is ignored, and said with what is possible. The rest of the filter stays.
func TestProblemsNameWhatIsPossible(t *testing.T) {
	for in, want := range map[string]string{
		"stat:auth x":                     `Unknown field stat: use org, state, failed or tag.KEY, or "stat:…" in quotes as text.`,
		"x -stat:":                        "Unknown field stat: use org, state, failed or tag.KEY",
		"x tag:plan":                      "Unknown field tag:",
		"x state:bad":                     "state: expected auth, sync, ok or paused, not bad.",
		"x state:ok|bad":                  "state: expected auth, sync, ok or paused, not bad.",
		"x failed:1d":                     "failed: expected an age such as failed:<1d or failed:>2h (m, h, d, w).",
		"x failed:<1":                     "failed: expected an age",
		"x failed:<0d":                    "failed: expected an age",
		"x failed:<99999999999999999999d": "failed: expected an age",
		"x failed:<-1d":                   "failed: expected an age",
		"x failed:<<1d":                   "failed: expected an age",
	} {
		got := Parse(in, specs()...)
		if !strings.HasPrefix(got.Problem, want) || len(got.Terms) != 1 || got.Terms[0].Any[0].Value != "x" {
			t.Errorf("%q: %q and %+v", in, got.Problem, got.Terms)
		}
	}
}

type thing struct {
	text, org, state, plan string
	failed                 time.Duration // ago; 0 if unknown
}

func TestMatcher(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	language := Language[thing]{Text: func(r *thing) string { return r.text }, Fields: []Field[thing]{
		TextField("org", func(r *thing) string { return r.org }),
		EnumField("state", func(r *thing) string { return r.state }, "auth", "sync", "ok", "broken"),
		AgeField("failed", func(r *thing) (time.Time, bool) { return now.Add(-r.failed), r.failed > 0 }),
		{Spec: Spec{Name: "tag."}, Text: func(r *thing, key string) string { return map[string]string{"plan": r.plan}[key] }},
	}}
	globex := thing{"globex salesforce", "Globex Inc.", "auth broken", "pro", 90 * time.Minute}
	initech := thing{"initech slack", "Initech", "ok", "", 0}
	for in, want := range map[string]string{
		"": "gi", "glo": "g", "globex slack": "", "globex|initech": "gi", "-slack": "g", "-globex|initech": "", "globex | slack -initech": "g",
		"org:INC": "g", "org:=globex": "", `org:="Globex Inc."`: "g", "org:globex|initech": "gi", "-org:globex": "i",
		"state:ok": "i", "state:o": "i", "state:b": "g", "state:auth|sync": "g", "-state:broken": "i",
		"failed:<2h": "g", "failed:<1h": "", "failed:>1h": "g", "failed:>2h": "", "-failed:<2h": "i",
		"tag.plan:pro": "g", "tag.plan:=pr": "", "tag.size:pro": "", "-tag.plan:pro": "i", "org:nobody|state:ok": "i",
	} {
		matches, got := language.Matcher(Parse(in, language.Specs()...), func() time.Time { return now }), ""
		for i, one := range []*thing{&globex, &initech} {
			if matches == nil || matches(one) {
				got += "gi"[i : i+1]
			}
		}
		if got != want {
			t.Errorf("%q matches %q, not %q", in, got, want)
		}
	}
}

func TestNarrows(t *testing.T) {
	for _, c := range []struct {
		before, now string
		want        bool
	}{
		{"", "g", true}, {"glo", "glob", true}, {"glob", "glo", false}, {"glob", "glob hub", true}, {"a b", "ab", true},
		{"a", "-a", false}, {"-ab", "-a", true}, {"-a", "-ab", false}, {"state:ok", "state:ok x", true},
		{"org:a", "org:ab", false}, {"x", "x", true}, {"a", "a|b", false}, {"a|b", "a", true}, {"a|b", "ab", true}, {"a|b", "a|b|c", false},
		{"-a", "-a|b", true}, {"-a|b", "-a", false}, {"a|b c", "a c", true}, {"failed:<1d", "failed:<2d", false}, {"x", "stat:y x", true},
	} {
		if got := Parse(c.now, specs()...).Narrows(Parse(c.before, specs()...)); got != c.want {
			t.Errorf("from %q to %q: %v", c.before, c.now, got)
		}
	}
}

func TestCompletion(t *testing.T) {
	for _, c := range []struct{ typed, want, offered string }{
		{"st", "state:", "tab state:"},
		{"x -st", "x -state:", "tab state:"},
		{"state:", "state:auth", "tab auth  sync  ok  paused"},
		{"state:p", "state:paused", "tab paused"},
		{"state:ok|s", "state:ok|sync", "tab sync"},
		{"org:ac", `org:"Acme Corp"`, `tab "Acme Corp"  "Acme|Sub"`},
		{"org:bex", "org:Globex", "tab Globex"},
		{"failed:", "failed:<1h", "tab <1h  <1d"},
		{"ta", "tag.plan:", "tab tag.plan:  tag.region:"},
		{"tag.plan:f", "tag.plan:free", "tab free"},
		{"globex", "globex", ""}, {"state:ok", "state:ok", ""}, {`"st`, `"st`, ""}, {"", "", ""}, {"st ", "st ", ""},
	} {
		v := NewInput(specs()...)
		v.Focus()
		typed(v, c.typed)
		f := frames.Plain(80, 1)
		f.Keys = func(action string) string { return map[string]string{CompleteAction: "tab"}[action] }
		if view := v.View(f); !strings.Contains(view, c.offered) || c.offered == "" && strings.Contains(view, "tab") {
			t.Errorf("%q offers %q, not %q", c.typed, view, c.offered)
		}
		if v.Complete(); v.Value() != c.want {
			t.Errorf("%q is completed to %q, not %q", c.typed, v.Value(), c.want)
		}
	}
	v := NewInput(specs()...)
	v.Focus()
	typed(v, "st x")
	v.Update(uitest.Press("left"))
	v.Update(uitest.Press("left"))
	if v.Complete(); v.Value() != "state: x" {
		t.Errorf("in the middle: %q", v.Value())
	}
	typed(v, "ok")
	if v.Value() != "state:ok x" || len(v.Query().Terms) != 2 {
		t.Errorf("typed on: %q", v.Value())
	}
}

// Who opens a filter again types another one over it, or corrects it.
func TestFocusSelectsTheText(t *testing.T) {
	for key, want := range map[string]string{"x": "x", "backspace": "", "ctrl+u": "", "left": "globex", "end": "globex"} {
		v := NewInput()
		v.SetValue("globex")
		v.Focus()
		if view := v.View(frames.Plain(20, 1)); view != "/ \x1b[7mglobex\x1b[m" {
			t.Errorf("drawn %q", view)
		}
		v.Update(uitest.Press(key))
		if v.Value() != want {
			t.Errorf("%s makes it %q, not %q", key, v.Value(), want)
		}
	}
	v := NewInput()
	v.SetValue("globex")
	v.Focus()
	v.Update(tea.PasteMsg{Content: "acme"})
	typed(v, "!")
	if v.Value() != "acme!" {
		t.Errorf("pasted and typed: %q", v.Value())
	}
	v.Blur()
	if view := v.View(frames.Plain(20, 1)); view != "/ acme!" {
		t.Errorf("drawn %q", view)
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
	if got := v.Query().Words(); len(got) != 1 || got[0].Value != "glob" {
		t.Errorf("query %+v", got)
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

package records

import (
	"strings"
	"testing"
)

// The values are those of jq 1.6 and 1.7.
func TestJQThatGojqLacks(t *testing.T) {
	const raw = `{"id":"1","s":"A b, c,d","n":65,"o":{"k":[1,{"m":null}]}}`
	for text, want := range map[string]string{
		`[.s | test("a b"; "ix"), test("a\\ b"; "ix"), test("[a ]b # c"; "ix"), test("a [ ] b#c\n,"; "xi")]`: `[false,true,true,true]`,
		`[.s | splits(",? *"; "n")]`:                `["A","b","c","d"]`,
		`["aXbx" | match("x*"; "gin").offset]`:      `[1,3]`,
		`["aXbx" | match("x*"; "in").string]`:       `["X"]`,
		`["ab" | test(""; "n"), test("b*"; "n")]`:   `[false,true]`,
		`"ab" | [match(""; "n")]`:                   `[]`,
		`["a\nb" | test("a.b"; "s", "p", "x", "")]`: `[false,true,false,false]`,
		`"aXbx" | gsub("x | y # z"; "-"; "xi")`:     `"a-b-"`,
		`"aXbx" | [scan("x"; "ix")]`:                `["X","x"]`,
		`[$__loc__] | .[0]`:                         `{"file":"<top-level>","line":1}`,
		`.n | debug | debug("x", error?) | stderr`:  `65`,
		`[input_line_number, input_filename]`:       `[0,null]`,
		`.o | [leaf_paths]`:                         `[["k",0]]`,
		`[.n, [.n] | toarray] | tojson`:             `"[[65],[65]]"`,
		`.n | ascii`:                                `"A"`,
		`.o | keys_unsorted`:                        `["k"]`,
		`def debug: 7; debug`:                       `7`,
		`try ("a" | test("(?=a)")) catch "no"`:      `"no"`,
	} {
		o := answers(t, text, raw)
		if got := texts(o); got != want || o.failed > 0 {
			t.Errorf("%s\n got %s %s\nwant %s", text, got, o.failure, want)
		}
	}
}

func TestErrorsSayWhatTheLanguageLacks(t *testing.T) {
	for _, text := range []string{"input", "[inputs]", `import "a" as a; 1`, "get_search_list", "$__prog_args", "slect(.a)"} {
		if _, err := compile(text); err == nil || !strings.Contains(err.Error(), "that of gojq, jq in Go. It lacks input, modules") {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, pattern := range []string{"a(?=b)", "(?!a)", "(?<=a)b", "(?<!a)b", `(a)\\1`, "a++", "(?>a)", "a"} {
		flags := map[bool]string{true: `; "l"`}[pattern == "a"]
		o := answers(t, `.s | test("`+pattern+`"`+flags+`)`, `{"s":"a"}`)
		if !strings.Contains(o.failure, "Patterns lack look-around, back references and the flag l") {
			t.Errorf("%s: %s", pattern, o.failure)
		}
	}
	if o := answers(t, `.s | @base32d`, `{"s":"a"}`); !strings.Contains(o.failure, "@base32d and the order of keys") {
		t.Errorf("%s", o.failure)
	}
	if o := answers(t, `.s | error`, `{"s":"a"}`); strings.Contains(o.failure, "gojq") {
		t.Errorf("%s", o.failure)
	}
}

// A flag that is translated must not get around the bounds.
func TestTranslatedPatternsAreBounded(t *testing.T) {
	for _, text := range []string{`("a" * 300000) | [match("a"; "gn")] | length`, `("a" * 300000) | [match("(a)|b"; "n")] | length`} {
		if o := answers(t, text, `{}`); !strings.Contains(o.failure, errTooExpensive.Error()) {
			t.Errorf("%s: %s", text, o.failure)
		}
	}
}

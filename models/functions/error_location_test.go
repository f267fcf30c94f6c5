package functions

import (
	"strings"
	"testing"
)

func TestFindLocations(t *testing.T) {
	for text, want := range map[string]errorLocation{
		"function.ts(12,5): error TS2322: Type 'a' is wrong.":           {12, 5, "error TS2322: Type 'a' is wrong."},
		"function.ts(12): error TS1005":                                 {12, 0, "error TS1005"},
		"src/contacts.ts:3:10 - error TS1":                              {3, 10, "error TS1"},
		"    at exec (function.ts:7:11)":                                {7, 11, "at exec (function.ts:7:11)"},
		`"stacktrace":["Error: x\n    at exec (/a/b/function.ts:7:11)"`: {7, 11, `at exec (/a/b/function.ts:7:11)"`},
		"X [ERROR] in index.tsx:1:2: wrong":                             {1, 2, "wrong"},
	} {
		got := findLocations(text)
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	for _, none := range []string{"", "line 12", "function.js:7:11", "contacts.ts is wrong", "a.ts(0): x", "a.ts(9999999999): x"} {
		if got := findLocations(none); len(got) != 0 {
			t.Errorf("%q: %+v", none, got)
		}
	}
}

func FuzzFindLocations(f *testing.F) {
	f.Add("function.ts(12,5): error\n a.ts:1:2", "one\ntwo\n")
	f.Fuzz(func(t *testing.T, said, code string) {
		all := findLocations(said)
		if len(all) > maxLocations {
			t.Fatalf("%d locations", len(all))
		}
		one := &file{path: "a.ts", text: code}
		for _, at := range all {
			if at.line < 1 || len(at.message) > maxMessage {
				t.Fatalf("%+v", at)
			}
			if line := one.line(at.line); strings.Contains(line, "\n") {
				t.Fatalf("line %d is %q", at.line, line)
			}
		}
	})
}

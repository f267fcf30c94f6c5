package clean

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"
)

func TestStripControls(t *testing.T) {
	for in, want := range map[string]string{
		"conn-1":                     "conn-1",
		"{\n\t\"a\": 1\n}":           "{\n\t\"a\": 1\n}",
		"株式会社サンプル 👩‍💻":               "株式会社サンプル 👩‍💻",
		"a\x1b]52;c;aGk=\x07b":       "a]52;c;aGk=b",
		"one\rtwo\u0085three":        "onetwothree",
		"left\u202eright\u2066x\xff": "leftrightx",
	} {
		if got := StripControls(in).String(); got != want {
			t.Errorf("StripControls(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJSONEscapesInStringsOnly(t *testing.T) {
	for in, want := range map[string]string{
		`{"a": "b"}`: `{"a": "b"}`,
		"{\n\t\"a\": \"x\\\"\u009b2J\u202e\x7f\u2028\"\r\n}": "{\n\t\"a\": \"x\\\"\\u009b2J\\u202e\\u007f\\u2028\" \n}",
		"[\"\\\\\", \"株\"]\x1b\u009b":                        "[\"\\\\\", \"株\"]  ",
		"\"\x1b\n\x9b�\"":                                    "\"\\u001b\\u000a��\"",
	} {
		if got := JSON(in).String(); got != want {
			t.Errorf("JSON(%+q) = %+q, want %+q", in, got, want)
		}
		if got := JSONLine(in).String(); got != strings.NewReplacer("\n", " ", "\t", " ").Replace(want) {
			t.Errorf("JSONLine(%+q) = %+q", in, got)
		}
	}
}

// JSON says the same before and after, and has nothing that a terminal acts on.
func FuzzJSON(f *testing.F) {
	f.Add("{\"a\u202e\": [\"\\\"\u009b\", \"\x7f\", 1]}\r\n")
	f.Add("\"\\\x1b\"\x9b")
	f.Fuzz(func(t *testing.T, s string) {
		block, line := JSON(s).String(), JSONLine(s).String()
		if r, bad := harmful(strings.ReplaceAll(block, "\t", " "), "\n"+formats(block)); bad {
			t.Errorf("JSON(%+q) = %+q lets %U through", s, block, r)
		}
		if r, bad := harmful(line, formats(line)); bad {
			t.Errorf("JSONLine(%+q) = %+q lets %U through", s, line, r)
		}
		var before, after, one any
		if json.Unmarshal([]byte(s), &before) != nil {
			return
		}
		_ = json.Unmarshal([]byte(block), &after)
		_ = json.Unmarshal([]byte(line), &one)
		if !reflect.DeepEqual(before, after) || !reflect.DeepEqual(before, one) {
			t.Errorf("%+q says something else as %+q or %+q", s, block, line)
		}
	})
}

// formats returns the invisible characters of s that are not bidirectional controls: data keeps them.
func formats(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Bidi_Control, r) {
			return r
		}
		return -1
	}, s)
}

func TestWriterWritesOneLineForEachText(t *testing.T) {
	var out strings.Builder
	if err := NewWriter(&out).Print(Lines("a\n\x1bb")...); err != nil || out.String() != "a\n␛b\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

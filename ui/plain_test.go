package ui

import "testing"

func TestStripControls(t *testing.T) {
	for in, want := range map[string]string{
		"conn-1":                     "conn-1",
		"{\n\t\"a\": 1\n}":           "{\n\t\"a\": 1\n}",
		"株式会社サンプル 👩‍💻":               "株式会社サンプル 👩‍💻",
		"a\x1b]52;c;aGk=\x07b":       "a]52;c;aGk=b",
		"one\rtwo\u0085three":        "onetwothree",
		"left\u202eright\u2066x\xff": "leftrightx",
	} {
		if got := StripControls(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

package ui

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "株式": 4, "한국": 4, "e\u0301": 1, "مرحبا": 5, "👨\u200d👩\u200d👧": 6, "🇩🇪": 2, "…": 1, "✗ auth": 6, "हिन्दी": 5,
	} {
		if got := Clean(s).Width(); got != want {
			t.Errorf("%q: %d cells, want %d", s, got, want)
		}
	}
}

func TestTruncate(t *testing.T) {
	for _, c := range []struct {
		in                      string
		cells                   int
		truncated, left, padded string
	}{
		{"abcdef", 6, "abcdef", "abcdef", "abcdef"},
		{"abcdef", 4, "abc…", "…def", "abc…"},
		{"abcdef", 1, "…", "…", "…"},
		{"abcdef", 0, "", "", ""},
		{"abcdef", -1, "", "", ""},
		{"ab", 4, "ab", "ab", "ab  "},
		{"", 2, "", "", "  "},
		{"株式会社", 8, "株式会社", "株式会社", "株式会社"},
		{"株式会社", 7, "株式会…", "…式会社", "株式会…"},
		{"株式会社", 6, "株式…", "…会社", "株式… "},
		{"株式会社", 2, "…", "…", "… "},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…", "…e\u0301", "e\u0301…"},
		{"a🇩🇪🇫🇷", 4, "a🇩🇪…", "…🇫🇷", "a🇩🇪…"},
	} {
		text := Clean(c.in)
		for name, got := range map[string][2]string{
			"Truncate": {text.Truncate(c.cells).String(), c.truncated}, "TruncateLeft": {text.TruncateLeft(c.cells).String(), c.left},
			"Pad": {text.Pad(c.cells).String(), c.padded},
		} {
			if got[0] != got[1] {
				t.Errorf("%s(%q, %d) = %q, want %q", name, c.in, c.cells, got[0], got[1])
			}
		}
		if left := text.PadLeft(c.cells); left.Width() != max(0, c.cells) {
			t.Errorf("PadLeft(%q, %d) takes %d cells", c.in, c.cells, left.Width())
		}
	}
}

func TestWrap(t *testing.T) {
	got := Clean("the token could not be refreshed: invalid_grant").Wrap(16)
	want := []string{"the token could", "not be", "refreshed:", "invalid_grant"}
	for i, w := range want {
		if len(got) != len(want) || got[i].String() != w {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	for _, s := range []string{"", " ", "a b  c   d", strings.Repeat("株式会社", 20), strings.Repeat("0123456789", 9), "🇩🇪 🇫🇷 e\u0301e\u0301"} {
		for cells := range 20 {
			lines := Clean(s).Wrap(cells)
			var all strings.Builder
			for _, l := range lines {
				if cells >= 2 && l.Width() > cells {
					t.Errorf("%q in %d cells: %q", s, cells, l)
				}
				all.WriteString(l.String())
			}
			if strip(all.String()) != strip(s) || len(lines) == 0 {
				t.Errorf("%q in %d cells: %q", s, cells, lines)
			}
		}
	}
}

func strip(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestLineWrapKeepsRoles(t *testing.T) {
	f := testFrame(20, 1)
	f.Theme = &Theme{Bad: Style{on: "<", off: ">"}}
	line := Line{Styled(RoleText, "failed: "), Styled(RoleBad, "invalid grant"), Styled(RoleText, " twice")}
	var got []string
	for _, l := range line.Wrap(14) {
		got = append(got, l.View(f, 14))
	}
	if all, want := strings.Join(got, "|"), "failed:|<invalid grant>|twice"; all != want {
		t.Errorf("got %s, want %s", all, want)
	}
	if w := line.Width(); w != 27 {
		t.Errorf("%d cells", w)
	}
}

func FuzzText(f *testing.F) {
	f.Add("株式会社 e\u0301 abc", 5)
	f.Fuzz(func(t *testing.T, s string, cells int) {
		cells = min(max(cells, 0), 200)
		text := Clean(s)
		if got := text.Truncate(cells); got.Width() > cells || !utf8.ValidString(got.s) {
			t.Errorf("Truncate(%+q, %d) = %+q of %d cells", text, cells, got, got.Width())
		}
		if got := text.TruncateLeft(cells); got.Width() > cells {
			t.Errorf("TruncateLeft(%+q, %d) = %+q of %d cells", text, cells, got, got.Width())
		}
		if got := text.Pad(cells); got.Width() != cells {
			t.Errorf("Pad(%+q, %d) = %+q of %d cells", text, cells, got, got.Width())
		}
		for _, l := range text.Wrap(cells) {
			if cells >= 8 && l.Width() > cells {
				t.Errorf("Wrap(%+q, %d): %+q", text, cells, l)
			}
		}
	})
}

func TestWrapEndsForEndlessClusters(t *testing.T) {
	joined := Clean(strings.Repeat("क्", 100))
	for _, cells := range []int{2, 3, 40} {
		var all string
		for _, line := range joined.Wrap(cells) {
			if line.Width() > cells {
				t.Errorf("a line of %d cells in %d", line.Width(), cells)
			}
			all += line.String()
		}
		if all != joined.String() {
			t.Errorf("at %d cells the text is not whole", cells)
		}
		for _, line := range (Line{{joined, RoleText}}).Wrap(cells) {
			if line.Width() > cells {
				t.Errorf("a line with roles of %d cells in %d", line.Width(), cells)
			}
		}
	}
}

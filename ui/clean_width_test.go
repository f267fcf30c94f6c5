package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// difficultTexts are texts whose width terminals and libraries disagree on, as they are drawn, and the cells that they take then
// (wcwidth of Unicode 17, glibc, xterm and kitty).
var difficultTexts = []struct {
	what, text, shown string
	cells             int
}{
	{"syllables", "한국", "한국", 4},
	{"decomposed Korean", "\u1100\u1161\u11a8", "각", 2},
	{"decomposed Korean, mixed with Latin", "a\u1112\u1161\u11ab\u1100\u116e\u11a8b", "a한국b", 6},
	{"syllable and final letter", "가\u11a8", "각", 2},
	{"whole syllable and final letter", "각\u11a8", "각⟨U+11A8⟩", 10},
	{"initial letter alone", "\u1100", "⟨U+1100⟩", 8},
	{"vowel alone", "x\u1161", "x⟨U+1161⟩", 9},
	{"final letter alone", "\u11a8x", "⟨U+11A8⟩x", 9},
	{"two initial letters", "\u1100\u1100\u1161", "⟨U+1100⟩가", 10},
	{"two vowels", "\u1100\u1161\u1161", "가⟨U+1161⟩", 10},
	{"old letters", "\u1112\u119e\u11ab\ud7b0\ud7fb\ua960", "⟨U+1112⟩⟨U+119E⟩⟨U+11AB⟩⟨U+D7B0⟩⟨U+D7FB⟩⟨U+A960⟩", 48},
	{"fillers", "\u115f\u1160\u3164\uffa0", "⟨U+115F⟩⟨U+1160⟩⟨U+3164⟩⟨U+FFA0⟩", 32},
	{"tone mark", "가\u302e", "가⟨U+302E⟩", 10},
	{"compatibility letters", "ㄱㅏ", "ㄱㅏ", 4},
	{"family", "👨\u200d👩\u200d👧", "👨👩👧", 6},
	{"flag", "🇩🇪", "🇩🇪", 2},
	{"half a flag", "🇩x", "⟨U+1F1E9⟩x", 10},
	{"three halves of flags", "🇩🇪🇫", "🇩🇪⟨U+1F1EB⟩", 11},
	{"emoji style", "❤\ufe0f", "❤", 1},
	{"text style", "❤\ufe0e", "❤", 1},
	{"key cap", "1\ufe0f\u20e3", "1\u20e3", 1},
	{"skin tone", "👍🏽", "👍", 2},
	{"flag of tags", "🏴\U000e0067\U000e007f", "🏴⟨U+E0067⟩⟨U+E007F⟩", 20},
	{"combining mark", "e\u0301", "e\u0301", 1},
	{"mark alone", "\u0301", "◌\u0301", 1},
	{"ideographic variation", "葛\U000e0100", "葛⟨U+E0100⟩", 11},
	{"tab", "a\tb", "a⇥b", 3},
	{"soft hyphen", "a\u00adb", "a⟨U+00AD⟩b", 10},
	{"line separator", "a\u2028b", "a⟨U+2028⟩b", 10},
	{"zero-width space", "a\u200bb", "a⟨U+200B⟩b", 10},
	{"ideographic space", "a\u3000b", "a  b", 4},
	{"Arabic", "مرحبا", "مرحبا", 5},
	{"Arabic number sign", "\u0600", "⟨U+0600⟩", 8},
	{"half-width kana", "ｱｲ", "ｱｲ", 2},
	{"half-width kana with marks", "ｶﾞﾊﾟ", "ガパ", 4},
	{"half-width mark alone", "xﾞﾟ", "x゛゜", 5},
	{"kana with a mark", "か\u3099", "か\u3099", 2},
	{"full-width Latin", "Ａ", "Ａ", 2},
	{"long dash", "⸻", "⸻", 1},
}

func TestDifficultTextsHaveTheWidthOfTerminals(t *testing.T) {
	for _, c := range difficultTexts {
		text := Clean(c.text)
		byCluster, byCodePoint := ansi.StringWidth(text.String()), ansi.StringWidthWc(text.String())
		if text.String() != c.shown || text.Width() != c.cells || byCluster != c.cells || byCodePoint != c.cells {
			t.Errorf("%s: %+q in %d cells (%d by cluster, %d by code point), not %+q in %d",
				c.what, text, text.Width(), byCluster, byCodePoint, c.shown, c.cells)
		}
	}
}

// What follows a difficult text in a row stands where it stands in other rows, whole or cut, on both kinds of terminals.
func TestDifficultTextsDoNotShiftTheirRow(t *testing.T) {
	for _, c := range difficultTexts {
		for _, width := range []int{1, 2, 3, 5, 8, 60} {
			for _, clusters := range []bool{false, true} {
				f := testFrame(80, 1)
				f.Clusters = clusters
				pen := NewPen(f, nil)
				pen.Cell(RoleText, Clean(c.text).String(), width, false)
				pen.To(width)
				pen.Cell(RoleText, "|", 1, false)
				before, _, _ := strings.Cut(ansi.Strip(string(pen.Bytes())), "|")
				if at := f.StringWidth(before); at != width {
					t.Errorf("%s in %d cells, clusters %v: the next column begins at %d: %+q", c.what, width, clusters, at, before)
				}
				if padded := Clean(c.text).Pad(width); padded.Width() != width || f.StringWidth(padded.String()) != width {
					t.Errorf("%s is padded to %d cells, not %d: %+q", c.what, padded.Width(), width, padded)
				}
			}
		}
	}
}

// All characters of Korean, in every order that matters, are measured alike with and without grapheme clusters.
func TestKoreanHasOneWidth(t *testing.T) {
	kinds := []rune{'a', 0x1100, 0x1112, 0x1113, 0x115f, 0x1160, 0x1161, 0x1175, 0x1176, 0x11a7, 0x11a8, 0x11c2, 0x11c3, 0x11ff,
		'가', '각', '힣', 0xa960, 0xa97c, 0xd7b0, 0xd7c6, 0xd7cb, 0xd7fb, 0x302e, 'ㄱ'}
	for _, a := range kinds {
		for _, b := range kinds {
			for _, c := range kinds {
				text := Clean(string([]rune{a, b, c})).String()
				if x, y := ansi.StringWidth(text), ansi.StringWidthWc(text); x != y {
					t.Errorf("%U %U %U: %d cells by cluster, %d by code point", a, b, c, x, y)
				}
			}
		}
	}
}

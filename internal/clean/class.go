package clean

import (
	"strings"
	"unicode"
)

const (
	zwnj       = '\u200c'
	zwj        = '\u200d'
	textStyle  = '\ufe0e'
	emojiStyle = '\ufe0f'
)

// joiningScripts use zero-width joiners and non-joiners between letters.
var joiningScripts = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali,
	unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
	unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// invisible are the characters that draw nothing of their own: category Cf, fillers, variation selectors, and others
// that Unicode says may be ignored.
var invisible = []*unicode.RangeTable{
	unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
}

// plain reports whether [plainRune] is true for all characters of s.
func plain(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !plainRune(r) }) < 0
}

// plainRune is true for common characters that are drawn unchanged next to any other, without a lookup in Unicode's
// tables. False means that the tables must be asked.
func plainRune(r rune) bool {
	switch {
	case r < 0x7f:
		return r >= 0x20
	case r < 0x300: // Latin
		return r > 0xa0 && r != 0xad
	case r < 0x900: // Greek, Cyrillic, Arabic
		return r >= 0x3b1 && r < 0x3ca || r >= 0x410 && r < 0x450 || r >= 0x620 && r < 0x64b
	case r < 0x3041: // punctuation, arrows and pictures, lines, blocks and signs
		return r >= 0x2010 && r < 0x2028 || r >= 0x2190 && r < 0x2400 || r >= 0x2500 && r < 0x2800
	default: // kana, Han, Hangul
		return r < 0x3097 || r >= 0x30a1 && r < 0x30fb || r >= 0x4e00 && r < 0x9ffd || r >= 0xac00 && r < 0xd7a4
	}
}

// hides reports whether r is invisible or changes its neighbors: format and bidi controls, fillers, selectors, skin tones.
func hides(r rune) bool {
	return isSkinTone(r) || unicode.In(r, invisible...) || r == '\u2800' // the empty Braille pattern
}

func isSkinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// IsASCII reports whether s has only printable ASCII characters.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i]-0x20 > 0x7e-0x20 {
			return false
		}
	}
	return true
}

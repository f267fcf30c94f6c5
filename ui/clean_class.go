package ui

import "unicode"

const (
	zwnj       = '\u200c'
	zwj        = '\u200d'
	textStyle  = '\ufe0e'
	emojiStyle = '\ufe0f'
)

// joiningScripts are written with zero-width joiners and non-joiners between their letters.
var joiningScripts = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali,
	unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
	unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// invisible are the characters that draw nothing, or nothing of their own, besides those of category Cf: fillers that
// count as letters, variation selectors, and what else Unicode says may be ignored.
var invisible = []*unicode.RangeTable{
	unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
}

// plain says that every character of s is one that [plainRune] knows.
func plain(s string) bool {
	for _, r := range s {
		if !plainRune(r) {
			return false
		}
	}
	return true
}

// plainRune knows the characters that lists are full of: they stand for themselves, whatever is beside them. It is an
// answer without a look into Unicode's tables; a no means that they have to be asked.
func plainRune(r rune) bool {
	switch {
	case r < 0x7f:
		return r >= 0x20
	case r < 0x300: // Latin
		return r > 0xa0 && r != 0xad
	case r < 0x900: // Greek, Cyrillic, Arabic
		return r >= 0x3b1 && r < 0x3ca || r >= 0x410 && r < 0x450 || r >= 0x620 && r < 0x64b
	case r < 0x3041: // dashes and quotes, arrows and pictures, lines, blocks and signs
		return r >= 0x2010 && r < 0x2028 || r >= 0x2190 && r < 0x2400 || r >= 0x2500 && r < 0x2800
	default: // kana, Han, Hangul
		return r < 0x3097 || r >= 0x30a1 && r < 0x30fb || r >= 0x4e00 && r < 0x9ffd || r >= 0xac00 && r < 0xd7a4
	}
}

// hides says that r is not seen where it stands, or changes how its neighbours are: format characters,
// bidirectional controls, fillers, selectors, and skin tones.
func hides(r rune) bool {
	return isSkinTone(r) || unicode.In(r, invisible...) || r == '\u2800' // the empty Braille pattern
}

func isSkinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// plainSpace is the ordinary space in place of the many others; the ideographic one is two cells wide.
func plainSpace(r rune) string {
	if r == '\u3000' {
		return "  "
	}
	return " "
}

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

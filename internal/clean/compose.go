package clean

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Korean comes as syllables (각) or decomposed into letters (ᄀ, ᅡ, ᆨ), as on macOS. A terminal draws such letters as one syllable
// of two cells. Bubble Tea's renderer counts two cells for the first letter, and one for each of the others, unless the terminal
// reports mode 2027. So letters are composed to syllables, as in chapter 3.12 of the Unicode standard, and those that can't be are
// shown as code points.
const (
	firstLead, leads   = 0x1100, 19
	firstVowel, vowels = 0x1161, 21
	// noTail stands before the first letter that can end a syllable.
	noTail, tails          = 0x11a7, 28
	firstSyllable          = 0xac00
	syllables              = leads * vowels * tails
	firstTone, secondTone  = 0x302e, 0x302f
	firstOldLead, oldLeads = 0xa960, 0x20
	firstOldRest, oldRests = 0xd7b0, 0x50
)

// isHangul reports whether r is a syllable, or a letter or tone mark that a terminal may draw as part of one.
func isHangul(r rune) bool { return isSyllable(r) || isJamo(r) }

func isSyllable(r rune) bool { return r >= firstSyllable && r < firstSyllable+syllables }

func isJamo(r rune) bool {
	return r >= firstLead && r < firstLead+0x100 || r >= firstOldLead && r < firstOldLead+oldLeads ||
		r >= firstOldRest && r < firstOldRest+oldRests || r == firstTone || r == secondTone
}

// hangul writes a syllable, with the letters that follow and belong to it.
func (c *cleaner) hangul(r rune) {
	if lead := r - firstLead; lead >= 0 && lead < leads {
		if vowel := c.following() - firstVowel; vowel >= 0 && vowel < vowels {
			c.skip()
			r = firstSyllable + (lead*vowels+vowel)*tails
		}
	}
	if !isSyllable(r) {
		c.show(codePoint(r))
		return
	}
	if tail := c.following() - noTail; (r-firstSyllable)%tails == 0 && tail > 0 && tail < tails {
		c.skip()
		r += tail
	}
	c.keep(r)
}

// isFlagHalf reports whether r is one of the two letters that are drawn as a flag.
func isFlagHalf(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// flag writes a flag. Half of one has one cell or two, depending on the terminal.
func (c *cleaner) flag(r rune) {
	other := c.following()
	if !isFlagHalf(other) {
		c.show(codePoint(r))
		return
	}
	c.skip()
	c.keep(r)
	c.keep(other)
}

// The marks of half-width kana (ｶﾞ) have a cell of their own, and are none of their own for programs that measure clusters.
const halfVoiced, halfSemiVoiced = 0xff9e, 0xff9f

func isHalfKana(r rune) bool { return r >= 0xff66 && r <= halfSemiVoiced }

// halfKana writes a half-width kana, and with a mark the full-width one (ガ), which has two cells as well.
func (c *cleaner) halfKana(r rune) {
	switch r {
	case halfVoiced:
		c.keep('゛')
		return
	case halfSemiVoiced:
		c.keep('゜')
		return
	}
	mark := c.following()
	if mark == halfVoiced || mark == halfSemiVoiced {
		whole := norm.NFKC.String(string([]rune{r, mark}))
		if full, size := utf8.DecodeRuneInString(whole); size == len(whole) {
			c.skip()
			r = full
		}
	}
	c.keep(r)
}

// following returns the next character.
func (c *cleaner) following() rune {
	r, _ := utf8.DecodeRuneInString(c.rest)
	return r
}

func (c *cleaner) skip() {
	_, size := utf8.DecodeRuneInString(c.rest)
	c.rest = c.rest[size:]
}

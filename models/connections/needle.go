package connections

import (
	"slices"
	"strings"

	"nango-tui/nango"
)

// needle is a text to find in every row. strings.Contains looks for the first byte, which is usually common in names
// and occurs many times per row. A needle looks for its rarest byte.
type needle struct {
	text string
	rare int // index of the rarest byte
}

// commonBytes are the most common bytes in rows, most common first: the end of a piece is in every row many times. All others are rarer.
const commonBytes = pieceEnd + "eaniortsldcmuhpg_=y.bk-fvw0123456789"

func newNeedle(text string) needle {
	n := needle{text: text}
	best := -1
	for i := range len(text) {
		rank := strings.IndexByte(commonBytes, text[i])
		if rank < 0 {
			return needle{text: text, rare: i}
		}
		if rank > best {
			n.rare, best = i, rank
		}
	}
	return n
}

func (n needle) in(text string) bool { return n.index(text) >= 0 }

// index returns where the needle begins in a text, or -1.
func (n needle) index(text string) int {
	behind := len(n.text) - n.rare
	for at := n.rare; at+behind <= len(text); at++ {
		next := strings.IndexByte(text[at:len(text)-behind+1], n.text[n.rare])
		if next < 0 {
			return -1
		}
		at += next
		if text[at-n.rare:at+behind] == n.text {
			return at - n.rare
		}
	}
	return -1
}

// shortKeys are the keys that nearly every connection has. In a row's text, one byte (the index plus one) stands for
// each, which saves a third of the memory and of the search time.
var shortKeys = [...]string{
	nango.TagUserName, nango.TagUserEmail, nango.TagUserID, nango.TagOrganizationName, nango.TagOrganizationID,
}

// codeOf is the representation of a key in a row's text.
func codeOf(key string) string {
	if i := slices.Index(shortKeys[:], key); i >= 0 {
		return string(rune(i + 1))
	}
	if keyOf(key) != key {
		return endShown // a remote key must not be mistaken for a code
	}
	return key
}

// keyOf decodes [codeOf]. Anything that is not a code is returned unchanged.
func keyOf(code string) string {
	if len(code) == 1 && code[0] >= 1 && int(code[0]) <= len(shortKeys) {
		return shortKeys[code[0]-1]
	}
	return code
}

// spellings are the representations of a word in a row's text: literal, within a key that has a code, or spanning
// such a key and its value.
func spellings(word string) []needle {
	all := []needle{newNeedle(word)}
	before, after, spans := strings.Cut(word, "=")
	for _, key := range shortKeys {
		switch {
		case strings.Contains(key, word):
			all = append(all, newNeedle(codeOf(key)+"="))
		case spans && strings.HasSuffix(key, before):
			all = append(all, newNeedle(codeOf(key)+"="+after))
		}
	}
	return all
}

// containsAny reports whether the text contains any of the spellings.
func containsAny(spellings []needle, text string) bool {
	return slices.ContainsFunc(spellings, func(n needle) bool { return n.in(text) })
}

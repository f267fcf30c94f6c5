package connections

import (
	"strings"

	"nango-tui/nango"
)

// shortKeys are the keys that nearly every connection has. In the text of a row a byte stands for each, its place in here
// and one more: that saves a third of the memory, and of the time to search it.
var shortKeys = [...]string{
	nango.TagUserName, nango.TagUserEmail, nango.TagUserID, nango.TagOrganizationName, nango.TagOrganizationID,
}

// codeOf is what stands for a key in the text of a row.
func codeOf(key string) string {
	for i, known := range shortKeys {
		if key == known {
			return string(rune(i + 1))
		}
	}
	if keyOf(key) != key {
		return endShown // a stranger's key must not be taken for one of those
	}
	return key
}

// keyOf is the key that a code stands for; anything else stands for itself.
func keyOf(code string) string {
	if len(code) == 1 && code[0] >= 1 && int(code[0]) <= len(shortKeys) {
		return shortKeys[code[0]-1]
	}
	return code
}

// spellings are the ways in which a word can stand in the text of a row: as it is, within a key that has a code, or from
// such a key over into its value.
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

// stands says whether any of the spellings is in the text.
func stands(spellings []needle, text string) bool {
	for _, s := range spellings {
		if s.in(text) {
			return true
		}
	}
	return false
}

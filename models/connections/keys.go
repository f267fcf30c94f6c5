package connections

import (
	"strings"

	"nango-tui/nango"
)

// shortKeys are the keys that nearly every connection has. In a row's text, one byte (the index plus one) stands for
// each, which saves a third of the memory and of the search time.
var shortKeys = [...]string{
	nango.TagUserName, nango.TagUserEmail, nango.TagUserID, nango.TagOrganizationName, nango.TagOrganizationID,
}

// codeOf is the representation of a key in a row's text.
func codeOf(key string) string {
	for i, known := range shortKeys {
		if key == known {
			return string(rune(i + 1))
		}
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
	for _, s := range spellings {
		if s.in(text) {
			return true
		}
	}
	return false
}

package screen

import (
	"strings"
	"unicode/utf8"
)

// Destination is something that the user can go to by its name.
type Destination struct {
	// Text is the name, which may be untrusted, and About what it names: "customer", "connection".
	Text, About string
	Route       Route
}

// HasLetters reports whether a text has the letters of a word in their order, as "salesforce-dev" has "sfd". Both are in lower case.
func HasLetters(text, word string) bool {
	for _, r := range word {
		i := strings.IndexRune(text, r)
		if i < 0 {
			return false
		}
		text = text[i+utf8.RuneLen(r):]
	}
	return true
}

// Namer finds names of what is loaded: a screen, or a list that is kept in the store.
type Namer interface {
	// FindNames returns names that contain a text in lower case, and some that have only its letters in order, at most limit. It is
	// called for each key, so it must be quick.
	FindNames(text string, limit int) []Destination
}

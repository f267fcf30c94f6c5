package guard

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango"
)

const (
	// idLetters is how many letters or digits of a connection id are typed to confirm.
	idLetters = 4
	// maxWord is the maximum number of characters of a confirm word. Of a longer name the end is typed.
	maxWord = 40
)

// ConfirmWord is what the user types before something is destroyed; empty if nothing has to be typed. It is printable ASCII
// and never a customer's text: the own name of what is destroyed, the end of a connection id, the key of an integration, or
// else a number that depends on now. Thus the word for a function isn't that for its integration.
func ConfirmWord(call nango.Call, now time.Time) string {
	if call.Effect != nango.Destroys {
		return ""
	}
	about := call.About
	if word := asciiForm(call.Name); word != "" {
		return tail(word)
	}
	switch {
	case about.ID != "":
		if word := lastLetters(about.ID, idLetters); len(word) == idLetters {
			return word
		}
	case isASCII(about.Integration) && about.Integration != "":
		return tail(about.Integration)
	}
	return fmt.Sprintf("%03d", now.UnixMilli()%1000)
}

// ManyWord is what the user types before many requests like call are sent: the number of connections. For a single connection that
// is too little, so its own word is used if it has one.
func ManyWord(call nango.Call, connections int, now time.Time) string {
	if connections == 1 {
		call.Effect = nango.Destroys
		return ConfirmWord(call, now)
	}
	return strconv.Itoa(connections)
}

// asciiForm returns the ASCII characters of a name, with single spaces; empty if too few are left of a name in another script.
func asciiForm(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' })
	if !isASCII(name) && len(lastLetters(name, idLetters)) < idLetters {
		return ""
	}
	return strings.Join(words, " ")
}

func tail(word string) string { return strings.TrimSpace(word[max(0, len(word)-maxWord):]) }

// lastLetters returns the last n ASCII letters and digits of s.
func lastLetters(s string, n int) string {
	var kept []byte
	for i := len(s) - 1; i >= 0 && len(kept) < n; i-- {
		if c := s[i]; c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			kept = append([]byte{c}, kept...)
		}
	}
	return string(kept)
}

// isASCII reports whether s is printable ASCII, as the keys of integrations are.
func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

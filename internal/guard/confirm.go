package guard

import (
	"fmt"
	"strings"
	"time"

	"nango-tui/nango"
)

// idLetters is how many letters or digits of a connection id are typed to confirm.
const idLetters = 4

// ConfirmWord is what the user types before something is destroyed; empty if nothing has to be typed. It is printable ASCII
// and never a customer's text: the end of a connection id, the key of an integration, or else a number that depends on now.
func ConfirmWord(call nango.Call, now time.Time) string {
	if call.Effect != nango.Destroys {
		return ""
	}
	switch about := call.About; {
	case about.ID != "":
		if word := lastLetters(about.ID, idLetters); len(word) == idLetters {
			return word
		}
	case about.Integration != "" && isASCII(about.Integration):
		return about.Integration
	}
	return fmt.Sprintf("%03d", now.UnixMilli()%1000)
}

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

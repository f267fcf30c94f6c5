package ui

import (
	"strings"

	"nango-tui/internal/clean"
)

// maxLink is the maximum length of a URL in bytes, as accepted by all browsers and servers.
const maxLink = 2000

// IsLink reports whether a browser may open the URL: http or https, printable ASCII, no spaces.
func IsLink(url string) bool {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok || rest == "" || len(url) > maxLink {
		return false
	}
	if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return false
	}
	return clean.IsASCII(url) && !strings.ContainsAny(url, " \"<>\\^`{|}")
}

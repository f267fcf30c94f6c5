package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Both methods of measuring agree on clean text, except in scripts where only the terminal can know.
func TestCleanTextHasOneWidth(t *testing.T) {
	for _, s := range []string{
		"Globex", "株式会社サンプル", "한국", "👨\u200d👩\u200d👧", "👍🏽 ok", "❤\ufe0f", "☎ ⚠\ufe0f", "🇩🇪🇫🇷", "مرحبا", "می\u200cخواهم", "e\u0301",
		"1\ufe0f\u20e3", "\x1b[31m\n\u202e", "Ελληνικά", "русский", "ไทย", "\u0301",
	} {
		c := Clean(s).String()
		if a, b := ansi.StringWidth(c), ansi.StringWidthWc(c); a != b || a != Clean(s).Width() {
			t.Errorf("%+q: %d cells by cluster, %d by code point", c, a, b)
		}
	}
}

func TestIsLink(t *testing.T) {
	for _, url := range []string{"https://docs.nango.dev/a?b=c#d", "http://127.0.0.1:3003", "HTTPS://NANGO.DEV"} {
		if !IsLink(url) {
			t.Errorf("%s is none", url)
		}
	}
	for _, url := range []string{
		"", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://a b", "https://a\x1b\\", "https://a\u202e",
		"https://" + strings.Repeat("a", maxLink),
	} {
		if IsLink(url) {
			t.Errorf("%+q is one", url)
		}
	}
}

package connections

import (
	"strings"
	"testing"
)

func FuzzNeedle(f *testing.F) {
	f.Add("ada.abbott99", "ada.abbott9 ada.abbott99")
	f.Add("", "anything")
	f.Add("aa", "baaab")
	f.Add("株", "有限会社 株式会社")
	f.Add("longer than", "long")
	f.Fuzz(func(t *testing.T, text, hay string) {
		if text == "" {
			return
		}
		if got := newNeedle(text).in(hay); got != strings.Contains(hay, text) {
			t.Errorf("%q in %q: %v", text, hay, got)
		}
	})
}

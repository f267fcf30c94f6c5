package nango

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestLongestSecretIsFound(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func(least, most int) string {
		var out strings.Builder
		for range least + random.IntN(most-least) {
			out.WriteByte("ab"[random.IntN(2)])
		}
		return "the-head" + out.String()
	}
	for range 200 {
		known := map[string]bool{}
		var values []string
		for range 1 + random.IntN(30) {
			if value := text(0, 8); !known[value] {
				known[value], values = true, append(values, value)
			}
		}
		index := newSecretIndex(values)
		for range 50 {
			looked, want := text(0, 12), 0
			for _, value := range values {
				if strings.HasPrefix(looked, value) {
					want = max(want, len(value))
				}
			}
			if got := index.valueAt(looked); got != want {
				t.Fatalf("%q among %q: %d, want %d", looked, values, got, want)
			}
		}
	}
}

// The worst case that a provider could cause: as many long, nearly identical secrets as are kept, and a text in which
// each could start anywhere.
func BenchmarkMaskAlike(b *testing.B) {
	secrets := NewSecrets()
	values := make([]string, MaxSecrets)
	for i := range values {
		values[i] = strings.Repeat("a", 1900) + fmt.Sprintf("%06d", i)
	}
	secrets.Add(values...)
	text := strings.Repeat("a", 4096)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		secrets.Mask(text)
	}
}

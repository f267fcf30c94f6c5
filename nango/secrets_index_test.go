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
		same := &sameHead{}
		for _, value := range values {
			same.forms = append(same.forms, form{text: value})
		}
		same.sort()
		for range 50 {
			looked, want := text(0, 12), 0
			for _, value := range values {
				if strings.HasPrefix(looked, value) {
					want = max(want, len(value))
				}
			}
			if got, _ := same.longest(looked); len(got.text) != want {
				t.Fatalf("%q among %q: %d, want %d", looked, values, len(got.text), want)
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

func BenchmarkMaskKnown(b *testing.B) {
	for name, line := range map[string]string{
		"none": "lorem ipsum dolor sit amet, consectetur\n", "escapes": "GET https://x.example/a%20b/c%2Fd 200\n",
		"secrets": "a line with the value 00000000-secret-value-000000 in it\n", "base64": strings.Repeat("QmFzZTY0", 30) + "\n",
	} {
		for _, count := range []int{1, 100, MaxSecrets / 5} {
			b.Run(fmt.Sprint(name, count), func(b *testing.B) {
				secrets := NewSecrets()
				for i := range count {
					secrets.Add(fmt.Sprintf("%08x-secret-value-%06d", i*2654435761%(1<<32), i))
				}
				text := strings.Repeat(line, 5<<20/len(line))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					secrets.Mask(text)
				}
			})
		}
	}
}

func BenchmarkAddSecret(b *testing.B) {
	secrets := NewSecrets()
	for i := 0; b.Loop(); i++ {
		secrets.Add(fmt.Sprintf("%08x-secret-value-%06d", i*2654435761%(1<<32), i))
	}
}

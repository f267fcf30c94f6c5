package nango

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Bounds for remembered secrets. When one is reached, the oldest are forgotten.
const (
	// MinSecret is the minimum length of a remembered secret, in bytes. A shorter one would match parts of common
	// words.
	MinSecret      = 8
	MaxSecrets     = 2000    // the maximum number of remembered secrets, without the program's own keys
	MaxSecretBytes = 4 << 20 // their maximum total length
	// longestWord is the maximum length of a common word, in letters. Google's app passwords have sixteen.
	longestWord = 15
)

// Secrets is the set of secret values that the program has seen, so that they can be masked wherever they occur. It
// is safe for concurrent use. A nil Secrets masks by shape only.
type Secrets struct {
	mu     sync.Mutex
	kept   []secretForms // never forgotten
	values []secretForms // oldest first
	known  map[string]bool
	bytes  int
	index  atomic.Pointer[secretIndex]
}

// secretForms is a secret with all its forms.
type secretForms struct {
	value string
	forms []form
}

// NewSecrets returns an empty set.
func NewSecrets() *Secrets { return &Secrets{} }

// Keep remembers one of the program's own keys until the program ends. There is one per profile used, so no bound is
// needed.
func (s *Secrets) Keep(key Secret) {
	if s == nil || len(key) < MinSecret {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.ContainsFunc(s.kept, func(kept secretForms) bool { return kept.value == key.Reveal() }) {
		s.kept = append(s.kept, secretForms{key.Reveal(), formsOf(key.Reveal())})
		s.index.Store(nil)
	}
}

// addLikely is [Secrets.Add] for values that are secret only because of their place: environment variables, and
// values outside credentials whose key sounds like a secret. Common words, such as "production", are ignored, because
// they would be masked everywhere; in their own place they are masked all the same.
func (s *Secrets) addLikely(values ...string) {
	s.Add(slices.DeleteFunc(values, func(value string) bool { return isWord(value) || value == redacted })...)
}

// redacted is what Nango's logs have in place of a credential.
const redacted = "REDACTED"

// isWord reports whether a text is a common word: up to [longestWord] lower-case letters, the first of which may be
// upper case.
func isWord(text string) bool { return wordShape.MatchString(text) }

var wordShape = regexp.MustCompile(fmt.Sprintf(`^[A-Za-z][a-z]{0,%d}$`, longestWord-1))

// Add remembers values, so that they are masked in any letter case, and also as encoded in a URL, in JSON and in base64. Values
// shorter than [MinSecret] are ignored.
func (s *Secrets) Add(values ...string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range values {
		s.add(value)
	}
}

// indexed returns the index of all secrets. Adding secrets drops it, so that adding many doesn't make many.
func (s *Secrets) indexed() *secretIndex {
	if index := s.index.Load(); index != nil {
		return index
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	index := newSecretIndex(slices.Concat(s.kept, s.values))
	s.index.Store(index)
	return index
}

func (s *Secrets) add(value string) {
	if len(value) < MinSecret || len(value) > MaxSecretBytes || s.known[value] {
		return
	}
	if s.known == nil {
		s.known = map[string]bool{}
	}
	value = strings.Clone(value) // so that the whole response isn't kept in memory
	s.known[value] = true
	s.values = append(s.values, secretForms{value, formsOf(value)})
	s.bytes += len(value)
	for len(s.values) > MaxSecrets || s.bytes > MaxSecretBytes {
		s.bytes -= len(s.values[0].value)
		delete(s.known, s.values[0].value)
		s.values = s.values[1:]
	}
	s.index.Store(nil)
}

// Mask masks known values, everything shaped like a bearer token, a JWT or a session token, and values next to a name
// that sounds like a secret, in JSON or in a URL. A text without any is returned as it is, without a copy, because
// Mask is called for every cell.
func (s *Secrets) Mask(text string) string {
	if len(text) < MinSecret {
		return text
	}
	if s != nil {
		text = s.indexed().mask(text)
	}
	return maskNamed(maskShaped(text))
}

// Secret is a text that is never printed by accident: every format prints [Masked].
type Secret string

// Masked is shown in place of a secret.
const Masked = "••••••••"

// String returns [Masked].
func (Secret) String() string { return Masked }

// GoString returns [Masked].
func (Secret) GoString() string { return Masked }

// MarshalJSON encodes [Masked].
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + Masked + `"`), nil }

// Reveal returns the text itself, for the few places that need it: the Authorization header and the clipboard.
func (s Secret) Reveal() string { return string(s) }

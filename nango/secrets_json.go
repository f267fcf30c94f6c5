package nango

import (
	"encoding/json"
	"strings"
)

// place says where in a JSON text a value stands, as far as secrets are concerned.
type place int

const (
	inPlain       place = iota
	inCredentials       // every string but a few, by name
	inRaw               // the provider's own answer within credentials: hidden whole
	inSecret            // under a key that sounds like a secret
)

// MaskJSON hides the secrets of a JSON text by key: every string of "credentials" but type and expires_at, whatever stands under a
// key that sounds like a secret, and besides what [Secrets.Mask] hides. Everything else stays as it was written.
func (s *Secrets) MaskJSON(raw []byte) []byte { return s.maskJSON(raw, inPlain) }

// MaskCredentials is [Secrets.MaskJSON] for the credentials object itself.
func (s *Secrets) MaskCredentials(raw []byte) []byte { return s.maskJSON(raw, inCredentials) }

func (s *Secrets) maskJSON(raw []byte, at place) []byte {
	if !json.Valid(raw) {
		return []byte(s.Mask(string(raw)))
	}
	w := jsonWalk{in: raw, out: make([]byte, 0, len(raw)), text: func(at place, key, text string) (string, bool) {
		if hides(at, key, text) {
			return Masked, true
		}
		masked := s.Mask(text)
		return masked, masked != text
	}}
	w.value(at, "")
	return append(w.out, w.in[w.at:]...)
}

// learn remembers the secrets of a JSON text, by key.
func (s *Secrets) learn(raw []byte) {
	if s == nil || !json.Valid(raw) {
		return
	}
	var found []string
	w := jsonWalk{in: raw, text: func(at place, key, text string) (string, bool) {
		if hides(at, key, text) && !isPublicName(key) && (at != inRaw || soundsSecret(key)) {
			found = append(found, text)
		}
		return "", false
	}}
	w.value(inPlain, "")
	s.Add(found...)
}

// hides says whether a text is hidden for where it stands.
func hides(at place, key, text string) bool {
	switch at {
	case inPlain:
		return false
	case inCredentials:
		return !(key == "type" && outside(text, letters+digits+"_") == "" && len(text) <= 32 ||
			key == "expires_at" && !parseTime(text).IsZero())
	default:
		return true
	}
}

// inside is where a value stands that has this key in an object.
func (at place) inside(key string) place {
	switch {
	case at == inCredentials && key == "raw":
		return inRaw
	case at != inPlain:
		return at
	case key == "credentials":
		return inCredentials
	case soundsSecret(key):
		return inSecret
	}
	return inPlain
}

// isPublicName says whether a field of credentials is no secret, though it is hidden: its value may be a common word
// that must not be hidden wherever it turns up.
func isPublicName(key string) bool {
	switch key {
	case "username", "client_id", "user_id", "organization_id", "role_arn", "region", "service", "scopes", "app_id", "app_link", "installation_id", "scope":
		return true
	}
	return false
}

// secretWords make a key sound like a secret.
var secretWords = [...]string{
	"secret", "token", "password", "passphrase", "api_key", "apikey", "api-key", "private", "credential", "appkey",
	"authorization", "dev_key", "access_key", "signing_key", "session_id", "connect_link",
}

// soundsSecret says whether what stands under a key is likely a secret.
func soundsSecret(key string) bool {
	key = strings.ToLower(key)
	switch key {
	case "token_type", "token_url", "credentials_label", "preconfigured_credentials":
		return false // Nango's own names for what is no secret
	}
	for _, word := range secretWords {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}

// jsonWalk goes through a valid JSON text once and copies it, but for the strings that text replaces.
type jsonWalk struct {
	in   []byte
	at   int
	out  []byte
	text func(at place, key, text string) (replacement string, replaced bool)
}

// keep copies up to the position.
func (w *jsonWalk) keep(to int) {
	w.out = append(w.out, w.in[w.at:to]...)
	w.at = to
}

func (w *jsonWalk) space() {
	to := w.at
	for to < len(w.in) && (w.in[to] == ' ' || w.in[to] == '\n' || w.in[to] == '\t' || w.in[to] == '\r') {
		to++
	}
	w.keep(to)
}

func (w *jsonWalk) value(at place, key string) {
	w.space()
	switch w.in[w.at] {
	case '{':
		w.object(at)
	case '[':
		w.array(at, key)
	case '"':
		w.string(at, key)
	default:
		w.scalar(at)
	}
	w.space()
}

func (w *jsonWalk) object(at place) {
	w.keep(w.at + 1)
	for w.space(); w.in[w.at] != '}'; {
		if w.in[w.at] == ',' {
			w.keep(w.at + 1)
			w.space()
		}
		key := w.string(inPlain, "")
		w.space()
		w.keep(w.at + 1) // the colon
		w.value(at.inside(key), key)
	}
	w.keep(w.at + 1)
}

func (w *jsonWalk) array(at place, key string) {
	w.keep(w.at + 1)
	for w.space(); w.in[w.at] != ']'; {
		if w.in[w.at] == ',' {
			w.keep(w.at + 1)
		}
		w.value(at, key)
	}
	w.keep(w.at + 1)
}

// scalar copies a number, true, false or null. A long number in a secret's place is hidden.
func (w *jsonWalk) scalar(at place) {
	const longNumber = 6
	to := w.at
	for to < len(w.in) && !strings.ContainsRune(" \n\t\r,]}", rune(w.in[to])) {
		to++
	}
	if number := w.in[w.at] == '-' || w.in[w.at] <= '9'; at == inPlain || !number || to-w.at < longNumber {
		w.keep(to)
		return
	}
	if replacement, replaced := w.text(inSecret, "", string(w.in[w.at:to])); replaced {
		w.out = append(w.out, quoted(replacement)...)
		w.at = to
		return
	}
	w.keep(to)
}

// string copies a string or its replacement, and returns what it says.
func (w *jsonWalk) string(at place, key string) string {
	to, escaped := w.at+1, false
	for ; w.in[to] != '"'; to++ {
		if w.in[to] == '\\' {
			escaped = true
			to++
		}
	}
	to++
	said := string(w.in[w.at+1 : to-1])
	if escaped {
		// The text is valid JSON, so that this cannot fail.
		_ = json.Unmarshal(w.in[w.at:to], &said)
	}
	if replacement, replaced := w.text(at, key, said); replaced {
		w.out = append(w.out, quoted(replacement)...)
		w.at = to
		return said
	}
	w.keep(to)
	return said
}

// quoted is the text as a JSON string.
func quoted(text string) []byte {
	raw, err := json.Marshal(text)
	if err != nil {
		return []byte(`"` + Masked + `"`) // json.Marshal takes every string; were it otherwise, hide it
	}
	return raw
}

package nango

import (
	"bytes"
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

// MaskJSON hides the secrets of a JSON text by key: every string of "credentials" but type and expires_at,
// whatever stands under a key that sounds like a secret, and besides what [Secrets.Mask] hides. Everything
// else stays as it was written.
func (s *Secrets) MaskJSON(raw []byte) []byte { return maskJSON(raw, inPlain, s.Mask) }

// MaskJSONBy is [Secrets.MaskJSON] for who has but a function that masks what was seen; nil has seen nothing. It is given
// strings as they are meant, however they are escaped in the text.
func MaskJSONBy(raw []byte, seen func(string) string) []byte {
	var shapes *Secrets
	if seen == nil {
		return shapes.MaskJSON(raw)
	}
	return maskJSON(raw, inPlain, func(text string) string { return seen(shapes.Mask(text)) })
}

// MaskCredentials is [Secrets.MaskJSON] for the credentials object itself.
func (s *Secrets) MaskCredentials(raw []byte) []byte { return maskJSON(raw, inCredentials, s.Mask) }

func maskJSON(raw []byte, at place, mask func(string) string) []byte {
	if !json.Valid(raw) {
		return []byte(mask(string(raw)))
	}
	w := jsonWalk{in: raw, out: make([]byte, 0, len(raw)), replace: func(leaf jsonLeaf) ([]byte, bool) {
		if leaf.hidden() {
			return []byte(`"` + Masked + `"`), true
		}
		masked := mask(leaf.said)
		if masked == leaf.said {
			return nil, false
		}
		return encodedString(masked), true
	}}
	w.value(at, "")
	return append(w.out, w.in[w.at:]...)
}

// maxLearnt is how many secrets one text can bring, so that none drives out all others.
const maxLearnt = MaxSecrets / 4

// behindScheme is the token of "Bearer x" or "Basic x", or empty.
func behindScheme(value string) string {
	_, credentials, _ := strings.Cut(value, " ")
	if strings.Contains(credentials, " ") {
		return ""
	}
	return credentials
}

// learn remembers the secrets of a JSON text, by key: those of credentials whatever they are, others where they
// are no ordinary words.
func (s *Secrets) learn(raw []byte) {
	if s == nil || !json.Valid(raw) {
		return
	}
	var certain, likely []string
	w := jsonWalk{in: raw, replace: func(leaf jsonLeaf) ([]byte, bool) {
		switch {
		case len(certain)+len(likely) >= maxLearnt:
		case !leaf.hidden() || leaf.number || isPublicName(leaf.key) || leaf.at == inRaw && !soundsSecret(leaf.key):
		case leaf.at == inSecret:
			likely = append(likely, leaf.said, behindScheme(leaf.said))
		default:
			certain = append(certain, leaf.said)
		}
		return nil, false
	}}
	w.value(inPlain, "")
	s.Add(certain...)
	s.addLikely(likely...)
}

// hidden says whether a value is hidden for where it stands.
func (l jsonLeaf) hidden() bool {
	switch {
	case l.at == inPlain:
		return false
	case l.number:
		return len(l.said) >= longNumber
	case l.at == inCredentials:
		return !(l.key == "type" && outside(l.said, letters+digits+"_") == "" && len(l.said) <= 32 ||
			l.key == "expires_at" && !parseTime(l.said).IsZero())
	}
	return true
}

// longNumber is how many characters make a number in a secret's place a secret.
const longNumber = 6

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

// isPublicName says whether a field of credentials is no secret, though it is hidden: its value may be a
// common word that must not be hidden wherever it turns up.
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
	"authorization", "dev_key", "access_key", "accesskey", "dppkey", "signing_key", "hmac_key", "otlp_headers", "session_id", "connect_link",
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

// jsonWalk goes through a valid JSON text once and copies it, but for what is replaced.
type jsonWalk struct {
	in  []byte
	at  int
	out []byte
	// replace is asked about every string and number, keys as well, and answers with JSON.
	replace func(jsonLeaf) (replacement []byte, replaced bool)
}

// jsonLeaf is a string or a number of a JSON text.
type jsonLeaf struct {
	at place
	// key is that of the object in which it stands, or around the array; a key itself has none.
	key string
	// said is what the string says, or the digits.
	said string
	// raw is how it is written.
	raw    []byte
	number bool
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
		w.scalar(at, key)
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

// scalar copies a number or its replacement, or true, false or null.
func (w *jsonWalk) scalar(at place, key string) {
	to := w.at
	for to < len(w.in) && !strings.ContainsRune(" \n\t\r,]}", rune(w.in[to])) {
		to++
	}
	raw := w.in[w.at:to]
	if raw[0] != '-' && raw[0] > '9' {
		w.keep(to)
		return
	}
	w.put(jsonLeaf{at: at, key: key, said: string(raw), raw: raw, number: true})
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
	raw := w.in[w.at : to+1]
	said := string(raw[1 : len(raw)-1])
	if escaped {
		// The text is valid JSON, so that this cannot fail.
		_ = json.Unmarshal(raw, &said)
	}
	w.put(jsonLeaf{at: at, key: key, said: said, raw: raw})
	return said
}

// put copies the leaf that begins here, or writes its replacement.
func (w *jsonWalk) put(leaf jsonLeaf) {
	to := w.at + len(leaf.raw)
	replacement, replaced := w.replace(leaf)
	if !replaced {
		w.keep(to)
		return
	}
	w.out = append(w.out, replacement...)
	w.at = to
}

// encodedString is the text as a JSON string. HTML's characters stay as they are.
func encodedString(text string) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(text) != nil {
		return []byte(`"` + Masked + `"`) // every string can be encoded; were it otherwise, hide it
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}

package nango

import (
	"strings"

	"nango-tui/internal/jsontext"
)

// Places of a JSON text, as far as secrets are concerned.
const (
	inPlain       jsontext.Place = iota
	InCredentials                // in the credentials of a connection: every string but a few, by name
	inRaw                        // the provider's own response within credentials: all of it is hidden
	inSecret                     // under a key that sounds like a secret
)

// Policy returns what Nango's JSON holds of secrets: every string of "credentials" but type and expires_at, whatever stands
// under a key that sounds like a secret, what has the shape of a token, and what mask hides. A nil mask hides nothing more.
func Policy(mask func(string) string) jsontext.Policy {
	var shapes *Secrets
	if mask == nil {
		return secretPolicy{shapes.Mask}
	}
	return secretPolicy{func(text string) string { return mask(shapes.Mask(text)) }}
}

type secretPolicy struct{ mask func(string) string }

// Under returns the place of what stands under a key.
func (secretPolicy) Under(at jsontext.Place, key string) jsontext.Place {
	switch {
	case at == InCredentials && key == "raw":
		return inRaw
	case at != inPlain:
		return at
	case key == "credentials":
		return InCredentials
	case soundsSecret(key):
		return inSecret
	}
	return inPlain
}

// Policy is [Policy] with [Secrets.Mask].
func (s *Secrets) Policy() jsontext.Policy { return secretPolicy{s.Mask} }

// SoundsSecret says whether what stands under a key is hidden for the key.
func SoundsSecret(key string) bool { return secretPolicy{}.Under(inPlain, key) != inPlain }

// Show hides a value for its place, or what the mask finds in it.
func (p secretPolicy) Show(s jsontext.Scalar) string {
	if isHidden(s) {
		return Masked
	}
	return p.mask(s.Text)
}

// isHidden says whether a value is hidden for its place.
func isHidden(s jsontext.Scalar) bool {
	switch {
	case s.Kind == jsontext.Nested:
		return true
	case s.Kind == jsontext.Name, s.Place == inPlain:
		return false
	case s.Kind == jsontext.Number:
		return len(s.Text) >= longNumber
	case s.Place == InCredentials:
		return !(s.Name == "type" && outside(s.Text, letters+digits+"_") == "" && len(s.Text) <= 32 ||
			s.Name == "expires_at" && !parseTime(s.Text).IsZero())
	}
	return true
}

// longNumber is how many characters make a number in a secret's place a secret.
const longNumber = 6

// MaskJSON hides the secrets of a JSON text by [Policy] and what [Secrets.Mask] hides. Everything else stays as it is written.
func (s *Secrets) MaskJSON(raw []byte) []byte { return redact(raw, inPlain, s.Policy()) }

// MaskJSONBy is [Secrets.MaskJSON] with a function that masks; nil masks nothing besides.
func MaskJSONBy(raw []byte, mask func(string) string) []byte {
	return redact(raw, inPlain, Policy(mask))
}

func redact(raw []byte, at jsontext.Place, policy jsontext.Policy) []byte {
	return []byte(jsontext.NewRedactor(policy).Redact(string(raw), at))
}

// MaskAt is [Secrets.MaskJSON] for a string value of a JSON text: the path leads to it from the root. Steps that are numbers
// are elements of arrays.
func (s *Secrets) MaskAt(path []string, value string) string {
	policy, leaf := secretPolicy{s.Mask}, jsontext.Scalar{Kind: jsontext.String, Text: value}
	for _, name := range path {
		if name != "" && strings.Trim(name, digits) == "" {
			continue
		}
		leaf.Place, leaf.Name = policy.Under(leaf.Place, name), name
	}
	return jsontext.NewRedactor(policy).Show(leaf)
}

// maxLearned is how many secrets one text can add, so that none replaces all others.
const maxLearned = MaxSecrets / 4

// learn remembers the secrets of a JSON text, by key: those of credentials whatever they are, others where they are no
// ordinary words.
func (s *Secrets) learn(raw []byte) {
	if text := string(raw); s != nil && jsontext.Valid(text) {
		s.learnText(text)
	}
}

func (s *Secrets) learnText(text string) {
	var certain, likely []string
	places := jsontext.NewRedactor(secretPolicy{func(text string) string { return text }})
	for leaf := range places.Scalars(text, inPlain) {
		switch {
		case leaf.Kind != jsontext.String || !isHidden(leaf) || isPublicName(leaf.Name) || leaf.Place == inRaw && !soundsSecret(leaf.Name):
			continue
		case leaf.Place == inSecret:
			likely = append(likely, leaf.Text, withoutScheme(leaf.Text))
		default:
			certain = append(certain, leaf.Text)
		}
		if len(certain)+len(likely) >= maxLearned {
			break
		}
	}
	s.Add(certain...)
	s.addLikely(likely...)
}

// withoutScheme is the token of "Bearer x" or "Basic x", or empty.
func withoutScheme(value string) string {
	_, credentials, _ := strings.Cut(value, " ")
	if strings.Contains(credentials, " ") {
		return ""
	}
	return credentials
}

// isPublicName says whether a field of credentials is no secret, though it is hidden: its value may be a common word that
// must not be hidden everywhere.
func isPublicName(key string) bool {
	switch key {
	case "username", "client_id", "user_id", "organization_id", "role_arn", "region", "service", "scopes", "scope", "app_id", "app_link",
		"installation_id":
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

package nango

import (
	"slices"
	"strings"

	"nango-tui/internal/jsontext"
)

// Places in a JSON text that matter for secrets.
const (
	inPlain       jsontext.Place = iota
	InCredentials                // in a connection's credentials: every string is secret, except a few by name
	inRaw                        // the provider's own response in credentials: everything is secret
	inSecret                     // under a key that sounds like a secret
)

// Policy returns the rules for secrets in Nango's JSON: every string of "credentials" except type and expires_at,
// everything under a key that sounds like a secret, everything shaped like a token, and whatever mask masks. A nil
// mask adds nothing.
func Policy(mask func(string) string) jsontext.Policy {
	var shapes *Secrets
	if mask == nil {
		return secretPolicy{shapes.Mask}
	}
	return secretPolicy{func(text string) string { return mask(shapes.Mask(text)) }}
}

type secretPolicy struct{ mask func(string) string }

// Under returns the place of the value of a key.
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

// Policy is the function [Policy] with [Secrets.Mask].
func (s *Secrets) Policy() jsontext.Policy { return secretPolicy{s.Mask} }

// inputPolicy is the policy for credentials that the user typed: what is no secret in them is shown, as it was in the form.
type inputPolicy struct{ secretPolicy }

// Show shows the public fields of credentials.
func (p inputPolicy) Show(s jsontext.Scalar) string {
	if s.Place == InCredentials && s.Kind == jsontext.String && slices.Contains(publicNames, s.Name) {
		return p.mask(s.Text)
	}
	return p.secretPolicy.Show(s)
}

// SoundsSecret reports whether a key alone makes its value a secret.
func SoundsSecret(key string) bool { return secretPolicy{}.Under(inPlain, key) != inPlain }

// Show masks a value because of its place, or the parts of it that the mask finds.
func (p secretPolicy) Show(s jsontext.Scalar) string {
	if isHidden(s) {
		return Masked
	}
	return p.mask(s.Text)
}

// isHidden reports whether a value is masked because of its place.
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

// longNumber is the minimum length of a number that counts as a secret in a secret place, in characters.
const longNumber = 6

// MaskJSON masks the secrets of a JSON text by [Policy] and [Secrets.Mask]. Everything else is unchanged.
func (s *Secrets) MaskJSON(raw []byte) []byte { return redact(raw, inPlain, s.Policy()) }

// MaskJSONBy is [Secrets.MaskJSON] with a function that masks. Nil adds nothing.
func MaskJSONBy(raw []byte, mask func(string) string) []byte {
	return redact(raw, inPlain, Policy(mask))
}

func redact(raw []byte, at jsontext.Place, policy jsontext.Policy) []byte {
	return []byte(jsontext.NewRedactor(policy).Redact(string(raw), at))
}

// MaskAt is [Secrets.MaskJSON] for one string value, given by its path from the root. Numeric steps are array
// elements.
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

// maxLearned is how many secrets one text can add, so that it can't evict all others.
const maxLearned = MaxSecrets / 4

// learn remembers the secrets of a JSON text: all those in credentials, others unless they are common words.
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
		case leaf.Kind != jsontext.String || !isHidden(leaf) || slices.Contains(publicNames, leaf.Name),
			leaf.Place == inRaw && !soundsSecret(leaf.Name):
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

// withoutScheme returns the token of "Bearer x" or "Basic x", or an empty string.
func withoutScheme(value string) string {
	_, credentials, _ := strings.Cut(value, " ")
	if strings.Contains(credentials, " ") {
		return ""
	}
	return credentials
}

// publicNames are fields of credentials that are no secrets. In responses they are masked all the same, because providers differ;
// but their values may be common words, which must not be masked everywhere.
var publicNames = []string{"username", "client_id", "user_id", "organization_id", "role_arn", "region", "service", "scopes", "scope",
	"app_id", "app_link", "installation_id"}

// secretWords are the words by which a key sounds like a secret.
var secretWords = []string{
	"secret", "token", "password", "passphrase", "api_key", "apikey", "api-key", "private", "credential", "appkey",
	"authorization", "dev_key", "access_key", "accesskey", "dppkey", "signing_key", "hmac_key", "otlp_headers", "session_id", "connect_link",
}

// soundsSecret reports whether the value of a key is likely a secret.
func soundsSecret(key string) bool {
	key = strings.ToLower(key)
	switch key {
	case "token_type", "token_url", "credentials_label", "preconfigured_credentials":
		return false // Nango's own names of values that are not secret
	}
	return slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(key, word) })
}

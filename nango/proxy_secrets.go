package nango

import (
	"net/http"
	"net/url"
	"strings"
)

// learnCall remembers what a call sends of secrets, before anything of it is noted.
func (s *Secrets) learnCall(call Call) {
	s.Add(call.Token.Reveal())
	s.learn(call.Body)
	if !call.Operation.isProxied() {
		return
	}
	s.learnHeader(call.Header)
	_, query, _ := strings.Cut(call.Target, "?")
	s.learnPairs(query)
	if strings.HasPrefix(call.ContentType, formMedia) {
		s.learnPairs(string(call.Body))
	}
}

const formMedia = "application/x-www-form-urlencoded"

// learnPairs remembers the values of a query or a form that stand under a name that sounds like a secret.
func (s *Secrets) learnPairs(pairs string) {
	values, _ := url.ParseQuery(pairs) // what is malformed is left out
	for name, all := range values {
		if soundsSecret(name) {
			s.addLikely(all...)
		}
	}
}

// learnHeader remembers the values of headers that sound like a secret: whole, and without the word before them.
func (s *Secrets) learnHeader(header http.Header) {
	for name, values := range header {
		if !secretHeader(name) {
			continue
		}
		for _, value := range values {
			s.addLikely(value, withoutScheme(value))
		}
	}
}

// secretHeader says whether the values of a header are hidden.
func secretHeader(name string) bool {
	name = strings.ToLower(name)
	return soundsSecret(name) || strings.HasSuffix(name, "cookie")
}

// MaskHeader hides the values of headers that sound like a secret, and what [Secrets.Mask] hides in others.
func (s *Secrets) MaskHeader(name, value string) string {
	if secretHeader(name) {
		return Masked
	}
	return s.Mask(value)
}

// maskTarget hides secrets in path and query of a proxied request: what was seen, and what a name announces.
func (s *Secrets) maskTarget(target string) string {
	path, query, found := strings.Cut(target, "?")
	if !found {
		return s.Mask(path)
	}
	return s.Mask(path) + "?" + s.maskPairs(query)
}

// maskPairs hides secrets in a query or a form.
func (s *Secrets) maskPairs(text string) string {
	pairs := strings.Split(text, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); value != "" && (err != nil || soundsSecret(plain)) {
			pairs[i] = s.Mask(name) + "=" + Masked
		} else {
			pairs[i] = s.Mask(pair)
		}
	}
	return strings.Join(pairs, "&")
}

// MaskBody is the body of a call without secrets: those that were seen, and what a name announces in JSON or a form.
func (s *Secrets) MaskBody(call Call) []byte {
	if strings.HasPrefix(call.ContentType, formMedia) {
		return []byte(s.maskPairs(string(call.Body)))
	}
	return s.MaskJSON(call.Body)
}

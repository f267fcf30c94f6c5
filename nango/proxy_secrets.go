package nango

import (
	"net/http"
	"net/url"
	"strings"
)

// learnCall remembers the secrets in a call before any of it is logged.
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

// learnPairs remembers the values of a query or a form whose names sound like secrets.
func (s *Secrets) learnPairs(pairs string) {
	values, _ := url.ParseQuery(pairs) // malformed pairs are ignored
	for name, all := range values {
		if soundsSecret(name) {
			s.addLikely(all...)
		}
	}
}

// learnHeader remembers the values of headers that sound like secrets: the whole value, and without its scheme.
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

// secretHeader reports whether the values of a header are masked.
func secretHeader(name string) bool {
	name = strings.ToLower(name)
	return soundsSecret(name) || strings.HasSuffix(name, "cookie")
}

// MaskHeader masks the values of headers that sound like secrets, and whatever [Secrets.Mask] masks in others.
func (s *Secrets) MaskHeader(name, value string) string {
	if secretHeader(name) {
		return Masked
	}
	return s.Mask(value)
}

// maskTarget masks secrets in the path and query of a proxied request: known values, and those whose names sound like
// secrets.
func (s *Secrets) maskTarget(target string) string {
	path, query, found := strings.Cut(target, "?")
	if !found {
		return s.Mask(path)
	}
	return s.Mask(path) + "?" + s.maskPairs(query)
}

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

// MaskBody returns the body of a call with secrets masked: known values, and those whose names sound like secrets in
// JSON or a form. What identifies an app or a user in credentials to send is shown, as it is where it was typed.
func (s *Secrets) MaskBody(call Call) []byte {
	if strings.HasPrefix(call.ContentType, formMedia) {
		return []byte(s.maskPairs(string(call.Body)))
	}
	switch call.Operation {
	case OpIntegrationCreate, OpIntegrationUpdate, OpConnectionUpsert:
		return redact(call.Body, inPlain, inputPolicy{secretPolicy{s.Mask}})
	}
	return s.MaskJSON(call.Body)
}

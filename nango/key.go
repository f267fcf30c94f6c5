package nango

import (
	"errors"
	"regexp"
	"strings"
)

// keyShape is that of an API key: a UUID of version 4. Nango refuses every other text with 401 before it looks
// whose it is.
var keyShape = regexp.MustCompile(`^(?i)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// sessionTokenPrefix begins a connect session token; 64 hexadecimal digits follow.
const sessionTokenPrefix = "nango_connect_session_"

var sessionTokenShape = regexp.MustCompile(`^` + sessionTokenPrefix + `[0-9a-f]{64}$`)

// Errors of a key. None of them holds the key.
var (
	ErrNoKey        = errors.New("there is no API key")
	ErrMalformedKey = errors.New("the API key is not one of Nango's: it must be a UUID of version 4, such as 00000000-0000-4000-8000-000000000000")
	ErrSessionToken = errors.New("this is a connect session token, not an API key")
	errNoToken      = errors.New("this is not a connect session token")
)

// CheckKey says whether a text can be an API key, before anything is sent.
func CheckKey(key Secret) error {
	switch {
	case key == "":
		return ErrNoKey
	case strings.HasPrefix(key.Reveal(), sessionTokenPrefix):
		return ErrSessionToken
	case !keyShape.MatchString(key.Reveal()):
		return ErrMalformedKey
	}
	return nil
}

// CheckSessionToken says whether a text can be a connect session token.
func CheckSessionToken(token Secret) error {
	if !sessionTokenShape.MatchString(token.Reveal()) {
		return errNoToken
	}
	return nil
}

package nango

import (
	"errors"
	"regexp"
	"strings"
)

// keyShape matches an API key: a version 4 UUID. Nango refuses any other text with 401 before looking it up.
var keyShape = regexp.MustCompile(`^(?i)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// sessionTokenPrefix is the prefix of a connect session token; 64 hexadecimal digits follow.
const sessionTokenPrefix = "nango_connect_session_"

var sessionTokenShape = regexp.MustCompile(`^` + sessionTokenPrefix + `[0-9a-f]{64}$`)

// Errors about a key. They never contain the key.
var (
	ErrNoKey        = errors.New("there is no API key")
	ErrMalformedKey = errors.New("this is not a Nango API key, which is a UUID such as 00000000-0000-4000-8000-000000000000")
	ErrSessionToken = errors.New("this is a connect session token, not an API key")
	errNoToken      = errors.New("this is not a connect session token")
)

// CheckKey returns an error if the text can't be an API key.
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

// CheckSessionToken returns an error if the text can't be a connect session token.
func CheckSessionToken(token Secret) error {
	if !sessionTokenShape.MatchString(token.Reveal()) {
		return errNoToken
	}
	return nil
}

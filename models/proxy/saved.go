package proxy

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/nango"
)

// Bounds of the requests that are kept.
const (
	// MaxKept is how many there may be, and MaxKeptFile how long the file of them is, in bytes.
	maxSaved     = 500
	maxSavedFile = 4 << 20
	// MaxKeptName is the length of a name, in characters.
	maxSavedName = 60
	// MaxKeptBody is the length of a body, in bytes. A longer one belongs into a file of its own.
	maxSavedBody = 256 << 10
)

// Kept is a proxied request that the user saved under a unique name, without secrets. Connection.Integration may be deleted by
// now, and Connection.ID is the connection that it was last sent to; empty if the user chooses one each time.
type SavedRequest struct {
	Name string
	nango.ProxyRequest
}

// Check says whether a request can be kept. It must hold no secret: nothing that its name or its shape gives away, and
// nothing that clean refuses, which says whether a text is free of secrets that the program has seen; nil knows of none.
// The error names the place, never the value.
func (k SavedRequest) Validate(clean func(string) bool) error {
	if err := checkSavedName(k.Name); err != nil {
		return err
	}
	if err := k.validateTexts(); err != nil {
		return err
	}
	if len(k.Body.Data) > maxSavedBody {
		return fmt.Errorf("a body of more than %d KB is not kept", maxSavedBody>>10)
	}
	for _, check := range []func() error{k.validateHeaders, k.validateQuery, k.validateBody} {
		if err := check(); err != nil {
			return err
		}
	}
	for _, p := range k.texts() {
		if clean != nil && !clean(p.text) {
			return fmt.Errorf("%s holds a secret that this program has seen, and is not kept", p.name)
		}
	}
	return nil
}

// CheckKeptName says whether a text can be the name of a kept request.
func checkSavedName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("a kept request needs a name")
	case utf8.RuneCountInString(name) > maxSavedName:
		return fmt.Errorf("the name has more than %d characters", maxSavedName)
	case name != strings.TrimSpace(name):
		return errors.New("the name begins or ends with a space")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("the name holds a character that cannot be seen")
	}
	return nil
}

// place is a text of a kept request, and where it stands.
type namedText struct{ name, text string }

// places are all texts of the request.
func (k SavedRequest) texts() []namedText {
	all := []namedText{
		{"the name", k.Name}, {"the integration", k.Connection.Integration}, {"the connection", k.Connection.ID}, {"the method", k.Method}, {"the path", k.Path},
		{"the query", k.Query}, {"the type of the body", k.Body.Type}, {"the body", string(k.Body.Data)}, {"the base URL", k.BaseURL},
	}
	for _, header := range k.Headers {
		all = append(all, namedText{"the name of a header", header.Name}, namedText{"the header " + header.Name, header.Value})
	}
	return all
}

// checkTexts refuses what is no text, which the file could not hold.
func (k SavedRequest) validateTexts() error {
	for _, p := range k.texts() {
		if !utf8.ValidString(p.text) || strings.ContainsFunc(p.text, isForbiddenControl) {
			return fmt.Errorf("%s is no plain text, and is not kept", p.name)
		}
	}
	if k.Connection.Integration == "" {
		return errors.New("a kept request needs an integration")
	}
	if operationOf(k.Method) == "" {
		return errors.New("a kept request needs a method: GET, POST, PUT, PATCH or DELETE")
	}
	return nil
}

// isControl says whether a character is one that a file of text does not hold.
func isForbiddenControl(r rune) bool {
	return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r", r)
}

// shapes knows secrets by their name and their shape alone.
var shapes *nango.Secrets

// reference is a value that names a field of the connection, which Nango puts in its place: no secret itself.
var templateValue = regexp.MustCompile(`^(?:[A-Za-z]+ )?\$\{[A-Za-z0-9_.]+\}$`)

func (k SavedRequest) validateHeaders() error {
	for _, header := range k.Headers {
		if shapes.MaskHeader(header.Name, header.Value) != header.Value && !templateValue.MatchString(header.Value) {
			return fmt.Errorf("the header %s sounds like a secret, and is not kept: Nango adds the credentials of the connection", header.Name)
		}
	}
	return nil
}

// checkQuery looks into the query, which may stand behind the path as well, and into both for what has the shape of a
// secret.
func (k SavedRequest) validateQuery() error {
	for _, text := range []string{k.Path, k.Query, k.BaseURL} {
		before, query, found := strings.Cut(text, "?")
		if !found && text == k.Query {
			before, query = "", text
		}
		if name, secret := secretParameter(query); secret {
			return fmt.Errorf("the parameter %s sounds like a secret, and is not kept: Nango adds the credentials of the connection", name)
		}
		if shapes.Mask(before) != before || shapes.Mask(query) != query {
			return errors.New("the path or the query holds what looks like a token, and is not kept")
		}
	}
	return nil
}

// secretPair is the name of the first pair of a query or a form that sounds like a secret.
func secretParameter(pairs string) (name string, secret bool) {
	for pair := range strings.SplitSeq(pairs, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		if value != "" && !templateValue.MatchString(value) && shapes.MaskAt([]string{name}, value) != value {
			return name, true
		}
	}
	return "", false
}

func (k SavedRequest) validateBody() error {
	if strings.HasPrefix(k.Body.Type, "application/x-www-form-urlencoded") {
		if name, secret := secretParameter(string(k.Body.Data)); secret {
			return fmt.Errorf("the field %s of the body sounds like a secret, and is not kept", name)
		}
	}
	if !bytes.Equal(shapes.MaskJSON(k.Body.Data), k.Body.Data) {
		return errors.New("the body holds what sounds or looks like a secret, and is not kept")
	}
	return nil
}

package proxy

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Bounds of saved requests.
const (
	// maxSaved is their number, and maxSavedFile the size of their file in bytes.
	maxSaved     = 500
	maxSavedFile = 4 << 20
	// maxSavedName is the length of a name in characters.
	maxSavedName = 60
	// maxSavedBody is the size of a body in bytes. A longer one belongs in a file of its own.
	maxSavedBody = 256 << 10
	// maxSavedHeaders and maxSavedStatuses are how many headers and statuses to retry on a request can have.
	maxSavedHeaders  = 100
	maxSavedStatuses = 500
)

// SavedRequest is a proxied request that the user saved under a unique name, without secrets. Its integration may have been
// deleted. Connection.ID is the connection that it was last sent to; empty if the user chooses one each time.
type SavedRequest struct {
	Name string
	nango.ProxyRequest
}

// Validate returns an error if the request can't be saved. It must not contain a secret: neither by name or shape, nor one
// that isClean rejects; nil accepts all. The error names the place, never the value.
func (k SavedRequest) Validate(isClean func(string) bool) error {
	known := func() error {
		for _, p := range k.texts() {
			if isClean != nil && !isClean(p.text) {
				return fmt.Errorf(textKnownSecret, p.name)
			}
		}
		return nil
	}
	for _, check := range []func() error{k.validateTexts, k.validateSizes, k.validateHeaders, k.validateQuery, k.validateBody, known} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func checkSavedName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New(textNeedsName)
	case utf8.RuneCountInString(name) > maxSavedName:
		return fmt.Errorf(textNameTooLong, maxSavedName)
	case name != strings.TrimSpace(name):
		return errors.New(textNameSpaces)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New(textNameInvisible)
	}
	return nil
}

// namedText is a text of a saved request with the name of its place.
type namedText struct{ name, text string }

func (k SavedRequest) texts() []namedText {
	all := []namedText{
		{"the name", k.Name}, {"the integration", k.Connection.Integration}, {"the connection", k.Connection.ID},
		{"the method", k.Method}, {"the path", k.Path},
		{"the query", k.Query}, {"the type of the body", k.Body.Type}, {"the body", string(k.Body.Data)}, {"the base URL", k.BaseURL},
	}
	for _, header := range k.Headers {
		all = append(all, namedText{"the name of a header", header.Name}, namedText{"the header " + header.Name, header.Value})
	}
	return all
}

// validateTexts rejects what the file can't contain, and what a request needs and doesn't have.
func (k SavedRequest) validateTexts() error {
	if err := checkSavedName(k.Name); err != nil {
		return err
	}
	for _, p := range k.texts() {
		control := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r", r) }
		if !utf8.ValidString(p.text) || strings.ContainsFunc(p.text, control) {
			return fmt.Errorf(textNotPlain, p.name)
		}
	}
	switch {
	case k.Connection.Integration == "":
		return errors.New(textNeedsIntegration)
	case operationOf(k.Method) == "":
		return errors.New(textNeedsMethod)
	}
	return nil
}

func (k SavedRequest) validateSizes() error {
	switch {
	case len(k.Body.Data) > maxSavedBody:
		return fmt.Errorf(textBodyTooLong, maxSavedBody>>10)
	case len(k.Headers) > maxSavedHeaders:
		return fmt.Errorf(textTooManyHeaders, maxSavedHeaders)
	case len(k.RetryOn) > maxSavedStatuses:
		return fmt.Errorf(textTooManyStatuses, maxSavedStatuses)
	}
	return nil
}

// shapes finds secrets by name and shape only.
var shapes *nango.Secrets

// templateValue matches a placeholder for a field of the connection, which is not a secret itself.
var templateValue = regexp.MustCompile(`^(?:[A-Za-z]+ )?\$\{[A-Za-z0-9_.]+\}$`)

func (k SavedRequest) validateHeaders() error {
	for _, header := range k.Headers {
		if shapes.MaskHeader(header.Name, header.Value) != header.Value && !templateValue.MatchString(header.Value) {
			return fmt.Errorf(textSecretHeader, header.Name)
		}
	}
	return nil
}

// validateQuery checks the query, which may also be part of the path, and the path and base URL for tokens.
func (k SavedRequest) validateQuery() error {
	for _, text := range []string{k.Path, k.Query, k.BaseURL} {
		before, query, found := strings.Cut(text, "?")
		if !found && text == k.Query {
			before, query = "", text
		}
		if name, secret := secretParameter(query); secret {
			return fmt.Errorf(textSecretParameter, name)
		}
		if shapes.Mask(before) != before || shapes.Mask(query) != query {
			return errors.New(textSecretPath)
		}
	}
	return nil
}

// secretParameter returns the name of the first parameter of a query or form that looks like a secret.
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
			return fmt.Errorf(textSecretField, name)
		}
	}
	if !bytes.Equal(shapes.MaskJSON(k.Body.Data), k.Body.Data) {
		return errors.New(textSecretBody)
	}
	return nil
}

// loadSaved reads the saved requests; none if there is no file.
func loadSaved(tools screen.Tools) ([]SavedRequest, error) {
	data, err := tools.Files.ReadOwn(screen.SavedRequests)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseSaved(data)
}

// updateSaved reads the saved requests, changes and writes them. Another program may have changed them since they were shown.
func updateSaved(tools screen.Tools, change func([]SavedRequest) ([]SavedRequest, error)) ([]SavedRequest, error) {
	var all []SavedRequest
	err := tools.Files.UpdateOwn(screen.SavedRequests, func(old []byte) (_ []byte, err error) {
		if old != nil {
			all, err = parseSaved(old)
		}
		if err == nil {
			all, err = change(all)
		}
		if err != nil {
			return nil, err
		}
		return formatSaved(all, func(text string) bool { return tools.Mask(text) == text })
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func indexOfSaved(all []SavedRequest, name string) int {
	return slices.IndexFunc(all, func(k SavedRequest) bool { return k.Name == name })
}

// requestFor returns the request for a connection, of its own or another integration.
func (k SavedRequest) requestFor(ref nango.ConnectionRef) nango.ProxyRequest {
	p := k.ProxyRequest
	p.Connection = ref
	if len(p.Body.Data) == 0 {
		p.Body = nango.ProxyBody{}
	}
	return p
}

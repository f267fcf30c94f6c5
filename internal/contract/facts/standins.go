package facts

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
)

var email = regexp.MustCompile(`[\w.+-]+@[\w-]+(\.[\w-]+)+`)

// reserved matches domains that are reserved for examples and tests.
var reserved = regexp.MustCompile(`(?i)[.@]example(\.(com|org|net))?$|\.(test|invalid|localhost)$`)

// OfAll returns the facts of recordings of one server. The same e-mail address has the same stand-in everywhere, so that a
// response that repeats one of the request still does.
func OfAll(recordings []Exchange, server string) []Case {
	var cases []Case
	for _, e := range recordings {
		cases = append(cases, Of(withStandIns(e), server))
	}
	return cases
}

func withStandIns(e Exchange) Exchange {
	e.Request.Path, e.Request.Query = standIn(e.Request.Path), standIn(e.Request.Query)
	e.Request.Body, e.Response.Body = []byte(standIn(string(e.Request.Body))), []byte(standIn(string(e.Response.Body)))
	headers := map[string]string{}
	for name, value := range e.Request.Headers {
		headers[name] = standIn(value)
	}
	e.Request.Headers = headers
	if string(e.Request.Body) == "null" {
		e.Request.Body = nil
	}
	return e
}

func standIn(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	return email.ReplaceAllStringFunc(text, func(address string) string {
		if reserved.MatchString(address) {
			return address
		}
		return fmt.Sprintf("person-%.4x@example.com", sha256.Sum256([]byte(address)))
	})
}

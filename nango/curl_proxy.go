package nango

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// ownHeader adds a header of the operation; a secret value becomes a variable. curl drops a header without a value
// unless it ends in a semicolon.
func (l *curlLine) ownHeader(name, value string) {
	switch {
	case value == "":
		l.header(name + ";")
	case l.secrets.MaskHeader(name, value) == value:
		l.header(name + ": " + value)
	default:
		variable := l.variables[l.variable(strings.TrimPrefix(name, "Nango-Proxy-"), value)]
		l.header(name + ": ")
		l.out.WriteString(`"$` + variable.Name + `"`)
	}
}

// data adds the body. JSON and forms have their secrets as variables. A body that doesn't fit on a command line, or
// that contains a secret without a telling key, is read from standard input.
func (l *curlLine) data(call Call) {
	quotedBody, fits := "", false
	switch text := string(call.Body); {
	case call.contentType() == jsonMedia && jsontext.Valid(text):
		quotedBody, fits = l.body(text), true
	case strings.ContainsFunc(text, isControl) || !utf8.ValidString(text):
	case strings.HasPrefix(call.ContentType, formMedia):
		quotedBody, fits = l.form(text)
	default:
		quotedBody, fits = shellQuoted(text), bytes.Equal(l.secrets.MaskJSON(call.Body), call.Body)
	}
	if !fits {
		l.input = call.Body
		l.words("--data-binary", "@-")
		return
	}
	l.out.WriteString(" --data-raw ")
	l.out.WriteString(quotedBody)
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// form quotes a form body. Values whose names sound like a secret become variables.
func (l *curlLine) form(text string) (quotedBody string, fits bool) {
	pairs, before := strings.Split(text, "&"), len(l.variables)
	marked := make([]string, len(pairs))
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		marked[i] = pair
		if plain, err := url.QueryUnescape(name); value != "" && (err != nil || soundsSecret(plain)) {
			marked[i] = name + "=" + curlMark(l.variable(plain, value))
		}
	}
	whole := strings.Join(marked, "&")
	if l.secrets.Mask(whole) != whole {
		l.variables = l.variables[:before]
		return "", false
	}
	return l.unmarked(shellQuoted(whole)), true
}

// unmarked replaces the markers by variables.
func (l *curlLine) unmarked(quotedBody string) string {
	for i, variable := range l.variables {
		quotedBody = strings.ReplaceAll(quotedBody, curlMark(i), `'"$`+variable.Name+`"'`)
	}
	return quotedBody
}

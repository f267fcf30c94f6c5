package nango

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// ownHeader writes a header of the operation; a value that is secret becomes a variable. curl takes a header without a
// value for one to leave out, unless it ends in a semicolon.
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

// data writes the body: JSON and forms with their secrets as variables, other text as it is. What does not fit into
// a line, or holds a secret that no key announces, is read from standard input.
func (l *curlLine) data(call Call) {
	quotedBody, fits := "", false
	switch text := string(call.Body); {
	case call.contentType() == jsonMedia && jsontext.Valid(text):
		quotedBody, fits = l.body(text), true
	case strings.ContainsFunc(text, isControl) || !utf8.ValidString(text):
	case strings.HasPrefix(call.ContentType, formMedia):
		quotedBody, fits = l.form(text)
	default:
		quotedBody, fits = shellQuoted(text), l.secrets.Mask(text) == text
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

// form quotes a form, with every value under a name that sounds like a secret as a variable.
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

// unmarked puts the variables in place of their marks.
func (l *curlLine) unmarked(quotedBody string) string {
	for i, variable := range l.variables {
		quotedBody = strings.ReplaceAll(quotedBody, curlMark(i), `'"$`+variable.Name+`"'`)
	}
	return quotedBody
}

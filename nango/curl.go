package nango

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// CurlLine is a request as a curl command for a POSIX shell, without its secrets.
type CurlLine struct {
	Line      string         // the command, with arguments in single quotes and secrets as variables
	Variables []CurlVariable // must be set for the command to work
	// Input is what the command reads from standard input: a body that can't be part of a command line. Nil if there
	// is none.
	Input []byte
}

// CurlVariable is a variable of a [CurlLine].
type CurlVariable struct {
	Name string // the variable's name, without the dollar sign
	// Value is the value to set. For a string in a JSON body, it is the escaped text between the quotes.
	Value Secret
}

// Variables for the credentials of a request.
const (
	CurlKeyVariable   = "NANGO_API_KEY"
	CurlTokenVariable = "NANGO_CONNECT_SESSION_TOKEN"
)

// curlURLVariable is the variable for a URL that contains a known secret.
const curlURLVariable = "SECRET_URL"

// Curl is [Secrets.Curl] without known secrets.
func Curl(call Call, host string) CurlLine { return (*Secrets)(nil).Curl(call, host) }

// Curl formats a call as a curl command. The API key becomes a variable without a value; other secrets become
// variables with their value.
func (s *Secrets) Curl(call Call, host string) CurlLine { return s.CurlLogs(call, host, "") }

// CurlLogs is [Secrets.Curl] for a profile that names the address of the logs. Only calls of the log tools are sent there.
func (s *Secrets) CurlLogs(call Call, host, logs string) CurlLine {
	if own, err := ParseHost(host); err == nil && call.Operation.ofLogs() {
		if address, name, err := logsAddress(own, logs); err == nil {
			host = address.String()
			put(call.setHeader, "Host", name)
		}
	}
	line := &curlLine{secrets: s, used: map[string]bool{}}
	// -g: tag filters contain brackets, which curl would treat as a range.
	line.out.WriteString("curl")
	line.words("-sS", "-g", "-X", call.Method)
	if parsed, err := ParseHost(host); err == nil && parsed.IsLoopback() {
		line.words("--noproxy", "*") // as the client does: the key must not go to a proxy
	}
	line.url(call, host)
	line.authorization(call.Token)
	for _, name := range sortedKeys(call.Header) {
		for _, value := range call.Header[name] {
			line.ownHeader(http.CanonicalHeaderKey(name), value)
		}
	}
	if call.Header.Get("Accept") == "" {
		line.header("Accept: " + jsonMedia)
	}
	if call.Body != nil {
		line.header("Content-Type: " + call.contentType())
		line.data(call)
	}
	return CurlLine{Line: line.out.String(), Variables: line.variables, Input: line.input}
}

type curlLine struct {
	secrets   *Secrets
	out       strings.Builder
	variables []CurlVariable
	used      map[string]bool
	input     []byte
}

func (l *curlLine) words(arguments ...string) {
	for _, argument := range arguments {
		l.out.WriteByte(' ')
		l.out.WriteString(shellQuoted(argument))
	}
}

func (l *curlLine) header(text string) {
	l.out.WriteString(" -H ")
	l.out.WriteString(shellQuoted(text))
}

func (l *curlLine) url(call Call, host string) {
	l.used[curlURLVariable] = true
	if call.MaskedURI(l.secrets) == call.RequestURI() {
		l.words(call.URL(host))
		return
	}
	l.variables = append(l.variables, CurlVariable{Name: curlURLVariable, Value: Secret(call.URL(host))})
	l.out.WriteString(` "$` + curlURLVariable + `"`)
}

func (l *curlLine) authorization(token Secret) {
	name, value := CurlKeyVariable, Secret("")
	if token != "" {
		name, value = CurlTokenVariable, token
	}
	l.used[CurlKeyVariable], l.used[CurlTokenVariable] = true, true
	l.variables = append(l.variables, CurlVariable{Name: name, Value: value})
	l.out.WriteString(" -H 'Authorization: Bearer '" + `"$` + name + `"`)
}

// body quotes the body. Until the text around it is quoted, each secret is represented by a marker that can't occur
// in JSON.
func (l *curlLine) body(text string) string {
	var out strings.Builder
	kept := 0
	redactor := jsontext.NewRedactor(secretPolicy{l.secrets.Mask})
	for leaf := range redactor.Scalars(text, inPlain) {
		if redactor.Show(leaf) == leaf.Text {
			continue
		}
		start, end := leaf.Start, leaf.End
		if text[start] == '"' { // the quotes stay
			start, end = start+1, end-1
		}
		out.WriteString(text[kept:start])
		out.WriteString(curlMark(l.variable(leaf.Name, text[start:end])))
		kept = end
	}
	return l.unmarked(shellQuoted(out.String() + text[kept:]))
}

func curlMark(i int) string { return "\x00" + strconv.Itoa(i) + "\x00" }

// variable returns the index of the variable for a secret, adding one if needed.
func (l *curlLine) variable(key, value string) int {
	base := variableName(key)
	name := base
	for i := 2; l.used[name]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	l.used[name] = true
	l.variables = append(l.variables, CurlVariable{Name: name, Value: Secret(value)})
	return len(l.variables) - 1
}

var (
	noLetter  = regexp.MustCompile(`[^A-Za-z0-9]`)
	wordStart = regexp.MustCompile(`([a-z])([A-Z])`)
)

// variableName derives a name: CLIENT_SECRET from client_secret, API_KEY from apiKey. A key that doesn't sound like a
// secret gets a prefix, so that no variable is called PATH.
func variableName(key string) string {
	name := strings.ToUpper(wordStart.ReplaceAllString(noLetter.ReplaceAllString(key, "_"), "${1}_${2}"))
	if name == "" || name[0] <= '9' || !soundsSecret(key) {
		name = strings.TrimRight("SECRET_"+name, "_")
	}
	return name
}

// shellQuoted puts text in single quotes, in which a POSIX shell interprets only the quote itself.
func shellQuoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// ownHeader adds a header of the operation; a secret value becomes a variable. curl drops a header without a value, and one of blanks
// is none in HTTP, unless it ends in a semicolon.
func (l *curlLine) ownHeader(name, value string) {
	switch {
	case strings.Trim(value, " \t") == "":
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
	marked, rest := make([]string, len(pairs)), make([]string, len(pairs))
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		marked[i], rest[i] = pair, pair
		if plain, err := url.QueryUnescape(name); value != "" && (err != nil || soundsSecret(plain)) {
			marked[i], rest[i] = name+"="+curlMark(l.variable(plain, value)), name+"="
		}
	}
	if all := strings.Join(rest, "&"); l.secrets.Mask(all) != all {
		l.variables = l.variables[:before]
		return "", false
	}
	return l.unmarked(shellQuoted(strings.Join(marked, "&"))), true
}

func (l *curlLine) unmarked(quotedBody string) string {
	for i, variable := range l.variables {
		quotedBody = strings.ReplaceAll(quotedBody, curlMark(i), `'"$`+variable.Name+`"'`)
	}
	return quotedBody
}

package nango

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"nango-tui/internal/jsontext"
)

// CurlLine is a request as one line for a POSIX shell, without its secrets.
type CurlLine struct {
	// Line holds every argument in single quotes, and every secret as a variable.
	Line string
	// Variables are what the line wants to be set.
	Variables []CurlVariable
	// Input is what the line reads from its standard input: a body that cannot stand in a line. Nil for nothing.
	Input []byte
}

// CurlVariable is a variable that a [CurlLine] uses.
type CurlVariable struct {
	// Name is that of the variable, without the dollar sign.
	Name string
	// Value is what has to be in it: for a string of the body, as it stands between the quotes of JSON.
	Value Secret
}

// The variables of what authenticates a request.
const (
	CurlKeyVariable   = "NANGO_API_KEY"
	CurlTokenVariable = "NANGO_CONNECT_SESSION_TOKEN"
)

// curlURLVariable is for an address that holds a secret which was seen.
const curlURLVariable = "SECRET_URL"

// Curl is [Secrets.Curl] where no secret was seen.
func Curl(call Call, host string) CurlLine { return (*Secrets)(nil).Curl(call, host) }

// Curl writes a call to a host as a line to run. The API key stands there as a variable without a value; whatever
// else is secret, or holds a secret that was seen, as one with its value.
func (s *Secrets) Curl(call Call, host string) CurlLine {
	line := &curlLine{secrets: s, used: map[string]bool{}}
	// -g: a tag filter has brackets, which curl would take for a range.
	line.out.WriteString("curl")
	line.words("-sS", "-g", "-X", call.Method)
	line.url(call, host)
	line.authorization(call.Token)
	for _, name := range sortedKeys(call.Header) {
		for _, value := range call.Header[name] {
			line.ownHeader(http.CanonicalHeaderKey(name), value)
		}
	}
	line.header("Accept: application/json")
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

// body quotes the body. A mark that no JSON holds stands for each secret until the text around it is quoted.
func (l *curlLine) body(text string) string {
	var out strings.Builder
	kept := 0
	redactor := jsontext.NewRedactor(secretPolicy{l.secrets.Mask})
	for leaf := range redactor.Scalars(text, inPlain) {
		if redactor.Show(leaf) == leaf.Text {
			continue
		}
		start, end := leaf.Start, leaf.End
		if leaf.Kind != jsontext.Number { // the quotes stay
			start, end = start+1, end-1
		}
		out.WriteString(text[kept:start])
		out.WriteString(curlMark(l.variable(leaf.Name, text[start:end])))
		kept = end
	}
	return l.unmarked(shellQuoted(out.String() + text[kept:]))
}

func curlMark(i int) string { return "\x00" + strconv.Itoa(i) + "\x00" }

// variable finds a name for a secret, and says where it stands among the variables.
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

// variableName makes CLIENT_SECRET of client_secret and API_KEY of apiKey. A key that does not sound like a
// secret gets a word before it, so that none is called PATH.
func variableName(key string) string {
	var out strings.Builder
	for i, r := range key {
		switch {
		case r >= 'a' && r <= 'z':
			out.WriteRune(r - 'a' + 'A')
		case r >= 'A' && r <= 'Z':
			if i > 0 && key[i-1] >= 'a' && key[i-1] <= 'z' {
				out.WriteByte('_')
			}
			out.WriteRune(r)
		case r >= '0' && r <= '9':
			out.WriteRune(r)
		default:
			out.WriteByte('_')
		}
	}
	name := out.String()
	if name == "" || name[0] <= '9' || !soundsSecret(key) {
		name = strings.TrimRight("SECRET_"+name, "_")
	}
	return name
}

// shellQuoted puts a text into single quotes, in which a POSIX shell reads nothing but the quote itself.
func shellQuoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

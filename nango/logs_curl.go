package nango

import (
	"encoding/json"
	"net/url"
	"strings"

	"nango-tui/internal/jsontext"
)

// Curl formats a logged request as a curl command for a POSIX shell. What Nango has redacted, and headers and values of a JSON body
// or of a form that sound secret, are variables without a value, and so is a URL with a secret. Other secrets in a text are masked. It
// is empty without a URL.
func (r LogRequest) Curl() string {
	if r.URL == "" {
		return ""
	}
	line := &curlLine{used: map[string]bool{}}
	line.out.WriteString("curl")
	line.words("-sS", "-g", "-X", r.Method)
	// A logged URL is untrusted: after --url it can't be an option.
	if line.used[curlURLVariable] = true; r.MaskedURL() == r.URL {
		line.words("--url", r.URL)
	} else {
		line.out.WriteString(` --url "$` + curlURLVariable + `"`)
	}
	for _, name := range sortedKeys(r.Header) {
		for _, value := range r.Header[name] {
			if strings.Contains(value, redacted) {
				variable := line.variables[line.variable(name, value)]
				line.header(name + ": ")
				line.out.WriteString(`"$` + variable.Name + `"`)
				continue
			}
			line.ownHeader(name, value)
		}
	}
	if len(r.Body) == 0 {
		return line.out.String()
	}
	line.out.WriteString(" --data-raw ")
	line.out.WriteString(line.logBody(r.Body))
	return line.out.String()
}

// logBody quotes the body of a logged request: JSON, or a JSON string with a text.
func (l *curlLine) logBody(raw json.RawMessage) string {
	text := string(raw)
	var plain string
	if json.Unmarshal(raw, &plain) == nil {
		text = plain
	}
	if jsontext.Valid(text) {
		return l.body(text)
	}
	if quoted, fits := l.form(text); fits {
		return quoted
	}
	return shellQuoted(l.secrets.maskPairs(text))
}

// MaskedURL is the URL without a password and without the values of parameters that sound secret.
func (r LogRequest) MaskedURL() string {
	masked := (*Secrets)(nil).maskTarget(r.URL)
	u, err := url.Parse(masked)
	if err != nil || u.User == nil {
		return masked
	}
	return u.Redacted()
}

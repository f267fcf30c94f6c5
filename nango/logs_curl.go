package nango

import (
	"encoding/json"
	"net/url"
	"strings"

	"nango-tui/internal/jsontext"
)

// Curl formats a logged request as a curl command for a POSIX shell. What Nango has redacted, and headers and values of a JSON body
// that sound secret, are variables without a value, and so is a URL with a secret. It is empty without a URL.
func (r LogRequest) Curl() string {
	if r.URL == "" {
		return ""
	}
	line := &curlLine{used: map[string]bool{}}
	line.out.WriteString("curl")
	line.words("-sS", "-g", "-X", r.Method)
	if line.used[curlURLVariable] = true; r.MaskedURL() == r.URL {
		line.words(r.URL)
	} else {
		line.out.WriteString(` "$` + curlURLVariable + `"`)
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
	text, isJSON := string(r.Body), true
	var plain string
	if json.Unmarshal(r.Body, &plain) == nil { // a body that is text
		text, isJSON = plain, jsontext.Valid(plain)
	}
	line.out.WriteString(" --data-raw ")
	if isJSON {
		line.out.WriteString(line.body(text))
	} else {
		line.out.WriteString(shellQuoted(text))
	}
	return line.out.String()
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

package proxy

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// requestFrom returns the request of the input, without a body from a file. The error may be a [form.FieldError].
func requestFrom(of nango.ConnectionRef, v form.Values) (nango.ProxyRequest, error) {
	p := nango.ProxyRequest{
		Connection: of, Method: v[fieldMethod], Path: v[fieldPath], Query: v[fieldQuery],
		BaseURL: strings.TrimSpace(v[fieldBase]), Decompress: optionalBool(v[fieldDecompress]), ForwardHeaders: optionalBool(v[fieldForward]),
	}
	var err error
	if p.Headers, err = parseHeaders(v[fieldHeaders]); err != nil {
		return p, form.FieldError{ID: fieldHeaders, Err: err}
	}
	if p.Retries, err = parseRetries(v[fieldRetries]); err != nil {
		return p, form.FieldError{ID: fieldRetries, Err: err}
	}
	if p.RetryOn, err = parseStatuses(v[fieldRetryOn]); err != nil {
		return p, form.FieldError{ID: fieldRetryOn, Err: err}
	}
	if body := v[fieldBody]; body != "" && hasBody(v) {
		p.Body = nango.ProxyBody{Type: bodyType(v), Data: []byte(body)}
	}
	if err := nango.Proxy(p).Validate(); err != nil {
		return p, form.FieldError{ID: rejectedField(p, v), Err: err}
	}
	return p, nil
}

// rejectedField is the field that makes the request invalid: the body if it is valid without one, else none.
func rejectedField(p nango.ProxyRequest, v form.Values) string {
	p.Body = nango.ProxyBody{}
	if v[fieldBody] != "" && nango.Proxy(p).Validate() == nil {
		return fieldBody
	}
	return ""
}

func bodyType(v form.Values) string {
	if v[fieldType] == otherType {
		return strings.TrimSpace(v[fieldOtherType])
	}
	return v[fieldType]
}

// optionalBool parses a choice with a default of Nango.
func optionalBool(value string) *bool {
	if value == "" {
		return nil
	}
	return new(value == yesValue)
}

func valuesOf(p nango.ProxyRequest) form.Values {
	v := initialValues()
	v[fieldMethod], v[fieldPath], v[fieldQuery] = p.Method, p.Path, p.Query
	v[fieldHeaders], v[fieldBase] = headerLines(p.Headers), p.BaseURL
	v[fieldBody] = string(p.Body.Data)
	switch p.Body.Type {
	case "":
	case jsonType, formType, plainType:
		v[fieldType] = p.Body.Type
	default:
		v[fieldType], v[fieldOtherType] = otherType, p.Body.Type
	}
	if p.Retries > 0 {
		v[fieldRetries] = strconv.Itoa(p.Retries)
	}
	v[fieldRetryOn] = joinStatuses(p.RetryOn)
	v[fieldDecompress], v[fieldForward] = optionalBoolText(p.Decompress), optionalBoolText(p.ForwardHeaders)
	for _, f := range moreFields() {
		if v[f.ID] != "" {
			v[fieldMore] = yesValue
		}
	}
	return v
}

func joinStatuses(all []int) string {
	words := make([]string, 0, len(all))
	for _, status := range all {
		words = append(words, strconv.Itoa(status))
	}
	return strings.Join(words, ",")
}

func optionalBoolText(is *bool) string {
	if is == nil {
		return ""
	}
	return strconv.FormatBool(*is)
}

// tokenHost is the host that gets the connection's token; the whole address if the host is unknown.
func tokenHost(p nango.ProxyRequest, base string) string {
	base = cmp.Or(p.BaseURL, base)
	parsed, err := url.Parse(base)
	if err != nil || parsed.Host == "" || strings.Contains(parsed.Host, "$") {
		return base
	}
	return parsed.Host
}

// warnings say where the token goes, if that is not simply the provider.
func warnings(p nango.ProxyRequest, base string) []string {
	var all []string
	plain := p
	plain.Method, plain.BaseURL, plain.Body = methods[0].name, "", nango.ProxyBody{}
	// A GET has a greater effect if Nango fills in a "${" in path, query or headers.
	templates := nango.Proxy(plain).Call().Effect > methods[0].operation.Effect() || strings.Contains(p.BaseURL, "${")
	if p.BaseURL != "" || templates {
		all = append(all, fmt.Sprintf(textTokenGoes, cmp.Or(tokenHost(p, base), textUnknownHost)))
	}
	if templates {
		all = append(all, textTemplates)
	}
	return all
}

// fill replaces the input with a request. A body that can't be edited as text is attached; other such fields get an error.
func (s *Form) fill(p nango.ProxyRequest) {
	v := valuesOf(p)
	s.attached = nil
	for _, f := range fields(nil) {
		s.Fields.Set(f.ID, v[f.ID])
	}
	got := s.Fields.Values()
	if hasBody(v) && got[fieldBody] != v[fieldBody] {
		s.Fields.Set(fieldBody, "")
		s.attached = &nango.ProxyBody{Type: p.Body.Type, Data: p.Body.Data}
	}
	s.Fields.Focus(fieldPath)
	for id, value := range got {
		if id != fieldBody && value != v[id] {
			s.Fields.SetError(id, textValueChanged)
		}
	}
	s.completion = completion{typed: p.Path}
}

func (s *Form) checkBody(text string) error {
	if text == "" {
		return nil
	}
	p := nango.ProxyRequest{Connection: s.ref, Method: http.MethodPost, Path: "/",
		Body: nango.ProxyBody{Type: bodyType(s.Fields.Values()), Data: []byte(text)}}
	return nango.Proxy(p).Validate()
}

// request returns the request of the input, with the attached body if no other is typed or chosen.
func (s *Form) request(v form.Values) (nango.ProxyRequest, error) {
	p, err := requestFrom(s.ref, v)
	if err != nil || !s.sendsAttached(v) {
		return p, err
	}
	p.Body = nango.ProxyBody{Type: bodyType(v), Data: s.attached.Data}
	if err := nango.Proxy(p).Validate(); err != nil {
		return p, form.FieldError{ID: fieldType, Err: err}
	}
	return p, nil
}

func (s *Form) sendsAttached(v form.Values) bool {
	return s.attached != nil && hasBody(v) && v[fieldBody] == "" && v[fieldFile] == ""
}

// current returns the request of the input. If it is invalid, the fields show why.
func (s *Form) current() (nango.ProxyRequest, bool) {
	p, err := s.request(s.Fields.Values())
	return p, !s.Fields.ShowError(err)
}

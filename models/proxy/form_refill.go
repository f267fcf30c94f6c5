package proxy

import (
	"net/http"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// fill replaces the input with a request. A body that can't be edited as text is attached; other such fields get an error.
func (s *Form) fill(p nango.ProxyRequest) {
	v := valuesOf(p)
	s.attached = nil
	for id := range allFields() {
		s.form.Set(id, v[id])
	}
	got := s.form.Values()
	if hasBody(v) && got[fieldBody] != v[fieldBody] {
		s.form.Set(fieldBody, "")
		s.attached = &nango.ProxyBody{Type: p.Body.Type, Data: p.Body.Data}
	}
	s.form.Focus(fieldPath)
	for id, value := range got {
		if id != fieldBody && value != v[id] {
			s.form.SetError(id, textValueChanged)
		}
	}
	s.completion.reset(p.Path)
}

// allFields returns the ids of all fields.
func allFields() map[string]bool {
	all := map[string]bool{}
	for _, f := range fields(nil) {
		all[f.ID] = true
	}
	return all
}

// checkBody checks a body against the chosen type.
func (s *Form) checkBody(text string) error {
	if text == "" {
		return nil
	}
	p := nango.ProxyRequest{Connection: s.ref, Method: http.MethodPost, Path: "/",
		Body: nango.ProxyBody{Type: bodyType(s.form.Values()), Data: []byte(text)}}
	return nango.Proxy(p).Validate()
}

// request returns the request of the input, with the attached body if no other is typed or chosen.
func (s *Form) request(v form.Values) (nango.ProxyRequest, *fieldError) {
	p, problem := requestFrom(s.ref, v)
	if problem != nil || !s.sendsAttached(v) {
		return p, problem
	}
	p.Body = nango.ProxyBody{Type: bodyType(v), Data: s.attached.Data}
	if err := nango.Proxy(p).Validate(); err != nil {
		return p, &fieldError{fieldType, err}
	}
	return p, nil
}

func (s *Form) sendsAttached(v form.Values) bool {
	return s.attached != nil && hasBody(v) && v[fieldBody] == "" && v[fieldFile] == ""
}

// current returns the request of the input. If it is invalid, the fields show why.
func (s *Form) current() (nango.ProxyRequest, bool) {
	p, problem := s.request(s.form.Values())
	if problem != nil {
		s.form.SetError(problem.field, problem.err.Error())
	}
	return p, problem == nil
}

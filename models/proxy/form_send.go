package proxy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// maxBodyFile is the size limit of a body file, in bytes. Nango accepts more, but the dialog must show it.
const maxBodyFile = 8 << 20

// exchange is a request and its response.
type exchange struct {
	request  nango.ProxyRequest
	response nango.ProxyResponse
	// nangoErr is set if the response looks like Nango's own; nil if it is the provider's.
	nangoErr error
	took     time.Duration
	at       time.Time
}

// submit sends the form. It accepts the highlighted option first.
func (s *Form) submit(t *screen.Turn) {
	s.form.Key(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
	s.handleSubmit(t)
}

// handleSubmit continues with the submitted input, if there is any.
func (s *Form) handleSubmit(t *screen.Turn) {
	v, ok := s.form.Submitted()
	if !ok {
		return
	}
	p, problem := s.request(v)
	switch {
	case problem != nil:
		s.form.SetError(problem.field, problem.err.Error())
	case v[fieldFile] != "" && hasBody(v):
		s.readFile(t, p, v)
	default:
		s.propose(t, p)
	}
}

// readFile loads the body from the chosen file, then proposes the request.
func (s *Form) readFile(t *screen.Turn, p nango.ProxyRequest, v form.Values) {
	path := v[fieldFile]
	s.file.Start(t, func(_ context.Context, tools screen.Tools) ([]byte, error) {
		return tools.Files.Read(path, maxBodyFile)
	}, func(t *screen.Turn) {
		if s.file.Err != nil {
			s.form.SetError(fieldFile, s.file.Err.Error())
			return
		}
		p.Body = nango.ProxyBody{Type: bodyType(v), Data: s.file.Value}
		s.file.Value = nil
		if err := nango.Proxy(p).Validate(); err != nil {
			s.form.SetError(fieldFile, err.Error())
			return
		}
		s.propose(t, p, fmt.Sprintf(textBodyOfFile, ui.Bytes(int64(len(p.Body.Data))), path))
	})
}

// propose proposes the request. The response gets a page of its own.
func (s *Form) propose(t *screen.Turn, p nango.ProxyRequest, notes ...string) {
	s.nangoResponse = nil
	s.pending.start()
	screen.Propose(t, screen.Proposal[nango.ProxyResponse]{
		Request: nango.Proxy(p), Title: textSendTitle + p.Method, About: p.Connection.String(),
		Consequences: append(consequences(p, s.base()), notes...),
		OnSent:       s.pending.markSent, SuccessTextFor: successText(p),
		Then: func(t *screen.Turn, response nango.ProxyResponse, err error) { s.handleResponse(t, p, response, err) },
	})
}

// successText names the provider's status: an error of the provider is a response, but not a success.
func successText(p nango.ProxyRequest) func(nango.ProxyResponse) string {
	return func(response nango.ProxyResponse) string {
		return p.Method + ": " + textRespondedWith + statusText(response.Status)
	}
}

// consequences are listed in the confirm dialog.
func consequences(p nango.ProxyRequest, base string) []string {
	all := warnings(p, base)
	if p.Method == methods[0].name {
		all = append(all, textMayRefresh)
	} else {
		all = append(all, textRunsCode)
	}
	if p.Retries > 0 {
		all = append(all, fmt.Sprintf(textRetriesGoes, p.Retries))
	}
	return all
}

// base is the provider's base URL in the catalog; empty until it is loaded.
func (s *Form) base() string { return s.provider.Value.BaseURL }

// handleResponse shows the response. The form keeps its input.
func (s *Form) handleResponse(t *screen.Turn, p nango.ProxyRequest, response nango.ProxyResponse, err error) {
	took := s.pending.finish(t)
	switch known, isError := nango.AsError(err); {
	case errors.Is(err, screen.ErrDeclined):
	case err == nil:
		s.markClean()
		s.rememberPath(t, p.Path)
		t.Show(newResponsePage(exchange{request: p, response: response, took: took, at: t.Now}, s))
	case isError:
		if own, ok := known.Proxied(); ok {
			s.nangoResponse = &exchange{request: p, response: own, nangoErr: err, took: took, at: t.Now}
			s.markClean()
		}
		s.form.SetError("", s.errorText(known))
	default:
		s.form.SetError("", err.Error())
	}
}

// errorText tells an error of Nango from one on the way to it. The advice stands before Nango's message: the end of a long
// text may not be visible.
func (s *Form) errorText(e *nango.Error) string {
	advice := e.Advice()
	if s.nangoResponse == nil {
		return strings.TrimSpace(e.Error() + ". " + advice)
	}
	return strings.TrimSpace(fmt.Sprintf("%s%d %s. %s %s", textNangoResponse, e.Status, cmp.Or(e.Code, e.Kind.Error()), advice, e.Message))
}

// rememberPath saves the path for completion, unless it contains a secret.
func (s *Form) rememberPath(t *screen.Turn, path string) {
	if t.Mask == nil || t.Mask(path) == path {
		s.recent.add(s.profile.Name, s.ref.Integration, path)
	}
}

// showNangoResponse shows the response that looks like Nango's own.
func (s *Form) showNangoResponse(t *screen.Turn) { t.Show(newResponsePage(*s.nangoResponse, s)) }

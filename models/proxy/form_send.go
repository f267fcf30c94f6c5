package proxy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// maxBodyFile is the size limit of a body file, in bytes. Nango accepts more, but the dialog must show it.
const maxBodyFile = 8 << 20

func (s *Form) submit(t *screen.Turn, v form.Values) {
	p, err := s.request(v)
	switch {
	case s.Fields.ShowError(err):
	case v[fieldFile] != "" && hasBody(v):
		s.readFile(t, p, v)
	default:
		s.propose(t, p)
	}
}

func (s *Form) readFile(t *screen.Turn, p nango.ProxyRequest, v form.Values) {
	path := v[fieldFile]
	s.file.Start(t, func(_ context.Context, tools screen.Tools) ([]byte, error) {
		return tools.Files.Read(path, maxBodyFile)
	}, func(t *screen.Turn) {
		if s.file.Err != nil {
			s.Fields.SetError(fieldFile, s.file.Err.Error())
			return
		}
		p.Body = nango.ProxyBody{Type: bodyType(v), Data: s.file.Value}
		s.file.Value = nil
		if err := nango.Proxy(p).Validate(); err != nil {
			s.Fields.SetError(fieldFile, err.Error())
			return
		}
		s.propose(t, p, fmt.Sprintf(textBodyOfFile, ui.Bytes(int64(len(p.Body.Data))), path))
	})
}

// propose proposes the request. The form keeps its input.
func (s *Form) propose(t *screen.Turn, p nango.ProxyRequest, notes ...string) {
	s.nangoResponse = nil
	proposal := s.pending.proposal(p, s.base(), func(t *screen.Turn, e exchange, err error) {
		switch {
		case errors.Is(err, screen.ErrDeclined):
		case err == nil:
			s.markClean()
			s.rememberPath(t, p.Path)
			s.show(t, e)
		default:
			if e.nangoErr != nil {
				s.nangoResponse = &e
				s.markClean()
			}
			s.Fields.SetError("", s.errorText(err))
		}
	})
	proposal.Consequences = append(proposal.Consequences, notes...)
	screen.Propose(t, proposal)
}

// consequences are listed in the confirm dialog.
func consequences(p nango.ProxyRequest, base string) []string {
	effect := textRunsCode
	if p.Method == methods[0].name {
		effect = textMayRefresh
	}
	all := append(warnings(p, base), effect)
	if p.Retries > 0 {
		all = append(all, fmt.Sprintf(textRetriesGoes, p.Retries))
	}
	return all
}

// base is the provider's base URL in the catalog; empty until it is loaded.
func (s *Form) base() string { return s.provider.Value.BaseURL }

// errorText tells an error of Nango from one on the way to it. The advice stands before Nango's message: the end of a long
// text may not be visible.
func (s *Form) errorText(err error) string {
	e, ok := nango.AsError(err)
	switch {
	case !ok:
		return err.Error()
	case s.nangoResponse == nil:
		return strings.TrimSpace(e.Error() + ". " + e.Advice())
	}
	text := fmt.Sprintf("%s%d %s. %s %s", textNangoResponse, e.Status, cmp.Or(e.Code, e.Kind.Error()), e.Advice(), e.Message)
	return strings.TrimSpace(text)
}

// rememberPath saves the path for completion, unless it contains a secret.
func (s *Form) rememberPath(t *screen.Turn, path string) {
	if t.Mask == nil || t.Mask(path) == path {
		s.recent.add(s.profile.Name, s.ref.Integration, path)
	}
}

type exchange struct {
	request  nango.ProxyRequest
	response nango.ProxyResponse
	// nangoErr is set if the response looks like Nango's own; nil if it is the provider's.
	nangoErr error
	took     time.Duration
	at       time.Time
}

// pendingRequest is a proposed request: first its dialog is open, then it is sent.
type pendingRequest struct {
	// active is true from the proposal to the result.
	active bool
	// sentAt is when it was sent; zero while the dialog is open.
	sentAt time.Time
}

// proposal starts a request to a provider with that base URL. Then gets the outcome: without an error it is the provider's
// response, whatever its status, and an exchange with a nangoErr is Nango's own.
func (f *pendingRequest) proposal(
	p nango.ProxyRequest, base string, then func(*screen.Turn, exchange, error),
) screen.Proposal[nango.ProxyResponse] {
	*f = pendingRequest{active: true}
	return screen.Proposal[nango.ProxyResponse]{
		Request: nango.Proxy(p), Title: textSendTitle + p.Method, About: p.Connection.String(), Consequences: consequences(p, base),
		OnSent: func(t *screen.Turn) { f.sentAt = t.Now },
		SuccessTextFor: func(response nango.ProxyResponse) string {
			return p.Method + ": " + textRespondedWith + statusText(response.Status)
		},
		Then: func(t *screen.Turn, response nango.ProxyResponse, err error) {
			e := exchange{request: p, response: response, at: t.Now}
			if f.isSent() {
				e.took = t.Now.Sub(f.sentAt)
			}
			*f = pendingRequest{}
			if known, ok := nango.AsError(err); ok {
				if own, ok := known.Proxied(); ok {
					e.response, e.nangoErr = own, err
				}
			}
			then(t, e, err)
		},
	}
}

func (f *pendingRequest) isSent() bool { return f.active && !f.sentAt.IsZero() }

func (f *pendingRequest) redrawInterval() time.Duration {
	return screen.RedrawIf(f.isSent(), time.Second)
}

// blockedReason is why another request can't be sent now; empty if it can.
func (f *pendingRequest) blockedReason() string {
	return screen.DisabledIf(f.active, textRequestPending)
}

// leave tells the user what happens to the request when its screen closes.
func (f *pendingRequest) leave(t *screen.Turn, text string) {
	if f.isSent() {
		t.Toast(text)
	}
}

func (f *pendingRequest) status(now time.Time) string {
	if !f.isSent() {
		return textWaitingForYes
	}
	return fmt.Sprintf(textSent, clockText(now.Sub(f.sentAt)))
}

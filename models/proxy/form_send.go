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

// maxBodyFile is the bytes of a body that is read from a file. Nango takes more, and the dialog has to show it.
const maxBodyFile = 8 << 20

// answered is a request with what was answered to it.
type exchange struct {
	request nango.ProxyRequest
	answer  nango.ProxyResponse
	// own is why the answer was taken for Nango's own; nil where it is the provider's.
	nangoErr error
	took     time.Duration
	at       time.Time
}

// submit sends the form as its own key does: what is under the cursor of a list is taken over first.
func (s *Form) submit(t *screen.Turn) {
	s.form.Key(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
	s.handleSubmit(t)
}

// take goes on with what was submitted, if it was.
func (s *Form) handleSubmit(t *screen.Turn) {
	v, ok := s.form.Submitted()
	if !ok {
		return
	}
	p, bad := s.request(v)
	switch {
	case bad != nil:
		s.form.SetError(bad.field, bad.err.Error())
	case v[fieldFile] != "" && hasBody(v):
		s.readFile(t, p, v)
	default:
		s.propose(t, p)
	}
}

// readFile reads the body from the file that was chosen, and goes on.
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
		s.propose(t, p, fmt.Sprintf("Its body is %s of %s.", ui.Bytes(int64(len(p.Body.Data))), path))
	})
}

// propose proposes the request; the provider's answer has a page of its own.
func (s *Form) propose(t *screen.Turn, p nango.ProxyRequest, notes ...string) {
	s.nangoAnswer = nil
	s.pending.start()
	screen.Propose(t, screen.Proposal[nango.ProxyResponse]{
		Request: nango.Proxy(p), Title: "Send " + p.Method, About: p.Connection.String(), Consequences: append(consequences(p, s.base()), notes...),
		OnSent: s.pending.markSent, SuccessTextFor: successText(p),
		Then: func(t *screen.Turn, answer nango.ProxyResponse, err error) { s.handleAnswer(t, p, answer, err) },
	})
}

// tells says what was answered: a provider's error went well as far as Nango goes, and is no success all the same.
func successText(p nango.ProxyRequest) func(nango.ProxyResponse) string {
	return func(answer nango.ProxyResponse) string {
		return p.Method + ": the provider answered " + statusText(answer.Status)
	}
}

// goes are what one should know before saying yes.
func consequences(p nango.ProxyRequest, base string) []string {
	all := warnings(p, base)
	if p.Method == methods[0].name {
		all = append(all, "May refresh the token at the provider.")
	} else {
		all = append(all, "What it does is the provider's: nobody here can say whether it can be put back.")
	}
	if p.Retries > 0 {
		all = append(all, fmt.Sprintf("Nango tries again up to %d times where it fails, and holds the request meanwhile.", p.Retries))
	}
	return all
}

// base is the provider's base URL as the catalogue has it, empty while it is not known.
func (s *Form) base() string { return s.provider.Value.BaseURL }

// done shows what was answered; the form comes back as it was typed.
func (s *Form) handleAnswer(t *screen.Turn, p nango.ProxyRequest, answer nango.ProxyResponse, err error) {
	took := s.pending.finish(t)
	switch known, isError := nango.AsError(err); {
	case errors.Is(err, screen.ErrDeclined):
	case err == nil:
		s.markClean()
		s.rememberPath(p.Path)
		t.Show(newAnswerPage(exchange{request: p, answer: answer, took: took, at: t.Now}, s))
	case isError:
		if own, ok := known.Proxied(); ok {
			s.nangoAnswer = &exchange{request: p, answer: own, nangoErr: err, took: took, at: t.Now}
			s.markClean()
		}
		s.form.SetError("", s.errorText(known))
	default:
		s.form.SetError("", err.Error())
	}
}

// failure tells Nango's own error from one of the way to it. What can be done stands before Nango's sentence: of a long
// text the end is not seen.
func (s *Form) errorText(e *nango.Error) string {
	advice := e.Advice()
	if s.nangoAnswer == nil {
		return strings.TrimSpace(e.Error() + ". " + advice)
	}
	return strings.TrimSpace(fmt.Sprintf("Nango's own answer, as far as can be told: %d %s. %s %s", e.Status, cmp.Or(e.Code, e.Kind.Error()), advice, e.Message))
}

// remember keeps the path for completion, unless there is a secret in it.
func (s *Form) rememberPath(path string) {
	if s.mask == nil || s.mask(path) == path {
		s.recent.add(s.profile.Name, s.ref.Integration, path)
	}
}

// showOwn shows the answer that was taken for Nango's own.
func (s *Form) showNangoAnswer(t *screen.Turn) { t.Show(newAnswerPage(*s.nangoAnswer, s)) }

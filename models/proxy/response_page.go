package proxy

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// ResponsePage is the response to a request. It has no route: it can't be loaded again.
type ResponsePage struct {
	screen.Base
	exchange exchange
	// form is the form that the request comes from.
	form *Form
	// parse decodes the body, which takes long for megabytes.
	parse   screen.Task[*ui.Body]
	body    *screen.JSON // nil until parsed, and if the body can't be shown
	pending pendingRequest
	// resendErr is why sending again failed; nil if it didn't.
	resendErr error
}

func newResponsePage(e exchange, form *Form) *ResponsePage {
	return &ResponsePage{exchange: e, form: form}
}

func (s *ResponsePage) Title() string {
	path, _, _ := strings.Cut(s.exchange.request.Path, "?")
	return s.exchange.request.Method + " " + path
}

// Open decodes the body.
func (s *ResponsePage) Open(t *screen.Turn) {
	media, body := s.exchange.response.Header.Get("Content-Type"), s.exchange.response.Body
	s.parse.Start(t, func(_ context.Context, tools screen.Tools) (*ui.Body, error) {
		return ui.ReadBody(media, body, tools.Policy), nil
	}, func(*screen.Turn) {
		if doc := s.parse.Value.Doc(); doc != nil {
			s.body = screen.NewJSON(doc)
		}
	})
}

// Refresh does nothing: sending again has its own key.
func (s *ResponsePage) Refresh(*screen.Turn) {}

// Typing is true during a search.
func (s *ResponsePage) Typing() bool { return s.body.Typing() }

// Update passes keys to the search.
func (s *ResponsePage) Update(_ *screen.Turn, msg tea.Msg) {
	s.body.Type(msg)
}

// RedrawInterval is a second while a secret is revealed or a request is pending.
func (s *ResponsePage) RedrawInterval() time.Duration {
	if s.pending.redrawInterval() > 0 {
		return s.pending.redrawInterval()
	}
	return s.body.RedrawInterval()
}

func (s *ResponsePage) Leave(t *screen.Turn) { s.pending.leave(t) }

// Actions are the actions on the response and on its body.
func (s *ResponsePage) Actions() []screen.Action {
	if s.Typing() {
		return s.body.Actions()
	}
	all := []screen.Action{
		{ID: SendAgain, Title: textSendAgain, Operation: operationOf(s.exchange.request.Method),
			Disabled: s.pending.blockedReason(), Do: s.sendAgain},
		{ID: EditRequest, Title: textEdit, Do: func(t *screen.Turn) { t.Back() }},
		{ID: Headers, Title: textHeaders, Do: func(t *screen.Turn) { t.Show(&headerPage{exchange: s.exchange}) }},
		{ID: SaveBody, Title: textSaveBody, Disabled: s.noBody(), Do: func(t *screen.Turn) { t.Show(s.saveForm()) }},
		{ID: SaveSentRequest, Title: textSaveRequest, Do: func(t *screen.Turn) { t.Show(newSaveForm(s.exchange.request, s.form.setSaved)) }},
		{ID: CopyCurl, Title: textCopyCurl, HideInFooter: true, Do: func(t *screen.Turn) { t.CopyCurl(nango.Proxy(s.exchange.request).Call()) }},
	}
	return append(all, s.body.Actions()...)
}

func (s *ResponsePage) noBody() string {
	if s.exchange.response.Size == 0 {
		return textNoBody
	}
	return ""
}

// sendAgain proposes the same request. Its response replaces this page.
func (s *ResponsePage) sendAgain(t *screen.Turn) {
	p := s.exchange.request
	s.pending.start()
	screen.Propose(t, screen.Proposal[nango.ProxyResponse]{
		Request: nango.Proxy(p), Title: textSendTitle + p.Method, About: p.Connection.String(), Consequences: consequences(p, s.form.base()),
		OnSent: s.pending.markSent, SuccessTextFor: successText(p),
		Then: func(t *screen.Turn, response nango.ProxyResponse, err error) {
			took := s.pending.finish(t)
			switch e, ok := newExchange(p, response, err); {
			case ok:
				e.took, e.at = took, t.Now
				t.ReplaceWith(newResponsePage(e, s.form))
			case !errors.Is(err, screen.ErrDeclined):
				s.resendErr = err
			}
		},
	})
}

// newExchange returns the response of the provider or of Nango; ok is false if there is none.
func newExchange(p nango.ProxyRequest, response nango.ProxyResponse, err error) (e exchange, ok bool) {
	if err == nil {
		return exchange{request: p, response: response}, true
	}
	if known, isError := nango.AsError(err); isError {
		response, ok = known.Proxied()
	}
	return exchange{request: p, response: response, nangoErr: err}, ok
}

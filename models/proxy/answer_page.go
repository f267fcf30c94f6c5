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

// Page is what was answered to a request. It has no route: what it holds cannot be read again.
type AnswerPage struct {
	screen.Base
	exchange exchange
	// form is the one that the request was typed into.
	form *Form
	// parse makes the body fit to be read; a body of megabytes takes its time.
	parse   screen.Task[*ui.Body]
	body    *screen.JSON // nil before, and where nothing of it is drawn
	pending pendingRequest
	// failed is why the newest try failed; nil where it did not.
	resendErr error
}

func newAnswerPage(is exchange, form *Form) *AnswerPage { return &AnswerPage{exchange: is, form: form} }

// Title names the page by its request. What is asked for may hold a secret, and is no part of it.
func (s *AnswerPage) Title() string {
	path, _, _ := strings.Cut(s.exchange.request.Path, "?")
	return s.exchange.request.Method + " " + path
}

// Open makes the body fit to be read.
func (s *AnswerPage) Open(t *screen.Turn) {
	media, body := s.exchange.answer.Header.Get("Content-Type"), s.exchange.answer.Body
	s.parse.Start(t, func(_ context.Context, tools screen.Tools) (*ui.Body, error) {
		return ui.ReadBody(media, body, nango.Policy(tools.Mask)), nil
	}, func(*screen.Turn) {
		if doc := s.parse.Value.Doc(); doc != nil {
			s.body = screen.NewJSON(doc)
		}
	})
}

// Refresh reads nothing: to send it again has a key of its own.
func (s *AnswerPage) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (s *AnswerPage) Typing() bool { return s.body.Typing() }

// Update takes what is typed into the search.
func (s *AnswerPage) Update(_ *screen.Turn, msg tea.Msg) {
	s.body.Type(msg)
}

// RedrawInterval draws by the second while a secret is in clear, or a request under way.
func (s *AnswerPage) RedrawInterval() time.Duration {
	if s.pending.redrawInterval() > 0 {
		return s.pending.redrawInterval()
	}
	return s.body.RedrawInterval()
}

// Leave says what becomes of a request that is under way.
func (s *AnswerPage) Leave(t *screen.Turn) { s.pending.leave(t) }

// Actions is what can be done with the answer, and with its body.
func (s *AnswerPage) Actions() []screen.Action {
	if s.Typing() {
		return s.body.Actions()
	}
	all := []screen.Action{
		{ID: SendAgain, Title: "Send again", Operation: operationOf(s.exchange.request.Method), Disabled: s.pending.blockedReason(), Do: s.sendAgain},
		{ID: EditRequest, Title: "Edit", Do: func(t *screen.Turn) { t.Back() }},
		{ID: Headers, Title: "Headers", Do: func(t *screen.Turn) { t.Show(&headerPage{exchange: s.exchange}) }},
		{ID: SaveBody, Title: "Save", Disabled: s.noBody(), Do: func(t *screen.Turn) { t.Show(s.saveForm()) }},
		{ID: SaveSentRequest, Title: "Keep", Do: func(t *screen.Turn) { t.Show(newSaveForm(s.exchange.request, s.form.setSaved)) }},
		{ID: CopyCurl, Title: "Copy as curl", HideInFooter: true, Do: func(t *screen.Turn) { t.CopyCurl(nango.Proxy(s.exchange.request).Call()) }},
	}
	return append(all, s.body.Actions()...)
}

func (s *AnswerPage) noBody() string {
	if s.exchange.answer.Size == 0 {
		return "the answer has no body"
	}
	return ""
}

// sendAgain proposes the same request; its answer takes the place of this one.
func (s *AnswerPage) sendAgain(t *screen.Turn) {
	p := s.exchange.request
	s.pending.start()
	screen.Propose(t, screen.Proposal[nango.ProxyResponse]{
		Request: nango.Proxy(p), Title: "Send " + p.Method, About: p.Connection.String(), Consequences: consequences(p, s.form.base()), OnSent: s.pending.markSent, SuccessTextFor: successText(p),
		Then: func(t *screen.Turn, answer nango.ProxyResponse, err error) {
			took := s.pending.finish(t)
			switch is, ok := newExchange(p, answer, err); {
			case ok:
				is.took, is.at = took, t.Now
				t.ReplaceWith(newAnswerPage(is, s.form))
			case !errors.Is(err, screen.ErrDeclined):
				s.resendErr = err
			}
		},
	})
}

// answeredBy is what was answered, be it by the provider or by Nango in its place; false where nobody answered.
func newExchange(p nango.ProxyRequest, answer nango.ProxyResponse, err error) (is exchange, ok bool) {
	if err == nil {
		return exchange{request: p, answer: answer}, true
	}
	if known, isError := nango.AsError(err); isError {
		answer, ok = known.Proxied()
	}
	return exchange{request: p, answer: answer, nangoErr: err}, ok
}

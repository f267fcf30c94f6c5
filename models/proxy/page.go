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
type Page struct {
	screen.Base
	is answered
	// form is the one that the request was typed into.
	form *Form
	// parse makes the body fit to be read; a body of megabytes takes its time.
	parse  screen.Task[*ui.Body]
	body   *screen.JSON // nil before, and where nothing of it is drawn
	flight flight
	// failed is why the newest try failed; nil where it did not.
	failed error
}

func newPage(is answered, form *Form) *Page { return &Page{is: is, form: form} }

// Title names the page by its request. What is asked for may hold a secret, and is no part of it.
func (s *Page) Title() string {
	path, _, _ := strings.Cut(s.is.request.Path, "?")
	return s.is.request.Method + " " + path
}

// Open makes the body fit to be read.
func (s *Page) Open(t *screen.Turn) {
	media, body := s.is.answer.Header.Get("Content-Type"), s.is.answer.Body
	s.parse.Start(t, func(_ context.Context, tools screen.Tools) (*ui.Body, error) {
		return ui.ReadBody(media, body, screen.MaskFor(tools.Mask)), nil
	}, func(*screen.Turn) {
		if doc := s.parse.Value.Doc(); doc != nil {
			s.body = screen.NewJSON(doc)
		}
	})
}

// Refresh reads nothing: to send it again has a key of its own.
func (s *Page) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (s *Page) Typing() bool { return s.body.Typing() }

// Update takes what is typed into the search.
func (s *Page) Update(_ *screen.Turn, msg tea.Msg) {
	s.body.Type(msg)
}

// RedrawInterval draws by the second while a secret is in clear, or a request under way.
func (s *Page) RedrawInterval() time.Duration {
	if s.flight.clock() > 0 {
		return s.flight.clock()
	}
	return s.body.RedrawInterval()
}

// Leave says what becomes of a request that is under way.
func (s *Page) Leave(t *screen.Turn) { s.flight.leave(t) }

// Actions is what can be done with the answer, and with its body.
func (s *Page) Actions() []screen.Action {
	if s.Typing() {
		return s.body.Actions()
	}
	all := []screen.Action{
		{ID: SendAgain, Title: "Send again", Operation: operationOf(s.is.request.Method), Disabled: s.flight.reason(), Do: s.sendAgain},
		{ID: EditAgain, Title: "Edit", Do: func(t *screen.Turn) { t.Back() }},
		{ID: Headers, Title: "Headers", Do: func(t *screen.Turn) { t.Show(&headerPage{is: s.is}) }},
		{ID: Save, Title: "Save", Disabled: s.nothingToSave(), Do: func(t *screen.Turn) { t.Show(s.saving()) }},
		{ID: KeepThis, Title: "Keep", Do: func(t *screen.Turn) { t.Show(newKeeping(s.is.request, s.form.nowKept)) }},
		{ID: CopyCurl, Title: "Copy as curl", HideInFooter: true, Do: func(t *screen.Turn) { t.CopyCurl(nango.Proxy(s.is.request).Call()) }},
	}
	return append(all, s.body.Actions()...)
}

func (s *Page) nothingToSave() string {
	if s.is.answer.Size == 0 {
		return "the answer has no body"
	}
	return ""
}

// sendAgain proposes the same request; its answer takes the place of this one.
func (s *Page) sendAgain(t *screen.Turn) {
	p := s.is.request
	s.flight.propose()
	screen.Propose(t, screen.Proposal[nango.ProxyResponse]{
		Request: nango.Proxy(p), Title: "Send " + p.Method, About: p.Connection.String(), Consequences: goes(p, s.form.base()), OnSent: s.flight.depart, SuccessTextFor: tells(p),
		Then: func(t *screen.Turn, answer nango.ProxyResponse, err error) {
			took := s.flight.land(t)
			switch is, ok := answeredBy(p, answer, err); {
			case ok:
				is.took, is.at = took, t.Now
				t.ReplaceWith(newPage(is, s.form))
			case !errors.Is(err, screen.ErrDeclined):
				s.failed = err
			}
		},
	})
}

// answeredBy is what was answered, be it by the provider or by Nango in its place; false where nobody answered.
func answeredBy(p nango.ProxyRequest, answer nango.ProxyResponse, err error) (is answered, ok bool) {
	if err == nil {
		return answered{request: p, answer: answer}, true
	}
	if known, isError := nango.AsError(err); isError {
		answer, ok = known.Proxied()
	}
	return answered{request: p, answer: answer, own: err}, ok
}

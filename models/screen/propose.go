package screen

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

// ErrDeclined is the error of a proposal that the user declined or the guard denied.
var ErrDeclined = errors.New("declined")

// Proposal asks App to send a request. App opens the dialog that the effect requires, and sends it only if the user confirms.
type Proposal[T any] struct {
	Request nango.Request[T]
	// Title says what the request does: "Delete connection".
	Title string
	// About names what the request is about. It may contain untrusted text.
	About string
	// Name is the own name of what the request changes, if the request doesn't have it: see [nango.Call]. It is typed to
	// confirm a change that can't be undone.
	Name string
	// Consequences says what else is affected, what was counted and what was not, a line each.
	Consequences []string
	// Before and After are the current and the new value, if a difference can be shown: JSON or lines of text. Secrets in them
	// are masked when they are drawn.
	Before, After string
	// ConfirmLabel is the text on the button; by default the first word of the title.
	ConfirmLabel string
	// SuccessText is the toast after success; by default the title and "done". SuccessTextFor makes it from the response.
	SuccessText    string
	SuccessTextFor func(value T) string
	// ResultScreen returns the screen that shows the outcome, nil before there is one. While it is on top, App shows no toast.
	ResultScreen func() Screen
	// AlsoApproves are requests that the same confirmation covers, to be sent later by [SendApproved]. Consequences must name them.
	AlsoApproves []FutureRequest
	// Many says how many requests like this one the confirmation covers, which AlsoApproves lists; zero for a single request.
	Many Many
	// BeforeSend is called right before the request leaves, after it has waited for the budget: an error keeps it from being sent. It
	// runs on the goroutine of the request. AfterSend is called there with the outcome, and its error becomes the request's. Both may be nil.
	BeforeSend func(Tools) error
	AfterSend  func(tools Tools, value T, err error) error
	// OnSent is called when the user has confirmed and the request is sent. Timers start here, because the dialog may have been
	// open for long.
	OnSent func(t *Turn)
	// Then is called with the outcome, also if it was declined (ErrDeclined), so that a form keeps what was typed.
	Then func(t *Turn, value T, err error)
	// OutlivesScreen means that Then is called even if the screen is closed. Then only its toasts and one-time screens are carried
	// out: it is for recording the outcome of long requests, and for one-time secrets.
	OutlivesScreen bool
}

// Many is the size of a run of many alike requests. The user confirms all of them by typing the number of connections. Each leaves a
// quarter of the budget to others; App shows neither toasts nor errors of single ones, so who sends them tells the outcome.
type Many struct{ Requests, Connections int }

// AfterSuccess returns what [Proposal.Then] does if only success matters.
func AfterSuccess[T any](done func(*Turn)) func(*Turn, T, error) {
	return func(t *Turn, _ T, err error) {
		if err == nil {
			done(t)
		}
	}
}

// FutureRequest is a request that is approved before it can be made: its operation, and what it is about.
type FutureRequest = guard.FutureRequest

// ProposeWant is a proposal without the type of its response.
type ProposeWant struct {
	Call          nango.Call
	Title         string
	About         string
	Consequences  []string
	Before, After string
	ConfirmLabel  string
	ResultScreen  func() Screen // nil where no screen tells the outcome
	AlsoApproves  []FutureRequest
	Many          Many
	// Send sends the request. App calls it after the confirmation, on its own goroutine.
	Send func(context.Context, Tools) (Outcome, error)
	// OnSent is called when the request is sent; it may be nil.
	OnSent Callback
	// Decline is called if the request is declined.
	Decline Callback
	// OutlivesScreen means that the callback is called even if the screen is closed.
	OutlivesScreen bool
}

// Outcome is the outcome of a request that was sent.
type Outcome struct {
	// Callback passes it to the screen, on App's goroutine.
	Callback Callback
	// SuccessText is the toast after success; empty for the default.
	SuccessText string
	// Learn notes what the outcome says about connections, even if the screen is closed.
	Learn func(*Store, time.Time)
}

// Propose asks App to send the request of p, after the dialog that its effect requires.
func Propose[T any](t *Turn, p Proposal[T]) {
	p.keep(t)
	t.want(p.want(p.send))
}

// keep has the dialog say why the journal can't keep what the change could be put back with.
func (p *Proposal[T]) keep(t *Turn) {
	undo := p.Request.Call().Undo
	if err := undo.CannotKeep(t.Mask); err != nil {
		p.Consequences = append(slices.Clone(p.Consequences), fmt.Sprintf(textNotUndoable, err))
		p.Request = p.Request.Keeping(nango.Undo{Undoes: undo.Undoes})
	}
}

func (p Proposal[T]) send(ctx context.Context, tools Tools) (value T, err error) {
	request := p.Request
	if p.BeforeSend != nil {
		request = request.Leaving(func() error { return p.BeforeSend(tools) })
	}
	value, err = nango.Send(ctx, tools.client, request)
	if p.AfterSend != nil {
		err = p.AfterSend(tools, value, err)
	}
	return value, err
}

// want is the proposal for App. Send sends the request; App reports its error.
func (p Proposal[T]) want(send func(context.Context, Tools) (T, error)) ProposeWant {
	then := func(value T, err error) Callback {
		return func(t *Turn) {
			if p.Then != nil {
				p.Then(t, value, err)
			}
		}
	}
	call := p.Request.Call()
	call.Name = cmp.Or(p.Name, call.Name)
	return ProposeWant{
		Call: call, Title: p.Title, About: p.About, Consequences: p.Consequences,
		Before: p.Before, After: p.After, ConfirmLabel: p.ConfirmLabel, ResultScreen: p.ResultScreen, AlsoApproves: p.AlsoApproves, Many: p.Many,
		OnSent: p.OnSent, OutlivesScreen: p.OutlivesScreen,
		Send: func(ctx context.Context, tools Tools) (Outcome, error) {
			value, err := send(ctx, tools)
			o := Outcome{Callback: then(value, err), SuccessText: p.SuccessText}
			o.Learn = func(s *Store, now time.Time) { s.learnOutcome(now, call, value, err) }
			if p.SuccessTextFor != nil && err == nil {
				o.SuccessText = p.SuccessTextFor(value)
			}
			return o, err
		},
		Decline: then(*new(T), ErrDeclined),
	}
}

// ProposeToFile proposes a proxied request whose response is streamed to a file; the proposal's own request is ignored. The file
// is created before anything is sent, and committed when the whole response was written to it.
func ProposeToFile(t *Turn, path string, over bool, r nango.ProxyRequest, p Proposal[nango.ProxyResponse]) {
	p.Request = nango.Proxy(r)
	t.want(p.want(func(ctx context.Context, tools Tools) (nango.ProxyResponse, error) {
		return save(ctx, tools, path, over, r)
	}))
}

// save sends the request and writes its response to the file.
func save(ctx context.Context, tools Tools, path string, over bool, r nango.ProxyRequest) (nango.ProxyResponse, error) {
	draft, err := tools.Files.Create(path, over)
	if err != nil {
		return nango.ProxyResponse{}, err
	}
	answer, err := nango.Send(ctx, tools.client, nango.ProxyTo(r, draft))
	if err != nil || !answer.Saved || answer.Cut {
		return answer, errors.Join(err, draft.Discard())
	}
	return answer, draft.Commit()
}

// Approval is a confirmation that also covers requests to be sent later. Only those that App made cover anything.
type Approval = guard.Approval

// ApprovedWant is a request that an earlier confirmation covers. App checks that it does, and asks if it doesn't.
type ApprovedWant struct {
	Approval *Approval
	Propose  ProposeWant
}

// SendApproved asks App to send a request that an earlier confirmation covers.
func SendApproved[T any](t *Turn, a *Approval, p Proposal[T]) {
	p.keep(t)
	t.want(ApprovedWant{Approval: a, Propose: p.want(p.send)})
}

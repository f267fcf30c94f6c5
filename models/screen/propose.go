package screen

import (
	"context"
	"errors"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

// ErrDeclined is what a proposal ends with when the user says no.
var ErrDeclined = errors.New("declined")

// Proposal asks for a request to be sent. App makes the dialog that its effect asks for; only App's yes sends it.
type Proposal[T any] struct {
	Request nango.Request[T]
	// Title says what is done: "Delete connection".
	Title string
	// About names whom it is about, in the words of the screen. It may hold strangers' text.
	About string
	// Consequences says what goes with it, what was counted and what was not looked at, a line each.
	Consequences []string
	// Before and After are what is there now and what will be there, where a difference can be shown: JSON or
	// lines of text. Secrets in them are masked when they are drawn.
	Before, After string
	// ConfirmLabel is the word on the button; the title's first word where it is empty.
	ConfirmLabel string
	// SuccessText is what is said when it went well; the title and that it is done where it is empty. Tells says it where only the
	// answer can.
	SuccessText    string
	SuccessTextFor func(value T) string
	// ResultScreen is the screen that tells the outcome by itself, once there is one: nothing else is said while it is on top.
	ResultScreen func() Screen
	// AlsoApproves is what the same yes agrees to, to be sent later by [SendApproved]; the dialog or form names it in Goes.
	AlsoApproves []FutureRequest
	// OnSent is called when the user has agreed and the request is on its way. A clock starts here: the dialog before it may
	// have stood open for long.
	OnSent func(t *Turn)
	// Then is called with the outcome, after a no as well (ErrDeclined), so that a form comes back as it was typed.
	Then func(t *Turn, value T, err error)
	// OutlivesScreen has Then called with the outcome though the screen is gone. Of what it wants then, toasts are carried out,
	// what is told but once is shown, and nothing else: it is for noting what came of something that takes long, and for
	// what would be lost.
	OutlivesScreen bool
}

// FutureRequest is a request that is approved before it can be made: its operation, and what it is about.
type FutureRequest = guard.FutureRequest

// ProposeWant is a proposal whose answer's type no longer matters.
type ProposeWant struct {
	Call          nango.Call
	Title         string
	About         string
	Consequences  []string
	Before, After string
	ConfirmLabel  string
	ResultScreen  func() Screen // nil where no screen tells the outcome
	AlsoApproves  []FutureRequest
	// Send sends the request; App calls it after the yes, on a goroutine of its own.
	Send func(context.Context, Tools) (Outcome, error)
	// OnSent is called when it is on its way; nil where nobody wants to know.
	OnSent Callback
	// Decline is called after a no.
	Decline Callback
	// OutlivesScreen has the landing called though the screen is gone.
	OutlivesScreen bool
}

func (ProposeWant) isWant() {}

// Outcome is what became of a request that was sent.
type Outcome struct {
	// Callback brings it to the screen, on App's goroutine.
	Callback Callback
	// SuccessText is what is said of it where it went well; empty where that is nothing but that it is done.
	SuccessText string
}

// Propose asks App to send what p requests, after the dialog that its effect asks for.
func Propose[T any](t *Turn, p Proposal[T]) {
	if p.Then == nil {
		p.Then = func(*Turn, T, error) {}
	}
	t.want(ProposeWant{
		Call: p.Request.Call(), Title: p.Title, About: p.About, Consequences: p.Consequences,
		Before: p.Before, After: p.After, ConfirmLabel: p.ConfirmLabel, ResultScreen: p.ResultScreen, AlsoApproves: p.AlsoApproves,
		OnSent: p.OnSent, OutlivesScreen: p.OutlivesScreen,
		Send: func(ctx context.Context, tools Tools) (Outcome, error) {
			value, err := nango.Send(ctx, tools.client, p.Request)
			return p.outcome(value, err), err
		},
		Decline: func(t *Turn) {
			var none T
			p.Then(t, none, ErrDeclined)
		},
	})
}

// outcome is what became of the request. What is told of an error is App's.
func (p Proposal[T]) outcome(value T, err error) Outcome {
	o := Outcome{Callback: func(t *Turn) { p.Then(t, value, err) }, SuccessText: p.SuccessText}
	if p.SuccessTextFor != nil && err == nil {
		o.SuccessText = p.SuccessTextFor(value)
	}
	return o
}

// ProposeToFile proposes a proxied request whose answer goes to a file while it comes; the proposal's own request is not
// looked at. The file is begun before anything is sent, and kept when all of the answer was written to it.
func ProposeToFile(t *Turn, path string, over bool, r nango.ProxyRequest, p Proposal[nango.ProxyResponse]) {
	p.Request = nango.Proxy(r)
	if p.Then == nil {
		p.Then = func(*Turn, nango.ProxyResponse, error) {}
	}
	Propose(t, p)
	last := len(t.wants) - 1
	want := t.wants[last].(ProposeWant)
	want.Send = func(ctx context.Context, tools Tools) (Outcome, error) {
		answer, err := save(ctx, tools, path, over, r)
		return p.outcome(answer, err), err
	}
	t.wants[last] = want
}

// save sends the request and writes its answer to the file.
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

// Approval is the user's confirmation as far as it also covers requests to be sent later. Only App's covers anything.
type Approval = guard.Approval

// ApprovedWant is a request that an earlier yes covers. App checks that it does, and asks where it does not.
type ApprovedWant struct {
	Approval *Approval
	Propose  ProposeWant
}

func (ApprovedWant) isWant() {}

// SendApproved asks App to send a request that an earlier yes covers.
func SendApproved[T any](t *Turn, a *Approval, p Proposal[T]) {
	Propose(t, p)
	last := len(t.wants) - 1
	t.wants[last] = ApprovedWant{Approval: a, Propose: t.wants[last].(ProposeWant)}
}

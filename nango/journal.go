package nango

import (
	"cmp"
	"fmt"
)

// Journal records an intent before its request is sent. If that fails, the request is not sent. Otherwise end is called with
// the outcome. It is called by many goroutines, for every request with an effect above [Reads], once each.
type Journal func(Intent) (end func(IntentEnd), err error)

// Intent is a request that is about to be sent, without its headers and body.
type Intent struct {
	Operation Operation
	Effect    Effect
	Method    string
	// Host and Path say where it goes. Path includes the query, with secrets masked.
	Host, Path string
	// Key is the fingerprint of the API key.
	Key string
	// About and Syncs are what it is about, as far as the request says; not masked.
	About ConnectionRef
	Syncs []SyncName
	// Undo is what it can be put back with, without secrets; zero if that isn't kept.
	Undo Undo
}

// IntentEnd is how a request ended.
type IntentEnd struct {
	// Status is the status of the response, or 0.
	Status int
	// Code is the error's code, or its kind; empty after success.
	Code string
	// Unknown means that the request may have been carried out.
	Unknown bool
	// Interrupted means that this program stopped waiting for the response, because it quits.
	Interrupted bool
}

// begin does what is to be done before a call leaves, and records the intent of one that does more than read.
func (c *Client) begin(call Call) (end func(IntentEnd), e *Error) {
	if call.leaves != nil {
		if err := call.leaves(); err != nil {
			return nil, c.notRecorded(call, err, err.Error())
		}
	}
	info, _ := call.Operation.Info()
	effect := max(call.Effect, info.Effect)
	if effect == Reads || c.config.Journal == nil {
		return func(IntentEnd) {}, nil
	}
	end, err := c.config.Journal(Intent{
		Operation: call.Operation, Effect: effect, Method: call.Method, Host: c.host, Path: call.MaskedURI(c.config.Secrets),
		Key: c.fingerprint, About: call.About, Syncs: call.Syncs, Undo: c.keepable(call.Undo),
	})
	if err == nil {
		return end, nil
	}
	return nil, c.notRecorded(call, err, fmt.Sprintf("the journal can't record it: %v", err))
}

// notRecorded is the error of a call that is not sent, because something couldn't be recorded first.
func (c *Client) notRecorded(call Call, err error, message string) *Error {
	c.countOff(call, nil, false)
	e := newError(call, NotRecorded)
	e.cause, e.Message = err, bounded(c.config.Secrets.Mask(message))
	return e
}

// intentEnd is the outcome of a call. A refresh that was interrupted may have been carried out, too.
func intentEnd(call Call, response Response, e *Error) IntentEnd {
	if e == nil {
		return IntentEnd{Status: response.Status}
	}
	return IntentEnd{
		Status: e.Status, Code: cmp.Or(e.Code, e.Kind.Error()), Unknown: e.OutcomeUnknown,
		Interrupted: e.Kind == Canceled && (e.OutcomeUnknown || !call.Effect.Changes()),
	}
}

// EffectNamed returns the effect with a name, as [Effect.String] returns it. An unknown name counts as [Destroys].
func EffectNamed(name string) Effect {
	for e := Reads; e < Destroys; e++ {
		if e.String() == name {
			return e
		}
	}
	return Destroys
}

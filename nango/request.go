package nango

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Call is what is known of a request without the type of its answer: what dialogs show, what the request
// log keeps, what a read-only client judges. The API key is no part of it.
type Call struct {
	// Operation names the operation, and with it the effect, the scope and the limits of the operation table.
	Operation Operation
	// Method is the HTTP method.
	Method string
	// Path holds the path's segments, not escaped. A connection id may contain slashes, spaces and quotes.
	Path []string
	// Query is what stands behind the path. Nango refuses parameters that it does not know.
	Query url.Values
	// Header holds the headers of the operation itself, such as Connection-Id.
	Header http.Header
	// Target is path and query of a proxied request, exactly as they are sent. It stands in place of Path and Query.
	Target string
	// Body is what to send, or nil: JSON where ContentType is empty.
	Body json.RawMessage
	// ContentType is the media type of a body that is not Nango's own JSON.
	ContentType string
	// Effect is what the request does to the world: the operation's own, or a worse one where the arguments make it so.
	Effect Effect
	// Timeout is how long one try may take, from its first byte to the last of the answer. Waiting for the
	// budget, and between the tries of a read, is counted apart and bounded by the client.
	Timeout time.Duration
	// About names the connection or integration concerned; either part may be empty.
	About ConnectionRef
	// Token is the connect session token to authenticate with instead of the API key, where the operation wants that.
	Token Secret

	// sink takes the body of a proxied answer that is no error.
	sink io.Writer
}

// ConnectionRef names a connection. An id alone names nothing: it is unique only within its integration.
type ConnectionRef struct {
	// Integration is the integration's key.
	Integration string
	// ID is the connection id.
	ID string
}

// String names the connection for a reader. It may hold strangers' text.
func (r ConnectionRef) String() string { return r.ID + " · " + r.Integration }

// Request is an operation with its arguments, and the way to read its answer. It sends nothing by itself.
type Request[T any] struct {
	call    Call
	decode  func(Response) (T, error)
	refusal error
}

// Call tells what will be sent.
func (r Request[T]) Call() Call { return r.call }

// Refusal says why the request will not be sent, in words for the reader, or nil: Nango would refuse it,
// or would understand it as something else.
func (r Request[T]) Validate() error { return r.refusal }

// Read is a request that changes nothing. Only operations of this package make one, so what is given a Read
// can be sent without asking anybody.
type Read[T any] struct{ request Request[T] }

// Call tells what will be sent.
func (r Read[T]) Call() Call { return r.request.call }

// Refusal says why the request will not be sent, in words for the reader, or nil.
func (r Read[T]) Validate() error { return r.request.refusal }

// Answer is what came back, bounded in size and known to be a success.
type Response struct {
	Status int
	Header http.Header
	Body   []byte

	// Of a proxied answer: how much came, whether there was more, and whether it went to the call's sink.
	size  int64
	cut   bool
	saved bool
}

// Map is a read whose value is made into another on the goroutine that decodes, so that the work of
// turning a page into rows never happens where keys are handled. The function must not share state
// that is not safe for concurrent use.
func Map[T, U any](r Read[T], f func(T) U) Read[U] {
	return Read[U]{Request[U]{call: r.request.call, refusal: r.request.refusal, decode: func(a Response) (U, error) {
		value, err := r.request.decode(a)
		if err != nil {
			var zero U
			return zero, err
		}
		return f(value), nil
	}}}
}

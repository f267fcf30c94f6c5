package nango

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Call is a request without the type of its response: what dialogs show, the request log stores, and a read-only
// client checks. It doesn't contain the API key.
type Call struct {
	// Operation determines the row of the operation table.
	Operation Operation
	// Method is the HTTP method.
	Method string
	// Path is the list of path segments, not escaped. A connection id may contain slashes, spaces and quotes.
	Path []string
	// Query is the query. Nango refuses unknown parameters.
	Query url.Values
	// Header contains the operation's own headers, such as Connection-Id.
	Header http.Header
	// Target replaces Path and Query for a proxied request: the path and query exactly as sent.
	Target string
	// Body is the body, or nil. It is JSON if ContentType is empty.
	Body json.RawMessage
	// ContentType is the media type of a body that isn't Nango's JSON.
	ContentType string
	// Effect is the operation's effect, or a worse one if the arguments make it so.
	Effect Effect
	// Timeout limits one try, from its first byte to the response's last. Waiting for the budget and between tries is
	// separate and bounded by the client.
	Timeout time.Duration
	// About is the connection or integration concerned; either part may be empty.
	About ConnectionRef
	// Syncs are the syncs that the call names.
	Syncs []SyncName
	// Token is a connect session token to authenticate with instead of the API key, for operations that require it.
	Token Secret

	// sink receives the body of a proxied response that isn't an error.
	sink io.Writer
}

// ConnectionRef identifies a connection. An id alone doesn't: it is unique only within its integration.
type ConnectionRef struct {
	// Integration is the integration key.
	Integration string
	// ID is the connection id.
	ID string
}

// String formats the reference for people. It may contain untrusted text.
func (r ConnectionRef) String() string { return r.ID + " · " + r.Integration }

// Request is an operation with its arguments and a decoder for its response. It sends nothing by itself.
type Request[T any] struct {
	call    Call
	decode  func(Response) (T, error)
	refusal error
}

// Call returns what will be sent.
func (r Request[T]) Call() Call { return r.call }

// Validate returns an error if the request must not be sent, because Nango would refuse or misinterpret it.
func (r Request[T]) Validate() error { return r.refusal }

// Read is a request that changes nothing. Only this package can create one, so a Read can be sent without
// confirmation.
type Read[T any] struct{ request Request[T] }

// Call returns what will be sent.
func (r Read[T]) Call() Call { return r.request.call }

// Validate returns an error if the request must not be sent.
func (r Read[T]) Validate() error { return r.request.refusal }

// Response is a successful response, bounded in size.
type Response struct {
	Status int
	Header http.Header
	Body   []byte

	// For a proxied response: the number of bytes received, whether there was more, and whether it went to the call's
	// sink.
	size  int64
	cut   bool
	saved bool
}

// Map converts the value of a read. The function runs on the goroutine that decodes, so that converting a page to
// rows doesn't delay key handling. It must be safe for concurrent use.
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

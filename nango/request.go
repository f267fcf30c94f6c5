package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Call is a request without the type of its response: what dialogs show, the request log stores, and a read-only
// client checks. It doesn't contain the API key.
type Call struct {
	Operation Operation // determines the row of the operation table
	Method    string    // the HTTP method
	// Path is the list of path segments, not escaped. A connection id may contain slashes, spaces and quotes.
	Path   []string
	Query  url.Values  // the query. Nango refuses unknown parameters.
	Header http.Header // contains the operation's own headers, such as Connection-Id
	// Target replaces Path and Query for a proxied request: the path and query exactly as sent.
	Target      string
	Body        json.RawMessage // the body, or nil. It is JSON if ContentType is empty.
	ContentType string          // the media type of a body that isn't Nango's JSON
	Effect      Effect          // the operation's effect, or a worse one if the arguments make it so
	// Timeout limits one try, from its first byte to the response's last. Waiting for the budget and between tries is
	// separate and bounded by the client.
	Timeout time.Duration
	About   ConnectionRef // the connection or integration concerned; either part may be empty
	// IDs are the ids of the connections of About's integration that it concerns, if there are several; then About has no id.
	IDs []string
	// Name is the own name of what is changed, where that is neither a connection nor an integration: of a function, a sync, a
	// variant or a model. Empty if the request has none.
	Name  string
	Syncs []SyncName // the syncs that the call names
	// Token is a connect session token to authenticate with instead of the API key, for operations that require it.
	Token Secret
	// Undo is what the journal keeps of the call, so that it can be put back.
	Undo Undo

	parts  []Call       // of a batch of log tools: its calls one by one
	leaves func() error // called right before it leaves; nil for nothing
	other  *Call        // the same request as older servers take it, or nil; see [Client.Forms]
	older  bool         // this is the form that older servers take
	sink   io.Writer    // receives the body of a proxied response that isn't an error
}

// ConnectionRef identifies a connection. An id alone doesn't: it is unique only within its integration.
type ConnectionRef struct {
	Integration string // the integration key
	ID          string // the connection id
}

// String formats the reference for people. It may contain untrusted text.
func (r ConnectionRef) String() string { return r.ID + " · " + r.Integration }

// Subjects are the connections or the integration that the call concerns.
func (c Call) Subjects() []ConnectionRef {
	if len(c.IDs) == 0 {
		return []ConnectionRef{c.About}
	}
	all := make([]ConnectionRef, len(c.IDs))
	for i, id := range c.IDs {
		all[i] = ConnectionRef{Integration: c.About.Integration, ID: id}
	}
	return all
}

// Request is an operation with its arguments and a decoder for its response. It sends nothing by itself.
type Request[T any] struct {
	call    Call
	decode  func(Response) (T, error)
	refusal error
}

// Call returns what will be sent.
func (r Request[T]) Call() Call { return r.call }

// Leaving returns the request with something to be done right before it leaves, after it has waited for the budget. An error keeps it
// from being sent.
func (r Request[T]) Leaving(do func() error) Request[T] {
	r.call.leaves = do
	return r
}

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

	received time.Time
	host     string      // the client's
	results  []logResult // of the log tools, in the order of the calls
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

// newCall creates a call from the operation's row in the operation table.
func newCall(operation Operation, method string, path ...string) Call {
	info := operations[operation]
	return Call{Operation: operation, Method: method, Path: path, Effect: info.Effect, Timeout: info.Timeout}
}

func (c Call) about(ref ConnectionRef) Call {
	c.About = ref
	return c
}

// withBody sets the JSON body. Body structs belong to this package, so encoding can only fail on malformed JSON that
// the caller provided; the error says so.
func (c Call) withBody(body any) (Call, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // the dialog shows exactly what is sent, "&" included
	if err := encoder.Encode(body); err != nil {
		return c, fmt.Errorf("the JSON to send is invalid: %w", jsonCause(err))
	}
	c.Body = bytes.TrimRight(out.Bytes(), "\n")
	return c, nil
}

// jsonCause removes the names of Go types around a syntax error.
func jsonCause(err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return syntax
	}
	return err
}

// request combines a call, its decoder, and the first reason not to send it.
func request[T any](call Call, decode func(Response) (T, error), refusals ...error) Request[T] {
	return Request[T]{call: call, decode: decode, refusal: firstError(refusals...)}
}

func read[T any](call Call, decode func(Response) (T, error), refusals ...error) Read[T] {
	return Read[T]{request(call, decode, refusals...)}
}

// refuseIf returns an error if the condition holds.
func refuseIf(condition bool, format string, args ...any) error {
	if condition {
		return fmt.Errorf(format, args...)
	}
	return nil
}

func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// put sets alternating names and values, without those that are empty.
func put(set func(name, value string), pairs ...string) {
	for pair := range slices.Chunk(pairs, 2) {
		if pair[1] != "" {
			set(pair[0], pair[1])
		}
	}
}

// number is a number as text; 0 is empty.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// setHeader sets a header in a copy of the call's headers.
func (c *Call) setHeader(name, value string) {
	c.Header = c.Header.Clone()
	c.Header.Set(name, value)
}

// isRetryable reports whether sending the call twice is harmless: a GET that only reads, or a call of a log tool. Compiling
// code changes nothing either, but does not count.
func (c Call) isRetryable() bool {
	return c.Effect == Reads && (c.Method == http.MethodGet || c.Operation.ofLogs())
}

// contentType is the media type of the body.
func (c Call) contentType() string {
	if c.ContentType != "" {
		return c.ContentType
	}
	return jsonMedia
}

// URL is the call's URL on the host, such as "https://api.nango.dev". Each path segment is escaped as a whole,
// because connection ids can contain slashes and integration keys can contain spaces.
func (c Call) URL(host string) string {
	return host + c.RequestURI()
}

// RequestURI is the path and query as sent.
func (c Call) RequestURI() string {
	if c.Target != "" {
		return c.Target
	}
	var out bytes.Buffer
	for _, segment := range c.Path {
		out.WriteByte('/')
		out.WriteString(url.PathEscape(segment))
	}
	if len(c.Query) > 0 {
		out.WriteByte('?')
		out.WriteString(c.Query.Encode())
	}
	return out.String()
}

// MaskedURI is [Call.RequestURI] with secrets masked. Masking happens before escaping, because an escaped secret
// would not be recognized.
func (c Call) MaskedURI(secrets *Secrets) string {
	if c.Target != "" {
		return secrets.maskTarget(c.Target)
	}
	shown := Call{Path: make([]string, len(c.Path)), Query: make(url.Values, len(c.Query))}
	for i, segment := range c.Path {
		shown.Path[i] = secrets.Mask(segment)
	}
	for name, values := range c.Query {
		for _, value := range values {
			shown.Query.Add(secrets.Mask(name), secrets.Mask(value))
		}
	}
	return strings.ReplaceAll(shown.RequestURI(), url.QueryEscape(Masked), Masked)
}

// String returns the method and path. It leaves out the body, which may contain secrets.
func (c Call) String() string { return c.Method + " " + c.RequestURI() }

// Format prints [Call.String] for every verb.
func (c Call) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(c.String())) }

// Format prints the call for every verb. By default, fmt would print the token inside.
func (r Request[T]) Format(state fmt.State, _ rune) { r.call.Format(state, 'v') }

// Format prints the call for every verb.
func (r Read[T]) Format(state fmt.State, _ rune) { r.request.call.Format(state, 'v') }

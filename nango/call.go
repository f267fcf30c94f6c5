package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// newCall begins a request from the operation's row of the table.
func newCall(operation Operation, method string, path ...string) Call {
	info := operations[operation]
	return Call{Operation: operation, Method: method, Path: path, Effect: info.Effect, Timeout: info.Timeout}
}

// withBody gives the call its JSON body. The structs given to it are this package's own, so that only a
// malformed piece of the caller's JSON can fail; that is what the error says.
func (c Call) withBody(body any) (Call, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // what the dialog shows is what is sent, "&" included
	if err := encoder.Encode(body); err != nil {
		return c, fmt.Errorf("the JSON to send is not valid: %w", jsonCause(err))
	}
	c.Body = bytes.TrimRight(out.Bytes(), "\n")
	return c, nil
}

// jsonCause is the syntax error without the names of Go types around it.
func jsonCause(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntax
	}
	return err
}

// request puts a call, the way to read its answer, and what speaks against sending it together.
func request[T any](call Call, decode func(Response) (T, error), refusals ...error) Request[T] {
	return Request[T]{call: call, decode: decode, refusal: firstError(refusals...)}
}

func read[T any](call Call, decode func(Response) (T, error), refusals ...error) Read[T] {
	return Read[T]{request(call, decode, refusals...)}
}

func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// isLook says whether the call only reads and nothing but reads: to send it twice is harmless. What compiles code
// changes nothing either, and is none.
func (c Call) isLook() bool { return c.Effect == Reads && c.Method == http.MethodGet }

// contentType is the media type of the body.
func (c Call) contentType() string {
	if c.ContentType != "" {
		return c.ContentType
	}
	return jsonMedia
}

// URL is where the call goes on the host, such as "https://api.nango.dev". Every segment is escaped whole,
// because a connection id may contain slashes and a key spaces.
func (c Call) URL(host string) string {
	return host + c.RequestURI()
}

// RequestURI is path and query as they are sent.
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

// MaskedURI is [Call.RequestURI] without secrets. They are hidden before anything is escaped, since an escaped one
// would not be found.
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

// String is method and path. A body, which may hold secrets, is never printed by accident.
func (c Call) String() string { return c.Method + " " + c.RequestURI() }

// Format prints [Call.String], whatever the verb.
func (c Call) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(c.String())) }

// Format prints the call, whatever the verb: fmt would otherwise show the token within.
func (r Request[T]) Format(state fmt.State, _ rune) { r.call.Format(state, 'v') }

// Format prints the call, whatever the verb.
func (r Read[T]) Format(state fmt.State, _ rune) { r.request.call.Format(state, 'v') }

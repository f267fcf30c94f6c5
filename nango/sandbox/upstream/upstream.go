// Package upstream is the provider behind the sandbox's proxy. It answers in memory; no request leaves the process. Its
// pages show what a client must cope with: errors, redirects, large and broken bodies, rate limits. It knows JSON values
// (package js) and made-up data (package fake), and nothing of Nango.
package upstream

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"nango-tui/nango/sandbox/js"
)

// testHost is a host that has only the pages; every other path is 404.
const testHost = "upstream.test"

// Header is one header line. Names are in lower case.
type Header struct{ Name, Value string }

// Headers are header lines in the order in which they are sent.
type Headers []Header

// Get returns the value of a header, or "".
func (h Headers) Get(name string) string {
	for _, line := range h {
		if line.Name == name {
			return line.Value
		}
	}
	return ""
}

// Add appends a header.
func (h *Headers) Add(name, value string) { *h = append(*h, Header{name, value}) }

// Set replaces the value of a header in place, or appends the header.
func (h *Headers) Set(name, value string) {
	if at := slices.IndexFunc(*h, func(line Header) bool { return line.Name == name }); at >= 0 {
		(*h)[at].Value = value
		return
	}
	h.Add(name, value)
}

// Request is a request as the provider receives it.
type Request struct {
	Method   string
	Host     string // with port
	Target   string // path and query, escaped
	Headers  Headers
	Body     []byte
	Rejected bool // the provider rejects the connection's key
}

// Response is the provider's response, before Nango changes it.
type Response struct {
	Status     int
	Headers    Headers
	Body       []byte
	Stream     func(io.Writer) error // instead of Body
	Chunked    bool
	Duration   time.Duration
	Broken     string // the connection broke with this message
	BrokenCode string // "" if the body was cut short
}

func (r Response) with(name, value string) Response {
	r.Headers = slices.Clip(r.Headers)
	r.Headers.Add(name, value)
	return r
}

func body(status int, contentType string, data []byte) Response {
	return Response{Status: status, Headers: Headers{{"content-type", contentType}}, Body: data}
}

func jsonBody(status int, v any) Response {
	return body(status, "application/json", js.AppendValue(nil, v))
}

func notFound(path string) Response {
	return jsonBody(http.StatusNotFound, js.NewObject("error", "no such upstream path", "path", path))
}

// Provider answers requests. It is not safe for concurrent use.
type Provider struct {
	seed uint64
	hits *js.Object // requests of /flaky by key
}

// New returns a provider whose data is made from seed.
func New(seed uint64) *Provider { return &Provider{seed: seed, hits: js.NewObject()} }

// request is a Request as a page reads it.
type request struct {
	Request
	provider *Provider
	path     string
	rest     string // of the path, after the page's name
	query    url.Values
}

func (r request) number(name string, otherwise int) int {
	if n, err := strconv.Atoi(r.query.Get(name)); err == nil {
		return n
	}
	return otherwise
}

// Do answers a request with a page, or with an echo of the request where there is no page.
func (p *Provider) Do(in Request) Response {
	path, query, _ := strings.Cut(in.Target, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		values = url.Values{}
	}
	if in.Rejected {
		return jsonBody(http.StatusUnauthorized, js.NewObject("error",
			js.NewObject("type", "invalid_auth", "message", "The API key was revoked."))).with("www-authenticate", "Bearer")
	}
	name, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	r := request{Request: in, provider: p, path: path, rest: rest, query: values}
	if page, ok := pages[name]; ok && (rest == "" || name == "echo" || name == "status") {
		return page(r)
	}
	if host := (&url.URL{Host: in.Host}).Hostname(); host == testHost {
		return notFound(path)
	}
	echoed := r.decodedBody()
	if echoed == nil {
		echoed = ""
	}
	return jsonBody(http.StatusOK, js.NewObject("host", in.Host, "method", in.Method, "path", in.Target,
		"headers", r.headerObject(), "body", echoed))
}

func (r request) headerObject() *js.Object {
	o := js.NewObject()
	for _, h := range r.Headers {
		o.Set(h.Name, h.Value)
	}
	return o
}

// decodedBody returns the body as JSON, as text, or as bytes read as Latin-1.
func (r request) decodedBody() any {
	if len(r.Body) == 0 {
		return nil
	}
	if v, err := js.Decode(r.Body); err == nil {
		return v
	}
	if utf8.Valid(r.Body) {
		return string(r.Body)
	}
	runes := make([]rune, len(r.Body))
	for i, b := range r.Body {
		runes[i] = rune(b)
	}
	return string(runes)
}

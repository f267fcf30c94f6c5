package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// standInHost is a host with nothing but the pages below: what it does not know is 404.
const standInHost = "upstream.test"

// upstreamAnswer is what the provider answers, before Nango makes its own of it. The provider is
// embedded: no request leaves the process.
type upstreamAnswer struct {
	status     int
	headers    []headerLine
	body       []byte
	stream     func(io.Writer) error // in place of body
	chunked    bool
	took       time.Duration
	broken     string // the connection broke with this message
	brokenCode string // "" for a body that was cut short
}

func (u upstreamAnswer) header(name string) string {
	for _, h := range u.headers {
		if h.name == name {
			return h.value
		}
	}
	return ""
}

func (u upstreamAnswer) with(name, value string) upstreamAnswer {
	u.headers = append(slices.Clip(u.headers), headerLine{name, value})
	return u
}

func upstreamBody(status int, contentType string, body []byte) upstreamAnswer {
	return upstreamAnswer{status: status, headers: []headerLine{{"content-type", contentType}}, body: body}
}

func upstreamJSON(status int, v any) upstreamAnswer {
	return upstreamBody(status, "application/json", appendValue(nil, v, false))
}

// request is one proxied request as a page of the provider sees it.
type request struct {
	outgoing
	world *world
	path  string
	query url.Values
}

func (r request) number(name string, otherwise int) int {
	if n, err := strconv.Atoi(r.query.Get(name)); err == nil {
		return n
	}
	return otherwise
}

// provider answers a request as the provider would: by its pages, and whatever else is asked of
// it by an echo.
func (w *world) provider(out outgoing) upstreamAnswer {
	path, query, _ := strings.Cut(out.target, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		values = url.Values{}
	}
	r := request{outgoing: out, world: w, path: path, query: values}
	if out.broken {
		return upstreamJSON(http.StatusUnauthorized, newObject("error", newObject("type", "invalid_auth", "message", "The API key was revoked."))).
			with("www-authenticate", "Bearer")
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if page, ok := upstreamPages[first]; ok && (rest == "" || first == "echo" || first == "status") {
		return page(r, rest)
	}
	if host := (&url.URL{Host: out.host}).Hostname(); host == standInHost {
		return upstreamJSON(http.StatusNotFound, newObject("error", "no such upstream path", "path", path))
	}
	body := r.echoed()
	if body == nil {
		body = ""
	}
	return upstreamJSON(http.StatusOK, newObject("host", out.host, "method", out.method, "path", out.target,
		"headers", r.headerObject(), "body", body))
}

func (r request) headerObject() *object {
	o := newObject()
	for _, h := range r.headers {
		o.set(h.name, h.value)
	}
	return o
}

// echoed is the body as the provider reads it: JSON, text, or bytes as Latin-1.
func (r request) echoed() any {
	if len(r.body) == 0 {
		return nil
	}
	if v, err := decode(r.body); err == nil {
		return v
	}
	if utf8.Valid(r.body) {
		return string(r.body)
	}
	runes := make([]rune, len(r.body))
	for i, b := range r.body {
		runes[i] = rune(b)
	}
	return string(runes)
}

// echo answers what it was sent, the token too.
func echo(r request, _ string) upstreamAnswer {
	return upstreamJSON(http.StatusOK, newObject("method", r.method, "path", r.target, "headers", r.headerObject(),
		"body", r.echoed(), "raw_len", len(r.body))).with("x-request-id", "req-123").with("x-ratelimit-limit", "7").with("x-ratelimit-remaining", "3")
}

// status answers any status: /status/418, with html=1 as HTML, with ra=2 with a Retry-After.
func statusPage(r request, rest string) upstreamAnswer {
	status, err := strconv.Atoi(rest)
	if err != nil || status < 200 || status > 599 {
		return upstreamJSON(http.StatusNotFound, newObject("error", "no such upstream path", "path", r.path))
	}
	u := upstreamJSON(status, newObject("error", "upstream", "status", status, "hits", 0))
	if r.query.Get("html") != "" {
		u = upstreamBody(status, "text/html", fmt.Appendf(nil, "<html><body>upstream error %d</body></html>", status))
	}
	if status == http.StatusNoContent {
		u.body = nil
	}
	if after := r.query.Get("ra"); after != "" {
		u = u.with("retry-after", after)
	}
	return u.with("x-request-id", "req-err")
}

// flaky fails so many times for a key, then works. It counts for good.
func flaky(r request, _ string) upstreamAnswer {
	key := r.query.Get("key")
	if len(r.world.upstreamHits.keys) >= maxFlakyKeys && !r.world.upstreamHits.has(key) {
		r.world.upstreamHits = newObject()
	}
	hits, _ := r.world.upstreamHits.get(key).(int)
	hits++
	r.world.upstreamHits.set(key, hits)
	if hits <= r.number("fail", 1) {
		return upstreamJSON(min(max(r.number("code", http.StatusServiceUnavailable), 400), 599), newObject("attempt", hits))
	}
	return upstreamJSON(http.StatusOK, newObject("ok", true, "attempt", hits))
}

// maxFlakyKeys bounds what flaky remembers.
const maxFlakyKeys = 1_000

func countPage(r request, _ string) upstreamAnswer {
	return upstreamJSON(http.StatusOK, r.world.upstreamHits)
}

// slow takes ms milliseconds, ten minutes at most.
func slow(r request, _ string) upstreamAnswer {
	ms := min(max(r.number("ms", 1000), 0), 600_000)
	u := upstreamJSON(http.StatusOK, newObject("slept", strconv.Itoa(ms)))
	u.took = time.Duration(ms) * time.Millisecond
	return u
}

func redirect(r request, _ string) upstreamAnswer {
	to := r.query.Get("to")
	if to == "" {
		to = "/echo/redirected"
	}
	return upstreamJSON(r.number("code", http.StatusFound), newObject()).with("location", to)
}

// contactsTotal is how many contacts the paged list has.
const contactsTotal = 237

// contacts is a list in pages: page from 1, per_page up to 100, the next page in a Link header and
// in the body.
func contacts(r request, _ string) upstreamAnswer {
	page, size := max(r.number("page", 1), 1), min(max(r.number("per_page", 20), 1), 100)
	rows := []any{}
	for n := min((page-1)*size, contactsTotal); n < min(page*size, contactsTotal); n++ {
		m := &maker{seed: spread(r.world.seed, uint64(n))}
		full, latin := m.person()
		rows = append(rows, newObject("id", json.Number(strconv.FormatUint(1<<53+uint64(n), 10)), "name", full, "email", latin+"@example.com"))
	}
	var next any
	if page*size < contactsTotal {
		next = fmt.Sprintf("https://%s/contacts?page=%d&per_page=%d", r.host, page+1, size)
	}
	u := upstreamJSON(http.StatusOK, newObject("data", rows, "total", contactsTotal, "next", next))
	if next != nil {
		u = u.with("link", fmt.Sprintf("<%s>; rel=\"next\"", next))
	}
	return u
}

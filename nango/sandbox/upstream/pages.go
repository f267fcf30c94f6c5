package upstream

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

const (
	bigDefault  = 5 << 20   // of /big, in bytes
	bigMax      = 64 << 20  // of /big
	hugeDefault = 100 << 20 // of /huge
	hugeMax     = 1 << 30
)

// pages are the pages by the first segment of their path.
var pages = map[string]func(request) Response{
	"echo":       echo,
	"status":     statusPage,
	"flaky":      flaky,
	"count":      func(r request) Response { return jsonBody(http.StatusOK, r.provider.hits) },
	"slow":       slow,
	"redirect":   redirect,
	"redirloop":  fixed(redirectTo(http.StatusFound, "/redirloop")),
	"contacts":   contacts,
	"big":        big,
	"huge":       huge,
	"chunked":    chunked,
	"gzip":       fixed(gzipped(http.StatusOK, `{"gz":true,"pad":"`+strings.Repeat("y", 2000)+`"}`)),
	"gziperr":    fixed(gzipped(http.StatusBadRequest, `{"gz":"error body"}`)),
	"limited":    fixed(limited()),
	"attachment": fixed(attachment()),
	"html": fixed(body(http.StatusOK, "text/html; charset=utf-8", []byte("<!doctype html><html><head><title>Status</title>"+
		"<script>alert(1)</script></head><body><h1>All systems &amp; parts work</h1></body></html>"))),
	"text":    fixed(body(http.StatusOK, "text/plain", []byte("plain text"))),
	"badjson": fixed(body(http.StatusOK, "application/json", []byte(`{"a": not json`))),
	"deflate": fixed(body(http.StatusOK, "application/json", []byte(`{"deflate":true}`))),
	"empty":   fixed(Response{Status: http.StatusOK}),
	"binary":  fixed(body(http.StatusOK, "application/octet-stream", allBytes(1024))),
	"image":   fixed(body(http.StatusOK, "image/png", []byte(onePixel))),
	// The connection breaks.
	"close":    fixed(Response{Broken: "socket hang up", BrokenCode: "ECONNRESET"}),
	"truncate": fixed(Response{Broken: "aborted"}),
	// An error of the provider that looks like one of Nango's.
	"nango-error": fixed(jsonBody(http.StatusForbidden, js.NewObject("error", js.NewObject("code", "forbidden",
		"message", "Insufficient scope. Required: environment:proxy")))),
}

func fixed(r Response) func(request) Response { return func(request) Response { return r } }

// onePixel is a PNG of one transparent pixel.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\xdacd\xf8\xcfP\x0f\x00\x03\x86\x01\x80Z4}k\x00\x00\x00\x00IEND\xaeB`\x82"

func allBytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i)
	}
	return b
}

func redirectTo(status int, target string) Response {
	return jsonBody(status, js.NewObject()).with("location", target)
}

// big is JSON of exactly that many bytes, sent in one piece.
func big(r request) Response {
	const frame = `{"data":""}`
	n := min(max(r.number("bytes", bigDefault), len(frame)), bigMax)
	return body(http.StatusOK, "application/json", []byte(`{"data":"`+strings.Repeat("x", n-len(frame))+`"}`))
}

// huge is a stream of that many bytes.
func huge(r request) Response {
	n := min(max(r.number("bytes", hugeDefault), 0), hugeMax)
	u := body(http.StatusOK, "application/octet-stream", nil)
	u.Stream = func(w io.Writer) error {
		piece := bytes.Repeat([]byte("0123456789abcdef"), 4096)
		for left := n; left > 0; left -= len(piece) {
			if _, err := w.Write(piece[:min(left, len(piece))]); err != nil {
				return err
			}
		}
		return nil
	}
	return u
}

// chunked is sent in five chunks; sse=1 makes it an event stream.
func chunked(r request) Response {
	contentType, form := "application/json", "{\"i\":%d}\n"
	if r.query.Get("sse") != "" {
		contentType, form = "text/event-stream", "data: %d\n\n"
	}
	var b []byte
	for i := range 5 {
		b = fmt.Appendf(b, form, i)
	}
	u := body(http.StatusOK, contentType, b)
	u.Chunked = true
	return u
}

// gzipped is sent compressed. Nango's HTTP client unpacks it, whatever the header Decompress says.
func gzipped(status int, text string) Response {
	return body(status, "application/json", []byte(text)).with("content-encoding", "gzip")
}

// limited is the provider's own 429, whose headers look like Nango's.
func limited() Response {
	return jsonBody(http.StatusTooManyRequests, js.NewObject("message", "You have hit the limit of 10 requests a minute.")).
		with("x-ratelimit-limit", "10").with("x-ratelimit-remaining", "0").with("x-ratelimit-reset", "1795356060").with("retry-after", "2")
}

func attachment() Response {
	return body(http.StatusCreated, "text/csv", []byte("id,name\n1,=1+1\n")).
		with("content-disposition", `attachment; filename="contacts.csv"`).with("x-total", "1")
}

// echo returns the request, token included.
func echo(r request) Response {
	return jsonBody(http.StatusOK, js.NewObject("method", r.Method, "path", r.Target, "headers", r.headerObject(),
		"body", r.decodedBody(), "raw_len", len(r.Body))).
		with("x-request-id", "req-123").with("x-ratelimit-limit", "7").with("x-ratelimit-remaining", "3")
}

// statusPage returns any status: /status/418. html=1 makes the body HTML, ra=2 adds a Retry-After header.
func statusPage(r request) Response {
	status, err := strconv.Atoi(r.rest)
	if err != nil || status < 200 || status > 599 {
		return notFound(r.path)
	}
	u := jsonBody(status, js.NewObject("error", "upstream", "status", status, "hits", 0))
	if r.query.Get("html") != "" {
		u = body(status, "text/html", fmt.Appendf(nil, "<html><body>upstream error %d</body></html>", status))
	}
	if status == http.StatusNoContent {
		u.Body = nil
	}
	if after := r.query.Get("ra"); after != "" {
		u = u.with("retry-after", after)
	}
	return u.with("x-request-id", "req-err")
}

// maxFlakyKeys limits how many keys flaky counts.
const maxFlakyKeys = 1_000

// flaky fails the first requests of a key (fail=1), then works.
func flaky(r request) Response {
	key := r.query.Get("key")
	if len(r.provider.hits.Keys()) >= maxFlakyKeys && !r.provider.hits.Has(key) {
		r.provider.hits = js.NewObject()
	}
	hits, _ := r.provider.hits.Get(key).(int)
	hits++
	r.provider.hits.Set(key, hits)
	if hits <= r.number("fail", 1) {
		return jsonBody(min(max(r.number("code", http.StatusServiceUnavailable), 400), 599), js.NewObject("attempt", hits))
	}
	return jsonBody(http.StatusOK, js.NewObject("ok", true, "attempt", hits))
}

// slow takes ms milliseconds, at most ten minutes.
func slow(r request) Response {
	ms := min(max(r.number("ms", 1000), 0), 600_000)
	u := jsonBody(http.StatusOK, js.NewObject("slept", strconv.Itoa(ms)))
	u.Duration = time.Duration(ms) * time.Millisecond
	return u
}

func redirect(r request) Response {
	return redirectTo(r.number("code", http.StatusFound), cmp.Or(r.query.Get("to"), "/echo/redirected"))
}

// contactsTotal is the number of contacts.
const contactsTotal = 237

// contacts is a list in pages: page from 1, per_page up to 100. The next page is in the body and in a Link header.
func contacts(r request) Response {
	page, size := max(r.number("page", 1), 1), min(max(r.number("per_page", 20), 1), 100)
	rows := []any{}
	for n := min((page-1)*size, contactsTotal); n < min(page*size, contactsTotal); n++ {
		g := &fake.Generator{Seed: fake.Hash(r.provider.seed, uint64(n))}
		full, local := g.Person()
		id := json.Number(strconv.FormatUint(1<<53+uint64(n), 10))
		rows = append(rows, js.NewObject("id", id, "name", full, "email", local+"@example.com"))
	}
	var next any
	if page*size < contactsTotal {
		next = fmt.Sprintf("https://%s/contacts?page=%d&per_page=%d", r.Host, page+1, size)
	}
	u := jsonBody(http.StatusOK, js.NewObject("data", rows, "total", contactsTotal, "next", next))
	if next != nil {
		u = u.with("link", fmt.Sprintf("<%s>; rel=\"next\"", next))
	}
	return u
}

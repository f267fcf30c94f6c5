package sandbox

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const (
	bigDefault  = 5 << 20   // of /big, in bytes
	bigMost     = 64 << 20  // of /big
	hugeDefault = 100 << 20 // of /huge
	hugeMost    = 1 << 30
)

// upstreamPages are the pages of the embedded provider, by the first segment of their path.
var upstreamPages = map[string]func(r request, rest string) upstreamAnswer{
	"echo":        echo,
	"status":      statusPage,
	"flaky":       flaky,
	"count":       countPage,
	"slow":        slow,
	"redirect":    redirect,
	"redirloop":   func(request, string) upstreamAnswer { return redirectTo("/redirloop") },
	"contacts":    contacts,
	"big":         big,
	"huge":        huge,
	"chunked":     chunked,
	"gzip":        gzipped,
	"gziperr":     gzippedError,
	"limited":     limited,
	"nango-error": imitation,
	"attachment":  attachment,
	"html":        fixedPage(http.StatusOK, "text/html; charset=utf-8", "<!doctype html><html><head><title>Status</title><script>alert(1)</script></head><body><h1>All systems &amp; parts work</h1></body></html>"),
	"text":        fixedPage(http.StatusOK, "text/plain", "plain text"),
	"badjson":     fixedPage(http.StatusOK, "application/json", `{"a": not json`),
	"deflate":     fixedPage(http.StatusOK, "application/json", `{"deflate":true}`),
	"empty":       fixedPage(http.StatusOK, "", ""),
	"binary":      fixedPage(http.StatusOK, "application/octet-stream", allBytes(1024)),
	"image":       fixedPage(http.StatusOK, "image/png", onePixel),
	"close":       func(request, string) upstreamAnswer { return breaks("socket hang up", "ECONNRESET") },
	"truncate":    func(request, string) upstreamAnswer { return breaks("aborted", "") },
}

// onePixel is a PNG of one transparent pixel.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\xdacd\xf8\xcfP\x0f\x00\x03\x86\x01\x80Z4}k\x00\x00\x00\x00IEND\xaeB`\x82"

func allBytes(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i)
	}
	return string(b)
}

func fixedPage(status int, contentType, body string) func(request, string) upstreamAnswer {
	return func(request, string) upstreamAnswer {
		u := upstreamAnswer{status: status, body: []byte(body)}
		if contentType != "" {
			u = u.with("content-type", contentType)
		}
		return u
	}
}

func breaks(message, code string) upstreamAnswer {
	return upstreamAnswer{broken: message, brokenCode: code}
}

func redirectTo(path string) upstreamAnswer {
	return upstreamJSON(http.StatusFound, newObject()).with("location", path)
}

// big is JSON of exactly so many bytes, in one piece.
func big(r request, _ string) upstreamAnswer {
	const frame = `{"data":""}`
	n := min(max(r.number("bytes", bigDefault), len(frame)), bigMost)
	return upstreamBody(http.StatusOK, "application/json", []byte(`{"data":"`+strings.Repeat("x", n-len(frame))+`"}`))
}

// huge is a stream of so many bytes, made while it is sent.
func huge(r request, _ string) upstreamAnswer {
	n := min(max(r.number("bytes", hugeDefault), 0), hugeMost)
	u := upstreamBody(http.StatusOK, "application/octet-stream", nil)
	u.stream = func(w io.Writer) error {
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

// chunked comes in five pieces, with sse=1 as an event stream.
func chunked(r request, _ string) upstreamAnswer {
	contentType, form := "application/json", "{\"i\":%d}\n"
	if r.query.Get("sse") != "" {
		contentType, form = "text/event-stream", "data: %d\n\n"
	}
	var b []byte
	for i := range 5 {
		b = fmt.Appendf(b, form, i)
	}
	u := upstreamBody(http.StatusOK, contentType, b)
	u.chunked = true
	return u
}

// gzipped is sent compressed; Nango's HTTP client unpacks it, whatever Decompress says.
func gzipped(request, string) upstreamAnswer {
	return upstreamBody(http.StatusOK, "application/json", []byte(`{"gz":true,"pad":"`+strings.Repeat("y", 2000)+`"}`)).
		with("content-encoding", "gzip")
}

func gzippedError(request, string) upstreamAnswer {
	return upstreamBody(http.StatusBadRequest, "application/json", []byte(`{"gz":"error body"}`)).with("content-encoding", "gzip")
}

// limited is the provider's own 429, whose headers look like Nango's.
func limited(request, string) upstreamAnswer {
	return upstreamJSON(http.StatusTooManyRequests, newObject("message", "You have hit the limit of 10 requests a minute.")).
		with("x-ratelimit-limit", "10").with("x-ratelimit-remaining", "0").with("x-ratelimit-reset", "1795356060").with("retry-after", "2")
}

// imitation is an error of the provider that looks like one of Nango's.
func imitation(request, string) upstreamAnswer {
	return upstreamJSON(http.StatusForbidden, newObject("error", newObject("code", "forbidden",
		"message", "Insufficient scope. Required: environment:proxy")))
}

func attachment(request, string) upstreamAnswer {
	return upstreamBody(http.StatusCreated, "text/csv", []byte("id,name\n1,=1+1\n")).
		with("content-disposition", `attachment; filename="contacts.csv"`).with("x-total", "1")
}

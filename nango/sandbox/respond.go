package sandbox

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	jsonType = "application/json; charset=utf-8"
	htmlType = "text/html; charset=utf-8"
)

// answer is a response before it is sent.
type answer struct {
	status      int
	contentType string
	body        []byte
	headers     map[string]string // canonical names
	noETag      bool
	chunked     bool                  // sent without Content-Length
	stream      func(io.Writer) error // instead of body; returns an error if the client closed the connection
	delay       time.Duration         // wait before sending
}

func isRead(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

func (a *answer) setHeader(key, value string) {
	if a.headers == nil {
		a.headers = map[string]string{}
	}
	a.headers[key] = value
}

func (a *answer) writeHeaders(h http.Header) {
	for k, v := range a.headers {
		h.Set(k, v)
	}
}

func jsonAnswer(status int, v any) answer {
	return answer{status: status, contentType: jsonType, body: js.AppendValue(nil, v)}
}

// jsonText is the answer of JSON that is written already.
func jsonText(status int, body []byte) answer {
	return answer{status: status, contentType: jsonType, body: body}
}

const noProviderConfig = "There is no provider configuration matching this key."

func success() answer { return jsonText(http.StatusOK, []byte(`{"success":true}`)) }

// data is {"data": v}.
func data(v any) answer { return jsonAnswer(http.StatusOK, js.NewObject("data", v)) }

// failure is {"error":{"code","message"}}; "" leaves the message out.
func failure(status int, code, message string) answer {
	return errorAnswer(status, js.NewObject("code", code, "message", js.When(message != "", message)))
}

// errorAnswer is {"error": v}.
func errorAnswer(status int, v any) answer { return jsonAnswer(status, js.NewObject("error", v)) }

// invalid is the answer to a request with problems.
func invalid(code string, in zod.Issues) answer {
	return errorAnswer(http.StatusBadRequest, js.NewObject("code", code, "errors", in))
}

// legacyFailure is failure in the older form, of authentication and of the deprecated endpoints. A nil payload is {}.
func legacyFailure(status int, code, message string, payload any) answer {
	if payload == nil {
		payload = js.NewObject()
	}
	return errorAnswer(status, js.NewObject("message", message, "code", code, "payload", payload))
}

// issueFailure is a business rule that is reported in the form of a validation error.
func issueFailure(code, message string, path ...string) answer {
	var in zod.Issues
	in.Add(path, code, message)
	return invalid("invalid_body", in)
}

// crash is the answer to an uncaught exception in the server. It needs the lock.
func (s *Server) crash() answer {
	id := fake.UUID(s.env.rng)
	return legacyFailure(http.StatusInternalServerError, "generic_error_support",
		fmt.Sprintf("An error occurred. Please contact support with this unique id: \"%s\"", id), id)
}

const dashboardHTML = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nango</title></head>
<body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>
`

// unknownPath is the dashboard for a GET, and Express's error page for anything else.
func unknownPath(r *http.Request) answer {
	if isRead(r) {
		return answer{status: http.StatusOK, contentType: htmlType, body: []byte(dashboardHTML)}
	}
	what := html.EscapeString(r.Method + " " + (&url.URL{Path: r.URL.Path}).EscapedPath())
	page := "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n" +
		"<body>\n<pre>Cannot " + what + "</pre>\n</body>\n</html>\n"
	return answer{status: http.StatusNotFound, contentType: htmlType, body: []byte(page), noETag: true}
}

// etag returns Express's weak ETag: length in hex and the SHA-1 of the body.
func etag(body []byte) string {
	sum := sha1.Sum(body)
	return fmt.Sprintf(`W/"%x-%s"`, len(body), strings.TrimRight(base64.StdEncoding.EncodeToString(sum[:]), "="))
}

// respond writes an answer, or 304 if the client has the same ETag. It ignores write errors: the client is gone then.
func respond(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	a.writeHeaders(h)
	if a.status == http.StatusNoContent {
		w.WriteHeader(a.status)
		return
	}
	if !a.noETag {
		tag := etag(a.body)
		h.Set("ETag", tag)
		if isRead(r) && a.status == http.StatusOK && matchesETag(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if a.contentType != "" {
		h.Set("Content-Type", a.contentType)
	}
	if !a.chunked {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	if a.stream != nil && r.Method != http.MethodHead {
		_ = a.stream(w)
		return
	}
	if a.chunked {
		_ = http.NewResponseController(w).Flush() // a writer that can't flush sends it in one piece
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.body)
	}
}

func matchesETag(wanted, tag string) bool {
	for t := range strings.SplitSeq(wanted, ",") {
		t = strings.TrimSpace(t)
		if t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

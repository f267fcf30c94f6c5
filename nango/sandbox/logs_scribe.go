package sandbox

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// scribe writes the messages of an operation, one after the other. The same operation always gets the same ones.
type scribe struct {
	op  *operation
	rng *rand.Rand
	at  timestamp
	out []logMessage
}

// wait lets time pass before the next message.
func (w *scribe) wait(d time.Duration) { w.at += timestamp(d.Microseconds()) }

// logMs is a duration as the logs have it.
func logMs(d time.Duration) int { return int(d.Milliseconds()) }

func (w *scribe) write(source, level, kind, text string, rest *js.Object) {
	id := fake.Alphanumeric(w.rng, messageIDLength)
	body := js.NewObject("id", id, "accountId", logAccount, "source", source, "level", level, "type", kind, "message", text)
	if context := rest.Str("context"); context != "" {
		body.Set("context", context)
		rest.Remove("context")
	}
	body.Set("parentId", w.op.id)
	ended, lasted := rest.Get("endedAt"), rest.Get("durationMs")
	rest.Remove("endedAt")
	rest.Remove("durationMs")
	body.Merge(rest)
	body.Merge(js.NewObject("createdAt", isoZ(w.at.time()), "endedAt", ended, "durationMs", lasted))
	w.out = append(w.out, logMessage{w.at, id, body})
}

// note is a line of Nango's own; pairs are fields such as meta and error.
func (w *scribe) note(level, text string, pairs ...any) {
	w.write("internal", level, "log", text, js.NewObject(pairs...))
	w.wait(time.Millisecond)
}

// said is a line that the function logged.
func (w *scribe) said(level, text string) {
	w.write("user", level, "log", text, js.NewObject())
	w.wait(time.Millisecond)
}

// httpCall is a request of Nango, or of a function, and how it ended. code 0 is a network failure with the words problem.
type httpCall struct {
	context, method, url string // context: proxy, script, webhook or ""
	headers              *js.Object
	body                 any // of the request, nil for none
	code                 int
	answered             *js.Object // headers of the response
	problem, problemCode string
	meta                 *js.Object
	retry                *js.Object
	took                 time.Duration
}

// http writes a call. Its failures have the words of the HTTP library that Nango uses.
func (w *scribe) http(h httpCall) {
	level := "info"
	var failed *js.Object
	switch {
	case h.code == 0:
		failed = js.NewObject("name", "AxiosError", "message", h.problem)
		if h.problemCode != "" {
			failed.Set("payload", js.NewObject("code", h.problemCode))
		}
	case h.code >= http.StatusBadRequest && h.context != "":
		name := "ERR_BAD_REQUEST"
		if h.code >= http.StatusInternalServerError {
			name = "ERR_BAD_RESPONSE"
		}
		failed = js.NewObject("name", "AxiosError", "message", "Request failed with status code "+strconv.Itoa(h.code),
			"payload", js.NewObject("code", name))
	}
	if failed != nil || h.code >= http.StatusBadRequest {
		level = "error"
	}
	request := js.NewObject("method", h.method, "url", h.url, "headers", objectOrEmpty(h.headers),
		"body", js.When(h.body != nil, h.body))
	response := js.NewObject("code", h.code, "headers", objectOrEmpty(h.answered))
	w.write("internal", level, "http", h.method+" "+h.url, js.NewObject("context", js.When(h.context != "", h.context),
		"error", js.When(failed != nil, failed), "request", request, "response", js.When(h.code != 0, response),
		"meta", js.When(h.meta != nil, h.meta), "retry", js.When(h.retry != nil, h.retry),
		"endedAt", isoZ(w.at.time().Add(h.took)), "durationMs", logMs(h.took)))
	w.wait(h.took)
}

// retried is which attempt of how many a call was.
func retried(attempt, most int, waited time.Duration) *js.Object {
	return js.NewObject("attempt", attempt, "max", most, "waited", logMs(waited))
}

// redacted are the headers of a call with credentials, as the logs have them.
func redacted() *js.Object { return js.NewObject("authorization", "REDACTED") }

func objectOrEmpty(o *js.Object) *js.Object {
	if o == nil {
		return js.NewObject()
	}
	return o
}

// jsonHeaders are the headers of a provider's answer.
func (w *scribe) jsonHeaders() *js.Object {
	return js.NewObject("content-type", "application/json", "date", w.at.time().UTC().Format(http.TimeFormat), "transfer-encoding", "chunked")
}

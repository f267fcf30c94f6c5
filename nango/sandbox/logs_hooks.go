package sandbox

import (
	"fmt"
	"net/http"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// hookRetries is how often a webhook is sent again that was answered by 5xx. Other failures are not repeated.
const hookRetries = 2

// SetWebhook sets the webhook URL of the environment, "" for none, and what the receiver at any URL answers: 0 means that its name
// doesn't resolve. Nothing is sent; the logs tell of it.
func (s *Server) SetWebhook(url string, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.env.webhookURL, s.env.webhookStatus = url, &status
}

// webhookTarget is where a connection's webhooks go, "" for nowhere.
func (env *environment) webhookTarget(conn *connection) string {
	if conn.webhookURL != "" {
		return conn.webhookURL
	}
	return env.webhookURL
}

// webhookAnswer is the status of the receiver at a URL. A few of the seeded customers refuse or fail.
func (env *environment) webhookAnswer(url string) int {
	if env.webhookStatus != nil {
		return *env.webhookStatus
	}
	if url == env.webhookURL {
		return http.StatusOK
	}
	switch fake.Hash(env.seed, fake.HashString(url)) % 10 {
	case 0:
		return http.StatusForbidden
	case 1:
		return http.StatusTooManyRequests
	case 2:
		return http.StatusServiceUnavailable
	case 3:
		return 0
	}
	return http.StatusOK
}

// logHook adds a webhook of Nango, if the connection has somewhere to send it.
func (env *environment) logHook(o operation, meta, body *js.Object, at timestamp) {
	url := env.webhookTarget(o.conn)
	if url == "" {
		return
	}
	code := env.webhookAnswer(url)
	o.state, o.tell = stateOf(code != http.StatusOK), tellHook(url, meta, body, code)
	env.logNow(at, hookDuration(code), o)
}

func hookDuration(code int) time.Duration {
	if code >= http.StatusInternalServerError {
		return 3 * time.Second
	}
	return 210 * time.Millisecond
}

// tellHook tells of a webhook: one attempt, or three where the receiver has an error of its own.
func tellHook(url string, meta, body *js.Object, code int) func(*operation) story {
	call := httpCall{context: "webhook", method: "POST", url: url, body: body, code: code, took: 200 * time.Millisecond,
		headers: js.NewObject("content-type", "application/json", "x-nango-signature", "REDACTED", "x-nango-hmac-sha256", "REDACTED")}
	reason := fmt.Sprintf("status_code_%d", code)
	if code == 0 {
		call.problem, reason = "DNS resolution failed.", "invalid_response"
	}
	return tells(story{meta: meta, messages: func(w *scribe) {
		call.answered = js.NewObject("date", w.at.time().UTC().Format(http.TimeFormat))
		if code == 0 {
			call.answered = nil
		}
		w.http(call)
		switch {
		case code >= http.StatusInternalServerError:
			for n := 1; n <= hookRetries; n++ {
				w.note("warn", fmt.Sprintf("Retrying HTTP call (reason: %s) [%d/%d]", reason, n, hookRetries))
				w.wait(time.Second)
				w.http(call)
			}
		case code == 0 || code >= http.StatusBadRequest:
			w.note("warn", fmt.Sprintf("Skipping retry HTTP call (reason: %s) [1/%d]", reason, hookRetries))
		}
	}})
}

// authHook is the body of the webhook of a creation or of a failed refresh.
func authHook(conn *connection, operation string, failed *js.Object) *js.Object {
	p := conn.integration.provider
	return js.NewObject("from", "nango", "type", "auth", "connectionId", conn.connectionID, "authMode", p.AuthMode,
		"providerConfigKey", conn.integration.key, "provider", p.Name, "environment", "dev", "success", failed == nil,
		"operation", operation, "tags", js.MustDecode(conn.tags), "error", js.When(failed != nil, failed))
}

// syncHook is the body of the webhook of a sync that saved records.
func syncHook(s *syncState, model string, r run, c counted) *js.Object {
	kind, since := "INCREMENTAL", isoZ(r.start.time())
	if r.initial {
		kind = "INITIAL"
	}
	return js.NewObject("from", "nango", "type", "sync", "connectionId", s.conn.connectionID,
		"providerConfigKey", s.conn.integration.key, "syncName", s.fn.name, "syncVariant", s.variant, "model", model, "syncType", kind,
		"success", true, "responseResults", c.view(), "modifiedAfter", since, "queryTimeStamp", since)
}

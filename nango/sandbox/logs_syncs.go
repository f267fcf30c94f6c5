package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// sdkAgent is what a function's requests say they are.
const sdkAgent = "nango-node-client/" + string(Server0714) + " (linux; node.js)"

// logTime is the time in a log id.
func logTime(id string) timestamp {
	ms, err := strconv.ParseInt(id[:13], 10, 64)
	if err != nil {
		panic("sandbox: log id " + id)
	}
	return timestamp(ms * 1000)
}

// failingSync returns the sync that a connection's error is of. Without a state of it, as in an integration without syncs,
// it is nil.
func (conn *connection) failingSync() *syncState {
	at := slices.IndexFunc(conn.syncs, func(s *syncState) bool { return s.completed.failed })
	if at < 0 {
		return nil
	}
	return conn.syncs[at]
}

// logSyncError adds the operation of a connection's sync error.
func (env *environment) logSyncError(conn *connection) {
	o := &operation{id: conn.syncErrorLog, kind: kindSyncRun, created: logTime(conn.syncErrorLog), state: "failed",
		integration: conn.integration, conn: conn}
	o.ended = o.created + 1_900_000
	if s := conn.failingSync(); s != nil {
		o.fn = s.fn
		o.ended = min(o.created+max(s.completed.duration, 30_000), max(s.advancedTo, o.created))
	}
	o.tell = failedRun(env.syncCauseOf(conn))
	env.logs.add(o)
}

// syncRunMeta is what a run shows of its function.
func syncRunMeta(o *operation) *js.Object {
	version := "1.0.0"
	if o.fn != nil {
		version = o.fn.version
	}
	return js.NewObject("scriptVersion", version, "emptyCache", false, "checkpoints", nil)
}

// failedRun tells of a sync that failed.
func failedRun(cause Cause) func(*operation) story {
	return func(o *operation) story {
		address := apiURL(o.conn) + "/v1/" + cmp.Or(o.functionName(), "records")
		r := cause.syncReply(o.conn.integration.provider.Name, hostOf(address))
		failed := httpFailure(r)
		if cause == CauseScript {
			failed = scriptFailure(o)
		}
		return story{meta: syncRunMeta(o), failure: failed, messages: func(w *scribe) {
			w.beginSync()
			switch cause {
			case CauseScript:
				w.get(address+"?page=1", replied(http.StatusOK), nil, 140*time.Millisecond)
				w.said("info", "Fetched 50 "+o.functionName())
			case CauseRateLimit:
				w.retries(address, r)
			default:
				w.get(address+"?page=1", r, retried(0, 0, 0), 90*time.Millisecond)
			}
			w.said("error", "Stopping: "+failed.Str("message"))
			w.note("error", failed.Str("message"), "error", js.NewObject("name", failed.Str("type"), "message", failed.Str("message"),
				"type", failed.Str("type"), "payload", failed.Get("payload")))
		}}
	}
}

// succeededRun tells of a run that saved so many records of each model.
func succeededRun(o *operation, counts []counted) story {
	records := js.NewObject()
	for n, model := range o.fn.returns {
		records.Set(model, counts[n].view())
	}
	ended := js.NewObject("records", records, "runTimeSecs", json.Number(strconv.FormatFloat((o.ended-o.created).seconds(), 'f', 3, 64)),
		"checkpoints", nil, "interrupted", false)
	meta := js.NewObject("scriptVersion", o.fn.version, "emptyCache", false)
	meta.Merge(ended)
	return story{meta: meta, messages: func(w *scribe) {
		w.beginSync()
		for n, model := range o.fn.returns {
			w.get(fmt.Sprintf("%s/v1/%s?page=%d", apiURL(o.conn), o.fn.name, n), replied(http.StatusOK), nil, 60*time.Millisecond)
			w.saved(model, counts[n])
		}
		w.said("info", lastWords(o))
		w.at = max(w.at, o.ended-5_000)
		w.note("info", "Full sync '"+o.fn.name+"' completed successfully", "meta", ended)
	}}
}

// What terminals obey. As text they would look like drawing.
const (
	escape = string(rune(0x1b))
	bell   = string(rune(0x07))
)

// lastWords is what a function logs at its end. A few functions log what careless programs choke on.
func lastWords(o *operation) string {
	switch fake.HashString(o.id) % 60 {
	case 0:
		return "Done " + escape + "[31mwith" + escape + "[0m\r\n" + o.fn.name + escape + "]0;owned" + bell
	case 1:
		return "Done with " + o.fn.name + " of \u202eemca\u202c\u0000"
	case 2:
		return "Done with " + o.fn.name + ": " + strings.Repeat("[object Object] ", 20_000)
	}
	return "Done with " + o.fn.name
}

// saved writes that records were saved.
func (w *scribe) saved(model string, c counted) {
	keys := func(prefix string, n int) []any {
		out := []any{}
		for k := range min(n, 25) {
			out = append(out, fmt.Sprintf("%s%d", prefix, k))
		}
		return out
	}
	n := c.added + c.updated
	w.note("info", fmt.Sprintf("Successfully batch saved %d records (%d modified) for model %s ", n, n, model),
		"meta", js.NewObject("persistType", "save"), "persistResults", js.NewObject("model", model, "added", c.added,
			"updated", c.updated, "deleted", 0, "unchanged", 0, "addedKeys", keys("n", c.added), "updatedKeys", keys("u", c.updated),
			"deleteKeys", []any{}, "unchangedKeys", []any{}))
}

func (s timestamp) seconds() float64 { return float64(s) / 1e6 }

// beginSync writes how a run begins.
func (w *scribe) beginSync() {
	o, variant, id := w.op, baseVariant, ""
	kind := "full"
	if s := o.conn.syncOf(o.fn); s != nil {
		variant, id = s.variant, s.id
		kind = s.fn.syncType
	}
	w.note("info", "Starting sync '"+o.functionName()+"'", "meta", js.NewObject("syncName", o.functionName(), "syncVariant", variant,
		"syncType", kind, "connection", o.conn.connectionID, "integration", o.conn.integration.key, "syncId", id,
		"syncJobId", int(fake.HashString(o.id)%90_000), "attempt", 1, "executionId", fake.UUID(w.rng)))
	w.wait(70 * time.Millisecond)
	w.http(httpCall{context: "script", method: "GET", url: "http://localhost:3003/connections/" + o.conn.connectionID,
		headers: js.NewObject("authorization", "REDACTED", "nango-is-script", "true", "nango-is-sync", "true", "user-agent", sdkAgent),
		code:    http.StatusOK, answered: w.jsonHeaders(), took: 32 * time.Millisecond})
}

func (conn *connection) syncOf(fn *function) *syncState {
	at := slices.IndexFunc(conn.syncs, func(s *syncState) bool { return s.fn == fn })
	if at < 0 {
		return nil
	}
	return conn.syncs[at]
}

// get writes a function's request of the provider.
func (w *scribe) get(address string, r providerReply, retry *js.Object, took time.Duration) {
	answered := w.jsonHeaders()
	answered.Merge(r.headers)
	w.http(httpCall{context: "proxy", method: "GET", url: address,
		headers: js.NewObject("authorization", "REDACTED", "user-agent", sdkAgent), code: r.code, answered: answered,
		problem: r.problem, problemCode: r.problemCode, retry: cmp.Or(retry, retried(0, 0, 0)), took: took})
}

// retries writes a request that is refused four times.
func (w *scribe) retries(address string, r providerReply) {
	const most = 3
	for attempt := range most + 1 {
		waited := time.Duration(0)
		if attempt > 0 {
			waited = 50 * time.Millisecond << attempt
			w.note("warn", fmt.Sprintf("Retrying HTTP call (reason: status_code_429) [%d/%d]", attempt, most))
			w.wait(waited)
		}
		w.get(address, r, retried(attempt, most, waited), 40*time.Millisecond)
	}
}

// httpFailure is the error of a function whose request failed.
func httpFailure(r providerReply) *js.Object {
	if r.code == 0 {
		return js.NewObject("message", r.problem, "type", "script_network_error", "status", http.StatusInternalServerError,
			"payload", js.NewObject("code", r.problemCode))
	}
	headers := js.NewObject("content-type", "application/json")
	headers.Merge(r.headers)
	upstream := js.NewObject("status", r.code, "headers", headers, "body", r.body)
	return js.NewObject("message", "An error occurred during an HTTP call", "type", "script_http_error",
		"status", http.StatusFailedDependency, "payload", r.body, "additional_properties", js.NewObject("upstream_response", upstream))
}

// scriptFailure is the error of a function with a bug, with its line.
func scriptFailure(o *operation) *js.Object {
	name := cmp.Or(o.functionName(), "function")
	message := "Cannot read properties of undefined (reading 'id')"
	line := 20 + fake.HashString(name)%60
	trace := []any{"TypeError: " + message, fmt.Sprintf("    at Object.exec (%s.ts:%d:27)", name, line),
		"    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)"}
	return js.NewObject("message", "An internal error occurred during the script execution", "type", "script_internal_error",
		"status", http.StatusInternalServerError, "payload", js.NewObject("name", "TypeError", "message", message, "stacktrace", trace))
}

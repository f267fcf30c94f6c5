package sandbox

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/upstream"
)

const (
	atOnce       = 5 * time.Second // an operation of a request that is shorter is over when the request is answered
	quickly      = 95 * time.Millisecond
	maxLoggedRaw = 16 << 10 // bytes of a body that is logged

	maxLoggedTries = 10               // of a proxied call
	importedAuth   = "connection_api" // the authType of an import
)

// logNow adds an operation that a request causes now. It takes as long as took.
func (env *environment) logNow(now timestamp, took time.Duration, o operation) *operation {
	if env.logs.rng == nil {
		env.logs.rng = rand.New(rand.NewPCG(env.seed, 0x6c6f6773))
	}
	if o.id == "" {
		o.id = logID(env.logs.rng, now)
	}
	o.created, o.ended, o.answered = now, now+timestamp(took.Microseconds()), took < atOnce
	if o.state == "" {
		o.state = "success"
	}
	if o.conn != nil {
		o.integration = o.conn.integration
	}
	env.logs.add(&o)
	return &o
}

// tells is a story that doesn't depend on the operation.
func tells(s story) func(*operation) story { return func(*operation) story { return s } }

// noted is a story of one line.
func noted(text string, meta *js.Object) func(*operation) story {
	return tells(story{messages: func(w *scribe) { w.note("info", text, "meta", js.When(meta != nil, meta)) }})
}

// stateOf is the state of an operation that is over.
func stateOf(failed bool) string {
	if failed {
		return "failed"
	}
	return "success"
}

// logRequest is the request of an operation, with credentials redacted.
func (c *call) logRequest() *js.Object {
	headers := js.NewObject("host", c.r.Host)
	for _, name := range slices.Sorted(maps.Keys(c.r.Header)) {
		headers.Set(strings.ToLower(name), redact(name, c.r.Header.Get(name)))
	}
	return js.NewObject("url", c.baseURL()+c.r.URL.RequestURI(), "method", c.r.Method, "headers", headers)
}

// redact returns the value of a header as the logs have it.
func redact(name, value string) string {
	name = strings.ToLower(name)
	for _, word := range []string{"authorization", "cookie", "token", "secret", "key", "password"} {
		if strings.Contains(name, word) && name != "provider-config-key" {
			return "REDACTED"
		}
	}
	return value
}

func logHeaders(headers upstream.Headers) *js.Object {
	out := js.NewObject()
	for _, h := range headers {
		out.Set(h.Name, redact(h.Name, h.Value))
	}
	return out
}

// logBody is a body as the logs have it: JSON, or a text that is cut.
func logBody(raw []byte) any {
	if v, err := js.Decode(raw); err == nil && len(raw) <= maxLoggedRaw {
		return v
	}
	return string(raw[:min(len(raw), maxLoggedRaw)])
}

// logCreated adds what the creation of a connection leaves: the operation itself, the schedules of its syncs, its event functions and
// the webhook. done is the operation of the connect session, nil for an import.
func (env *environment) logCreated(conn *connection, done *operation, authType string, now timestamp) {
	meta := js.NewObject("authType", authType)
	if done == nil || done.conn != nil {
		done = env.logNow(now, 25*time.Millisecond, operation{kind: kindCreate, late: lateConnection})
	} else {
		done.ended = now
	}
	done.conn, done.integration, done.state, done.answered = conn, conn.integration, "success", true
	done.tell = tells(story{meta: meta, messages: func(w *scribe) {
		w.at = done.ended
		w.note("info", "Connection creation was successful")
	}})
	for _, f := range conn.integration.functions {
		switch {
		case f.disabled:
		case f.kind == kindSync && f.autoStart:
			env.logNow(now, quickly, operation{kind: kindSyncInit, conn: conn, fn: f,
				tell: noted("Scheduled successfully", js.NewObject("runs", f.runs))})
		case f.kind == kindOnEvent:
			env.logEvent(conn, f, "post-connection-creation", now)
		}
	}
	env.logs.fresh = append(env.logs.fresh[max(0, len(env.logs.fresh)-maxFresh):], conn)
	env.logHook(operation{kind: kindHookCreate, conn: conn}, nil, authHook(conn, "creation", nil), now)
}

// logEvent adds the run of an event function.
func (env *environment) logEvent(conn *connection, f *function, event string, now timestamp) {
	if f.event != event || f.disabled {
		return
	}
	kind := kindAfterCreation
	kind.action = strings.ReplaceAll(event, "-", "_")
	where := func(key string) *js.Object {
		return js.NewObject(key, f.name, "connection", conn.connectionID, "integration", conn.integration.key)
	}
	env.logNow(now, 300*time.Millisecond, operation{kind: kind, conn: conn, fn: f, tell: tells(story{
		meta: js.NewObject("event", event), messages: func(w *scribe) {
			w.note("info", "Starting script '"+f.name+"'", "meta", where("postConnection"))
			w.wait(quickly)
			w.note("info", "Script was successfully run.", "meta", where("onEventScript"))
		}})})
}

// logRefused adds a creation whose credentials the provider rejected.
func (env *environment) logRefused(i *integration, open *operation, authType string, now timestamp) {
	if open == nil {
		open = env.logNow(now, 50*time.Millisecond, operation{kind: kindCreate})
	} else {
		open.ended = now
	}
	open.integration, open.state, open.answered = i, "failed", true
	conn := &connection{integration: i, config: "{}"}
	open.tell = tells(story{meta: js.NewObject("authType", authType), messages: func(w *scribe) { w.failedTest(conn) }})
}

// logRefreshed adds a successful refresh of a token.
func (env *environment) logRefreshed(conn *connection, now timestamp) {
	env.logNow(now, 180*time.Millisecond, operation{kind: kindRefresh, conn: conn, tell: tellRefreshed})
}

func tellRefreshed(o *operation) story {
	return story{messages: func(w *scribe) {
		w.http(httpCall{method: "POST", url: tokenURL(o.conn), headers: js.NewObject("user-agent", "Nango"), code: http.StatusOK,
			took: 120 * time.Millisecond})
		w.note("info", "Token refresh was successful")
	}}
}

// The commands of syncs: what Nango calls them, and the kind of the operation.
var syncCommands = map[string]operationKind{
	"PAUSE": kindSyncPause, "UNPAUSE": kindSyncStart, "RUN": kindRequestRun, "RUN_FULL": kindRequestFull,
}

// logCommand adds a command to syncs. One for a whole integration names no connection.
func (c *call) logCommand(command string, body *js.Object, states []*syncState) {
	o := operation{kind: syncCommands[command], state: stateOf(c.down[Orchestrator]),
		integration: c.env.integration(body.Str("provider_config_key"))}
	if body.Str("connection_id") != "" && len(states) > 0 {
		o.conn = states[0].conn
	}
	ids := []any{}
	for _, s := range states[:min(len(states), maxSelectors)] {
		ids = append(ids, js.NewObject("syncName", s.fn.name, "syncVariant", s.variant))
	}
	o.tell = noted("Sync was successfully updated", js.NewObject("command", command, "syncIdentifiers", ids))
	c.env.logNow(c.timestamp(), quickly, o)
}

// logVariant adds the creation of a variant.
func (c *call) logVariant(s *syncState) {
	c.env.logNow(c.timestamp(), quickly, operation{kind: kindNewVariant, conn: s.conn, fn: s.fn, late: lateAll,
		tell: noted("Sync variant created successfully", js.NewObject("id", s.id, "name", s.fn.name, "variant", s.variant))})
}

// logAction adds the run of an action.
func (c *call) logAction(conn *connection, f *function, input any, out outcome, a answer, took time.Duration) {
	where := js.NewObject("action", f.name, "connection", conn.connectionID, "integration", conn.integration.key)
	meta := js.NewObject("input", js.When(input != nil, input), "checkpoints", nil)
	response := js.NewObject("code", a.status, "headers", js.NewObject("location", js.When(a.headers["Location"] != "", a.headers["Location"]),
		"content-type", a.contentType))
	c.env.logNow(c.timestamp(), took, operation{kind: kindActionRun, conn: conn, fn: f, state: stateOf(out.failure != nil),
		tell: tells(story{meta: meta, request: c.logRequest(), response: response, messages: func(w *scribe) {
			if a.status == http.StatusAccepted {
				w.note("info", "The action was successfully scheduled for asynchronous execution", "meta", where)
			}
			w.note("info", "Starting action '"+f.name+"'", "meta", merged(js.NewObject("input", input), where))
			w.actionEnds(out, where)
		}})})
}

func merged(a, b *js.Object) *js.Object { a.Merge(b); return a }

// actionEnds writes how an action ends, with the request that failed.
func (w *scribe) actionEnds(out outcome, where *js.Object) {
	if out.failure == nil {
		w.said("info", "Done")
		w.wait(out.duration)
		w.note("info", "The action was successfully run", "meta", where)
		return
	}
	var body struct{ Error json.RawMessage }
	_ = json.Unmarshal(out.failure.body, &body) // the sandbox wrote it
	failed := js.MustDecode(string(body.Error)).(*js.Object)
	if up := failed.Obj("upstream"); up != nil {
		w.get(apiURL(w.op.conn)+"/v1/"+w.op.functionName(), providerReply{code: intOf(up.Get("status")), body: up.Obj("body")},
			nil, 200*time.Millisecond)
	}
	message := failed.Str("message")
	if message == "" {
		message = "An error occurred during an HTTP call"
	}
	w.note("error", message, "error", js.NewObject("name", failed.Str("code"), "message", message, "type", failed.Str("code"),
		"payload", failed.Get("payload")), "meta", where)
}

func intOf(v any) int { return int(js.ToNumber(v)) }

// attempt is a request to the provider, and how long was waited before it.
type attempt struct {
	got    upstream.Response
	failed *answer
	waited time.Duration
}

// logProxy adds a proxied call. A call that failed before it was sent has no attempts, and says why.
func (c *call) logProxy(h proxyHeaders, out upstream.Request, attempts []attempt, a answer, problem string) {
	failed := problem != "" || a.status >= http.StatusBadRequest
	response := js.NewObject("code", a.status, "headers", js.NewObject("content-type", js.When(a.contentType != "", a.contentType)))
	if failed {
		response = js.NewObject("code", http.StatusOK, "headers", js.NewObject()) // as seen on v0.71.4: the messages know better
	}
	at := c.timestamp()
	c.env.logNow(at, max(a.delay, 6*time.Millisecond), operation{kind: kindProxyCall, conn: h.conn, late: lateAll, state: stateOf(failed),
		tell: tells(story{request: c.logRequest(), response: response, messages: func(w *scribe) {
			for n, try := range attempts {
				w.proxied(out, try, n, h.retries)
			}
			switch {
			case problem != "":
				w.note("error", "Failed to get connection credentials", "error", nangoError(problem, "invalid_credentials"))
			case failed:
				w.note("error", "Failed with this body", "meta", js.NewObject("body", logBody(a.body)))
			}
		}})})
}

// proxied writes one attempt of a proxied call.
func (w *scribe) proxied(out upstream.Request, try attempt, n, most int) {
	if n > 0 {
		w.wait(try.waited)
		w.note("warn", "Retrying HTTP call")
	}
	call := httpCall{context: "proxy", method: out.Method, url: "https://" + out.Host + out.Target, headers: logHeaders(out.Headers),
		code: try.got.Status, answered: logHeaders(try.got.Headers), retry: retried(n, most, try.waited),
		took: max(try.got.Duration, 6*time.Millisecond)}
	if try.failed != nil {
		failed, _ := js.MustDecode(orNull(try.failed.body)).(*js.Object)
		call.code, call.problem, call.problemCode = 0, failed.Str("message"), failed.Str("code")
	}
	w.http(call)
}

func orNull(raw []byte) string {
	if len(raw) == 0 {
		return "null"
	}
	return string(raw)
}

// logDeployment adds a deployment, which ends when its job does.
func (env *environment) logDeployment(j *job) {
	took := j.completed.Sub(j.created)
	env.logNow(timestampMs(j.created), took, operation{kind: kindDeploy, state: stateOf(j.failure != nil), tell: tells(story{
		messages: func(w *scribe) {
			w.note("info", "Uploading new files for changed function", "meta", js.NewObject("fileName", j.name+"-v"+j.version+".js"))
			w.wait(max(0, took-quickly))
			if j.failure != nil {
				w.note("error", `Failed to deploy script "`+j.name+`"`, "error", nangoError(j.failure.Str("message"), j.failure.Str("code")))
				return
			}
			w.note("info", "Successfully deployed 1 script", "meta", js.NewObject("nameOfType", "sync/action", "count", 1,
				"syncNames", []any{j.name}))
		}})})
}

// logRuns adds the runs of syncs that were used, and of new connections.
func (env *environment) logRuns(now timestamp) {
	for _, conn := range env.logs.fresh {
		env.syncsOf(conn, nil)
	}
	left := maxRunsPerUpdate
	for _, conn := range env.connections {
		for _, s := range conn.syncs {
			s.advance(now)
			left -= env.logRunsOf(s, left > 0)
		}
	}
}

// logRunsOf adds the last runs of a sync, unless it did so before, and returns how many.
func (env *environment) logRunsOf(s *syncState, add bool) int {
	added := 0
	for _, r := range []run{s.completed, s.latest} {
		if r.start == 0 || r.start <= s.loggedTo {
			continue
		}
		s.loggedTo = r.start
		if add {
			env.logRun(s, r)
			added++
		}
	}
	return added
}

func (env *environment) logRun(s *syncState, r run) {
	o := &operation{id: env.runLogID(s, r), kind: kindSyncRun, created: r.start, ended: r.end(), state: stateOf(r.failed),
		integration: s.conn.integration, conn: s.conn, fn: s.fn}
	if o.tell = tellRun(s, r); r.failed {
		o.tell = failedRun(env.syncCauseOf(s.conn))
	}
	env.logs.add(o)
	for n, model := range s.fn.returns {
		if counts := s.logCounts(n, r); !r.failed && counts.total() > 0 {
			meta := js.NewObject("scriptVersion", s.fn.version, "syncVariant", s.variant, "model", model)
			env.logHook(operation{kind: kindHookSync, conn: s.conn, fn: s.fn}, meta, syncHook(s, model, r, counts), r.end())
		}
	}
}

// runLogID is the log id of a run, always the same for the same run. The list of connections shows that of a failed one.
func (env *environment) runLogID(s *syncState, r run) string {
	if r.start == s.seededFailure {
		return s.seededLog
	}
	return logID(rand.New(rand.NewPCG(s.seed, uint64(r.start))), r.start)
}

// counted is what a run did with the records of a model.
type counted struct{ added, updated, deleted int }

func (c counted) total() int { return c.added + c.updated + c.deleted }

func (c counted) view() *js.Object {
	return js.NewObject("added", c.added, "updated", c.updated, "deleted", c.deleted)
}

// logCounts counts a run's records; for many records they are made up, since counting reads all.
func (s *syncState) logCounts(model int, r run) counted {
	if s.size() > largeSync {
		return madeUpCounts(s.seed, r.start)
	}
	var c counted
	c.added, c.updated, c.deleted = s.changes(model, r)
	return c
}

func madeUpCounts(seed uint64, start timestamp) counted {
	n := fake.Hash(seed, uint64(start))
	return counted{int(n % 40), int(n >> 8 % 20), int(n >> 16 % 3)}
}

// tellRun tells of a successful run.
func tellRun(s *syncState, r run) func(*operation) story {
	return func(o *operation) story {
		counts := make([]counted, len(s.fn.returns))
		for n := range counts {
			counts[n] = s.logCounts(n, r)
		}
		return succeededRun(o, counts)
	}
}

// logged adds an attempt to those that the logs show. The first ones are enough.
func logged(tries []attempt, got upstream.Response, failed *answer, waited time.Duration) []attempt {
	if len(tries) >= maxLoggedTries {
		return tries
	}
	got.Body, got.Stream = nil, nil
	return append(tries, attempt{got, failed, waited})
}

package sandbox

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// LogOptions describe the logs of a sandbox. The zero value is a server with logs and the past that its connections have.
type LogOptions struct {
	Operations int           // of the past; 0 = pastPerConnection for each connection, at most maxPast; negative = those of errors only
	Activity   time.Duration // between operations that happen by themselves; 0 = none happen
	Disabled   bool          // logs are switched off on the server: the tools answer that
	NoEndpoint bool          // the server has no management endpoint: its host is one like any other
	NoBatches  bool          // a JSON-RPC batch is refused
}

const (
	logRetention    = 15 * 24 * time.Hour
	logLifetime     = 24 * time.Hour // until an operation that doesn't end is a timeout
	maxLogs         = 40_000         // operations; the oldest are dropped first
	logAccount      = 0
	logAccountName  = "My Organization"
	messageIDLength = 20

	maxFresh         = 200 // new connections whose syncs are logged
	maxRunsPerUpdate = 200 // of syncs; the runs of more are not logged
)

// operationKind is a type of operations, and the message that all of them have.
type operationKind struct{ name, action, message string }

func (k operationKind) is(wanted *js.Object) bool {
	actions := wanted.Strings("actions")
	return wanted.Str("type") == k.name && (len(actions) == 0 || slices.Contains(actions, k.action))
}

// The kinds that the sandbox logs.
var (
	kindCreate        = operationKind{"auth", "create_connection", "Connection created"}
	kindRefresh       = operationKind{"auth", "refresh_token", "Token refreshed"}
	kindTest          = operationKind{"auth", "connection_test", "Connection tested"}
	kindSyncInit      = operationKind{"sync", "init", "Sync initialized"}
	kindSyncRun       = operationKind{"sync", "run", "Sync executed"}
	kindSyncPause     = operationKind{"sync", "pause", "Sync schedule paused"}
	kindSyncStart     = operationKind{"sync", "unpause", "Sync schedule resumed"}
	kindRequestRun    = operationKind{"sync", "request_run", "Incremental execution triggered"}
	kindRequestFull   = operationKind{"sync", "request_run_full", "Full execution triggered"}
	kindNewVariant    = operationKind{"sync", "create_variant", "Sync variant created"}
	kindActionRun     = operationKind{"action", "run", "Action"}
	kindProxyCall     = operationKind{"proxy", "call", "Proxy"}
	kindHookIncoming  = operationKind{"webhook", "incoming", "Webhook received"}
	kindHookForward   = operationKind{"webhook", "forward", "Webhook forwarded"}
	kindHookSync      = operationKind{"webhook", "sync", "Sync completion webhooks"}
	kindHookCreate    = operationKind{"webhook", "connection_create", "Connection creation webhooks"}
	kindHookRefresh   = operationKind{"webhook", "connection_refresh", "Token refresh webhooks"}
	kindDeploy        = operationKind{"deploy", "custom", "Deploys"}
	kindAfterCreation = operationKind{"events", "post_connection_creation", "Event-based executions"}
	kindInvoke        = operationKind{"function", "invoke", "Function invoked"}
	kindAgentSession  = operationKind{"agent_session", "create", "Agent session created"}
)

// operation is an operation of the logs. Its story is told at each use, so that thousands of them stay small.
type operation struct {
	id             string
	kind           operationKind
	created, ended timestamp // ended = forever: it runs
	state          string    // when it has ended
	integration    *integration
	conn           *connection
	fn             *function
	late           lateNames
	answered       bool // it is over whatever the clock says: its request was answered
	tell           func(*operation) story
}

// lateNames are the names that an operation got after its creation. They come last in its JSON.
type lateNames int

const (
	lateNothing lateNames = iota
	lateConnection
	lateAll
)

// story is what an operation has besides its head. messages writes them, the oldest first.
type story struct {
	meta, failure, request, response, actor *js.Object
	messages                                func(*scribe)
}

func (o *operation) cursor() logCursor { return logCursor{int64(o.created) / 1000, o.id} }

// stateAt is the state at a time: an operation runs until its end, and times out after a day.
func (o *operation) stateAt(now timestamp) string {
	switch {
	case o.over(now):
		return o.state
	case now-o.created > timestamp(logLifetime.Microseconds()):
		return "timeout"
	}
	return "running"
}

func (o *operation) over(now timestamp) bool { return o.answered || now >= o.ended }

func (o *operation) integrationName() string {
	if o.integration == nil {
		return ""
	}
	return o.integration.key
}

func (o *operation) connectionName() string {
	if o.conn == nil {
		return ""
	}
	return o.conn.connectionID
}

func (o *operation) functionName() string {
	if o.fn == nil {
		return ""
	}
	return o.fn.name
}

func (o *operation) story() story {
	if o.tell == nil {
		return story{}
	}
	return o.tell(o)
}

// names writes the integration, the connection and the function: those known at the creation, or the others.
func (o *operation) names(out *js.Object, late bool) {
	if i := o.integration; i != nil && (o.late == lateAll) == late {
		out.Merge(js.NewObject("integrationId", i.number, "integrationName", i.key, "providerName", i.provider.Name))
	}
	if o.fn != nil && late && o.late == lateAll {
		out.Set("syncConfigName", o.fn.name)
	}
	if o.conn != nil && (o.late != lateNothing) == late {
		out.Merge(js.NewObject("connectionId", o.conn.id, "connectionName", o.conn.connectionID))
	}
	if o.fn != nil && (o.late == lateAll) == late {
		out.Merge(js.NewObject("syncConfigId", o.fn.id, "syncConfigName", o.fn.name))
	}
}

// view is an operation in an answer. While it runs it shows nothing of its end.
func (o *operation) view(env *environment, now timestamp) *js.Object {
	s, over := o.story(), o.over(now)
	out := js.NewObject("message", o.kind.message, "id", o.id,
		"operation", js.NewObject("type", o.kind.name, "action", o.kind.action), "state", o.stateAt(now),
		"source", "internal", "level", "info", "type", "operation", "accountId", logAccount, "accountName", logAccountName,
		"environmentId", env.id, "environmentName", env.name)
	o.names(out, false)
	created, updated := isoZ(o.created.time()), o.created
	var ended any
	if over {
		updated, ended = o.ended, isoZ(o.ended.time())
	}
	out.Merge(js.NewObject("actor", js.When(s.actor != nil, s.actor), "meta", js.When(s.meta != nil, s.meta), "createdAt", created,
		"updatedAt", isoZ(updated.time()), "startedAt", created, "endedAt", ended,
		"expiresAt", isoZ(o.created.time().Add(logLifetime))))
	o.names(out, true)
	out.Merge(js.NewObject("error", js.When(over && s.failure != nil, s.failure), "request", js.When(s.request != nil, s.request),
		"response", js.When(over && s.response != nil, s.response)))
	return out
}

// logMessage is a message of an operation.
type logMessage struct {
	at   timestamp
	id   string
	body *js.Object
}

func (m logMessage) cursor() logCursor { return logCursor{int64(m.at) / 1000, m.id} }
func (m logMessage) view() *js.Object  { return m.body }

// text is what a search looks at.
func (m logMessage) text() string {
	text := m.body.Str("message")
	for _, part := range []string{"error", "meta"} {
		if o := m.body.Obj(part); o != nil {
			text += " " + string(js.AppendValue(nil, o))
		}
	}
	return text
}

// messagesAt returns the messages up to a time, oldest first.
func (o *operation) messagesAt(now timestamp) []logMessage {
	s := o.story()
	if s.messages == nil {
		return nil
	}
	w := &scribe{op: o, rng: rand.New(rand.NewPCG(fake.HashString(o.id), 0x6d736773)), at: o.created + 20_000}
	s.messages(w)
	slices.SortStableFunc(w.out, func(a, b logMessage) int { return cmp.Compare(a.at, b.at) })
	if o.answered {
		now = forever
	}
	return slices.DeleteFunc(w.out, func(m logMessage) bool { return m.at > now })
}

// contains reports whether the operation or one of its messages has the text at a time.
func (o *operation) contains(search string, now timestamp) bool {
	search = strings.ToLower(search)
	texts := []string{o.kind.message}
	if f := o.story().failure; f != nil && o.over(now) {
		texts = append(texts, string(js.AppendValue(nil, f)))
	}
	for _, m := range o.messagesAt(now) {
		texts = append(texts, m.text())
	}
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), search) })
}

// logs are the operations of an environment.
type logs struct {
	list   []*operation // oldest first
	byID   map[string]*operation
	past   bool // it was made
	pulses int  // how many intervals of LogOptions.Activity are over
	rng    *rand.Rand
	fresh  []*connection // the last ones that were created
}

// between returns the operations created in a period in milliseconds, oldest first.
func (l *logs) between(from, to int64) []*operation {
	place := func(o *operation, ms int64) int { return cmp.Compare(int64(o.created)/1000, ms) }
	low, _ := slices.BinarySearchFunc(l.list, from, place)
	high, _ := slices.BinarySearchFunc(l.list, to+1, place)
	return l.list[low:max(low, high)]
}

// add adds an operation, unless one of that id is there.
func (l *logs) add(o *operation) {
	if l.byID == nil {
		l.byID = map[string]*operation{}
	}
	if l.byID[o.id] != nil {
		return
	}
	l.byID[o.id] = o
	at := len(l.list)
	if at > 0 && olderOperation(o, l.list[at-1]) < 0 {
		at, _ = slices.BinarySearchFunc(l.list, o, olderOperation)
	}
	l.list = slices.Insert(l.list, at, o)
	if len(l.list) > maxLogs {
		l.drop(maxLogs / 10)
	}
}

func (l *logs) drop(n int) {
	for _, o := range l.list[:n] {
		delete(l.byID, o.id)
	}
	l.list = slices.Delete(l.list, 0, n)
}

func olderOperation(a, b *operation) int {
	return cmp.Or(cmp.Compare(int64(a.created)/1000, int64(b.created)/1000), strings.Compare(a.id, b.id))
}

// updateLogs adds what happened since the last call, and drops what is too old.
func (env *environment) updateLogs(now time.Time, options LogOptions) {
	env.seedPast(options.Operations)
	env.pulse(now, options.Activity)
	oldest := timestampMs(now.Add(-logRetention))
	env.logRuns(timestampMs(now))
	env.logErrors(timestampMs(now), oldest)
	if at := slices.IndexFunc(env.logs.list, func(o *operation) bool { return o.created >= oldest }); at > 0 {
		env.logs.drop(at)
	}
}

package sandbox

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// What the past of a seeded environment is made of.
const (
	pastPerConnection = 12
	maxPast           = 10_000
	maxPulses         = 500 // operations that happen by themselves between two looks at the logs; more did not happen

	outageIntegration = "jira" // its provider had an outage of an hour that ended outageAgo before the start
	outageAgo         = 3 * time.Hour
	outageLength      = time.Hour
	maxOutage         = 400 // connections
	hangingSyncs      = 3   // run for hours
	seededWebhook     = "https://app.example.com/webhooks/nango"
)

// past makes operations of the time before the start, with its own random numbers.
type past struct {
	env *environment
	r   *rand.Rand
	out []*operation
}

// seedPast makes the past of a seeded environment: n operations, besides those that tell how failures came about.
func (env *environment) seedPast(n int) {
	if env.logs.past || env.seeded == 0 {
		return
	}
	env.logs.past = true
	p := &past{env: env, r: rand.New(rand.NewPCG(env.seed, 0x70617374))}
	p.failures()
	switch {
	case n < 0:
	case n == 0:
		n = min(maxPast, pastPerConnection*env.seeded)
		fallthrough
	default:
		p.outage()
		p.hanging()
		p.creations(n / 10)
		for tries := 0; len(p.out) < n && tries < 4*n; tries++ {
			p.any(p.someTime())
		}
	}
	env.logs.addAll(p.out)
}

// pulse adds what happens by itself, one operation in each interval since the start.
func (env *environment) pulse(now time.Time, every time.Duration) {
	if every <= 0 || env.seeded == 0 {
		return
	}
	last := int(now.Sub(env.start) / every)
	for k := max(env.logs.pulses, last-maxPulses) + 1; k <= last; k++ {
		p := &past{env: env, r: rand.New(rand.NewPCG(env.seed, uint64(k)))}
		p.call(timestampMs(env.start.Add(time.Duration(k) * every)))
		for _, o := range p.out {
			env.logs.add(o)
		}
	}
	env.logs.pulses = last
}

// addAll adds many operations of the past at once.
func (l *logs) addAll(list []*operation) {
	if l.byID == nil {
		l.byID = map[string]*operation{}
	}
	for _, o := range list {
		if l.byID[o.id] == nil {
			l.byID[o.id] = o
			l.list = append(l.list, o)
		}
	}
	slices.SortFunc(l.list, olderOperation)
}

// add adds an operation, unless it would be gone by now. Its connection decides its integration.
func (p *past) add(at timestamp, took time.Duration, o operation) {
	if at < timestampMs(p.env.start.Add(-logRetention)) {
		return
	}
	if o.id == "" {
		o.id = logID(p.r, at)
	}
	o.created = at
	if o.ended == 0 {
		o.ended = at + timestamp(took.Microseconds())
	}
	if o.state == "" {
		o.state = "success"
	}
	if o.conn != nil {
		o.integration = o.conn.integration
	}
	p.out = append(p.out, &o)
}

// someTime is a time before the start: two in five within a day, the others in the whole time that is kept.
func (p *past) someTime() timestamp {
	within := logRetention - time.Hour
	if p.r.IntN(5) < 2 {
		within = 24 * time.Hour
	}
	return timestampMs(p.env.start.Add(-time.Minute - time.Duration(p.r.Int64N(int64(within)))))
}

func (p *past) connection() *connection { return p.env.connections[p.r.IntN(len(p.env.connections))] }

// pick returns one of the functions of a kind, nil if there is none.
func (p *past) pick(i *integration, kind string) *function {
	all := filter(i.functions, func(f *function) bool { return f.kind == kind && !f.disabled })
	if len(all) == 0 {
		return nil
	}
	return all[p.r.IntN(len(all))]
}

// any adds an operation of a common kind, or none if the connection that was drawn can't have one at that time.
func (p *past) any(at timestamp) {
	if p.r.IntN(100) >= 55 {
		p.call(at)
		return
	}
	conn := p.connection()
	f := p.pick(conn.integration, kindSync)
	if f == nil {
		return
	}
	s := p.env.plannedSync(conn, f)
	start := s.next(at) - s.period
	if s.paused || start < s.origin || conn.syncErrorLog != "" && start+timestamp(time.Hour.Microseconds()) >= logTime(conn.syncErrorLog) {
		return
	}
	r := run{start: start, duration: s.runDuration(start)}
	o := operation{id: p.env.runLogID(s, r), kind: kindSyncRun, conn: conn, fn: f, ended: r.end(), tell: tellPastRun}
	if p.r.IntN(50) == 0 {
		o.state, o.tell = "failed", failedRun(passingCauses[p.r.IntN(len(passingCauses))])
	}
	p.add(start, 0, o)
}

// plannedSync is the state of a sync that was not used yet. It is not kept.
func (env *environment) plannedSync(conn *connection, f *function) *syncState {
	if s := conn.syncOf(f); s != nil {
		return s
	}
	return env.firstSyncState(conn, f)
}

func tellPastRun(o *operation) story {
	counts := make([]counted, len(o.fn.returns))
	for n := range counts {
		counts[n] = madeUpCounts(fake.HashString(o.id)+uint64(n), o.created)
	}
	return succeededRun(o, counts)
}

// call adds an operation that is not the run of a sync.
func (p *past) call(at timestamp) {
	conn := p.connection()
	if conn.created > at {
		return
	}
	switch n := p.r.IntN(45); {
	case n < 14:
		p.proxied(conn, at)
	case n < 23:
		p.action(conn, at)
	case n < 33 && canRefresh(conn.integration.provider.AuthMode):
		p.add(at, 180*time.Millisecond, operation{kind: kindRefresh, conn: conn, tell: tellRefreshed})
	case n < 39:
		p.webhook(conn, at)
	case n < 42:
		p.command(conn, at)
	case n == 42:
		p.add(at, 3*time.Second, operation{kind: kindDeploy, tell: noted("Successfully deployed 1 script", nil)})
	case n == 43:
		p.add(at, 900*time.Millisecond, operation{kind: kindInvoke, conn: conn, fn: p.pick(conn.integration, kindAction), tell: tellSession})
	case n == 44:
		p.add(at, 40*time.Millisecond, operation{kind: kindAgentSession, tell: tellSession})
	}
}

// tellSession tells of what an agent did.
func tellSession(o *operation) story {
	r := rand.New(rand.NewPCG(fake.HashString(o.id), 0))
	return story{actor: js.NewObject("kind", "session", "id", fake.UUID(r)),
		messages: func(w *scribe) { w.note("info", o.kind.message) }}
}

// proxied adds a proxied call. A few fail.
func (p *past) proxied(conn *connection, at timestamp) {
	r := replied(http.StatusOK)
	switch n := p.r.IntN(100); {
	case n < 4:
		r = CauseNotFound.syncReply(conn.integration.provider.Name, "")
	case n < 6:
		r = CauseRateLimit.syncReply(conn.integration.provider.Name, "")
	case n < 8:
		r = CauseOutage.syncReply(conn.integration.provider.Name, "")
	}
	p.add(at, time.Duration(80+p.r.IntN(900))*time.Millisecond, operation{kind: kindProxyCall, conn: conn, late: lateAll,
		state: stateOf(r.code != http.StatusOK), tell: tellProxied(r)})
}

func tellProxied(r providerReply) func(*operation) story {
	return func(o *operation) story {
		path := fmt.Sprintf("/v1/objects/%d", fake.HashString(o.id)%10_000)
		headers := js.NewObject("host", "localhost:3003", "authorization", "REDACTED", "connection-id", o.conn.connectionID,
			"provider-config-key", o.conn.integration.key)
		return story{
			request:  js.NewObject("url", "http://localhost:3003/proxy"+path, "method", "GET", "headers", headers),
			response: js.NewObject("code", http.StatusOK, "headers", js.NewObject()),
			messages: func(w *scribe) {
				w.get(apiURL(o.conn)+path, r, nil, time.Duration(o.ended-o.created)*time.Microsecond/2)
				if r.code != http.StatusOK {
					w.note("error", "Failed with this body", "meta", js.NewObject("body", r.body))
				}
			}}
	}
}

// action adds the run of an action. Those of a quarter of the actions fail often.
func (p *past) action(conn *connection, at timestamp) {
	f := p.pick(conn.integration, kindAction)
	if f == nil {
		return
	}
	often := 50
	if fake.Hash(p.env.seed, fake.HashString(f.name))%4 == 0 {
		often = 4
	}
	out := result(js.NewObject("ok", true))
	if p.r.IntN(often) == 0 {
		out = providerError(http.StatusBadGateway, js.NewObject("message", "Bad Gateway"))
	}
	p.add(at, out.duration, operation{kind: kindActionRun, conn: conn, fn: f, state: stateOf(out.failure != nil), tell: tellAction(out)})
}

func tellAction(out outcome) func(*operation) story {
	return func(o *operation) story {
		where := js.NewObject("action", o.fn.name, "connection", o.conn.connectionID, "integration", o.conn.integration.key)
		return story{meta: js.NewObject("input", js.NewObject("limit", 10), "checkpoints", nil), messages: func(w *scribe) {
			w.note("info", "Starting action '"+o.fn.name+"'", "meta", where)
			w.actionEnds(out, where)
		}}
	}
}

// webhook adds a webhook of a provider that came in, and how it was forwarded.
func (p *past) webhook(conn *connection, at timestamp) {
	if conn.integration.provider.WebhookScript == "" {
		return
	}
	p.add(at, 20*time.Millisecond, operation{kind: kindHookIncoming, integration: conn.integration, tell: noted("Webhook received", nil)})
	url := p.env.webhookTarget(conn)
	code := p.env.webhookAnswer(url)
	if url == seededWebhook && p.r.IntN(25) == 0 {
		code = http.StatusServiceUnavailable
	}
	body := js.NewObject("from", conn.integration.provider.Name, "type", "forward", "connectionId", conn.connectionID,
		"providerConfigKey", conn.integration.key, "payload", js.NewObject("event", "updated", "objectId", p.r.IntN(90_000)))
	p.add(at+30_000, hookDuration(code), operation{kind: kindHookForward, conn: conn, state: stateOf(code != http.StatusOK),
		tell: tellHook(url, nil, body, code)})
}

// command adds a command of a user to a sync.
func (p *past) command(conn *connection, at timestamp) {
	f := p.pick(conn.integration, kindSync)
	if f == nil {
		return
	}
	name := []string{"RUN", "RUN", "RUN_FULL", "UNPAUSE"}[p.r.IntN(4)]
	ids := []any{js.NewObject("syncName", f.name, "syncVariant", baseVariant)}
	p.add(at, quickly, operation{kind: syncCommands[name], conn: conn,
		tell: noted("Sync was successfully updated", js.NewObject("command", name, "syncIdentifiers", ids))})
}

// failures adds what came before the errors in the list of connections: refreshes that failed before, and when a grant to an app
// in test mode was given.
func (p *past) failures() {
	for _, conn := range p.env.connections {
		if conn.authErrorLog == "" {
			continue
		}
		last, apart := logTime(conn.authErrorLog), 24*time.Hour
		if conn.failingSince == last {
			apart = 7 * time.Minute
		}
		for n := 1 + p.r.IntN(3); n > 0; n-- {
			if at := last - timestamp(n)*timestamp(apart.Microseconds()); at > conn.created {
				before := p.env.failedRefreshAt(conn, logID(p.r, at))
				p.add(before.created, 11*time.Millisecond, *before)
			}
		}
		if granted := last - timestamp((7 * 24 * time.Hour).Microseconds()); granted > conn.created && p.env.authCauseOf(conn) == CauseTestMode {
			p.created(conn, granted)
		}
	}
}

func (p *past) created(conn *connection, at timestamp) {
	p.add(at, 40*time.Second, operation{kind: kindCreate, conn: conn, late: lateAll, tell: func(o *operation) story {
		return story{meta: js.NewObject("authType", "oauth2"), messages: func(w *scribe) {
			w.at = o.ended
			w.note("info", "Connection creation was successful")
		}}
	}})
}

// creations adds the creation of the newest connections, at most n.
func (p *past) creations(n int) {
	for _, conn := range slices.Backward(p.env.connections) {
		if n--; n < 0 {
			return
		}
		p.created(conn, conn.created)
	}
}

// outage adds an hour in which all connections of one integration failed.
func (p *past) outage() {
	i := p.env.integration(outageIntegration)
	if i == nil || len(i.syncs()) == 0 {
		return
	}
	begin := timestampMs(p.env.start.Add(-outageAgo - outageLength))
	for _, conn := range connectionsOf(i)[:min(len(i.connections), maxOutage)] {
		if at := begin + timestamp(p.r.Int64N(outageLength.Microseconds())); conn.created < at {
			p.add(at, 2*time.Second, operation{kind: kindSyncRun, conn: conn, fn: i.syncs()[0], state: "failed",
				tell: failedRun(CauseOutage)})
		}
	}
}

// hanging adds runs that should have ended hours ago.
func (p *past) hanging() {
	for n := range hangingSyncs {
		conn := p.connection()
		at := timestampMs(p.env.start.Add(-time.Duration(3+3*n)*time.Hour - 17*time.Minute))
		if f := p.pick(conn.integration, kindSync); f != nil && conn.created < at {
			p.add(at, 0, operation{kind: kindSyncRun, conn: conn, fn: f, ended: forever, tell: tellPastRun})
		}
	}
}

// FailBecause makes a connection fail from now on, for a cause: a refresh, or a sync if it has one.
func (s *Server) FailBecause(integration, id string, cause Cause) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findConnection(integration, id)
	if err != nil {
		return err
	}
	s.env.failBecause(c, cause, s.timestamp())
	return nil
}

func (env *environment) failBecause(c *connection, cause Cause, at timestamp) {
	c.cause = cause
	if cause.isOfRefresh() || len(c.integration.syncs()) == 0 {
		c.failRefreshAt(env.rng, at)
		env.logAuthError(c)
		return
	}
	env.failSync(c, at)
}

// HangSync makes a run of a sync that began some time ago and doesn't end.
func (s *Server) HangSync(integration, id, sync string, ago time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	conn, err := s.findConnection(integration, id)
	if err != nil {
		return err
	}
	states := s.env.syncsOf(conn, []selector{{sync, baseVariant}})
	if len(states) == 0 {
		return fmt.Errorf("no sync %q of connection %q", sync, id)
	}
	began := timestampMs(s.now().Add(-ago))
	states[0].latest = run{start: began, duration: forever - began, from: states[0].savedTo(), initial: states[0].startsOver()}
	states[0].advancedTo = max(states[0].advancedTo, began)
	return nil
}

// Outage makes all connections of an integration fail, one after the other in the time before now, and returns how many.
func (s *Server) Outage(integration string, lasts time.Duration) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.env.integration(integration)
	if i == nil {
		return 0, fmt.Errorf("no integration %q", integration)
	}
	conns := connectionsOf(i)
	for n, conn := range conns {
		ago := time.Duration(len(conns)-n) * lasts / time.Duration(len(conns)+1)
		s.env.failBecause(conn, CauseOutage, timestampMs(s.now().Add(-ago)))
	}
	return len(conns), nil
}

// Package sandbox is an embedded Nango: an http.Handler that keeps an environment in memory and
// answers Nango's public API as the server v0.71.4 does, quirks included. The demo and the tests
// talk to it. It knows nothing of the rest of the program, not even of the client: it writes its
// JSON from its own structs and is held against recorded answers of a running server.
package sandbox

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/js"
)

// Options says what world a sandbox has. The zero value is an empty environment of seed 0.
type Options struct {
	Seed        uint64           // the same seed gives the same world, ids and ages included
	Connections int              // 0 to MaxConnections
	RateLimit   int              // requests a minute and account; 0 = 200; negative = no limiter and no headers
	Now         func() time.Time // nil = time.Now
	ConnectURL  string           // base of connect links; "" = the address at which the server was asked
	// Wait is how the latency of a fault, of an action and of a provider passes; it returns early,
	// with an error, when ctx ends.
	// nil = a timer.
	Wait func(ctx context.Context, d time.Duration) error
}

// MaxConnections bounds Options.Connections; more are not made.
const MaxConnections = 100_000

// defaultRateLimit is Nango's own, in requests a minute.
const defaultRateLimit = 200

// Server is the sandbox: an http.Handler, safe for concurrent use.
type Server struct {
	connectURL string
	now        func() time.Time
	keys       Keys

	mu         sync.Mutex   // guards everything below
	env        *environment // of the environment that the sandbox's own keys belong to
	down       map[Component]bool
	apiKeys    map[string]*apiKey
	limiter    *limiter
	faults     faults
	requestLog requestLog

	environments    []*environment
	lastEnvironment int
	lastKey         int
}

// New makes a server with the world that o describes.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = waitTimer
	}
	if o.RateLimit == 0 {
		o.RateLimit = defaultRateLimit
	}
	s := &Server{
		connectURL: strings.TrimSuffix(o.ConnectURL, "/"),
		now:        o.Now,
		apiKeys:    map[string]*apiKey{},
		down:       map[Component]bool{},
		limiter:    newLimiter(o.RateLimit),
		faults:     faults{wait: o.Wait, cleared: make(chan struct{})},
	}
	s.env = newEnvironment(ownEnvironment, "dev", o.Seed, o.Now(), catalog.Embedded())
	s.makeKeys(o.Seed)
	populate(s.env, min(max(o.Connections, 0), MaxConnections))
	s.createEnvironments()
	return s
}

func waitTimer(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ServeHTTP answers as Nango's server does. The order is Nango's: the body is read and its
// JSON and content type are looked at before the key, the key before the budget, the budget
// before the scope, and the scope before the query and the body.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := readBody(r)
	s.logRequest(r, body)
	if s.applyFault(w, r, body) {
		return
	}
	if err != nil {
		respond(w, r, s.crash())
		return
	}
	a := s.answer(r, body)
	if a.delay > 0 && s.faults.wait(r.Context(), a.delay) != nil {
		panic(http.ErrAbortHandler) // the client has gone
	}
	respond(w, r, a)
}

// answer finds the route and runs its handler, under the lock.
func (s *Server) answer(r *http.Request, raw []byte) answer {
	route, params := findRoute(r)
	parsed, refusal := parseRequest(r, raw, route)
	if refusal != nil {
		return *refusal
	}
	if route == nil {
		return unknownPath(r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &call{Server: s, env: s.env, r: r, params: params, query: js.ParseQuery(r.URL.RawQuery), body: parsed, raw: raw, headers: http.Header{}}
	out := s.admit(c, route)
	if out == nil {
		c.env.updateSyncErrors(timestampMs(s.now()))
		c.env.completeJobs(s.now())
		a := s.run(c, route)
		out = &a
	}
	for k, v := range c.headers {
		if _, overwritten := out.headers[http.CanonicalHeaderKey(k)]; !overwritten {
			out.setHeader(http.CanonicalHeaderKey(k), v[0])
		}
	}
	return *out
}

// run lets a handler give up from any depth with the answer that ends the request.
func (s *Server) run(c *call, route *route) (out answer) {
	defer func() {
		if p := recover(); p != nil {
			stop, ok := p.(stopped)
			if !ok {
				panic(p)
			}
			out = stop.answer
		}
	}()
	return route.handle(c)
}

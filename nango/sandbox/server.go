// Package sandbox is an in-memory Nango: an http.Handler that answers Nango's public API as the server v0.71.4 does,
// quirks included. The demo and the tests use it. It imports nothing of the project outside nango/sandbox, not even the
// client: it writes JSON from its own structs and is tested against recorded responses of a real server.
package sandbox

import (
	"cmp"
	"context"
	cryptorand "crypto/rand"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/js"
)

// Options describe a sandbox. The zero value is an empty environment.
type Options struct {
	Seed        uint64           // the same seed gives the same data, ids and ages included, and the same keys
	RandomKeys  bool             // keys, session tokens and ids of new data that can't be guessed, whatever the seed
	Connections int              // 0 to MaxConnections; more are not made
	RateLimit   int              // requests per minute and account; 0 = 200; negative = no limit and no headers
	Now         func() time.Time // nil = time.Now
	ConnectURL  string           // base of connect links; "" = the host of the request
	Server      Version          // the version of Nango that it answers like; "" = Server0714
	Logs        LogOptions
	// Wait waits for the latency of a fault, an action or a provider. It returns an error if ctx ends first. nil = a timer.
	Wait func(ctx context.Context, d time.Duration) error
}

// MaxConnections limits Options.Connections.
const MaxConnections = 100_000

// defaultRateLimit is Nango's, in requests per minute.
const defaultRateLimit = 200

// Server is the sandbox: an http.Handler, safe for concurrent use.
type Server struct {
	connectURL string
	now        func() time.Time
	keys       Keys
	version    Version
	logOptions LogOptions

	mu         sync.Mutex   // guards everything below
	env        *environment // the one of the sandbox's own keys
	down       map[Component]bool
	apiKeys    map[string]*apiKey
	limiter    *limiter
	faults     faults
	requestLog requestLog

	environments    []*environment
	lastEnvironment int
	lastKey         int
}

// New returns a sandbox with the data that o describes.
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
		version:    cmp.Or(o.Server, Server0714),
		logOptions: o.Logs,
		apiKeys:    map[string]*apiKey{},
		down:       map[Component]bool{},
		limiter:    newLimiter(o.RateLimit),
		faults:     faults{wait: o.Wait, cleared: make(chan struct{})},
	}
	s.env = newEnvironment(ownEnvironment, "dev", o.Seed, o.Now(), catalog.Embedded())
	keys := rand.New(rand.NewPCG(o.Seed, 0x6b657973))
	if o.RandomKeys {
		keys = unguessable()
		s.env.rng = keys
	}
	s.makeKeys(keys)
	populate(s.env, min(max(o.Connections, 0), MaxConnections))
	s.createEnvironments()
	return s
}

// unguessable returns a source of secrets.
func unguessable() *rand.Rand {
	var seed [32]byte
	_, _ = cryptorand.Read(seed[:]) // never fails
	return rand.New(rand.NewChaCha8(seed))
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

// ServeHTTP answers in Nango's order: body, JSON and content type, key, rate limit, scope, then query and body values.
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
		panic(http.ErrAbortHandler) // the client closed the connection
	}
	respond(w, r, a)
}

// answer finds the route and runs its handler, under the lock.
func (s *Server) answer(r *http.Request, raw []byte) answer {
	route, params := s.findRoute(r)
	mcp := s.mcpRouteFor(r)
	route = cmp.Or(mcp, route)
	c := &call{Server: s, r: r, params: params, query: js.ParseQuery(r.URL.RawQuery), raw: raw, headers: http.Header{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.env = s.env
	out := c.run(route)
	out.noETag = out.noETag || mcp != nil || route != nil && route.pattern == mcpRoute.pattern // as seen on v0.71.4
	for k, v := range c.headers {
		if _, overwritten := out.headers[k]; !overwritten {
			out.setHeader(k, v[0])
		}
	}
	return out
}

// run checks the request and runs the handler. Either can end the request with stop, at any depth.
func (c *call) run(route *route) (out answer) {
	defer func() {
		if p := recover(); p != nil {
			stop, ok := p.(stopped)
			if !ok {
				panic(p)
			}
			out = stop.answer
		}
	}()
	c.body = parseRequest(c.r, c.raw, route)
	if route == nil {
		return unknownPath(c.r)
	}
	c.admit(route)
	c.env.updateSyncErrors(c.timestamp())
	c.env.completeJobs(c.now())
	if !route.is(withQuery) {
		c.validQuery()
	}
	return route.handle(c)
}

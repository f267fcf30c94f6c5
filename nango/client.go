package nango

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"nango-tui/internal/clean"
)

// Config configures a client. Host and Key are required; everything else has a default.
type Config struct {
	// Host is a scheme and host, such as [CloudHost], optionally with a port and a path prefix.
	Host string
	// Key is the API key. It is sent only in the Authorization header.
	Key Secret
	// ReadOnly refuses everything except [Reads]; with MayRefresh it also allows [Refreshes].
	ReadOnly, MayRefresh bool
	// Insecure allows http to hosts other than loopback.
	Insecure bool
	// Proxy is the proxy that the profile names; it may be empty. Variable returns an environment variable, for HTTPS_PROXY and
	// NO_PROXY; nil means that none is set. See [Client.Proxy].
	Proxy string
	// Logs is the address of Nango's log tools that the profile names; it may be empty. See [CheckLogsAddress].
	Logs     string
	Variable func(name string) string
	// TLS has the certificates of a server that needs its own; nil means those of the system.
	TLS *tls.Config
	// Limiter is shared by all clients of the same host.
	Limiter *Limiter
	// Secrets collects every secret that the client sends or receives.
	Secrets *Secrets
	// Log records every call.
	Log *Log
	// Journal records every call that does more than read, before it is sent. Nil records none.
	Journal Journal
	// Transport sends requests; the default is a transport of the client's own, with Proxy and TLS. An *http.Transport is
	// cloned.
	Transport http.RoundTripper
	// Now is the clock.
	Now func() time.Time
	// Wait waits for a duration, or returns the context's error if it ends first.
	Wait func(context.Context, time.Duration) error
	// Debug gets one line of JSON per call, without headers and bodies.
	Debug *clean.Writer
	// UserAgent is sent with every request.
	UserAgent string
}

// Client sends requests. Nothing else does. It is safe for concurrent use.
type Client struct {
	*core
	who asker
}

// core is what a client shares with its variants for background and bulk requests.
type core struct {
	config Config
	host   string
	proxy  *webProxy // nil for none
	// reading keeps connections open; once opens a new one for each request. See [newTransports].
	reading, once http.RoundTripper
	debug         *sync.Mutex // for config.Debug
	// owner is the [Owner] of the key.
	owner atomic.Int32
	// olderForms are the operations whose older form the server takes; see [Client.Forms].
	olderForms  sync.Map
	fingerprint string
	logs        *logsServer
}

// NewClient creates a client. It returns an error for a malformed key, host or proxy; nothing is sent.
func NewClient(config Config) (*Client, error) {
	host, err := ParseHost(config.Host)
	if err != nil {
		return nil, err
	}
	if err := firstError(host.Check(config.Insecure), CheckKey(config.Key)); err != nil {
		return nil, err
	}
	config.fill()
	config.Secrets.Keep(config.Key)
	own, err := newCore(config, host)
	if err != nil {
		return nil, err
	}
	own.logs, err = newLogsServer(own, host)
	return &Client{core: own}, err
}

// newCore creates what sends requests to a host.
func newCore(config Config, host Host) (*core, error) {
	proxy, err := chooseProxy(host, config.Proxy, config.Variable)
	if err != nil {
		return nil, err
	}
	if proxy != nil {
		proxy.keepSecrets(config.Secrets)
	}
	transport := config.Transport
	if transport == nil {
		transport = newTransport(host, proxy, config.TLS)
	}
	reading, once := newTransports(transport)
	return &core{
		config: config, host: host.String(), proxy: proxy, reading: reading, once: once, fingerprint: fingerprint(config.Key),
		debug: &sync.Mutex{},
	}, nil
}

func (c *Config) fill() {
	if c.Limiter == nil {
		c.Limiter = NewLimiter()
	}
	if c.Secrets == nil {
		c.Secrets = NewSecrets()
	}
	if c.Log == nil {
		c.Log = NewLog()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	if c.UserAgent == "" {
		c.UserAgent = "nango-tui"
	}
}

// wait implements [Config.Wait] with the real clock.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Background returns a client for requests that the program sends by itself. They stop when a quarter of the budget
// is left, wait for the next window, and use at most a tenth of the budget per minute.
func (c *Client) Background() *Client { return &Client{core: c.core, who: byItself} }

// Bulk returns a client for many requests that result from one user action. They stop when a quarter of the budget is
// left and wait for the next window, so that others sharing the account can go on.
func (c *Client) Bulk() *Client { return &Client{core: c.core, who: inBulk} }

// Host is the canonical form of the scheme and host, see [Host].
func (c *Client) Host() string { return c.host }

// Budget is the current request budget of the host.
func (c *Client) Budget() Budget { return c.config.Limiter.Budget() }

// Log is the log of the client's calls.
func (c *Client) Log() *Log { return c.config.Log }

// Secrets are the secrets that the client has seen.
func (c *Client) Secrets() *Secrets { return c.config.Secrets }

// ReadOnly reports whether the client refuses changes.
func (c *Client) ReadOnly() bool { return c.config.ReadOnly }

// Refuses returns the reason why the client won't send the call, or nil. Screens can ask before they propose a
// request.
func (c *Client) Refuses(call Call) error {
	if err := c.refuses(call); err != nil {
		return err
	}
	return nil
}

// refuses checks both the effect, which is at least that of the operation table, and the method: a read-only client
// sends only GETs and, by name, calls of the log tools.
func (c *Client) refuses(call Call) *Error {
	info, ok := call.Operation.Info()
	if !ok {
		e := newError(call, RejectedLocally)
		e.Message = "the operation is not in the operation table"
		return e
	}
	effect := max(call.Effect, info.Effect)
	reading := call.Method == http.MethodGet || call.Operation.ofLogs()
	if !c.config.ReadOnly || reading && (effect == Reads || effect == Refreshes && c.config.MayRefresh) {
		return nil
	}
	e := newError(call, ReadOnly)
	e.Message = fmt.Sprintf("the profile is read-only and the request %s", effect)
	if effect == Reads {
		e.Message = "the profile is read-only and can't send " + call.Method
	}
	return e
}

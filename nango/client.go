package nango

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"nango-tui/internal/clean"
)

// CloudHost is Nango's cloud API.
const CloudHost = "https://api.nango.dev"

// idleTimeout is how long an idle connection is kept. Nango's server closes idle connections after 61 seconds, and a
// request sent at that moment is lost.
const idleTimeout = 45 * time.Second

// connectTimeout limits the TCP connection and then the TLS handshake.
const connectTimeout = 10 * time.Second

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
	// Limiter is shared by all clients of the same host.
	Limiter *Limiter
	// Secrets collects every secret that the client sends or receives.
	Secrets *Secrets
	// Log records every call.
	Log *Log
	// Journal records every call that does more than read, before it is sent. Nil records none.
	Journal Journal
	// Transport sends requests; the default is a transport of the client's own. An *http.Transport is cloned.
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
	// reading keeps connections open; once opens a new one for each request. See [newTransports].
	reading, once http.RoundTripper
	debug         sync.Mutex
	// owner is the [Owner] of the key.
	owner       atomic.Int32
	fingerprint string
}

// Errors about a host.
var (
	ErrHost     = errors.New("the host must be a URL, such as " + CloudHost)
	ErrInsecure = errors.New("the key would be sent unencrypted: http to another machine needs insecure: true in the profile")
)

// NewClient creates a client. It returns an error for a malformed key or host; nothing is sent.
func NewClient(config Config) (*Client, error) {
	host, err := checkHost(config.Host, config.Insecure)
	if err != nil {
		return nil, err
	}
	if err := CheckKey(config.Key); err != nil {
		return nil, err
	}
	config.fill()
	config.Secrets.Keep(config.Key)
	reading, once := newTransports(config.Transport)
	return &Client{core: &core{config: config, host: host, reading: reading, once: once, fingerprint: fingerprint(config.Key)}}, nil
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

// CheckHost returns an error if the key must not be sent to the host URL.
func CheckHost(host string, insecure bool) error {
	_, err := checkHost(host, insecure)
	return err
}

// checkHost returns the host without a trailing slash.
func checkHost(host string, insecure bool) (string, error) {
	parsed, err := url.Parse(host)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil || parsed.RawQuery != "" || parsed.Fragment != "" {
		return "", ErrHost // url.Parse's error contains the URL, which may contain a password
	}
	switch {
	case parsed.Scheme == "http" && !insecure && !IsLoopback(parsed.Hostname()):
		return "", fmt.Errorf("%w (%s)", ErrInsecure, parsed.Hostname())
	case parsed.Scheme != "http" && parsed.Scheme != "https":
		return "", ErrHost
	}
	return strings.TrimRight(parsed.Scheme+"://"+parsed.Host+parsed.EscapedPath(), "/"), nil
}

// IsLoopback reports whether a host name is this machine.
func IsLoopback(name string) bool {
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}

// newTransports returns two transports, because net/http resends a GET by itself when a reused connection turns out
// to be closed. A read may be sent twice, but a GET that refreshes a token may not. So everything except reads uses a
// new connection each time. This also keeps a deletion from being lost on a connection that the server is closing.
func newTransports(given http.RoundTripper) (reading, once http.RoundTripper) {
	if given == nil {
		given = &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: connectTimeout}).DialContext,
			TLSHandshakeTimeout:   connectTimeout,
			ForceAttemptHTTP2:     true,
			MaxIdleConnsPerHost:   4,
			ExpectContinueTimeout: time.Second,
		}
	}
	transport, ok := given.(*http.Transport)
	if !ok {
		return given, given
	}
	keeping, closing := transport.Clone(), transport.Clone()
	keeping.IdleConnTimeout = idleTimeout
	closing.DisableKeepAlives = true
	return keeping, closing
}

// Background returns a client for requests that the program sends by itself. They stop when a quarter of the budget
// is left, wait for the next window, and use at most a tenth of the budget per minute.
func (c *Client) Background() *Client { return &Client{core: c.core, who: byItself} }

// Bulk returns a client for many requests that result from one user action. They stop when a quarter of the budget is
// left and wait for the next window, so that others sharing the account can go on.
func (c *Client) Bulk() *Client { return &Client{core: c.core, who: inBulk} }

// Host is the scheme and host, without a trailing slash.
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
// sends only GETs.
func (c *Client) refuses(call Call) *Error {
	info, ok := call.Operation.Info()
	if !ok {
		e := newError(call, RejectedLocally)
		e.Message = "the operation is not in the operation table"
		return e
	}
	effect := max(call.Effect, info.Effect)
	if !c.config.ReadOnly || call.Method == http.MethodGet && (effect == Reads || effect == Refreshes && c.config.MayRefresh) {
		return nil
	}
	e := newError(call, ReadOnly)
	e.Message = fmt.Sprintf("the profile is read-only and the request %s", effect)
	if effect == Reads {
		e.Message = "the profile is read-only and can't send " + call.Method
	}
	return e
}

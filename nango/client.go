package nango

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// CloudHost is Nango's own API.
const CloudHost = "https://api.nango.dev"

// idleTimeout is how long an unused connection is kept. Nango's server closes one after 61 seconds, and a
// request that meets that moment is lost.
const idleTimeout = 45 * time.Second

// connectTimeout is how long reaching the host may take, and then the TLS handshake.
const connectTimeout = 10 * time.Second

// Config is what a client is made of. Host and Key are needed, everything else has a default.
type Config struct {
	// Host is scheme and host, such as [CloudHost], perhaps with a port and a path before Nango's own.
	Host string
	// Key is the environment's API key. It goes into the Authorization header and nowhere else.
	Key Secret
	// ReadOnly refuses everything but [Reads]; MayRefresh then allows [Refreshes] as well.
	ReadOnly, MayRefresh bool
	// Insecure allows http to a host that is not loopback.
	Insecure bool
	// Limiter is that of the host; clients of the same host share it.
	Limiter *Limiter
	// Secrets gets every secret that the client sends or sees.
	Secrets *Secrets
	// Log gets every call.
	Log *Log
	// Transport sends; by default a transport of the client's own. An *http.Transport is cloned.
	Transport http.RoundTripper
	// Now is the clock.
	Now func() time.Time
	// Wait waits, or returns the context's error when that is done first.
	Wait func(context.Context, time.Duration) error
	// Debug gets a line of JSON for each call, without headers and bodies.
	Debug io.Writer
	// UserAgent is sent with every request.
	UserAgent string
}

// Client is the one place where requests are sent. It is safe for concurrent use.
type Client struct {
	*core
	who asker
}

// core is what a client and its background share.
type core struct {
	config Config
	host   string
	// reading keeps connections open; once takes a fresh one for each request. See [newTransports].
	reading, once http.RoundTripper
	debug         sync.Mutex
	// owner is what the key belongs to, an [Owner].
	owner       atomic.Int32
	fingerprint string
}

// Errors of a host.
var (
	ErrHost     = errors.New("the host must be a URL such as " + CloudHost)
	ErrInsecure = errors.New("the key would be sent unencrypted: http is for this machine only, unless the profile says insecure")
)

// NewClient makes a client. A malformed key or host is found here, before anything is sent.
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

// wait is [Config.Wait] with the real clock.
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

// CheckHost says whether a key may be sent to a host, given as a URL.
func CheckHost(host string, insecure bool) error {
	_, err := checkHost(host, insecure)
	return err
}

// checkHost gives the host without a slash at its end.
func checkHost(host string, insecure bool) (string, error) {
	parsed, err := url.Parse(host)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil || parsed.RawQuery != "" || parsed.Fragment != "" {
		return "", ErrHost // url.Parse's own error holds the text, which may hold a password
	}
	switch {
	case parsed.Scheme == "http" && !insecure && !IsLoopback(parsed.Hostname()):
		return "", fmt.Errorf("%w (%s)", ErrInsecure, parsed.Hostname())
	case parsed.Scheme != "http" && parsed.Scheme != "https":
		return "", ErrHost
	}
	return strings.TrimRight(parsed.Scheme+"://"+parsed.Host+parsed.EscapedPath(), "/"), nil
}

// IsLoopback says whether a host name is this machine.
func IsLoopback(name string) bool {
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}

// newTransports are two: net/http by itself sends a GET again when a connection that was used before turns
// out to be closed. A read may be sent twice; a GET that refreshes a token may not. So everything but reads
// goes out on a connection of its own, which is never one that was used before. That also spares a deletion
// the chance to get lost with a connection that the server is just closing.
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

// Background is the same client for what the program does by itself: its calls stop at a quarter of the budget
// and wait until it is full again, and all of them together take at most a tenth of it in any minute.
func (c *Client) Background() *Client { return &Client{core: c.core, who: byItself} }

// Bulk is the same client for the many requests that one key of the user's brings about: they stop at a quarter of the
// budget and wait until it is full again, so that whoever shares it goes on.
func (c *Client) Bulk() *Client { return &Client{core: c.core, who: inBulk} }

// Host is scheme and host that the client sends to, without a slash at its end.
func (c *Client) Host() string { return c.host }

// Budget is how the budget of the host stands.
func (c *Client) Budget() Budget { return c.config.Limiter.Budget() }

// Log is where the client's calls are noted.
func (c *Client) Log() *Log { return c.config.Log }

// Secrets is what the client has seen of secrets.
func (c *Client) Secrets() *Secrets { return c.config.Secrets }

// ReadOnly says whether the client refuses what changes anything.
func (c *Client) ReadOnly() bool { return c.config.ReadOnly }

// Refuses says why the client does not send a call, or nil: so that a screen can tell before it asks.
func (c *Client) Refuses(call Call) error {
	if err := c.refuses(call); err != nil {
		return err
	}
	return nil
}

// refuses judges by effect, as the table has it or worse, and by method as well: a read-only client sends
// nothing but GET.
func (c *Client) refuses(call Call) *Error {
	info, ok := call.Operation.Info()
	if !ok {
		e := newError(call, RejectedLocally)
		e.Message = "the operation stands in no table"
		return e
	}
	effect := max(call.Effect, info.Effect)
	if !c.config.ReadOnly || call.Method == http.MethodGet && (effect == Reads || effect == Refreshes && c.config.MayRefresh) {
		return nil
	}
	e := newError(call, ReadOnly)
	e.Message = fmt.Sprintf("this profile is read-only, and the request %s", effect)
	if effect == Reads {
		e.Message = "this profile is read-only, and sends no " + call.Method
	}
	return e
}

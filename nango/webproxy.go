package nango

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"

	"golang.org/x/net/http/httpproxy"
)

// webProxy is a proxy between this program and a server, as companies have them for all of the web. It has nothing to do with
// Nango's proxy to providers.
type webProxy struct {
	url *url.URL
	// source is where the proxy was named, as in "HTTPS_PROXY".
	source string
}

// ErrWebProxy is a malformed proxy of a profile or a variable.
var ErrWebProxy = errors.New("expected a URL such as http://proxy.example:3128 or http://user:password@proxy.example:3128")

// profileProxy is where a profile names its proxy.
const profileProxy = "proxy: in the profile"

// chooseProxy returns the proxy for a host, or nil for none: never one for this machine; else the one that the profile names;
// else, only for https, that of HTTPS_PROXY, unless NO_PROXY names the host. The program doesn't use HTTP_PROXY, which would
// see the key. Variable returns an environment variable; it may be nil.
func chooseProxy(host Host, named string, variable func(string) string) (*webProxy, error) {
	source, text := profileProxy, named
	if text == "" && host.scheme == "https" && variable != nil {
		source = "HTTPS_PROXY"
		if text = variable(source); text == "" {
			source = "https_proxy"
			text = variable(source)
		}
		if target, err := url.Parse(host.String()); err == nil && isExcluded(target, cmp.Or(variable("NO_PROXY"), variable("no_proxy"))) {
			return nil, nil
		}
	}
	if text == "" || host.IsLoopback() {
		return nil, nil
	}
	address, err := parseProxy(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	return &webProxy{address, source}, nil
}

// isExcluded reports whether a list like that of NO_PROXY excludes an address from being reached through a proxy.
func isExcluded(target *url.URL, list string) bool {
	rules := httpproxy.Config{HTTPSProxy: "http://any.example", NoProxy: list}
	through, err := rules.ProxyFunc()(target)
	return err == nil && through == nil
}

// CheckProxy returns an error unless a text is the URL of a proxy, or its host and port. The error doesn't contain the text,
// which may contain a password.
func CheckProxy(text string) error {
	_, err := parseProxy(text)
	return err
}

func parseProxy(text string) (*url.URL, error) {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	parsed, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("this is not a URL, or its password needs percent-encoding; %w", ErrWebProxy)
	case defaultPorts[parsed.Scheme] == "":
		return nil, fmt.Errorf("its scheme is not http, https, socks5 or socks5h; %w", ErrWebProxy)
	case parsed.Hostname() == "":
		return nil, fmt.Errorf("it has no host; %w", ErrWebProxy)
	case strings.Trim(parsed.Path, "/") != "" || parsed.RawQuery != "" || parsed.Fragment != "":
		return nil, fmt.Errorf("there is text after its port, or its password needs percent-encoding; %w", ErrWebProxy)
	}
	name, err := canonicalName(parsed.Hostname())
	if err != nil {
		return nil, fmt.Errorf("%w; %w", err, ErrWebProxy)
	}
	port, err := canonicalPort(parsed.Port(), defaultPorts[parsed.Scheme])
	if err != nil {
		return nil, fmt.Errorf("%w; %w", err, ErrWebProxy)
	}
	return &url.URL{Scheme: parsed.Scheme, User: parsed.User, Host: shortAddress("", name, port)}, nil
}

// String returns host and port, without user and password.
func (p *webProxy) String() string { return p.url.Host }

// label describes the proxy and where it was named.
func (p *webProxy) label() string { return fmt.Sprintf("the proxy %s (%s)", p, p.source) }

// keepSecrets remembers the password for masking, and user and password together, which are sent as base64.
func (p *webProxy) keepSecrets(secrets *Secrets) {
	if password, ok := p.url.User.Password(); ok {
		secrets.Keep(Secret(password))
		secrets.Keep(Secret(p.url.User.Username() + ":" + password))
	}
}

// Proxy is the address of the proxy that requests go through, without user and password; empty for none.
func (c *Client) Proxy() string {
	if c.proxy == nil {
		return ""
	}
	return c.proxy.String()
}

// proxyRefusal is a response of a proxy in place of a connection to the server.
type proxyRefusal struct {
	status int
	isPage bool // HTML
}

// Error implements error.
func (r *proxyRefusal) Error() string { return fmt.Sprintf("the proxy responded with %d", r.status) }

// checkConnect implements [http.Transport.OnProxyConnectResponse]. A page with status 200 comes from a login page for guests.
func checkConnect(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	isPage := media == "text/html"
	if response.StatusCode == http.StatusOK && !isPage {
		return nil
	}
	return &proxyRefusal{response.StatusCode, isPage}
}

// sending records how far a request got.
type sending struct {
	traced    bool // the transport calls this when it has a connection
	connected bool
	// handshakes is the number of TLS handshakes that were begun, by the goroutine that connects.
	handshakes atomic.Int32
}

func (s *sending) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GotConn:           func(httptrace.GotConnInfo) { s.connected = true },
		TLSHandshakeStart: func() { s.handshakes.Add(1) },
	}
}

// maybe reports whether the request may have left this machine.
func (s *sending) maybe() bool { return s.connected || !s.traced }

// passed reports whether the proxy has opened a connection to the server: then TLS with the server begins, after that with an
// https proxy itself. For a server without TLS it means that the proxy was reached.
func (s *sending) passed(p *webProxy) bool {
	before := int32(0)
	if p.url.Scheme == "https" {
		before = 1
	}
	return s.maybe() || s.handshakes.Load() > before
}

// nameProxy says in the error of a call without a response that the proxy failed, or that one was between. The error stays as
// it is without a proxy.
func (c *Client) nameProxy(e *Error, err error, sent *sending) *Error {
	var refused *proxyRefusal
	var garbled tls.RecordHeaderError
	switch {
	case c.proxy == nil || e.Kind == Canceled:
	case errors.As(err, &refused):
		c.proxyRefused(e, refused)
	case errors.As(err, &garbled):
		e.Message = fmt.Sprintf("%s doesn't connect to %s: what responds there doesn't speak TLS", c.proxy.label(), c.host)
	case !sent.passed(c.proxy) && e.Kind == Timeout:
		e.Message = fmt.Sprintf("%s did not connect to %s within the time limit", c.proxy.label(), c.host)
	case !sent.passed(c.proxy):
		e.Message = bounded(fmt.Sprintf("%s can't be used: %s", c.proxy.label(), e.Message))
	default:
		e.Message = bounded(fmt.Sprintf("%s (through %s)", e.Message, c.proxy.label()))
	}
	return e
}

// isFromProxy reports whether a status can only come from the proxy. Through https, nothing else than the server responds.
func (c *Client) isFromProxy(status int) bool {
	return c.proxy != nil && status == http.StatusProxyAuthRequired && strings.HasPrefix(c.host, "http:")
}

// nameProxyInResponse says in the error of a response that the proxy sent it, or may have sent it.
func (c *Client) nameProxyInResponse(e *Error, response Response) *Error {
	switch {
	case c.proxy == nil || e == nil:
	case c.isFromProxy(response.Status):
		c.proxyRefused(e, &proxyRefusal{status: response.Status})
	case !isJSON(response) && response.Status != http.StatusNoContent:
		e.Message = bounded(fmt.Sprintf("%s; the response may come from %s", e.Message, c.proxy.label()))
	}
	return e
}

// proxyRefused turns an error into one of the proxy. The request has not reached the server.
func (c *Client) proxyRefused(e *Error, refused *proxyRefusal) {
	e.Kind, e.Status, e.OutcomeUnknown = ProxyRefused, refused.status, false
	_, hasPassword := c.proxy.url.User.Password()
	reason := fmt.Sprintf("does not connect to %s (%d)", c.host, refused.status)
	switch {
	case refused.status == http.StatusProxyAuthRequired && hasPassword:
		reason = "refuses the user or the password (407)"
	case refused.status == http.StatusProxyAuthRequired:
		reason = "asks for a password (407)"
	case refused.isPage:
		reason = fmt.Sprintf("responds with a web page (%d) instead of connecting to %s", refused.status, c.host)
	}
	e.Message = c.proxy.label() + " " + reason
}

package nango

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// idleTimeout is how long an idle connection is kept. Nango's server closes idle connections after 61 seconds, and a
// request sent at that moment is lost.
const idleTimeout = 45 * time.Second

// connectTimeout limits the TCP connection and then the TLS handshake.
const connectTimeout = 10 * time.Second

// newTransport returns a transport for one host. Proxy and certificates may be nil.
func newTransport(host Host, proxy *webProxy, certificates *tls.Config) *http.Transport {
	transport := &http.Transport{
		DialContext:           dial(host),
		TLSHandshakeTimeout:   connectTimeout,
		TLSClientConfig:       certificates,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   4,
		ExpectContinueTimeout: time.Second,
	}
	if proxy == nil {
		return transport
	}
	transport.Proxy, transport.OnProxyConnectResponse = http.ProxyURL(proxy.url), checkConnect
	if proxy.url.Scheme == "https" {
		// Only the proxy is dialed this way, see net/http. The client certificate is not for the proxy.
		dialer := &tls.Dialer{NetDialer: &net.Dialer{Timeout: connectTimeout}}
		transport.DialTLSContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, connectTimeout)
			defer cancel()
			return dialer.DialContext(ctx, network, address)
		}
	}
	return transport
}

// dial returns the function that connects to a host or to its proxy. For this machine, it connects to loopback addresses only,
// whatever a resolver says.
func dial(host Host) func(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := &net.Dialer{Timeout: connectTimeout}
	if !host.IsLoopback() {
		return dialer.DialContext
	}
	dialer.ControlContext = onlyLoopback
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if isLocalName(host.name) {
			address = net.JoinHostPort("localhost", host.port) // names under localhost need not be resolvable
		}
		return dialer.DialContext(ctx, network, address)
	}
}

// onlyLoopback implements [net.Dialer.ControlContext], which gets each address before it is dialed.
func onlyLoopback(_ context.Context, _, address string, _ syscall.RawConn) error {
	if resolved, err := netip.ParseAddrPort(address); err != nil || !resolved.Addr().Unmap().IsLoopback() {
		return fmt.Errorf("localhost is %s here, which is not this machine: correct the hosts file, or use 127.0.0.1", address)
	}
	return nil
}

// newTransports returns two transports, because net/http resends a GET by itself when a reused connection turns out
// to be closed. A read may be sent twice, but a GET that refreshes a token may not. So everything except reads uses a
// new connection each time. This also keeps a deletion from being lost on a connection that the server is closing.
func newTransports(given http.RoundTripper) (reading, once http.RoundTripper) {
	transport, ok := given.(*http.Transport)
	if !ok {
		return given, given
	}
	keeping, closing := transport.Clone(), transport.Clone()
	keeping.IdleConnTimeout = idleTimeout
	closing.DisableKeepAlives = true
	return keeping, closing
}

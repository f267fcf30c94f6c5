package screentest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
)

// ports are the ports in the addresses of [Serve], which nothing listens on.
var ports atomic.Uint32

// Serve serves a handler in memory until the end of the test, and returns its address on loopback and the transport that reaches it.
// Unlike a listener of the system, it costs no time: thousands of tests have a server each.
func Serve(t testing.TB, handler http.Handler) (url string, transport *http.Transport) {
	t.Helper()
	l := &listener{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(l) }() // it ends when it is closed
	t.Cleanup(func() { _ = server.Close() })
	url = fmt.Sprintf("http://127.0.0.1:%d", 20_000+ports.Add(1)%40_000)
	return url, &http.Transport{DialContext: l.dial, MaxIdleConnsPerHost: 4}
}

// listener accepts what is dialed in memory.
type listener struct {
	conns  chan net.Conn
	closed chan struct{}
	close  sync.Once
}

func (l *listener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.close.Do(func() { close(l.closed) })
	return nil
}

func (l *listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

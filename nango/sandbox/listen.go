package sandbox

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Listener serves a sandbox on a loopback address until it is closed.
type Listener struct {
	server *http.Server
	url    string
	done   chan struct{} // closed when serving ends
	ended  error         // why it ended; read after done
}

// Listen serves s in the background on addr ("127.0.0.1:3003"; port 0 = any). It returns an error for an address that is
// not loopback. Requests whose Host is not loopback are refused, see loopbackHosts.
func Listen(s *Server, addr string) (*Listener, error) {
	if err := loopbackOnly(addr); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("the sandbox can't listen on %s: %w", addr, err)
	}
	out := &Listener{
		server: &http.Server{Handler: loopbackHosts(s), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 61 * time.Second},
		url:    "http://" + l.Addr().String(),
		done:   make(chan struct{}),
	}
	go func() {
		defer close(out.done)
		out.ended = out.server.Serve(l)
	}()
	return out, nil
}

func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("the sandbox address %q is not host:port: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("the sandbox listens only on loopback addresses, and %q is none. Use 127.0.0.1:3003", addr)
	}
	return nil
}

// URL returns the address, without a slash at the end.
func (l *Listener) URL() string { return l.url }

// Close stops serving and closes all connections. It returns the error that ended serving before, if there was one. It can
// be called again.
func (l *Listener) Close() error {
	if err := l.server.Close(); err != nil {
		return fmt.Errorf("closing the sandbox: %w", err)
	}
	<-l.done
	if errors.Is(l.ended, http.ErrServerClosed) {
		return nil
	}
	return l.ended
}

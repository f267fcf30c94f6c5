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
	done   chan struct{} // closed when serving has ended
	ended  error         // why, read after done
}

// Listen serves s on addr ("127.0.0.1:3003"; port 0 = any) in the background. The sandbox knows
// no passwords worth the name, so anything but a loopback address is refused.
func Listen(s *Server, addr string) (*Listener, error) {
	if err := loopbackOnly(addr); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("sandbox cannot listen on %s: %w", addr, err)
	}
	out := &Listener{
		server: &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 61 * time.Second},
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
		return fmt.Errorf("sandbox address %q is not host:port: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("the sandbox listens on loopback only; %q is not (use 127.0.0.1:3003)", addr)
	}
	return nil
}

// URL is where the sandbox is, without a slash at the end.
func (l *Listener) URL() string { return l.url }

// Close stops serving, cuts what is under way, and answers why serving ended if that was not it. It may be called
// again.
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

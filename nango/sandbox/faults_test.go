package sandbox

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// listening returns a sandbox with a TCP listener, which faults need.
func listening(t *testing.T, o Options) (*Server, string) {
	t.Helper()
	s := New(o)
	l, err := Listen(s, "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	return s, l.URL()
}

func fetch(t *testing.T, s *Server, ctx context.Context, url string) (int, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	must(t, err)
	r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

func TestFaultsApplyTheGivenNumberOfTimes(t *testing.T) {
	s, url := listening(t, Options{})
	s.Inject(Fault{Method: "GET", PathPrefix: "/integrations", Times: 2, Status: 503, Body: "<html>", ContentType: "text/html"})
	for _, want := range []int{503, 503, 200} {
		if status, _, err := fetch(t, s, t.Context(), url+"/integrations"); status != want || err != nil {
			t.Errorf("status %d (%v), want %d", status, err, want)
		}
	}
	s.Inject(Fault{PathPrefix: "/connections", NoBody: true, Status: 500})
	for range 3 {
		if status, body, _ := fetch(t, s, t.Context(), url+"/connections"); status != 500 || body != "" {
			t.Errorf("%d %q", status, body)
		}
	}
	s.ClearFaults()
	if status, _, _ := fetch(t, s, t.Context(), url+"/connections"); status != 200 {
		t.Errorf("status %d after ClearFaults", status)
	}
}

func TestCutBodyIsShortAndResetIsAnError(t *testing.T) {
	s, url := listening(t, Options{Connections: 10})
	s.Inject(Fault{CutAfter: 20, Times: 1})
	if _, body, err := fetch(t, s, t.Context(), url+"/connections"); !errors.Is(err, io.ErrUnexpectedEOF) || len(body) != 20 {
		t.Errorf("cut: %d bytes, %v", len(body), err)
	}
	s.Inject(Fault{Reset: true, Times: 1})
	if _, _, err := fetch(t, s, t.Context(), url+"/connections"); err == nil {
		t.Error("a reset connection gave an answer")
	}
}

func TestHangingRequestEndsWithClientOrClearFaults(t *testing.T) {
	s, url := listening(t, Options{})
	s.Inject(Fault{Hang: true})
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		_, _, err := fetch(t, s, ctx, url+"/integrations")
		gone <- err
	}()
	waitFor(t, func() bool { return len(s.Requests()) == 1 })
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	answered := make(chan int)
	go func() {
		status, _, _ := fetch(t, s, t.Context(), url+"/integrations")
		answered <- status
	}()
	waitFor(t, func() bool { return len(s.Requests()) == 2 })
	s.ClearFaults()
	if status := <-answered; status != 200 {
		t.Errorf("status %d", status)
	}
}

// waitFor waits until another goroutine has made something true. The test's deadline ends it.
func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for !done() {
		if t.Context().Err() != nil {
			t.Fatal("never happened")
		}
		runtime.Gosched()
	}
}

func TestLatencyUsesTheInjectedWait(t *testing.T) {
	var waited time.Duration
	s, url := listening(t, Options{Wait: func(_ context.Context, d time.Duration) error { waited += d; return nil }})
	s.Inject(Fault{Latency: time.Hour})
	if status, _, err := fetch(t, s, t.Context(), url+"/integrations"); status != 200 || err != nil || waited != time.Hour {
		t.Errorf("%d %v after %v", status, err, waited)
	}
}

func TestLatencyEndsWhenTheClientDisconnects(t *testing.T) {
	started := make(chan struct{})
	s, url := listening(t, Options{Wait: func(ctx context.Context, _ time.Duration) error {
		close(started)
		<-ctx.Done()
		return ctx.Err()
	}})
	s.Inject(Fault{Latency: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-started; cancel() }()
	if _, _, err := fetch(t, s, ctx, url+"/integrations"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestListenerCanBeClosedTwice(t *testing.T) {
	l, err := Listen(New(Options{}), "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	must(t, l.Close())
}

func TestListenAcceptsOnlyLoopback(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "example.com:80", "[::]:0"} {
		if l, err := Listen(New(Options{}), addr); err == nil {
			must(t, l.Close())
			t.Errorf("%s was accepted", addr)
		} else if !strings.Contains(err.Error(), "loopback") {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if _, err := Listen(New(Options{}), "nonsense"); err == nil {
		t.Error("an address without a port was accepted")
	}
}

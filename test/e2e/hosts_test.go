//go:build unix

package e2e

import (
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"nango-tui/nango/sandbox"
)

// webProxy is a proxy that connects everybody to one server, and counts who came.
type webProxy struct {
	address string
	mu      sync.Mutex
	lines   []string
}

// startWebProxy starts one that understands only CONNECT.
func startWebProxy(t *testing.T, target string) *webProxy {
	t.Helper()
	p := &webProxy{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.lines = append(p.lines, r.Method+" "+r.RequestURI+" "+r.Header.Get("Authorization"))
		p.mu.Unlock()
		there, err := net.Dial("tcp", target)
		if err != nil || r.Method != http.MethodConnect {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusOK)
		here, buffered, _ := w.(http.Hijacker).Hijack()
		go func() { _, _ = io.Copy(there, buffered); there.Close() }()
		_, _ = io.Copy(here, there)
		here.Close()
	}))
	t.Cleanup(server.Close)
	p.address = strings.TrimPrefix(server.URL, "http://")
	return p
}

func (p *webProxy) saw() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lines
}

func TestLocalHostIsNotReachedThroughAProxy(t *testing.T) {
	t.Parallel()
	server := sandbox.New(sandbox.Options{Seed: 3, Connections: 30})
	target := httptest.NewServer(server)
	t.Cleanup(target.Close)
	proxy := startWebProxy(t, target.Listener.Addr().String())
	_, port, _ := net.SplitHostPort(target.Listener.Addr().String())
	env := []string{"HTTP_PROXY=http://" + proxy.address, "NANGO_API_KEY=" + server.Keys().Environment}
	x := start(t, []string{"--host", "http://LocalHost:" + port}, env, size80x24())
	x.see("CUSTOMER", "localhost:"+port)
	for _, never := range []string{"PRODUCTION", "! http", "via"} {
		if strings.Contains(x.screen(), never) {
			t.Errorf("%q is on the screen:\n%s", never, x.screen())
		}
	}
	x.quits()
	if lines := proxy.saw(); len(lines) > 0 || len(server.Requests()) == 0 {
		t.Errorf("the proxy saw %q, the server %d requests", lines, len(server.Requests()))
	}
}

// A server of one's own, with a CA of one's own, behind the company's proxy.
func TestOwnServerBehindAProxy(t *testing.T) {
	t.Parallel()
	server := sandbox.New(sandbox.Options{Seed: 3, Connections: 30})
	target := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "127.0.0.1"
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(target.Close)
	proxy := startWebProxy(t, target.Listener.Addr().String())
	folder, env := newHome(t)
	writeConfig(t, folder, "profiles:\n  own:\n    host: https://Example.COM./\n    tls: {ca: own.pem}\n    key: {env: OWN_KEY}\n")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: target.Certificate().Raw})
	if err := os.WriteFile(filepath.Join(folder, "config", "nango-tui", "own.pem"), certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	env = append(env, "OWN_KEY="+server.Keys().Environment)
	for _, password := range []string{"", "user:hunter2hunter2@"} {
		x := startIn(t, nil, append(env, fmt.Sprintf("HTTPS_PROXY=http://%s%s", password, proxy.address)), size120x40())
		x.see("CUSTOMER", "example.com via "+proxy.address)
		x.quits()
		if strings.Contains(x.output(), "hunter2") {
			t.Error("the password of the proxy was drawn")
		}
	}
	for _, line := range proxy.saw() {
		if line != "CONNECT example.com:443 " {
			t.Errorf("the proxy saw %q", line)
		}
	}
	x := startIn(t, nil, append(env, "HTTPS_PROXY=http://user:hunter2#@"+proxy.address), size120x40())
	x.see("HTTPS_PROXY", "percent-encoding")
	x.quits()
	if strings.Contains(x.output(), "hunter2") {
		t.Error("the password of the malformed proxy was drawn")
	}
}

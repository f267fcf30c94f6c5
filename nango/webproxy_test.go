package nango

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// recorder is a proxy that sends everything to one server, whatever the name of its host, and remembers what it saw.
type recorder struct {
	target string
	mu     sync.Mutex
	seen   []string
}

func (p *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.seen = append(p.seen, r.Method+" "+r.RequestURI+" "+r.Header.Get("Proxy-Authorization")+" "+r.Header.Get("Authorization"))
	p.mu.Unlock()
	if r.Method != http.MethodConnect {
		there := &http.Transport{Proxy: http.ProxyURL(&url.URL{Scheme: "http", Host: p.target})} // the target takes any host
		response, err := there.RoundTrip(r)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.Header().Set("Content-Type", response.Header.Get("Content-Type"))
		w.WriteHeader(response.StatusCode)
		_, _ = io.Copy(w, response.Body)
		return
	}
	there, err := net.Dial("tcp", p.target)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusOK)
	here, buffered, _ := w.(http.Hijacker).Hijack()
	go func() { _, _ = io.Copy(there, buffered); there.Close() }()
	_, _ = io.Copy(here, there)
	here.Close()
}

func (p *recorder) saw() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.seen, "\n")
}

// proxyTo starts a proxy in front of a server.
func proxyTo(t *testing.T, target *httptest.Server) (p *recorder, address string) {
	t.Helper()
	p = &recorder{target: target.Listener.Addr().String()}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	return p, strings.TrimPrefix(server.URL, "http://")
}

// listServer responds with an empty list to a request with the key.
func listServer(t *testing.T, start func(http.Handler) *httptest.Server) *httptest.Server {
	t.Helper()
	server := start(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+testKey.Reveal() {
			reply(w, http.StatusUnauthorized, `{}`)
			return
		}
		reply(w, http.StatusOK, `{"connections":[]}`)
	}))
	t.Cleanup(server.Close)
	return server
}

func fetchList(client *Client) error {
	_, err := Fetch(context.Background(), client, ListConnections(ConnectionQuery{}))
	return err
}

func trusting(server *httptest.Server) *tls.Config {
	return server.Client().Transport.(*http.Transport).TLSClientConfig
}

func TestLoopbackNeverUsesAProxy(t *testing.T) {
	target := listServer(t, httptest.NewServer)
	proxy, address := proxyTo(t, target)
	_, port, _ := net.SplitHostPort(target.Listener.Addr().String())
	for name, form := range loopbacks {
		client := clientFor(t, "http://"+name+":"+port, func(c *Config) {
			still(c)
			c.Proxy, c.Variable = address, func(string) string { return "http://" + address }
		})
		if err := fetchList(client); err != nil && (form == "127.0.0.1" || form == "localhost") {
			t.Errorf("%s: %v", name, err)
		}
		if client.Proxy() != "" {
			t.Errorf("%s: through %s", name, client.Proxy())
		}
	}
	if seen := proxy.saw(); seen != "" {
		t.Errorf("the proxy saw %s", seen)
	}
}

func TestNamesUnderLocalhostAreThisMachine(t *testing.T) {
	target := listServer(t, httptest.NewServer)
	_, port, _ := net.SplitHostPort(target.Listener.Addr().String())
	if err := fetchList(clientFor(t, "http://nango.localhost:"+port, nil)); err != nil {
		t.Error(err)
	}
	for address, want := range map[string]bool{
		"127.0.0.1:80": true, "[::1]:80": true, "[::ffff:127.0.0.1]:80": true, "10.0.0.1:80": false, "[2001:db8::1]:80": false,
	} {
		if err := onlyLoopback(context.Background(), "tcp", address, nil); (err == nil) != want {
			t.Errorf("localhost at %s: %v", address, err)
		}
	}
	host, err := ParseHost("http://127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dial(host)(context.Background(), "tcp", "192.0.2.1:80"); err == nil || !strings.Contains(err.Error(), "not this machine") {
		t.Errorf("another address for this machine was dialed: %v", err)
	}
}

func TestProxyOfAHost(t *testing.T) {
	all := map[string]string{"HTTPS_PROXY": "http://u:p@Proxy.corp:3128/", "HTTP_PROXY": "plain.corp:1", "ALL_PROXY": "all.corp:1"}
	for _, c := range []struct {
		host, named string
		variables   map[string]string
		want        string
	}{
		{"https://nango.example", "", all, "proxy.corp:3128"},
		{"https://nango.example", "", map[string]string{"https_proxy": "proxy.corp"}, "proxy.corp:80"},
		{"https://nango.example", "https://other.corp", all, "other.corp:443"},
		{"https://nango.example", "socks5h://[::FFFF:127.0.0.1]", nil, "127.0.0.1:1080"},
		{"https://nango.example", "", map[string]string{"HTTPS_PROXY": "proxy.corp:1", "NO_PROXY": "x, .example"}, ""},
		{"https://nango.example", "", map[string]string{"HTTPS_PROXY": "proxy.corp:1", "no_proxy": "*"}, ""},
		{"https://nango.example", "", map[string]string{"HTTPS_PROXY": "proxy.corp:1", "NO_PROXY": "other.example"}, "proxy.corp:1"},
		{"https://nango.example", "named.corp:1", map[string]string{"NO_PROXY": "*"}, "named.corp:1"},
		{"https://nango.example", "", nil, ""},
		{"https://LOCALHOST", "named.corp:1", all, ""},
		{"http://nango.example", "", all, ""}, // HTTP_PROXY would see the key
		{"http://nango.example", "named.corp:1", all, "named.corp:1"},
	} {
		client := clientFor(t, c.host, func(config *Config) {
			config.Insecure, config.Proxy, config.Variable = true, c.named, func(name string) string { return c.variables[name] }
		})
		if client.Proxy() != c.want {
			t.Errorf("%+v: %q", c, client.Proxy())
		}
	}
}

func TestMalformedProxyIsAnError(t *testing.T) {
	for text, want := range map[string]string{
		"http://user:hunter2#22@proxy:3128": "not a URL", "http://user:12#hunter2@proxy:3128": "after its port",
		"http://u:hunter2@:3128": "no host", "ftp://u:hunter2@proxy": "scheme", "http://u:hunter2@proxy:0": "port",
		"http://u:hunter2@proxy:99999": "port", "http://u:hunter2@proxy:3128/hunter2": "after its port", "://hunter2": "not a URL",
		"http://u:hunter2@127.0.0.300:1": "IP address", "http://u:hunter2@a..b": "name", "http://u:hunter2@proxy:31 28": "not a URL",
		"http://u:hunter2%@proxy:3128": "not a URL",
	} {
		variable := func(name string) string { return map[string]string{"https_proxy": text}[name] }
		_, err := NewClient(Config{Host: CloudHost, Key: testKey, Variable: variable})
		_, named := NewClient(Config{Host: "http://nango.example", Insecure: true, Key: testKey, Proxy: text})
		for source, err := range map[string]error{"https_proxy: ": err, "proxy: in the profile: ": named} {
			if !errors.Is(err, ErrWebProxy) || !strings.HasPrefix(err.Error(), source) || !strings.Contains(err.Error(), want) ||
				strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: %v", text, err)
			}
		}
		if CheckProxy(text) == nil {
			t.Errorf("%s is no error in the configuration", text)
		}
		if _, err := NewClient(Config{Host: "http://localhost", Key: testKey, Variable: variable}); err != nil {
			t.Errorf("this machine needs no proxy: %v", err)
		}
	}
}

func TestRequestsGoThroughTheProxy(t *testing.T) {
	target := listServer(t, httptest.NewServer)
	proxy, address := proxyTo(t, target)
	plain := clientFor(t, "http://nango.example", func(c *Config) { c.Insecure, c.Proxy = true, address })
	if err := fetchList(plain); err != nil || !strings.HasPrefix(proxy.saw(), "GET http://nango.example/connections") {
		t.Errorf("http: %v, the proxy saw %s", err, proxy.saw())
	}

	target = listServer(t, httptest.NewTLSServer)
	proxy, address = proxyTo(t, target)
	encrypted := clientFor(t, "https://example.com", func(c *Config) {
		c.TLS, c.Variable = trusting(target), func(name string) string {
			return map[string]string{"HTTPS_PROXY": "http://user:hunter2%2Fhunter2@" + address}[name]
		}
	})
	if err := fetchList(encrypted); err != nil || proxy.saw() != "CONNECT example.com:443 Basic dXNlcjpodW50ZXIyL2h1bnRlcjI= " {
		t.Errorf("https: %v, the proxy saw %s", err, proxy.saw())
	}
	for _, password := range []string{"hunter2/hunter2", "hunter2%2fhunter2", "dXNlcjpodW50ZXIyL2h1bnRlcjI="} {
		if got := encrypted.Secrets().Mask(password); got != Masked {
			t.Errorf("the password of the proxy is shown: %s", got)
		}
	}
	unknown := clientFor(t, "https://example.com", func(c *Config) { still(c); c.Proxy = address })
	if err := fetchList(unknown); err == nil || !strings.Contains(err.Error(), "tls: {ca: FILE} (through the proxy "+address) {
		t.Errorf("a CA that is not the system's: %v", err)
	}
	if encrypted.Proxy() != address {
		t.Errorf("through %s", encrypted.Proxy())
	}
}

// The client certificate is for the host. A proxy that is reached by https doesn't get it.
func TestClientCertificateIsForTheHostOnly(t *testing.T) {
	shown := func(server *httptest.Server) *httptest.Server {
		server.TLS = &tls.Config{ClientAuth: tls.RequestClientCert}
		server.StartTLS()
		t.Cleanup(server.Close)
		return server
	}
	var toHost, toProxy int
	target := shown(httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		toHost = len(r.TLS.PeerCertificates)
		reply(w, http.StatusOK, `{"connections":[]}`)
	})))
	forward := &recorder{target: target.Listener.Addr().String()}
	proxy := shown(httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		toProxy = len(r.TLS.PeerCertificates)
		forward.ServeHTTP(w, r)
	})))
	certificates := trusting(target).Clone()
	certificates.Certificates = target.TLS.Certificates
	client := clientFor(t, "https://example.com", func(c *Config) { still(c); c.TLS, c.Proxy = certificates, proxy.URL })
	err := fetchList(client)
	if err == nil || !strings.Contains(err.Error(), "can't be used: its certificate") || forward.saw() != "" {
		t.Errorf("the certificate of the proxy is not one of the system's: %v", err)
	}
	dialer := &tls.Dialer{Config: &tls.Config{RootCAs: certificates.RootCAs}}
	for _, transport := range []http.RoundTripper{client.reading, client.once} {
		transport.(*http.Transport).DialTLSContext = dialer.DialContext
	}
	if err := fetchList(client); err != nil || toHost != 1 || toProxy != 0 {
		t.Errorf("%v: the host got %d certificates, the proxy %d", err, toHost, toProxy)
	}
}

// badProxy starts a proxy that responds to each thing that it reads with the next text, and then closes the connection, or not.
func badProxy(t *testing.T, hangs bool, texts ...string) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			for _, text := range texts {
				_, _ = connection.Read(make([]byte, 4096))
				_, _ = connection.Write([]byte(text))
			}
			if hangs {
				t.Cleanup(func() { connection.Close() })
			} else {
				connection.Close()
			}
		}
	}()
	return listener.Addr().String()
}

func TestErrorsNameTheProxy(t *testing.T) {
	const html = "Content-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>x"
	const denied = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n" + html
	closed := badProxy(t, false, "")
	for _, c := range []struct {
		name, host, user, text string
		hangs                  bool
		kind                   Kind
		want                   string
	}{
		{"password", "https://nango.example", "", denied, false, ProxyRefused, "asks for a password (407)"},
		{"wrong password", "https://nango.example", "u:hunter2@", denied, false, ProxyRefused, "refuses the user or the password (407)"},
		{"password for http", "http://nango.example", "", denied, false, ProxyRefused, "asks for a password (407)"},
		{"refusal", "https://nango.example", "", "HTTP/1.1 403 No\r\n" + html, false, ProxyRefused, "web page (403) instead of connecting to"},
		{"gateway", "https://nango.example", "", "HTTP/1.1 503 No\r\n\r\n", false, ProxyRefused, "connect to https://nango.example (503)"},
		{"login page", "https://nango.example", "", "HTTP/1.1 200 OK\r\n" + html, false, ProxyRefused, "web page (200) instead of connecting to"},
		{"page for http", "http://nango.example", "", "HTTP/1.1 200 OK\r\n" + html, false, NotNango, "may come from the proxy"},
		{"broken page for http", "http://nango.example", "", "HTTP/1.1 502 No\r\n" + html, false, ServerFailed, "may come from the proxy"},
		{"no TLS", "https://nango.example", "", "HTTP/1.1 200 OK\r\n\r\n\x00<html><body>", false, Network, "doesn't speak TLS"},
		{"not HTTP", "https://nango.example", "", "<html>\r\n\r\n", false, Network, "can't be used"},
		{"closes", "https://nango.example", "", "", false, Network, "can't be used: the connection was closed"},
		{"hangs", "https://nango.example", "", "", true, Timeout, "did not connect to https://nango.example within the time limit"},
		{"hangs for http", "http://nango.example", "", "", true, Timeout, "through the proxy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := badProxy(t, c.hangs, strings.Split(c.text, "\x00")...)
			client := clientFor(t, c.host, func(config *Config) {
				still(config)
				config.Insecure, config.Proxy = true, c.user+address
			})
			read := ListConnections(ConnectionQuery{})
			if c.hangs {
				read.request.call.Timeout = 100 * time.Millisecond
			}
			_, err := Fetch(context.Background(), client, read)
			if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), "the proxy "+address+" (proxy: in the profile)") ||
				!strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%v", err)
			}
		})
	}
	client := clientFor(t, "https://nango.example", func(c *Config) { c.Proxy = closed })
	if _, err := Send(context.Background(), client, DeleteConnection(sampleRef)); errors.Is(err, OutcomeUnknown) {
		t.Errorf("a request that the proxy didn't forward: %v", err)
	}
}

// A password that the proxy refuses is sent once: more tries could lock the account.
func TestRefusedPasswordIsNotSentAgain(t *testing.T) {
	times := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		times++
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	defer proxy.Close()
	for _, host := range []string{CloudHost, "http://nango.example"} {
		client := clientFor(t, host, func(c *Config) { still(c); c.Insecure, c.Proxy = true, proxy.URL })
		times = 0
		if err := fetchList(client); !errors.Is(err, ProxyRefused) || times != 1 {
			t.Errorf("%s: sent %d times: %v", host, times, err)
		}
		toProvider := Proxy(ProxyRequest{Connection: sampleRef, Method: "POST", Path: "/a"})
		_, err := Send(context.Background(), client, toProvider)
		if !errors.Is(err, ProxyRefused) || errors.Is(err, OutcomeUnknown) || times != 2 {
			t.Errorf("%s: a request for a provider: %v", host, err)
		}
	}
}

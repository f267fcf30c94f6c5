package nango

import (
	"errors"
	"net"
	"strings"
	"testing"
)

func TestHostHasOneForm(t *testing.T) {
	for text, want := range map[string]string{
		"https://API.Nango.dev":         "https://api.nango.dev",
		"HTTPS://api.nango.dev./":       "https://api.nango.dev",
		"https://api.nango.dev:443//":   "https://api.nango.dev",
		"https://api.nango.dev:0443":    "https://api.nango.dev",
		"https://api.nango.dev:":        "https://api.nango.dev",
		"https://api.nango.dev:80":      "https://api.nango.dev:80",
		"http://nango.intern:80/a/b/":   "http://nango.intern/a/b",
		"https://b\u00fccher.example":   "https://xn--bcher-kva.example",
		"https://B%C3%9CCHER.example":   "https://xn--bcher-kva.example",
		"https://xn--bcher-kva.example": "https://xn--bcher-kva.example",
		"http://nango_server:3003":      "http://nango_server:3003",
		"https://[2001:DB8:0:0::1]:443": "https://[2001:db8::1]",
		"https://[fe80::1%25eth0]:3003": "https://[fe80::1%25eth0]:3003",
		"http://10.1":                   "http://10.0.0.1",
		"https://127.0.0.1.example":     "https://127.0.0.1.example",
	} {
		host, err := ParseHost(text)
		if err != nil || host.String() != want {
			t.Errorf("%s became %s, want %s: %v", text, host, want, err)
		}
	}
}

// loopbacks are spellings that browsers, the C library or Go dial as this machine, and their canonical form.
var loopbacks = map[string]string{
	"localhost": "localhost", "LocalHost": "localhost", "LOCALHOST.": "localhost", "\uff4cocal\u00adhost": "localhost",
	"nango.localhost": "nango.localhost", "127.0.0.1": "127.0.0.1", "127.1.2.3": "127.1.2.3", "127.1": "127.0.0.1",
	"127.0.1.": "127.0.0.1", "0x7f.1": "127.0.0.1", "0X7F000001": "127.0.0.1", "0177.0.0.01": "127.0.0.1", "2130706433": "127.0.0.1",
	"127\u30020\uff0e0\uff611": "127.0.0.1", "\u2460\u2461\u2466.1": "127.0.0.1", "0": "127.0.0.1", "0.0.0.0": "127.0.0.1",
	"[::1]": "[::1]", "[0:0:0:0:0:0:0:1]": "[::1]", "[::1%25lo]": "[::1]", "[::]": "[::1]", "[::FFFF:127.0.0.1]": "127.0.0.1",
	"[::ffff:7f00:1]": "127.0.0.1", "[0:0:0:0:0:ffff:127.1.2.3]": "127.1.2.3", "[::ffff:0.0.0.0]": "127.0.0.1",
}

func TestLoopbackInAnySpelling(t *testing.T) {
	for name, want := range loopbacks {
		host, err := ParseHost("http://" + name + ":3003/")
		if err != nil || host.String() != "http://"+want+":3003" || !host.IsLoopback() || host.Check(false) != nil {
			t.Errorf("%s became %s: %v", name, host, err)
		}
	}
	for _, name := range []string{
		"localhost.example", "notlocalhost", "127.0.0.1.example", "128.0.0.1", "126.255.255.255", "[::2]", "[::ffff:128.0.0.1]",
		"[fe80::1]", "0.0.0.1", "10.0.0.1", "localhost-", "localh\u00f6st",
	} {
		host, err := ParseHost("http://" + name)
		if err != nil || host.IsLoopback() || !errors.Is(host.Check(false), ErrInsecure) || host.Check(true) != nil {
			t.Errorf("%s became %s: %v", name, host, err)
		}
	}
}

func TestMalformedHosts(t *testing.T) {
	for text, want := range map[string]string{
		"https://127.0.0.08": "IP address", "https://0x7g.1": "IP address", "https://1.2.3.4.5": "IP address", "https://256.0.0.1": "IP address",
		"https://127.0.0.256": "IP address", "https://4294967296": "IP address", "https://1..2": "name", "https://a..b": "name",
		"https://.example": "name", "https://.": "name", "https://x!y": "name", "https://xn--a": "name", "https://[1::2::3]": "URL",
		"https://x:0": "port", "https://x:65536": "port", "https://x:99999999999999999999": "port", "https://x:a": "URL",
		"https://x.example#@localhost": "URL", "http:localhost": "URL", "http:///localhost": "URL", "//localhost": "URL",
		`http://localhost\@x.example`: "URL",
	} {
		host, err := ParseHost(text)
		if !errors.Is(err, ErrHost) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s became %s: %v", text, host, err)
		}
	}
}

// The canonical form is final, and whatever Go dials as loopback is known to be loopback.
func FuzzHost(f *testing.F) {
	for name := range loopbacks {
		f.Add("http://" + name + ":3003/a")
	}
	f.Add("https://B%C3%9CCHER.example:0443//")
	f.Fuzz(func(t *testing.T, text string) {
		host, err := ParseHost(text)
		if err != nil {
			return
		}
		again, err := ParseHost(host.String())
		if err != nil || again != host {
			t.Errorf("%q became %s, and then %s: %v", text, host, again, err)
		}
		if ip := net.ParseIP(host.name); ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) && !host.IsLoopback() {
			t.Errorf("%q is dialed as %v", text, ip)
		}
		if name, _, _ := strings.Cut(host.name, "%"); name != strings.ToLower(name) { // the zone of an IPv6 address has a case
			t.Errorf("%q became %s", text, host)
		}
	})
}

package sandbox

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"nango-tui/nango/sandbox/js"
)

// loopbackHosts answers only requests whose Host is a loopback name or address, with any port: others come from a web page
// whose name was pointed at this machine (DNS rebinding). All others get 421.
func loopbackHosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLoopbackHost(r.Host) {
			http.Error(w, fmt.Sprintf("The sandbox answers only to loopback names, such as localhost and 127.0.0.1, and not to %q.", r.Host),
				http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isLoopbackHost reports whether a Host header is localhost, a name below it, or a loopback address, or the management endpoint
// of one.
func isLoopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimPrefix(strings.ToLower(host), mcpHostPrefix)
	if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return addr.Unmap().IsLoopback()
	}
	name := strings.TrimSuffix(host, ".")
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// allowedHeaders are the headers that a web page of any origin may send, as seen in Nango's source at v0.71.4. It needs a
// key all the same.
const allowedHeaders = "Authorization, Content-Type, Accept, Origin, X-Requested-With, Nango-Activity-Log-Id, " +
	"Nango-Is-Dry-Run, Nango-Is-Sync, Provider-Config-Key, Connection-Id, Sentry-Trace, Baggage"

// preflight answers OPTIONS of every path. It needs no key.
func preflight(*call) answer {
	a := answer{status: http.StatusNoContent, noETag: true}
	a.setHeader("Access-Control-Allow-Origin", "*")
	a.setHeader("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
	a.setHeader("Access-Control-Allow-Headers", allowedHeaders)
	a.setHeader("Access-Control-Max-Age", "600")
	return a
}

// getEnvJS is GET /env.js: what the dashboard knows about its server, as JavaScript. The fields are those of Nango's source at
// v0.71.4, for a self-hosted server without a commit hash.
func getEnvJS(c *call) answer {
	features := js.NewObject("logs", false, "scripts", true, "auth", true, "allowSignup", true, "managedAuth", false,
		"gettingStarted", true, "slack", false, "plan", false, "authRoles", false)
	all := js.NewObject("apiUrl", c.baseURL(), "publicUrl", c.baseURL(), "connectUrl", cmp.Or(c.connectURL, c.baseURL()),
		"publicSentryKey", "", "publicPosthogKey", "", "publicPosthogHost", "", "publicLogoDevKey", "", "publicStripeKey", "",
		"isCloud", false, "isHosted", true, "isEnterprise", false, "features", features)
	text := bytes.NewBufferString("window._env = ")
	if err := json.Indent(text, js.Encode(all), "", "  "); err != nil {
		panic("sandbox: env.js: " + err.Error())
	}
	text.WriteString(";")
	a := answer{status: http.StatusOK, contentType: "text/javascript; charset=utf-8", body: text.Bytes()}
	a.setHeader("Cache-Control", "public, max-age=3600")
	return a
}

package sandbox

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/upstream"
	"nango-tui/nango/sandbox/zod"
)

const (
	firstBackOff   = 3 * time.Second  // before the first retry of a proxied request
	longestBackOff = 10 * time.Minute // doubling stops there
	maxAttempts    = 1_000            // Retries has no bound of its own; beyond this nothing would change
	maxRedirects   = 5
)

var retryOnRegexp = regexp.MustCompile(`^\d+(,\d+)*$`)

// baseURLRule takes any absolute URL, or "" for none; whether it may be asked is another question.
var baseURLRule = zod.Union(zod.String(zod.Format(func(s string) bool { return absoluteURL.MatchString(s) }, "Invalid URL")), zod.EmptyString)

var absoluteURL = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s]+`)

// proxyHeaders are the headers by which a proxied request is steered.
type proxyHeaders struct {
	conn    *connection
	i       *integration
	base    string // Base-Url-Override
	retries int
	retryOn []int
}

// proxyRoutes pass requests on, by every method. OPTIONS is answered without a key.
func proxyRoutes() []route {
	var out []route
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		out = append(out, route{method: method, pattern: "/proxy/*", scope: needs("environment:proxy"), handle: proxy})
	}
	return append(out, route{method: "OPTIONS", pattern: "/proxy/*", scope: publicRoute, handle: proxyOptions, unlimited: true})
}

// proxy is ANY /proxy/…: it passes a request on to the provider, with the connection's token.
func proxy(c *call) answer {
	h := c.readProxyHeaders()
	token, refused := c.tokenFor(h.conn)
	if refused != nil {
		return *refused
	}
	base := h.base
	if base == "" {
		base = baseURLOf(h.i, h.conn, c.env)
	}
	if base == "" {
		return failure(http.StatusBadRequest, "unsupported_provider", "unsupported_provider")
	}
	out, problem := c.outgoing(h, base, token)
	if problem != nil {
		return *problem
	}
	return c.send(h, out)
}

func (c *call) readProxyHeaders() proxyHeaders {
	h := c.validHeaders(
		zod.Key("provider-config-key", integrationRule),
		zod.Key("connection-id", connectionIDRule),
		zod.Key("retries", zod.Optional(zod.Number(-maxOffset, maxOffset))),
		zod.Key("base-url-override", zod.Optional(baseURLRule)),
		zod.Key("decompress", zod.Optional(zod.Enum("true", "false"))),
		zod.Key("retry-on", zod.Optional(zod.String(zod.Regex(retryOnRegexp, `^\d+(,\d+)*$`)))),
		zod.Key("forward-headers-on-redirect", zod.Optional(zod.Enum("true", "false"))),
	)
	out := proxyHeaders{base: h.Str("base-url-override"), retries: intOr(h, "retries", 0)}
	if out.i = c.env.integration(h.Str("provider-config-key")); out.i == nil {
		stop(failure(http.StatusNotFound, "unknown_provider_config",
			"Provider config not found for the given provider config key. Please make sure the provider config exists in the Nango dashboard."))
	}
	if out.conn = out.i.connections[h.Str("connection-id")]; out.conn == nil {
		stop(failure(http.StatusBadRequest, "server_error", "Failed to get connection"))
	}
	if out.retries < 0 {
		stop(c.crashLocked())
	}
	for n := range strings.SplitSeq(h.Str("retry-on"), ",") {
		if status, err := strconv.Atoi(n); err == nil {
			out.retryOn = append(out.retryOn, status)
		}
	}
	return out
}

// tokenFor are the credentials for the provider, refreshed where they run out.
func (c *call) tokenFor(conn *connection) (*js.Object, *answer) {
	if conn.refreshFails && renews(conn.integration.provider.AuthMode) {
		now := timestampMs(c.now())
		if conn.lastRefreshFailure != 0 && now-conn.lastRefreshFailure < timestamp(refreshBackOff.Microseconds()) {
			a := failure(http.StatusFailedDependency, "connection_refresh_backoff", refreshBackOffMessage)
			return nil, &a
		}
		c.failRefresh(conn, now)
		a := failure(http.StatusBadRequest, "server_error", "Failed to get connection credentials: '"+refreshFailed+"'")
		return nil, &a
	}
	if !conn.refreshFails {
		c.refresh(conn, false)
	}
	return c.env.credentialsOf(conn), nil
}

// send asks the provider, again where it may be asked again, and makes the answer. What the
// waiting between attempts takes is done without the lock.
func (c *call) send(h proxyHeaders, out upstream.Request) answer {
	var waited time.Duration
	for attempt := 0; ; attempt++ {
		got, problem := c.follow(out)
		waited += got.Duration
		if attempt < min(h.retries, maxAttempts) && (problem == nil && h.again(got.Status) || problem != nil && problem.status == http.StatusInternalServerError) {
			waited += pause(got, attempt)
			continue
		}
		if problem == nil {
			a := proxiedAnswer(got, out.Method)
			problem = &a
		}
		problem.delay = waited
		return *problem
	}
}

// again says which answers of a provider are asked for again: Nango counts 401 among them.
func (h proxyHeaders) again(status int) bool {
	return status >= 500 || status == http.StatusTooManyRequests || status == http.StatusUnauthorized || slices.Contains(h.retryOn, status)
}

// pause doubles from attempt to attempt, unless the provider says how long.
func pause(got upstream.Response, attempt int) time.Duration {
	if after, err := strconv.Atoi(got.Headers.Get("retry-after")); err == nil {
		return time.Duration(after) * time.Second
	}
	return min(firstBackOff<<min(attempt, 10), longestBackOff)
}

// follow asks the provider and goes after its redirects.
func (c *call) follow(out upstream.Request) (upstream.Response, *answer) {
	for range maxRedirects {
		if problem := unreachable(out); problem != nil {
			return upstream.Response{}, problem
		}
		got := c.env.upstream.Do(out)
		location := got.Headers.Get("location")
		if got.Broken != "" {
			a := networkFailure(got.Broken, got.BrokenCode, out.Method)
			if got.BrokenCode == "" {
				a = answer{status: http.StatusInternalServerError, noETag: true}
			}
			return got, &a
		}
		if got.Status < 300 || got.Status > 399 || location == "" {
			return got, nil
		}
		next, ok := redirected(out, location, got.Status)
		if !ok || forbiddenTarget(next.Host) != "" {
			a := failure(http.StatusBadRequest, "base_url_override_not_allowed", overrideRefused)
			return got, &a
		}
		out = next
	}
	a := networkFailure("Maximum number of redirects exceeded", "ERR_FR_TOO_MANY_REDIRECTS", out.Method)
	return upstream.Response{}, &a
}

// networkFailure has no error envelope, as seen on v0.71.4.
func networkFailure(message, code, method string) answer {
	return jsonAnswer(http.StatusInternalServerError, js.NewObject("message", message, "code", code, "method", strings.ToLower(method)))
}

// Only these headers of a buffered success get through.
var passedHeaders = []string{"content-type", "x-request-id", "x-correlation-id", "mcp-session-id"}

// answer is what Nango makes of the provider's: a buffered success becomes 200, unless it is 204,
// and loses its headers; all others keep them, and overwrite Nango's own.
func proxiedAnswer(u upstream.Response, method string) answer {
	a := answer{status: u.Status, contentType: u.Headers.Get("content-type"), body: u.Body, stream: u.Stream}
	streamed := u.Stream != nil || u.Chunked || u.Headers.Get("content-disposition") != ""
	failed := u.Status >= 300
	if !streamed && !failed && u.Status != http.StatusNoContent {
		a.status = http.StatusOK
	}
	for _, h := range u.Headers {
		if h.Name != "content-type" && h.Name != "content-encoding" && (streamed || failed || slices.Contains(passedHeaders, h.Name)) {
			a.setHeader(http.CanonicalHeaderKey(h.Name), h.Value)
		}
	}
	if failed && a.contentType != "" && !strings.Contains(a.contentType, "charset") {
		a.contentType += "; charset=utf-8"
	}
	a.noETag, a.chunked = streamed, streamed
	if method == http.MethodHead {
		a.body = nil
	}
	if a.status == http.StatusNotModified {
		a.body, a.contentType = nil, ""
	}
	return a
}

// proxyOptions is the preflight that every path answers, without a key.
func proxyOptions(*call) answer { return answer{status: http.StatusNoContent, noETag: true} }

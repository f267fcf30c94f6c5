package sandbox

import (
	"cmp"
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
	firstBackOff = 3 * time.Second  // before the first retry of a proxied request
	maxBackOff   = 10 * time.Minute // the back-off doubles up to here
	maxAttempts  = 1_000            // the header Retries has no limit
	maxRedirects = 5
)

var absoluteURL = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s]+`)

// baseURLRule accepts any absolute URL, or "".
var baseURLRule = zod.Union(zod.String(zod.Format(absoluteURL.MatchString, "Invalid URL")), zod.EmptyString)

// proxyHeaders are the headers of a proxied request that are for Nango.
type proxyHeaders struct {
	conn    *connection
	i       *integration
	base    string // Base-Url-Override
	retries int
	retryOn []int
}

// proxy is ANY /proxy/…: it sends a request to the provider, with the connection's token.
func proxy(c *call) answer {
	h := c.readProxyHeaders()
	token := c.tokenForProxy(h)
	base := cmp.Or(h.base, baseURLOf(h.i, h.conn, c.env))
	if base == "" {
		return failure(http.StatusBadRequest, "unsupported_provider", "unsupported_provider")
	}
	return c.send(h, c.outgoing(h, base, token))
}

func (c *call) readProxyHeaders() proxyHeaders {
	h := c.validHeaders(
		zod.Key("provider-config-key", integrationRule),
		zod.Key("connection-id", connectionIDRule),
		zod.Key("retries", zod.Optional(zod.Number(-maxOffset, maxOffset))),
		zod.Key("base-url-override", zod.Optional(baseURLRule)),
		zod.Key("decompress", zod.Optional(zod.Enum("true", "false"))),
		zod.Key("retry-on", zod.Optional(zod.String(zod.Pattern(`^\d+(,\d+)*$`)))),
		zod.Key("forward-headers-on-redirect", zod.Optional(zod.Enum("true", "false"))),
	)
	out := proxyHeaders{base: h.Str("base-url-override"), retries: intOr(h, "retries", 0),
		retryOn: []int{http.StatusTooManyRequests, http.StatusUnauthorized}} // Nango retries 401 too
	out.i = require(c.env.integration(h.Str("provider-config-key")), failure(http.StatusNotFound, "unknown_provider_config",
		"Provider config not found for the given provider config key. "+
			"Please make sure the provider config exists in the Nango dashboard."))
	out.conn = require(out.i.connections[h.Str("connection-id")], failure(http.StatusBadRequest, "server_error", "Failed to get connection"))
	if out.retries < 0 {
		stop(c.crash())
	}
	for n := range strings.SplitSeq(h.Str("retry-on"), ",") {
		if status, err := strconv.Atoi(n); err == nil {
			out.retryOn = append(out.retryOn, status)
		}
	}
	return out
}

// tokenForProxy is tokenFor, and logs the call if it ends here.
func (c *call) tokenForProxy(h proxyHeaders) *js.Object {
	var token *js.Object
	defer func() {
		if token == nil {
			c.logProxy(h, upstream.Request{}, nil, answer{}, refreshFailed)
		}
	}()
	token = c.tokenFor(h.conn)
	return token
}

// tokenFor returns the credentials for the provider, refreshed if they expire soon, or ends the request.
func (c *call) tokenFor(conn *connection) *js.Object {
	if conn.refreshFails && canRefresh(conn.integration.provider.AuthMode) {
		now := c.timestamp()
		switch conn.whyNotRefreshed(now) {
		case refreshBackOffMessage:
			stop(failure(http.StatusFailedDependency, "connection_refresh_backoff", refreshBackOffMessage))
		case refreshLimitMessage:
			stop(failure(http.StatusFailedDependency, "server_error", "Failed to get connection credentials: '"+refreshLimitMessage+"'"))
		}
		c.failRefresh(conn, now)
		stop(failure(http.StatusBadRequest, "server_error", "Failed to get connection credentials: '"+refreshFailed+"'"))
	}
	if !conn.refreshFails {
		c.refresh(conn, false)
	}
	return c.env.credentialsOf(conn)
}

// send sends a request to the provider, with retries, and returns the answer. The time between attempts is the answer's
// delay, which passes without the lock.
func (c *call) send(h proxyHeaders, out upstream.Request) answer {
	var delay, waited time.Duration
	var tries []attempt
	for attempt := 0; ; attempt++ {
		got, problem := c.follow(out)
		tries = logged(tries, got, problem, waited)
		delay += got.Duration
		retry := h.retries > attempt && attempt < maxAttempts
		if retry && problem != nil {
			retry = problem.status == http.StatusInternalServerError
		} else if retry {
			retry = got.Status >= 500 || slices.Contains(h.retryOn, got.Status)
		}
		if retry {
			waited = pause(got, attempt)
			delay += waited
			continue
		}
		if problem == nil {
			problem = new(proxiedAnswer(got, out.Method))
		}
		problem.delay = delay
		c.logProxy(h, out, tries, *problem, "")
		return *problem
	}
}

// pause returns the time before the next attempt. It doubles, unless the provider sets it.
func pause(got upstream.Response, attempt int) time.Duration {
	if after, err := strconv.Atoi(got.Headers.Get("retry-after")); err == nil {
		return time.Duration(after) * time.Second
	}
	return min(firstBackOff<<min(attempt, 10), maxBackOff)
}

// follow sends a request and follows redirects. It returns a response, or a problem.
func (c *call) follow(out upstream.Request) (upstream.Response, *answer) {
	for range maxRedirects {
		if problem := unreachable(out); problem != nil {
			return upstream.Response{}, problem
		}
		got := c.env.upstream.Do(out)
		location := got.Headers.Get("location")
		if got.Broken != "" {
			if got.BrokenCode == "" {
				return got, &answer{status: http.StatusInternalServerError, noETag: true}
			}
			return got, new(networkFailure(got.Broken, got.BrokenCode, out.Method))
		}
		if got.Status < 300 || got.Status > 399 || location == "" {
			return got, nil
		}
		next, ok := redirected(out, location, got.Status)
		if !ok || forbiddenTarget(next.Host) != "" {
			return got, new(failure(http.StatusBadRequest, "base_url_override_not_allowed", overrideRefused))
		}
		out = next
	}
	return upstream.Response{}, new(networkFailure("Maximum number of redirects exceeded", "ERR_FR_TOO_MANY_REDIRECTS", out.Method))
}

// networkFailure has no error envelope, as seen on v0.71.4.
func networkFailure(message, code, method string) answer {
	return jsonAnswer(http.StatusInternalServerError,
		js.NewObject("message", message, "code", code, "method", strings.ToLower(method)))
}

// passedHeaders are the headers of a buffered success that reach the client.
var passedHeaders = []string{"content-type", "x-request-id", "x-correlation-id", "mcp-session-id"}

// proxiedAnswer is Nango's answer for a response: a buffered success becomes 200, unless it is 204, and loses its headers.
// Others keep their headers, which overwrite Nango's own.
func proxiedAnswer(u upstream.Response, method string) answer {
	a := answer{status: u.Status, contentType: u.Headers.Get("content-type"), body: u.Body, stream: u.Stream}
	streamed := u.Stream != nil || u.Chunked || u.Headers.Get("content-disposition") != ""
	failed := u.Status >= 300
	if !streamed && !failed && u.Status != http.StatusNoContent {
		a.status = http.StatusOK
	}
	for _, h := range u.Headers {
		keep := streamed || failed || slices.Contains(passedHeaders, h.Name)
		if keep && h.Name != "content-type" && h.Name != "content-encoding" {
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

package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"
)

const (
	overrideRefused = "This base URL override is not allowed by server configuration."
	outboundRefused = "This outbound URL is not allowed by server configuration."
	formType        = "application/x-www-form-urlencoded"
	maxFormMemory   = 32 << 20
)

// outgoing is a request as the provider gets it.
type outgoing struct {
	method  string
	host    string // with port
	target  string // path and query, escaped
	headers []headerLine
	body    []byte
	broken  bool // the connection's key is refused by the provider
}

type headerLine struct{ name, value string }

// outgoing makes the provider's request, or says why there is none.
func (c *call) outgoing(h proxyHeaders, base string, token *object) (outgoing, *answer) {
	u, err := url.Parse(base)
	if err != nil {
		a := failure(http.StatusBadRequest, "base_url_override_not_allowed", outboundRefused)
		return outgoing{}, &a
	}
	if h.base != "" {
		if why := forbiddenTarget(u.Host); why != "" || u.Scheme != "http" && u.Scheme != "https" {
			if why == "" {
				why = outboundRefused
			}
			a := failure(http.StatusBadRequest, "base_url_override_not_allowed", why)
			return outgoing{}, &a
		}
	}
	out := outgoing{method: c.r.Method, host: strings.ToLower(u.Host), broken: h.conn.broken}
	out.target = joinTarget(u, interpolate(c.proxiedPath(base), h.conn, token), c.r.URL.RawQuery)
	body, contentType := c.outgoingBody()
	out.body = body
	out.headers = c.outgoingHeaders(h, token, out, contentType)
	return out, nil
}

// proxiedPath is what stands behind /proxy; a full URL of the same base loses the base.
func (c *call) proxiedPath(base string) string {
	p := c.r.URL.EscapedPath()[len("/proxy"):]
	if full, ok := strings.CutPrefix(strings.TrimPrefix(p, "/"), strings.TrimSuffix(base, "/")); ok {
		return full
	}
	return p
}

// joinTarget puts the paths together; dots are resolved, as every HTTP client does.
func joinTarget(base *url.URL, p, query string) string {
	full := strings.TrimSuffix(base.EscapedPath(), "/") + "/" + strings.TrimPrefix(p, "/")
	cleaned := path.Clean(full)
	if strings.HasSuffix(full, "/") && cleaned != "/" {
		cleaned += "/"
	}
	if query != "" {
		cleaned += "?" + query
	}
	return cleaned
}

// to is the request of a redirect. A 301, 302 or 303 becomes a GET without a body.
func (o outgoing) to(location string, status int) (outgoing, bool) {
	u, err := url.Parse("http://" + o.host + o.target)
	if err != nil {
		return o, false
	}
	next, err := u.Parse(location)
	if err != nil {
		return o, false
	}
	o.host, o.target = next.Host, next.RequestURI()
	if status != http.StatusTemporaryRedirect && status != http.StatusPermanentRedirect && o.method != http.MethodHead {
		o.method, o.body = http.MethodGet, nil
	}
	return o, true
}

// forbiddenTarget says why a host is not asked: loopback and private addresses, as seen on
// v0.71.4 in its default configuration.
func forbiddenTarget(host string) string {
	name := (&url.URL{Host: host}).Hostname()
	if name == "localhost" || name == "127.0.0.1" {
		return overrideRefused
	}
	ip, err := netip.ParseAddr(name)
	if err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()) {
		return outboundRefused
	}
	return ""
}

// unreachable is the failure of a host that is not there: no name without a dot resolves, none
// under .invalid, and nobody listens on the lowest ports.
func unreachable(out outgoing) *answer {
	u := &url.URL{Host: out.host}
	name := u.Hostname()
	var a answer
	switch port, _ := strconv.Atoi(u.Port()); {
	case !strings.Contains(name, ".") || strings.HasSuffix(name, ".invalid"):
		a = networkFailure("getaddrinfo ENOTFOUND "+name, "ENOTFOUND", out.method)
	case port > 0 && port < 20:
		a = networkFailure("connect ECONNREFUSED 127.0.0.1:"+u.Port(), "ECONNREFUSED", out.method)
	default:
		return nil
	}
	return &a
}

// outgoingBody is the body as it is passed on, and the content type that goes with it: JSON is
// written anew, a form becomes JSON, and everything else goes as it is under the type of a form,
// unless Nango-Proxy-Content-Type says what it is.
func (c *call) outgoingBody() ([]byte, string) {
	wanted := c.r.Header.Get("Nango-Proxy-Content-Type")
	kind, params, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	wantedKind, _, _ := mime.ParseMediaType(wanted)
	if c.r.Method == http.MethodGet || c.r.Method == http.MethodHead {
		return nil, wanted
	}
	body, contentType := c.raw, formType
	switch {
	case len(c.raw) == 0:
		if c.r.Method == http.MethodDelete {
			contentType = ""
		}
	case kind == "application/json":
		body, contentType = appendValue(nil, jsNumbers(c.body), false), "application/json"
	case kind == formType && wantedKind != formType:
		body, contentType = appendValue(nil, parseQuery(string(c.raw)), false), "application/json"
	case kind == formType:
	case kind == "multipart/form-data":
		body, contentType = c.multipartBody(params["boundary"], wantedKind == kind)
		wanted = ""
	case badPercent(c.raw):
		stop(c.crashLocked())
	}
	if wanted != "" {
		contentType = wanted
	}
	return body, contentType
}

// badPercent finds a percent sign that is no escape: the server fails on it.
func badPercent(raw []byte) bool {
	_, err := url.PathUnescape(string(raw))
	return err != nil
}

// jsNumbers writes numbers as JavaScript does, which loses what is beyond 2^53.
func jsNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return f
		}
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = jsNumbers(e)
		}
		return out
	case *object:
		out := newObject()
		for _, k := range v.keys {
			out.set(k, jsNumbers(v.values[k]))
		}
		return out
	}
	return v
}

// multipartBody passes a form on whole, fields before files, or as JSON without its files.
func (c *call) multipartBody(boundary string, whole bool) ([]byte, string) {
	form, err := multipart.NewReader(bytes.NewReader(c.raw), boundary).ReadForm(maxFormMemory)
	if err != nil {
		stop(c.crashLocked())
	}
	fields := newObject()
	for k, list := range form.Value {
		fields.set(k, list[0])
	}
	if !whole {
		return appendValue(nil, fields, false), "application/json"
	}
	line := "--------------------------" + randomHex(c.world.rng, 24)
	var b bytes.Buffer
	for _, k := range fields.keys {
		fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", line, k, fields.str(k))
	}
	for name, files := range form.File {
		for _, f := range files {
			fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=%q; filename=%q\r\nContent-Type: %s\r\n\r\n",
				line, name, f.Filename, f.Header.Get("Content-Type"))
			if err := copyFile(&b, f); err != nil {
				stop(c.crashLocked())
			}
			b.WriteString("\r\n")
		}
	}
	fmt.Fprintf(&b, "--%s--\r\n", line)
	return b.Bytes(), "multipart/form-data; boundary=" + line
}

func copyFile(w io.Writer, f *multipart.FileHeader) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // it was only read
	_, err = io.Copy(w, r)
	return err
}

func randomHex(r *rand.Rand, n int) string {
	const digits = "0123456789abcdef"
	b := make([]byte, n)
	for i := range b {
		b[i] = digits[r.IntN(len(digits))]
	}
	return string(b)
}

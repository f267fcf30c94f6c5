package sandbox

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/upstream"
)

const (
	overrideRefused = "This base URL override is not allowed by server configuration."
	outboundRefused = "This outbound URL is not allowed by server configuration."
	formType        = "application/x-www-form-urlencoded"
	maxFormMemory   = 32 << 20
)

// outgoing makes the provider's request, or says why there is none.
func (c *call) outgoing(h proxyHeaders, base string, token *js.Object) (upstream.Request, *answer) {
	u, err := url.Parse(base)
	if err != nil {
		a := failure(http.StatusBadRequest, "base_url_override_not_allowed", outboundRefused)
		return upstream.Request{}, &a
	}
	if h.base != "" {
		if why := forbiddenTarget(u.Host); why != "" || u.Scheme != "http" && u.Scheme != "https" {
			if why == "" {
				why = outboundRefused
			}
			a := failure(http.StatusBadRequest, "base_url_override_not_allowed", why)
			return upstream.Request{}, &a
		}
	}
	out := upstream.Request{Method: c.r.Method, Host: strings.ToLower(u.Host), Rejected: h.conn.refreshFails}
	out.Target = joinTarget(u, interpolate(c.proxiedPath(base), h.conn, token), c.r.URL.RawQuery)
	body, contentType := c.outgoingBody()
	out.Body = body
	out.Headers = c.outgoingHeaders(h, token, out, contentType)
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
func redirected(o upstream.Request, location string, status int) (upstream.Request, bool) {
	u, err := url.Parse("http://" + o.Host + o.Target)
	if err != nil {
		return o, false
	}
	next, err := u.Parse(location)
	if err != nil {
		return o, false
	}
	o.Host, o.Target = next.Host, next.RequestURI()
	if status != http.StatusTemporaryRedirect && status != http.StatusPermanentRedirect && o.Method != http.MethodHead {
		o.Method, o.Body = http.MethodGet, nil
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
func unreachable(out upstream.Request) *answer {
	u := &url.URL{Host: out.Host}
	name := u.Hostname()
	var a answer
	switch port, _ := strconv.Atoi(u.Port()); {
	case !strings.Contains(name, ".") || strings.HasSuffix(name, ".invalid"):
		a = networkFailure("getaddrinfo ENOTFOUND "+name, "ENOTFOUND", out.Method)
	case port > 0 && port < 20:
		a = networkFailure("connect ECONNREFUSED 127.0.0.1:"+u.Port(), "ECONNREFUSED", out.Method)
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
		body, contentType = js.AppendValue(nil, js.Numbers(c.body)), "application/json"
	case kind == formType && wantedKind != formType:
		body, contentType = js.AppendValue(nil, js.ParseQuery(string(c.raw))), "application/json"
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

// multipartBody passes a form on whole, fields before files, or as JSON without its files.
func (c *call) multipartBody(boundary string, whole bool) ([]byte, string) {
	form, err := multipart.NewReader(bytes.NewReader(c.raw), boundary).ReadForm(maxFormMemory)
	if err != nil {
		stop(c.crashLocked())
	}
	fields := js.NewObject()
	for k, list := range form.Value {
		fields.Set(k, list[0])
	}
	if !whole {
		return js.AppendValue(nil, fields), "application/json"
	}
	line := "--------------------------" + fake.Hex(c.env.rng, 24)
	var b bytes.Buffer
	for _, k := range fields.Keys() {
		fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", line, k, fields.Str(k))
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

package sandbox

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
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

// outgoing returns the provider's request, or ends the request.
func (c *call) outgoing(h proxyHeaders, base string, token *js.Object) upstream.Request {
	u, err := url.Parse(base)
	forbidden := ""
	switch {
	case err != nil:
		forbidden = outboundRefused
	case h.base != "":
		forbidden = forbiddenTarget(u.Host)
		if u.Scheme != "http" && u.Scheme != "https" {
			forbidden = cmp.Or(forbidden, outboundRefused)
		}
	}
	if forbidden != "" {
		stop(failure(http.StatusBadRequest, "base_url_override_not_allowed", forbidden))
	}
	out := upstream.Request{Method: c.r.Method, Host: strings.ToLower(u.Host), Rejected: h.conn.refreshFails}
	out.Target = joinTarget(u, interpolate(c.proxiedPath(base), h.conn, token), c.r.URL.RawQuery)
	body, contentType := c.outgoingBody()
	out.Body = body
	out.Headers = c.outgoingHeaders(h, token, out, contentType)
	return out
}

// proxiedPath returns the path after /proxy. A full URL with the same base loses the base.
func (c *call) proxiedPath(base string) string {
	p := c.r.URL.EscapedPath()[len("/proxy"):]
	if full, ok := strings.CutPrefix(strings.TrimPrefix(p, "/"), strings.TrimSuffix(base, "/")); ok {
		return full
	}
	return p
}

// joinTarget joins the paths and resolves dots, as every HTTP client does.
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

// redirected returns the request of a redirect. A 301, 302 or 303 becomes a GET without a body.
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

// forbiddenTarget returns why a host is forbidden, "" if it is not: loopback and private addresses are, as seen on v0.71.4
// in its default configuration.
func forbiddenTarget(host string) string {
	name := (&url.URL{Host: host}).Hostname()
	switch {
	case name == "localhost" || name == "127.0.0.1":
		return overrideRefused
	case isPrivateIP(name):
		return outboundRefused
	}
	return ""
}

// unreachable returns the failure of a host that doesn't exist: names without a dot and under .invalid don't resolve, and
// the lowest ports refuse connections.
func unreachable(out upstream.Request) *answer {
	u := &url.URL{Host: out.Host}
	name := u.Hostname()
	switch port, _ := strconv.Atoi(u.Port()); {
	case !strings.Contains(name, ".") || strings.HasSuffix(name, ".invalid"):
		return new(networkFailure("getaddrinfo ENOTFOUND "+name, "ENOTFOUND", out.Method))
	case port > 0 && port < 20:
		return new(networkFailure("connect ECONNREFUSED 127.0.0.1:"+u.Port(), "ECONNREFUSED", out.Method))
	}
	return nil
}

// outgoingBody returns the body and its content type. JSON is encoded again, and a form becomes JSON. Everything else is
// sent unchanged with the content type of a form, unless Nango-Proxy-Content-Type is set.
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
	default:
		if _, err := url.PathUnescape(string(c.raw)); err != nil { // the server crashes on a percent sign that is no escape
			stop(c.crash())
		}
	}
	return body, cmp.Or(wanted, contentType)
}

// multipartBody returns the whole form, fields before files, or JSON without the files.
func (c *call) multipartBody(boundary string, whole bool) ([]byte, string) {
	form, err := multipart.NewReader(bytes.NewReader(c.raw), boundary).ReadForm(maxFormMemory)
	if err != nil {
		stop(c.crash())
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
				stop(c.crash())
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

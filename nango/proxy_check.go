package nango

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// proxyPrefix is the path prefix before the provider's path.
const proxyPrefix = "/proxy"

// CheckProxyPath returns an error if the path can't be sent through the proxy.
func CheckProxyPath(path string) error {
	_, err := proxyTarget(path, "")
	return err
}

// absolute matches what Nango would treat as a whole URL, whose host then gets the customer's token (seen on v0.71.4
// with a base URL override).
var absolute = regexp.MustCompile(`^/*(?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\][/\\]`)

// proxyTarget is the path and query as sent to Nango.
func proxyTarget(path, query string) (string, error) {
	path, own, _ := strings.Cut(path, "?")
	query = strings.TrimPrefix(query, "?")
	if own != "" && query != "" {
		own += "&"
	}
	query = own + query
	if absolute.MatchString(unescaped(path)) {
		return proxyPrefix + "/", errors.New("the path is a whole URL; put its host into the base URL, so that you see where the token goes")
	}
	path = "/" + strings.TrimPrefix(path, "/")
	target := proxyPrefix + escapedTarget(path)
	if query != "" {
		target += "?" + escapedTarget(query)
	}
	return target, firstError(checkProxyPath(path), checkTarget(path+query))
}

func checkProxyPath(path string) error {
	plain, err := url.PathUnescape(path)
	if err != nil {
		return errors.New(`a percent sign in the path must be followed by two hexadecimal digits; write "%25" for the sign itself`)
	}
	for _, segment := range strings.FieldsFunc(plain, func(r rune) bool { return r == '/' || r == '\\' }) {
		if segment == "." || segment == ".." {
			return fmt.Errorf("the path contains %q: something before Nango would turn it into another path of Nango's own", segment)
		}
	}
	return nil
}

func checkTarget(text string) error {
	if strings.Contains(text, "#") {
		return errors.New(`the part after "#" would not be sent; write "%23" for the sign itself`)
	}
	if at := strings.IndexFunc(text, isControl); at >= 0 {
		return fmt.Errorf("the path contains a control character, %q", text[at])
	}
	return nil
}

// unescaped decodes percent-encoding. A malformed escape is kept and doesn't hide the ones next to it.
func unescaped(text string) string {
	var out strings.Builder
	copied := 0
	for at := 0; ; {
		n := strings.IndexByte(text[at:], '%')
		if n < 0 {
			break
		}
		if at += n; !escapeAt(text, at) {
			at++
			continue
		}
		if copied == 0 {
			out.Grow(len(text))
		}
		out.WriteString(text[copied:at])
		out.WriteByte(hexValue(text[at+1])<<4 | hexValue(text[at+2]))
		at += 3
		copied = at
	}
	if copied == 0 {
		return text
	}
	out.WriteString(text[copied:])
	return out.String()
}

// escapedTarget escapes only what can't be part of a request. Everything else stays unchanged: it may be signed, and
// "${" must arrive as such.
func escapedTarget(text string) string {
	var out strings.Builder
	for i := range len(text) {
		if c := text[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`", c) >= 0 {
			fmt.Fprintf(&out, "%%%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

func (p ProxyRequest) check() error {
	all := []error{p.Body.check(p.Method), CheckBaseURL(p.BaseURL), checkRetries(p.Retries, MaxProxyRetries)}
	for _, status := range p.RetryOn {
		all = append(all, refuseIf(status < 100 || status > 599, "%d is not a status to retry after", status))
	}
	for _, header := range p.Headers {
		double := len(p.Body.Data) > 0 && strings.EqualFold(header.Name, "Content-Type")
		all = append(all, CheckProxyHeader(header.Name, header.Value),
			refuseIf(double, "set the body's media type with the body, not as a header"))
	}
	return firstError(all...)
}

// CheckBaseURL returns an error if the address can't replace a provider's base URL. An empty one is valid and
// replaces nothing. Nango refuses loopback and private hosts, and may refuse others.
func CheckBaseURL(address string) error {
	if address == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http" || !headerValue(address) {
		return errors.New("the base URL must be an absolute URL, such as https://api.example.com")
	}
	return refuseIf(parsed.User != nil, "the base URL must not contain a user name or password")
}

// hopHeaders are hop-by-hop headers. Forwarding them would break the request to the provider.
var hopHeaders = []string{"Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Te", "Trailer",
	"Transfer-Encoding", "Upgrade"}

// CheckProxyHeader returns an error if the header can't be sent to a provider.
func CheckProxyHeader(name, value string) error {
	const tokens = letters + digits + "!#$%&'*+-.^_`|~"
	if name == "" {
		return errors.New("the header has no name")
	}
	if bad := outside(name, tokens); bad != "" {
		return fmt.Errorf("the header name %q contains %s", name, bad)
	}
	if strings.HasPrefix(strings.ToLower(name), "nango-proxy-") {
		return fmt.Errorf("write the header %s without Nango-Proxy-; it is added to each header", name)
	}
	if canonical := http.CanonicalHeaderKey(name); slices.Contains(hopHeaders, canonical) {
		return fmt.Errorf("the header %s is a hop-by-hop header and can't be forwarded", canonical)
	}
	return refuseIf(!headerValue(value), "the value of the header %s contains a control character", name)
}

// headerValue reports whether the text is a valid header value.
func headerValue(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return isControl(r) && r != '\t' })
}

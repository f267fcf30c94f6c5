package nango

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// proxyPrefix is where the path of the provider begins.
const proxyPrefix = "/proxy"

// CheckProxyPath says whether a path can be sent through the proxy, and what is wrong with it if not.
func CheckProxyPath(path string) error {
	_, err := proxyTarget(path, "")
	return err
}

// absolute begins what Nango would take for a whole URL, the host of which then gets the customer's token (seen on
// v0.71.4 with a base URL override).
var absolute = regexp.MustCompile(`^/*(?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\][/\\]`)

// proxyTarget is path and query as they are sent to Nango.
func proxyTarget(path, query string) (string, error) {
	path, own, _ := strings.Cut(path, "?")
	query = strings.TrimPrefix(query, "?")
	if own != "" && query != "" {
		own += "&"
	}
	query = own + query
	if absolute.MatchString(unescaped(path)) {
		return proxyPrefix + "/", errors.New("the path is a whole URL; its host belongs into the base URL, so that it is seen where the token goes")
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
		return errors.New(`a percent sign in the path needs two hexadecimal digits behind it; "%25" is the sign itself`)
	}
	for _, segment := range strings.FieldsFunc(plain, func(r rune) bool { return r == '/' || r == '\\' }) {
		if segment == "." || segment == ".." {
			return fmt.Errorf("the path holds %q: whatever stands before Nango would take it for another path of Nango's own", segment)
		}
	}
	return nil
}

func checkTarget(text string) error {
	if strings.Contains(text, "#") {
		return errors.New(`what stands behind "#" would not be sent; "%23" is the sign itself`)
	}
	for _, r := range text {
		if r < ' ' || r == 0x7f {
			return fmt.Errorf("the path holds a control character, %q", r)
		}
	}
	return nil
}

// unescaped is the text without its escapes. What is malformed stays as it is, and hides none of those beside it.
func unescaped(text string) string {
	return escape.ReplaceAllStringFunc(text, func(one string) string {
		plain, _ := url.PathUnescape(one) // two hexadecimal digits
		return plain
	})
}

var escape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// escapedTarget escapes what cannot stand in a request. Nothing else is touched: a provider may have signed it, and
// "${" must arrive as it is.
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
	all := []error{p.Body.check(p.Method), CheckBaseURL(p.BaseURL), p.checkRetries()}
	for _, header := range p.Headers {
		all = append(all, CheckProxyHeader(header.Name, header.Value))
		if len(p.Body.Data) > 0 && strings.EqualFold(header.Name, "Content-Type") {
			all = append(all, errors.New("the type of the body is said with the body, not as a header"))
		}
	}
	return firstError(all...)
}

func (p ProxyRequest) checkRetries() error {
	if p.Retries < 0 || p.Retries > MaxProxyRetries {
		return fmt.Errorf("a request is tried again 0 to %d times, not %d", MaxProxyRetries, p.Retries)
	}
	for _, status := range p.RetryOn {
		if status < 100 || status > 599 {
			return fmt.Errorf("%d is no status to try again after", status)
		}
	}
	return nil
}

// CheckBaseURL says whether a text can replace a provider's base URL; an empty one replaces nothing. Nango refuses
// loopback and private hosts, and may refuse any.
func CheckBaseURL(address string) error {
	if address == "" {
		return nil
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http" || !headerValue(address) {
		return errors.New("the base URL must be a whole URL such as https://api.example.com")
	}
	if parsed.User != nil {
		return errors.New("the base URL must not hold a name or a password")
	}
	return nil
}

// hopHeaders belong to the way between two machines; passed on they would break the request to the provider.
var hopHeaders = [...]string{"Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Te", "Trailer", "Transfer-Encoding", "Upgrade"}

// CheckProxyHeader says whether a header can go to a provider.
func CheckProxyHeader(name, value string) error {
	const tokens = letters + digits + "!#$%&'*+-.^_`|~"
	if name == "" {
		return errors.New("a header needs a name")
	}
	if bad := outside(name, tokens); bad != "" {
		return fmt.Errorf("the name of the header %q holds %s", name, bad)
	}
	if strings.HasPrefix(strings.ToLower(name), "nango-proxy-") {
		return fmt.Errorf("the header %s is written without Nango-Proxy-, which is put before every one", name)
	}
	for _, hop := range hopHeaders {
		if http.CanonicalHeaderKey(name) == hop {
			return fmt.Errorf("the header %s belongs to the connection between two machines, and cannot be passed on", hop)
		}
	}
	if !headerValue(value) {
		return fmt.Errorf("the value of the header %s holds a control character", name)
	}
	return nil
}

// headerValue says whether a text can be the value of a header.
func headerValue(text string) bool {
	for _, r := range text {
		if r < ' ' && r != '\t' || r == 0x7f {
			return false
		}
	}
	return true
}

package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Bounds of proxied requests.
const (
	// MaxProxyBody is the bytes of a body that Nango takes.
	MaxProxyBody = 75 << 20
	// MaxProxyRetries is how often Nango is asked to try again. It waits three seconds before the first time and up to
	// ten minutes later on, and holds the request all the while; it would take any number.
	MaxProxyRetries = 10
	// MaxProxyResponse is the bytes of an answer's body that are kept. See [ProxyTo] for longer ones.
	MaxProxyResponse = 32 << 20
	// MaxProxyFile is the bytes of an answer's body that [ProxyTo] writes.
	MaxProxyFile = 4 << 30
	// maxProxyTime is how long a request with retries may take, and one whose answer goes to a writer.
	maxProxyTime = time.Hour
)

// ProxyRequest is a request to a provider that Nango sends with the connection's credentials.
type ProxyRequest struct {
	// Of is the connection.
	Connection ConnectionRef
	// Method is GET, POST, PUT, PATCH or DELETE.
	Method string
	// Path is that at the provider, behind its base URL, with or without a query. What is escaped in it stays so;
	// space and letters beyond ASCII are escaped, as a browser does. Nango fills in "${…}" from the connection.
	Path string
	// Query is put behind the path's own, such as "a=1&b=2". It is not escaped any further than the path is.
	Query string
	// Headers go to the provider, and no others but Nango's own.
	Headers []ProxyHeader
	// Body goes to the provider; a GET has none.
	Body ProxyBody
	// Retries is how often Nango tries again after 5xx, 429, 401 and a lost connection; 0 to [MaxProxyRetries].
	Retries int
	// RetryOn are further statuses to try again after.
	RetryOn []int
	// BaseURL replaces the provider's own, and is then where the customer's token goes.
	BaseURL string
	// Decompress and ForwardHeaders, the latter to where a redirect leads, are left to Nango where they are nil.
	// Gzip is unpacked in any case (seen on v0.71.4).
	Decompress, ForwardHeaders *bool
}

// ProxyHeader is a header for the provider.
type ProxyHeader struct{ Name, Value string }

// ProxyBody is a body for the provider. The zero one is none.
type ProxyBody struct {
	// Type is a media type. Nango reads and rewrites JSON, so that its key order and large numbers may change; the rest
	// it passes on. A percent sign in a text that is no escape makes it fail with 500 (seen on v0.71.4).
	Type string
	Data []byte
}

// proxyOperations are the methods that Nango passes on. HEAD and OPTIONS it passes on as well, for browsers.
var proxyOperations = map[string]Operation{
	http.MethodGet: OpProxyGet, http.MethodPost: OpProxyPost, http.MethodPut: OpProxyPut,
	http.MethodPatch: OpProxyPatch, http.MethodDelete: OpProxyDelete,
}

// isProxied says whether the operation's answer is the provider's.
func (o Operation) isProxied() bool { return strings.HasPrefix(string(o), "proxy.") }

// Proxy sends a request to a provider, once from this side. Whatever the provider answers is the value, errors of
// its own as well; only what is Nango's own by [IsNangoResponse] is an error, and holds the answer all the same: see
// [Error.Proxied]. A GET refreshes the token at most; with a base URL or a "${" in it nobody knows what it does.
func Proxy(p ProxyRequest) Request[ProxyResponse] {
	operation, known := proxyOperations[p.Method]
	var method error
	if !known {
		operation, method = OpProxyDelete, fmt.Errorf("the proxy passes on GET, POST, PUT, PATCH and DELETE, not %q", p.Method)
	}
	call := newCall(operation, p.Method)
	target, wrong := proxyTarget(p.Path, p.Query)
	call.About, call.Target, call.Header = p.Connection, target, p.header()
	call.Body, call.ContentType = p.Body.sent()
	call.Timeout = min(call.Timeout*time.Duration(1+max(p.Retries, 0)), maxProxyTime)
	if p.BaseURL != "" || p.hasTemplate(target) {
		call.Effect = max(call.Effect, Runs)
	}
	return request(call, decodeProxied, method, p.Connection.checkHeader(operation), wrong, p.check())
}

// ProxyTo is [Proxy] for an answer of any length: unless it is an error, its body is written to a writer while it
// comes. What the writer fails with is the error's cause, and its kind [NotSaved].
func ProxyTo(p ProxyRequest, to io.Writer) Request[ProxyResponse] {
	r := Proxy(p)
	r.call.sink, r.call.Timeout = to, maxProxyTime
	return r
}

// hasTemplate says whether Nango would fill in something of the connection, escaped or not.
func (p ProxyRequest) hasTemplate(target string) bool {
	all := []string{target, unescaped(target), unescaped(unescaped(target)), p.BaseURL} // who unescapes it on the way is not known
	for _, header := range p.Headers {
		all = append(all, header.Name, header.Value)
	}
	return strings.Contains(strings.Join(all, "\n"), "${")
}

func (p ProxyRequest) header() http.Header {
	header := connectionHeader(p.Connection)
	for _, one := range p.Headers {
		header.Add("Nango-Proxy-"+one.Name, one.Value)
	}
	set := func(name, value string) {
		if value != "" {
			header.Set(name, value)
		}
	}
	set("Nango-Proxy-Content-Type", p.Body.forwarded())
	set("Base-Url-Override", p.BaseURL)
	set("Retry-On", joined(p.RetryOn))
	set("Decompress", said(p.Decompress))
	set("Forward-Headers-On-Redirect", said(p.ForwardHeaders))
	if p.Retries != 0 {
		header.Set("Retries", strconv.Itoa(p.Retries))
	}
	return header
}

func joined(numbers []int) string {
	words := make([]string, 0, len(numbers))
	for _, number := range numbers {
		words = append(words, strconv.Itoa(number))
	}
	return strings.Join(words, ",")
}

func said(yes *bool) string {
	if yes == nil {
		return ""
	}
	return strconv.FormatBool(*yes)
}

func (b ProxyBody) media() string {
	media, _, _ := mime.ParseMediaType(b.Type)
	return media
}

// sent is the body and its type on the way to Nango. JSON loses the space between its parts, which Nango drops as well.
func (b ProxyBody) sent() (body []byte, contentType string) {
	if b.Type == "" && len(b.Data) == 0 {
		return nil, ""
	}
	var compact bytes.Buffer
	if b.media() == jsonMedia && json.Compact(&compact, b.Data) == nil {
		return compact.Bytes(), ""
	}
	return append([]byte{}, b.Data...), b.Type
}

const jsonMedia = "application/json"

// forwarded is the type that the provider is told. Without it a form arrives as JSON, multipart without its files,
// and the rest as a form (seen on v0.71.4). For multipart Nango makes a boundary of its own.
func (b ProxyBody) forwarded() string {
	switch media := b.media(); {
	case media == jsonMedia:
		return ""
	case strings.HasPrefix(media, "multipart/"):
		return media
	}
	return b.Type
}

func (b ProxyBody) check(method string) error {
	switch {
	case b.Type == "" && len(b.Data) == 0:
		return nil
	case method == http.MethodGet:
		return errors.New("a GET has no body")
	case len(b.Data) > MaxProxyBody:
		return fmt.Errorf("the body has more than %d MB, which Nango refuses", MaxProxyBody>>20)
	case b.media() == "" || !headerValue(b.Type):
		return fmt.Errorf("the body needs a type such as %s, not %q", jsonMedia, b.Type)
	case b.media() == jsonMedia:
		return checkJSONBody(b.Data)
	}
	return nil
}

func checkJSONBody(data []byte) error {
	if !json.Valid(data) {
		var value any
		return fmt.Errorf("the body is not valid JSON: %w", jsonCause(json.Unmarshal(data, &value)))
	}
	if first := bytes.TrimSpace(data)[0]; first != '{' && first != '[' {
		return errors.New("nango takes a JSON body only where it is an object or a list")
	}
	return nil
}

// decodeProxied makes the answer a value: nothing in it is read.
func decodeProxied(answer Response) (ProxyResponse, error) { return answer.proxied(), nil }

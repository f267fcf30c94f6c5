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

// Limits of proxied requests.
const (
	MaxProxyBody = 75 << 20 // the largest request body that Nango accepts, in bytes
	// MaxProxyRetries is the maximum number of retries to ask for. Nango would accept any number, but waits from
	// three seconds up to ten minutes between them and holds the request meanwhile.
	MaxProxyRetries = 10
	// MaxProxyResponse is how much of a response body is kept, in bytes. See [ProxyTo] for longer ones.
	MaxProxyResponse = 32 << 20
	MaxProxyFile     = 4 << 30   // how much of a response body [ProxyTo] writes, in bytes
	maxProxyTime     = time.Hour // limits a request with retries, and one whose response goes to a writer
)

// ProxyRequest is a request to a provider, which Nango sends with the connection's credentials.
type ProxyRequest struct {
	Connection ConnectionRef // the connection to use
	Method     string        // GET, POST, PUT, PATCH or DELETE
	// Path is the path behind the provider's base URL, with or without a query. Escapes are kept; spaces and
	// non-ASCII letters are escaped, as a browser does. Nango replaces "${…}" from the connection.
	Path    string
	Query   string        // appended to the path's query, such as "a=1&b=2". It is escaped like the path.
	Headers []ProxyHeader // sent to the provider. No others are, except Nango's own.
	Body    ProxyBody     // sent to the provider; a GET has none
	// Retries is how often Nango retries after 5xx, 429, 401 and a lost connection: 0 to [MaxProxyRetries].
	Retries int
	RetryOn []int  // additional statuses to retry after
	BaseURL string // replaces the provider's base URL. The customer's token is sent there.
	// Decompress and ForwardHeaders (to the target of a redirect) are up to Nango if nil. Gzip is always unpacked
	// (seen on v0.71.4).
	Decompress, ForwardHeaders *bool
}

// ProxyHeader is a header for the provider.
type ProxyHeader struct{ Name, Value string }

// ProxyBody is a request body for the provider. The zero value means none.
type ProxyBody struct {
	// Type is a media type. Nango parses and rewrites JSON, so key order and large numbers may change; other types it
	// forwards. A percent sign that isn't an escape in a text body makes it fail with 500 (seen on v0.71.4).
	Type string
	Data []byte
}

// proxyOperations are the methods that the proxy forwards. It also forwards HEAD and OPTIONS, for browsers.
var proxyOperations = map[string]Operation{
	http.MethodGet: OpProxyGet, http.MethodPost: OpProxyPost, http.MethodPut: OpProxyPut,
	http.MethodPatch: OpProxyPatch, http.MethodDelete: OpProxyDelete,
}

// isProxied reports whether the operation's response comes from a provider.
func (o Operation) isProxied() bool { return strings.HasPrefix(string(o), "proxy.") }

// Proxy sends a request to a provider. The client sends it once. The provider's response is the value, even if it is
// an error. Only Nango's own error responses, as classified by [IsNangoResponse], are errors, which contain the
// response: see [Error.Proxied]. A GET at most refreshes the token; with a base URL or "${" its effect is unknown.
func Proxy(p ProxyRequest) Request[ProxyResponse] {
	operation, known := proxyOperations[p.Method]
	if !known {
		operation = OpProxyDelete
	}
	method := refuseIf(!known, "the proxy supports GET, POST, PUT, PATCH and DELETE, not %q", p.Method)
	call := newCall(operation, p.Method)
	target, wrong := proxyTarget(p.Path, p.Query)
	call.About, call.Target, call.Header = p.Connection, target, p.header()
	call.Body, call.ContentType = p.Body.sent()
	call.Timeout = min(call.Timeout*time.Duration(1+max(p.Retries, 0)), maxProxyTime)
	if p.BaseURL != "" || p.hasTemplate(target) {
		call.Effect = max(call.Effect, Runs)
	}
	decode := func(response Response) (ProxyResponse, error) { return response.proxied(), nil }
	return request(call, decode, method, p.Connection.checkHeader(operation), wrong, p.check())
}

// ProxyTo is [Proxy] for a response of any length: unless it is an error, its body is written to a writer as it
// arrives. If the writer fails, the error has kind [NotSaved] and the writer's error as its cause.
func ProxyTo(p ProxyRequest, to io.Writer) Request[ProxyResponse] {
	r := Proxy(p)
	r.call.sink, r.call.Timeout = to, maxProxyTime
	return r
}

// hasTemplate reports whether Nango would replace a part of the text, escaped or not, from the connection.
func (p ProxyRequest) hasTemplate(target string) bool {
	all := []string{target, unescaped(target), unescaped(unescaped(target)), p.BaseURL} // the text may be unescaped on the way
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
	put(header.Set, "Nango-Proxy-Content-Type", p.Body.forwarded(), "Base-Url-Override", p.BaseURL, "Retry-On", joined(p.RetryOn),
		"Decompress", said(p.Decompress), "Forward-Headers-On-Redirect", said(p.ForwardHeaders), "Retries", number(p.Retries))
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

// sent returns the body and media type as sent to Nango. Whitespace in JSON is removed, as Nango does.
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

// forwarded is the media type for the provider. Without it, a form arrives as JSON, multipart loses its files, and
// other types arrive as a form (seen on v0.71.4). For multipart, Nango chooses a new boundary.
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
		return errors.New("a GET can't have a body")
	case len(b.Data) > MaxProxyBody:
		return fmt.Errorf("the body is larger than %d MB, which Nango refuses", MaxProxyBody>>20)
	case b.media() == "" || !headerValue(b.Type):
		return fmt.Errorf("the body needs a media type such as %s, not %q", jsonMedia, b.Type)
	case b.media() == jsonMedia:
		return checkJSONBody(b.Data)
	}
	return nil
}

func checkJSONBody(data []byte) error {
	if err := checkJSON("the body", data); err != nil {
		return err
	}
	first := bytes.TrimSpace(data)[0]
	return refuseIf(first != '{' && first != '[', "nango accepts a JSON body only if it is an object or an array")
}

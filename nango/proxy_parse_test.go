package nango

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// Parsing a request to the proxy returns the request to the provider.
func TestParseProxyRequest(t *testing.T) {
	yes, no := true, false
	for name, p := range map[string]ProxyRequest{
		"a GET":   {Connection: sampleRef, Method: http.MethodGet, Path: "/crm/contacts", Query: "limit=1&after=a%2Fb"},
		"no path": {Connection: sampleRef, Method: http.MethodGet, Path: "/"},
		"through": {Connection: sampleRef, Method: http.MethodGet, Path: "/proxy/x"},
		"all of it": {
			Connection: sampleRef, Method: http.MethodPatch, Path: "/a", Headers: []ProxyHeader{{"Accept", "x/y"}, {"X-Trace", "a: b"}},
			Retries: 3, RetryOn: []int{409, 425},
			BaseURL: "https://other.example", Decompress: &yes, ForwardHeaders: &no, Body: ProxyBody{jsonMedia, []byte(`{"a":1}`)},
		},
		"a form": {Connection: sampleRef, Method: http.MethodPost, Path: "/a", Body: ProxyBody{"application/x-www-form-urlencoded",
			[]byte("a=1")}},
		"multipart": {Connection: sampleRef, Method: http.MethodPost, Path: "/a", Body: ProxyBody{"multipart/form-data; boundary=x",
			[]byte("--x--")}},
	} {
		call := Proxy(p).Call()
		path, query, _ := strings.Cut(call.RequestURI(), "?")
		var body ProxyBody
		if call.Body != nil {
			body = ProxyBody{call.contentType(), call.Body}
		}
		for _, before := range []string{"", "/nango", "/proxyserver"} {
			if got, ok := ParseProxyRequest(call.Method, before+path, query, headersOf(call.Header), body); !ok || !reflect.DeepEqual(got, p) {
				t.Errorf("%s behind %q: read %v\n got %+v\nwant %+v", name, before, ok, got, p)
			}
		}
	}
}

func headersOf(header http.Header) []ProxyHeader {
	var all []ProxyHeader
	for _, name := range sortedKeys(header) {
		for _, value := range header[name] {
			all = append(all, ProxyHeader{name, value})
		}
	}
	return all
}

func TestParseProxyRequestRejectsOthers(t *testing.T) {
	of := connectionHeader(sampleRef)
	for path, header := range map[string]http.Header{"/proxyserver/a": of, "/records": of, "": of, "/proxy/a": {"Connection-Id": {"x"}}} {
		if p, ok := ParseProxyRequest(http.MethodGet, path, "", headersOf(header), ProxyBody{}); ok {
			t.Errorf("%s is read as %+v", path, p)
		}
	}
}

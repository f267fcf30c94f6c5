package nango

import (
	"net/http"
	"strconv"
	"strings"
)

// ParseProxyRequest is the inverse of [Proxy]: it returns the request to the provider that a request to Nango's proxy
// contains, as found in a curl command. It returns false if the path doesn't contain "/proxy" or no header names an
// integration. The order of headers is lost.
func ParseProxyRequest(method, path, query string, headers []ProxyHeader, body ProxyBody) (ProxyRequest, bool) {
	header := http.Header{}
	for _, h := range headers {
		header.Add(h.Name, h.Value)
	}
	behind, through := behindProxy(path)
	p := ProxyRequest{
		Connection: ConnectionRef{Integration: header.Get("Provider-Config-Key"), ID: header.Get("Connection-Id")},
		Method:     method, Path: behind, Query: query, Body: body, BaseURL: header.Get("Base-Url-Override"),
		Decompress: readSaid(header.Get("Decompress")), ForwardHeaders: readSaid(header.Get("Forward-Headers-On-Redirect")),
	}
	if !through || p.Connection.Integration == "" {
		return p, false
	}
	p.Retries, _ = strconv.Atoi(header.Get("Retries")) // not a number: no retries
	for word := range strings.SplitSeq(header.Get("Retry-On"), ",") {
		if status, err := strconv.Atoi(strings.TrimSpace(word)); err == nil {
			p.RetryOn = append(p.RetryOn, status)
		}
	}
	p.readHeaders(header)
	return p, true
}

// behindProxy is the path after "/proxy", which may follow a path prefix of Nango's host.
func behindProxy(path string) (behind string, through bool) {
	const door = "/proxy"
	for at := 0; ; {
		next := strings.Index(path[at:], door)
		if next < 0 {
			return "", false
		}
		at += next + len(door)
		if rest := path[at:]; rest == "" || rest[0] == '/' {
			return rest, true
		}
	}
}

// readHeaders reads the provider's headers. The media type goes with the body.
func (p *ProxyRequest) readHeaders(header http.Header) {
	for _, key := range sortedKeys(header) {
		name, isProviders := strings.CutPrefix(http.CanonicalHeaderKey(key), "Nango-Proxy-")
		if !isProviders || name == "" {
			continue
		}
		if name == "Content-Type" && len(p.Body.Data) > 0 {
			if !strings.HasPrefix(p.Body.Type, "multipart/") { // the other one has the boundary
				p.Body.Type = header.Get(key)
			}
			continue
		}
		for _, value := range header[key] {
			p.Headers = append(p.Headers, ProxyHeader{name, value})
		}
	}
}

// readSaid parses what said formats.
func readSaid(text string) *bool {
	yes, err := strconv.ParseBool(text)
	if err != nil {
		return nil
	}
	return &yes
}

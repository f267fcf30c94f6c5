package nango

import (
	"net/http"
	"strconv"
	"strings"
)

// ParseProxyRequest is the way back from [Proxy]: what a request to Nango's proxy asks of the provider, as it is found in a curl line.
// False says that it is none: its path does not go through "/proxy", or no header names an integration. The order of its
// headers is lost.
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
	p.Retries, _ = strconv.Atoi(header.Get("Retries")) // what is no number asks for none
	for word := range strings.SplitSeq(header.Get("Retry-On"), ",") {
		if status, err := strconv.Atoi(strings.TrimSpace(word)); err == nil {
			p.RetryOn = append(p.RetryOn, status)
		}
	}
	p.readHeaders(header)
	return p, true
}

// behindProxy is the path behind "/proxy", which may itself stand behind a path of Nango's host.
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

// readHeaders takes those of the provider; the type of a body is said with the body.
func (p *ProxyRequest) readHeaders(header http.Header) {
	for _, key := range sortedKeys(header) {
		name, isProviders := strings.CutPrefix(http.CanonicalHeaderKey(key), "Nango-Proxy-")
		if !isProviders || name == "" {
			continue
		}
		if name == "Content-Type" && len(p.Body.Data) > 0 {
			if !strings.HasPrefix(p.Body.Type, "multipart/") { // whose boundary stands in the other
				p.Body.Type = header.Get(key)
			}
			continue
		}
		for _, value := range header[key] {
			p.Headers = append(p.Headers, ProxyHeader{name, value})
		}
	}
}

// readSaid is the way back from said.
func readSaid(text string) *bool {
	yes, err := strconv.ParseBool(text)
	if err != nil {
		return nil
	}
	return &yes
}

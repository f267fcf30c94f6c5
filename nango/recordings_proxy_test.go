package nango

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"testing"
)

// upstreams are recorded answers of 400 and more that are the provider's.
var upstreams = []string{"*_proxy: upstream-*", "GET_proxy: retries-0-flaky-503", "GET_proxy: retries-1-429-*", "GET_proxy: root*", "GET_proxy: query-only-path"}

func checkProxied(t *testing.T, r recording, value any, err error) {
	t.Helper()
	providers := r.Response.Status < 400
	for _, pattern := range upstreams {
		matched, _ := path.Match(pattern, r.name())
		providers = providers || matched
	}
	answer, _ := value.(ProxyResponse)
	if !providers {
		e, ok := AsError(err)
		if !ok {
			t.Errorf("%s: %d is taken for the provider's", r.name(), r.Response.Status)
			return
		}
		answer, ok = e.Proxied()
		if !ok || e.Kind == ProviderUnreachable != (e.Origin() == OriginProvider && e.Kind != RefreshFailed) || e.Error() == "" {
			t.Errorf("%s: %v (%v)", r.name(), err, e.Kind)
		}
	} else if err != nil {
		t.Errorf("%s: taken for Nango's: %v", r.name(), err)
		return
	}
	if answer.Status != r.Response.Status || string(answer.Body) != r.body() || answer.Cut || answer.Size != int64(len(answer.Body)) || len(answer.Header) != len(r.Response.Headers) {
		t.Errorf("%s: %+v", r.name(), answer)
	}
}

func readProxy(r recording) (meaning, error) {
	header := http.Header{}
	for name, value := range r.Request.Headers {
		header.Set(name, value)
	}
	p := ProxyRequest{Connection: ConnectionRef{header.Get("Provider-Config-Key"), header.Get("Connection-Id")}, Method: r.Request.Method,
		Path: strings.TrimPrefix(r.Request.Path, "/proxy"), Query: r.Request.Query, BaseURL: header.Get("Base-Url-Override")}
	if retries := header.Get("Retries"); retries != "" {
		var err error
		if p.Retries, err = strconv.Atoi(retries); err != nil {
			return meaning{}, err
		}
	}
	if retryOn := header.Get("Retry-On"); retryOn != "" {
		status, err := strconv.Atoi(retryOn)
		if err != nil {
			return meaning{}, err
		}
		p.RetryOn = []int{status}
	}
	if decompress := header.Get("Decompress"); decompress != "" {
		yes := decompress == "true"
		p.Decompress = &yes
	}
	for name := range header {
		if own, found := strings.CutPrefix(name, "Nango-Proxy-"); found && own != "Content-Type" {
			p.Headers = append(p.Headers, ProxyHeader{own, header.Get(name)})
		}
	}
	if string(r.Request.Body) != "null" && len(r.Request.Body) > 0 {
		p.Body = ProxyBody{header.Get("Content-Type"), r.Request.Body}
		var text string
		if json.Unmarshal(r.Request.Body, &text) == nil {
			p.Body.Data = []byte(text)
		}
	}
	if p.Body.Type == "" && header.Get("Content-Type") != "" {
		return meaning{}, fmt.Errorf("a type without a body")
	}
	if p.Body.media() == jsonMedia && checkJSONBody(p.Body.Data) != nil {
		return meaning{}, fmt.Errorf("no JSON that Nango takes: %s", p.Body.Data)
	}
	return means(Proxy(p))
}

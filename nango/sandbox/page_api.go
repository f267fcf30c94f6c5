package sandbox

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	linkAPI    = "apiURL"                // the parameter of a connect link that names the API
	cloudAPI   = "https://api.nango.dev" // the API of a page whose link names none
	apiTimeout = 3 * time.Second
	unknownAPI = "The page asked %s for the session, and it doesn't know it. The link of a self-hosted server must name its API in " +
		linkAPI + "."
)

// pageSession returns the session of a connect link, or why there is none. Like Nango's page, it asks the API that the link names
// (as seen on v0.71.4): a link of a self-hosted server that names none shows an error.
func (c *call) pageSession() (_ *session, problem string) {
	token, api := c.query.Str("session_token"), cmp.Or(c.query.Str(linkAPI), cloudAPI)
	if !c.isItself(api) && !c.knowsSession(api, token) {
		return nil, fmt.Sprintf(unknownAPI, api)
	}
	return c.validSession(token), invalidLink
}

// isItself reports whether an API has the address at which the page was opened.
func (c *call) isItself(api string) bool {
	return strings.TrimSuffix(api, "/") == c.baseURL()
}

// knowsSession asks an API on this machine for a session; the sandbox calls no other. Meanwhile the server isn't locked, because the
// API may be the server itself, by another name or behind a proxy.
func (c *call) knowsSession(api, token string) bool {
	parsed, err := url.Parse(api)
	if err != nil || parsed.User != nil || loopbackOnly(net.JoinHostPort(parsed.Hostname(), "0")) != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(c.r.Context(), apiTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(api, "/")+"/connect/session", nil)
	if err != nil {
		return false
	}
	request.Header.Set("Authorization", "Bearer "+token)
	c.mu.Unlock()
	defer c.mu.Lock()
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

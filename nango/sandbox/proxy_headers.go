package sandbox

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/upstream"
)

var placeholder = regexp.MustCompile(`\$(?:\{|%7B)([A-Za-z0-9_.]+)(?:\}|%7D)`)

// interpolate fills in ${connectionConfig.…}, ${credentials.…}, ${apiKey} and ${accessToken}.
func interpolate(s string, conn *connection, token *js.Object) string {
	return placeholder.ReplaceAllStringFunc(s, func(found string) string {
		name := placeholder.FindStringSubmatch(found)[1]
		key, isConfig := strings.CutPrefix(name, "connectionConfig.")
		switch {
		case isConfig:
			return cmp.Or(js.MustDecode(conn.config).(*js.Object).Str(key), found)
		case name == "accessToken":
			return cmp.Or(token.Str("access_token"), token.Str("token"), found)
		}
		return cmp.Or(token.Str(strings.TrimPrefix(name, "credentials.")), found)
	})
}

// baseURLOf returns the provider's base URL, filled in. A generic provider has it in the integration. Of "a || b" it is the
// first that can be filled in.
func baseURLOf(i *integration, conn *connection, env *environment) string {
	if base := i.config.Str("baseUrl"); base != "" {
		return base
	}
	var base string
	if json.Unmarshal(i.provider.Proxy.BaseURL, &base) != nil {
		return ""
	}
	for option := range strings.SplitSeq(base, " || ") {
		filled := interpolate(option, conn, env.credentialsOf(conn))
		if !strings.Contains(filled, "${") {
			return filled
		}
	}
	return ""
}

// authorization returns the Authorization header of an auth mode, "" if only the provider's own headers authorize.
func (c *call) authorization(h proxyHeaders, token *js.Object) string {
	switch h.i.provider.AuthMode {
	case "BASIC", "INSTALL_PLUGIN":
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(token.Str("username")+":"+token.Str("password")))
	case "OAUTH1":
		return oauth1(c.env.rng, c.now(), "", h.i.credentials, token.Str("oauth_token"), "HMAC-SHA1")
	case "TBA":
		realm := js.MustDecode(h.conn.config).(*js.Object).Str("accountId")
		realm = `realm="` + strings.ToUpper(realm) + `", `
		return oauth1(c.env.rng, c.now(), realm, h.i.credentials, token.Str("token_id"), "HMAC-SHA256")
	case "CUSTOM":
		token = cmp.Or(token.Obj("app"), token)
	}
	if access := cmp.Or(token.Str("access_token"), token.Str("token")); access != "" {
		return "Bearer " + access
	}
	return ""
}

func oauth1(r *rand.Rand, now time.Time, realm string, app *js.Object, token, method string) string {
	signature := base64.StdEncoding.EncodeToString([]byte(fake.Alphanumeric(r, 20)))
	return fmt.Sprintf(`OAuth %soauth_consumer_key="%s", oauth_nonce="%s", oauth_signature="%s", `+
		`oauth_signature_method="%s", oauth_timestamp="%d", oauth_token="%s", oauth_version="1.0"`,
		realm, app.Str("client_id"), fake.Alphanumeric(r, 32), url.QueryEscape(signature), method, now.Unix(), token)
}

// outgoingHeaders returns the headers in the order in which Nango's HTTP client writes them. Of the caller's headers only
// those with the prefix Nango-Proxy- are passed on.
func (c *call) outgoingHeaders(h proxyHeaders, token *js.Object, out upstream.Request, contentType string) upstream.Headers {
	var headers upstream.Headers
	headers.Add("accept", "application/json, text/plain, */*")
	if contentType != "" {
		headers.Set("content-type", contentType)
	}
	if auth := c.authorization(h, token); auth != "" {
		headers.Set("authorization", auth)
	}
	for _, header := range providerHeaders(h, token) {
		headers.Set(header.Name, header.Value)
	}
	for _, name := range slices.Sorted(maps.Keys(c.r.Header)) {
		if plain, ok := strings.CutPrefix(strings.ToLower(name), "nango-proxy-"); ok && plain != "content-type" {
			headers.Set(plain, c.r.Header.Get(name))
		}
	}
	headers.Add("user-agent", "axios/1.18.0")
	if len(out.Body) > 0 {
		headers.Add("content-length", strconv.Itoa(len(out.Body)))
	}
	headers.Add("accept-encoding", "gzip, compress, deflate, br")
	headers.Add("host", out.Host)
	headers.Add("connection", "keep-alive")
	if len(out.Body) == 0 && contentType == formType && out.Method != http.MethodGet {
		headers.Add("content-length", "0")
	}
	return headers
}

// providerHeaders returns the headers that the catalog or the generic integration asks for.
func providerHeaders(h proxyHeaders, token *js.Object) upstream.Headers {
	var headers upstream.Headers
	if config := h.i.config; config.Str("keyName") != "" {
		if config.Str("keyPlacement") != "query" {
			headers.Add(strings.ToLower(config.Str("keyName")), interpolate(config.Str("valueTemplate"), h.conn, token))
		}
		return headers
	}
	templates := h.i.provider.Entry.Obj("proxy").Obj("headers")
	for _, name := range templates.Keys() {
		if v := interpolate(templates.Str(name), h.conn, token); v != "" && name != "content-type" && name != "accept" {
			headers.Add(strings.ToLower(name), v)
		}
	}
	return headers
}

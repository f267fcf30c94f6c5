package sandbox

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var placeholder = regexp.MustCompile(`\$(?:\{|%7B)([A-Za-z0-9_.]+)(?:\}|%7D)`)

// interpolate fills ${connectionConfig.…}, ${credentials.…}, ${apiKey} and ${accessToken} in.
func interpolate(s string, conn *connection, token *object) string {
	return placeholder.ReplaceAllStringFunc(s, func(found string) string {
		name := placeholder.FindStringSubmatch(found)[1]
		if v, ok := lookUp(name, conn, token); ok {
			return v
		}
		return found
	})
}

func lookUp(name string, conn *connection, token *object) (string, bool) {
	if key, ok := strings.CutPrefix(name, "connectionConfig."); ok {
		v := mustDecode(conn.config).(*object).str(key)
		return v, v != ""
	}
	if name == "accessToken" {
		v := cmp.Or(token.str("access_token"), token.str("token"))
		return v, v != ""
	}
	v := token.str(strings.TrimPrefix(name, "credentials."))
	return v, v != ""
}

// baseURLOf is the provider's, filled in; the generic provider has its own in its integration. Of
// "a || b" the first that can be filled in counts.
func baseURLOf(i *integration, conn *connection, w *world) string {
	if i.config != nil && i.config.str("baseUrl") != "" {
		return i.config.str("baseUrl")
	}
	var base string
	if json.Unmarshal(i.provider.Proxy.BaseURL, &base) != nil {
		return ""
	}
	for option := range strings.SplitSeq(base, " || ") {
		filled := interpolate(option, conn, w.credentialsOf(conn))
		if !strings.Contains(filled, "${") {
			return filled
		}
	}
	return ""
}

// authorization is how a request of an auth mode shows who it is; "" where the provider's own
// headers do.
func (c *call) authorization(h proxyHeaders, token *object) string {
	switch h.i.provider.AuthMode {
	case "BASIC", "INSTALL_PLUGIN":
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(token.str("username")+":"+token.str("password")))
	case "OAUTH1":
		return oauth1(c.world.rng, c.now(), "", h.i.credentials, token.str("oauth_token"), "HMAC-SHA1")
	case "TBA":
		realm := mustDecode(h.conn.config).(*object).str("accountId")
		return oauth1(c.world.rng, c.now(), `realm="`+strings.ToUpper(realm)+`", `, h.i.credentials, token.str("token_id"), "HMAC-SHA256")
	case "CUSTOM":
		token = cmp.Or(token.obj("app"), token)
	}
	if access := cmp.Or(token.str("access_token"), token.str("token")); access != "" {
		return "Bearer " + access
	}
	return ""
}

func oauth1(r *rand.Rand, now time.Time, realm string, app *object, token, method string) string {
	signature := base64.StdEncoding.EncodeToString([]byte(randomText(r, 20)))
	client := ""
	if app != nil {
		client = app.str("client_id")
	}
	return fmt.Sprintf(`OAuth %soauth_consumer_key="%s", oauth_nonce="%s", oauth_signature="%s", oauth_signature_method="%s", oauth_timestamp="%d", oauth_token="%s", oauth_version="1.0"`,
		realm, client, randomText(r, 32), url.QueryEscape(signature), method, now.Unix(), token)
}

// outgoingHeaders are the headers in the order in which Nango's HTTP client writes them. Of the
// caller's only those with the prefix Nango-Proxy- are passed on.
func (c *call) outgoingHeaders(h proxyHeaders, token *object, out outgoing, contentType string) []headerLine {
	lines := []headerLine{{"accept", "application/json, text/plain, */*"}}
	if contentType != "" {
		lines = setLine(lines, "content-type", contentType)
	}
	if auth := c.authorization(h, token); auth != "" {
		lines = setLine(lines, "authorization", auth)
	}
	for _, l := range providerHeaders(h, token) {
		lines = setLine(lines, l.name, l.value)
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range c.r.Header {
			if !yield(name) {
				return
			}
		}
	}) {
		if plain, ok := strings.CutPrefix(strings.ToLower(name), "nango-proxy-"); ok && plain != "content-type" {
			lines = setLine(lines, plain, c.r.Header.Get(name))
		}
	}
	lines = append(lines, headerLine{"user-agent", "axios/1.18.0"})
	if len(out.body) > 0 {
		lines = append(lines, headerLine{"content-length", strconv.Itoa(len(out.body))})
	}
	lines = append(lines, headerLine{"accept-encoding", "gzip, compress, deflate, br"},
		headerLine{"host", out.host}, headerLine{"connection", "keep-alive"})
	if len(out.body) == 0 && contentType == formType && out.method != http.MethodGet {
		lines = append(lines, headerLine{"content-length", "0"})
	}
	return lines
}

func setLine(lines []headerLine, name, value string) []headerLine {
	for i := range lines {
		if lines[i].name == name {
			lines[i].value = value
			return lines
		}
	}
	return append(lines, headerLine{name, value})
}

// providerHeaders are the ones that the catalogue or the generic integration asks for.
func providerHeaders(h proxyHeaders, token *object) []headerLine {
	if i := h.i; i.config != nil && i.config.str("keyName") != "" {
		if i.config.str("keyPlacement") == "query" {
			return nil
		}
		return []headerLine{{strings.ToLower(i.config.str("keyName")), interpolate(i.config.str("valueTemplate"), h.conn, token)}}
	}
	entry := h.i.provider.entry.obj("proxy")
	if entry == nil || entry.obj("headers") == nil {
		return nil
	}
	var out []headerLine
	for _, name := range entry.obj("headers").keys {
		if v := interpolate(entry.obj("headers").str(name), h.conn, token); v != "" && name != "content-type" && name != "accept" {
			out = append(out, headerLine{strings.ToLower(name), v})
		}
	}
	return out
}

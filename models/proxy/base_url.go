package proxy

import (
	"net/url"
	"regexp"
	"strings"
)

// template matches a placeholder that Nango fills in from the connection.
var template = regexp.MustCompile(`\$\{[^}]*\}`)

// pathUnderBase returns the path of a URL relative to the provider's base URL, and whether the URL is under it. A placeholder
// matches any text, so templated means that the host may still be a different one. base may list alternatives as "a || b";
// those without placeholders are tried first.
func pathUnderBase(base, origin, path string) (rest string, templated, ok bool) {
	address := withoutDefaultPort(origin) + path
	for _, templated := range []bool{false, true} {
		for one := range strings.SplitSeq(base, "||") {
			one = strings.TrimSuffix(strings.TrimSpace(one), "/")
			if one == "" || template.MatchString(one) != templated {
				continue
			}
			if found := basePattern(one).FindStringSubmatch(address); found != nil {
				return found[1], templated, true
			}
		}
	}
	return "", false, false
}

// basePattern matches URLs under a base URL. A placeholder at its start stands for scheme and host.
func basePattern(base string) *regexp.Regexp {
	parts := template.Split(base, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	begin := ""
	if parts[0] == "" && len(parts) > 1 {
		begin = `https?://`
	}
	return regexp.MustCompile(`(?i)^` + begin + strings.Join(parts, `[^/]+`) + `(/.*)?$`) // all parts are quoted
}

// withoutDefaultPort returns scheme and host without the scheme's default port.
func withoutDefaultPort(origin string) string {
	parsed, err := url.Parse(origin)
	if err != nil || parsed.Scheme == "https" && parsed.Port() != "443" || parsed.Scheme == "http" && parsed.Port() != "80" {
		return origin
	}
	return parsed.Scheme + "://" + parsed.Hostname()
}

package proxy

import (
	"net/url"
	"regexp"
	"strings"
)

// template is what Nango fills in from the connection.
var template = regexp.MustCompile(`\$\{[^}]*\}`)

// behind is the path of an address behind the provider's base URL, and whether it lies there. What the connection fills in
// stands for any text, so that templated says that the host may still be another's. Of "a || b" any counts, one that
// is written in full before others.
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

// basePattern finds addresses that lie behind a base URL. A template at its beginning stands for a whole host.
func basePattern(base string) *regexp.Regexp {
	parts := template.Split(base, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	begin := ""
	if parts[0] == "" && len(parts) > 1 {
		begin = `https?://`
	}
	return regexp.MustCompile(`(?i)^` + begin + strings.Join(parts, `[^/]+`) + `(/.*)?$`) // quoted, so that it is well formed
}

// plainOrigin is scheme and host without the port that the scheme has anyway.
func withoutDefaultPort(origin string) string {
	parsed, err := url.Parse(origin)
	if err != nil || parsed.Scheme == "https" && parsed.Port() != "443" || parsed.Scheme == "http" && parsed.Port() != "80" {
		return origin
	}
	return parsed.Scheme + "://" + parsed.Hostname()
}

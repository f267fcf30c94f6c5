package proxy

import (
	"net/url"
	"regexp"
	"strings"
)

// template is what Nango fills in from the connection.
var template = regexp.MustCompile(`\$\{[^}]*\}`)

// behind is the path of an address behind the provider's base URL, and whether it lies there. What the connection fills in
// stands for any text, so that templated says that the host may still be another's. Of "a || b" any counts.
func behind(base, origin, path string) (rest string, templated, ok bool) {
	for one := range strings.SplitSeq(base, "||") {
		one = strings.TrimSuffix(strings.TrimSpace(one), "/")
		if one == "" {
			continue
		}
		parts := template.Split(one, -1)
		for i := range parts {
			parts[i] = regexp.QuoteMeta(parts[i])
		}
		pattern, err := regexp.Compile(`(?i)^` + strings.Join(parts, `[^/]+`) + `(/.*)?$`)
		if err != nil {
			continue
		}
		if found := pattern.FindStringSubmatch(plainOrigin(origin) + path); found != nil {
			return found[1], len(parts) > 1, true
		}
	}
	return "", false, false
}

// plainOrigin is scheme and host without the port that the scheme has anyway.
func plainOrigin(origin string) string {
	parsed, err := url.Parse(origin)
	if err != nil || parsed.Scheme == "https" && parsed.Port() != "443" || parsed.Scheme == "http" && parsed.Port() != "80" {
		return origin
	}
	return parsed.Scheme + "://" + parsed.Hostname()
}

package sandbox

import (
	"net/url"
	"strings"
)

// maxQueryDepth bounds how deep brackets nest; deeper ones stay part of the key's name.
const maxQueryDepth = 5

// parseQuery reads a query string as Nango's server does (the qs library): a[b]=c makes an
// object, a[]=b and a repeated key make an array.
func parseQuery(raw string) *object {
	q := newObject()
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		k, v, _ := strings.Cut(pair, "=")
		key, path := splitBrackets(unescapeQuery(k))
		addQuery(q, key, path, unescapeQuery(v))
	}
	return q
}

func unescapeQuery(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}

// splitBrackets cuts "tags[env]" into "tags" and ["env"].
func splitBrackets(key string) (string, []string) {
	open := strings.IndexByte(key, '[')
	if open <= 0 || !strings.HasSuffix(key, "]") {
		return key, nil
	}
	parts := strings.Split(key[open+1:len(key)-1], "][")
	if len(parts) > maxQueryDepth {
		return key, nil
	}
	return key[:open], parts
}

func addQuery(o *object, key string, path []string, value string) {
	if len(path) > 0 && path[0] != "" {
		inner := o.obj(key)
		if inner == nil {
			inner = newObject()
			o.set(key, inner)
		}
		addQuery(inner, path[0], path[1:], value)
		return
	}
	switch old := o.get(key).(type) {
	case undefined:
		if len(path) > 0 {
			o.set(key, []any{value})
			return
		}
		o.set(key, value)
	case []any:
		o.set(key, append(old, value))
	default:
		o.set(key, []any{old, value})
	}
}

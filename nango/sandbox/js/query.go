package js

import (
	"net/url"
	"strings"
)

// maxQueryDepth limits how deep brackets nest; deeper ones stay part of the key's name.
const maxQueryDepth = 5

// ParseQuery reads a query string as the qs library does: a[b]=c is an object, a[]=b and a repeated key are an array.
func ParseQuery(raw string) *Object {
	q := NewObject()
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		k, v, _ := strings.Cut(pair, "=")
		key, path := splitBrackets(unescape(k))
		addParam(q, key, path, unescape(v))
	}
	return q
}

func unescape(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}

// splitBrackets splits "tags[env]" into "tags" and ["env"].
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

func addParam(o *Object, key string, path []string, value string) {
	if len(path) > 0 && path[0] != "" {
		inner := o.Obj(key)
		if inner == nil {
			inner = NewObject()
			o.Set(key, inner)
		}
		addParam(inner, path[0], path[1:], value)
		return
	}
	switch old := o.Get(key).(type) {
	case Undefined:
		if len(path) > 0 {
			o.Set(key, []any{value})
			return
		}
		o.Set(key, value)
	case []any:
		o.Set(key, append(old, value))
	default:
		o.Set(key, []any{old, value})
	}
}

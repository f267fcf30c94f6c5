package facts

import (
	"encoding/json"
	"errors"
	"strings"
)

// Catalog makes a recording of a response to GET /providers, which is too large for a recording. It keeps the entries that
// show a field or a type that no entry before them has.
func Catalog(body []byte) (Exchange, error) {
	e := Exchange{File: "GET_providers", Case: "catalog", Request: Request{Method: "GET", Path: "/providers",
		Headers: map[string]string{"Authorization": "Bearer SECRET"}}}
	value, err := Decode(body)
	if err != nil {
		return e, err
	}
	object, _ := value.(*Object)
	if object == nil {
		return e, errors.New("no list of providers under \"data\"")
	}
	entries, _ := object.Values["data"].([]any)
	seen := map[string]bool{}
	kept := []any{}
	for _, entry := range entries {
		if addPaths(seen, "", "", ShapeOf(entry)) {
			kept = append(kept, entry)
		}
	}
	object.Set("data", kept)
	e.Response = Response{Status: 200, Headers: map[string]string{"content-type": usualMedia}, Body: json.RawMessage(encode(object))}
	for _, name := range strings.Fields(usualHeaders) {
		e.Response.Headers[name] = ""
	}
	return e, nil
}

// addPaths adds all fields of a shape with their types, and reports whether one is new. The names of a provider's own fields,
// headers and parameters don't count.
func addPaths(seen map[string]bool, path, field string, shape any) bool {
	isNew := false
	switch shape := shape.(type) {
	case *Object:
		ownNames := strings.HasSuffix(field, "_config") || strings.HasSuffix(field, "_params") || field == "credentials" || field == "headers"
		for _, key := range shape.Keys {
			next := path + "." + key
			if ownNames {
				next = path + ".*"
			}
			isNew = addPaths(seen, next, key, shape.Values[key]) || isNew
		}
	case []any:
		for _, item := range Items(shape) {
			isNew = addPaths(seen, path+"[]", field, item) || isNew
		}
	default:
		path += " " + string(encode(shape))
	}
	if !seen[path] {
		seen[path], isNew = true, true
	}
	return isNew
}

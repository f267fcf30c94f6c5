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
		known := len(seen)
		addFields(seen, "", "", ShapeOf(entry))
		if len(seen) > known {
			kept = append(kept, entry)
		}
	}
	object.Set("data", kept)
	e.Response = Response{Status: 200, Headers: map[string]string{"content-type": usualMedia},
		Body: json.RawMessage(encode(object))}
	for _, name := range strings.Fields(usualHeaders) {
		e.Response.Headers[name] = ""
	}
	return e, nil
}

// Fields returns all fields of a shape with their types, such as ".data[].name string". It has "*" for the names of a
// provider's own fields, headers and parameters.
func Fields(shape any) map[string]bool {
	fields := map[string]bool{}
	addFields(fields, "", "", shape)
	return fields
}

func addFields(fields map[string]bool, path, field string, shape any) {
	switch shape := shape.(type) {
	case *Object:
		ownNames := strings.HasSuffix(field, "_config") || strings.HasSuffix(field, "_params") || field == "credentials" ||
			field == "headers"
		for _, key := range shape.Keys {
			if ownNames {
				addFields(fields, path+".*", key, shape.Values[key])
			} else {
				addFields(fields, path+"."+key, key, shape.Values[key])
			}
		}
		fields[path] = true
	case []any:
		for _, item := range Items(shape) {
			addFields(fields, path+"[]", field, item)
		}
		fields[path] = true
	case string:
		if strings.HasPrefix(shape, "=") {
			shape = String
		}
		fields[path+" "+shape] = true
	default:
		fields[path+" "+string(encode(shape))] = true
	}
}

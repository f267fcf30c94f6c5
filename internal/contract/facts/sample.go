package facts

import (
	"encoding/json"
	"strings"
)

// samples are sample values of the types of strings and numbers.
var samples = map[string]any{
	String:      "text",
	Integer:     json.Number("1000"), // more than any list has items, as a total must be
	Number:      json.Number("1.5"),
	UUID:        "00000000-0000-4000-8000-000000000000",
	URL:         "https://nango.example/text",
	UTCTime:     "2026-11-22T14:25:01.003Z",
	OffsetTime:  "2026-11-22T14:25:01.003+00:00",
	LogID:       "1795357740251_EKmT7arm",
	Session:     "nango_connect_session_" + strings.Repeat("0", 64),
	SessionLink: "https://nango.example/?session_token=nango_connect_session_" + strings.Repeat("0", 64),
}

// Sample returns a JSON value of a shape, with sample values for what the shape does not keep.
func Sample(shape any) any {
	switch shape := shape.(type) {
	case *Object:
		object := newObject()
		for _, key := range shape.Keys {
			object.Set(key, Sample(shape.Values[key]))
		}
		return object
	case []any:
		items := []any{}
		for _, item := range Items(shape) {
			items = append(items, Sample(item))
		}
		return items
	case string:
		if kept, found := strings.CutPrefix(shape, "="); found {
			return kept
		}
		return samples[shape]
	}
	return shape
}

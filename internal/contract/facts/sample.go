package facts

import (
	"bytes"
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
func Sample(shape any) any { return sample("", shape) }

func sample(field string, shape any) any {
	switch shape := shape.(type) {
	case []any:
		return mapped(field, Items(shape), sample)
	case string:
		if kept, found := strings.CutPrefix(shape, "="); found {
			return kept
		}
		if keptFields[field] != nil && shape == String {
			return "a text, not a word" // as a word it would have been kept
		}
		return samples[shape]
	}
	return mapped(field, shape, sample)
}

var sampleHeaders = map[string]string{
	"etag": `W/"1"`, "location": "https://nango.example/", "retry-after": "1",
	"x-ratelimit-limit": "200", "x-ratelimit-remaining": "199", "x-ratelimit-reset": "1795357060",
}

// Sample returns an exchange with the facts of a case, and with sample values where the facts have none.
func (c Case) Sample() Exchange {
	headers := map[string]string{}
	for _, name := range c.HeaderNames() {
		headers[name] = sampleHeaders[name]
	}
	if c.ContentType() != "" {
		headers["content-type"] = c.ContentType()
	}
	var body []byte
	switch {
	case c.HasShape && strings.HasPrefix(c.ContentType(), "text/event-stream"):
		body = streamOf(c.answers(Sample(c.Shape)))
	case c.HasShape:
		body = encode(Sample(c.Shape))
	case c.Raw != nil && !c.Raw.Truncated:
		body = bytes.Repeat([]byte("x"), c.Raw.Bytes)
	}
	e := Exchange{File: c.File, Case: c.Case, Request: c.Request, Response: NewResponse(c.Status, headers, body)}
	if c.Raw != nil && c.Raw.Truncated {
		e.Response.Body = encode(map[string]any{"_truncated": true, "bytes": c.Raw.Bytes, "sha256": c.Raw.SHA256})
	}
	return e
}

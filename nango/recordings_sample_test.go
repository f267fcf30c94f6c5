package nango

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"nango-tui/internal/contract/facts"
)

var sampleHeaders = map[string]string{
	"etag": `W/"1"`, "location": "https://nango.example/", "retry-after": "1",
	"x-ratelimit-limit": "200", "x-ratelimit-remaining": "199", "x-ratelimit-reset": "1795357060",
}

// sampleOf returns a recording with the facts of a case, and with sample values where the facts have none.
func sampleOf(c facts.Case) recording {
	r := recording{facts.Exchange{File: c.File, Case: c.Case, Request: c.Request}}
	r.Response.Status, r.Response.Headers = c.Status, map[string]string{}
	for _, name := range c.HeaderNames() {
		r.Response.Headers[name] = sampleHeaders[name]
	}
	if c.ContentType() != "" {
		r.Response.Headers["content-type"] = c.ContentType()
	}
	switch {
	case c.HasShape:
		r.Response.Body, _ = json.Marshal(facts.Sample(c.Shape))
		r.Response.Headers["content-length"] = strconv.Itoa(len(r.Response.Body))
		return r
	case c.Raw == nil:
		r.Response.Headers["content-length"] = "0"
		return r
	case c.Raw.Truncated:
		r.Response.Body = json.RawMessage(fmt.Sprintf(`{"_truncated":true,"bytes":%d}`, c.Raw.Bytes))
	case strings.HasPrefix(c.ContentType(), "text/"):
		r.Response.Body, _ = json.Marshal(strings.Repeat("x", c.Raw.Bytes))
	default:
		text := base64.StdEncoding.EncodeToString(make([]byte, c.Raw.Bytes))
		r.Response.Body, _ = json.Marshal(map[string]string{"base64": text})
	}
	r.Response.Headers["content-length"] = strconv.Itoa(len(r.Response.Bytes()))
	return r
}

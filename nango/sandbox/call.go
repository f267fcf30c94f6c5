package sandbox

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// maxBody is the size in bytes above which Nango answers 500 (75 MB).
const maxBody = 75 << 20

// call is one request, for its handler.
type call struct {
	*Server
	env     *environment // of the key or session
	r       *http.Request
	params  map[string]string // of the path, unescaped
	query   *js.Object
	body    any // js.Undefined{} if none was read
	raw     []byte
	key     *apiKey     // nil for a session or a public route
	session *session    // nil for a key
	headers http.Header // of the answer, where the answer doesn't set them
}

func (s *Server) timestamp() timestamp { return timestampMs(s.now()) }

// stopped carries the answer that ends a request early.
type stopped struct{ answer answer }

func stop(a answer) { panic(stopped{a}) }

// require returns v, or ends the request with a if v is nil.
func require[T any](v *T, a answer) *T {
	if v == nil {
		stop(a)
	}
	return v
}

var errTooLarge = errors.New("request body over 75 MB")

func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if len(data) > maxBody {
		return nil, errTooLarge
	}
	return data, err
}

// parseRequest returns the JSON body. A content type other than JSON is 415, for GETs too, and malformed JSON is 400, both
// even without a key, as seen on v0.71.4. A body without a content type is not read.
func parseRequest(r *http.Request, raw []byte, route *route) any {
	contentType := r.Header.Get("Content-Type")
	if contentType == "" || (route != nil && route.is(anyContentType)) {
		return js.Undefined{}
	}
	if !strings.HasPrefix(strings.ToLower(contentType), "application/json") {
		if strings.HasPrefix(r.URL.Path, "/proxy") || strings.HasPrefix(r.URL.Path, "/webhook") {
			return js.Undefined{}
		}
		stop(failure(http.StatusUnsupportedMediaType, "invalid_content_type", "Content-Type header must be application/json"))
	}
	if r.ContentLength == 0 && len(raw) == 0 && r.Method != http.MethodPost && r.Method != http.MethodPatch {
		return js.Undefined{}
	}
	v, message := js.ParseBody(raw)
	if message != "" {
		stop(failure(http.StatusBadRequest, "invalid_json", message))
	}
	return v
}

// valid applies a rule to a part of the request, and ends the request with code if there are problems.
func valid(code string, r zod.Rule, v any) *js.Object {
	var in zod.Issues
	out := r(v, nil, &in)
	if len(in) > 0 {
		stop(invalid(code, in))
	}
	o, _ := out.(*js.Object)
	return o
}

func (c *call) validQuery(fields ...zod.Field) *js.Object {
	return valid("invalid_query_params", zod.Object(fields...), c.query)
}

// validParam checks a segment of the path.
func (c *call) validParam(name string, r zod.Rule) string {
	return c.validParams(zod.Key(name, r)).Str(name)
}

func (c *call) validParams(fields ...zod.Field) *js.Object {
	o := js.NewObject()
	for _, f := range fields {
		o.Set(f.Name, c.params[f.Name])
	}
	return valid("invalid_uri_params", zod.Object(fields...), o)
}

// validHeaders checks headers; their names are in lower case.
func (c *call) validHeaders(fields ...zod.Field) *js.Object {
	o := js.NewObject()
	for _, f := range fields {
		if list := c.r.Header.Values(f.Name); len(list) > 0 {
			o.Set(f.Name, list[0])
		}
	}
	return valid("invalid_headers", zod.LooseObject(fields...), o)
}

func (c *call) validBody(r zod.Rule) *js.Object { return valid("invalid_body", r, c.body) }

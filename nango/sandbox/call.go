package sandbox

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// maxBody is the size beyond which Nango answers 500, in bytes (75 MB).
const maxBody = 75 << 20

// call is one request on its way through a handler.
type call struct {
	*Server
	env     *environment // of the environment that the key or session belongs to
	r       *http.Request
	params  map[string]string // of the path, unescaped
	query   *js.Object
	body    any // undefined{} when none was read
	raw     []byte
	key     *apiKey  // nil for a session or a public route
	session *session // nil for a key
	headers http.Header
}

// stopped carries the answer that ends a request early.
type stopped struct{ answer answer }

// stop ends the request with a.
func stop(a answer) { panic(stopped{a}) }

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

// parseRequest does what happens before any route: a content type other than JSON is 415, on
// GETs too, and malformed JSON is 400, both without a key, as seen on v0.71.4. A body without a
// content type is not read at all.
func parseRequest(r *http.Request, raw []byte, route *route) (any, *answer) {
	contentType := r.Header.Get("Content-Type")
	if contentType == "" || (route != nil && route.anyContentType) {
		return js.Undefined{}, nil
	}
	if !strings.HasPrefix(strings.ToLower(contentType), "application/json") {
		if exemptFromContentType(r.URL.Path) {
			return js.Undefined{}, nil
		}
		a := failure(http.StatusUnsupportedMediaType, "invalid_content_type", "Content-Type header must be application/json")
		return nil, &a
	}
	if r.ContentLength == 0 && len(raw) == 0 && r.Method != http.MethodPost && r.Method != http.MethodPatch {
		return js.Undefined{}, nil
	}
	v, message := js.ParseBody(raw)
	if message != "" {
		a := failure(http.StatusBadRequest, "invalid_json", message)
		return nil, &a
	}
	return v, nil
}

func exemptFromContentType(path string) bool {
	return strings.HasPrefix(path, "/proxy") || strings.HasPrefix(path, "/webhook")
}

// valid runs a rule over a part of the request, and ends the request with code when it fails.
func valid(code string, r zod.Rule, v any) *js.Object {
	var in zod.Issues
	out := r(v, nil, &in)
	if len(in) > 0 {
		stop(jsonAnswer(http.StatusBadRequest, errorBody{Error: validationError{Code: code, Errors: in}}))
	}
	o, _ := out.(*js.Object)
	return o
}

func (c *call) validQuery(fields ...zod.Field) *js.Object {
	return valid("invalid_query_params", zod.Object(fields...), c.query)
}

// validParam checks a segment of the path under the name that the server gives it.
func (c *call) validParam(name string, r zod.Rule) string {
	return valid("invalid_uri_params", zod.Object(zod.Key(name, r)), js.NewObject(name, c.params[name])).Str(name)
}

func (c *call) validBody(r zod.Rule) *js.Object { return valid("invalid_body", r, c.body) }

// validEmptyBody refuses a body with anything in it, where the server wants none.
func (c *call) validEmptyBody() {
	if o, ok := c.body.(*js.Object); ok {
		valid("invalid_body", zod.Object(), o)
	}
}

package facts

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Exchange is a request to a Nango server and its response.
type Exchange struct {
	// File names the operation, such as GET_connections; Case names the request among those of its file.
	File string `json:"-"`
	Case string `json:"case"`
	// Evidence is set for a case that was not recorded but written by hand: the type, source or page that it comes from.
	Evidence string   `json:"evidence,omitempty"`
	Request  Request  `json:"request"`
	Response Response `json:"response"`
}

// Request is a request as it was sent, with placeholders for secrets.
type Request struct {
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Query   string            `json:"query,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	// Body is JSON, or a JSON string that holds a body that is not JSON.
	Body json.RawMessage `json:"body,omitempty"`
}

// Response is a response. Its header names are in lower case.
type Response struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	// Body is JSON, a JSON string for a body that is not JSON, {"base64": …} for a binary one, or
	// {"_truncated": true, "bytes": …, "sha256": …} for one that was not kept.
	Body json.RawMessage `json:"body"`
}

// NewResponse returns a response with a body as it was sent.
func NewResponse(status int, headers map[string]string, body []byte) Response {
	r := Response{Status: status, Headers: headers}
	r.Headers["content-length"] = strconv.Itoa(len(body))
	switch {
	case len(body) == 0:
	case r.isJSON() && json.Valid(body):
		r.Body = body
	case r.isJSON() || utf8.Valid(body):
		r.Body = encode(string(body))
	default:
		r.Body = encode(map[string]string{"base64": base64.StdEncoding.EncodeToString(body)})
	}
	return r
}

// Name returns the name of the case in the whole contract, such as GET_connections/limit-2.
func (e Exchange) Name() string { return e.File + "/" + e.Case }

// IsTruncated reports whether only the beginning of the response body is known.
func (e Exchange) IsTruncated() bool { return e.Response.truncated() != nil }

func (r Response) truncated() *Object {
	if !bytes.Contains(r.Body, []byte(`"_truncated"`)) {
		return nil
	}
	value, _ := Decode(r.Body)
	if body, ok := value.(*Object); ok && body.Values["_truncated"] == true {
		return body
	}
	return nil
}

// Bytes returns the response body as it was sent, apart from white space. The body of a truncated one is unknown.
func (r Response) Bytes() []byte {
	media := r.Headers["content-type"]
	if len(r.Body) == 0 || string(r.Body) == "null" && (media == "" || r.Headers["content-length"] == "0") {
		return nil
	}
	var text string
	if json.Unmarshal(r.Body, &text) == nil && string(r.Body) != "null" {
		if r.isJSON() && r.Headers["content-length"] == strconv.Itoa(len(r.Body)) {
			return r.Body // a JSON string
		}
		return []byte(text)
	}
	if r.isStream() {
		return streamBytes(r.Body)
	}
	var binary struct {
		Base64 *string `json:"base64"`
	}
	if !r.isJSON() && json.Unmarshal(r.Body, &binary) == nil && binary.Base64 != nil {
		if data, err := base64.StdEncoding.DecodeString(*binary.Base64); err == nil {
			return data
		}
	}
	return r.Body
}

func (r Response) isJSON() bool {
	return strings.HasPrefix(r.Headers["content-type"], "application/json")
}

// ReadRecordings reads a folder of recordings: one JSON file per operation, each a list of [Exchange].
func ReadRecordings(dir string) ([]Exchange, error) {
	return readFolder(dir, func(raw []byte, name string) (some []Exchange, err error) {
		err = json.Unmarshal(raw, &some)
		for i := range some {
			some[i].File = name
		}
		return some, err
	})
}

// readFolder reads the JSON files of a folder. Parse also gets a file's name without its extension.
func readFolder[T any](dir string, parse func(raw []byte, name string) ([]T, error)) ([]T, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var all []T
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		some, err := parse(raw, strings.TrimSuffix(filepath.Base(file), ".json"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

package nango

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strings"
)

// ProxyResponse is a response through the proxy. Nango changes it: a status of 201 or 202 arrives as 200, a success
// with a length keeps only four headers, and gzip is unpacked (seen on v0.71.4).
type ProxyResponse struct {
	Status int
	Header http.Header
	Body   []byte // the beginning, at most [MaxProxyResponse] bytes; nil if it was written elsewhere
	Size   int64  // the number of bytes received
	Cut    bool   // there were more, which were not read
	Saved  bool   // the body went to the writer of [ProxyTo]
}

// Format prints status and size for every verb: headers and body may contain secrets.
func (a ProxyResponse) Format(state fmt.State, _ rune) {
	_, _ = fmt.Fprintf(state, "%d, %d bytes", a.Status, a.Size)
}

// Media is the body's media type in lower case, such as "application/json", or empty.
func (a ProxyResponse) Media() string {
	media, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	return media
}

func (a Response) proxied() ProxyResponse {
	response := ProxyResponse{Status: a.Status, Header: a.Header, Body: a.Body, Size: a.size, Cut: a.cut, Saved: a.saved}
	if response.Saved {
		response.Body = nil
	}
	return response
}

// nangosCodes are codes of errors that Nango returns in place of a provider's response, with their status; 0 means
// any from 400.
var nangosCodes = map[string]int{
	"missing_auth_header": 401, "malformed_auth_header": 401, "invalid_secret_key_format": 401, "unknown_account": 401,
	"plan_limit": 402, "forbidden": 403, "unknown_provider_config": 404, "too_many_request": 429,
	"invalid_headers": 400, "invalid_query_params": 400, "invalid_json": 400, "missing_api_url": 400, "missing_provider": 400,
	"unknown_provider": 400, "unsupported_provider": 400, "unsupported_auth": 400, "failed_to_get_connection": 400,
	"invalid_certificate_or_key_format": 400, "unknown_error": 400,
	"base_url_override_disabled": 400, "base_url_override_not_allowed": 400,
	"server_error": 0, "connection_refresh_backoff": 0, "generic_error_support": 500, "unhandled_plan_not_found": 500,
}

// IsNangoResponse reports whether a response is an error of Nango itself rather than of the provider, and its code,
// which can be empty. This is a guess: nothing marks Nango's responses, and a provider could send the same. A success
// is always the provider's.
func IsNangoResponse(response ProxyResponse) (code string, own bool) {
	switch {
	case response.Status < 400 || response.Cut:
		return "", false
	case len(bytes.TrimSpace(response.Body)) == 0:
		return "", response.Status == http.StatusInternalServerError && response.Header.Get("Content-Type") == ""
	case response.Media() != jsonMedia:
		return "", false
	}
	if code, failed := unreached(response); failed {
		return code, true
	}
	var wire struct {
		Error *struct{ Code, Message, Method, Path string }
	}
	if json.Unmarshal(response.Body, &wire) != nil || wire.Error == nil {
		return "", false
	}
	code = wire.Error.Code
	status, known := nangosCodes[code]
	if !known || status != 0 && status != response.Status {
		return "", false
	}
	limited := wire.Error.Method != "" && wire.Error.Path != ""
	message := wire.Error.Message
	scope := strings.HasPrefix(message, "Insufficient scope.") || strings.HasPrefix(message, "API key is not authorized")
	if code == "too_many_request" && !limited || code == "forbidden" && !scope {
		return "", false
	}
	return code, true
}

// unreachedCode matches a network error of Node.js, such as "ECONNREFUSED".
var unreachedCode = regexp.MustCompile(`^E[A-Z][A-Z0-9_]+$`)

// unreached is the code in Nango's response if no provider responded: {message, code, method}, without an envelope.
func unreached(response ProxyResponse) (code string, failed bool) {
	var all map[string]json.RawMessage
	var wire struct{ Code, Method, Message string }
	if response.Status != http.StatusInternalServerError || json.Unmarshal(response.Body, &all) != nil ||
		json.Unmarshal(response.Body, &wire) != nil {
		return "", false
	}
	for _, known := range []string{"code", "method", "message", "status"} {
		delete(all, known)
	}
	return wire.Code, len(all) == 0 && wire.Method != "" && wire.Message != "" && unreachedCode.MatchString(wire.Code)
}

// neverArrived are codes that mean that no provider got the request.
var neverArrived = map[string]bool{"ECONNREFUSED": true, "ENOTFOUND": true, "EAI_AGAIN": true, "EHOSTUNREACH": true, "ENETUNREACH": true}

// proxyError is the error for a response that [IsNangoResponse] attributes to Nango. It contains the response.
func proxyError(call Call, response Response, code string, secrets *Secrets) *Error {
	e := responseError(call, response, secrets)
	e.proxied = new(response.proxied())
	switch {
	case e.Code == "" && code != "": // no provider responded
		e.Code, e.Kind = code, ProviderUnreachable
		e.OutcomeUnknown = call.Effect.Changes() && !neverArrived[code]
	case code == "": // Nango's proxy failed in the middle of the provider's response
		e.OutcomeUnknown = call.Effect.Changes()
	case code == "server_error" && strings.HasPrefix(e.Message, "Failed to get connection credentials"):
		e.Kind = RefreshFailed
	case code == "server_error" && strings.HasPrefix(e.Message, "Failed to get connection"):
		e.Kind = NotFound
	}
	return e
}

// Proxied returns the response that was attributed to Nango, in case it came from the provider.
func (e *Error) Proxied() (ProxyResponse, bool) {
	if e.proxied == nil {
		return ProxyResponse{}, false
	}
	return *e.proxied, true
}

package nango

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds for remote text in errors.
const (
	maxErrorText   = 500
	maxErrorFields = 20
)

// errorWire is an error response of Nango in any of its forms. Every field can be missing.
type errorWire struct {
	Error struct {
		Code    string          `json:"code"`
		Message string          `json:"message"`
		Errors  []fieldWire     `json:"errors"`
		Payload json.RawMessage `json:"payload"`
		// Upstream is the provider's response that made a function fail.
		Upstream json.RawMessage `json:"upstream"`
	} `json:"error"`
	// Message is at the top level in some old responses.
	Message string `json:"message"`
}

type fieldWire struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Path    []any  `json:"path"`
}

// isError reports whether a status is not a success.
func isError(status int) bool { return status < 200 || status > 299 }

// responseError creates the error for a response that is not a success.
func responseError(call Call, response Response, secrets *Secrets) *Error {
	e := newError(call, Rejected)
	e.Status, e.RetryAfter = response.Status, retryAfter(response.Header)
	switch {
	case response.Status < 400:
		e.Kind = Redirected
		e.Message = "the server redirects to " + bounded(secrets.Mask(response.Header.Get("Location"))) + "; redirects are not followed"
	case len(bytes.TrimSpace(response.Body)) == 0:
		e.Kind, e.Message = kindOf(e), "the response has no body"
	case !isJSON(response):
		foreignResponse(e, call)
	default:
		readError(e, response.Body, secrets)
		if e.Code == "server_error" && e.Status == http.StatusInternalServerError && usesCursor(call) {
			e.Kind = BadCursor
		}
	}
	// A gateway that responds in Nango's place can't know whether Nango carried out the request. Some use statuses
	// above 504.
	e.OutcomeUnknown = call.Effect.Changes() && e.Code == "" && response.Status >= http.StatusBadGateway
	return e
}

// usesCursor reports whether a call continues a list of records.
func usesCursor(call Call) bool {
	return call.Operation == OpRecordsPrune || call.Operation == OpRecordsList && call.Query.Has("cursor")
}

func readError(e *Error, body []byte, secrets *Secrets) {
	var wire errorWire
	if err := json.Unmarshal(body, &wire); err != nil && !isMistyped(err) {
		e.Kind, e.Message = kindOf(e), "the body can't be decoded"
		return
	}
	e.Code = bounded(secrets.Mask(wire.Error.Code))
	e.Message = bounded(secrets.Mask(wire.Error.Message))
	if e.Message == "" {
		e.Message = bounded(secrets.Mask(wire.Message))
	}
	for i, field := range wire.Error.Errors {
		if i == maxErrorFields {
			break
		}
		e.Fields = append(e.Fields, field.plain(secrets))
	}
	e.upstream = notNull(wire.Error.Upstream)
	e.Scopes = missingScopes(wire.Error.Message)
	if payload := wire.Error.Payload; len(payload) > 0 && string(payload) != "{}" && string(payload) != "null" {
		e.payload, e.masked = payload, bounded(string(secrets.MaskJSON(payload)))
	}
	e.Kind = kindOf(e)
}

func (f fieldWire) plain(secrets *Secrets) FieldError {
	parts := make([]string, 0, len(f.Path))
	for _, part := range f.Path {
		parts = append(parts, fmt.Sprint(part))
	}
	return FieldError{
		Path: bounded(secrets.Mask(strings.Join(parts, "."))), Message: bounded(secrets.Mask(f.Message)), Code: bounded(secrets.Mask(f.Code)),
	}
}

// bounded truncates text to [maxErrorText] characters.
func bounded(text string) string {
	if utf8.RuneCountInString(text) <= maxErrorText {
		return text
	}
	return string([]rune(text)[:maxErrorText]) + "…"
}

// missingScopes parses the scopes in "Insufficient scope. Required: X", or "… Required one of: X or Y".
func missingScopes(message string) []string {
	for _, lead := range []string{"Required: ", "Required one of: "} {
		_, list, found := strings.Cut(message, lead)
		if !found {
			continue
		}
		var scopes []string
		for _, scope := range strings.Split(list, " or ") {
			if scope = strings.Trim(scope, " ."); scopeShape(scope) {
				scopes = append(scopes, scope)
			}
		}
		return scopes
	}
	return nil
}

// scopeShape reports whether text looks like "environment:connections:list", so that advice contains nothing else.
func scopeShape(text string) bool {
	return text != "" && len(text) <= 100 && outside(text, letters+digits+":_*-") == ""
}

var kindsByCode = map[string]Kind{
	"unknown_connection": NotFound, "unknown_provider_config": NotFound, "not_found": NotFound,
	"invalid_body": Invalid, "invalid_query_params": Invalid, "invalid_headers": Invalid, "invalid_uri_params": Invalid,
	"invalid_json": Invalid, "invalid_action_input": Invalid, "compilation_error": Invalid, "validation_error": Invalid,
	"invalid_credentials": RefreshFailed, "connection_refresh_backoff": RefreshFailed,
}

// kindOf classifies a response, by its code first: Nango uses different statuses for the same error, such as 400 for
// an unknown connection when deleting and 404 when reading (seen on v0.71.4).
func kindOf(e *Error) Kind {
	switch {
	case e.Code == "not_found" && e.Operation == OpActionResult:
		return ResultPending
	case e.Code == "invalid_body" && strings.HasPrefix(e.Message, "ConnectionID or IntegrationId does not exist"):
		return NotFound // a reconnect link for a connection that doesn't exist
	case kindsByCode[e.Code] != 0:
		return kindsByCode[e.Code]
	}
	if _, ran := functionFailed(e.Code); ran {
		return ActionFailed
	}
	switch {
	case e.Status == http.StatusUnauthorized:
		return Unauthorized
	case e.Status == http.StatusForbidden:
		return Forbidden
	case e.Status == http.StatusNotFound:
		return NotFound
	case e.Status == http.StatusConflict:
		return Conflict
	case e.Status == http.StatusFailedDependency:
		return RefreshFailed
	case e.Status == http.StatusTooManyRequests:
		return RateLimited
	case e.Status >= http.StatusInternalServerError:
		return ServerFailed
	}
	return Rejected
}

// isJSON reports whether a response claims to be JSON.
func isJSON(response Response) bool {
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	return media == "application/json" || strings.HasSuffix(media, "+json")
}

// foreignResponse creates the error for HTML and other text in place of Nango's JSON. With a status of 500 or more it
// comes from a gateway in front of a server that is down. Otherwise it is another server, or one too old: Nango's
// dashboard responds to an unknown path with 200 and its own page (seen on v0.71.4).
func foreignResponse(e *Error, call Call) {
	if e.Status >= http.StatusInternalServerError {
		e.Kind, e.Message = ServerFailed, "the response comes from something in front of Nango"
		return
	}
	info, _ := call.Operation.Info()
	e.Kind = NotNango
	e.Message = fmt.Sprintf("this is not Nango's API, or the server is too old for %s, which was added in %s", call.Operation, info.Since)
}

// retryAfter returns how long the server asks to wait. It is at least a second, since Nango rounds down to 0.
func retryAfter(header http.Header) time.Duration {
	seconds, err := strconv.Atoi(strings.TrimSpace(header.Get("Retry-After")))
	if err != nil || seconds < 0 {
		return 0
	}
	return max(time.Duration(min(seconds, int(maxRetryAfter/time.Second)))*time.Second, time.Second)
}

func newError(call Call, kind Kind) *Error {
	return &Error{Operation: call.Operation, About: call.About, Kind: kind}
}

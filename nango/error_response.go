package nango

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// Bounds for remote text in errors.
const (
	maxErrorText = 500
	maxErrorBody = 32 << 10
	// maxIndented and maxErrorDepth bound what is indented of it.
	maxIndented    = 4 * maxErrorBody
	maxErrorDepth  = 50
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
	e.Status, e.RetryAfter = response.Status, retryAfter(response.Header, response.received)
	switch {
	case response.Status < 400:
		e.Kind = Redirected
		e.Message = "the server redirects to " + bounded(secrets.Mask(response.Header.Get("Location"))) + "; redirects are not followed"
	case len(bytes.TrimSpace(response.Body)) == 0:
		e.Kind, e.Message = kindOf(e), "the response has no body"
	case !isJSON(response):
		foreignResponse(e, response, secrets)
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

// readError reads an error response of Nango. Whatever else it holds is kept: what it says, and the whole of it for the details.
func readError(e *Error, body []byte, secrets *Secrets) {
	masked := secrets.MaskJSON(body)
	e.masked = wholeBody(masked)
	var wire errorWire
	if err := json.Unmarshal(body, &wire); err != nil && !isMistyped(err) {
		e.Kind, e.Message, e.Said = kindOf(e), "the body can't be decoded", words(masked, secrets)
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
	e.Scopes = missingScopes(bounded(secrets.Mask(wire.Error.Message)))
	if payload := wire.Error.Payload; len(payload) > 0 && string(payload) != "{}" && string(payload) != "null" {
		e.payload = payload
	}
	e.Said = saidBesides(e, wire, masked, secrets)
	e.Kind = kindOf(e)
	if e.Code == "" && e.Message == "" && isGateway(e.Status) {
		e.Message = messageInFront(e.Status)
	}
}

// isGateway reports whether a response without Nango's error code comes from a gateway in front of Nango.
func isGateway(status int) bool {
	return status == http.StatusTooManyRequests || status >= http.StatusBadGateway
}

func messageInFront(status int) string {
	if status == http.StatusTooManyRequests {
		return "rate limited by something in front of Nango"
	}
	return "the response comes from something in front of Nango"
}

// saidBesides returns what a masked error response says besides Nango's code, message and fields.
func saidBesides(e *Error, wire errorWire, masked []byte, secrets *Secrets) string {
	if wire.Error.Code == "" && wire.Error.Message == "" && len(wire.Error.Errors) == 0 {
		return withoutWords(words(masked, secrets), e.Message)
	}
	var envelope struct {
		Error map[string]json.RawMessage `json:"error"`
	}
	if json.Unmarshal(masked, &envelope) != nil {
		return ""
	}
	var parts []string
	for _, name := range []string{"upstream", "payload"} {
		raw := envelope.Error[name]
		var upstream struct{ Body json.RawMessage }
		if name == "upstream" && json.Unmarshal(raw, &upstream) == nil {
			raw = upstream.Body
		}
		if said := withoutWords(words(raw, secrets), e.Message); said != "" {
			parts = addWords(parts, said)
		}
	}
	return strings.Join(parts, "; ")
}

// withoutWords returns the text unless known contains it.
func withoutWords(text, known string) string {
	if strings.Contains(known, text) {
		return ""
	}
	return text
}

// wholeBody is a masked body as it is shown in the details of an error: JSON indented, and bounded. Deep JSON is not indented, because
// that would take many times its size.
func wholeBody(masked []byte) string {
	text := string(masked[:min(len(masked), maxIndented+1)])
	limits := jsontext.Limits{Bytes: maxIndented, Depth: maxErrorDepth}
	if pretty := new(bytes.Buffer); jsontext.NewReader(text, limits).End() == nil && json.Indent(pretty, masked, "", "  ") == nil {
		text = pretty.String()
	}
	if len(text) > maxErrorBody {
		return strings.ToValidUTF8(text[:maxErrorBody], "") + "…"
	}
	return text
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

// foreignResponse completes the error for HTML and other text in place of Nango's JSON. It comes from a gateway in front of Nango if
// the status is a gateway's. Otherwise it is another server, or one too old: Nango's dashboard responds to an unknown path with 200
// and its own page (seen on v0.71.4).
func foreignResponse(e *Error, response Response, secrets *Secrets) {
	masked := secrets.MaskJSON(response.Body)
	e.Said, e.masked = words(masked, secrets), wholeBody(masked)
	switch {
	case isGateway(e.Status) || e.Status == http.StatusInternalServerError:
		e.Kind, e.Message = kindOf(e), messageInFront(e.Status)
	case e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden || e.Status == http.StatusProxyAuthRequired:
		e.Kind, e.Message = NotNango, "something in front of Nango refused the request"
	default:
		info, _ := e.Operation.Info()
		e.Kind = NotNango
		e.Message = fmt.Sprintf("this is not Nango's API, or the server is too old for %s, which was added in %s", e.Operation, info.Since)
	}
}

// retryAfter returns how long the server asks to wait, in either form of the header: seconds or a date, by the server's clock. It is
// at least a second, since Nango rounds down to 0, and at most [maxRetryAfter]; 0 if the server doesn't ask.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(text, 10, 63); err == nil || errors.Is(err, strconv.ErrRange) {
		return min(max(time.Duration(min(seconds, uint64(maxRetryAfter/time.Second)))*time.Second, time.Second), maxRetryAfter)
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return min(max(until.Sub(now), time.Second), maxRetryAfter)
}

func newError(call Call, kind Kind) *Error {
	return &Error{Operation: call.Operation, About: call.About, Kind: kind}
}

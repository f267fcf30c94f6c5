package actions

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"nango-tui/nango"
)

// errorSummary says in a sentence why a run failed, and in which system.
func errorSummary(r *Run) string {
	e, ok := nango.AsError(r.err)
	if !ok {
		return "Not sent: " + r.err.Error()
	}
	if e.OutcomeUnknown {
		return textUnknownIfRun
	}
	switch e.Origin() {
	case nango.OriginProvider:
		if upstream, ok := e.Upstream(); ok {
			return fmt.Sprintf(textProviderAnswered, strings.TrimSpace(fmt.Sprintf("%d %s", upstream.Status, http.StatusText(upstream.Status))))
		}
		return textProviderError
	case nango.OriginFunction:
		if text := functionMessage(e.Payload()); text != "" {
			return "Function error: " + strings.TrimRight(text, ".") + "."
		}
		return textFunctionError
	case nango.OriginNango:
		return nangoErrorText(e)
	}
	return "Not sent."
}

func nangoErrorText(e *nango.Error) string {
	switch {
	case e.Code == "disabled_resource":
		return textNotRunDisabled
	case e.Code == "invalid_action_input":
		return textNangoRejectedInput
	case e.Status >= http.StatusBadRequest && e.Status < http.StatusInternalServerError && e.Kind != nango.ActionFailed:
		return textNangoRejectedRun
	}
	return textNangoError
}

// maxMessage is the maximum size of a function's message in the summary, in bytes. The page shows all of it below.
const maxMessage = 200

// functionMessage is the message of a failed function, if it is text; otherwise empty.
func functionMessage(payload json.RawMessage) string {
	var said struct{ Message, Error, Code any }
	var text string
	if json.Unmarshal(payload, &text) != nil {
		_ = json.Unmarshal(payload, &said) // other payloads have no message
	}
	for _, one := range []any{said.Message, said.Error, said.Code} {
		if words, ok := one.(string); ok && text == "" {
			text = words
		}
	}
	var shapes *nango.Secrets // without known secrets
	text, _, _ = strings.Cut(strings.TrimSpace(shapes.Mask(text)), "\n")
	if len(text) > maxMessage {
		text = strings.ToValidUTF8(text[:maxMessage], "") + "…"
	}
	return text
}

// errorDetail is the detail of an error as JSON with a title: the provider's response if there is one, otherwise what
// the function or Nango added.
func errorDetail(err error) (title string, raw json.RawMessage, there bool) {
	e, ok := nango.AsError(err)
	if !ok {
		return "", nil, false
	}
	if upstream, ok := e.Upstream(); ok {
		return "PROVIDER RESPONSE", responseJSON(upstream), true
	}
	payload := e.Payload()
	if len(payload) == 0 {
		return "", nil, false
	}
	switch e.Origin() {
	case nango.OriginProvider:
		return "PROVIDER RESPONSE (PARTIAL)", payload, true
	case nango.OriginFunction:
		return "FUNCTION ERROR", payload, true
	}
	return "NANGO ERROR", payload, true
}

// responseJSON is a provider's response as JSON, with its unchanged body.
func responseJSON(upstream nango.Upstream) json.RawMessage {
	headers := map[string]string{}
	for name, values := range upstream.Header {
		headers[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	answer := struct {
		Status  int               `json:"status"`
		Headers map[string]string `json:"headers"`
		Body    json.RawMessage   `json:"body"`
	}{upstream.Status, headers, upstream.Body}
	if len(answer.Body) == 0 {
		answer.Body = json.RawMessage("null")
	}
	raw, err := json.Marshal(answer)
	if err != nil { // the body isn't JSON
		answer.Body = nil
		raw, _ = json.Marshal(answer)
	}
	return raw
}

// inputErrors are Nango's objections to an input by JSON pointer.
func inputErrors(e *nango.Error) map[string]string {
	if e.Code != "invalid_action_input" {
		return nil
	}
	var payload struct {
		Validation []struct{ Path, Message string } `json:"validation"`
	}
	fields := map[string]string{}
	if json.Unmarshal(e.Payload(), &payload) != nil {
		return fields
	}
	for _, one := range payload.Validation {
		pointer := one.Path
		if pointer != "" && !strings.HasPrefix(pointer, "/") {
			pointer = "/" + strings.ReplaceAll(pointer, ".", "/")
		}
		fields[pointer] = "Nango: " + one.Message
	}
	return fields
}

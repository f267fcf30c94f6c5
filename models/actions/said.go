package actions

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"nango-tui/nango"
)

// blame says whose error a run ended in, in a sentence.
func blame(r *Run) string {
	e, ok := nango.AsError(r.err)
	if !ok {
		return "Not sent: " + r.err.Error()
	}
	if e.OutcomeUnknown {
		return "Not known whether it ran: the answer did not come, or came from something in front of Nango."
	}
	switch e.Origin() {
	case nango.OriginProvider:
		if upstream, told := e.Upstream(); told {
			return fmt.Sprintf("An error of the provider: it answered %s to the function, which then failed.", statusWords(upstream.Status))
		}
		return "An error of the provider: the function could not get what it asked for, and failed."
	case nango.OriginFunction:
		if text := ownWords(e.Payload()); text != "" {
			return "An error of the function itself: " + strings.TrimRight(text, ".") + "."
		}
		return "An error of the function itself, and neither of the provider nor of Nango."
	case nango.OriginNango:
		return nangosOwn(e)
	}
	return "It was not sent."
}

// nangosOwn says what Nango did, as far as its code tells.
func nangosOwn(e *nango.Error) string {
	switch {
	case e.Code == "disabled_resource":
		return "Nango has this action switched off: it was not run."
	case e.Code == "invalid_action_input":
		return "Nango did not take the input: the function was not run."
	case e.Status >= http.StatusBadRequest && e.Status < http.StatusInternalServerError && e.Kind != nango.ActionFailed:
		return "Nango refused the run: the function was not run."
	}
	return "An error of Nango's own: the function was not run, or was ended."
}

// maxWords is how much of what a function says stands in a sentence, in bytes; all of it stands below.
const maxWords = 200

// ownWords is what a function said when it failed, where that is a text; empty where it is none.
func ownWords(payload json.RawMessage) string {
	var said struct{ Message, Error, Code any }
	var text string
	if json.Unmarshal(payload, &text) != nil {
		_ = json.Unmarshal(payload, &said) // what is none of these has no words of its own
	}
	for _, one := range []any{said.Message, said.Error, said.Code} {
		if words, ok := one.(string); ok && text == "" {
			text = words
		}
	}
	var shapes *nango.Secrets // which has seen nothing
	text, _, _ = strings.Cut(strings.TrimSpace(shapes.Mask(text)), "\n")
	if len(text) > maxWords {
		text = strings.ToValidUTF8(text[:maxWords], "") + "…"
	}
	return text
}

func statusWords(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return fmt.Sprint(status)
}

// advice is what can be done about an error, or empty.
func advice(err error) string {
	if e, ok := nango.AsError(err); ok {
		return e.Advice()
	}
	return ""
}

// said is what an error holds besides its sentence, as JSON, and what it is called: all of the provider's answer where there
// is one, else what the function or Nango sent along.
func said(err error) (title string, raw json.RawMessage, there bool) {
	e, ok := nango.AsError(err)
	if !ok {
		return "", nil, false
	}
	if upstream, told := e.Upstream(); told {
		return "WHAT THE PROVIDER ANSWERED", answerOf(upstream), true
	}
	payload := e.Payload()
	if len(payload) == 0 {
		return "", nil, false
	}
	switch e.Origin() {
	case nango.OriginProvider:
		return "WHAT IS KNOWN OF THE PROVIDER'S ANSWER", payload, true
	case nango.OriginFunction:
		return "WHAT THE FUNCTION SAID", payload, true
	}
	return "WHAT NANGO SAID", payload, true
}

// answerOf is an answer of a provider as JSON, its body as it was written.
func answerOf(upstream nango.Upstream) json.RawMessage {
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
	if err != nil { // a body that is no JSON cannot stand in it
		answer.Body = nil
		raw, _ = json.Marshal(answer)
	}
	return raw
}

// refusedFields is what Nango's check of an input says of its parts, by their JSON pointers.
func refusedFields(e *nango.Error) map[string]string {
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
		fields[pointer] = "Nango says: " + one.Message
	}
	return fields
}

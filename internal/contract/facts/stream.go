package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// A stream of events with JSON-RPC messages has their facts: those of its message, or of a list of several. Any other stream has none.

// isStream reports whether the response is a stream of events. Its recorded body is the stream as text, or the value of its only
// event.
func (r Response) isStream() bool {
	return strings.HasPrefix(r.Headers["content-type"], "text/event-stream")
}

// decode reads a JSON body, or the messages of a stream.
func (r Response) decode(body []byte) (any, error) {
	if !r.isStream() {
		return Decode(body)
	}
	var values []any
	for event := range bytes.SplitSeq(bytes.TrimSpace(body), []byte("\n\n")) {
		data, found := bytes.CutPrefix(event, []byte("event: message\ndata: "))
		value, err := Decode(data)
		if message, _ := value.(*Object); !found || err != nil || message == nil || message.Text("jsonrpc") == "" {
			return nil, errNoMessages
		}
		values = append(values, value)
	}
	if len(values) == 1 {
		return values[0], nil
	}
	return values, nil
}

var errNoMessages = errors.New("not a stream of JSON-RPC messages")

// streamOf writes a value, or each one of a list, as an event.
func streamOf(value any) []byte {
	values, isList := value.([]any)
	if !isList {
		values = []any{value}
	}
	var out []byte
	for _, value := range values {
		out = append(append(append(out, "event: message\ndata: "...), encode(value)...), "\n\n"...)
	}
	return out
}

// streamBytes returns the body of a stream of which only the value was recorded.
func streamBytes(body json.RawMessage) []byte {
	var compact bytes.Buffer
	if json.Compact(&compact, body) != nil {
		return body
	}
	return streamOf(json.RawMessage(compact.Bytes()))
}

// answers gives sampled messages the ids of the calls of the request, in its order.
func (c Case) answers(sampled any) any {
	call, err := Decode(c.Request.Body)
	if err != nil {
		return sampled
	}
	calls, isBatch := call.([]any)
	messages, areMany := sampled.([]any)
	if !isBatch || !areMany {
		calls, messages = []any{call}, []any{sampled}
	}
	for i, message := range messages {
		answer, ok := message.(*Object)
		if asked, known := calls[min(i, len(calls)-1)].(*Object); ok && known {
			answer.Set("id", asked.Values["id"])
		}
	}
	return sampled
}

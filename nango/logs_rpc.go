package nango

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"nango-tui/internal/jsontext"
)

// The log tools are called by JSON-RPC, as MCP defines it: one POST without a handshake (seen on v0.71.4).

type rpcCall struct {
	Version string    `json:"jsonrpc"`
	ID      int       `json:"id"`
	Method  string    `json:"method"`
	Params  rpcParams `json:"params"`
}

type rpcParams struct {
	Name      string `json:"name"`
	Arguments any    `json:"arguments"`
}

// logRead is a read of one or more log tools. Its operation is that of the first one.
func logRead[T any](decode func(Response) (T, error), parts ...logPart) Read[T] {
	if len(parts) == 0 || len(parts) > MaxLogBatch {
		return read(newCall(OpLogGet, http.MethodPost, logsPath), decode,
			fmt.Errorf("%d calls of the log tools in one request; it must be 1 to %d", len(parts), MaxLogBatch))
	}
	batch := make([]rpcCall, len(parts))
	calls := make([]Call, len(parts))
	var refusal error
	for i, part := range parts {
		batch[i] = rpcCall{Version: "2.0", ID: i + 1, Method: "tools/call", Params: rpcParams{part.tool, part.arguments}}
		single := batch[i]
		single.ID = 1
		var err error
		calls[i], err = newLogCall(part.tool, single)
		refusal = firstError(refusal, part.refusal, err)
	}
	if len(parts) == 1 {
		return read(calls[0], decode, refusal)
	}
	call, err := newLogCall(parts[0].tool, batch)
	call.parts = calls
	return read(call, decode, refusal, err)
}

func newLogCall(tool string, body any) (Call, error) {
	operation := OpLogGet
	if tool == toolList {
		operation = OpLogsList
	}
	call := newCall(operation, http.MethodPost, logsPath)
	call.Header = http.Header{"Accept": {mcpAccept}}
	return call.withBody(body)
}

// mcpAccept is the Accept header that MCP requires. Without text/event-stream, the server responds with 406.
const mcpAccept = "application/json, text/event-stream"

// rpcAnswer is a JSON-RPC message from the server.
type rpcAnswer struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"` // a message that is no response
	Result *toolResult     `json:"result"`
	Error  *rpcError       `json:"error"`
}

type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// toolResult is the result of a tool. Servers before MCP 2025-06-18 have the value only as text.
type toolResult struct {
	Content []struct {
		Text string `json:"text"`
	} `json:"content"`
	Structured json.RawMessage `json:"structuredContent"`
	IsError    bool            `json:"isError"`
}

func (r toolResult) text() string {
	var out strings.Builder
	for _, part := range r.Content {
		out.WriteString(part.Text)
	}
	return out.String()
}

func (r toolResult) value() json.RawMessage {
	if raw := notNull(r.Structured); len(raw) > 0 {
		return raw
	}
	if text := r.text(); jsontext.Valid(text) {
		return json.RawMessage(text)
	}
	return nil
}

// logResult is what a call of a log tool returned.
type logResult struct {
	value json.RawMessage
	err   *Error
}

// decodePart decodes the result of a single call.
func decodePart[T any](decode func(json.RawMessage) (T, error)) func(Response) (T, error) {
	return func(response Response) (T, error) {
		if len(response.results) != 1 {
			var zero T
			return zero, errShape
		}
		return decode(response.results[0].value)
	}
}

// decodeBatch decodes the results of a batch.
func decodeBatch(query LogBatchQuery) func(Response) (LogBatch, error) {
	return func(response Response) (LogBatch, error) {
		var batch LogBatch
		if len(response.results) != len(query.Details)+len(query.Pages) {
			return batch, errShape
		}
		for _, result := range response.results[:len(query.Details)] {
			value, err := decodeResult(result, decodeLogDetail)
			batch.Details = append(batch.Details, LogDetailResult{value, err})
		}
		for _, result := range response.results[len(query.Details):] {
			value, err := decodeResult(result, decodeLogPage)
			batch.Pages = append(batch.Pages, LogPageResult{value, err})
		}
		return batch, nil
	}
}

func decodeResult[T any](result logResult, decode func(json.RawMessage) (T, error)) (T, error) {
	if result.err != nil {
		var zero T
		return zero, result.err
	}
	return decode(result.value)
}

// logsResponse reads the response of log tools: a stream of events, or JSON.
func (c *Client) logsResponse(ctx context.Context, call Call, response Response, from *http.Response) (Response, *Error) {
	want := max(len(call.parts), 1)
	answers := answers{want: want}
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if media == eventStream && !isError(response.Status) {
		size, err := readEvents(from.Body, eventBounds{stream: MaxResponse, event: maxEvent}, answers.add)
		response.size = size
		switch {
		case errors.Is(err, errTooLong):
			e := newError(call, TooLarge)
			e.Status, e.Message = response.Status, err.Error()
			return response, e
		case err != nil && !answers.complete():
			return c.cutOff(ctx, call, response, err)
		}
	} else {
		var e *Error
		if response, e = c.bodyOf(ctx, call, response, from); e != nil {
			return response, c.logs.explain(e)
		}
		answers.addBody(response.Body)
	}
	return c.logResults(call, response, answers)
}

// logResults turns answers into results. If there is none without an error, the first error is that of the whole call.
func (c *Client) logResults(call Call, response Response, all answers) (Response, *Error) {
	if len(all.byID) < all.want {
		e := newError(call, Malformed)
		e.Status, e.Message = response.Status, fmt.Sprintf("%d of %d calls were answered", len(all.byID), all.want)
		if all.failed != nil {
			e = c.toolError(call, response, all.failed.Message, all.failed.Code)
		}
		return response, e
	}
	var first *Error
	failed := 0
	for id := 1; id <= all.want; id++ {
		part := call
		if len(call.parts) > 0 {
			part = call.parts[id-1]
		}
		result := c.logResult(part, response, all.byID[id])
		if result.err != nil {
			first, failed = cmp.Or(first, result.err), failed+1
		}
		response.results = append(response.results, result)
	}
	if failed == all.want {
		return response, first
	}
	return response, nil
}

func (c *Client) logResult(call Call, response Response, answer rpcAnswer) logResult {
	switch result := answer.Result; {
	case answer.Error != nil:
		return logResult{err: c.toolError(call, response, answer.Error.Message, answer.Error.Code)}
	case result == nil:
		return logResult{err: c.toolError(call, response, "the response has no result", 0)}
	case result.IsError:
		return logResult{err: c.toolError(call, response, result.text(), 0)}
	default:
		value := result.value()
		c.config.Secrets.learn(value)
		return logResult{value: value}
	}
}

// answers are the responses to the calls of a request, by the calls' ids, which begin at 1.
type answers struct {
	want   int
	byID   map[int]rpcAnswer
	failed *rpcError // an error without an id
}

func (a *answers) complete() bool { return len(a.byID) == a.want || a.failed != nil }

// add reads a message and reports whether it was the last one that is needed. Other messages than responses are ignored.
func (a *answers) add(message []byte) (done bool) {
	var answer rpcAnswer
	if err := json.Unmarshal(message, &answer); err != nil && !isMistyped(err) || answer.Method != "" {
		return false
	}
	if answer.Error != nil && notNull(answer.ID) == nil {
		a.failed = answer.Error
		return true
	}
	id, err := strconv.Atoi(strings.Trim(string(answer.ID), `"`))
	if err != nil || id < 1 || id > a.want {
		return false
	}
	if a.byID == nil {
		a.byID = map[int]rpcAnswer{}
	}
	if _, repeated := a.byID[id]; !repeated {
		a.byID[id] = answer
	}
	return a.complete()
}

// addBody reads a JSON body: a response, or a list of them.
func (a *answers) addBody(body []byte) {
	var list []json.RawMessage
	if json.Unmarshal(body, &list) != nil {
		a.add(body)
	}
	for _, message := range list {
		a.add(message)
	}
}

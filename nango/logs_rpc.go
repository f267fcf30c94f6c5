package nango

import (
	"encoding/json"
	"net/http"
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

// logRead is a read of one or more log tools.
func logRead[T any](operation Operation, decode func(Response) (T, error), parts ...logPart) Read[T] {
	call, err := newCall(operation, http.MethodPost, "mcp"), refuseIf(len(parts) == 0 || len(parts) > MaxLogBatch,
		"%d calls of the log tools in one request; it must be 1 to %d", len(parts), MaxLogBatch)
	call.Header = http.Header{"Accept": {mcpAccept}}
	calls := make([]rpcCall, len(parts))
	for i, part := range parts {
		calls[i] = rpcCall{Version: "2.0", ID: i + 1, Method: "tools/call", Params: rpcParams{part.tool, part.arguments}}
		err = firstError(err, part.refusal)
	}
	var body any = calls
	if operation != OpLogsBatch && len(calls) == 1 {
		body = calls[0]
	}
	call, encoding := call.withBody(body)
	return read(call, decode, err, encoding)
}

// mcpAccept is the Accept header that MCP requires. Without text/event-stream, the server responds with 406.
const mcpAccept = "application/json, text/event-stream"

// logResult is what a call of a log tool returned.
type logResult struct {
	value json.RawMessage
	err   *Error
}

// The log operations.
const (
	OpLogsList  Operation = "logs.list"
	OpLogGet    Operation = "log.get"
	OpLogsBatch Operation = "logs.batch"
)

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

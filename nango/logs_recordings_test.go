package nango

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/contract/facts"
)

// logsHostName is the host under which the recorded server has the log tools.
const logsHostName = "mcp.localhost:3003"

// arguments decodes the arguments of a recorded call of a tool, strictly.
func (r recording) arguments(into any) error {
	var call struct {
		Params struct{ Arguments json.RawMessage }
	}
	if err := json.Unmarshal(r.Request.Body, &call); err != nil {
		return err
	}
	return decodeStrictly(call.Params.Arguments, into)
}

func buildLogsList(r recording) (builtRequest, error) {
	var wire listWire
	if err := r.arguments(&wire); err != nil {
		return builtRequest{}, err
	}
	query := LogQuery{Limit: wire.Limit, Cursor: wire.Cursor, States: wire.States, Integrations: wire.Integrations,
		Connections: wire.Connections, Functions: wire.Functions, Search: wire.Search}
	if wire.Period != nil {
		query.From, query.To = parseTime(wire.Period.From), parseTime(wire.Period.To)
	}
	for _, kind := range wire.Operations {
		query.Operations = append(query.Operations, LogKind(kind))
	}
	return builtRead(ListLogOperations(query))
}

func buildLogGet(r recording) (builtRequest, error) {
	var wire detailWire
	if err := r.arguments(&wire); err != nil {
		return builtRequest{}, err
	}
	var query MessageQuery
	if m := wire.Messages; m != nil {
		query = MessageQuery{Limit: m.Limit, Cursor: m.Cursor, Search: m.Search}
	}
	return builtRead(GetLogOperation(wire.ID, query))
}

// recordedLogs is what a recorded response of a log tool has, decoded without the client's types.
type recordedLogs struct {
	Result struct {
		Content           []struct{ Text string }
		IsError           bool
		StructuredContent struct {
			Operation            map[string]any
			Operations, Messages []map[string]any
			Pagination           struct {
				Total  int
				Cursor *string
			}
		}
	}
}

// logErrors are the kinds of errors that recorded responses give, by case.
var logErrors = map[string]Kind{
	"accept-json-only": LogsTooNew, "account-key": Forbidden, "api-host-same-path": LogsNoAddress, "bad-arguments": Invalid,
	"bad-period": Invalid, "logs-disabled-on-server": LogsDisabled, "logs-get-bad-id": Invalid, "no-auth": Unauthorized,
	"scope-missing": Forbidden, "unknown-argument": LogsTooNew,
}

// checkLogs compares what the client decodes from a response of a log tool with the response.
func checkLogs(t testing.TB, r recording, value any, err error) {
	t.Helper()
	if kind := logErrors[r.Case]; kind != 0 || err != nil {
		if !errors.Is(err, kind) {
			t.Errorf("%s: %v, want %v", r.Name(), err, kind)
		}
		return
	}
	var body recordedLogs
	_, data, _ := strings.Cut(string(r.Response.Bytes()), "data: ")
	if err := json.Unmarshal([]byte(data), &body); err != nil || body.Result.IsError {
		t.Errorf("%s: %v: %.200s", r.Name(), err, data)
		return
	}
	want := body.Result.StructuredContent
	cursor := ""
	if want.Pagination.Cursor != nil {
		cursor = *want.Pagination.Cursor
	}
	switch value := value.(type) {
	case LogPage:
		if len(value.Operations) != len(want.Operations) || value.Total != want.Pagination.Total || value.Cursor != cursor {
			t.Errorf("%s: %d of %d operations, cursor %q", r.Name(), len(value.Operations), value.Total, value.Cursor)
			return
		}
		for i, o := range value.Operations {
			checkOperation(t, r, o, want.Operations[i])
		}
	case LogDetail:
		if len(value.Messages) != len(want.Messages) || value.Total != want.Pagination.Total || value.Cursor != cursor {
			t.Errorf("%s: %d of %d messages, cursor %q", r.Name(), len(value.Messages), value.Total, value.Cursor)
			return
		}
		checkOperation(t, r, value.Operation, want.Operation)
		for i, m := range value.Messages {
			checkMessage(t, r, m, want.Messages[i])
		}
		if r.Response.Status == 200 && value.Total == len(value.Messages) && value.Next(len(value.Messages)) != "" {
			t.Errorf("%s: the last page has another one", r.Name())
		}
	default:
		t.Errorf("%s: %T", r.Name(), value)
	}
}

// same reports whether each field of a recorded object has the value that the client decoded. Fields of other names must be absent.
func same(t testing.TB, r recording, recorded map[string]any, decoded map[string]any) {
	t.Helper()
	for name, want := range recorded {
		got, known := decoded[name]
		switch {
		case !known:
			t.Errorf("%s: the field %s is not decoded", r.Name(), name)
		case got == nil: // checked elsewhere, or not of interest
		default:
			if a, b := canonicalValue(got), canonicalValue(want); a != b {
				t.Errorf("%s: %s is %s, want %s", r.Name(), name, a, b)
			}
		}
	}
}

func canonicalValue(value any) string {
	if at, isTime := value.(time.Time); isTime {
		value = at.UTC().Format(logTime)
		if at.IsZero() {
			value = nil
		}
	}
	raw, _ := json.Marshal(value)
	return canonical(raw)
}

func checkOperation(t testing.TB, r recording, o LogOperation, recorded map[string]any) {
	t.Helper()
	kind, _ := recorded["operation"].(map[string]any)
	same(t, r, kind, map[string]any{"type": o.Type, "action": o.Action})
	same(t, r, recorded, map[string]any{
		"id": o.ID, "level": o.Level, "message": o.Message, "state": o.State, "integrationName": o.Integration, "providerName": o.Provider,
		"connectionName": o.Connection, "syncConfigName": o.Function, "createdAt": o.Created, "updatedAt": o.Updated, "startedAt": o.Started,
		"endedAt": o.Ended, "expiresAt": o.Expires, "environmentName": o.Environment, "accountName": o.Account, "meta": o.Meta,
		"source": nil, "type": nil, "operation": nil, "accountId": nil, "environmentId": nil, "integrationId": nil, "connectionId": nil,
		"syncConfigId": nil, "error": nil, "request": nil, "response": nil,
	})
	checkLogCommon(t, r, recorded, o.Error, o.Request, o.Response)
}

func checkMessage(t testing.TB, r recording, m LogMessage, recorded map[string]any) {
	t.Helper()
	same(t, r, recorded, map[string]any{
		"id": m.ID, "parentId": m.Parent, "source": m.Source, "level": m.Level, "type": m.Type, "message": m.Message, "context": m.Context,
		"createdAt": m.Created, "endedAt": m.Ended, "durationMs": m.Duration.Milliseconds(), "meta": m.Meta,
		"accountId": nil, "error": nil, "request": nil, "response": nil, "retry": nil, "persistResults": nil,
	})
	checkLogCommon(t, r, recorded, m.Error, m.Request, m.Response)
	if want, ok := recorded["retry"].(map[string]any); ok {
		same(t, r, want, map[string]any{"attempt": m.Retry.Attempt, "max": m.Retry.Max, "waited": m.Retry.Waited.Milliseconds()})
	}
	if want, ok := recorded["persistResults"].(map[string]any); ok {
		same(t, r, want, map[string]any{"model": m.Saved.Model, "added": m.Saved.Added, "updated": m.Saved.Updated,
			"deleted": m.Saved.Deleted, "unchanged": m.Saved.Unchanged, "addedKeys": nil, "updatedKeys": nil, "deleteKeys": nil,
			"unchangedKeys": nil})
	}
}

func checkLogCommon(t testing.TB, r recording, recorded map[string]any, e *LogError, request *LogRequest, response *LogResponse) {
	t.Helper()
	if want, ok := recorded["error"].(map[string]any); ok {
		same(t, r, want, map[string]any{"name": e.Name, "message": e.Message, "type": e.Type, "status": e.Status, "payload": e.Payload,
			"additional_properties": nil})
		if extra, ok := want["additional_properties"].(map[string]any); ok {
			upstream, _ := extra["upstream_response"].(map[string]any)
			same(t, r, upstream, map[string]any{"status": e.Upstream.Status, "body": e.Upstream.Body, "headers": nil})
		}
	}
	if want, ok := recorded["request"].(map[string]any); ok {
		same(t, r, want, map[string]any{"method": request.Method, "url": request.URL, "headers": nil, "body": request.Body})
		checkLogHeaders(t, r, want["headers"], request.Header.Get)
	}
	if want, ok := recorded["response"].(map[string]any); ok {
		same(t, r, want, map[string]any{"code": response.Code, "headers": nil})
		checkLogHeaders(t, r, want["headers"], response.Header.Get)
	}
}

func checkLogHeaders(t testing.TB, r recording, recorded any, get func(string) string) {
	t.Helper()
	for name, want := range recorded.(map[string]any) {
		if get(name) != want {
			t.Errorf("%s: header %s is %q, want %q", r.Name(), name, get(name), want)
		}
	}
}

// Where the recordings of logs are beside the checkout, they give the facts that the repository has.
func TestFactsAboutLogsAreCurrent(t *testing.T) {
	t.Parallel()
	recorded := map[string]facts.Case{}
	for _, c := range facts.OfAll(readLogs(t), recordedServer) {
		recorded[c.Case] = c
	}
	for _, c := range readFacts(t) {
		if want, found := recorded[c.Case]; found && c.File == logsFile && canonicalValue(c) != canonicalValue(want) {
			t.Errorf("%s differs from the recording", c.Name())
		}
	}
}

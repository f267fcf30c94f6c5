package nango

import (
	"encoding/json"
	"testing"
	"time"
)

func detailOf(t *testing.T, text string) LogDetail {
	t.Helper()
	detail, err := decodeLogDetail(json.RawMessage(text))
	if err != nil {
		t.Fatal(err)
	}
	return detail
}

func TestUnknownKindsOfLogsAreKept(t *testing.T) {
	t.Parallel()
	detail := detailOf(t, `{"operation":{"id":5,"operation":{"type":"agent_session","action":"tool_search"},"state":"dreaming",
		"actor":{"kind":"robot","id":7},"createdAt":"2026-11-30T09:25:48.200Z","startedAt":null,"endedAt":"soon","meta":null,
		"error":"text","request":[],"response":{"code":"503","headers":{"a":["b",1]}},"connectionName":{"x":1}},
		"messages":[null,"x",{"type":"metric","retry":{"attempt":"2","waited":1500},"meta":[1]}],
		"pagination":{"total":"3","cursor":null}}`)
	o := detail.Operation
	if o.ID != "5" || o.Type != "agent_session" || o.Action != "tool_search" || o.State != "dreaming" || o.Actor != (LogActor{"robot", "7"}) {
		t.Errorf("%+v", o)
	}
	if o.Created.IsZero() || !o.Ended.IsZero() || o.Error != nil || o.Request != nil || o.Meta != nil || o.Connection != "" {
		t.Errorf("%+v", o)
	}
	if o.Response.Code != 503 || len(o.Response.Header["A"]) != 2 {
		t.Errorf("%+v", o.Response)
	}
	if len(detail.Messages) != 1 || detail.Messages[0].Type != "metric" || detail.Messages[0].Retry.Waited != 1500*time.Millisecond {
		t.Errorf("%+v", detail.Messages)
	}
	if detail.Total != 3 || detail.Cursor != "" {
		t.Errorf("total %d, cursor %q", detail.Total, detail.Cursor)
	}
}

func TestOldServersNameAUser(t *testing.T) {
	t.Parallel()
	if o := detailOf(t, `{"operation":{"userId":3}}`).Operation; o.Actor != (LogActor{"user", "3"}) {
		t.Errorf("%+v", o.Actor)
	}
}

func TestTheLastPageOfMessagesHasACursor(t *testing.T) {
	t.Parallel()
	page := LogDetail{Messages: make([]LogMessage, 2), Total: 4, Cursor: "c"}
	if page.Next(2) != "c" || page.Next(4) != "" || (LogDetail{Total: 4, Cursor: "c"}).Next(2) != "" {
		t.Error("the end isn't found")
	}
}

func TestLogQueriesAreChecked(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 30, 9, 0, 0, 0, time.FixedZone("", 3600))
	names := make([]string, MaxLogFilter+1)
	for i := range names {
		names[i] = "a"
	}
	for _, query := range []LogQuery{
		{Limit: -1}, {Limit: MaxLogPage + 1}, {To: at}, {From: at, To: at.Add(-time.Second)}, {Connections: names}, {Functions: []string{""}},
		{Search: string(make([]byte, maxLogSearch+1))},
	} {
		if ListLogOperations(query).Validate() == nil {
			t.Errorf("%+v is accepted", query)
		}
	}
	if GetLogOperation("x", MessageQuery{}).Validate() == nil || GetLogBatch(LogBatchQuery{}).Validate() == nil {
		t.Error("accepted")
	}
	read := ListLogOperations(LogQuery{Limit: 5, States: []string{LogFailed}, Functions: []string{"f"}, From: at,
		Operations: []LogKind{{Type: "sync", Actions: []string{"run"}}}})
	if err := read.Validate(); err != nil {
		t.Fatal(err)
	}
	want := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"logs_list_operations","arguments":{"limit":5,` +
		`"states":["failed"],"operations":[{"type":"sync","actions":["run"]}],"syncs":["f"],"period":{"from":"2026-11-30T08:00:00.000Z"}}}}`
	if got := string(read.Call().Body); got != want {
		t.Error(got)
	}
}

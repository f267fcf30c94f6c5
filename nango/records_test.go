package nango

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/jsontext"
)

// recordsOf is a page of records with payloads of about the given size.
func recordsOf(count, size int, next string) []byte {
	var out bytes.Buffer
	cursor, filler := `"null"`, strings.Repeat("Lorem ipsum ", size/12)
	if cursor = "null"; next != "" {
		cursor = jsontext.Quote(next)
	}
	fmt.Fprintf(&out, `{"next_cursor":%s,"records":[`, cursor)
	for i := range count {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(&out, `{"id":"%d","title":"Issue %d","n":9007199254740993,"labels":["a","b"],"body":"%s",`+
			`"_nango_metadata":{"first_seen_at":"2026-11-22T14:33:04.227382+00:00",`+
			`"last_modified_at":"2026-11-22T14:33:04.227382+00:00","last_action":"ADDED","deleted_at":null,"pruned_at":null,`+
			`"cursor":"MjAyNi0xMS0yMlQxNDozMzowNC4yMjczODIrMDA6MDB8fDFkNzQ5NWM4%06d"}}`,
			i, i, filler, i)
	}
	out.WriteString("]}")
	return out.Bytes()
}

func TestRecordIsUnchanged(t *testing.T) {
	raw := `{ "id" : "9007199254740993123", "n":1e400, "a\u0062":[1, {"_nango_metadata":2}], "_nango_metadata": ` +
		`{"first_seen_at":"2026-11-22T14:33:04.227382+00:00","last_modified_at":"2026-11-22T15:33:04Z",` +
		`"last_action":"DELETED","deleted_at":"2026-11-22T15:33:04Z","pruned_at":"2026-11-22 16:33:04+00","cursor":"c=="} }`
	page, err := decodeRecords(Response{Body: []byte(`{"records":[` + raw + `],"next_cursor":"n"}`)}, 1<<20)
	if err != nil || len(page.Records) != 1 || page.Next != "n" {
		t.Fatalf("%+v: %v", page, err)
	}
	r := page.Records[0]
	if r.ID != "9007199254740993123" || string(r.Raw) != raw ||
		string(r.Payload()) != `{"id":"9007199254740993123","n":1e400,"a\u0062":[1, {"_nango_metadata":2}]}` {
		t.Errorf("%s\n%s", r.Raw, r.Payload())
	}
	if r.Action != RecordDeleted || r.Cursor != "c==" || r.FirstSeen.Nanosecond() != 227382000 || r.DeletedAt == nil ||
		!r.DeletedAt.Equal(r.LastModified) || r.PrunedAt == nil || r.PrunedAt.Hour() != 16 {
		t.Errorf("%+v", r)
	}
}

func TestInvalidRecordPages(t *testing.T) {
	for body, says := range map[string]string{
		`{}`: `no "records"`, `[]`: `no "records"`, `{"records":{}}`: `no "records"`, `{"records":[{"n":1}]}`: `no "id"`,
		`{"records":[`: "can't be decoded",
	} {
		if _, err := decodeRecords(Response{Body: []byte(body)}, 1<<20); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", body, err)
		}
	}
	page, err := decodeRecords(Response{Body: []byte(`{"records":[{"id":12345678901234567890,"_nango_metadata":7}],"next_cursor":null}`)},
		1<<20)
	if err != nil || page.Records[0].ID != "12345678901234567890" || page.Next != "" {
		t.Errorf("%+v: %v", page, err)
	}
}

func TestRecordQueryIsChecked(t *testing.T) {
	fine := RecordQuery{Connection: sampleRef, Model: "GithubIssue"}
	for name, change := range map[string]func(*RecordQuery){
		"no model": func(q *RecordQuery) { q.Model = "" }, "a small model": func(q *RecordQuery) { q.Model = "issue" },
		"one letter":  func(q *RecordQuery) { q.Model = "A" },
		"a bad model": func(q *RecordQuery) { q.Model = "Issue." }, "a bad variant": func(q *RecordQuery) { q.Variant = "a b" },
		"deleted with others": func(q *RecordQuery) { q.Actions = []RecordAction{RecordAdded, RecordDeleted} },
		"an unknown action":   func(q *RecordQuery) { q.Actions = []RecordAction{"LOST"} },
		"too many ids":        func(q *RecordQuery) { q.IDs = make([]string, 101) }, "an empty id": func(q *RecordQuery) { q.IDs = []string{""} },
		"a long id":                  func(q *RecordQuery) { q.IDs = []string{strings.Repeat("x", 257)} },
		"a large page":               func(q *RecordQuery) { q.Limit = 10_001 },
		"a long cursor":              func(q *RecordQuery) { q.Cursor = strings.Repeat("x", 1001) },
		"no connection":              func(q *RecordQuery) { q.Connection.ID = "" },
		"an id that no header keeps": func(q *RecordQuery) { q.Connection.ID = "c " },
	} {
		query := fine
		change(&query)
		if ListRecords(query).Validate() == nil {
			t.Errorf("%s is not refused", name)
		}
	}
	fine.Actions, fine.IDs, fine.Limit, fine.Variant = []RecordAction{RecordAdded, RecordUpdated}, []string{"1", "2,3"}, 10_000, "eu"
	fine.ModifiedAfter = time.Date(2026, 11, 22, 16, 0, 0, 123456789, time.FixedZone("", 3600))
	call := ListRecords(fine).Call()
	if ListRecords(fine).Validate() != nil ||
		call.RequestURI() != "/records?filter=added%2Cupdated&ids=1&ids=2%2C3&limit=10000&model=GithubIssue"+
			"&modified_after=2026-11-22T15%3A00%3A00.123Z&variant=eu" {
		t.Error(call.RequestURI())
	}
	if call.Header.Get("Connection-Id") != "c" || call.Header.Get("Provider-Config-Key") != "i" || call.About != sampleRef {
		t.Errorf("%v", call.Header)
	}
}

func TestCheckModifiedAfter(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for at, fine := range map[time.Time]bool{now.AddDate(-1, 0, 1): true, now: true, now.AddDate(1, 0, 0): true,
		now.AddDate(-1, 0, -1): false, {}: false} {
		if err := CheckModifiedAfter(at, now); (err == nil) != fine {
			t.Errorf("%v: %v", at, err)
		}
	}
}

func TestRecordPages(t *testing.T) {
	pages := NewRecordPages(RecordQuery{Connection: sampleRef, Model: "Issue", Limit: 7})
	var asked []string
	for i, page := range []RecordPage{
		{Records: []Record{{ID: "1", Cursor: "c1"}}, Next: "n1"}, {Next: "n2"}, {Records: []Record{{ID: "2", Cursor: "c2"}}, Next: "n3"}, {},
	} {
		next, more := pages.Next()
		if !more {
			t.Fatalf("ended before page %d", i)
		}
		asked = append(asked, next.Call().Query.Get("limit")+" "+next.Call().Query.Get("cursor"))
		pages.Add(page)
	}
	if _, more := pages.Next(); more || !pages.Done() || pages.Loaded() != 2 || pages.Resume() != "c2" {
		t.Errorf("%+v", pages)
	}
	if strings.Join(asked, ",") != "100 ,2000 n1,2000 n2,2000 n3" {
		t.Error(asked)
	}
	later := NewRecordPages(RecordQuery{Connection: sampleRef, Model: "Issue", Cursor: pages.Resume()})
	if next, _ := later.Next(); next.Call().Query.Get("cursor") != "c2" {
		t.Error(next)
	}
	later.Add(RecordPage{})
	if !later.Done() || later.Resume() != "c2" {
		t.Errorf("nothing new, and the place is kept: %+v", later)
	}
}

func TestRecordPagesAreBounded(t *testing.T) {
	pages := NewRecordPages(RecordQuery{Connection: sampleRef, Model: "Issue"})
	read := func() {
		for i := 0; ; i++ {
			next, more := pages.Next()
			if !more {
				return
			}
			var limit int
			_, _ = fmt.Sscan(next.Call().Query.Get("limit"), &limit)
			pages.Add(RecordPage{Records: make([]Record, limit), Next: fmt.Sprint(pages.Loaded(), i)})
		}
	}
	read()
	if !pages.AtBound() || pages.Done() || pages.Loaded() != RecordsBound || pages.Bound() != RecordsBound {
		t.Errorf("%d", pages.Loaded())
	}
	pages.RaiseBound()
	read()
	if !pages.AtBound() || pages.Loaded() != 10*RecordsBound {
		t.Errorf("%d", pages.Loaded())
	}
	copied := pages
	copied.RaiseBound()
	if pages.Bound() == copied.Bound() {
		t.Error("a copy is not another one")
	}
}

func TestCursorLoopEndsTheList(t *testing.T) {
	pages := NewRecordPages(RecordQuery{Connection: sampleRef, Model: "Issue"})
	pages.Add(RecordPage{Records: make([]Record, 1), Next: "same"})
	pages.Add(RecordPage{Records: make([]Record, 1), Next: "same"})
	if !pages.Done() {
		t.Error("it would be read for ever")
	}
}

func TestLargePagesAreHalved(t *testing.T) {
	pages := NewRecordPages(RecordQuery{Connection: sampleRef, Model: "Issue"})
	limits := []string{}
	for range 20 {
		next, _ := pages.Next()
		limits = append(limits, next.Call().Query.Get("limit"))
		if !pages.Shrink() {
			break
		}
	}
	if strings.Join(limits, " ") != "100 50 25 12 6 3 1" {
		t.Error(limits)
	}
}

func TestBadCursor(t *testing.T) {
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) {
		reply(w, 500, `{"error":{"code":"server_error","message":"Failed to fetch records"}}`)
	})
	_, err := Fetch(context.Background(), client, ListRecords(RecordQuery{Connection: sampleRef, Model: "Issue", Cursor: "nope"}))
	if e, _ := AsError(err); !errors.Is(err, BadCursor) || !strings.Contains(e.Advice(), "beginning of the list") {
		t.Error(err)
	}
	if _, err := Fetch(context.Background(), client,
		ListRecords(RecordQuery{Connection: sampleRef, Model: "Issue"})); errors.Is(err, BadCursor) || !errors.Is(err, ServerFailed) {
		t.Errorf("without a cursor: %v", err)
	}
	if _, err := Send(context.Background(), client,
		PruneRecords(PruneInput{Connection: sampleRef, Model: "Issue", Until: "nope"})); !errors.Is(err, BadCursor) {
		t.Error(err)
	}
}

func TestPrunerPrunesAll(t *testing.T) {
	pruning, sent := NewPruner(PruneInput{Connection: sampleRef, Model: "Issue", Variant: "eu", Until: "c=="}), 0
	for _, answer := range []Pruned{{1000, true}, {1000, true}, {0, true}, {12, true}, {0, false}} {
		next, more := pruning.Next()
		if !more || next.Call().Effect != Destroys ||
			string(next.Call().Body) != `{"model":"Issue","variant":"eu","until_cursor":"c==","limit":1000}` {
			t.Fatalf("%v %s", more, next.Call().Body)
		}
		sent++
		if err := pruning.Add(answer); err != nil {
			t.Error(err)
		}
	}
	if _, more := pruning.Next(); more || !pruning.Done() || pruning.Count() != 2012 || sent != 5 {
		t.Errorf("%+v", pruning)
	}
	stuck := NewPruner(PruneInput{Connection: sampleRef, Model: "Issue", Until: "c"})
	if err := firstError(stuck.Add(Pruned{0, true}), stuck.Add(Pruned{0, true})); err == nil || !stuck.Done() {
		t.Errorf("it would go on for ever: %v", err)
	}
	if PruneRecords(PruneInput{Connection: sampleRef, Model: "Issue"}).Validate() == nil {
		t.Error("without a cursor there is nothing to prune")
	}
}

func TestRecordsPageAllocations(t *testing.T) {
	const rows, perRow = 10_000, 5
	page := recordsOf(rows, 2000, "next")
	allocations := testing.AllocsPerRun(1, func() {
		if got, err := decodeRecords(Response{Body: page}, 1<<20); err != nil || len(got.Records) != rows {
			t.Fatal(len(got.Records), err)
		}
	})
	if allocations > rows*perRow {
		t.Errorf("%.1f allocations a record, at most %d", allocations/rows, perRow)
	}
}

func BenchmarkDecodeRecords(b *testing.B) {
	page := recordsOf(10_000, 2000, "next")
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeRecords(Response{Body: page}, 1<<20); err != nil {
			b.Fatal(err)
		}
	}
}

// recordWire is a record for encoding/json.
type recordWire struct {
	ID       any `json:"id"`
	Metadata struct {
		Action any `json:"last_action"`
		Cursor any `json:"cursor"`
	} `json:"_nango_metadata"`
}

// Whatever the input, the result is that of encoding/json.
func FuzzDecodeRecords(f *testing.F) {
	f.Add(recordsOf(2, 20, "n\"x"))
	f.Add([]byte(` {"next_cursor" : null , "records" : [ {"id":"a\u0062\"","_nango_metadata":{"cursor":"\\",` +
		`"last_action":"ADDED","deleted_at":5}} , {"id":"","x":[{}]} ] }`))
	f.Add([]byte(`{"records":[{"id":-1e3,"_nango_metadata":[]}],"next_cursor":7}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		page, err := decodeRecords(Response{Body: raw}, 1<<20)
		var wire struct {
			Next    any `json:"next_cursor"`
			Records []json.RawMessage
		}
		if wrong := json.Unmarshal(raw, &wire); wrong != nil && !isMistyped(wrong) && err == nil {
			t.Fatalf("%q was read as %+v; %v", raw, page, wrong)
		}
		if err != nil || foldedKeys(raw) {
			return
		}
		if next, _ := wire.Next.(string); next != page.Next || len(wire.Records) != len(page.Records) {
			t.Fatalf("%q: %+v, not %+v", raw, page, wire)
		}
		for i, record := range page.Records {
			var one recordWire
			_ = json.Unmarshal(wire.Records[i], &one) // of another type in case of an error
			id, isText := one.ID.(string)
			if string(record.Raw) != string(wire.Records[i]) || isText && id != record.ID || !json.Valid(record.Payload()) {
				t.Fatalf("%q: %+v, not %+v", raw, record, one)
			}
			if cursor, ok := one.Metadata.Cursor.(string); ok && cursor != record.Cursor {
				t.Fatalf("%q: cursor %q, not %q", raw, record.Cursor, cursor)
			}
		}
	})
}

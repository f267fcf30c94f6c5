package sandbox

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox/js"
)

var ofA = []string{"Connection-Id", "a", "Provider-Config-Key", "hubspot"}

func (b *bench) records(query string) any {
	b.t.Helper()
	return b.want(b.ask("GET", "/records?model=Contact&"+query, "", ofA...), 200).json
}

func recordList(v any) []any { list, _ := at(v, "records").([]any); return list }

func TestRecordPagesAreCompleteAndInOrder(t *testing.T) {
	b := synced(t)
	b.clock.advance(400 * time.Hour)
	whole := recordList(b.records("limit=10000"))
	var joined []any
	cursor := ""
	for range 1000 {
		page := b.records("limit=7&" + cursor)
		joined = append(joined, recordList(page)...)
		next, _ := at(page, "next_cursor").(string)
		if next == "" {
			break
		}
		cursor = "cursor=" + url.QueryEscape(next)
	}
	if len(whole) < 60 || string(js.Encode(whole)) != string(js.Encode(joined)) {
		t.Fatalf("%d records in one page, %d in pages", len(whole), len(joined))
	}
	last, seen, actions := "", map[any]bool{}, map[any]int{}
	for _, r := range whole {
		when := at(r, "_nango_metadata", "last_modified_at").(string)
		if when[:19] < last || seen[at(r, "id")] {
			t.Errorf("out of order, or twice: %v", r)
		}
		last, seen[at(r, "id")] = when[:19], true
		actions[at(r, "_nango_metadata", "last_action")]++
	}
	if len(actions) != 3 {
		t.Errorf("actions %v", actions)
	}
}

func TestReadContinuesFromTheLastCursor(t *testing.T) {
	b := synced(t)
	all := recordList(b.records("limit=1000"))
	cursor := at(all[len(all)-1], "_nango_metadata", "cursor").(string)
	if more := recordList(b.records("cursor=" + url.QueryEscape(cursor))); len(more) != 0 {
		t.Errorf("%d more at once", len(more))
	}
	b.clock.advance(50 * time.Hour)
	more := recordList(b.records("limit=1000&cursor=" + url.QueryEscape(cursor)))
	if len(more) == 0 || len(more) > 60 {
		t.Errorf("%d more after two days", len(more))
	}
}

func TestFilterWithDeletedAndOthersExcludesDeleted(t *testing.T) {
	b := synced(t)
	b.clock.advance(500 * time.Hour)
	count := func(filter string) int { return len(recordList(b.records("limit=1000&filter=" + filter))) }
	added, updated, deleted := count("added"), count("UPDATED"), count("deleted")
	if deleted == 0 || updated == 0 || count("added,updated,deleted") != added+updated || count("deleted,added") != added {
		t.Errorf("added %d, updated %d, deleted %d, with deleted %d", added, updated, deleted, count("added,updated,deleted"))
	}
	gone := recordList(b.records("limit=1000&filter=deleted"))[0]
	if at(gone, "_nango_metadata", "deleted_at") == nil {
		t.Errorf("%v", gone)
	}
}

func TestModifiedAfterNeedsUTCAndTwelveMonths(t *testing.T) {
	b := synced(t)
	for query, want := range map[string]int{"2026-11-22T00:00:00Z": 200, "2026-11-22T00:00:00.123Z": 200, "2026-11-22T00:00:00%2B00:00": 400,
		"2025-11-21T00:00:00Z": 400, "2026-11-22": 400} {
		b.want(b.ask("GET", "/records?model=Contact&modified_after="+query, "", ofA...), want)
	}
	b.want(b.ask("GET", "/records?model=Contact&cursor=nonsense", "", ofA...), 500)
}

func TestIDsAreRepeatedNotJoined(t *testing.T) {
	b := synced(t)
	all := recordList(b.records(""))
	first, second := at(all[0], "id").(string), at(all[1], "id").(string)
	if n := len(recordList(b.records("ids=" + first + "&ids=" + second))); n != 2 {
		t.Errorf("%d records for two ids", n)
	}
	if n := len(recordList(b.records("ids=" + first + "," + second))); n != 0 {
		t.Errorf("%d records for two ids with a comma", n)
	}
	if len(first) < 16 {
		t.Errorf("id %s is a number that JavaScript can hold", first)
	}
}

func TestPrunedRecordsKeepTheirID(t *testing.T) {
	b := synced(t)
	all := recordList(b.records("limit=1000"))
	until := at(all[len(all)-1], "_nango_metadata", "cursor").(string)
	total, calls := 0, 0
	for more := true; more && calls < 20; calls++ {
		r := b.want(b.ask("PATCH", "/records/prune", `{"model":"Contact","until_cursor":"`+until+`","limit":15}`, ofA...), 200)
		total += int(at(r.json, "count").(float64))
		more = at(r.json, "has_more").(bool)
	}
	if total != 40 || calls != 3 {
		t.Errorf("%d pruned in %d calls", total, calls)
	}
	one := recordList(b.records(""))[0].(map[string]any)
	if len(one) != 2 || at(one, "_nango_metadata", "pruned_at") == nil {
		t.Errorf("a pruned record: %v", one)
	}
	b.clock.advance(300 * time.Hour)
	if back := at(recordList(b.records("filter=updated"))[0], "email"); back == nil {
		t.Error("a sync that changed a pruned record did not bring it back")
	}
}

// many returns a sandbox with a connection of more than 10,000 records, and its headers.
func many(t testing.TB, connections int) (*bench, []string) {
	b := newBench(t, Options{Seed: 2, Connections: connections, RateLimit: -1})
	for _, conn := range b.env.connections {
		if conn.large && conn.integration.key == "hubspot" {
			return b, []string{"Connection-Id", conn.connectionID, "Provider-Config-Key", "hubspot"}
		}
	}
	t.Fatal("no connection with many records")
	return nil, nil
}

func TestLargeConnectionsHaveManyRecords(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 20 MB twice")
	}
	b, headers := many(t, 400)
	r := b.want(b.ask("GET", "/records?model=Contact&limit=10000", "", headers...), 200)
	list := recordList(r.json)
	if len(list) != 10_000 || at(r.json, "next_cursor") == nil || len(r.text) < 15_000_000 || len(r.text) > 30_000_000 {
		t.Errorf("%d records, %d bytes", len(list), len(r.text))
	}
	id, again := many(t, 400)
	if id.ask("GET", "/records?model=Contact&limit=10000", "", again...).text != r.text {
		t.Error("the same seed gave other records")
	}
}

func benchmarkRecords(b *testing.B, limit string) {
	s, headers := many(b, 400)
	r := httptest.NewRequest("GET", "/records?model=Contact&limit="+limit, nil)
	r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if !strings.HasPrefix(w.Body.String(), `{"next_cursor":"`) {
			b.Fatal(w.Code)
		}
		b.SetBytes(int64(w.Body.Len()))
	}
}

func BenchmarkRecords100(b *testing.B)   { benchmarkRecords(b, "100") }
func BenchmarkRecords10000(b *testing.B) { benchmarkRecords(b, "10000") }

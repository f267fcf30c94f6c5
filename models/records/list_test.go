package records

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestRowsShowAfterFirstPage(t *testing.T) {
	w := hold(t, contacts, &maker{t: t, n: 5000, each: contact})
	w.HoldReads = true
	w.start()
	w.See("Loading records")
	w.Deliver()
	w.See("100 records · still loading", "NAME", "EMAIL", "Ada Abbott 0", "+ added", "1 h")
	w.Deliver()
	w.See("2,100 records · still loading")
	w.HoldReads = false
	w.lands()
	w.See("5,000")
	w.NotSee("loading", "there are more")
}

func TestLoadingStopsAtLimit(t *testing.T) {
	w := open(t, contacts, 25_000, contact)
	w.See("10,000 records · there are more", "loads more · stopped at 10,000 records")
	w.Do(LoadMore)
	w.See("25,000")
	w.NotSee("there are more")
	if w.Action(LoadMore).Disabled == "" {
		t.Error("one can read on, and all is there")
	}
}

func TestLoadingStopsAtLimitWithinAPage(t *testing.T) {
	w := hold(t, contacts, &maker{t: t, n: 25_000, each: contact, greedy: true}).start()
	w.See("10,000 records · there are more", "loads more · stopped at 10,000 records")
	if n := w.list().table.Len(); n != nango.RecordsBound || len(w.list().texts) != n {
		t.Errorf("%d rows and %d texts are kept", n, len(w.list().texts))
	}
	w.Do(LoadMore)
	w.See("25,000")
	w.NotSee("there are more", "changed while loading")
}

// The limit of bytes holds within a page. What follows is read from the last record on.
func TestPageIsCutAtSizeLimit(t *testing.T) {
	raw := json.RawMessage(`{"id":"1","notes":"` + strings.Repeat("x", 80) + `"}`)
	page := nango.RecordPage{Next: "after"}
	for i := range 100 {
		page.Records = append(page.Records, nango.Record{ID: fmt.Sprint(i), Raw: raw, Cursor: fmt.Sprint("c", i)})
	}
	for room, want := range map[int]int{1: 1, len(raw): 1, len(raw) + 1: 2, 50 * len(raw): 50, 100 * len(raw): 100, 1 << 20: 100} {
		b := newRowBatch(nil, room)(page)
		next := "after"
		if want < 100 {
			next = fmt.Sprint("c", want-1)
		}
		if len(b.rows) != want || len(b.page.Records) != want || b.page.Next != next {
			t.Errorf("room for %d bytes: %d records, next %q", room, len(b.rows), b.page.Next)
		}
	}
}

func TestLoadingStopsAtSizeLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 64 MB")
	}
	long := strings.Repeat("x", 100<<10)
	w := open(t, contacts, 3000, func(int) made { return made{payload: `"notes":"` + long + `"`} })
	if n := w.list().table.Len(); n >= 3000 || w.list().bytes < textBound || w.list().bytes > textBound+2*len(long) {
		t.Errorf("%d records of %d bytes are loaded", n, w.list().bytes)
	}
	w.See("loads more · stopped at", "MB of records")
}

func TestRecordChangedWhileLoadingIsListedOnce(t *testing.T) {
	w := open(t, contacts, 300, func(i int) made {
		if i == 250 {
			return made{id: "7", payload: `"name":"Ada Second"`, action: "UPDATED"}
		}
		return contact(i)
	})
	w.See("299 records · 1 changed while loading")
	w.filter("second")
	w.See("Ada Second", "~ updated", "1 of 299")
	w.Do(screen.FilterDrop)
	w.filter(`"Ada Abbott 7`)
	w.NotSee("Ada Abbott 7  ")
}

func TestCursorStaysOnChangedRecord(t *testing.T) {
	w := hold(t, contacts, &maker{t: t, n: 300, each: func(i int) made {
		if i == 250 {
			return made{id: "7", payload: `"name":"Ada Second"`}
		}
		return contact(i)
	}})
	w.HoldReads = true
	w.start()
	w.Deliver()
	w.list().table.SetCursor("7")
	w.lands()
	if on, _ := w.list().table.CursorKey(); on != "7" {
		t.Errorf("the cursor is on %s", on)
	}
}

func TestNumbersAreExact(t *testing.T) {
	w := open(t, contacts, 3, func(i int) made {
		return made{id: fmt.Sprintf("900719925474099%d", 3+i), payload: fmt.Sprintf(`"big":1180591620717411303424%d,"name":"n%d"`, i, i)}
	})
	w.See("9007199254740993", "9007199254740995", "11805916207174113034241")
	w.jq("select(.big == 11805916207174113034241)")
	w.See("1 of 3 records", "9007199254740994")
	w.jq(".big")
	w.See("11805916207174113034242")
	w.Do(OpenRecord)
	w.See("11805916207174113034240")
}

func TestNumericIDsAreSortedByValue(t *testing.T) {
	ids := []string{"9007199254740995", "10", "9", "abc", "9007199254740993"}
	w := open(t, contacts, len(ids), func(i int) made { return made{id: ids[i], payload: `"name":"x"`} })
	w.Sort("id")
	var got []string
	for r := range w.list().table.EachShown() {
		got = append(got, r.id)
	}
	if want := "9 10 9007199254740993 9007199254740995 abc"; strings.Join(got, " ") != want {
		t.Errorf("sorted %v", got)
	}
}

func TestPrunedAndDeletedRecordsAreMarked(t *testing.T) {
	w := open(t, contacts, 3, func(i int) made {
		r := contact(i)
		r.pruned = i == 1
		if i == 2 {
			r.action = "DELETED"
		}
		return r
	})
	w.See("payload pruned", "− deleted", "+ added")
}

func TestFilterAppliesWhileTyping(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.filter("ADA1")
	w.See("111 of 300")
	w.Type("7@")
	w.See("1 of 300", "ada17@northwind")
	w.Do(screen.FilterDrop)
	w.filter("name:17")
	w.See("13 of 300")
	w.Do(screen.FilterDrop)
	w.filter("city:lyon")
	w.See("Unknown field city: use", "300 records") // one key contains another
	w.Do(screen.FilterDrop)
	w.filter("name:nobody|17")
	w.See("13 of 300")
	w.Do(screen.FilterDrop)
	w.filter("lyon !ada1")
	w.See("189 of 300")
	w.Do(screen.FilterDrop)
	w.filter("last_action")
	w.See("0 of 300") // Nango's metadata is not searched
}

func TestFilterIgnoresCaseOfNonASCIILetters(t *testing.T) {
	w := open(t, contacts, 2, func(i int) made {
		return made{payload: `"city":"` + []string{"ÉVREUX", "大阪市"}[i] + `"`}
	})
	w.filter("évr")
	w.See("1 of 2", "ÉVREUX")
	w.Do(screen.FilterDrop)
	w.filter("阪")
	w.See("1 of 2", "大阪市")
}

func TestBadCursorOffersRestart(t *testing.T) {
	server := &maker{t: t, n: 5000, each: contact}
	server.fault = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("cursor") != "c2100" {
			return false
		}
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, `{"error":{"code":"server_error","message":"Failed to fetch records"}}`)
		return true
	}
	w := hold(t, contacts, server).start()
	if !errors.Is(w.list().load.Err, nango.BadCursor) {
		t.Fatal(w.list().load.Err)
	}
	w.See("2,100", "‹screen.refresh› starts over", "can't continue from here", "Ada Abbott 0")
	server.fault = nil
	w.Do(screen.Refresh)
	w.See("5,000")
	w.NotSee("✗")
}

func TestFailedPageIsRetried(t *testing.T) {
	server := &maker{t: t, n: 300, each: contact}
	server.fault = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("cursor") == "" {
			return false
		}
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusBadGateway)
		return true
	}
	w := hold(t, contacts, server).start()
	w.See("100", "‹records.readOn› retries the page")
	server.fault = nil
	before := len(server.asked)
	w.Do(LoadMore)
	w.See("300")
	if n := len(server.asked) - before; n != 1 {
		t.Errorf("%d pages were read", n)
	}
}

func TestReloadKeepsRowsUntilDone(t *testing.T) {
	n := 300
	server := &maker{t: t, n: n, each: contact}
	w := hold(t, contacts, server).start()
	w.list().table.SetCursor("150")
	w.HoldReads = true
	server.n = 250
	w.Do(screen.Refresh)
	w.Deliver()
	w.See("300 records · reloading, at 100")
	w.lands()
	w.See("250")
	if on, _ := w.list().table.CursorKey(); on != "150" {
		t.Errorf("the cursor is on %s", on)
	}
}

func TestServerQuery(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.Do(QueryServer)
	w.See("> any", "Modified after", "Record ids")
	w.list().queryForm.Fields.Set(fieldActions, "deleted")
	w.list().queryForm.Fields.Set(fieldModified, "3 d")
	w.list().queryForm.Fields.Set(fieldIDs, "a1, a2\n\"b,1\"")
	w.Do(screen.Submit)
	w.See("‹records.askAll› clears", "query: − deleted · after 2026-02-26")
	w.Width = 120
	w.See("after 2026-02-26 12:00 UTC, 3 d ago · 3 ids")
	w.Width = 80
	query := w.server.asked[len(w.server.asked)-1].URL.Query()
	if query.Get("filter") != "deleted" || query.Get("modified_after") != "2026-02-26T12:00:00Z" ||
		strings.Join(query["ids"], "|") != "a1|a2|b,1" {
		t.Errorf("asked for %v", query)
	}
	w.Do(QueryServer)
	w.See("b,1")
	w.Do(screen.FilterDrop)
	w.Do(QueryAll)
	w.NotSee("query:")
	if query := w.server.asked[len(w.server.asked)-1].URL.Query(); query.Has("filter") || query.Has("ids") {
		t.Errorf("asked for %v", query)
	}
}

func TestReadTime(t *testing.T) {
	for text, want := range map[string]time.Time{
		"":                          {},
		"2 h":                       noon.Add(-2 * time.Hour),
		"3d":                        noon.AddDate(0, 0, -3),
		"90 min":                    noon.Add(-90 * time.Minute),
		"1 w ago":                   noon.AddDate(0, 0, -7),
		"2026-02-01":                time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC),
		"2026-02-01 10:30":          time.Date(2026, 2, 1, 10, 30, 0, 0, time.UTC),
		"2026-02-01T10:30:00+02:00": time.Date(2026, 2, 1, 8, 30, 0, 0, time.UTC),
	} {
		if got, err := readTime(text, noon); err != nil || !got.Equal(want) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"soon", "2", "h", "-2 h", "99999999999999999999 d", "400 d", "2025-01-01", "2026-03-02", "2 y"} {
		if got, err := readTime(text, noon); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestTooManyIDs(t *testing.T) {
	w := open(t, contacts, 3, contact)
	w.Do(QueryServer)
	w.list().queryForm.Fields.Set(fieldIDs, strings.Repeat("x\n", 101))
	w.list().queryForm.Fields.Focus(fieldIDs)
	w.Do(screen.Submit)
	w.Height = 40
	w.See("101 ids are too many")
}

func TestEmptyModel(t *testing.T) {
	w := open(t, contacts, 0, contact)
	w.See("No records of Contact", "Case matters")
}

func TestLoadFailure(t *testing.T) {
	w := hold(t, contacts, &maker{t: t, fault: func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"error":{"code":"unknown_connection","message":"no such connection"}}`)
		return true
	}}).start()
	w.See("Couldn't load records", "unknown_connection", "‹screen.refresh› tries again")
}

func TestSecretsHaveNoColumn(t *testing.T) {
	w := open(t, contacts, 5, func(i int) made {
		return made{payload: fmt.Sprintf(`"api_key":"sk-secret-%d","name":"n%d","credentials":{"user":"joe-secret-%d"},`+
			`"note":"Bearer abcdefghijklmnopqrstuvwxyz%d"`, i, i, i, i)}
	})
	w.NotSee("API_KEY", "sk-secret", "Bearer abc")
	w.Do(OpenRecord)
	w.See("api_key", nango.Masked)
	w.NotSee("sk-secret", "joe-secret", "Bearer abc")
	w.Leave()
	for _, text := range []string{".api_key", ".credentials.user", `.api_key | explode | implode`, `"\(.credentials)"`, ".note"} {
		w.jq(text)
		w.See(nango.Masked)
		w.NotSee("sk-secret", "joe-secret", "Bearer abc")
	}
	w.Do(screen.ClearFilter)
	w.Do(Copy)
	w.Pick("Record as JSON")
	if text := w.Copied[0].Text; strings.Contains(text, "secret-0") || !strings.Contains(text, nango.Masked) {
		t.Errorf("copied %s", text)
	}
}

func TestListFitsEveryTerminal(t *testing.T) {
	w := open(t, contacts, 300, func(i int) made {
		r := contact(i)
		r.payload += `,"evil":"\u001b[31m株式会社\u202e"`
		return r
	})
	w.jq("select(.score > 5) | if .score == 7 then error(\"seven\") else . end")
	screens := []func(){func() {}, func() { w.Do(Expression); w.Type("(") }, func() { w.Do(screen.FilterDrop); w.filter("x") },
		func() { w.Do(screen.FilterDrop); w.Do(QueryServer) },
		func() { w.Do(screen.FilterDrop); w.Do(Export) }, func() { w.Do(screen.LeaveForm); w.Do(Prune) }}
	for _, step := range screens {
		step()
		for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}, {300, 3}} {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
		}
		w.Width, w.Height = 80, 19
	}
}

package nango

import (
	"fmt"
	"runtime"
	"testing"
)

// book is a server's list that shifts between pages.
type book []Connection

func newBook(n int) book {
	rows := make(book, n)
	for i := range rows {
		rows[i] = Connection{ID: fmt.Sprintf("conn-%06d", i), Integration: "hubspot"}
	}
	return rows
}

func (b book) page(query map[string][]string) []Connection {
	var limit, page int
	_, _ = fmt.Sscan(query["limit"][0], &limit)
	if len(query["page"]) > 0 {
		_, _ = fmt.Sscan(query["page"][0], &page)
	}
	from := min(page*limit, len(b))
	return append([]Connection(nil), b[from:min(from+limit, len(b))]...)
}

// readAll reads until the list ends or reaches its bound, and counts requests and rows.
func readAll(pages *ConnectionPages, from func() book) (requests int, ids map[string]int) {
	ids = map[string]int{}
	for {
		next, more := pages.Next()
		if !more {
			return requests, ids
		}
		requests++
		for _, row := range pages.Add(from().page(next.Call().Query)) {
			ids[row.ID]++
		}
	}
}

func TestConnectionPagesTakeFewRequests(t *testing.T) {
	for _, test := range []struct{ rows, requests int }{{0, 1}, {99, 1}, {100, 2}, {2000, 3}, {2001, 3}, {10_500, 7}} {
		rows := newBook(test.rows)
		pages := NewConnectionPages(ConnectionQuery{Search: "x", Limit: 7, Page: 3})
		requests, ids := readAll(pages, func() book { return rows })
		if requests != test.requests || len(ids) != test.rows || pages.Loaded() != test.rows || !pages.Done() {
			t.Errorf("%d rows: %d requests, %d ids, done %v", test.rows, requests, len(ids), pages.Done())
		}
	}
}

func TestFirstPageIsSmall(t *testing.T) {
	pages := NewConnectionPages(ConnectionQuery{Search: "acme"})
	first, _ := pages.Next()
	again, _ := pages.Next()
	if first.Call().RequestURI() != "/connections?limit=100&search=acme" || again.Call().RequestURI() != first.Call().RequestURI() {
		t.Errorf("first %s, again %s", first.Call().RequestURI(), again.Call().RequestURI())
	}
	pages.Add(newBook(FirstPage))
	second, _ := pages.Next()
	if second.Call().RequestURI() != "/connections?limit=2000&search=acme" {
		t.Errorf("second %s", second.Call().RequestURI())
	}
}

func TestBoundStopsAndIsRaised(t *testing.T) {
	rows := newBook(45_000)
	pages := NewConnectionPages(ConnectionQuery{})
	readAll(pages, func() book { return rows })
	if !pages.AtBound() || pages.Done() || pages.Loaded() != ConnectionsBound || pages.Bound() != ConnectionsBound {
		t.Fatalf("loaded %d, at bound %v", pages.Loaded(), pages.AtBound())
	}
	pages.RaiseBound()
	readAll(pages, func() book { return rows })
	if pages.AtBound() || !pages.Done() || pages.Loaded() != len(rows) {
		t.Errorf("after lifting: loaded %d, done %v", pages.Loaded(), pages.Done())
	}
}

func TestDuplicatesAreDropped(t *testing.T) {
	rows := newBook(5000)
	rows[10].Integration = "slack" // the same id in another integration is another connection
	rows[10].ID = rows[11].ID
	turn := 0
	pages := NewConnectionPages(ConnectionQuery{})
	_, ids := readAll(pages, func() book {
		turn++
		fresh := book{{ID: fmt.Sprint("new-", turn), Integration: "hubspot"}} // one is created before each page
		rows = append(fresh, rows...)
		return rows
	})
	for id, times := range ids {
		if want := 1 + boolInt(id == "conn-000011"); times != want {
			t.Errorf("%s came %d times", id, times)
		}
	}
	if ids["conn-004999"] != 1 || ids["conn-000011"] != 2 {
		t.Errorf("rows are missing: %d", len(ids))
	}
}

// A server that ignores page numbers always returns the first page.
func TestRepeatedPageEndsTheList(t *testing.T) {
	pages := NewConnectionPages(ConnectionQuery{})
	requests := 0
	for _, more := pages.Next(); more && requests < 10; _, more = pages.Next() {
		pages.Add(newBook(MaxPage))
		requests++
	}
	if requests != 2 || !pages.Done() || pages.Loaded() != MaxPage {
		t.Errorf("%d requests, %d loaded", requests, pages.Loaded())
	}
}

// A row takes a few bytes, however long its names are.
func TestDuplicateSetIsSmall(t *testing.T) {
	const rows = 100_000
	pages := NewConnectionPages(ConnectionQuery{})
	pages.RaiseBound()
	book := newBook(rows)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := 0; i < rows; i += MaxPage {
		pages.Add(book[i:min(i+MaxPage, rows)])
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 64*rows || pages.Loaded() != rows {
		t.Errorf("%d bytes a row, %d loaded", grown/rows, pages.Loaded())
	}
	runtime.KeepAlive(book)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func BenchmarkPagesAdd(b *testing.B) {
	rows := newBook(100_000)
	b.ReportAllocs()
	for b.Loop() {
		pages := NewConnectionPages(ConnectionQuery{})
		pages.RaiseBound()
		readAll(pages, func() book { return rows })
	}
}

package nango

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"nango-tui/internal/longtest"
)

// greedy serves n rows on the first page, whatever the request asks for.
func greedy(t *testing.T, n int, begin, row, end string) *Client {
	return serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
		if page := r.URL.Query().Get("page"); page != "" && page != "0" {
			reply(w, 200, begin+end)
			return
		}
		var body strings.Builder
		body.WriteString(begin)
		for i := range n {
			if i > 0 {
				body.WriteByte(',')
			}
			body.WriteString(strings.ReplaceAll(row, "#", fmt.Sprint(i)))
		}
		body.WriteString(end)
		reply(w, 200, body.String())
	})
}

// greedyRows is more than any bound. A page of 63 MB has 364,001 such rows.
func greedyRows() int { return longtest.Size(30_001, 364_001) }

func TestConnectionsOfOnePageAreBounded(t *testing.T) {
	n := greedyRows()
	client := greedy(t, n, `{"connections":[`, `{"connection_id":"c#","provider_config_key":"hubspot","provider":"hubspot"}`, `]}`)
	pages, kept := NewConnectionPages(ConnectionQuery{}), map[string]int{}
	read := func() {
		for {
			next, more := pages.Next()
			if !more {
				return
			}
			rows, err := Fetch(context.Background(), client, next)
			if err != nil || len(rows) > pages.Bound() || cap(rows) > 2*pages.Bound() {
				t.Fatalf("%d rows, room for %d: %v", len(rows), cap(rows), err)
			}
			for _, row := range pages.Add(rows) {
				kept[row.ID]++
			}
		}
	}
	read()
	if len(kept) != ConnectionsBound || pages.Loaded() != ConnectionsBound || !pages.AtBound() || pages.Done() {
		t.Errorf("%d rows are kept, at the bound: %v", len(kept), pages.AtBound())
	}
	for pages.AtBound() {
		pages.RaiseBound()
		read()
	}
	if len(kept) != n || pages.Loaded() != n || !pages.Done() {
		t.Errorf("%d rows of %d, done: %v", len(kept), n, pages.Done())
	}
}

func TestBoundIsReachedWithinAPage(t *testing.T) {
	rows := newBook(ConnectionsBound + 300)
	pages := NewConnectionPages(ConnectionQuery{})
	pages.Add(append(book(nil), rows[:FirstPage]...))
	before, _ := pages.Next()
	fresh := pages.Add(append(book(nil), rows[FirstPage:ConnectionsBound+50]...))
	if pages.Loaded() != ConnectionsBound || len(fresh) != ConnectionsBound-FirstPage || !pages.AtBound() {
		t.Errorf("%d rows are loaded", pages.Loaded())
	}
	pages.RaiseBound()
	if again, _ := pages.Next(); again.Call().RequestURI() != before.Call().RequestURI() {
		t.Errorf("continues with %s: the rest of the page is lost", again.Call().RequestURI())
	}
	pages = NewConnectionPages(ConnectionQuery{})
	pages.bound, pages.started = 300, true
	before, _ = pages.Next()
	pages.Add(newBook(300)) // no more were decoded
	pages.RaiseBound()
	if again, _ := pages.Next(); again.Call().RequestURI() != before.Call().RequestURI() {
		t.Errorf("continues with %s: what was not decoded is lost", again.Call().RequestURI())
	}
}

func TestRecordsOfOnePageAreBounded(t *testing.T) {
	client := greedy(t, greedyRows(), `{"records":[`, `{"id":"#","_nango_metadata":{"cursor":"c#"}}`, `],"next_cursor":"end"}`)
	pages := NewRecordPages(RecordQuery{Connection: sampleRef, Model: "Contact"})
	next, _ := pages.Next()
	page, err := Fetch(context.Background(), client, next)
	pages.Add(page)
	if err != nil || len(page.Records) != RecordsBound || !pages.AtBound() || pages.Done() {
		t.Fatalf("%d records, at the bound: %v, %v", len(page.Records), pages.AtBound(), err)
	}
	pages.RaiseBound()
	if next, _ = pages.Next(); next.Call().Query.Get("cursor") != fmt.Sprint("c", RecordsBound-1) {
		t.Errorf("continues with %s", next.Call().Query)
	}
	client = greedy(t, MaxRecordPage+1, `{"records":[`, `{"id":"#"}`, `],"next_cursor":"end"}`)
	if page, err := Fetch(context.Background(), client, next); err != nil || len(page.Records) != MaxRecordPage+1 {
		t.Errorf("%d records: %v", len(page.Records), err)
	}
	pages = NewRecordPages(RecordQuery{Connection: sampleRef, Model: "Contact"})
	first, _ := pages.Next()
	if _, err := Fetch(context.Background(), client, first); err == nil || !strings.Contains(err.Error(), "no cursors to continue") {
		t.Errorf("records are lost between two pages: %v", err)
	}
}

func TestFunctionsOfOnePageAreBounded(t *testing.T) {
	n := FunctionsBound + 7
	client := greedy(t, n, `{"data":[`, `{"name":"f#","type":"sync"}`, `],"pagination":{"total":3}}`)
	pages := NewFunctionPages(FunctionQuery{Integration: "hubspot"})
	next, _ := pages.Next()
	page, err := Fetch(context.Background(), client, next)
	pages.Add(page)
	if n := len(page.Functions); err != nil || n != FunctionsBound || cap(page.Functions) > n+512 || !pages.Done() || pages.Missing() != 7 {
		t.Errorf("%d functions, %d missing: %v", len(page.Functions), pages.Missing(), err)
	}
}

func TestListsWithoutPagesAreBounded(t *testing.T) {
	longtest.SkipInShort(t)
	fetch := func(begin, row, end string, read func(*Client) (int, error)) func(n int) (int, error) {
		return func(n int) (int, error) { return read(greedy(t, n, begin, row, end)) }
	}
	for name, list := range map[string]func(n int) (int, error){
		"integrations": fetch(`{"data":[`, `{"unique_key":"k#","provider":"hubspot"}`, `]}`, counted(ListIntegrations())),
		"providers":    fetch(`{"data":[`, `{"name":"p#"}`, `]}`, counted(ListProviders(""))),
		"templates":    fetch(`{"data":[`, `{"name":"t#","type":"sync"}`, `]}`, counted(ProviderTemplates("hubspot"))),
		"variables":    fetch(`[`, `{"name":"V#","value":"1"}`, `]`, counted(ListVariables())),
		"scripts": fetch(`[{"providerConfigKey":"k","provider":"p","syncs":[`, `{"name":"s#","type":"sync"}`, `]}]`,
			counted(ListScripts())),
	} {
		if n, err := list(3); err != nil || n == 0 {
			t.Errorf("%s: %d rows: %v", name, n, err)
		}
		if n, err := list(MaxRows + 1); n != 0 || err == nil || !strings.Contains(err.Error(), "more than 20000 rows") {
			t.Errorf("%s: %d rows: %v", name, n, err)
		}
	}
	syncs := fetch(`{"syncs":[`, `{"id":"#","name":"s#","status":"SUCCESS"}`, `]}`,
		counted(ListSyncs(SyncSelection{Connection: sampleRef, All: true})))
	if n, err := syncs(MaxRows + 5); n != MaxRows || err != nil {
		t.Errorf("%d syncs: %v", n, err)
	}
}

// counted fetches a list and returns the number of its rows.
func counted[T any](read Read[[]T]) func(*Client) (int, error) {
	return func(c *Client) (int, error) {
		rows, err := Fetch(context.Background(), c, read)
		return len(rows), err
	}
}

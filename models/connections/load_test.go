package connections

import (
	"cmp"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
)

// bigList is how many connections a large customer of Nango has.
const bigList = 10_500

// readyPages serves the list with pages that are ready, so that a benchmark measures the program and not the sandbox.
func readyPages(connections int) (handler http.Handler, key string) {
	server := sandbox.New(sandbox.Options{Seed: 7, Connections: connections, Now: func() time.Time { return noon }, RateLimit: -1})
	pages := map[string]*httptest.ResponseRecorder{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := pages[r.RequestURI]
		if page == nil {
			page = httptest.NewRecorder()
			server.ServeHTTP(page, r)
			pages[r.RequestURI] = page
		}
		w.Header().Set("Content-Type", page.Header().Get("Content-Type"))
		w.Header().Set("Content-Length", strconv.Itoa(page.Body.Len()))
		_, _ = w.Write(page.Body.Bytes())
	}), server.Keys().Environment
}

// pagesAsked are the pages that were read, as limit/page.
func pagesAsked(st *screentest.Stage) string {
	var all []string
	for _, call := range st.Fetched {
		all = append(all, call.Query.Get("limit")+"/"+cmp.Or(call.Query.Get("page"), "0"))
	}
	return strings.Join(all, " ")
}

// rowIDs are the ids of all rows, in their order.
func rowIDs(l *List) (ids []string) {
	for r := range l.table.Each() {
		ids = append(ids, r.id())
	}
	return ids
}

func TestPagesOfALongListAreReadTwoAtATime(t *testing.T) {
	handler, key := readyPages(7000)
	l := list(t, "connections")
	st := screentest.Closed(t, handler, key, l)
	st.HoldReads = true
	st.Open()
	for _, inFlight := range []int{1, 2, 2} { // a short list would take no request more
		st.Deliver()
		if st.InFlight() != inFlight {
			t.Fatalf("%d requests at a time after %s, not %d", st.InFlight(), pagesAsked(st), inFlight)
		}
	}
	st.DeliverAll()
	if got := pagesAsked(st); l.table.Len() != 7000 || got != "100/0 2000/0 2000/1 2000/2 2000/3 2000/4" {
		t.Errorf("%d rows of %s", l.table.Len(), got)
	}
	st.Fetched = nil
	st.Refresh()
	st.DeliverAll()
	if got := pagesAsked(st); l.table.Len() != 7000 || got != "100/0 2000/0 2000/1 2000/2 2000/3" {
		t.Errorf("a list whose length is known is read again with %s", got)
	}
}

func TestAPageThatOvertakesAnotherKeepsItsPlace(t *testing.T) {
	handler, key := readyPages(7000)
	inOrder, overtaken := list(t, "connections"), list(t, "connections")
	screentest.New(t, handler, key, inOrder)
	st := screentest.Closed(t, handler, key, overtaken)
	st.HoldReads = true
	for st.Open(); st.InFlight() > 0; {
		st.DeliverNewest()
	}
	if got, want := rowIDs(overtaken), rowIDs(inOrder); len(want) != 7000 || !slices.Equal(got, want) {
		t.Errorf("%d rows in another order than %d", len(got), len(want))
	}
}

func TestAPageThatFailsEndsTheLoadAtItsPlace(t *testing.T) {
	ready, key := readyPages(7000)
	for fails, rows := range map[string]int{"1": 2000, "2": 4000} {
		l := list(t, "connections")
		st := screentest.Closed(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.FormValue("page") == fails {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			ready.ServeHTTP(w, r)
		}), key, l)
		st.Open()
		if l.table.Len() != rows || !l.load.HasFailed() || l.load.IsLoading() || l.ahead.IsLoading() || st.InFlight() > 0 {
			t.Errorf("page %s: %d rows, error %v", fails, l.table.Len(), l.load.Err)
		}
	}
}

func TestTheProgramItselfReadsOnePageAtATime(t *testing.T) {
	handler, key := readyPages(7000)
	st := screentest.New(t, handler, key, list(t, "connections"))
	st.HoldReads = true
	for st.Turn(func(t *screen.Turn) { t.Background = true; st.Screen.Refresh(t) }); st.InFlight() > 0; st.Deliver() {
		if st.InFlight() > 1 {
			t.Fatalf("%d requests at a time", st.InFlight())
		}
	}
}

// loadAllocations is how often loading may allocate for each connection.
const loadAllocations = 4

func TestALoadAllocatesLittle(t *testing.T) {
	const connections = 4000
	handler, key := readyPages(connections)
	each := testing.AllocsPerRun(1, func() {
		l := list(t, "connections")
		screentest.Closed(t, handler, key, l).Open()
		if l.table.Len() != connections {
			t.Fatal(l.table.Len(), l.load.Err)
		}
	}) / connections
	if each > loadAllocations {
		t.Errorf("loading allocates %.1f times for each connection; %d are the bound", each, loadAllocations)
	}
	t.Logf("%.1f allocations for each connection", each)
}

// BenchmarkLoad reads the whole list, without drawing it.
func BenchmarkLoad(b *testing.B) {
	handler, key := readyPages(bigList)
	b.ReportAllocs()
	for b.Loop() {
		l := list(b, "connections")
		st := screentest.Closed(b, handler, key, l) // a stage that has read it before reads nothing
		st.Open()
		if l.table.Len() != bigList {
			b.Fatal(l.table.Len(), l.load.Err)
		}
	}
}

// BenchmarkDownload reads the same pages and does nothing with them, as curl does: what BenchmarkLoad is measured by.
func BenchmarkDownload(b *testing.B) {
	handler, key := readyPages(bigList)
	server := httptest.NewServer(handler)
	defer server.Close()
	st := screentest.Closed(b, handler, key, list(b, "connections"))
	st.Open()
	b.ReportAllocs()
	for b.Loop() {
		for _, call := range st.Fetched {
			request, err := http.NewRequest(http.MethodGet, call.URL(server.URL), nil)
			if err != nil {
				b.Fatal(err)
			}
			request.Header.Set("Authorization", "Bearer "+key)
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, response.Body)
			_ = response.Body.Close()
		}
	}
}

package models

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models/connections/bulk"
	"nango-tui/nango/sandbox"
)

// A run of thousands keeps no memory for what it has sent.
func TestALargeRunKeepsMemoryFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("sends thousands of requests")
	}
	count := longtest.Size(300, 10_000)
	m := newMachine(t, guard.Profile{})
	m.server = sandbox.New(sandbox.Options{Wait: noWait, Seed: 3, RateLimit: -1, Connections: count})
	d := m.start()
	d.do(bulk.Delete)
	d.undrawn = true
	confirmMany(d, "")
	var first uint64
	const unusable = 3 // ids that Nango takes and then refuses
	for m.server.ConnectionCount() > unusable {
		before := m.server.ConnectionCount()
		d.advance(2 * time.Minute)
		if m.server.ConnectionCount() == before {
			t.Fatalf("%d are left:\n%s", before, d.screen())
		}
		if first == 0 {
			first = heap()
		}
	}
	d.advance(time.Second)
	d.see("deleted, 3 failed.")
	if last := heap(); last > first+8<<20 {
		t.Errorf("%d MB at first, %d MB after %d requests", first>>20, last>>20, count)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// sparing counts how much of the budget is left after each deletion.
type sparing struct {
	http.Handler
	least int
}

func (s *sparing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	recorded := httptest.NewRecorder()
	s.Handler.ServeHTTP(recorded, r)
	for name, values := range recorded.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(recorded.Code)
	_, _ = w.Write(recorded.Body.Bytes())
	if left, err := strconv.Atoi(recorded.Header().Get("X-RateLimit-Remaining")); err == nil && r.Method == http.MethodDelete {
		s.least = min(s.least, left)
	}
}

// A run leaves a quarter of the budget to others, and waits for the next minute.
func TestARunLeavesAQuarterOfTheBudget(t *testing.T) {
	const limit, count = 40, 75
	var d *driver
	start := time.Now()
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: 3, RateLimit: limit, Connections: count, Now: func() time.Time {
		if d == nil {
			return start
		}
		return d.now
	}})
	counted := &sparing{Handler: server, least: limit}
	d = newDriver(t, counted, server.Keys().Environment, "acme", profiles{"acme": {}})
	d.now = d.now.Truncate(time.Second).Add(time.Second / 2) // the limit's times are in whole seconds
	d.do(bulk.Delete)
	d.see("about 2 min")
	began, waits := d.now, 0
	d.onWait = func() { waits++ }
	confirmMany(d, "")
	d.advance(10 * time.Minute)
	const early = 1 // the server says in whole seconds when the next minute begins
	if server.ConnectionCount() > 3 || waits < 2 || counted.least < limit/4-early {
		t.Errorf("%d left; %d waits since %v; %d requests were left at least", server.ConnectionCount(), waits, began, counted.least)
	}
}

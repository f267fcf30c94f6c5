package connections

import (
	"fmt"
	"runtime"
	"testing"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

const (
	// many is how many connections a long list has in benchmarks and in long mode.
	many = 100_000
	// rowBytes is how much memory a row may take.
	rowBytes = 500
)

// manyRows are rows as they come from a server, with the tags that customers have.
func manyRows(n int) []row {
	var rows []row
	var w rowWriter
	for i := range n {
		c := madeUp(i)
		rows = append(rows, w.row(&c))
	}
	return rows
}

func madeUp(i int) nango.Connection {
	mixed := i * 7919 % 99_991
	name := string(rune('A'+mixed%26)) + string(rune('a'+mixed/26%26)) + "a Abbott"
	c := nango.Connection{
		ID: fmt.Sprintf("%08x-77e2-4a10-b1de-%012d", mixed*40503, i), Integration: []string{"hubspot", "salesforce",
			"google-calendar"}[i%3], Provider: "oauth-provider",
		Created: noon.AddDate(0, 0, -mixed%900),
		Tags: map[string]string{
			"end_user_id": fmt.Sprintf("usr_%d", i), "end_user_email": fmt.Sprintf("ada.abbott%d@northwind-analytics.example", i),
			"end_user_display_name": name,
			"organization_id":       "org_northwind-analytics", "organization_display_name": "Northwind Analytics",
			"plan": []string{"free", "starter", "growth"}[mixed%3], "region": "eu-west",
		},
	}
	if i%30 == 0 {
		c.Errors = []nango.ConnectionError{{Type: "auth", LogID: "1772366372548_AP3Bm9In"}}
	}
	return c
}

// loaded is a list that has read n connections.
func loaded(t testing.TB, n int) *List {
	t.Helper()
	l := list(t, "connections")
	l.pages = nango.NewConnectionPages(nango.ConnectionQuery{})
	l.at = noon
	l.Tick(noon)
	l.add(manyRows(n))
	return l
}

// drawn counts how often a cell was drawn.
func drawn(l *List, width, height int) int {
	cells := 0
	columns := columns()
	for i := range columns {
		cell := columns[i].Cell
		columns[i].Cell = func(f ui.Frame, r *row) ui.Cell {
			cells++
			return cell(f, r)
		}
	}
	counting := table.New(func(r *row) nango.ConnectionRef { return r.ref() }, columns...)
	var rows []row
	for r := range l.table.Each() {
		rows = append(rows, *r)
	}
	counting.SetRows(rows)
	l.table = counting
	l.View(frame(width, height))
	return cells
}

func TestOnlyWhatIsSeenIsDrawn(t *testing.T) {
	n := longtest.Size(many/5, many)
	few, all := drawn(loaded(t, 100), 120, 35), drawn(loaded(t, n), 120, 35)
	if few != all {
		t.Errorf("%d cells are drawn for 100 connections, %d for %d", few, all, n)
	}
}

func TestAKeyCostsTheSameInALongList(t *testing.T) {
	allocations := func(n int) float64 {
		key := oneKey(loaded(t, n))
		return testing.AllocsPerRun(20, key)
	}
	n := longtest.Size(many/5, many)
	few, all := allocations(100), allocations(n)
	if all > few*1.5 {
		t.Errorf("a key allocates %.0f times in a list of 100, %.0f in one of %d", few, all, n)
	}
	t.Logf("%.0f allocations a key", few)
}

// oneKey is what happens when the cursor is moved: the action is found and done, and the screen drawn.
func oneKey(l *List) func() {
	f := frame(120, 35)
	l.preview.drawn = false
	down := true
	return func() {
		id := screen.Down
		if down = !down; down {
			id = screen.Up
		}
		for _, action := range l.Actions() {
			if action.ID == id {
				action.Do(&screen.Turn{Now: noon})
			}
		}
		l.View(f)
	}
}

func TestARowTakesLittleMemory(t *testing.T) {
	n := longtest.Size(many/5, many)
	before := heap()
	l := loaded(t, n)
	each := float64(heap()-before) / float64(n)
	if each > rowBytes {
		t.Errorf("a row takes %.0f bytes; %d are the bound", each, rowBytes)
	}
	t.Logf("%.0f bytes a row", each)
	runtime.KeepAlive(l)
}

func heap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

func TestAListReadAgainKeepsTheTextsItHas(t *testing.T) {
	w := bigWorld(t, 5000).open(list(t, "connections"))
	before := heap()
	w.Do(screen.Refresh)
	if grown := heap() - before; grown > 5000*rowBytes/4 {
		t.Errorf("the list takes %d bytes more after it was read again", grown)
	}
}

func BenchmarkKey(b *testing.B) {
	for _, n := range []int{100, many} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			key := oneKey(loaded(b, n))
			b.ReportAllocs()
			for b.Loop() {
				key()
			}
		})
	}
}

func BenchmarkFilter(b *testing.B) {
	l := loaded(b, many)
	for _, text := range []string{"g", "ada.abbott99", "northwind !salesforce", "tag:plan=growth", "integration:hub", "nothing like that",
		"northwind org:analytics age:>30d", "abbott northwind eu-west", "-zzz -yyy -qqq", "state:auth|sync integration:hub tag.plan:growth"} {
		parsed := func(text string) localFilter { return localFilter{query: filter.Parse(text, l.language().Specs()...)} }
		b.Run(text, func(b *testing.B) { // at once, as by a saved view
			for b.Loop() {
				l.table.Filter(l.language().Matcher(parsed(text).query, l.Now))
			}
		})
		b.Run(text+"/keys", func(b *testing.B) { // the last letter is typed and erased
			l.applyFilterAnd(parsed(text))
			for b.Loop() {
				l.applyFilterAnd(parsed(text[:len(text)-1]))
				l.applyFilterAnd(parsed(text))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/2, "ns/key")
		})
	}
}

func BenchmarkTypeOn(b *testing.B) {
	l := loaded(b, many)
	text := "northwind-analytics"
	for b.Loop() {
		for n := range text {
			l.applyFilterAnd(localFilter{query: filter.Parse(text[:n+1])})
		}
		l.applyFilterAnd(localFilter{})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/key")
}

func BenchmarkSort(b *testing.B) {
	l := loaded(b, many)
	for _, c := range columns() {
		name := c.ID
		b.Run(name, func(b *testing.B) { // in the background
			for b.Loop() {
				l.table.BeginSort(name, true)()
			}
		})
		b.Run(name+"/begin", func(b *testing.B) { // on App's goroutine, as is the next
			for b.Loop() {
				l.table.BeginSort(name, true)
			}
		})
		show := l.table.BeginSort(name, true)()
		b.Run(name+"/show", func(b *testing.B) {
			for b.Loop() {
				show()
			}
		})
	}
}

func BenchmarkNewRow(b *testing.B) {
	c := madeUp(7)
	b.ReportAllocs()
	for b.Loop() {
		newRow(&c)
	}
}

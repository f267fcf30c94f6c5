package records

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"testing"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	many = 10_000
	// listBytes is how much memory 10,000 records of 2 KB may take, with all that is drawn, searched and sorted by: a
	// quarter more than their texts. The program with such a list stays below 100 MB, garbage included.
	listBytes = 27 << 20
	// exportBytes is how much more memory a long export may hold than a short one.
	exportBytes = 4 << 20
)

var padding = strings.Repeat("Called about the renewal, asked for the figures of last quarter. ", 26)

// large returns a record of 2 KB with the usual fields of a provider.
func large(i int) made {
	return made{id: fmt.Sprintf("9007199254%06d", i), payload: fmt.Sprintf(
		`"email":"ada%d@northwind.example","first_name":"Ada","last_name":"Abbott %d","score":%d,"active":%v,`+
			`"owner":"1180591620717411303424","created_at":"2026-01-0%dT10:00:00Z","address":{"street":"Ringstraße %d",`+
			`"city":"大阪市"},"labels":["q%d","bug"],"notes":"%s"`,
		i, i, i%5000, i%2 == 0, 1+i%9, i, i%4, padding)}
}

func loaded(t testing.TB, n int) *world {
	t.Helper()
	w := open(t, contacts, n, large)
	for w.list().atBound() {
		w.Do(LoadMore)
	}
	w.server.asked, w.Fetched = nil, nil
	return w
}

func heap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

func TestMemoryOf10000Records(t *testing.T) {
	if testing.Short() {
		t.Skip("measures memory")
	}
	before := heap()
	w := loaded(t, many)
	w.View()
	w.filter("ada9")
	w.See("1,111 of 10,000")
	w.Do(screen.FilterDone)
	w.jq(".active and .score > 10")
	w.Sort("id")
	w.View()
	took := heap() - before
	size := int64(w.list().bytes)
	t.Logf("%d MB of records, %.1f MB in all", size>>20, float64(took)/(1<<20))
	if size < many*2000 || took > listBytes {
		t.Errorf("%d records of %d bytes take %d bytes", w.list().table.Len(), size, took)
	}
	runtime.KeepAlive(w)
}

func TestReloadDoesNotDoubleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("measures memory")
	}
	w := loaded(t, many)
	before := heap()
	w.Do(screen.Refresh)
	w.server.asked, w.Fetched = nil, nil
	if grown := heap() - before; grown > 2<<20 {
		t.Errorf("it takes %d bytes more when it was read again", grown)
	}
	runtime.KeepAlive(w)
}

// memoryMeter is a disk that drops what is written to it and measures the heap every few megabytes.
type memoryMeter struct {
	screen.Files
	written, next, most int64
}

func (s *memoryMeter) Create(string, bool) (screen.Draft, error) { return s, nil }

func (s *memoryMeter) Path(name string) (string, error) { return name, nil }

func (s *memoryMeter) Write(some []byte) (int, error) {
	const step = 4 << 20
	if s.written += int64(len(some)); s.written >= s.next {
		s.next += step
		s.most = max(s.most, heap())
	}
	return len(some), nil
}

func (s *memoryMeter) Commit() error  { return nil }
func (s *memoryMeter) Discard() error { return fs.ErrInvalid }

// heldByExport exports n records with a filter and an expression, and returns the most bytes that it held meanwhile.
func heldByExport(t *testing.T, n int) int64 {
	t.Helper()
	w := open(t, contacts, n, large)
	w.filter("renewal")
	w.Do(screen.FilterDone)
	w.jq(".score >= 0")
	l := w.list()
	source := l.source()
	before := heap()
	disk := &memoryMeter{}
	var done exportResult
	var task screen.Task[exportResult]
	w.Turn(func(t *screen.Turn) {
		task.Start(t, func(ctx context.Context, tools screen.Tools) (exportResult, error) {
			tools.Files = disk
			return writeFile(ctx, tools, "all.csv", false, &export{source: source, tools: tools, progress: &progress{}, began: noon})
		}, nil)
	})
	done = task.Value
	if task.Err != nil || done.count != int64(n) || disk.written < int64(n)*1900 {
		t.Fatalf("%d records, %d bytes, %v", done.count, disk.written, task.Err)
	}
	t.Logf("%d records, %d MB written, %.1f MB more held at most", n, disk.written>>20, float64(disk.most-before)/(1<<20))
	return disk.most - before
}

// Short exports are longer than what a list loads by itself, so that most records are streamed.
func TestExportMemoryIsConstant(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds, and ten times as long with the race detector")
	}
	few, all := longtest.Size(12_000, 20_000), longtest.Size(18_000, 100_000)
	short, long := heldByExport(t, few), heldByExport(t, all)
	if long > short+exportBytes {
		t.Errorf("an export of %d records holds %d bytes, one of %d %d", all, long, few, short)
	}
}

func TestKeyCostIsIndependentOfLength(t *testing.T) {
	if testing.Short() {
		t.Skip("measures memory")
	}
	allocations := func(n int) float64 {
		l := loaded(t, n).list()
		f := ui.Frame{Width: 120, Height: 35, Now: noon}
		l.table.MoveTo(40)
		l.View(f)
		return testing.AllocsPerRun(20, func() {
			l.table.Down()
			l.View(f)
		})
	}
	if few, all := allocations(100), allocations(many); all > few*1.5 {
		t.Errorf("a key allocates %.0f times in a list of 100, %.0f in one of %d", few, all, many)
	}
}

func BenchmarkExpression(b *testing.B) {
	w := loaded(b, many)
	var inputs []input
	for r := range w.list().table.Each() {
		inputs = append(inputs, input{r.id, r.raw})
	}
	secrets := nango.NewSecrets()
	secrets.Add("a-secret-of-some-length", "another-secret-that-was-seen")
	tools := screen.NewTools(nil, nil, secrets)
	for _, text := range []string{".score > 100", `select(.email | test("ada9"))`, "{id, email, score}", ".",
		"[.. | strings] | length", "group_by(.score)?, .labels[0]"} {
		b.Run(text, func(b *testing.B) {
			code, err := compile(text)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if o, err := apply(context.Background(), tools, code, inputs, &progress{}, modeAuto); err != nil || o.stopReason != nil {
					b.Fatal(err, o.stopReason)
				}
			}
		})
	}
}

func BenchmarkFilter(b *testing.B) {
	l := loaded(b, many).list()
	for _, text := range []string{"r", "ada999", "northwind !ada1", "last_name:77", "大阪", "nothing like that"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				l.Filter.SetValue(text)
				l.refilter()
			}
		})
	}
}

func BenchmarkSort(b *testing.B) {
	l := loaded(b, many).list()
	for _, column := range []string{"id", "field.0", "field.2", "changed"} {
		b.Run(column, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				l.table.Sort(column, n%2 == 0)
			}
		})
	}
}

func BenchmarkExport(b *testing.B) {
	l := loaded(b, many).list()
	source := l.source()
	tools := screen.NewTools(nil, &memoryMeter{next: 1 << 60}, nango.NewSecrets())
	for _, name := range []string{"a.json", "a.csv"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := writeFile(context.Background(), tools, name, false,
					&export{source: source, tools: tools, progress: &progress{}, began: noon}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

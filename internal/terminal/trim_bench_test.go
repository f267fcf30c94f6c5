package terminal

import (
	"fmt"
	"testing"
)

// pages are the frames of a list of connections at 120×40 that is paged: most of all cells change.
func pages(t testing.TB) (frames [][]byte) {
	t.Helper()
	d := newDrawing(120, 40)
	names := []string{"Globex Inc.", "株式会社サンプル", "Anna Kowalczyk", "François", "राहुल गुप्ता", "Анна Ковальчук"}
	for page := range 8 {
		lines := make([]string, 40)
		for i := range lines {
			n := page*40 + i
			lines[i] = fmt.Sprintf("  \x1b[1m%s\x1b[m", names[n*7%len(names)])
			lines[i] = beside(lines[i], n) + fmt.Sprintf("   \x1b[38;5;247morganization %d\x1b[m   hubspot-%d", n, n%9) +
				fmt.Sprintf("   \x1b[38;5;203m✗ auth\x1b[m  %d h", n%70)
		}
		frames = append(frames, d.frame(lines))
	}
	return frames
}

func TestFollowingAPageAllocatesLittle(t *testing.T) {
	frames, w := pages(t), newTrimmer(120, 40)
	i, bytes := 0, 0
	follow := func() {
		frame := frames[i%len(frames)]
		bytes += len(frame)
		w.trim(frame)
		i++
	}
	for range frames {
		follow() // what is kept of characters and styles
	}
	bytes, i = 0, 0
	allocations := testing.AllocsPerRun(2*len(frames)-1, follow)
	if each := bytes / i; allocations > float64(each)/10 {
		t.Errorf("following %d bytes allocates %.0f times", each, allocations)
	}
	t.Logf("%.0f allocations for %d bytes", allocations, bytes/i)
}

func BenchmarkTrimPages(b *testing.B) {
	frames, w := pages(b), newTrimmer(120, 40)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		frame := frames[i%len(frames)]
		b.SetBytes(int64(len(frame)))
		w.trim(frame)
	}
}

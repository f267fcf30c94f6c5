package proxy

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// onTheScreen is how long a response of 5 MB may take from its last byte to its first frame.
const onTheScreen = 700 * time.Millisecond

// bodies are 5 MB each: records, one long text, and the worst case for the JSON viewer.
func bodies() map[string][2]string {
	const size = 5 << 20
	var records strings.Builder
	records.WriteString(`{"data":[`)
	for i := 0; records.Len() < size; i++ {
		if i > 0 {
			records.WriteByte(',')
		}
		fmt.Fprintf(&records,
			`{"id":%d,"name":"Ada Abbott %d","email":"ada%d@example.com","token":"tok_%d_secret","tags":["a","b"],`+
				`"nested":{"at":"2026-11-22T10:11:12Z","score":%d.5}}`, i, i, i, i, i)
	}
	records.WriteString(`]}`)
	return map[string][2]string{
		"records":  {"application/json", records.String()},
		"one text": {"application/json", `{"data":"` + strings.Repeat("x", size) + `"}`},
		"digits":   {"application/json", "[" + strings.Repeat("1,", size/2) + "1]"},
		"lines":    {"text/plain", strings.Repeat("2026-11-22 10:11:12 GET /contacts 200 token=abcdefghijkl\n", size/57)},
		"HTML":     {"text/html", "<html><body>" + strings.Repeat("<p>All <b>systems</b> &amp; parts work</p>\n", size/44) + "</body></html>"},
	}
}

// BenchmarkResponseOf5MB measures the time from the last byte that the server writes to the first frame that shows the body. The
// limit applies to the best run, because a busy machine slows the others.
func BenchmarkResponseOf5MB(b *testing.B) {
	for name, body := range bodies() {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b)
			var written time.Time
			w.handler = http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
				if !strings.HasPrefix(r.URL.Path, "/proxy/") {
					w.server.ServeHTTP(out, r)
					return
				}
				out.Header().Set("Content-Type", body[0])
				_, _ = out.Write([]byte(body[1])) // a test without its client has failed already
				written = time.Now()
			})
			best, worst := time.Hour, time.Duration(0)
			for b.Loop() {
				w.get("/records")
				w.Width, w.Height = 120, 35
				w.Raw()
				took := time.Since(written)
				best, worst = min(best, took), max(worst, took)
				w.See("the provider responded 200", "line 1")
			}
			b.ReportMetric(float64(best.Milliseconds()), "ms/best")
			b.ReportMetric(float64(worst.Milliseconds()), "ms/worst")
			if best > onTheScreen {
				b.Errorf("it took %v to be on the screen; the bound is %v", best, onTheScreen)
			}
		})
	}
}

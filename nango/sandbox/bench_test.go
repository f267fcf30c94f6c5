package sandbox

import (
	"net/http/httptest"
	"runtime"
	"testing"
)

func BenchmarkPageOf2000(b *testing.B) {
	s := New(Options{Seed: 1, Connections: MaxConnections, RateLimit: -1})
	r := httptest.NewRequest("GET", "/connections?limit=2000&page=20", nil)
	r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		b.SetBytes(int64(w.Body.Len()))
	}
}

func BenchmarkFilterByTag(b *testing.B) {
	s := New(Options{Seed: 1, Connections: MaxConnections, RateLimit: -1})
	r := httptest.NewRequest("GET", "/connections?limit=2000&tags[end_user_id]=usr_10777", nil)
	r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
	for b.Loop() {
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
}

// BenchmarkNew100000 reports the heap of a sandbox too.
func BenchmarkNew100000(b *testing.B) {
	var s *Server
	for b.Loop() {
		s = New(Options{Seed: 1, Connections: MaxConnections})
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-kept")
	runtime.KeepAlive(s)
}

func BenchmarkNew1000(b *testing.B) {
	for b.Loop() {
		New(Options{Seed: 1, Connections: 1000})
	}
}

// BenchmarkStatusOfAnIntegration requests all syncs of thousands of connections, which is slow on a real server too.
func BenchmarkStatusOfAnIntegration(b *testing.B) {
	s := New(Options{Seed: 1, Connections: 10_000, RateLimit: -1})
	r := httptest.NewRequest("GET", "/sync/status?syncs=*&provider_config_key=google-calendar", nil)
	r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		b.SetBytes(int64(w.Body.Len()))
	}
}

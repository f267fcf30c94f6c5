package sandbox

import (
	"net/http"
	"slices"
)

// Limits of Requests. The oldest requests are dropped first.
const (
	maxReceived      = 4_000
	maxReceivedBytes = 64 << 20
)

// Request is a request as it arrived.
type Request struct {
	Method, Host, Path, RawQuery string
	Header                       http.Header
	Body                         []byte
}

type requestLog struct {
	list  []Request
	bytes int
}

func (s *Server) logRequest(r *http.Request, body []byte) {
	entry := Request{Method: r.Method, Host: r.Host, Path: r.URL.EscapedPath(), RawQuery: r.URL.RawQuery, Header: r.Header.Clone(), Body: body}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requestLog.add(entry)
}

func (r *requestLog) add(entry Request) {
	r.list = append(r.list, entry)
	r.bytes += len(entry.Body)
	drop := 0
	if len(r.list) > maxReceived {
		drop = maxReceived / 4
	}
	for left := r.bytes; left > maxReceivedBytes && drop < len(r.list)-1; drop++ {
		left -= len(r.list[drop].Body)
	}
	for _, old := range r.list[:drop] {
		r.bytes -= len(old.Body)
	}
	r.list = slices.Delete(r.list, 0, drop)
}

// Requests returns the last requests that arrived, oldest first: thousands, or fewer if their bodies are large. Path is
// escaped, as it was sent.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requestLog.list)
}

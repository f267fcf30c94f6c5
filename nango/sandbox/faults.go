package sandbox

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is a failure of the requests that match it. Latency is applied first and can stand alone; of the others, only the
// first that is set is applied.
type Fault struct {
	Method     string // "" = any
	PathPrefix string // "" = any
	Times      int    // number of requests; 0 = until ClearFaults

	Latency     time.Duration
	Hang        bool // no answer until the client closes the connection or ClearFaults is called
	Reset       bool // a TCP reset
	CutAfter    int  // the connection is closed after so many bytes of the body
	NoBody      bool // Status without a body
	Status      int  // this status instead of the answer; 0 with a Body is 200
	Body        string
	ContentType string // "" = JSON
}

// maxFaults limits the active faults; the oldest are dropped first.
const maxFaults = 1_000

type faults struct {
	wait    func(context.Context, time.Duration) error
	active  []*Fault
	cleared chan struct{} // closed by ClearFaults
}

// Inject adds a fault. If several match a request, the one injected first applies.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.faults.active) >= maxFaults {
		s.faults.active = s.faults.active[1:]
	}
	s.faults.active = append(s.faults.active, &f)
}

// ClearFaults removes all faults. Hanging requests continue.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.active = nil
	close(s.faults.cleared)
	s.faults.cleared = make(chan struct{})
}

// takeFault returns the fault for a request and counts it.
func (s *Server) takeFault(r *http.Request) (Fault, <-chan struct{}, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults.active {
		if (f.Method != "" && f.Method != r.Method) || !strings.HasPrefix(r.URL.Path, f.PathPrefix) {
			continue
		}
		taken := *f
		if f.Times == 1 {
			s.faults.active = append(s.faults.active[:i:i], s.faults.active[i+1:]...)
		} else if f.Times > 1 {
			f.Times--
		}
		return taken, s.faults.cleared, true
	}
	return Fault{}, nil, false
}

// applyFault applies the request's fault. It returns true if the response is written.
func (s *Server) applyFault(w http.ResponseWriter, r *http.Request, body []byte) bool {
	f, cleared, ok := s.takeFault(r)
	if !ok {
		return false
	}
	if f.Latency > 0 && s.faults.wait(r.Context(), f.Latency) != nil {
		panic(http.ErrAbortHandler) // the client closed the connection
	}
	switch {
	case f.Hang:
		select {
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		case <-cleared:
			return false
		}
	case f.Reset:
		resetConnection(w)
	case f.CutAfter > 0:
		sendPartial(w, f, s.answer(r, body))
	case f.NoBody:
		w.WriteHeader(cmp.Or(f.Status, http.StatusOK))
	case f.Status != 0 || f.Body != "":
		respond(w, r, f.answer())
	default:
		return false
	}
	return true
}

func (f Fault) answer() answer {
	return answer{status: cmp.Or(f.Status, http.StatusOK), contentType: cmp.Or(f.ContentType, jsonType), body: []byte(f.Body)}
}

// sendPartial announces the whole body, sends a part of it and closes the connection.
func sendPartial(w http.ResponseWriter, f Fault, whole answer) {
	if f.Status != 0 || f.Body != "" {
		whole = f.answer()
	}
	whole.writeHeaders(w.Header())
	w.Header().Set("Content-Type", whole.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(max(len(whole.body), f.CutAfter+1)))
	w.WriteHeader(whole.status)
	_, _ = w.Write(whole.body[:min(f.CutAfter, len(whole.body))]) // the connection is closed in any case
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// resetConnection sends a TCP reset if the connection can be hijacked.
func resetConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // then Close resets instead of finishing
	}
	_ = conn.Close()
}

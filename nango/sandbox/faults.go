package sandbox

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is something that goes wrong with the requests that it matches. Latency comes first and
// may stand alone; of the others, the first that is set decides.
type Fault struct {
	Method     string // "" = any
	PathPrefix string // "" = any
	Times      int    // how often; 0 = until ClearFaults

	Latency     time.Duration // before anything else
	Hang        bool          // no answer until the client goes or ClearFaults
	Reset       bool          // the connection is reset
	CutAfter    int           // the connection is cut after so many bytes of the body
	NoBody      bool          // Status without a body
	Status      int           // this status instead of the answer; 0 with a Body is 200
	Body        string
	ContentType string // "" = JSON
}

// maxFaults bounds how many faults are kept at a time; the oldest are dropped first.
const maxFaults = 1_000

type faults struct {
	wait    func(context.Context, time.Duration) error
	active  []*Fault
	cleared chan struct{} // closed by ClearFaults
}

// Inject switches a fault on. Of several that match, the one injected first applies.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.faults.active) >= maxFaults {
		s.faults.active = s.faults.active[1:]
	}
	s.faults.active = append(s.faults.active, &f)
}

// ClearFaults switches all faults off, and lets go of requests that hang.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.active = nil
	close(s.faults.cleared)
	s.faults.cleared = make(chan struct{})
}

// takeFault finds the fault for a request and counts it.
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

// interfere applies a fault. It answers true when the request is done with.
func (s *Server) applyFault(w http.ResponseWriter, r *http.Request, body []byte) bool {
	f, cleared, ok := s.takeFault(r)
	if !ok {
		return false
	}
	if f.Latency > 0 && s.faults.wait(r.Context(), f.Latency) != nil {
		panic(http.ErrAbortHandler) // the client has gone
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
		w.WriteHeader(statusOr200(f.Status))
	case f.Status != 0 || f.Body != "":
		respond(w, r, f.answer())
	default:
		return false
	}
	return true
}

func statusOr200(status int) int {
	if status == 0 {
		return http.StatusOK
	}
	return status
}

func (f Fault) answer() answer {
	a := answer{status: statusOr200(f.Status), contentType: f.ContentType, body: []byte(f.Body)}
	if a.contentType == "" {
		a.contentType = jsonType
	}
	return a
}

// cut promises the whole body, sends a part of it and drops the connection.
func sendPartial(w http.ResponseWriter, f Fault, whole answer) {
	if f.Status != 0 || f.Body != "" {
		whole = f.answer()
	}
	for k, v := range whole.headers {
		w.Header().Set(k, v)
	}
	w.Header().Set("Content-Type", whole.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(max(len(whole.body), f.CutAfter+1)))
	w.WriteHeader(whole.status)
	_, _ = w.Write(whole.body[:min(f.CutAfter, len(whole.body))]) // about to be dropped anyway
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// reset makes the kernel send a TCP reset, where the connection can be had.
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

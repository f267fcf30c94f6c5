package sandbox

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// trouble is a sync of a connection that fails for a time. The list of connections shows the
// error of the last run that failed, until one works again.
type trouble struct {
	conn *connection
	fn   *function
	span
}

const (
	breaksLater   = 0.015          // of the connections: they fail within a day of the start
	longestOutage = 3 * 24 * 3600  // seconds until a failing sync works again by itself
	soonestOutage = 10 * 60        // likewise
	laterWithin   = 24 * time.Hour // of the start
)

// moveOn brings what the list of connections shows up to now: runs that failed or worked since.
func (w *world) moveOn(now stamp) {
	if len(w.troubles) == 0 || now < w.nextChange {
		return
	}
	w.nextChange = forever
	w.dropTroubles(func(t *trouble) bool { return w.look(t, now) })
}

// look brings one trouble up to now; true when it is over.
func (w *world) look(t *trouble, now stamp) bool {
	s := w.syncState(t.conn, t.fn, baseVariant)
	s.settle(now)
	switch {
	case s.done.failed:
		t.conn.syncLog = w.failureLog(s)
	case s.done.start >= t.until:
		return true
	case s.done.start >= t.from:
		t.conn.syncLog = ""
	}
	next := s.next(now)
	switch {
	case s.running(now):
		next = s.last.end()
	case s.paused:
		return false
	case next < t.from && !s.done.failed:
		next = s.next(t.from - 1)
	}
	w.nextChange = min(w.nextChange, next)
	return false
}

// failureLog is the log id of a failed run: always the same for the same run.
func (w *world) failureLog(s *syncState) string {
	if s.done.start == s.seededFailure {
		return s.seededLog
	}
	return logID(rand.New(rand.NewPCG(s.seed, uint64(s.done.start))), s.done.end())
}

// recheck makes the next request look at all troubles again: a command has moved a run.
func (w *world) recheck() { w.nextChange = 0 }

// seedTroubles makes the errors that the seeded list shows into failing syncs, and lets others
// fail later. An error that is older than a period is of a sync that somebody has paused since.
func (w *world) seedTroubles() {
	r := rand.New(rand.NewPCG(w.seed, 0x74726f75))
	now := millis(w.start)
	for _, conn := range w.ordered {
		syncs := conn.integration.syncs()
		later := r.Float64() < breaksLater
		pick, lasts := r.Uint64(), stamp(soonestOutage+r.IntN(longestOutage))*1e6
		switch {
		case len(syncs) == 0:
			conn.syncLog = ""
		case conn.syncLog != "":
			w.breakSeeded(conn, syncs[pick%uint64(len(syncs))], now, lasts)
		case later:
			from := now + stamp(r.Int64N(laterWithin.Microseconds()))
			w.addTrouble(conn, syncs[pick%uint64(len(syncs))], span{from, from + lasts})
		}
	}
}

func (w *world) addTrouble(conn *connection, f *function, when span) *syncState {
	s := w.syncState(conn, f, baseVariant)
	s.failures = append(s.failures, when)
	w.troubles = append(w.troubles, &trouble{conn, f, when})
	w.nextChange = 0
	return s
}

// breakSeeded gives a connection the failed run that its error tells of.
func (w *world) breakSeeded(conn *connection, f *function, now, lasts stamp) {
	var ms int64
	if _, err := fmt.Sscanf(conn.syncLog, "%d_", &ms); err != nil {
		panic("sandbox: log id " + conn.syncLog)
	}
	ended := stamp(ms * 1000)
	s := w.addTrouble(conn, f, span{ended - 60*1e6, now + lasts})
	took := s.takes(ended)
	s.origin = (ended - took) - (ended-took-s.origin)/s.period*s.period
	if s.origin > ended-took { // a connection younger than its sync's first run
		s.origin = ended - took
	}
	s.settled, s.paused = s.origin-1, false
	s.settle(ended - took - 1)
	s.begin(ended - took)
	s.last.took, s.last.failed, s.last.to = took, true, s.last.from
	s.finish(ended)
	s.settled = ended
	s.seededFailure, s.seededLog = s.last.start, conn.syncLog
	s.paused = now-ended > s.period
}

// failSync makes a sync of a connection fail from now on; without any sync only the list's error
// is made.
func (w *world) failSync(conn *connection, now stamp) {
	syncs := conn.integration.syncs()
	if len(syncs) == 0 {
		conn.syncLog = logID(w.rng, now)
		return
	}
	w.dropTroubles(func(t *trouble) bool { return t.conn == conn })
	s := w.addTrouble(conn, syncs[0], span{now - 1, forever})
	s.settle(now - 1)
	s.last = run{start: now - 1, took: 1, failed: true, from: s.savedTo(), to: s.savedTo()}
	s.finish(now)
	s.paused = false
	s.settled = now
	conn.syncLog = w.failureLog(s)
}

// healSyncs ends all failing of a connection's syncs with a run that works.
func (w *world) healSyncs(conn *connection, now stamp) {
	for _, s := range conn.syncs {
		s.failures = nil
		if s.settle(now); s.done.failed {
			s.begin(now)
			s.last.took = 0
			s.finish(now)
		}
	}
	w.dropTroubles(func(t *trouble) bool { return t.conn == conn })
	conn.syncLog = ""
}

// dropTroubles forgets troubles, and the errors that they put into the list.
func (w *world) dropTroubles(gone func(*trouble) bool) {
	kept := w.troubles[:0]
	for _, t := range w.troubles {
		if !gone(t) {
			kept = append(kept, t)
			continue
		}
		t.conn.syncLog = ""
	}
	clear(w.troubles[len(kept):])
	w.troubles = kept
}

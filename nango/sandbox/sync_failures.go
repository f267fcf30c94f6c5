package sandbox

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// trouble is a sync of a connection that fails for a time. The list of connections shows the
// error of the last run that failed, until one works again.
type syncFailure struct {
	conn *connection
	fn   *function
	interval
}

const (
	laterFailureShare  = 0.015          // of the connections: they fail within a day of the start
	maxOutage          = 3 * 24 * 3600  // seconds until a failing sync works again by itself
	minOutage          = 10 * 60        // likewise
	laterFailureWithin = 24 * time.Hour // of the start
)

// moveOn brings what the list of connections shows up to now: runs that failed or worked since.
func (env *environment) updateSyncErrors(now timestamp) {
	if len(env.syncFailures) == 0 || now < env.nextCheck {
		return
	}
	env.nextCheck = forever
	env.removeSyncFailures(func(t *syncFailure) bool { return env.updateSyncError(t, now) })
}

// look brings one trouble up to now; true when it is over.
func (env *environment) updateSyncError(t *syncFailure, now timestamp) bool {
	s := env.syncState(t.conn, t.fn, baseVariant)
	s.advance(now)
	switch {
	case s.completed.failed:
		t.conn.syncErrorLog = env.failureLogID(s)
	case s.completed.start >= t.until:
		return true
	case s.completed.start >= t.from:
		t.conn.syncErrorLog = ""
	}
	next := s.next(now)
	switch {
	case s.running(now):
		next = s.latest.end()
	case s.paused:
		return false
	case next < t.from && !s.completed.failed:
		next = s.next(t.from - 1)
	}
	env.nextCheck = min(env.nextCheck, next)
	return false
}

// failureLog is the log id of a failed run: always the same for the same run.
func (env *environment) failureLogID(s *syncState) string {
	if s.completed.start == s.seededFailure {
		return s.seededLog
	}
	return logID(rand.New(rand.NewPCG(s.seed, uint64(s.completed.start))), s.completed.end())
}

// recheck makes the next request look at all troubles again: a command has moved a run.
func (env *environment) recheckSyncFailures() { env.nextCheck = 0 }

// seedTroubles makes the errors that the seeded list shows into failing syncs, and lets others
// fail later. An error that is older than a period is of a sync that somebody has paused since.
func (env *environment) seedSyncFailures() {
	r := rand.New(rand.NewPCG(env.seed, 0x74726f75))
	now := timestampMs(env.start)
	for _, conn := range env.connections {
		syncs := conn.integration.syncs()
		later := r.Float64() < laterFailureShare
		pick, lasts := r.Uint64(), timestamp(minOutage+r.IntN(maxOutage))*1e6
		switch {
		case len(syncs) == 0:
			conn.syncErrorLog = ""
		case conn.syncErrorLog != "":
			env.seedFailedRun(conn, syncs[pick%uint64(len(syncs))], now, lasts)
		case later:
			from := now + timestamp(r.Int64N(laterFailureWithin.Microseconds()))
			env.addSyncFailure(conn, syncs[pick%uint64(len(syncs))], interval{from, from + lasts})
		}
	}
}

func (env *environment) addSyncFailure(conn *connection, f *function, when interval) *syncState {
	s := env.syncState(conn, f, baseVariant)
	s.failures = append(s.failures, when)
	env.syncFailures = append(env.syncFailures, &syncFailure{conn, f, when})
	env.nextCheck = 0
	return s
}

// breakSeeded gives a connection the failed run that its error tells of.
func (env *environment) seedFailedRun(conn *connection, f *function, now, lasts timestamp) {
	var ms int64
	if _, err := fmt.Sscanf(conn.syncErrorLog, "%d_", &ms); err != nil {
		panic("sandbox: log id " + conn.syncErrorLog)
	}
	ended := timestamp(ms * 1000)
	s := env.addSyncFailure(conn, f, interval{ended - 60*1e6, now + lasts})
	took := s.runDuration(ended)
	s.origin = (ended - took) - (ended-took-s.origin)/s.period*s.period
	if s.origin > ended-took { // a connection younger than its sync's first run
		s.origin = ended - took
	}
	s.advancedTo, s.paused = s.origin-1, false
	s.advance(ended - took - 1)
	s.begin(ended - took)
	s.latest.duration, s.latest.failed, s.latest.to = took, true, s.latest.from
	s.finish(ended)
	s.advancedTo = ended
	s.seededFailure, s.seededLog = s.latest.start, conn.syncErrorLog
	s.paused = now-ended > s.period
}

// failSync makes a sync of a connection fail from now on; without any sync only the list's error
// is made.
func (env *environment) failSync(conn *connection, now timestamp) {
	syncs := conn.integration.syncs()
	if len(syncs) == 0 {
		conn.syncErrorLog = logID(env.rng, now)
		return
	}
	env.removeSyncFailures(func(t *syncFailure) bool { return t.conn == conn })
	s := env.addSyncFailure(conn, syncs[0], interval{now - 1, forever})
	s.advance(now - 1)
	s.latest = run{start: now - 1, duration: 1, failed: true, from: s.savedTo(), to: s.savedTo()}
	s.finish(now)
	s.paused = false
	s.advancedTo = now
	conn.syncErrorLog = env.failureLogID(s)
}

// healSyncs ends all failing of a connection's syncs with a run that works.
func (env *environment) healSyncs(conn *connection, now timestamp) {
	for _, s := range conn.syncs {
		s.failures = nil
		if s.advance(now); s.completed.failed {
			s.begin(now)
			s.latest.duration = 0
			s.finish(now)
		}
	}
	env.removeSyncFailures(func(t *syncFailure) bool { return t.conn == conn })
	conn.syncErrorLog = ""
}

// dropTroubles forgets troubles, and the errors that they put into the list.
func (env *environment) removeSyncFailures(gone func(*syncFailure) bool) {
	kept := env.syncFailures[:0]
	for _, t := range env.syncFailures {
		if !gone(t) {
			kept = append(kept, t)
			continue
		}
		t.conn.syncErrorLog = ""
	}
	clear(env.syncFailures[len(kept):])
	env.syncFailures = kept
}

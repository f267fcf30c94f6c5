package sandbox

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// syncFailure is an interval in which a sync of a connection fails. The list of connections shows the error of the last
// failed run until a run succeeds.
type syncFailure struct {
	conn *connection
	fn   *function
	interval
}

const (
	laterFailureShare  = 0.015 // of the connections: they fail within laterFailureWithin of the start
	laterFailureWithin = 24 * time.Hour
	minFailure         = 10 * 60 // seconds until a failing sync succeeds again
	maxFailure         = 3 * 24 * 3600
)

// updateSyncErrors updates the errors in the list of connections to the runs since the last call.
func (env *environment) updateSyncErrors(now timestamp) {
	if len(env.syncFailures) == 0 || now < env.nextCheck {
		return
	}
	env.nextCheck = forever
	env.removeSyncFailures(func(t *syncFailure) bool { return env.updateSyncError(t, now) })
}

// updateSyncError updates one connection's error. It returns true if the interval is over.
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

// failureLogID returns the log id of a failed run, always the same for the same run.
func (env *environment) failureLogID(s *syncState) string { return env.runLogID(s, s.completed) }

// recheckSyncFailures makes the next request check all failures, after a command changed a run.
func (env *environment) recheckSyncFailures() { env.nextCheck = 0 }

// seedSyncFailures makes a failed run for each seeded error, and lets other syncs fail later. The sync of an error that is
// older than a period is paused.
func (env *environment) seedSyncFailures() {
	r := rand.New(rand.NewPCG(env.seed, 0x74726f75))
	now := timestampMs(env.start)
	for _, conn := range env.connections {
		syncs := conn.integration.syncs()
		later := r.Float64() < laterFailureShare
		pick, lasts := r.Uint64(), timestamp(minFailure+r.IntN(maxFailure))*1e6
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

// seedFailedRun makes the failed run of a connection's error.
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

// failSync makes a sync of a connection fail from now on. Without a sync only the list shows the error.
func (env *environment) failSync(conn *connection, now timestamp) {
	syncs := conn.integration.syncs()
	if len(syncs) == 0 {
		conn.syncErrorLog = logID(env.rng, now)
		return
	}
	env.removeSyncFailures(func(t *syncFailure) bool { return t.conn == conn })
	s := env.addSyncFailure(conn, syncs[0], interval{now - 1, forever})
	s.advance(now - 1)
	s.latest = run{start: now - 1, duration: 1, failed: true, from: s.savedTo(), to: s.savedTo(), initial: s.startsOver()}
	s.finish(now)
	s.paused = false
	s.advancedTo = now
	conn.syncErrorLog = env.failureLogID(s)
}

// healSyncs ends all failures of a connection's syncs with a successful run.
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

// removeSyncFailures removes the failures that match, and their errors in the list.
func (env *environment) removeSyncFailures(match func(*syncFailure) bool) {
	env.syncFailures = slices.DeleteFunc(env.syncFailures, func(t *syncFailure) bool {
		if match(t) {
			t.conn.syncErrorLog = ""
			return true
		}
		return false
	})
}

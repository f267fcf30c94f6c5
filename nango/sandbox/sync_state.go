package sandbox

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
)

const (
	baseVariant   = "base"
	shortestSync  = 30 * time.Second
	scheduleAfter = 153 * time.Millisecond // from the creation of a connection to its first run
	savedAfter    = 194_281                // from the start of a run to its first batch of records, in microseconds
)

type run struct {
	start, duration timestamp
	failed          bool
	from, to        int64 // the ticks whose changes it saved: after from, including to
	full            bool  // a first run, or one with an empty cache
	initial         bool  // a run of everything: no run succeeded before, a reset, or a sync that is never incremental
}

func (r run) end() timestamp { return r.start + r.duration }

// syncState is a sync of a connection, in one variant. Its runs are one period apart, from origin on. They are computed by
// advance, when the state is used.
//
// Records change with ticks, which are one functionPeriod apart, so that a change of the frequency doesn't change them.
type syncState struct {
	id             string
	conn           *connection
	fn             *function
	variant        string
	frequency      string // set by a user, "" for the function's own
	period         timestamp
	functionPeriod timestamp // of the function's own frequency
	origin         timestamp
	advancedTo     timestamp // runs are computed up to here
	paused         bool
	latest         run // may be running; zero if it never ran
	completed      run // the latest completed one
	failures       []interval
	cacheCleared   timestamp
	pruned         map[prunedKey]pruning
	growsAfter     int64 // new records begin after this tick
	seed           uint64
	unscheduled    bool // its schedule is gone, see RemoveSchedule

	// The failed run of a seeded connection's error, and its log id.
	seededFailure timestamp
	seededLog     string
	loggedTo      timestamp // the start of the last run in the logs
}

// interval is a time in which every run fails.
type interval struct{ from, until timestamp }

const forever = timestamp(1 << 62)

// syncState returns the state of a sync of a connection. The first call makes it, from seed, connection and function.
func (env *environment) syncState(conn *connection, f *function, variant string) *syncState {
	for _, s := range conn.syncs {
		if s.fn == f && s.variant == variant {
			return s
		}
	}
	if variant != baseVariant {
		return nil
	}
	s := env.firstSyncState(conn, f)
	conn.syncs = append(conn.syncs, s)
	slices.SortFunc(conn.syncs, bySync)
	return s
}

// firstSyncState returns the state of a sync that was not used yet.
func (env *environment) firstSyncState(conn *connection, f *function) *syncState {
	s := env.newSyncState(conn, f, baseVariant, max(conn.created, f.deployed)+timestamp(scheduleAfter.Microseconds()))
	if conn.created < f.deployed && f.fixedRecords == nil { // a deployment starts the syncs one after the other
		s.origin += timestamp(fake.Hash(s.seed, 5) % uint64(s.period))
		s.advancedTo = s.origin - 1
	}
	startedByHand := conn.created < timestampMs(env.start) && fake.Hash(s.seed, 3)%3 == 0 // by a user, before the start
	s.paused = !f.autoStart && !startedByHand
	return s
}

func (env *environment) newSyncState(conn *connection, f *function, variant string, origin timestamp) *syncState {
	seed := fake.Hash(env.seed, uint64(conn.id), fake.HashString(f.name), fake.HashString(variant))
	r := rand.New(rand.NewPCG(seed, 0x73796e63))
	s := &syncState{id: fake.UUID(r), conn: conn, fn: f, variant: variant, origin: origin, advancedTo: origin - 1, seed: seed}
	s.functionPeriod = f.period()
	s.period = s.functionPeriod
	s.growsAfter = max(0, s.tick(timestampMs(env.start))-grownBefore*f.sizes.every)
	return s
}

func bySync(a, b *syncState) int {
	return strings.Compare(a.fn.name+"\x00"+a.variant, b.fn.name+"\x00"+b.variant)
}

// period is the function's own; a day if its frequency can't be parsed.
func (f *function) period() timestamp {
	d, ok := parseFrequency(f.runs)
	if !ok {
		d = 24 * time.Hour
	}
	return timestamp(d.Microseconds())
}

// next returns the start of the first run after a time.
func (s *syncState) next(after timestamp) timestamp {
	if after < s.origin {
		return s.origin
	}
	return s.origin + ((after-s.origin)/s.period+1)*s.period
}

// advance computes the runs since the last call.
func (s *syncState) advance(now timestamp) {
	if !s.paused && s.next(s.advancedTo) <= now {
		newest := s.next(now) - s.period
		if before := newest - s.period; before > s.advancedTo && before >= s.origin {
			s.begin(before)
			s.finish(newest)
		}
		s.begin(newest)
	}
	s.advancedTo = max(s.advancedTo, now)
	s.finish(now)
}

// begin starts a run. The schedule skips a run while the one before is running.
func (s *syncState) begin(at timestamp) {
	s.finish(at)
	if s.running(at) {
		return
	}
	from := s.savedTo()
	failed := slices.ContainsFunc(s.failures, func(f interval) bool { return f.from <= at && at < f.until })
	s.latest = run{start: at, duration: s.runDuration(at), failed: failed, from: from, to: s.tick(at), full: from < 0,
		initial: s.startsOver()}
	if s.latest.failed {
		s.latest.to = from
	}
}

// startsOver reports whether the next run is one of everything.
func (s *syncState) startsOver() bool { return s.fn.syncType != "incremental" || s.savedTo() < 0 }

func (s *syncState) finish(now timestamp) {
	if s.latest.start != 0 && s.latest.end() <= now {
		s.completed = s.latest
	}
}

func (s *syncState) running(now timestamp) bool { return s.latest.start != 0 && s.latest.end() > now }

// savedTo returns the tick up to which records are saved, -1 for none.
func (s *syncState) savedTo() int64 {
	if s.completed.start == 0 {
		return -1
	}
	return s.completed.to
}

// tick returns the number of the function's own periods since the origin.
func (s *syncState) tick(at timestamp) int64 {
	if at < s.origin {
		return 0
	}
	return int64((at - s.origin) / s.functionPeriod)
}

// tickSaved returns when the changes of a tick were saved.
func (s *syncState) tickSaved(tick int64) timestamp {
	return max(s.origin+timestamp(tick)*s.functionPeriod, s.cacheCleared) + savedAfter
}

// runDuration returns how long a run takes: a few seconds, or a minute or two for large syncs.
func (s *syncState) runDuration(at timestamp) timestamp {
	if s.fn.fixedRecords != nil {
		return timestamp(264 * time.Millisecond / time.Microsecond)
	}
	base := 2 * time.Second
	if s.size() > largeSync {
		base = 40 * time.Second
	}
	extra := time.Duration(fake.Hash(s.seed, uint64(at)) % uint64(2*base))
	return min(timestamp((base+extra)/time.Microsecond), s.period*4/5)
}

// trigger begins a run now. reset ends a running one; without reset that one continues.
func (s *syncState) trigger(now timestamp, reset, emptyCache bool) {
	s.advance(now)
	if s.running(now) {
		if !reset {
			return
		}
		s.latest = s.completed
	}
	if reset && emptyCache {
		s.cacheCleared, s.pruned = now, nil
		s.completed.to = -1
		s.latest = s.completed // or the run before would be counted again
	}
	s.begin(now)
	s.latest.initial = s.latest.initial || reset
}

// setFrequency changes the period. The origin stays, as seen on v0.71.4.
func (s *syncState) setFrequency(now timestamp, frequency string) {
	s.advance(now)
	s.frequency = frequency
	s.period = s.functionPeriod
	if d, ok := parseFrequency(frequency); ok {
		s.period = timestamp(d.Microseconds())
	}
}

func (s *syncState) pause(now timestamp, paused bool) {
	s.advance(now)
	s.paused = paused
}

// unitLength has the units of a frequency by their first letter.
var unitLength = map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}

// wordLength has the frequencies that are a word.
var wordLength = map[string]struct {
	short string
	long  time.Duration
}{
	"month": {"30d", 30 * 24 * time.Hour}, "week": {"1w", 7 * 24 * time.Hour}, "half day": {"12h", 12 * time.Hour},
	"half hour": {"30m", 30 * time.Minute}, "quarter hour": {"15m", 15 * time.Minute},
}

// parseFrequency reads "every 5 minutes", "30s", "every hour" and "half day".
func parseFrequency(s string) (time.Duration, bool) {
	if !frequencyRegexp.MatchString(s) {
		return 0, false
	}
	s = strings.TrimPrefix(s, "every ")
	if word, ok := wordLength[s]; ok {
		return word.long, true
	}
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz ")
	unit := strings.TrimSpace(s[len(digits):])
	n, err := strconv.Atoi(cmp.Or(digits, "1"))
	return time.Duration(n) * unitLength[unit[0]], err == nil && n <= maxAmount
}

// maxAmount limits the number in a frequency, so that no product overflows.
const maxAmount = 100_000

// normalFrequency is a frequency in the answer of an update: without "every", and with a number.
func normalFrequency(s string) string {
	s = strings.TrimPrefix(s, "every ")
	if word, ok := wordLength[s]; ok {
		return word.short
	}
	if c := s[0]; c < '0' || c > '9' {
		return "1" + s[:1]
	}
	return s
}

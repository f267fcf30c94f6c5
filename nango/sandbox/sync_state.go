package sandbox

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	baseVariant   = "base"
	shortestSync  = 30 * time.Second
	scheduleAfter = 153 * time.Millisecond // from the making of a connection to its first run
	savedAfter    = 194_281                // from the start of a run to its first batch of records, in microseconds
)

// run is one execution of a sync.
type run struct {
	start, took stamp
	failed      bool
	from, to    int64 // the ticks whose changes it saved: after from, up to and with to
	whole       bool  // it began from nothing: a first run, or one with an emptied cache
}

func (r run) end() stamp { return r.start + r.took }

// syncState is a sync, in one variant, of one connection. Its runs lie on a grid: from origin on,
// one a period. Nothing runs by itself: settle works out what must have run by a moment.
//
// Records change with the ticks of another grid, by the function's own period, so that they stay
// what they were when somebody changes the frequency.
type syncState struct {
	id        string
	conn      *connection
	fn        *function
	variant   string
	frequency string // what somebody set, "" for the function's own
	period    stamp
	own       stamp // the period that the function asks for
	origin    stamp
	settled   stamp // runs are accounted for up to here
	paused    bool
	last      run // the newest, perhaps under way; zero where it never ran
	done      run // the newest that is over
	failures  []span
	cleared   stamp // when the cache was emptied last
	pruned    map[prunedKey]pruning
	grows     int64 // the tick after which new records come
	seed      uint64
	lost      bool // its schedule is gone: status is 500 wherever it is among those asked for

	// The failed run that a seeded connection's error tells of, and its log id.
	seededFailure stamp
	seededLog     string
}

// span is a time in which every run fails.
type span struct{ from, until stamp }

const forever = stamp(1 << 62)

// syncState finds or makes the state of a sync of a connection. It is made from seed, connection
// and function alone.
func (w *world) syncState(conn *connection, f *function, variant string) *syncState {
	for _, s := range conn.syncs {
		if s.fn == f && s.variant == variant {
			return s
		}
	}
	if variant != baseVariant {
		return nil
	}
	s := w.newSyncState(conn, f, variant, max(conn.created, f.deployed)+stamp(scheduleAfter.Microseconds()))
	if conn.created < f.deployed && f.fixed == nil { // a deployment starts the syncs of all connections one after the other
		s.origin += stamp(spread(s.seed, 5) % uint64(s.period))
		s.settled = s.origin - 1
	}
	s.paused = !f.autoStart && !s.startedByHand(w)
	conn.syncs = append(conn.syncs, s)
	slices.SortFunc(conn.syncs, bySync)
	return s
}

// startedByHand says of a sync that does not start by itself whether somebody had started it before
// the world began.
func (s *syncState) startedByHand(w *world) bool {
	return s.conn.created < millis(w.start) && spread(s.seed, 3)%3 == 0
}

func (w *world) newSyncState(conn *connection, f *function, variant string, origin stamp) *syncState {
	seed := spread(w.seed, uint64(conn.id), hashText(f.name), hashText(variant))
	r := rand.New(rand.NewPCG(seed, 0x73796e63))
	s := &syncState{id: uuid(r), conn: conn, fn: f, variant: variant, origin: origin, settled: origin - 1, seed: seed}
	s.own = f.period()
	s.period = s.own
	s.grows = max(0, s.tick(millis(w.start))-grownBefore*f.sizes.every)
	return s
}

func bySync(a, b *syncState) int {
	return strings.Compare(a.fn.name+"\x00"+a.variant, b.fn.name+"\x00"+b.variant)
}

// period is the one that the function asks for; a day where it says nothing that can be read.
func (f *function) period() stamp {
	d, ok := parseFrequency(f.runs)
	if !ok {
		d = 24 * time.Hour
	}
	return stamp(d.Microseconds())
}

// next is the first run on the grid after a moment.
func (s *syncState) next(after stamp) stamp {
	if after < s.origin {
		return s.origin
	}
	return s.origin + ((after-s.origin)/s.period+1)*s.period
}

// settle accounts for the runs that a schedule has begun and ended since it was last asked.
func (s *syncState) settle(now stamp) {
	if !s.paused && s.next(s.settled) <= now {
		newest := s.next(now) - s.period
		if before := newest - s.period; before > s.settled && before >= s.origin {
			s.begin(before)
			s.finish(newest)
		}
		s.begin(newest)
	}
	s.settled = max(s.settled, now)
	s.finish(now)
}

// begin starts a run, unless the one before is still under way: then the schedule leaves one out.
func (s *syncState) begin(at stamp) {
	s.finish(at)
	if s.running(at) {
		return
	}
	from := s.savedTo()
	s.last = run{start: at, took: s.takes(at), failed: s.failsAt(at), from: from, to: s.tick(at), whole: from < 0}
	if s.last.failed {
		s.last.to = from
	}
}

func (s *syncState) finish(now stamp) {
	if s.last.start != 0 && s.last.end() <= now {
		s.done = s.last
	}
}

func (s *syncState) running(now stamp) bool { return s.last.start != 0 && s.last.end() > now }

// savedTo is the tick up to which records are saved, -1 for none.
func (s *syncState) savedTo() int64 {
	if s.done.start == 0 {
		return -1
	}
	return s.done.to
}

// tick counts the function's own periods since the origin.
func (s *syncState) tick(at stamp) int64 {
	if at < s.origin {
		return 0
	}
	return int64((at - s.origin) / s.own)
}

// tickSaved is when the changes of a tick were saved.
func (s *syncState) tickSaved(tick int64) stamp {
	return max(s.origin+stamp(tick)*s.own, s.cleared) + savedAfter
}

func (s *syncState) failsAt(at stamp) bool {
	return slices.ContainsFunc(s.failures, func(f span) bool { return f.from <= at && at < f.until })
}

// takes is how long a run lasts: a few seconds, for the large ones a minute or two.
func (s *syncState) takes(at stamp) stamp {
	if s.fn.fixed != nil {
		return stamp(264 * time.Millisecond / time.Microsecond)
	}
	base := 2 * time.Second
	if s.size() > manyRecords {
		base = 40 * time.Second
	}
	extra := time.Duration(spread(s.seed, uint64(at)) % uint64(2*base))
	return min(stamp((base+extra)/time.Microsecond), s.period*4/5)
}

// trigger begins a run now. reset ends one that is under way; without it, that one goes on.
func (s *syncState) trigger(now stamp, reset, emptyCache bool) {
	s.settle(now)
	if s.running(now) {
		if !reset {
			return
		}
		s.last = s.done
	}
	if reset && emptyCache {
		s.cleared, s.pruned = now, nil
		s.done.to = -1
		s.last = s.done // else the run before would be accounted for once more
	}
	s.begin(now)
}

// setFrequency changes the period; the grid keeps its origin, as seen on v0.71.4.
func (s *syncState) setFrequency(now stamp, frequency string) {
	s.settle(now)
	s.frequency = frequency
	s.period = s.own
	if d, ok := parseFrequency(frequency); ok {
		s.period = stamp(d.Microseconds())
	}
}

func (s *syncState) pause(now stamp, paused bool) {
	s.settle(now)
	s.paused = paused
}

// shownFrequency is what status shows: the words in which it was set.
func (s *syncState) shownFrequency() string {
	if s.frequency != "" {
		return s.frequency
	}
	return s.fn.runs
}

// spread makes one number of several, evenly spread.
func spread(parts ...uint64) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, p := range parts {
		h ^= p
		h *= 0xbf58476d1ce4e5b9
		h ^= h >> 29
		h *= 0x94d049bb133111eb
		h ^= h >> 32
	}
	return h
}

func hashText(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// unitLength are the units of a frequency by their first letter.
var unitLength = map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}

// wordLength are the frequencies that are a word.
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
	n := 1
	if digits != "" {
		v, err := strconv.Atoi(digits)
		if err != nil || v > maxAmount {
			return 0, false
		}
		n = v
	}
	return time.Duration(n) * unitLength[unit[0]], true
}

// maxAmount bounds the number in a frequency, so that no product overflows.
const maxAmount = 100_000

// normalFrequency is how an update answers: without "every", and with a number.
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

package screen

import (
	"iter"
	"reflect"
	"slices"
	"time"

	"nango-tui/nango"
)

// Bounds of a [Store].
const (
	// maxFacts is how many facts about single connections are kept. A list that is further behind is read again.
	maxFacts = 256
	// maxLists is how many lists of connections are kept besides that of all connections.
	maxLists = 4
	// maxLoads is how many responses are kept for [Load.FetchKnown].
	maxLoads = 40
	// maxSyncs is of how many connections the syncs are kept.
	maxSyncs = 64
)

// Store has what the program knows about the connections, integrations and syncs of a profile: what responses said, with the time
// and the order in which they came. All screens of the profile share it, as [Turn.Store]: what one of them learns, the others show
// at their next draw. It has no credentials. It is used on App's goroutine only, lives as long as the profile is connected, and
// everything in it is bounded. A nil Store knows nothing and learns nothing.
type Store struct {
	version int // of the newest change
	facts   []Fact
	missed  int // version of the newest fact that was dropped
	// written are connections that writes have changed and that were not read since.
	written []written
	// outdated is the version of the newest change after which all lists of connections have to be read again.
	outdated int
	lists    []keptList
	first    any // the first list of all connections
	loads    map[string]keptLoad
	writes   int // number of requests that may have changed something
	tally    *Tally
	syncs    map[nango.ConnectionRef]KnownSyncs
	names    map[nango.ConnectionRef]knownName
	causes   map[nango.ConnectionRef]KnownCause
}

// Fact is a connection as it was at a time.
type Fact struct {
	// Version orders facts and lists.
	Version int
	At      time.Time
	Ref     nango.ConnectionRef
	// Connection is nil if it doesn't exist.
	Connection *nango.Connection
	// FirstFailed is the earliest failure of the authentication that was seen without a success since; zero if the connection
	// isn't broken. Failures is how many different ones were seen.
	FirstFailed time.Time
	Failures    int
}

// countFailures continues the count of failures of the fact before; nil if there is none.
func (f *Fact) countFailures(before *Fact) {
	at, failing := authFailure(f.Connection)
	if !failing {
		return
	}
	f.FirstFailed, f.Failures = at, 1
	if before == nil {
		return
	}
	if last, failed := authFailure(before.Connection); failed {
		f.FirstFailed, f.Failures = before.FirstFailed, before.Failures
		if !last.Equal(at) {
			f.Failures++
		}
	}
}

// authFailure is when the authentication of a connection failed last, and whether it is broken.
func authFailure(c *nango.Connection) (at time.Time, failing bool) {
	if c == nil {
		return at, false
	}
	e := Find(c.Errors, func(e nango.ConnectionError) bool { return e.Type == "auth" })
	if e == nil {
		return at, false
	}
	at, _ = e.At()
	return at, true
}

type written struct {
	ref     nango.ConnectionRef
	version int
}

type keptList struct {
	name  string
	value any
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{loads: map[string]keptLoad{}, syncs: map[nango.ConnectionRef]KnownSyncs{}, names: map[nango.ConnectionRef]knownName{}}
}

// Version changes whenever something is learned.
func (s *Store) Version() int {
	if s == nil {
		return 0
	}
	return s.version
}

// Learn notes connections as they were just read.
func (s *Store) Learn(now time.Time, all ...nango.Connection) {
	for i := range all {
		s.note(Fact{At: now, Ref: all[i].Ref(), Connection: &all[i]})
	}
}

// LearnChanges is [Store.Learn] for a page of a list: it notes the connections that are broken and were counted as ok, or the other
// way round.
func (s *Store) LearnChanges(now time.Time, page []nango.Connection) {
	if s == nil || s.tally == nil {
		return
	}
	for _, c := range page {
		if s.tally.broken[c.Ref()] != (c.State() != nango.Healthy) {
			s.Learn(now, c)
		}
	}
}

// fewRows is how many connections of a response are noted one by one.
const fewRows = 10

// learnRead notes the connections of a response to a read.
func (s *Store) learnRead(now time.Time, value any) {
	if page, ok := value.([]nango.Connection); ok && len(page) <= fewRows {
		s.Learn(now, page...)
	} else if ok {
		s.LearnChanges(now, page)
	}
}

// learnOutcome notes what the outcome of a confirmed request says about a connection. A failed refresh says how the connection is.
func (s *Store) learnOutcome(now time.Time, c nango.Call, value any, err error) {
	detail, ok := value.(nango.ConnectionDetail)
	failed, _ := nango.AsError(err)
	if err != nil && failed != nil && c.Operation == nango.OpConnectionGet {
		detail, ok = failed.Connection()
	} else if err != nil {
		return
	}
	switch {
	case ok && detail.Ref() == c.About:
		s.Learn(now, detail.Connection)
	case c.Operation == nango.OpConnectionDelete:
		s.LearnGone(now, c.About)
	}
}

// LearnGone notes that a connection doesn't exist.
func (s *Store) LearnGone(now time.Time, ref nango.ConnectionRef) { s.note(Fact{At: now, Ref: ref}) }

func (s *Store) note(f Fact) {
	if s == nil {
		return
	}
	s.written = slices.DeleteFunc(s.written, func(w written) bool { return w.ref == f.Ref })
	s.forgetCause(f)
	before := s.last(f.Ref)
	if before != nil && f.Connection != nil && reflect.DeepEqual(before.Connection, f.Connection) {
		before.At = f.At
		return
	}
	s.version++
	f.Version = s.version
	f.countFailures(before)
	s.tally.learn(f, before)
	s.facts = append(s.facts, f)
	if more := len(s.facts) - maxFacts; more > 0 {
		s.missed = s.facts[more-1].Version
		s.facts = slices.Delete(s.facts, 0, more)
	}
}

// last is the newest fact about a connection; nil if there is none.
func (s *Store) last(ref nango.ConnectionRef) *Fact {
	for i := range slices.Backward(s.facts) {
		if s.facts[i].Ref == ref {
			return &s.facts[i]
		}
	}
	return nil
}

// FactsSince are the facts after a version, oldest first.
func (s *Store) FactsSince(version int) []Fact {
	if s == nil {
		return nil
	}
	i, _ := slices.BinarySearchFunc(s.facts, version+1, func(f Fact, v int) int { return f.Version - v })
	return s.facts[i:]
}

// About is the newest fact about a connection after a version; nil if there is none.
func (s *Store) About(ref nango.ConnectionRef, version int) *Fact {
	if s == nil {
		return nil
	}
	if f := s.last(ref); f != nil && f.Version > version {
		return f
	}
	return nil
}

// Changed notes that a call may have changed something: what it was about has to be read again.
func (s *Store) Changed(c nango.Call) {
	if s == nil {
		return
	}
	s.version++
	s.writes++
	clear(s.loads)
	switch c.Operation {
	case nango.OpConnectionUpdate, nango.OpConnectionDelete:
		if c.About.ID != "" {
			s.written = append(s.written, written{c.About, s.version})
		}
		if len(s.written) > maxFacts {
			s.written, s.outdated = nil, s.version
		}
	case nango.OpConnectionUpsert, nango.OpIntegrationDelete, nango.OpIntegrationUpdate:
		s.outdated, s.tally = s.version, nil
	}
}

// WrittenSince are the connections that writes have changed after a version and that were not read since.
func (s *Store) WrittenSince(version int) []nango.ConnectionRef {
	var refs []nango.ConnectionRef
	if s != nil {
		for _, w := range s.written {
			if w.version > version && !slices.Contains(refs, w.ref) {
				refs = append(refs, w.ref)
			}
		}
	}
	return refs
}

// IsOutdated reports whether a list of connections whose reading began at a version, and which has the facts up to another one, has
// to be read again.
func (s *Store) IsOutdated(began, seen int) bool {
	return s != nil && (s.outdated > began || s.missed > seen)
}

// KeepList keeps the rows of a list of connections under a name; the empty name is that of all connections. It returns the version
// of the store.
func (s *Store) KeepList(name string, value any) int {
	if s == nil {
		return 0
	}
	s.lists = slices.DeleteFunc(s.lists, func(l keptList) bool { return l.name == name })
	s.lists = append(s.lists, keptList{name, value})
	if len(s.lists) > maxLists+1 {
		i := slices.IndexFunc(s.lists, func(l keptList) bool { return l.name != "" })
		s.lists = slices.Delete(s.lists, i, i+1)
	}
	s.version++
	return s.version
}

// KeepFirst keeps the first complete list of all connections, with which later ones are compared. It changes nothing if there is one.
func (s *Store) KeepFirst(value any) {
	if s != nil && s.first == nil {
		s.first = value
	}
}

// First is what [Store.KeepFirst] has kept; nil if nothing.
func (s *Store) First() any {
	if s == nil {
		return nil
	}
	return s.first
}

// Lists are the kept lists of connections by their names, the oldest first.
func (s *Store) Lists() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		if s == nil {
			return
		}
		for _, l := range s.lists {
			if !yield(l.name, l.value) {
				return
			}
		}
	}
}

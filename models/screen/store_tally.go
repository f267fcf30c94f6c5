package screen

import (
	"maps"
	"time"

	"nango-tui/nango"
)

// Count is how many connections an integration has, and how many of them are broken.
type Count struct {
	All, Broken int
	// Provider is the integration's, as its connections report it.
	Provider string
}

// Tally counts the connections of each integration. What is learned about a single connection later is counted, too.
type Tally struct {
	// At is when the connections were read. More means that there are others, which were not read.
	At   time.Time
	More bool

	byKey  map[string]Count
	broken map[nango.ConnectionRef]bool
}

// NewTally returns a tally without connections.
func NewTally(at time.Time) *Tally {
	return &Tally{At: at, byKey: map[string]Count{}, broken: map[nango.ConnectionRef]bool{}}
}

// Add counts a connection.
func (y *Tally) Add(ref nango.ConnectionRef, provider string, broken bool) {
	y.change(ref, provider, 1)
	y.setBroken(ref, broken)
}

func (y *Tally) change(ref nango.ConnectionRef, provider string, by int) {
	n := y.byKey[ref.Integration]
	n.All = max(n.All+by, 0)
	if provider != "" {
		n.Provider = provider
	}
	y.byKey[ref.Integration] = n
}

func (y *Tally) setBroken(ref nango.ConnectionRef, broken bool) {
	if y.broken[ref] == broken {
		return
	}
	n := y.byKey[ref.Integration]
	if broken {
		y.broken[ref] = true
		n.Broken++
	} else {
		delete(y.broken, ref)
		n.Broken--
	}
	y.byKey[ref.Integration] = n
}

// learn counts what a fact changes. Before is the fact about the same connection before it; nil if there is none.
func (y *Tally) learn(f Fact, before *Fact) {
	if y == nil {
		return
	}
	wasThere := before == nil || before.Connection != nil
	switch c := f.Connection; {
	case c == nil && wasThere:
		y.setBroken(f.Ref, false)
		y.change(f.Ref, "", -1)
	case c != nil:
		if !wasThere || before == nil && c.Created.After(y.At) {
			y.change(f.Ref, c.Provider, 1)
		}
		y.setBroken(f.Ref, c.State() != nango.Healthy)
	}
}

// Of is the count of an integration.
func (y *Tally) Of(key string) Count {
	if y == nil {
		return Count{}
	}
	return y.byKey[key]
}

// All are the counts by integration. They must not be changed.
func (y *Tally) All() map[string]Count {
	if y == nil {
		return nil
	}
	return y.byKey
}

// Forget removes a deleted integration.
func (y *Tally) Forget(key string) {
	if y != nil {
		delete(y.byKey, key)
		maps.DeleteFunc(y.broken, func(ref nango.ConnectionRef, _ bool) bool { return ref.Integration == key })
	}
}

// SetTally keeps the counts of all connections. If they differ from the ones before, lists that were read before are outdated. Counts
// of a part differ without a change: reading went on.
func (s *Store) SetTally(y *Tally) {
	if s == nil || s.tally == y {
		return
	}
	s.version++
	if s.tally != nil && !s.tally.More && !y.More && !maps.Equal(s.tally.byKey, y.byKey) {
		s.outdated = s.version
	}
	s.tally = y
}

// Tally has the counts of all connections; nil if they were not read.
func (s *Store) Tally() *Tally {
	if s == nil {
		return nil
	}
	return s.tally
}

package screen

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"nango-tui/nango"
)

// keptLoad is a decoded response.
type keptLoad struct {
	value any
	at    time.Time
}

// FetchKnown is [Load.Fetch] for lists: in the first turn of a screen, it takes what another screen has read, if that is younger than
// the interval of the profile and nothing was changed since. It must not be used for responses with secrets, nor may the value be
// changed in place.
func (l *Load[T]) FetchKnown(t *Turn, r nango.Read[T], then func(*Turn)) {
	s, call := t.Store, r.Call()
	if s == nil {
		l.Fetch(t, r, then)
		return
	}
	name := fmt.Sprintf("%T ", l.Value) + string(call.Operation) + " " + strings.Join(call.Path, "/") + "?" + call.Query.Encode()
	if kept, ok := s.loads[name]; ok && t.Opening && t.IsFresh(kept.at) {
		if value, ok := kept.value.(T); ok {
			l.Cancel(t)
			l.Value, l.At, l.Err = value, kept.at, nil
			if then != nil {
				then(t)
			}
			return
		}
	}
	writes := s.writes
	l.Fetch(t, r, func(t *Turn) {
		if !l.HasFailed() && s.writes == writes {
			s.keepLoad(name, keptLoad{l.Value, l.At})
		}
		if then != nil {
			then(t)
		}
	})
}

// Writes counts what may have changed something, for [Store.KeepWork].
func (s *Store) Writes() int {
	if s == nil {
		return 0
	}
	return s.writes
}

// KeepWork keeps what a screen has read with many requests, for the next screen with that name. Writes is [Store.Writes] of when reading
// began: what has been changed since then is not kept. It must not be used for secrets.
func (s *Store) KeepWork(name string, value any, at time.Time, writes int) {
	if s != nil && s.writes == writes {
		s.keepLoad(name, keptLoad{value, at})
	}
}

// KnownWork is what [Store.KeepWork] has kept, in the first turn of a screen, if it is younger than the interval of the profile and
// nothing was changed since; nil otherwise.
func (t *Turn) KnownWork(name string) any {
	if t.Store == nil || !t.Opening {
		return nil
	}
	if kept, ok := t.Store.loads[name]; ok && t.IsFresh(kept.at) {
		return kept.value
	}
	return nil
}

func (s *Store) keepLoad(name string, kept keptLoad) {
	if _, known := s.loads[name]; !known && len(s.loads) >= maxLoads {
		oldest := slices.MinFunc(slices.Collect(maps.Keys(s.loads)), func(a, b string) int { return s.loads[a].at.Compare(s.loads[b].at) })
		delete(s.loads, oldest)
	}
	s.loads[name] = kept
}

// IsFresh reports whether data of that time need not be read again by the setting of the profile.
func (t *Turn) IsFresh(at time.Time) bool {
	interval, _ := t.Profile.ReloadInterval()
	return t.Now.Sub(at) < interval
}

// KnownSyncs are the syncs of a connection, and when they were read.
type KnownSyncs struct {
	All []nango.SyncStatus
	At  time.Time
}

// LearnSyncs notes the syncs of a connection as they were just read: all of them, or some.
func (s *Store) LearnSyncs(now time.Time, ref nango.ConnectionRef, read []nango.SyncStatus, all bool) {
	if s == nil || ref.ID == "" {
		return
	}
	known, ok := s.syncs[ref]
	switch {
	case all:
		known = KnownSyncs{slices.Clone(read), now}
	case !ok:
		return
	default:
		known.All, known.At = slices.Clone(known.All), now
		for _, one := range read {
			if i := slices.IndexFunc(known.All, func(other nango.SyncStatus) bool { return other.Name == one.Name }); i >= 0 {
				known.All[i] = one
			}
		}
	}
	if !ok && len(s.syncs) >= maxSyncs {
		oldest := slices.MinFunc(slices.Collect(maps.Keys(s.syncs)), func(a, b nango.ConnectionRef) int {
			return s.syncs[a].At.Compare(s.syncs[b].At)
		})
		delete(s.syncs, oldest)
	}
	s.syncs[ref] = known
	s.version++
}

// SyncsOf are the syncs of a connection if they are known.
func (s *Store) SyncsOf(ref nango.ConnectionRef) (KnownSyncs, bool) {
	if s == nil {
		return KnownSyncs{}, false
	}
	known, ok := s.syncs[ref]
	return known, ok
}

// PausedSyncs returns the connections of which a sync is known to be paused, and of how many connections the syncs are known.
func (s *Store) PausedSyncs() (paused map[nango.ConnectionRef]bool, known int) {
	if s == nil {
		return nil, 0
	}
	paused = map[nango.ConnectionRef]bool{}
	for ref, syncs := range s.syncs {
		if Find(syncs.All, func(one nango.SyncStatus) bool { return one.State == nango.SyncStatePaused }) != nil {
			paused[ref] = true
		}
	}
	return paused, len(s.syncs)
}

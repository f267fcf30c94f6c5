package screen

import (
	"maps"
	"slices"
	"time"

	"nango-tui/nango"
	"nango-tui/nango/cause"
)

// maxCauses is of how many connections the causes are kept. Beyond it, those that were found first are dropped.
const maxCauses = 1024

// KnownCause is why a connection is broken, as its logs say.
type KnownCause struct {
	cause.Finding
	// LogID is the log id of the error that it explains.
	LogID string
	// At is when it was found. It hides the time of the failure, which is Cause.At.
	At time.Time
}

// LearnCause notes why a connection is broken. A cause that isn't known is not noted.
func (s *Store) LearnCause(now time.Time, ref nango.ConnectionRef, logID string, found cause.Finding) {
	if s == nil || ref.ID == "" || !found.IsKnown() {
		return
	}
	if s.causes == nil {
		s.causes = map[nango.ConnectionRef]KnownCause{}
	}
	if _, known := s.causes[ref]; !known && len(s.causes) >= maxCauses {
		oldest := slices.MinFunc(slices.Collect(maps.Keys(s.causes)), func(a, b nango.ConnectionRef) int {
			return s.causes[a].At.Compare(s.causes[b].At)
		})
		delete(s.causes, oldest)
	}
	s.causes[ref] = KnownCause{Finding: found, LogID: logID, At: now}
	s.version++
}

// CauseOf is why a connection is broken, if its logs were read. It is forgotten when the connection is seen without the error. A
// connection that has failed again since is assumed to have failed for the same reason, until its logs are read again.
func (s *Store) CauseOf(ref nango.ConnectionRef) (KnownCause, bool) {
	if s == nil {
		return KnownCause{}, false
	}
	known, ok := s.causes[ref]
	return known, ok
}

// Causes are the known causes by connection.
func (s *Store) Causes() map[nango.ConnectionRef]KnownCause {
	if s == nil {
		return nil
	}
	return s.causes
}

// forgetCause forgets the cause of a connection that doesn't have such an error any more.
func (s *Store) forgetCause(f Fact) {
	known, ok := s.causes[f.Ref]
	if !ok {
		return
	}
	if f.Connection == nil || Find(f.Connection.Errors, func(e nango.ConnectionError) bool { return known.explains(e) }) == nil {
		delete(s.causes, f.Ref)
	}
}

// explains reports whether an error is of the same kind as the one that the cause is about.
func (k KnownCause) explains(e nango.ConnectionError) bool {
	return (e.Type == "auth") == (k.Type == "auth")
}

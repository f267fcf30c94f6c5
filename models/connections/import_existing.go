package connections

import (
	"bytes"
	"errors"
	"maps"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// existing is the existing connection with the id typed, as far as it is known.
type existing struct {
	// load belongs to id, the last one checked; "" if none.
	load screen.Load[[]nango.Connection]
	id   string
	// row is nil if there is no such connection, or if it is unknown.
	row *nango.Connection
	// news means that the last check had another result than the one before, which the user hasn't seen yet.
	news bool
	// detail is the connection with all details, if it was read. readErr is why its credentials or all of it are
	// missing.
	detail  *nango.ConnectionDetail
	readAt  time.Time
	readErr error
}

// asked reports whether the id was checked or is being checked.
func (s *existing) asked() bool {
	return s.id != "" && (s.load.IsLoading() || s.load.IsLoaded() && !s.load.HasFailed())
}

// known reports whether it is known if the connection exists.
func (s *existing) known() bool {
	return s.id != "" && s.load.IsLoaded() && !s.load.IsLoading() && !s.load.HasFailed()
}

// checkExistence checks the list for the id, which changes nothing. An existing row stays until the response arrives.
func (s *ImportForm) checkExistence(t *screen.Turn, then func(*screen.Turn)) {
	id := s.typedID()
	if id == "" || nango.CheckConnectionID(id) != nil {
		return
	}
	s.existing.id = id
	s.existing.load.Fetch(t, readRow(s.ref()), func(t *screen.Turn) {
		s.existenceChecked(t)
		if then != nil {
			then(t)
		}
	})
}

// existenceChecked fills in the existing connection, if it changed.
func (s *ImportForm) existenceChecked(t *screen.Turn) {
	if s.existing.load.HasFailed() || s.existing.id != s.typedID() {
		return
	}
	row := match(s.existing.load.Value, s.ref())
	s.existing.news = !sameData(row, s.existing.row)
	s.existing.row = row
	if s.existing.news {
		s.fill(t)
	}
}

// sameData reports whether an upsert over either would remove the same data.
func sameData(a, b *nango.Connection) bool {
	if a == nil || b == nil {
		return a == b
	}
	return bytes.Equal(a.Metadata, b.Metadata) && maps.Equal(a.Tags, b.Tags)
}

// forget removes what was filled in, because the id changed.
func (s *ImportForm) forget(t *screen.Turn) {
	s.existing.load.Cancel(t)
	s.existing = existing{load: s.existing.load}
	values := s.Fields.Values()
	for field, text := range s.filled.texts {
		if values[field] == text {
			s.Fields.Set(field, s.initial[field])
		}
	}
	s.filled = newFilling(s.initial)
}

// nothingToRead is why the connection can't be read.
func (s *ImportForm) nothingToRead() string {
	switch {
	case s.typedID() == "":
		return "without an id, nothing is overwritten"
	case !s.existing.known():
		return "it is not known yet whether the connection exists"
	case s.existing.row == nil:
		return "the connection doesn't exist"
	}
	return ""
}

// read proposes to read the connection with its webhook override and config.
func (s *ImportForm) read(t *screen.Turn) {
	s.reading = true
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(s.ref(), nango.GetOptions{}), Title: "Read connection", About: s.about(),
		Consequences: []string{
			textMayRefreshTokenProvider,
			textIfRefreshFailsNango,
		},
		Then: s.detailLoaded,
	})
}

// detailLoaded fills in what was read. A failed refresh returns the connection, too.
func (s *ImportForm) detailLoaded(t *screen.Turn, detail nango.ConnectionDetail, err error) {
	s.reading = false
	if errors.Is(err, screen.ErrDeclined) {
		return
	}
	s.existing.readErr = err
	found := err == nil
	if known, ok := nango.AsError(err); ok {
		detail, found = known.Connection()
	}
	if found {
		s.existing.detail, s.existing.readAt = &detail, t.Now
		s.fill(t)
	}
}

// about names the connection in a dialog. It contains untrusted text.
func (s *ImportForm) about() string {
	if s.existing.row != nil {
		return targetOf(s.existing.row).about()
	}
	if id := s.typedID(); id != "" {
		return nango.ConnectionRef{Integration: s.key, ID: id}.String()
	}
	return s.key
}

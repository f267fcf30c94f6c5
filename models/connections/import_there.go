package connections

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// standing is what stands under the id that is typed, as far as that was asked.
type standing struct {
	// load belongs to id, which was asked for last; "" for none.
	load screen.Load[[]nango.Connection]
	id   string
	// row is nil where there is no such connection, or where it is not known.
	row *nango.Connection
	// news says that the last answer was another than the one before: what is there has not been looked at yet.
	news bool
	// detail is the connection whole, if it was read; readErr why it came without credentials, or not at all.
	detail  *nango.ConnectionDetail
	readAt  time.Time
	readErr error
}

// asked says that the list was asked for the id, or is being asked.
func (s *standing) asked() bool {
	return s.id != "" && (s.load.IsLoading() || s.load.IsLoaded() && !s.load.HasFailed())
}

// known says that it is known whether there is such a connection.
func (s *standing) known() bool {
	return s.id != "" && s.load.IsLoaded() && !s.load.IsLoading() && !s.load.HasFailed()
}

// look asks the list whether there is a connection of the id, which changes nothing. A row that is there already stays until
// the answer comes.
func (s *ImportForm) look(t *screen.Turn, then func(*screen.Turn)) {
	id := s.typedID()
	if id == "" || checkNewID(id) != nil {
		return
	}
	s.there.id = id
	s.there.load.Fetch(t, readRow(s.ref()), func(t *screen.Turn) {
		s.looked()
		if then != nil {
			then(t)
		}
	})
}

// looked fills in what is there, where it is another than before.
func (s *ImportForm) looked() {
	if s.there.load.HasFailed() || s.there.id != s.typedID() {
		return
	}
	row := match(s.there.load.Value, s.ref())
	s.there.news = !sameData(row, s.there.row)
	s.there.row = row
	if s.there.news {
		s.fill()
	}
}

// sameData says that an upsert over both would take the same away.
func sameData(a, b *nango.Connection) bool {
	if a == nil || b == nil {
		return a == b
	}
	return bytes.Equal(a.Metadata, b.Metadata) && maps.Equal(a.Tags, b.Tags)
}

// forget takes out again what was filled in, since the id is another.
func (s *ImportForm) forget(t *screen.Turn) {
	s.there.load.Cancel(t)
	s.there = standing{load: s.there.load}
	values := s.form.Values()
	for field, text := range s.filled.texts {
		if values[field] == text {
			s.form.Set(field, s.initial[field])
		}
	}
	s.filled = newFilling(s.initial)
}

// nothingToRead is why the connection cannot be read whole.
func (s *ImportForm) nothingToRead() string {
	switch {
	case s.typedID() == "":
		return "without an id nothing is overwritten"
	case !s.there.known():
		return "it is not known yet whether there is such a connection"
	case s.there.row == nil:
		return "there is no such connection"
	}
	return ""
}

// read proposes to read the connection whole, for its webhook override and its config.
func (s *ImportForm) read(t *screen.Turn) {
	s.reading = true
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(s.ref(), nango.GetOptions{}), Title: "Read the connection", About: s.about(),
		Consequences: []string{
			"May refresh the token at the provider, and stamps when the credentials were fetched last.",
			"A refresh that fails is counted, logged and reported to webhooks.",
		},
		Then: s.wasRead,
	})
}

// wasRead fills in what was read. A refresh that fails brings the connection all the same.
func (s *ImportForm) wasRead(t *screen.Turn, detail nango.ConnectionDetail, err error) {
	s.reading = false
	if errors.Is(err, screen.ErrDeclined) {
		return
	}
	s.there.readErr = err
	found := err == nil
	if known, ok := nango.AsError(err); ok {
		detail, found = known.Connection()
	}
	if found {
		s.there.detail, s.there.readAt = &detail, t.Now
		s.fill()
	}
}

// about names the connection in a dialog. It holds strangers' text.
func (s *ImportForm) about() string {
	if s.there.row != nil {
		return subjectOf(s.there.row).about()
	}
	if id := s.typedID(); id != "" {
		return nango.ConnectionRef{Integration: s.key, ID: id}.String()
	}
	return s.key
}

// objectOr is a JSON object as it was written; an empty one where there is none.
func objectOr(raw json.RawMessage) json.RawMessage {
	if isNothing(raw) {
		return json.RawMessage("{}")
	}
	return raw
}

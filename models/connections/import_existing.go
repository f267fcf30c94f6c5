package connections

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
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

func (s *ImportForm) nothingToRead() string {
	switch {
	case s.typedID() == "":
		return whyNoID
	case !s.existing.known():
		return whyNotChecked
	case s.existing.row == nil:
		return whyNotExisting
	}
	return ""
}

// read proposes to read the connection with its webhook override and config.
func (s *ImportForm) read(t *screen.Turn) {
	s.busy = screen.TextConnectionLoading
	screen.Propose(t, screen.Proposal[nango.ConnectionDetail]{
		Request: nango.GetConnection(s.ref(), nango.GetOptions{}), Title: readTitle, About: s.about(),
		Consequences: []string{fetchMayRefresh, fetchIfFails},
		Then:         s.detailLoaded,
	})
}

// detailLoaded fills in what was read. A failed refresh returns the connection, too.
func (s *ImportForm) detailLoaded(t *screen.Turn, detail nango.ConnectionDetail, err error) {
	s.busy = ""
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

// filledValues is what was filled in from the existing connection. An upsert removes what it doesn't include, so it has to
// be sent again.
type filledValues struct {
	// texts are the texts filled in, by field. A field with another text was edited.
	texts map[string]string
	// hidden are the secrets that dots stand for, by field and path.
	hidden map[string]map[string][]byte
	// kept is what no field can represent unchanged, and keptTags are such tags.
	kept     map[string]json.RawMessage
	keptTags map[string]string
}

func newFilling(initial form.Values) filledValues {
	f := filledValues{texts: map[string]string{}, hidden: map[string]map[string][]byte{}, kept: map[string]json.RawMessage{}}
	for field, text := range initial {
		if field != fieldConnectionID {
			f.texts[field] = text
		}
	}
	return f
}

func (s *ImportForm) fill(t *screen.Turn) {
	row := s.existing.row
	if row == nil {
		return
	}
	s.fillObject(t, fieldMetadata, objectOr(row.Metadata))
	s.fillTags(t, row.Tags)
	detail := s.existing.detail
	if detail == nil {
		return
	}
	if override := detail.WebhookOverride; override != nil {
		s.put(fieldWebhook, *override)
	}
	s.fillConfig(t, objectOr(detail.ConnectionConfig))
}

// put sets a field unless it was edited. It returns false if the field can't represent the text unchanged.
func (s *ImportForm) put(field, text string) bool {
	now := s.Fields.Values()[field]
	if now != s.filled.texts[field] {
		return true
	}
	s.Fields.Set(field, text)
	if s.Fields.Values()[field] != text {
		s.Fields.Set(field, now)
		return false
	}
	s.filled.texts[field] = text
	return true
}

// fillObject fills a field with a JSON object, with dots for secrets. An object that the field can't represent is
// kept separately.
func (s *ImportForm) fillObject(t *screen.Turn, field string, raw json.RawMessage) {
	delete(s.filled.kept, field)
	shown, hidden := hide(raw, t.Mask)
	if string(raw) == "{}" {
		s.put(field, "")
		return
	}
	was := s.filled.hidden[field]
	s.filled.hidden[field] = hidden
	if s.put(field, screen.Indent(shown)) || s.put(field, string(shown)) {
		return
	}
	s.put(field, "")
	s.filled.hidden[field], s.filled.kept[field] = was, raw
}

// fillTags fills in the tags. Tags that no line can represent are kept separately.
func (s *ImportForm) fillTags(t *screen.Turn, tags map[string]string) {
	lines := map[string]string{}
	s.filled.keptTags = map[string]string{}
	for key, value := range tags {
		if unwritable(key, value) == "" && !hasSecret(t, value) {
			lines[key] = value
		} else {
			s.filled.keptTags[key] = value
		}
	}
	if !s.put(fieldTags, tagLines(lines)) {
		s.filled.keptTags = tags
	}
}

// fillConfig fills in the provider's declared fields, and the rest as JSON.
func (s *ImportForm) fillConfig(t *screen.Turn, raw json.RawMessage) {
	config, err := parseObject(raw)
	if err != nil {
		s.filled.kept[fieldConfig] = raw
		return
	}
	for _, d := range s.declared {
		var text string
		if value, there := config.values[d.Name]; there && json.Unmarshal(value, &text) == nil && s.put(d.id(), text) {
			delete(config.values, d.Name)
		}
	}
	if written, there := config.values[scopesOverride]; there {
		config.values[scopesOverride] = scopesList(written)
	}
	s.fillObject(t, fieldConfig, config.encode())
}

// scopesList converts scopes for an import: the comma-separated text left by a connect session becomes an array.
func scopesList(written json.RawMessage) json.RawMessage {
	var text string
	if json.Unmarshal(written, &text) != nil {
		return written
	}
	return json.RawMessage(jsonText(strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })))
}

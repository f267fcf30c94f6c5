package records

import (
	"strings"
	"time"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
)

// maxFields is how many payload fields have a column.
const maxFields = 6

// metadataKey is the key of Nango's metadata in a record, as written.
const metadataKey = `"_nango_metadata"`

type row struct {
	id  string
	raw string
	// metadata is where the metadata member is in raw.
	metadata span
	// fields are where the column values are in raw; empty if missing.
	fields   [maxFields]span
	modified int64 // microseconds since 1970; 0 if unknown
	action   nango.RecordAction
	pruned   bool
}

// newRow copies the record, so that its page can be freed.
func newRow(r *nango.Record, fields []field) row {
	out := row{id: strings.Clone(r.ID), raw: string(r.Raw), action: r.Action, pruned: r.PrunedAt != nil}
	if !r.LastModified.IsZero() {
		out.modified = r.LastModified.UnixMicro()
	}
	for m := range jsontext.Members(out.raw) {
		key := m.Name.In(out.raw)
		if key == metadataKey {
			out.metadata = spanOf(m.Name, m.Value)
			continue
		}
		for i := range fields {
			if fields[i].key == key {
				out.fields[i] = spanOf(m.Value, m.Value)
			}
		}
	}
	return out
}

// modifiedAt is the time of its last change, and whether it is known.
func (r *row) modifiedAt() (time.Time, bool) { return time.UnixMicro(r.modified), r.modified != 0 }

// cursor is the record's position in Nango's list, to load after it or prune up to it; empty if there is none.
func (r *row) cursor() string {
	return jsontext.Text(member(member(r.raw, metadataKey), `"cursor"`))
}

// member returns the value of a key, as written, of an object; empty if there is none.
func member(object, key string) string {
	for m := range jsontext.Members(object) {
		if m.Name.In(object) == key {
			return m.Value.In(object)
		}
	}
	return ""
}

// value returns the top-level value of a key, ignoring case; empty if there is none.
func (r *row) value(name string) string {
	for m := range jsontext.Members(r.raw) {
		if strings.EqualFold(m.Name.TextIn(r.raw), name) && m.Name.In(r.raw) != metadataKey {
			return m.Value.In(r.raw)
		}
	}
	return ""
}

type rowBatch struct {
	rows []row
	// layout is the layout of the rows; nil until a record with a payload was loaded.
	layout *layout
	// page is the page's count and next cursor, for [nango.RecordPages].
	page nango.RecordPage
}

// newRowBatch decodes a page, up to the record that exceeds a number of bytes. The first page with a payload determines the
// layout, unless it is known.
func newRowBatch(known *layout, room int) func(nango.RecordPage) rowBatch {
	return func(page nango.RecordPage) rowBatch {
		cutAfter(&page, room)
		b := rowBatch{layout: known, rows: make([]row, len(page.Records))}
		if known == nil {
			b.layout = newLayout(page.Records)
		}
		var fields []field
		if b.layout != nil {
			fields = b.layout.fields
		}
		for i := range page.Records {
			b.rows[i] = newRow(&page.Records[i], fields)
		}
		b.page = nango.RecordPage{Next: page.Next, Records: make([]nango.Record, len(page.Records))}
		if last := len(page.Records) - 1; last >= 0 {
			b.page.Records[last].Cursor = strings.Clone(page.Records[last].Cursor)
		}
		return b
	}
}

// cutAfter cuts a page after the record that exceeds a number of bytes.
func cutAfter(page *nango.RecordPage, room int) {
	for i := range page.Records {
		if room -= len(page.Records[i].Raw); room <= 0 && i+1 < len(page.Records) {
			page.Cut(i + 1)
			return
		}
	}
}

// span is a piece of a text, by its byte offsets. Rows hold many of them.
type span struct{ from, to uint32 }

func spanOf(from, to jsontext.Token) span { return span{uint32(from.Start), uint32(to.End)} }

func (s span) in(text string) string { return text[s.from:s.to] }

// kindOf returns the kind of a JSON value by its first letter; 0 for no value.
func kindOf(written string) jsontext.Kind {
	if written == "" {
		return 0
	}
	switch c := jsontext.Kind(written[0]); c {
	case jsontext.String, jsontext.ObjectStart, jsontext.ArrayStart, jsontext.True, jsontext.False, jsontext.Null:
		return c
	}
	return jsontext.Number
}

package records

import (
	"strings"
	"time"

	"nango-tui/nango"
)

// maxFields is how many fields of the payload become columns.
const maxFields = 6

// metadataKey is the key under which Nango puts what it knows of a record, as it is written.
const metadataKey = `"_nango_metadata"`

// row is a record as the list keeps it.
type row struct {
	id string
	// raw is the record as Nango gave it.
	raw string
	// own is where Nango's metadata stands in raw, its key included.
	metadata span
	// fields is where the values of the columns stand in raw, empty where the record has none.
	fields   [maxFields]span
	modified int64 // in microseconds since 1970; 0 where it is not known
	action   nango.RecordAction
	pruned   bool
}

// newRow copies the record, so that its page need not stay in memory.
func newRow(r *nango.Record, fields []field) row {
	out := row{id: strings.Clone(r.ID), raw: string(r.Raw), action: r.Action, pruned: r.PrunedAt != nil}
	if !r.LastModified.IsZero() {
		out.modified = r.LastModified.UnixMicro()
	}
	for m := range membersOf(out.raw) {
		if m.key == metadataKey {
			out.metadata = span{m.at, m.value.to}
			continue
		}
		for i := range fields {
			if fields[i].key == m.key {
				out.fields[i] = m.value
			}
		}
	}
	return out
}

// modifiedAt is when it was last changed, and whether that is known.
func (r *row) modifiedAt() (time.Time, bool) { return time.UnixMicro(r.modified), r.modified != 0 }

// cursor is where to go on behind the record, or up to where to prune; empty where Nango gave none.
func (r *row) cursor() string {
	for m := range membersOf(r.raw) {
		if m.key != metadataKey {
			continue
		}
		for own := range membersOf(m.value.in(r.raw)) {
			if own.key == `"cursor"` {
				return unquoted(own.value.in(m.value.in(r.raw)))
			}
		}
	}
	return ""
}

// value is the top-level value of the key with this name in lower case, as it is written; empty where there is none.
func (r *row) value(name string) string {
	for m := range membersOf(r.raw) {
		if m.key != metadataKey && strings.EqualFold(unquoted(m.key), name) {
			return m.value.in(r.raw)
		}
	}
	return ""
}

// batch is a page of rows, as it comes from the goroutine that decodes it.
type rowBatch struct {
	rows []row
	// layout is the one that the rows were made for; nil while no record with a payload has come.
	layout *layout
	// page is what remains of the page for [nango.RecordPages]: how many came, and where to go on.
	page nango.RecordPage
}

// newBatch makes the rows of a page. The first page with a payload decides the layout; known is the one that was decided.
func newRowBatch(known *layout) func(nango.RecordPage) rowBatch {
	return func(page nango.RecordPage) rowBatch {
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

package nango

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"nango-tui/internal/jsontext"
)

// Limits set by Nango for records.
const (
	MaxRecordPage = 10_000 // the largest page of records that Nango returns
	MaxRecordIDs  = 100    // the maximum number of ids in a query
	maxRecordID   = 256
	maxCursor     = 1000
	recordMonths  = 12 // limits queries by modification time to the last months
)

// RecordAction is a sync's last change of a record, in Nango's terms.
type RecordAction string

// The changes of a record.
const (
	RecordAdded   RecordAction = "ADDED"
	RecordUpdated RecordAction = "UPDATED"
	RecordDeleted RecordAction = "DELETED"
)

// RecordQuery selects records of a connection. Empty fields don't filter.
type RecordQuery struct {
	Connection ConnectionRef // the connection to read from
	// Model is required, such as "GithubIssue". An unknown model has no records; it is not an error.
	Model   string
	Variant string // the sync's variant; empty means the base variant
	// Actions are the last changes to match; a record matches any of them. RecordDeleted must be alone: combined with
	// others, Nango leaves out deleted records.
	Actions       []RecordAction
	ModifiedAfter time.Time // must be within the last twelve months. See [CheckModifiedAfter].
	IDs           []string  // record ids, at most [MaxRecordIDs]
	Cursor        string    // where to continue: the cursor of a page or of a record
	Limit         int       // the page size, 1 to [MaxRecordPage]; with 0, Nango uses 100
	// most is how many records of the page are kept; with 0, [MaxRecordPage].
	most int
}

// ListRecords reads one page of records, least recently modified first. Use [RecordPages] to read all.
func ListRecords(query RecordQuery) Read[RecordPage] {
	call := newCall(OpRecordsList, http.MethodGet, "records")
	call.About, call.Header, call.Query = query.Connection, connectionHeader(query.Connection), query.values()
	decode := func(response Response) (RecordPage, error) {
		return decodeRecords(response, cmp.Or(query.most, MaxRecordPage))
	}
	return read(call, decode, query.Connection.checkHeader(OpRecordsList), query.check())
}

// connectionHeader identifies a connection in headers, as some operations require.
func connectionHeader(ref ConnectionRef) http.Header {
	return http.Header{"Connection-Id": {ref.ID}, "Provider-Config-Key": {ref.Integration}}
}

// checkHeader is [ConnectionRef.check] for operations that identify the connection in a header, where leading and
// trailing spaces are lost.
func (r ConnectionRef) checkHeader(operation Operation) error {
	lost := strings.TrimSpace(r.ID) != r.ID || strings.TrimSpace(r.Integration) != r.Integration
	return firstError(r.check(operation), refuseIf(lost, "this connection can't be used: spaces at the end of a name are lost in a header"))
}

func (q RecordQuery) values() url.Values {
	values := url.Values{"model": {q.Model}}
	put(values.Set, "variant", q.Variant, "cursor", q.Cursor, "filter", q.filter(), "limit", number(q.Limit))
	if !q.ModifiedAfter.IsZero() {
		values.Set("modified_after", zuluTime(q.ModifiedAfter))
	}
	if len(q.IDs) > 0 {
		values["ids"] = q.IDs // "1,2" would be a single id
	}
	return values
}

func (q RecordQuery) filter() string {
	words := make([]string, 0, len(q.Actions))
	for _, action := range q.Actions {
		words = append(words, strings.ToLower(string(action)))
	}
	return strings.Join(words, ",")
}

func (q RecordQuery) check() error {
	var variant error
	if q.Variant != "" {
		variant = checkName("the variant", q.Variant, providerChars)
	}
	return firstError(CheckModel(q.Model), variant, q.checkActions(), q.checkIDs(), checkPage("records", q.Limit, MaxRecordPage, 0),
		refuseIf(len(q.Cursor) > maxCursor, "the cursor is longer than %d characters, so it is not one of Nango's", maxCursor))
}

func (q RecordQuery) checkActions() error {
	for _, action := range q.Actions {
		switch action {
		case RecordAdded, RecordUpdated:
		case RecordDeleted:
			if len(q.Actions) > 1 {
				return errors.New("ask for deleted records alone: combined with others, Nango leaves them out")
			}
		default:
			return fmt.Errorf("the change of a record must be ADDED, UPDATED or DELETED, not %q", action)
		}
	}
	return nil
}

func (q RecordQuery) checkIDs() error {
	err := refuseIf(len(q.IDs) > MaxRecordIDs, "%d ids are too many; the maximum is %d", len(q.IDs), MaxRecordIDs)
	for _, id := range q.IDs {
		err = firstError(err, checkLength("a record id", id, 1, maxRecordID))
	}
	return err
}

// CheckModel returns an error if Nango would refuse the model name, which must start with a capital letter. Case
// matters.
func CheckModel(name string) error {
	if err := checkName("the model name", name, providerChars); err != nil {
		return err
	}
	return refuseIf(name[0] < 'A' || name[0] > 'Z' || len(name) < 2,
		"the model name %q must start with a capital letter and have at least two characters", name)
}

// CheckModifiedAfter returns an error if Nango would refuse the time for [RecordQuery.ModifiedAfter].
func CheckModifiedAfter(at, now time.Time) error {
	return refuseIf(at.Before(now.AddDate(0, -recordMonths, 0)),
		"records can only be selected by modification time within the last %d months", recordMonths)
}

// Record is a record of a model, as stored by a sync.
type Record struct {
	// ID is the provider's id, always a string: it may look like a number too large for any number type.
	ID string
	// Raw is the unchanged record, including "id" and "_nango_metadata". It shares memory with its page. A pruned
	// record contains nothing else.
	Raw json.RawMessage
	// FirstSeen and LastModified are when a sync first and last changed it.
	FirstSeen, LastModified time.Time
	Action                  RecordAction // the last change
	// DeletedAt is nil unless it was deleted, PrunedAt unless its payload was pruned.
	DeletedAt, PrunedAt *time.Time
	Cursor              string // continues after this record. It stays valid.
}

// recordMetadata is the key under which Nango stores its metadata in a record.
const recordMetadata = "_nango_metadata"

// Payload returns the record as the sync stored it, without Nango's metadata.
func (r Record) Payload() json.RawMessage {
	out := make([]byte, 0, len(r.Raw))
	out = append(out, '{')
	text := string(r.Raw)
	for m := range jsontext.Members(text) {
		if m.Name.TextIn(text) == recordMetadata {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, m.Name.In(text)...), ':'), m.Value.In(text)...)
	}
	return append(out, '}')
}

// RecordPage is a page of records.
type RecordPage struct {
	Records []Record
	// Next is the cursor of the next page; empty at the end. A page that isn't full is not necessarily the last.
	Next string
}

// decodeRecords decodes a page. It copies little, because a page can have 20 MB.
func decodeRecords(response Response, most int) (page RecordPage, err error) {
	more := false
	page.Records, more, err = decodePage(response, "records", FirstPage, most, (*rowReader).record, func(r *rowReader, name string) {
		if name == "next_cursor" {
			page.Next = r.text()
		}
	})
	if err == nil && more && !page.Cut(most) {
		err = fmt.Errorf("the page has more than %d records, and no cursors to continue between them", most)
	}
	return page, err
}

// Cut drops the records after the first n. The page then continues with them. It returns false, and changes nothing, if the
// n-th record has no cursor.
func (p *RecordPage) Cut(n int) bool {
	if n < 1 || n > len(p.Records) || p.Records[n-1].Cursor == "" {
		return false
	}
	p.Records, p.Next = p.Records[:n:n], p.Records[n-1].Cursor
	return true
}

func (r *rowReader) record() (record Record, err error) {
	r.Peek()
	start := r.Offset()
	for key := range r.Members() {
		switch r.Text(key) {
		case "id":
			record.ID = r.recordID()
		case recordMetadata:
			r.recordMetadata(&record)
		}
	}
	end := r.Offset()
	record.Raw = r.page[start:end:end]
	if record.ID == "" {
		err = missing("id")
	}
	return record, err
}

// recordID is a string; a number keeps its digits.
func (r *rowReader) recordID() string {
	if r.Peek() == jsontext.Number {
		return strings.Clone(r.raw())
	}
	return r.text()
}

func (r *rowReader) recordMetadata(record *Record) {
	for key := range r.Members() {
		switch r.Text(key) {
		case "first_seen_at":
			record.FirstSeen = r.time()
		case "last_modified_at":
			record.LastModified = r.time()
		case "last_action":
			record.Action = RecordAction(r.shared())
		case "deleted_at":
			record.DeletedAt = timestamp{r.time()}.orNil()
		case "pruned_at":
			record.PrunedAt = timestamp{r.time()}.orNil()
		case "cursor":
			record.Cursor = r.text()
		}
	}
}

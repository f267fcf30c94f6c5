package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"nango-tui/internal/jsontext"
)

// Bounds that Nango sets for records.
const (
	// MaxRecordPage is the largest page of records that Nango gives.
	MaxRecordPage = 10_000
	// MaxRecordIDs is how many records can be asked for by id at once.
	MaxRecordIDs = 100
	maxRecordID  = 256
	maxCursor    = 1000
	// recordMonths is how far back records can be asked for by their modification.
	recordMonths = 12
)

// RecordAction is what a sync last did to a record, in Nango's word.
type RecordAction string

// What can have been done to a record.
const (
	RecordAdded   RecordAction = "ADDED"
	RecordUpdated RecordAction = "UPDATED"
	RecordDeleted RecordAction = "DELETED"
)

// RecordQuery says which records of a connection to read. Fields left empty do not filter.
type RecordQuery struct {
	// Of is the connection.
	Connection ConnectionRef
	// Model is needed, such as "GithubIssue". An unknown one has no records; it is no error.
	Model string
	// Variant is that of the sync; empty is the base.
	Variant string
	// Actions are what was last done; any of them. A deletion stands alone: together with others Nango leaves
	// the deleted records out.
	Actions []RecordAction
	// ModifiedAfter lies within the last twelve months. See [CheckModifiedAfter].
	ModifiedAfter time.Time
	// IDs are record ids, [MaxRecordIDs] at most.
	IDs []string
	// Cursor is where to go on: that of a page, or of a record.
	Cursor string
	// Limit is records a page, 1 to [MaxRecordPage]; 0 leaves it to Nango, which gives 100.
	Limit int
}

// ListRecords reads one page of records, the one that was modified longest ago first. Use [RecordPages] for all of
// them.
func ListRecords(query RecordQuery) Read[RecordPage] {
	call := newCall(OpRecordsList, http.MethodGet, "records")
	call.About, call.Header, call.Query = query.Connection, connectionHeader(query.Connection), query.values()
	return read(call, decodeRecords, query.Connection.checkHeader(OpRecordsList), query.check())
}

// connectionHeader names a connection as some operations want it.
func connectionHeader(ref ConnectionRef) http.Header {
	return http.Header{"Connection-Id": {ref.ID}, "Provider-Config-Key": {ref.Integration}}
}

// checkHeader is [ConnectionRef.check] for operations that name the connection in a header, where space at an
// end gets lost.
func (r ConnectionRef) checkHeader(operation Operation) error {
	if err := r.check(operation); err != nil {
		return err
	}
	if strings.TrimSpace(r.ID) != r.ID || strings.TrimSpace(r.Integration) != r.Integration {
		return fmt.Errorf("this connection cannot be reached: space at the end of a name is lost in a header")
	}
	return nil
}

func (q RecordQuery) values() url.Values {
	values := url.Values{"model": {q.Model}}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("variant", q.Variant)
	set("cursor", q.Cursor)
	set("filter", q.filter())
	if !q.ModifiedAfter.IsZero() {
		values.Set("modified_after", zuluTime(q.ModifiedAfter))
	}
	if len(q.IDs) > 0 {
		values["ids"] = q.IDs // "1,2" would be a single id
	}
	if q.Limit != 0 {
		values.Set("limit", strconv.Itoa(q.Limit))
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
	return firstError(CheckModel(q.Model), variant, q.checkActions(), q.checkIDs(), q.checkPage())
}

func (q RecordQuery) checkActions() error {
	for _, action := range q.Actions {
		switch action {
		case RecordAdded, RecordUpdated:
		case RecordDeleted:
			if len(q.Actions) > 1 {
				return errors.New("ask for deleted records alone: together with others Nango leaves them out")
			}
		default:
			return fmt.Errorf("records are added, updated or deleted, not %q", action)
		}
	}
	return nil
}

func (q RecordQuery) checkIDs() error {
	if len(q.IDs) > MaxRecordIDs {
		return fmt.Errorf("%d ids are too many; %d can be asked for at once", len(q.IDs), MaxRecordIDs)
	}
	for _, id := range q.IDs {
		if length := units(id); length == 0 || length > maxRecordID {
			return fmt.Errorf("a record id has 1 to %d characters, not %d", maxRecordID, length)
		}
	}
	return nil
}

func (q RecordQuery) checkPage() error {
	if q.Limit < 0 || q.Limit > MaxRecordPage {
		return fmt.Errorf("a page has 1 to %d records, not %d", MaxRecordPage, q.Limit)
	}
	return checkCursor(q.Cursor)
}

func checkCursor(cursor string) error {
	if len(cursor) > maxCursor {
		return fmt.Errorf("the cursor is longer than %d characters, so it is none of Nango's", maxCursor)
	}
	return nil
}

// CheckModel says whether Nango takes the text as the name of a model: a capital letter first. Case counts.
func CheckModel(name string) error {
	if err := checkName("the model's name", name, providerChars); err != nil {
		return err
	}
	if name[0] < 'A' || name[0] > 'Z' || len(name) < 2 {
		return fmt.Errorf("the model's name %q must begin with a capital letter, and have two or more", name)
	}
	return nil
}

// CheckModifiedAfter says whether Nango takes a time for [RecordQuery.ModifiedAfter].
func CheckModifiedAfter(at, now time.Time) error {
	if at.Before(now.AddDate(0, -recordMonths, 0)) {
		return fmt.Errorf("records can be asked for by their modification within the last %d months", recordMonths)
	}
	return nil
}

// Record is a record of a model, as a sync has stored it.
type Record struct {
	// ID is the id at the provider, always a text: it may look like a number that no number holds.
	ID string
	// Raw is the record as it was written, "id" and "_nango_metadata" within. It shares the memory of its page.
	// A pruned record has nothing else in it.
	Raw json.RawMessage
	// FirstSeen and LastModified are when a sync first and last changed it.
	FirstSeen, LastModified time.Time
	// Action is what was last done to it.
	Action RecordAction
	// DeletedAt is nil while it is there; PrunedAt is nil while it has its payload.
	DeletedAt, PrunedAt *time.Time
	// Cursor is where to go on behind this record, later as well.
	Cursor string
}

// recordMetadata is the key under which Nango puts what it knows of a record.
const recordMetadata = "_nango_metadata"

// Payload is the record as the sync has stored it, without what Nango has added, and otherwise as it was written.
func (r Record) Payload() json.RawMessage {
	out := make([]byte, 0, len(r.Raw))
	out = append(out, '{')
	text := string(r.Raw)
	for m := range jsontext.Members(text) {
		name := text[m.Name.Start:m.Name.End]
		if jsontext.Text(name) == recordMetadata {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, name...), ':'), text[m.Value.Start:m.Value.End]...)
	}
	return append(out, '}')
}

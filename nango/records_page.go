package nango

import (
	"strings"

	"nango-tui/internal/jsontext"
)

// RecordPage is a page of records.
type RecordPage struct {
	Records []Record
	// Next is the cursor of the next page; empty at the end. A page that isn't full is not necessarily the last.
	Next string
}

// decodeRecords decodes a page. It copies little, because a page can have 20 MB.
func decodeRecords(response Response) (RecordPage, error) {
	reader := recordReader{rowReader: newRowReader(response.Body), page: response.Body}
	var page RecordPage
	found := false
	for key := range reader.Members() {
		switch reader.Text(key) {
		case "records":
			page.Records, found = reader.records()
		case "next_cursor":
			page.Next = reader.text()
		}
	}
	if err := reader.end(); err != nil {
		return RecordPage{}, err
	}
	if !found {
		return RecordPage{}, missing("records")
	}
	return page, reader.err
}

// recordReader reads the records of a page.
type recordReader struct {
	rowReader
	page []byte
	err  error
}

func (r *recordReader) records() (all []Record, found bool) {
	all = make([]Record, 0, FirstPage)
	found = r.Peek() == jsontext.ArrayStart
	for range r.Elements() {
		record := r.record()
		if record.ID == "" && r.err == nil {
			r.err = missing("id")
		}
		all = append(all, record)
	}
	return all, found
}

func (r *recordReader) record() (record Record) {
	r.Peek()
	start := r.Offset()
	for key := range r.Members() {
		switch r.Text(key) {
		case "id":
			record.ID = r.id()
		case recordMetadata:
			r.metadata(&record)
		}
	}
	end := r.Offset()
	record.Raw = r.page[start:end:end]
	return record
}

// id is a string; a number keeps its digits.
func (r *recordReader) id() string {
	if r.Peek() == jsontext.Number {
		return strings.Clone(r.raw())
	}
	return r.text()
}

func (r *recordReader) metadata(record *Record) {
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

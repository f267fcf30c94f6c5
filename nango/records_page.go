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
func decodeRecords(response Response) (page RecordPage, err error) {
	page.Records, err = decodePage(response, "records", (*rowReader).record, func(r *rowReader, name string) {
		if name == "next_cursor" {
			page.Next = r.text()
		}
	})
	return page, err
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

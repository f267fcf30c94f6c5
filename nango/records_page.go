package nango

import "encoding/json"

// RecordPage is a page of records.
type RecordPage struct {
	Records []Record
	// Next is the cursor of the next page; empty at the end. A page that is not full is not the end.
	Next string
}

// decodeRecords reads a page. It copies little of it: a page may have 20 MB.
func decodeRecords(answer Response) (RecordPage, error) {
	if !json.Valid(answer.Body) {
		return decodeJSON[RecordPage](answer) // for its error
	}
	reader := recordReader{rowReader: newRowReader(answer.Body)}
	var page RecordPage
	found := false
	reader.members(func(key []byte) {
		switch string(key) {
		case "records":
			page.Records, found = reader.records()
		case "next_cursor":
			page.Next = string(reader.text())
		default:
			reader.skip()
		}
	})
	if !found {
		return RecordPage{}, missing("records")
	}
	return page, reader.err
}

// recordReader reads the records of one page.
type recordReader struct {
	rowReader
	err error
}

func (r *recordReader) records() (all []Record, found bool) {
	all = make([]Record, 0, FirstPage)
	found = r.elements(func() {
		record := r.record()
		if record.ID == "" && r.err == nil {
			r.err = missing("id")
		}
		all = append(all, record)
	})
	return all, found
}

func (r *recordReader) record() (record Record) {
	r.space()
	from := r.at
	r.members(func(key []byte) {
		switch string(key) {
		case "id":
			record.ID = r.id()
		case recordMetadata:
			r.metadata(&record)
		default:
			r.skip()
		}
	})
	record.Raw = r.in[from:r.at:r.at]
	return record
}

// id is a text; a number is kept as it is written.
func (r *recordReader) id() string {
	if first := r.space(); first == '-' || first >= '0' && first <= '9' {
		return string(r.skip())
	}
	return string(r.text())
}

func (r *recordReader) metadata(record *Record) {
	r.members(func(key []byte) {
		switch string(key) {
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
			record.Cursor = string(r.text())
		default:
			r.skip()
		}
	})
}

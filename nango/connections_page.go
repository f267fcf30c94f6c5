package nango

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"nango-tui/internal/jsontext"
)

// maxDepth is the maximum nesting of a response, as in encoding/json.
const maxDepth = 10_000

// decodeConnections decodes a page of the list. encoding/json would need 20 allocations per row, for thousands of
// rows.
func decodeConnections(response Response) ([]Connection, error) {
	reader := pageReader{rowReader: newRowReader(response.Body)}
	found := false
	for key := range reader.Members() {
		if reader.Text(key) == "connections" {
			found = reader.rows()
		}
	}
	if err := reader.end(); err != nil {
		return nil, err
	}
	if !found {
		return nil, missing("connections")
	}
	return reader.page, reader.err
}

// rowReader reads the rows of a page. Strings that repeat are stored once; others are copied, so that a row doesn't
// keep its page in memory.
type rowReader struct {
	*jsontext.Reader
	same map[string]string
}

func newRowReader(page []byte) rowReader {
	return rowReader{Reader: jsontext.NewReader(string(page), jsontext.Limits{Depth: maxDepth}), same: map[string]string{}}
}

// end returns the error of a page that is not JSON.
func (r *rowReader) end() error {
	if err := r.End(); err != nil {
		return fmt.Errorf("the body can't be decoded: %w", err)
	}
	return nil
}

// pageReader reads a page of connections, which repeat integrations, providers and tag keys.
type pageReader struct {
	rowReader
	page []Connection
	err  error
}

func (r *pageReader) rows() bool {
	r.page = make([]Connection, 0, FirstPage)
	found := r.Peek() == jsontext.ArrayStart
	for range r.Elements() {
		row := r.row()
		switch {
		case r.err != nil:
		case row.ID == "":
			r.err = missing("connection_id")
		case row.Integration == "":
			r.err = missing("provider_config_key")
		}
		r.page = append(r.page, row)
	}
	return found
}

func (r *pageReader) row() (row Connection) {
	for key := range r.Members() {
		switch r.Text(key) {
		case "connection_id":
			row.ID = r.text()
		case "provider_config_key":
			row.Integration = r.shared()
		case "provider":
			row.Provider = r.shared()
		case "created":
			row.Created = r.time()
		case "metadata":
			row.Metadata = r.metadata()
		case "tags":
			row.Tags = r.tags()
		case "errors":
			row.Errors = r.failures()
		case "end_user":
			row.EndUser = r.endUser()
		}
	}
	return row
}

// text reads a string that only this row has.
func (r *rowReader) text() string { return strings.Clone(r.String()) }

// shared reads a string that other rows are likely to repeat.
func (r *rowReader) shared() string { return r.once(r.String()) }

func (r *rowReader) once(text string) string {
	kept, ok := r.same[text]
	if !ok {
		kept = strings.Clone(text)
		r.same[kept] = kept
	}
	return kept
}

func (r *rowReader) time() time.Time { return parseTime(r.String()) }

// raw copies a value unchanged.
func (r *rowReader) raw() string {
	value, _ := r.Value() // the page reports the error
	return r.Raw(value)
}

var (
	emptyObject = json.RawMessage("{}")
	nullValue   = json.RawMessage("null")
)

// metadata is the unchanged value. Common values are shared.
func (r *pageReader) metadata() json.RawMessage {
	switch raw := r.raw(); raw {
	case "{}":
		return emptyObject
	case "null":
		return nullValue
	default:
		return json.RawMessage(raw)
	}
}

func (r *pageReader) tags() map[string]string {
	tags := map[string]string{}
	for key := range r.Members() {
		tags[r.once(r.Text(key))] = r.text()
	}
	return tags
}

func (r *pageReader) failures() (all []ConnectionError) {
	for range r.Elements() {
		var one ConnectionError
		for key := range r.Members() {
			switch r.Text(key) {
			case "type":
				one.Type = r.shared()
			case "log_id":
				one.LogID = r.text()
			}
		}
		all = append(all, one)
	}
	return all
}

// endUser is rare, so encoding/json decodes it. An unexpected type counts as no end user.
func (r *pageReader) endUser() *EndUser {
	raw := r.raw()
	if raw == "null" {
		return nil
	}
	var user *EndUser
	if err := json.Unmarshal([]byte(raw), &user); err != nil && !isMistyped(err) {
		return nil
	}
	return user
}

package nango

import (
	"cmp"
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
func decodeConnections(response Response, query ConnectionQuery) ([]Connection, error) {
	return decodeConnectionList(response, query, func(r *rowReader) (row Connection, err error) {
		err = r.connection(&row)
		return row, err
	})
}

// decodeConnectionRows is [decodeConnections] for [ConnectionRows].
func decodeConnectionRows[T any](response Response, query ConnectionQuery, convert func(*Connection) T) ([]T, error) {
	var row Connection
	return decodeConnectionList(response, query, func(r *rowReader) (converted T, err error) {
		r.borrows = true
		clear(row.Tags)
		row = Connection{Tags: row.Tags, Errors: row.Errors[:0]}
		if err = r.connection(&row); err != nil {
			return converted, err
		}
		return convert(&row), nil
	})
}

func decodeConnectionList[T any](response Response, query ConnectionQuery, row func(*rowReader) (T, error)) ([]T, error) {
	most := cmp.Or(query.most, ConnectionsBound)
	rows, _, err := decodePage(response, "connections", min(query.Limit, most), most, row, func(*rowReader, string) {})
	return rows, err
}

// decodePage decodes a page: at most a number of rows of its list, and its other members. More reports whether there are further
// rows. A server may send more than it was asked for, which is the room to begin with.
func decodePage[T any](
	response Response, list string, room, most int, row func(*rowReader) (T, error), other func(r *rowReader, name string),
) (rows []T, more bool, err error) {
	reader := jsontext.NewReader(string(response.Body), jsontext.Limits{Depth: maxDepth})
	r := &rowReader{Reader: reader, page: response.Body, same: map[string]string{}}
	wrong := missing(list)
	for key := range r.Members() {
		if name := r.Text(key); name != list {
			other(r, name)
			continue
		}
		rows, wrong = make([]T, 0, max(room, FirstPage)), nil
		if r.Peek() != jsontext.ArrayStart {
			wrong = missing(list)
		}
		for range r.Elements() {
			if more = len(rows) == most; more {
				_, _ = r.Value() // the page reports the error
				continue
			}
			one, err := row(r)
			if wrong == nil {
				wrong = err
			}
			rows = append(rows, one)
		}
	}
	if err := r.End(); err != nil {
		return nil, false, fmt.Errorf("the body can't be decoded: %w", err)
	}
	return rows, more, wrong
}

// rowReader reads the rows of a page. Strings that repeat, such as integrations, providers and tag keys, are stored once;
// others are copied, so that a row doesn't keep its page in memory.
type rowReader struct {
	*jsontext.Reader
	page []byte
	same map[string]string
	// borrows means that nothing is copied: the row is used up before the next one is read.
	borrows bool
}

// connection reads a row into an empty one, whose tags and errors are overwritten.
func (r *rowReader) connection(row *Connection) error {
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
			if !r.borrows {
				row.Metadata = r.metadata()
			}
		case "tags":
			row.Tags = r.tags(row.Tags)
		case "errors":
			row.Errors = r.failures(row.Errors[:0])
		case "end_user":
			row.EndUser = r.endUser()
		}
	}
	switch {
	case row.ID == "":
		return missing("connection_id")
	case row.Integration == "":
		return missing("provider_config_key")
	}
	return nil
}

// text reads a string that only this row has.
func (r *rowReader) text() string {
	if r.borrows {
		return r.String()
	}
	return strings.Clone(r.String())
}

// shared reads a string that other rows are likely to repeat.
func (r *rowReader) shared() string { return r.once(r.String()) }

func (r *rowReader) once(text string) string {
	if r.borrows {
		return text
	}
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
func (r *rowReader) metadata() json.RawMessage {
	switch raw := r.raw(); raw {
	case "{}":
		return emptyObject
	case "null":
		return nullValue
	default:
		return json.RawMessage(raw)
	}
}

func (r *rowReader) tags(tags map[string]string) map[string]string {
	if clear(tags); tags == nil {
		tags = map[string]string{}
	}
	for key := range r.Members() {
		tags[r.once(r.Text(key))] = r.text()
	}
	return tags
}

func (r *rowReader) failures(all []ConnectionError) []ConnectionError {
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
func (r *rowReader) endUser() *EndUser {
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

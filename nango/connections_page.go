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
func decodeConnections(response Response, most int) ([]Connection, error) {
	rows, _, err := decodePage(response, "connections", most, (*rowReader).connection, func(*rowReader, string) {})
	return rows, err
}

// decodePage decodes a page: at most a number of rows of its list, and its other members. More reports whether there are further
// rows. A server may send more than it was asked for.
func decodePage[T any](
	response Response, list string, most int, row func(*rowReader) (T, error), other func(r *rowReader, name string),
) (rows []T, more bool, err error) {
	reader := jsontext.NewReader(string(response.Body), jsontext.Limits{Depth: maxDepth})
	r := &rowReader{Reader: reader, page: response.Body, same: map[string]string{}}
	wrong := missing(list)
	for key := range r.Members() {
		if name := r.Text(key); name != list {
			other(r, name)
			continue
		}
		rows, wrong = make([]T, 0, FirstPage), nil
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
}

func (r *rowReader) connection() (row Connection, err error) {
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
	switch {
	case row.ID == "":
		err = missing("connection_id")
	case row.Integration == "":
		err = missing("provider_config_key")
	}
	return row, err
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

func (r *rowReader) tags() map[string]string {
	tags := map[string]string{}
	for key := range r.Members() {
		tags[r.once(r.Text(key))] = r.text()
	}
	return tags
}

func (r *rowReader) failures() (all []ConnectionError) {
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

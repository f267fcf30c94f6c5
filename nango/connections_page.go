package nango

import (
	"encoding/json"
	"slices"
	"time"
)

// decodeConnections reads a page of the list.
func decodeConnections(answer Response) ([]Connection, error) {
	if !json.Valid(answer.Body) {
		return decodeJSON[[]Connection](answer) // for its error
	}
	reader := pageReader{rowReader: newRowReader(answer.Body)}
	found := false
	reader.members(func(key []byte) {
		if string(key) != "connections" {
			reader.skip()
			return
		}
		found = reader.rows()
	})
	if !found {
		return nil, missing("connections")
	}
	return reader.page, reader.err
}

// rowReader reads the rows of one page. Texts that are the same in many rows are kept once.
type rowReader struct {
	jsonReader
	same map[string]string
}

func newRowReader(page []byte) rowReader {
	return rowReader{jsonReader: jsonReader{in: page}, same: map[string]string{}}
}

// pageReader reads a page of connections: many share integrations, providers and the keys of tags.
type pageReader struct {
	rowReader
	page []Connection
	err  error
}

func (r *pageReader) rows() bool {
	r.page = make([]Connection, 0, FirstPage)
	return r.elements(func() {
		row := r.row()
		switch {
		case r.err != nil:
		case row.ID == "":
			r.err = missing("connection_id")
		case row.Integration == "":
			r.err = missing("provider_config_key")
		}
		r.page = append(r.page, row)
	})
}

func (r *pageReader) row() (row Connection) {
	r.members(func(key []byte) {
		switch string(key) {
		case "connection_id":
			row.ID = string(r.text())
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
		default:
			r.skip()
		}
	})
	return row
}

// shared is a text that other rows have as well.
func (r *rowReader) shared() string { return r.once(r.text()) }

func (r *rowReader) once(text []byte) string {
	kept, ok := r.same[string(text)]
	if !ok {
		kept = string(text)
		r.same[kept] = kept
	}
	return kept
}

func (r *rowReader) time() time.Time { return timeOf(r.text()) }

// timeOf is [parseTime] without an allocation for the form that most times have.
func timeOf(text []byte) time.Time {
	var t time.Time
	if len(text) == 0 {
		return t
	}
	if t.UnmarshalText(text) == nil {
		return t
	}
	return parseTime(string(text))
}

var (
	emptyObject = json.RawMessage("{}")
	nullValue   = json.RawMessage("null")
)

// metadata is copied, so that a row does not keep its page; what most have is one and the same.
func (r *pageReader) metadata() json.RawMessage {
	switch raw := r.skip(); string(raw) {
	case "{}":
		return emptyObject
	case "null":
		return nullValue
	default:
		return slices.Clone(raw)
	}
}

func (r *pageReader) tags() map[string]string {
	tags := map[string]string{}
	r.members(func(key []byte) {
		name := r.once(key)
		tags[name] = string(r.text())
	})
	return tags
}

func (r *pageReader) failures() (all []ConnectionError) {
	r.elements(func() {
		var one ConnectionError
		r.members(func(key []byte) {
			switch string(key) {
			case "type":
				one.Type = r.shared()
			case "log_id":
				one.LogID = string(r.text())
			default:
				r.skip()
			}
		})
		all = append(all, one)
	})
	return all
}

// endUser is rare today, and left to encoding/json. One of an unforeseen form is none.
func (r *pageReader) endUser() *EndUser {
	var user *EndUser
	if err := json.Unmarshal(r.skip(), &user); err != nil && !isMistyped(err) {
		return nil
	}
	return user
}

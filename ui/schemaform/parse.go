package schemaform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"nango-tui/ui"
)

// maxNesting is how deep lists and objects may stand in each other, in an input as in a schema.
const maxNesting = 100

// parse reads a JSON text.
func parse(raw []byte) (value, error) {
	if len(raw) > MaxInput {
		return value{}, fmt.Errorf("longer than %d MB", MaxInput>>20)
	}
	raw = bytes.ToValidUTF8(raw, []byte(string(utf8.RuneError)))
	if !json.Valid(raw) {
		if _, err := ui.ParseJSON(raw, nil); err != nil {
			return value{}, err
		}
		return value{}, errNotJSON
	}
	r := reader{raw: raw}
	return r.value(0)
}

var (
	errNotJSON = errors.New("not JSON")
	errNested  = fmt.Errorf("lists and objects stand more than %d deep in each other", maxNesting)
)

// reader walks over a text that is known to be JSON.
type reader struct {
	raw []byte
	pos int
}

func (r *reader) value(depth int) (value, error) {
	if depth > maxNesting {
		return value{}, errNested
	}
	switch c := r.next(); c {
	case '{':
		return r.object(depth)
	case '[':
		return r.list(depth)
	case '"':
		raw := r.string()
		return value{kind: text, raw: raw, says: unquoted(raw)}, nil
	case 'n':
		return literal(null, r.word()), nil
	case 't', 'f':
		return literal(boolean, r.word()), nil
	}
	return literal(number, r.word()), nil
}

// next skips spaces and is the byte behind them.
func (r *reader) next() byte {
	for strings.IndexByte(" \t\r\n", r.raw[r.pos]) >= 0 {
		r.pos++
	}
	return r.raw[r.pos]
}

func (r *reader) word() string {
	from := r.pos
	for r.pos < len(r.raw) && strings.IndexByte(",]} \t\r\n", r.raw[r.pos]) < 0 {
		r.pos++
	}
	return string(r.raw[from:r.pos])
}

func (r *reader) string() string {
	from := r.pos
	for r.pos++; r.raw[r.pos] != '"'; r.pos++ {
		if r.raw[r.pos] == '\\' {
			r.pos++
		}
	}
	r.pos++
	return string(r.raw[from:r.pos])
}

func (r *reader) list(depth int) (value, error) {
	v := value{kind: list}
	r.pos++
	for r.next() != ']' {
		elem, err := r.value(depth + 1)
		if err != nil {
			return v, err
		}
		v.elems = append(v.elems, elem)
		if r.next() == ',' {
			r.pos++
		}
	}
	r.pos++
	return v, nil
}

// object reads an object. Of a key that stands there twice the last value counts, as in JavaScript.
func (r *reader) object(depth int) (value, error) {
	v := value{kind: object}
	at := map[string]int{}
	r.pos++
	for r.next() != '}' {
		key := unquoted(r.string())
		r.next()
		r.pos++ // the colon
		elem, err := r.value(depth + 1)
		if err != nil {
			return v, err
		}
		if i, twice := at[key]; twice {
			v.elems[i] = elem
		} else {
			at[key] = len(v.keys)
			v.keys, v.elems = append(v.keys, key), append(v.elems, elem)
		}
		if r.next() == ',' {
			r.pos++
		}
	}
	r.pos++
	return v, nil
}

func unquoted(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw[1 : len(raw)-1]
	}
	var s string
	if err := json.Unmarshal([]byte(raw), &s); err != nil { // the text is known to be JSON
		return raw
	}
	return s
}

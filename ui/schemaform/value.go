package schemaform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"nango-tui/ui"
)

// maxNesting is how deep lists and objects may stand in each other, in an input as in a schema.
const maxNesting = 100

// jsonType is what a JSON value is.
type jsonType uint8

const (
	null jsonType = iota
	boolean
	number
	text
	list
	object
)

// String is the word of JSON schema for it.
func (k jsonType) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object"}[k]
}

// value is a JSON value that keeps what a Go map and a float64 lose: the order of keys, and strings and numbers as they
// were written.
type value struct {
	kind  jsonType
	raw   string   // as written, but of a list or an object
	says  string   // of a string
	keys  []string // of an object, one for each element
	elems []value
}

// get is the value of a key, nil where an object does not have it or v is none.
func (v *value) get(key string) *value {
	if v == nil {
		return nil
	}
	for i, k := range v.keys {
		if k == key {
			return &v.elems[i]
		}
	}
	return nil
}

// string is what the string at a key says, empty where there is none.
func (v *value) string(key string) string {
	if at := v.get(key); at != nil {
		return at.says
	}
	return ""
}

// isTrue says that the value at a key is true.
func (v *value) isTrue(key string) bool {
	at := v.get(key)
	return at != nil && at.raw == "true"
}

// set adds a key, or replaces its value.
func (v *value) set(key string, to value) {
	if at := v.get(key); at != nil {
		*at = to
		return
	}
	v.keys, v.elems = append(v.keys, key), append(v.elems, to)
}

// textValue is the string that says s.
func textValue(s string) value { return value{kind: text, says: s, raw: quoted(s)} }

func literal(k jsonType, raw string) value { return value{kind: k, raw: raw} }

// quoted is s as a JSON string. Only what JSON needs is escaped.
func quoted(s string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil { // of a string it never fails
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// lossy says that a string was written with halves of a character, which no Go string can hold.
func (v *value) lossy() bool {
	return v.kind == text && strings.ContainsRune(v.says, utf8.RuneError) && !strings.ContainsRune(v.raw, utf8.RuneError)
}

// compact is the value on one line.
func (v value) compact() string {
	var b bytes.Buffer
	v.write(&b)
	return b.String()
}

func (v value) write(b *bytes.Buffer) {
	switch v.kind {
	case list:
		b.WriteByte('[')
	case object:
		b.WriteByte('{')
	default:
		b.WriteString(v.raw)
		return
	}
	for i, elem := range v.elems {
		if i > 0 {
			b.WriteByte(',')
		}
		if v.kind == object {
			b.WriteString(quoted(v.keys[i]))
			b.WriteByte(':')
		}
		elem.write(b)
	}
	b.WriteByte(map[jsonType]byte{list: ']', object: '}'}[v.kind])
}

// indented is the value as one reads it.
func (v value) indented() string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(v.compact()), "", "  "); err != nil { // it was made of values, so it never fails
		return v.compact()
	}
	return b.String()
}

// equal compares what is said, not how it is written; keys in another order are the same object.
func (v *value) equal(w *value) bool {
	if v.kind != w.kind || len(v.elems) != len(w.elems) {
		return false
	}
	switch v.kind {
	case text:
		return v.says == w.says && !v.lossy() && !w.lossy()
	case number:
		return v.raw == w.raw || sameNumber(v.raw, w.raw)
	case list, object:
		return v.sameElements(w)
	}
	return v.raw == w.raw
}

func (v *value) sameElements(w *value) bool {
	for i := range v.elems {
		other := &w.elems[i]
		if v.kind == object && v.keys[i] != w.keys[i] {
			if other = w.get(v.keys[i]); other == nil {
				return false
			}
		}
		if !v.elems[i].equal(other) {
			return false
		}
	}
	return true
}

func sameNumber(a, b string) bool {
	if !ordinary(a) || !ordinary(b) {
		return false
	}
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) == 0
}

// Bounds of a number that is reckoned with. Beyond, nothing that reads it can hold it, and comparing takes seconds.
const (
	maxDigits   = 400
	maxExponent = 400
)

// ordinary says that a number can be reckoned with.
func ordinary(written string) bool {
	digits, exponent, there := strings.Cut(strings.ToLower(written), "e")
	if len(digits) > maxDigits {
		return false
	}
	if !there {
		return true
	}
	n, err := strconv.Atoi(exponent)
	return err == nil && -maxExponent <= n && n <= maxExponent
}

// allOrdinary says so of every number in v.
func (v *value) allOrdinary() bool {
	if v.kind == number {
		return ordinary(v.raw)
	}
	for i := range v.elems {
		if !v.elems[i].allOrdinary() {
			return false
		}
	}
	return true
}

// plain is the value as the library for schemas takes it.
func (v value) plain() any {
	switch v.kind {
	case boolean:
		return v.raw == "true"
	case number:
		return json.Number(v.raw)
	case text:
		return v.says
	case list:
		all := make([]any, len(v.elems))
		for i, elem := range v.elems {
			all[i] = elem.plain()
		}
		return all
	case object:
		all := make(map[string]any, len(v.elems))
		for i, elem := range v.elems {
			all[v.keys[i]] = elem.plain()
		}
		return all
	}
	return nil
}

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

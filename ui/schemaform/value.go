package schemaform

import (
	"bytes"
	"encoding/json"
	"iter"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

type jsonType uint8

const (
	null jsonType = iota
	boolean
	number
	text
	list
	object
)

// String returns its name in JSON schema.
func (k jsonType) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object"}[k]
}

// value is a JSON value that keeps the order of keys, and strings and numbers as written.
type value struct {
	kind  jsonType
	raw   string   // as written, except lists and objects
	str   string   // of a string
	keys  []string // of an object, one per element
	elems []value
}

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

func (v *value) string(key string) string {
	if at := v.get(key); at != nil {
		return at.str
	}
	return ""
}

func (v *value) add(key string, to value) { v.keys, v.elems = append(v.keys, key), append(v.elems, to) }

func textValue(s string) value { return value{kind: text, str: s, raw: jsontext.Quote(s)} }

func literal(k jsonType, raw string) value { return value{kind: k, raw: raw} }

// half matches an escaped surrogate.
var half = regexp.MustCompile(`\\u[dD][89a-fA-F]`)

// lossy reports whether a string has a lone surrogate, which Go strings can't hold.
func (v *value) lossy() bool {
	return v.kind == text && strings.ContainsRune(v.str, utf8.RuneError) && half.MatchString(v.raw)
}

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
			b.WriteString(jsontext.Quote(v.keys[i]))
			b.WriteByte(':')
		}
		elem.write(b)
	}
	b.WriteByte(map[jsonType]byte{list: ']', object: '}'}[v.kind])
}

func (v value) indented() string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(v.compact()), "", "  "); err != nil { // can't happen: the text is valid
		return v.compact()
	}
	return b.String()
}

// equal compares the meaning, regardless of notation and order of keys.
func (v *value) equal(w *value) bool {
	if v.kind != w.kind || len(v.elems) != len(w.elems) {
		return false
	}
	switch v.kind {
	case text:
		return v.str == w.str && !v.lossy() && !w.lossy()
	case number:
		return v.raw == w.raw || sameNumber(v.raw, w.raw)
	case list, object:
		return v.sameElements(w)
	}
	return v.raw == w.raw
}

func (v *value) sameElements(w *value) bool {
	places := make(map[string]int, len(w.keys))
	for i, key := range w.keys {
		places[key] = i
	}
	for i := range v.elems {
		at := i
		if v.kind == object {
			var there bool
			if at, there = places[v.keys[i]]; !there {
				return false
			}
		}
		if !v.elems[i].equal(&w.elems[at]) {
			return false
		}
	}
	return true
}

func sameNumber(a, b string) bool {
	if !isOrdinary(a) || !isOrdinary(b) {
		return false
	}
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) == 0
}

// Limits of numbers to calculate with. Nothing can hold larger ones, and comparing them takes seconds.
const (
	maxDigits   = 400
	maxExponent = 400
)

func isOrdinary(written string) bool {
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

// all yields v and all values in it, each with its keys, which are valid until the next one.
func (v *value) all() iter.Seq2[[]string, *value] {
	return func(yield func([]string, *value) bool) { v.yieldAll(nil, yield) }
}

func (v *value) yieldAll(at []string, yield func([]string, *value) bool) bool {
	if !yield(at, v) {
		return false
	}
	for i := range v.elems {
		key := strconv.Itoa(i)
		if v.kind == object {
			key = v.keys[i]
		}
		if !v.elems[i].yieldAll(append(at, key), yield) {
			return false
		}
	}
	return true
}

func (v *value) allOrdinary() bool {
	for _, inner := range v.all() {
		if inner.kind == number && !isOrdinary(inner.raw) {
			return false
		}
	}
	return true
}

// plain returns the value for the schema library.
func (v value) plain() any {
	switch v.kind {
	case boolean:
		return v.raw == "true"
	case number:
		return json.Number(v.raw)
	case text:
		return v.str
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

// maxNesting is how deep lists and objects may be nested, in an input as in a schema.
const maxNesting = 100

var inputLimits = jsontext.Limits{Bytes: MaxInput, Depth: maxNesting}

// parse reads a JSON text. The value of a repeated key is the last one, as in JavaScript.
func parse(raw []byte) (value, error) {
	text := string(bytes.ToValidUTF8(raw, []byte(string(utf8.RuneError))))
	r := jsontext.NewReader(text, inputLimits)
	v := read(r)
	if err := r.End(); err != nil {
		return value{}, err
	}
	return v, nil
}

// read reads a value. After an error, which the reader keeps, it is of no use.
func read(r *jsontext.Reader) value {
	switch r.Peek() {
	case jsontext.ObjectStart:
		v := value{kind: object}
		at := map[string]int{}
		for name := range r.Members() {
			key := r.Text(name)
			elem := read(r)
			if i, twice := at[key]; twice {
				v.elems[i] = elem
				continue
			}
			at[key] = len(v.keys)
			v.add(key, elem)
		}
		return v
	case jsontext.ArrayStart:
		v := value{kind: list}
		for range r.Elements() {
			v.elems = append(v.elems, read(r))
		}
		return v
	}
	t, err := r.Next()
	if err != nil {
		return value{}
	}
	raw := r.Raw(t)
	switch t.Kind {
	case jsontext.String:
		return value{kind: text, raw: raw, str: r.Text(t)}
	case jsontext.Number:
		return literal(number, raw)
	case jsontext.Null:
		return literal(null, raw)
	}
	return literal(boolean, raw)
}

package schemaform

import (
	"bytes"
	"encoding/json"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// jsonType is the type of a JSON value.
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

// get returns the value of a key, or nil.
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

// string returns the string at a key, or "".
func (v *value) string(key string) string {
	if at := v.get(key); at != nil {
		return at.str
	}
	return ""
}

// isTrue reports whether the value at a key is true.
func (v *value) isTrue(key string) bool {
	at := v.get(key)
	return at != nil && at.raw == "true"
}

// add adds a new key.
func (v *value) add(key string, to value) {
	v.keys, v.elems = append(v.keys, key), append(v.elems, to)
}

// textValue returns a string value.
func textValue(s string) value { return value{kind: text, str: s, raw: jsontext.Quote(s)} }

func literal(k jsonType, raw string) value { return value{kind: k, raw: raw} }

// half matches an escaped surrogate.
var half = regexp.MustCompile(`\\u[dD][89a-fA-F]`)

// lossy reports whether a string has a lone surrogate, which Go strings can't hold.
func (v *value) lossy() bool {
	return v.kind == text && strings.ContainsRune(v.str, utf8.RuneError) && half.MatchString(v.raw)
}

// compact returns the value on one line.
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

// indented returns the indented value.
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

// isOrdinary reports whether a number is within the limits.
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

// size returns the number of values in v, including v.
func (v *value) size() int {
	n := 1
	for i := range v.elems {
		n += v.elems[i].size()
	}
	return n
}

// allOrdinary reports whether all numbers in v are ordinary.
func (v *value) allOrdinary() bool {
	if v.kind == number {
		return isOrdinary(v.raw)
	}
	for i := range v.elems {
		if !v.elems[i].allOrdinary() {
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

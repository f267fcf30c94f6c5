package ui

import (
	"fmt"
	"unicode/utf8"
)

// Bounds of the JSON viewer.
const (
	// JSONBytes is how much of a text is taken at all; the rest is cut off and said to be.
	JSONBytes = 32 << 20
	// JSONRows is how many lines a document may have as a tree. Beyond, it is shown as text. A line takes 20 bytes.
	JSONRows = 3 << 20
	// JSONCell is how many bytes of one value or key are drawn. The whole value is there for copying.
	JSONCell = 4 << 10
	// JSONCopy is the largest value that is copied. More belongs into a file.
	JSONCopy = 64 << 10
	// JSONMaskDepth is how deep a value may stand for a mask to be asked about it. What stands deeper is hidden: the way
	// to it is part of the question, and a stranger could make each of a million ways as long as the text is deep.
	JSONMaskDepth = 64
)

// JSONMask replaces what is secret in a value. path names the way to it from the root, array elements by their
// number; it is only good during the call, and has [JSONMaskDepth] steps at most. It is nil for keys. A mask gives back
// the value itself where nothing is secret.
type JSONMask func(path []string, value string) string

// at is what is shown of a value.
func (m JSONMask) at(path []string, value string) string {
	if len(path) > JSONMaskDepth {
		return maskDots
	}
	return m(path, value)
}

// JSONDoc is a parsed text, ready to be shown by a [JSONView]. It keeps the bytes as they were written and, for
// each line of the indented form, where in them it stands: no tree of values, so numbers, the order of keys and
// doubled keys stay as they are. It does not change once made and may be read by several goroutines.
type JSONDoc struct {
	raw    []byte
	rows   []jsonRow
	masked map[uint32]string // what is drawn instead of the value, by row
	keys   map[string]string // what is drawn instead of a key, where it is secret
	err    *JSONError
	errRow uint32

	wrap bool // long lines are broken until the user says otherwise
}

// JSONError is the place where a text stops being JSON.
type JSONError struct {
	// Offset is in bytes from 0; Line and Column count from 1, Column in characters.
	Offset, Line, Column int
	Reason               string
}

// Error is the place and the reason in one line.
func (e *JSONError) Error() string {
	return fmt.Sprintf("not JSON at line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// jsonKind is what stands in a line of the indented form.
type jsonKind uint32

const (
	jsonString jsonKind = iota
	jsonNumber
	jsonLiteral
	jsonEmptyObject
	jsonEmptyArray
	jsonObject // the line that opens it
	jsonArray
	jsonClose
	jsonText // a piece of what is not JSON
)

const (
	jsonKindBits = 4
	jsonNoRow    = ^uint32(0)
)

// jsonRow is one line of the indented form.
type jsonRow struct {
	// at is where its value begins in the raw text; of a closing line, where the bracket is.
	at uint32
	// name is where the key begins, or the number of an array element; the parent tells which.
	name uint32
	// parent is the row of the container, jsonNoRow for the root.
	parent uint32
	// end is the offset behind a plain value; the row of the closing line for an opening one, and the reverse.
	end uint32
	// meta is the depth and the kind.
	meta uint32
}

func (r jsonRow) kind() jsonKind { return jsonKind(r.meta & (1<<jsonKindBits - 1)) }
func (r jsonRow) depth() int     { return int(r.meta >> jsonKindBits) }
func (r jsonRow) opens() bool    { return r.kind() == jsonObject || r.kind() == jsonArray }

// ParseJSON makes a document of raw, which must not change afterwards. It is pure and may run on any goroutine.
// The document is never nil: a text that is not JSON is shown as text, and the error is a [*JSONError] that says
// where it breaks off. mask may be nil; it sees every value once, whole.
func ParseJSON(raw []byte, mask JSONMask) (*JSONDoc, error) {
	cut := len(raw) > JSONBytes
	if cut {
		raw = raw[:JSONBytes]
	}
	plain := decodeEscapes(raw)
	p := &jsonParser{raw: plain, mask: mask}
	err := p.run()
	if err == nil {
		return &JSONDoc{raw: plain, rows: p.rows, masked: p.masked, keys: p.secretKeys, errRow: jsonNoRow}, nil
	}
	if len(plain) != len(raw) { // the place has to be that of the text as it came
		p = &jsonParser{raw: raw}
		err = p.run()
	}
	if cut {
		err = p.fault(len(raw), fmt.Sprintf("longer than %d MB, the rest is cut off", JSONBytes>>20))
	}
	return jsonAsText(raw, err, mask), err
}

// value is the text of a plain value as it was written, quotes included.
func (d *JSONDoc) value(i uint32) []byte {
	r := d.rows[i]
	switch r.kind() {
	case jsonObject, jsonArray, jsonClose:
		return d.raw[r.at : r.at+1]
	}
	return d.raw[r.at:r.end]
}

// key is the key of a row as it was written, with its quotes; nil for elements and the root.
func (d *JSONDoc) key(i uint32) []byte {
	r := d.rows[i]
	if r.kind() == jsonClose || r.parent == jsonNoRow || d.rows[r.parent].kind() != jsonObject {
		return nil
	}
	end, _ := stringEnd(d.raw, int(r.name))
	return d.raw[r.name:end]
}

// keyText is the key as it may be shown, without quotes; false where the row has none.
func (d *JSONDoc) keyText(i uint32) (string, bool) {
	raw := d.key(i)
	if raw == nil {
		return "", false
	}
	key := unquote(raw)
	if masked, ok := d.keys[key]; ok {
		return masked, true
	}
	return key, true
}

// place fills in the line and the column of an offset.
func place(raw []byte, offset int, reason string) *JSONError {
	e := &JSONError{Offset: offset, Line: 1, Reason: reason}
	start := 0
	for i, b := range raw[:offset] {
		if b == '\n' {
			e.Line++
			start = i + 1
		}
	}
	e.Column = utf8.RuneCount(raw[start:offset]) + 1
	return e
}

package ui

import (
	"fmt"

	"nango-tui/internal/jsontext"
)

// Limits of the JSON viewer.
const (
	// maxJSONBytes is the maximum size of a text. The rest is cut off, and the error says so.
	maxJSONBytes = 32 << 20
	// maxJSONRows is the maximum number of lines of a tree; a longer document is shown as text. A line takes 20 bytes.
	maxJSONRows = 3 << 20
	// maxJSONCell is the maximum number of drawn bytes of a value or key. Copying and search cover the whole value.
	maxJSONCell = 4 << 10
	// JSONCopy is the maximum size of a copied value.
	JSONCopy = 64 << 10
)

// JSONDoc is a parsed text for a [JSONView]. It keeps the text as written and the offsets of each line of the indented
// form instead of a tree of values, so numbers, the order of keys and duplicate keys are unchanged. It is immutable and
// safe for concurrent use.
type JSONDoc struct {
	raw    string
	rows   []jsonRow
	masked map[uint32]string // what is drawn instead of secret values, by row
	keys   map[string]string // what is drawn instead of secret keys, by the key as written
	err    *jsontext.Error
	errRow uint32
	wrap   bool // long lines wrap at first
}

// jsonKind is the kind of a line of the indented form.
type jsonKind uint32

const (
	jsonString jsonKind = iota
	jsonNumber
	jsonLiteral
	jsonEmptyObject
	jsonEmptyArray
	jsonObject // its first line
	jsonArray
	jsonClose
	jsonText // a line of a text that is not JSON
)

const (
	jsonKindBits = 4
	jsonNoRow    = ^uint32(0)
)

// jsonRow is one line of the indented form.
type jsonRow struct {
	// at is the offset of the value, or of the bracket of a closing line.
	at uint32
	// name is the offset of the key, or the index in an array, depending on the parent.
	name uint32
	// parent is the row of the container, jsonNoRow for the root.
	parent uint32
	// end is the end of a scalar. For a container it is the row of the closing line, and vice versa.
	end uint32
	// meta holds the depth and the kind.
	meta uint32
}

func (r jsonRow) kind() jsonKind { return jsonKind(r.meta & (1<<jsonKindBits - 1)) }
func (r jsonRow) depth() int     { return int(r.meta >> jsonKindBits) }
func (r jsonRow) opens() bool    { return r.kind() == jsonObject || r.kind() == jsonArray }

// ParseJSON parses a text and masks the secrets that the policy finds; a nil policy masks nothing. It is pure and safe on
// any goroutine. The document is never nil: a text that is not JSON is shown as text, and the error is a
// [*jsontext.Error] with the place where the JSON breaks off.
func ParseJSON(raw []byte, policy jsontext.Policy) (*JSONDoc, error) {
	cut := len(raw) > maxJSONBytes
	text := string(raw[:min(len(raw), maxJSONBytes)])
	redactor := jsontext.NewRedactor(policy)
	plain := decodeEscapes(text)
	p := newJSONParser(plain, redactor)
	err := p.run()
	if err == nil {
		return &JSONDoc{raw: plain, rows: p.rows, masked: p.masked, keys: p.keys, errRow: jsonNoRow}, nil
	}
	if len(plain) != len(text) { // the place must be that of the text as received
		err = newJSONParser(text, nil).run()
	}
	if cut {
		err = jsontext.ErrorAt(text, len(text), fmt.Sprintf(textCutOff, maxJSONBytes>>20))
	}
	return jsonAsText(text, err, redactor), err
}

// value returns a scalar as written, with its quotes, or the bracket of a container.
func (d *JSONDoc) value(i uint32) string {
	r := d.rows[i]
	switch r.kind() {
	case jsonObject, jsonArray, jsonClose:
		return d.raw[r.at : r.at+1]
	}
	return d.raw[r.at:r.end]
}

// key returns the key of a row as written, with its quotes, or "" for elements and the root.
func (d *JSONDoc) key(i uint32) string {
	r := d.rows[i]
	if r.kind() == jsonClose || r.parent == jsonNoRow || d.rows[r.parent].kind() != jsonObject {
		return ""
	}
	return d.raw[r.name:jsontext.StringEnd(d.raw, int(r.name))]
}

// keyText returns the masked key without quotes, or false if the row has none.
func (d *JSONDoc) keyText(i uint32) (string, bool) {
	raw := d.key(i)
	if masked, ok := d.keys[raw]; ok {
		return masked, true
	}
	return jsontext.Text(raw), raw != ""
}

// start returns the offset of a line: of its key, or of its value if it has none.
func (d *JSONDoc) start(i uint32) uint32 {
	r := d.rows[i]
	if r.kind() != jsonClose && r.parent != jsonNoRow && d.rows[r.parent].kind() == jsonObject {
		return r.name
	}
	return r.at
}

// shows reports whether the bytes from at to end are part of the unmasked key or value of line i.
func (d *JSONDoc) shows(i uint32, at, end int) bool {
	r := d.rows[i]
	if key := d.key(i); key != "" && at >= int(r.name) && end <= int(r.name)+len(key) {
		_, secret := d.keys[key]
		return !secret
	}
	if r.opens() || r.kind() == jsonClose || at < int(r.at) || end > int(r.end) {
		return false
	}
	_, secret := d.masked[i]
	return !secret
}

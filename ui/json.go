package ui

import (
	"fmt"

	"nango-tui/internal/jsontext"
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
)

// JSONDoc is a parsed text, ready to be shown by a [JSONView]. It keeps the bytes as they were written and, for
// each line of the indented form, where in them it stands: no tree of values, so numbers, the order of keys and
// doubled keys stay as they are. It does not change once made and may be read by several goroutines.
type JSONDoc struct {
	raw    string
	rows   []jsonRow
	masked map[uint32]string // what is drawn instead of the value, by row
	keys   map[string]string // what is drawn instead of a key, by how it is written, where it is secret
	err    *jsontext.Error
	errRow uint32

	wrap bool // long lines are broken until the user says otherwise
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

// ParseJSON makes a document of a text. It is pure and may run on any goroutine. The document is never nil: a text that is
// not JSON is shown as text, and the error is a [*jsontext.Error] that says where it breaks off. The policy says what is
// secret; nil hides nothing.
func ParseJSON(raw []byte, policy jsontext.Policy) (*JSONDoc, error) {
	cut := len(raw) > JSONBytes
	text := string(raw[:min(len(raw), JSONBytes)])
	redactor := jsontext.NewRedactor(policy)
	plain := decodeEscapes(text)
	p := newJSONParser(plain, redactor)
	err := p.run()
	if err == nil {
		return &JSONDoc{raw: plain, rows: p.rows, masked: p.masked, keys: p.keys, errRow: jsonNoRow}, nil
	}
	if len(plain) != len(text) { // the place has to be that of the text as it was written
		err = newJSONParser(text, nil).run()
	}
	if cut {
		err = jsontext.ErrorAt(text, len(text), fmt.Sprintf("longer than %d MB, the rest is cut off", JSONBytes>>20))
	}
	return jsonAsText(text, err, redactor), err
}

// value is the text of a plain value as it was written, quotes included.
func (d *JSONDoc) value(i uint32) string {
	r := d.rows[i]
	switch r.kind() {
	case jsonObject, jsonArray, jsonClose:
		return d.raw[r.at : r.at+1]
	}
	return d.raw[r.at:r.end]
}

// key is the key of a row as it was written, with its quotes; empty for elements and the root.
func (d *JSONDoc) key(i uint32) string {
	r := d.rows[i]
	if r.kind() == jsonClose || r.parent == jsonNoRow || d.rows[r.parent].kind() != jsonObject {
		return ""
	}
	return d.raw[r.name:jsontext.StringEnd(d.raw, int(r.name))]
}

// keyText is the key as it may be shown, without quotes; false where the row has none.
func (d *JSONDoc) keyText(i uint32) (string, bool) {
	raw := d.key(i)
	if raw == "" {
		return "", false
	}
	if masked, ok := d.keys[raw]; ok {
		return masked, true
	}
	return jsontext.Text(raw), true
}

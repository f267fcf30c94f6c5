package ui

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nango-tui/internal/jsontext"
)

// Value returns the value under the cursor for copying: a string without quotes, a number as written, an object or array
// as indented JSON. Secrets are masked. It returns false if the value is longer than [JSONCopy].
func (v *JSONView) Value() (string, bool) { return v.doc.text(v.cursor, true) }

// RawValue is [JSONView.Value] with secrets unmasked. Call it only for an action that says so.
func (v *JSONView) RawValue() (string, bool) { return v.doc.text(v.cursor, false) }

// Source returns the whole text, with its secrets.
func (v *JSONView) Source() string { return v.doc.raw }

// Path returns the path of the cursor in jq syntax, with secret keys masked: .a["b c"][3]; "" for a text that is not JSON.
func (v *JSONView) Path() string {
	if v.pathOf != v.cursor {
		v.path, v.pathOf = v.doc.path(v.cursor), v.cursor
	}
	return v.path
}

// text returns the value of a line, or of the container that ends there.
func (d *JSONDoc) text(i uint32, masked bool) (string, bool) {
	if int(i) >= len(d.rows) {
		return "", false
	}
	r := d.rows[i]
	if r.kind() == jsonClose {
		i = r.end
		r = d.rows[i]
	}
	if r.opens() {
		return d.indented(i, masked)
	}
	if shown, secret := d.masked[i]; secret && masked {
		return shown, len(shown) <= JSONCopy
	}
	raw := d.value(i)
	if len(raw) > 6*JSONCopy { // too long even if everything is escaped
		return "", false
	}
	if r.kind() != jsonText { // quotes in a line of text are part of it
		raw = jsontext.Text(raw)
	}
	return raw, len(raw) <= JSONCopy
}

// indented returns a container as indented JSON, or false if it is longer than [JSONCopy].
func (d *JSONDoc) indented(i uint32, masked bool) (string, bool) {
	var b strings.Builder
	for j := i; j <= d.rows[i].end; j++ {
		if j > i {
			b.WriteByte('\n')
		}
		indent := 2 * (d.rows[j].depth() - d.rows[i].depth())
		if b.Len()+indent > JSONCopy {
			return "", false
		}
		b.WriteString(Spaces(indent))
		d.writeRow(&b, j, i, masked)
	}
	return b.String(), b.Len() <= JSONCopy
}

// writeRow writes a line of the container that begins at root.
func (d *JSONDoc) writeRow(b *strings.Builder, i, root uint32, masked bool) {
	if key := d.key(i); key != "" && i != root {
		if shown, secret := d.keys[key]; secret && masked {
			key = jsontext.Quote(shown)
		}
		b.WriteString(key + ": ")
	}
	value := d.value(i)
	if shown, secret := d.masked[i]; secret && masked {
		value = jsontext.Quote(shown)
	}
	if len(value) > JSONCopy {
		value = value[:JSONCopy+1] // enough to exceed the limit
	}
	b.WriteString(value)
	if d.comma(i) && i != d.rows[root].end {
		b.WriteByte(',')
	}
}

func (d *JSONDoc) comma(i uint32) bool {
	return !d.rows[i].opens() && int(i)+1 < len(d.rows) && d.rows[i].kind() != jsonText && d.rows[i+1].kind() != jsonClose
}

func (d *JSONDoc) path(i uint32) string {
	if int(i) >= len(d.rows) || d.rows[i].kind() == jsonText {
		return ""
	}
	var names []string // from the inside
	for ; d.rows[i].parent != jsonNoRow; i = d.rows[i].parent {
		names = append(names, d.step(i))
	}
	slices.Reverse(names)
	return "." + strings.TrimPrefix(strings.Join(names, ""), ".")
}

func (d *JSONDoc) step(i uint32) string {
	r := d.rows[i]
	if d.rows[r.parent].kind() == jsonArray {
		return "[" + strconv.FormatUint(uint64(r.name), 10) + "]"
	}
	if r.kind() == jsonClose {
		i = r.end
	}
	key, _ := d.keyText(i)
	if jqName.MatchString(key) {
		return "." + key
	}
	return "[" + strconv.Quote(key) + "]"
}

// jqName matches the keys that jq accepts without quotes.
var jqName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

package ui

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// jsonParser reads a text once and adds a row for each line of its indented form. Open containers are in a slice, so
// depth costs no stack.
type jsonParser struct {
	text     string
	reader   *jsontext.Reader
	redactor *jsontext.Redactor
	rows     []jsonRow
	open     []jsonOpen

	name   uint32 // of the next value
	place  jsontext.Place
	member string // of the next value
	masked map[uint32]string
	keys   map[string]string
}

type jsonOpen struct {
	row, elements uint32
	place         jsontext.Place
	member        string
}

func newJSONParser(text string, redactor *jsontext.Redactor) *jsonParser {
	return &jsonParser{text: text, reader: jsontext.NewReader(text, jsontext.Limits{}), redactor: redactor,
		masked: map[uint32]string{}, keys: map[string]string{}}
}

func (p *jsonParser) run() error {
	n := countRows(p.text)
	if n > maxJSONRows {
		return jsontext.ErrorAt(p.text, 0, fmt.Sprintf(textTooManyLines, maxJSONRows))
	}
	p.rows = make([]jsonRow, 0, n)
	for token, err := p.reader.Next(); err == nil; token, err = p.reader.Next() {
		p.take(token)
	}
	return p.reader.Err()
}

// countRows returns an upper bound of the number of rows, close enough to allocate them once.
func countRows(text string) int {
	n := 1
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = jsontext.StringEnd(text, i) - 1
		case ',':
			n++
		case '{', '[':
			n += 2
		}
	}
	return n
}

func (p *jsonParser) take(t jsontext.Token) {
	switch t.Kind {
	case jsontext.Name:
		p.key(t)
		return
	case jsontext.ObjectEnd, jsontext.ArrayEnd:
		p.close(t)
		return
	}
	p.element()
	switch t.Kind {
	case jsontext.ObjectStart:
		p.container(jsonObject, t)
	case jsontext.ArrayStart:
		p.container(jsonArray, t)
	case jsontext.String:
		p.leaf(jsonString, t)
	case jsontext.Number:
		p.leaf(jsonNumber, t)
	default:
		p.leaf(jsonLiteral, t)
	}
}

func (p *jsonParser) key(t jsontext.Token) {
	p.name = uint32(t.Start)
	if p.redactor == nil {
		return
	}
	p.member = p.reader.ExactText(t)
	var shown string
	shown, p.place = p.redactor.Name(p.open[len(p.open)-1].place, p.member)
	if shown != p.member {
		p.keys[p.reader.Raw(t)] = shown
	}
}

func (p *jsonParser) element() {
	if len(p.open) == 0 {
		return
	}
	top := &p.open[len(p.open)-1]
	if p.rows[top.row].kind() == jsonArray {
		p.name, p.place, p.member = top.elements, top.place, top.member
		top.elements++
	}
}

func (p *jsonParser) add(kind jsonKind, at, end int) uint32 {
	parent := jsonNoRow
	if n := len(p.open); n > 0 {
		parent = p.open[n-1].row
	}
	p.rows = append(p.rows, jsonRow{
		at: uint32(at), name: p.name, parent: parent, end: uint32(end),
		meta: uint32(len(p.open))<<jsonKindBits | uint32(kind),
	})
	return uint32(len(p.rows) - 1)
}

// leaf adds a scalar, masked by the policy.
func (p *jsonParser) leaf(kind jsonKind, t jsontext.Token) {
	row := p.add(kind, t.Start, t.End)
	if p.redactor == nil {
		return
	}
	text := p.reader.ExactText(t)
	shown := p.redactor.Show(jsontext.Scalar{Place: p.place, Name: p.member, Kind: t.Kind, Text: text})
	if shown != text {
		p.masked[row] = shown
	}
}

func (p *jsonParser) container(kind jsonKind, t jsontext.Token) {
	row := p.add(kind, t.Start, 0)
	p.open = append(p.open, jsonOpen{row: row, place: p.place, member: p.member})
}

// close adds the closing line of the innermost container. An empty container has only one line.
func (p *jsonParser) close(t jsontext.Token) {
	opener := p.open[len(p.open)-1].row
	p.open = p.open[:len(p.open)-1]
	top := &p.rows[opener]
	if int(opener) == len(p.rows)-1 {
		empty := jsonEmptyObject
		if top.kind() == jsonArray {
			empty = jsonEmptyArray
		}
		top.meta = uint32(top.depth())<<jsonKindBits | uint32(empty)
		top.end = uint32(t.End)
		return
	}
	p.name = top.name
	top.end = p.add(jsonClose, t.Start, int(opener))
}

// jsonTextLine is the maximum length of a line of a text that is not JSON, in bytes. Longer lines are split.
const jsonTextLine = 1 << 10

// jsonAsText returns a document of the lines of a text that is not JSON, at most maxJSONRows, with the place of the error.
// Its secrets are masked as in JSON, so that half a body shows nothing that the whole would hide.
func jsonAsText(raw string, err error, redactor *jsontext.Redactor) *JSONDoc {
	d := &JSONDoc{errRow: jsonNoRow}
	d.err, _ = err.(*jsontext.Error)
	text, errAt := redactor.RedactAt(raw, 0, d.err.Offset)
	d.raw = text
	for at := 0; at < len(text) && len(d.rows) < maxJSONRows; {
		end, next := textLine(text, at)
		if errAt >= at && errAt < next || next == len(text) && d.errRow == jsonNoRow {
			d.errRow = uint32(len(d.rows))
		}
		d.rows = append(d.rows, jsonRow{at: uint32(at), end: uint32(end), parent: jsonNoRow, meta: uint32(jsonText)})
		at = next
	}
	return d
}

// textLine returns the end of the line, or piece of a line, that begins at at, and the start of the next one.
func textLine(text string, at int) (end, next int) {
	limit := min(at+jsonTextLine, len(text))
	if n := strings.IndexByte(text[at:limit], '\n'); n >= 0 {
		return at + n, at + n + 1
	}
	if limit == len(text) {
		return limit, limit
	}
	end = limit
	for end > limit-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return end, end
}

// decodeEscapes replaces \uXXXX by the character if it is printable and not ASCII, because some servers escape all
// non-ASCII text. It copies the text only if there are escapes.
func decodeEscapes(text string) string {
	if !strings.Contains(text, `\u`) {
		return text
	}
	out := make([]byte, 0, len(text))
	kept := 0 // how much of text is in out
	for i := strings.IndexByte(text, '\\'); i >= 0 && i < len(text); {
		r, n := jsontext.Escape(text[i:])
		if r > unicode.MaxASCII && r != utf8.RuneError && unicode.IsPrint(r) {
			out = utf8.AppendRune(append(out, text[kept:i]...), r)
			kept = i + n
		}
		i += max(n, 1)
		next := strings.IndexByte(text[min(i, len(text)):], '\\')
		if next < 0 {
			break
		}
		i += next
	}
	return string(append(out, text[kept:]...))
}

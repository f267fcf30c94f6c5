package ui

import (
	"bytes"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonTextLine is how long a line of a text that is not JSON may be, in bytes; longer ones are folded.
const jsonTextLine = 1 << 10

// jsonAsText makes a document of what is not JSON: its lines, with the place of the error. What looks like a key
// with a value is masked as in JSON, so that half a body does not show what the whole would hide. Beyond [JSONRows] lines it
// is cut off.
func jsonAsText(raw []byte, fault error, mask JSONMask) *JSONDoc {
	d := &JSONDoc{errRow: jsonNoRow}
	e, _ := fault.(*JSONError)
	d.err = e
	text, errAt := raw, e.Offset
	if mask != nil {
		text, errAt = maskText(raw, e.Offset, mask)
	}
	d.raw = text
	for at := 0; at < len(text) && len(d.rows) < JSONRows; {
		end, next := textLine(text, at)
		if errAt >= at && errAt < next || next == len(text) && d.errRow == jsonNoRow {
			d.errRow = uint32(len(d.rows))
		}
		d.rows = append(d.rows, jsonRow{at: uint32(at), end: uint32(end), parent: jsonNoRow, meta: uint32(jsonText)})
		at = next
	}
	return d
}

// textLine is the end of the line, or piece of a line, that begins at at, and where the next one begins.
func textLine(text []byte, at int) (end, next int) {
	limit := min(at+jsonTextLine, len(text))
	if n := bytes.IndexByte(text[at:limit], '\n'); n >= 0 {
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

// looseText reads what is almost JSON and masks the values in it, without asking that brackets match.
type looseText struct {
	raw  []byte
	pos  int
	out  []byte
	path []string // the keys of the containers around
	key  string
	mask JSONMask
}

// maskText masks what is secret in a text that is not JSON, and says where the place at went to.
func maskText(raw []byte, at int, mask JSONMask) (text []byte, moved int) {
	l := looseText{raw: raw, mask: mask, out: make([]byte, 0, len(raw))}
	for moved = -1; l.pos < len(raw); {
		if moved < 0 && l.pos >= at {
			moved = len(l.out)
		}
		l.next()
	}
	if moved < 0 {
		moved = len(l.out)
	}
	return l.out, moved
}

func (l *looseText) next() {
	switch c := l.raw[l.pos]; c {
	case '{', '[':
		l.path, l.key = append(l.path, l.key), ""
	case '}', ']':
		l.path, l.key = l.path[:max(len(l.path)-1, 0)], ""
	case ',':
		l.key = ""
	case ' ', '\t', '\r', '\n', ':':
	case '"':
		l.quoted()
		return
	default:
		l.piece(wordEnd(l.raw, l.pos))
		return
	}
	l.out = append(l.out, l.raw[l.pos])
	l.pos++
}

// quoted takes a string: a key if a colon follows, else a value.
func (l *looseText) quoted() {
	end := looseStringEnd(l.raw, l.pos)
	ahead := jsonParser{raw: l.raw, pos: end}
	ahead.space()
	if ahead.peek() != ':' {
		l.piece(end)
		return
	}
	key := unquote(l.raw[l.pos:end])
	l.key = ""
	l.piece(end)
	l.key = key
}

// piece copies the raw text up to end, or what the mask puts in its place.
func (l *looseText) piece(end int) {
	raw := l.raw[l.pos:end]
	l.pos = end
	path := l.path
	if l.key != "" {
		path = append(path, l.key) // in place: copying a deep path for every value would be quadratic
	}
	value := unquote(raw)
	if shown := l.mask.at(path, value); shown != value {
		l.out = append(l.out, `"`+shown+`"`...)
		return
	}
	l.out = append(l.out, raw...)
}

// looseStringEnd is where a string ends that may hold anything and may not end at all.
func looseStringEnd(raw []byte, at int) int {
	for i := at + 1; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(raw)
}

func wordEnd(raw []byte, at int) int {
	if n := bytes.IndexAny(raw[at:], ",{}[]\"\n"); n > 0 {
		return at + n
	}
	return len(raw)
}

// decodeEscapes writes what can be read in place of \uXXXX: some servers escape everything that is not ASCII, and
// nobody reads that. What would not be drawn stays escaped. The text is copied only when there is something to do.
func decodeEscapes(raw []byte) []byte {
	if !bytes.Contains(raw, []byte(`\u`)) {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		if raw[i] != '\\' || i+1 >= len(raw) {
			out = append(out, raw[i])
			i++
			continue
		}
		r, n := escapedRune(raw, i)
		if n > 0 && r > unicode.MaxASCII && unicode.IsPrint(r) {
			out = utf8.AppendRune(out, r)
			i += n
			continue
		}
		out = append(out, raw[i:i+2]...)
		i += 2
	}
	return out
}

// escapedRune is the character of \uXXXX at at, or of a pair of them, and how long that is; 0 for anything else.
func escapedRune(raw []byte, at int) (rune, int) {
	if raw[at+1] != 'u' {
		return 0, 0
	}
	r, ok := hex4(raw, at+2)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if at+12 > len(raw) || raw[at+6] != '\\' || raw[at+7] != 'u' {
		return 0, 0
	}
	low, ok := hex4(raw, at+8)
	if !ok {
		return 0, 0
	}
	return utf16.DecodeRune(r, low), 12
}

package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

// jsonTextLine is how long a line of a text that is not JSON may be, in bytes; longer ones are folded.
const jsonTextLine = 1 << 10

// jsonAsText makes a document of what is not JSON: its lines, with the place of the error. Its secrets are hidden as in JSON, so
// that half a body does not show what all of it would hide. Beyond [JSONRows] lines it is cut off.
func jsonAsText(raw string, fault error, redactor *jsontext.Redactor) *JSONDoc {
	d := &JSONDoc{errRow: jsonNoRow}
	d.err, _ = fault.(*jsontext.Error)
	text, errAt := redactor.RedactAt(raw, 0, d.err.Offset)
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

// decodeEscapes writes what can be read in place of \uXXXX: some servers escape everything that is not ASCII. What would not be
// drawn stays escaped. The text is copied only when there is something to do.
func decodeEscapes(text string) string {
	if !strings.Contains(text, `\u`) {
		return text
	}
	out := make([]byte, 0, len(text))
	kept := 0
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

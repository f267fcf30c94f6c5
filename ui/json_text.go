package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
)

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

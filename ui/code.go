package ui

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Bounds of the viewer of source code.
const (
	// CodeBytes is how much of a text is taken at all; the rest is cut off and said to be.
	CodeBytes = 16 << 20
	// CodeCell is how many bytes of one line are drawn. The whole line is found by a search.
	CodeCell = 4 << 10
)

// CodeSpan is what a piece of a text means. It ends before the byte End, and begins where the one before it ends.
type CodeSpan struct {
	End  uint32
	Role Role
}

// CodeDoc is source code, ready to be shown by a [CodeView]: the text as it came, where its lines begin, and what its pieces
// mean. It does not change once made and may be read by several goroutines.
type CodeDoc struct {
	text  string
	lines []uint32
	spans []CodeSpan
	rest  int // bytes that were cut off
}

// ParseCode makes a document of a text in which secrets are masked already. spans finds what its pieces mean, as
// [TypeScript] does; nil leaves it plain. It is pure, and takes its time for megabytes: call it off App's goroutine.
func ParseCode(text string, spans func(string) []CodeSpan) *CodeDoc {
	d := &CodeDoc{text: text}
	if len(text) > CodeBytes {
		end := CodeBytes
		for end > CodeBytes-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		d.text, d.rest = text[:end], len(text)-end
	}
	d.lines = append(make([]uint32, 0, 1+strings.Count(d.text, "\n")), 0)
	for at := 0; ; {
		n := strings.IndexByte(d.text[at:], '\n')
		if n < 0 || at+n+1 == len(d.text) { // a line break at the end begins no further line
			break
		}
		at += n + 1
		d.lines = append(d.lines, uint32(at))
	}
	if spans != nil {
		d.spans = spans(d.text)
	}
	return d
}

// Len is the number of lines; an empty text has one.
func (d *CodeDoc) Len() int { return len(d.lines) }

// Text is the text that is shown.
func (d *CodeDoc) Text() string { return d.text }

// Line is the text of a line, by its number from 1; empty where there is none.
func (d *CodeDoc) Line(number int) string {
	if number < 1 || number > len(d.lines) {
		return ""
	}
	from, to := d.bounds(uint32(number - 1))
	return d.text[from:to]
}

// bounds is where the i-th line begins and ends, from 0, without its line break.
func (d *CodeDoc) bounds(i uint32) (from, to int) {
	from, to = int(d.lines[i]), len(d.text)
	if int(i)+1 < len(d.lines) {
		to = int(d.lines[i+1])
	}
	line := strings.TrimSuffix(strings.TrimSuffix(d.text[from:to], "\n"), "\r")
	return from, from + len(line)
}

// span is the first one that ends behind an offset.
func (d *CodeDoc) span(at int) int {
	return sort.Search(len(d.spans), func(i int) bool { return int(d.spans[i].End) > at })
}

// line is the i-th line, drawn: cut where it is too long, and cleaned piece by piece. A line in which something has to be
// masked is drawn as one piece, since a secret may span several.
func (d *CodeDoc) line(f Frame, i uint32) (line Line, cut bool) {
	from, to := d.bounds(i)
	if cut = to-from > CodeCell; cut {
		to = from + len(strings.ToValidUTF8(d.text[from:from+CodeCell], ""))
	}
	whole := d.text[from:to]
	if f.Mask != nil {
		if shown := f.Mask(whole); shown != whole {
			return Line{{Clean(untabbed(shown)), RoleText}}, cut
		}
	}
	for n := d.span(from); from < to; n++ {
		end, role := to, RoleText
		if n < len(d.spans) {
			end, role = min(to, int(d.spans[n].End)), d.spans[n].Role
		}
		line = append(line, Cell{Clean(untabbed(d.text[from:end])), role})
		from = end
	}
	return line, cut
}

// untabbed has spaces in place of tabs, as [CleanLines] draws them.
func untabbed(s string) string { return strings.ReplaceAll(s, "\t", "    ") }

// find is the lines that hold query, in order. Both texts are in small letters.
func (d *CodeDoc) find(text, query string) (hits []uint32, more bool) {
	if query == "" {
		return nil, false
	}
	for at, line := 0, 0; ; {
		n := strings.Index(text[at:], query)
		if n < 0 {
			return hits, false
		}
		if len(hits) == SearchMatches {
			return hits, true
		}
		at += n
		line += sort.Search(len(d.lines)-line, func(i int) bool { return int(d.lines[line+i]) > at }) - 1
		hits = append(hits, uint32(line))
		if line+1 == len(d.lines) {
			return hits, false
		}
		line++
		at = int(d.lines[line])
	}
}

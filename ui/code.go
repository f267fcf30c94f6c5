package ui

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// Limits of the source code viewer.
const (
	// maxCodeBytes is the maximum size of a text. The rest is cut off, and the viewer says so.
	maxCodeBytes = 16 << 20
	// maxCodeLine is the maximum number of drawn bytes per line. Search covers the whole line.
	maxCodeLine = 4 << 10
)

// CodeSpan is a token. It begins at the end of the previous one and ends before byte End.
type CodeSpan struct {
	End  uint32
	Role Role
}

// CodeDoc is source code for a [CodeView]: text, lines and tokens. It is immutable and safe for concurrent use.
type CodeDoc struct {
	text  string
	lines []uint32
	spans []CodeSpan
	rest  int // bytes that were cut off
}

// ParseCode returns a document of a text in which secrets are already masked. spans splits it into tokens, like
// [TypeScript]; nil leaves it plain. It is pure and slow for megabytes: don't call it on App's goroutine.
func ParseCode(text string, spans func(string) []CodeSpan) *CodeDoc {
	d := &CodeDoc{text: text}
	if len(text) > maxCodeBytes {
		end := maxCodeBytes
		for end > maxCodeBytes-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		d.text, d.rest = text[:end], len(text)-end
	}
	d.lines = append(make([]uint32, 0, 1+strings.Count(d.text, "\n")), 0)
	for at := 0; ; {
		n := strings.IndexByte(d.text[at:], '\n')
		if n < 0 || at+n+1 == len(d.text) { // a final line break begins no line
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

// Text returns the text.
func (d *CodeDoc) Text() string { return d.text }

// Line returns a line by its number from 1, or "".
func (d *CodeDoc) Line(number int) string {
	if number < 1 || number > len(d.lines) {
		return ""
	}
	from, to := d.bounds(uint32(number - 1))
	return d.text[from:to]
}

// bounds returns start and end of line i, from 0, without its line break.
func (d *CodeDoc) bounds(i uint32) (from, to int) {
	from, to = int(d.lines[i]), len(d.text)
	if int(i)+1 < len(d.lines) {
		to = int(d.lines[i+1])
	}
	line := strings.TrimSuffix(strings.TrimSuffix(d.text[from:to], "\n"), "\r")
	return from, from + len(line)
}

// line draws line i, cut if too long. A masked line is drawn as one piece, because a secret may span several tokens.
func (d *CodeDoc) line(f Frame, i uint32) (line Line, cut bool) {
	from, to := d.bounds(i)
	if cut = to-from > maxCodeLine; cut {
		to = from + len(strings.ToValidUTF8(d.text[from:from+maxCodeLine], ""))
	}
	whole := d.text[from:to]
	if f.Mask != nil {
		if shown := f.Mask(whole); shown != whole {
			return Line{{Clean(untabbed(shown)), RoleText}}, cut
		}
	}
	first := sort.Search(len(d.spans), func(i int) bool { return int(d.spans[i].End) > from })
	for n := first; from < to; n++ {
		end, role := to, RoleText
		if n < len(d.spans) {
			end, role = min(to, int(d.spans[n].End)), d.spans[n].Role
		}
		line = append(line, Cell{Clean(untabbed(d.text[from:end])), role})
		from = end
	}
	return line, cut
}

func untabbed(s string) string { return strings.ReplaceAll(s, "\t", "    ") }

// CodeView shows a [CodeDoc] with line numbers, cursor, search, and marks such as compiler errors, on one goroutine.
type CodeView struct {
	lineView
	doc   *CodeDoc
	marks map[uint32]string
}

// NewCodeView returns a view of doc from its beginning.
func NewCodeView(doc *CodeDoc) *CodeView {
	v := &CodeView{doc: doc}
	v.lineView = lineView{lines: v, count: len(doc.lines), text: doc.text, page: 1, stopAtEnd: true}
	return v
}

func (v *CodeView) Doc() *CodeDoc { return v.doc }

// GoTo moves the cursor to a line by its number from 1, or to the nearest one.
func (v *CodeView) GoTo(line int) { v.moveTo(uint32(max(0, min(line, v.count)-1))) }

// Mark marks a line by its number from 1, with a message while the cursor is there. It returns false without such a line.
func (v *CodeView) Mark(line int, says string) bool {
	if line < 1 || line > len(v.doc.lines) {
		return false
	}
	if v.marks == nil {
		v.marks = map[uint32]string{}
	}
	v.marks[uint32(line-1)] = says
	return true
}

// LineAt returns the number of the line drawn at line y of the view, or 0.
func (v *CodeView) LineAt(y int) int {
	if y < 0 || y >= len(v.rows) {
		return 0
	}
	return int(v.rows[y]) + 1
}

// View draws the visible part: exactly f.Height lines, at most f.Width wide. The last one shows the position.
func (v *CodeView) View(f Frame) string {
	if f.Width <= 0 || f.Height <= 0 {
		return ""
	}
	return strings.Join(append(v.visible(f, f.Height-1), v.foot(f)), "\n")
}

func (v *CodeView) next(i uint32) (uint32, bool) { return i + 1, int(i)+1 < v.count }
func (v *CodeView) prev(i uint32) (uint32, bool) { return i - 1, i > 0 }
func (v *CodeView) unfoldTo(uint32)              {}
func (v *CodeView) start(i uint32) uint32        { return v.doc.lines[i] }
func (v *CodeView) shows(uint32, int, int) bool  { return true }

func (v *CodeView) content(f Frame, i uint32) Line {
	content, cut := v.doc.line(f, i)
	content = content.marked(v.search.query)
	if cut {
		from, to := v.doc.bounds(i)
		content = append(content, Styled(RoleMuted, "… of "+Bytes(int64(to-from)).String()))
	}
	return content
}

// gutter is the cursor bar, the mark, and the line number, which is dropped in a narrow frame.
func (v *CodeView) gutter(f Frame, i uint32) Line {
	number := Clean(fmt.Sprint(i + 1)).PadLeft(len(fmt.Sprint(v.count)))
	line := Line{v.bar(f, i), {Text{" "}, RoleText}, {number, RoleMuted}, {Text{" "}, RoleText}}
	if _, marked := v.marks[i]; marked {
		line[1] = Cell{Text{"✗"}, RoleBad}
	}
	if f.Width < 3*line.Width() {
		line = line[:2]
	}
	return line
}

// foot draws the search, the mark under the cursor, and the position.
func (v *CodeView) foot(f Frame) string {
	where := v.position()
	if v.doc.rest > 0 {
		where = append(where, Styled(RoleWarn, fmt.Sprintf(textCodeCutOff, Bytes(int64(v.doc.rest)))))
	}
	var mark Line
	if text, marked := v.marks[v.cursor]; marked {
		mark = Line{{Text{"✗ "}, RoleBad}, {f.Text(text), RoleBad}}
	}
	return between("  ", v.searchLine(f), mark, where).View(f, f.Width)
}

package ui

import (
	"fmt"
	"strings"
)

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

// gutter draws the cursor bar, the mark, and the line number, which is dropped in a narrow frame.
func (v *CodeView) gutter(f Frame, i uint32) (first, rest string, width int) {
	number := Clean(fmt.Sprint(i + 1)).PadLeft(len(fmt.Sprint(v.count)))
	line := Line{{Text{" "}, RoleText}, {Text{" "}, RoleText}, {number, RoleMuted}, {Text{" "}, RoleText}}
	if i == v.cursor {
		line[0], line[2].Role = Cell{Text{CursorBar}, RoleAccent}, RoleSelected
	}
	if _, marked := v.marks[i]; marked {
		line[1] = Cell{Text{"✗"}, RoleBad}
	}
	if f.Width < 3*line.Width() {
		line = line[:2]
	}
	width = line.Width()
	return line.View(f, f.Width), Spaces(width), width
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

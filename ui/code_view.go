package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// codeEdge is the number of extra lines that the view scrolls when the cursor passes its edge. Scrolling by one would
// redraw the screen on every key.
const codeEdge = 4

// CodeView shows a [CodeDoc] with line numbers, a cursor, search, and marks such as compiler errors. It is used on one
// goroutine.
type CodeView struct {
	doc    *CodeDoc
	cursor uint32
	top    uint32 // first visible line
	wrap   bool
	search finder
	page   int // visible lines of the last drawing
	rows   []uint32
	marks  map[uint32]string
}

// NewCodeView returns a view of doc from its beginning.
func NewCodeView(doc *CodeDoc) *CodeView { return &CodeView{doc: doc, page: 1} }

func (v *CodeView) Doc() *CodeDoc { return v.doc }

// Line returns the number of the line under the cursor, from 1.
func (v *CodeView) Line() int { return int(v.cursor) + 1 }

// GoTo moves the cursor to a line by its number from 1, or to the nearest one.
func (v *CodeView) GoTo(line int) {
	v.cursor = uint32(max(0, min(line, len(v.doc.lines))-1))
}

// Mark marks a line by its number from 1, and shows a message while the cursor is there. It returns false if the line
// doesn't exist.
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

// Up and Down move the cursor by a line, PageUp and PageDown by the height of the last drawing.
func (v *CodeView) Up()       { v.GoTo(v.Line() - 1) }
func (v *CodeView) Down()     { v.GoTo(v.Line() + 1) }
func (v *CodeView) PageUp()   { v.GoTo(v.Line() - max(v.page-1, 1)) }
func (v *CodeView) PageDown() { v.GoTo(v.Line() + max(v.page-1, 1)) }

func (v *CodeView) Top()    { v.GoTo(1) }
func (v *CodeView) Bottom() { v.GoTo(len(v.doc.lines)) }

// ToggleWrap switches between wrapping and cutting long lines.
func (v *CodeView) ToggleWrap() { v.wrap = !v.wrap }

// StartSearch opens the search line, which takes keys until enter or esc.
func (v *CodeView) StartSearch() { v.search.open(v.cursor) }

// Searching reports whether the search line takes keys.
func (v *CodeView) Searching() bool { return v.search.typing }

// EndSearch closes the search.
func (v *CodeView) EndSearch() { v.search.close() }

// Search finds query and moves to the first match at or below the start of the search. It ignores the case of ASCII
// letters.
func (v *CodeView) Search(query string) {
	hits, more := v.doc.find(v.search.text(v.doc.text, query), lowerASCII(query))
	if line, found := v.search.take(v.cursor, query, hits, more); found {
		v.cursor = line
	}
}

// Matches returns the number of matching lines, and whether there are more than that.
func (v *CodeView) Matches() (n int, more bool) { return len(v.search.hits), v.search.more }

// NextMatch and PrevMatch move to the next matching line, and wrap around.
func (v *CodeView) NextMatch() { v.match(1) }
func (v *CodeView) PrevMatch() { v.match(-1) }

func (v *CodeView) match(by int) {
	if line, found := v.search.step(v.cursor, by); found {
		v.cursor = line
	}
}

// Key handles a key of the search line, and reports whether it was used.
func (v *CodeView) Key(k tea.KeyPressMsg) bool { return v.search.key(k, v) }

// Type adds pasted text to the search line.
func (v *CodeView) Type(s string) { v.search.paste(s, v) }

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
	v.page = max(f.Height-1, 1)
	v.follow(f)
	v.rows = v.rows[:0]
	lines := make([]string, 0, f.Height)
	for i := v.top; int(i) < len(v.doc.lines) && len(lines) < f.Height-1; i++ {
		for _, line := range v.lines(f, i) {
			if len(lines) < f.Height-1 {
				lines, v.rows = append(lines, line), append(v.rows, i)
			}
		}
	}
	for len(lines) < f.Height-1 {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, v.foot(f)), "\n")
}

// follow scrolls so that the cursor is visible, by a few extra lines, but not beyond the last line.
func (v *CodeView) follow(f Frame) {
	edge := min(codeEdge, v.page/4)
	switch {
	case v.cursor < v.top:
		v.top = v.cursor - min(v.cursor, uint32(edge))
	case v.fits(f, v.cursor, v.page) > v.top:
		last := uint32(len(v.doc.lines) - 1)
		v.top = min(v.fits(f, v.cursor, max(v.page-edge, 1)), v.fits(f, last, v.page))
	}
}

// fits returns the first line of a window of room lines that ends with line at, but not above the current top.
func (v *CodeView) fits(f Frame, at uint32, room int) uint32 {
	for room -= v.height(f, at); at > v.top; at-- {
		if room -= v.height(f, at-1); room < 0 {
			break
		}
	}
	return at
}

func (v *CodeView) height(f Frame, i uint32) int {
	if !v.wrap {
		return 1
	}
	return len(v.lines(f, i))
}

// lines draws a line of the text, wrapped if needed.
func (v *CodeView) lines(f Frame, i uint32) []string {
	gutter, cells := v.gutter(f, i)
	room := max(f.Width-cells, 1)
	content, cut := v.doc.line(f, i)
	content = content.marked(v.search.query)
	if cut {
		from, to := v.doc.bounds(i)
		content = append(content, Styled(RoleMuted, "… of "+Bytes(int64(to-from)).String()))
	}
	if !v.wrap {
		return []string{gutter + content.View(f, room)}
	}
	pieces := content.Wrap(room)
	out := make([]string, min(len(pieces), v.page))
	for n := range out {
		out[n] = gutter + pieces[n].View(f, room)
		gutter = Spaces(cells)
	}
	return out
}

// gutter draws the cursor bar, the mark, and the line number, which is dropped in a narrow frame.
func (v *CodeView) gutter(f Frame, i uint32) (drawn string, cells int) {
	number := Clean(fmt.Sprint(i + 1)).PadLeft(len(fmt.Sprint(len(v.doc.lines))))
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
	return line.View(f, f.Width), line.Width()
}

// foot draws the search, the mark under the cursor, and the position.
func (v *CodeView) foot(f Frame) string {
	where := Line{Styled(RoleMuted, fmt.Sprintf("line %s of %s", count(v.Line()), count(len(v.doc.lines))))}
	if v.doc.rest > 0 {
		where = append(where, Styled(RoleWarn, "  ! cut off: "+Bytes(int64(v.doc.rest)).String()+" more"))
	}
	var search, says Line
	if v.search.typing || v.search.query != "" {
		search = v.search.line(f)
	}
	if text, marked := v.marks[v.cursor]; marked {
		says = Line{{Text{"✗ "}, RoleBad}, {f.Text(text), RoleBad}}
	}
	return between("  ", search, says, where).View(f, f.Width)
}

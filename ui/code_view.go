package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// codeEdge is by how many lines more the view moves when the cursor runs over its edge: moving by one line each time
// would send the whole screen with every key.
const codeEdge = 4

// CodeView shows a [CodeDoc] with the numbers of its lines. One of them is under the cursor, a search marks its hits, and
// lines can carry a mark, such as an error of a compiler. It is used on one goroutine.
type CodeView struct {
	doc    *CodeDoc
	cursor uint32
	top    uint32 // the first line that is drawn
	wrap   bool
	search finder
	page   int // lines that the last view had room for
	rows   []uint32
	marks  map[uint32]string
}

// NewCodeView shows doc from its beginning.
func NewCodeView(doc *CodeDoc) *CodeView { return &CodeView{doc: doc, page: 1} }

// Doc is what is shown.
func (v *CodeView) Doc() *CodeDoc { return v.doc }

// Line is the number of the line under the cursor, from 1.
func (v *CodeView) Line() int { return int(v.cursor) + 1 }

// GoTo puts the cursor on the line with this number, from 1, or on the nearest there is.
func (v *CodeView) GoTo(line int) {
	v.cursor = uint32(max(0, min(line, len(v.doc.lines))-1))
}

// Mark puts a sign before a line, by its number from 1, and what it says at the foot while the cursor is there. It is false
// where there is no such line.
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

// Up and Down move the cursor by a line, PageUp and PageDown by what the last view had room for.
func (v *CodeView) Up()       { v.GoTo(v.Line() - 1) }
func (v *CodeView) Down()     { v.GoTo(v.Line() + 1) }
func (v *CodeView) PageUp()   { v.GoTo(v.Line() - max(v.page-1, 1)) }
func (v *CodeView) PageDown() { v.GoTo(v.Line() + max(v.page-1, 1)) }

// Top and Bottom move the cursor to the first and the last line.
func (v *CodeView) Top()    { v.GoTo(1) }
func (v *CodeView) Bottom() { v.GoTo(len(v.doc.lines)) }

// ToggleWrap breaks long lines instead of cutting them, or cuts them again.
func (v *CodeView) ToggleWrap() { v.wrap = !v.wrap }

// StartSearch opens the search line: until enter or esc, [CodeView.Key] takes what is typed.
func (v *CodeView) StartSearch() { v.search.open(v.cursor) }

// Searching says whether the search line takes what is typed.
func (v *CodeView) Searching() bool { return v.search.typing }

// EndSearch closes the search and forgets its hits.
func (v *CodeView) EndSearch() { v.search.close() }

// Search finds query and goes to the first line at or below where the search began. Case does not matter for ASCII
// letters.
func (v *CodeView) Search(query string) {
	hits, more := v.doc.find(v.search.text(v.doc.text, query), lowerASCII(query))
	if line, found := v.search.take(v.cursor, query, hits, more); found {
		v.cursor = line
	}
}

// Matches is the number of lines found, and whether there are more than were kept.
func (v *CodeView) Matches() (n int, more bool) { return len(v.search.hits), v.search.more }

// NextMatch and PrevMatch go to the next line found below or above the cursor, around the end.
func (v *CodeView) NextMatch() { v.match(1) }
func (v *CodeView) PrevMatch() { v.match(-1) }

func (v *CodeView) match(by int) {
	if line, found := v.search.step(v.cursor, by); found {
		v.cursor = line
	}
}

// Key takes what is typed into the search line, while there is one. It says whether the key was used.
func (v *CodeView) Key(k tea.KeyPressMsg) bool { return v.search.key(k, v) }

// Type adds pasted text to the search line, while there is one.
func (v *CodeView) Type(s string) { v.search.paste(s, v) }

// LineAt is the number of the line that is drawn at line y of the view, 0 where none is.
func (v *CodeView) LineAt(y int) int {
	if y < 0 || y >= len(v.rows) {
		return 0
	}
	return int(v.rows[y]) + 1
}

// View draws the part that the cursor has reached: always f.Height lines, none wider than f.Width, the last of which says
// where the cursor is.
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

// follow moves the window so that the cursor is in it, by a few lines more than needed, but not beyond the last line.
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

// fits is the first line of a window of so many lines that ends with the line at, or the top if that is lower.
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

// lines draws a line of the text: one, or several where long ones are broken.
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

// gutter is the cursor's bar, the sign of a mark, and the number of the line, which gives way in a narrow frame.
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

// foot says where the cursor is, what the mark there says, and what is searched for.
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

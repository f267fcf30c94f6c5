package ui

import (
	"fmt"
	"strings"
)

const (
	jsonGutter = 2 // the cursor's bar and a space
	jsonIndent = 2 // cells for each depth
)

// View draws the document in all of f, its last line saying where the cursor is. What was cut for drawing is
// there when it is copied.
func (v *JSONView) View(f Frame) string {
	if f.Width <= 0 || f.Height <= 0 {
		return ""
	}
	v.page = max(f.Height-1-v.headHeight(), 1)
	v.follow(f)
	var lines []string
	if e := v.doc.err; e != nil {
		lines = append(lines, Line{Styled(RoleBad, "✗ "+e.Error())}.View(f, f.Width))
	}
	room := f.Height - 1 - len(lines)
	for i, ok := v.top, len(v.doc.rows) > 0; ok && room > 0; i, ok = v.next(i) {
		drawn := v.lines(f, i)
		drawn = drawn[:min(len(drawn), room)]
		lines = append(lines, drawn...)
		room -= len(drawn)
	}
	for ; room > 0; room-- {
		lines = append(lines, "")
	}
	lines = append(lines, v.foot(f))
	return strings.Join(lines[:min(len(lines), f.Height)], "\n")
}

func (v *JSONView) headHeight() int {
	if v.doc.err != nil {
		return 1
	}
	return 0
}

// follow moves the window so that the cursor is in it, by a few lines more than needed.
func (v *JSONView) follow(f Frame) {
	if len(v.doc.rows) == 0 {
		return
	}
	if v.cursor < v.top {
		v.top = v.cursor
		v.backTop(min(jsonEdge, v.page/4))
		return
	}
	if v.fits(f, v.page) == v.top {
		return
	}
	v.top = v.fits(f, max(v.page-min(jsonEdge, v.page/4), 1))
}

// fits is the first line of a window of so many lines that ends with the cursor, or the top if that is lower.
func (v *JSONView) fits(f Frame, room int) uint32 {
	at := v.cursor
	room -= v.rowHeight(f, at)
	for at > v.top {
		above, ok := v.prev(at)
		if room -= v.rowHeight(f, above); !ok || room < 0 {
			break
		}
		at = above
	}
	return at
}

func (v *JSONView) backTop(n int) {
	for range n {
		above, ok := v.prev(v.top)
		if !ok {
			return
		}
		v.top = above
	}
}

func (v *JSONView) rowHeight(f Frame, i uint32) int {
	if !v.wrap {
		return 1
	}
	return len(v.lines(f, i))
}

// lines draws a row: one line, or several where long lines are broken.
func (v *JSONView) lines(f Frame, i uint32) []string {
	gutter := "  "
	if i == v.cursor {
		gutter = f.Theme.Style(RoleAccent).Paint(Text{"▌"}) + " "
	}
	room := max(f.Width-jsonGutter, 1)
	content := v.content(f, i)
	if !v.wrap {
		return []string{gutter + content.View(f, room)}
	}
	pieces := content.Wrap(room)
	out := make([]string, min(len(pieces), v.page))
	for n := range out {
		out[n] = gutter + pieces[n].View(f, room)
	}
	return out
}

// content is what stands in a row, from its indentation on.
func (v *JSONView) content(f Frame, i uint32) Line {
	r := v.doc.rows[i]
	if r.kind() == jsonText {
		return v.cell(f, strings.ReplaceAll(v.doc.raw[r.at:r.end], "\t", "    "), RoleText)
	}
	line := Line{v.indent(f, r.depth()), v.foldSign(i, r)}
	if key, ok := v.doc.keyText(i); ok {
		role := RoleKey
		if i == v.cursor {
			role = RoleSelected
		}
		line = append(line, marked(f.Text(`"`+cutBytes(key)+`"`), role, v.search.query)...)
		line = append(line, Cell{Text{": "}, RoleMuted})
	}
	line = append(line, v.value(f, i, r)...)
	if v.doc.comma(i) || r.opens() && v.folded.has(i) && v.doc.comma(r.end) {
		line = append(line, Cell{Text{","}, RoleMuted})
	}
	return line
}

// indent is the space before a row. Where it would push the row out of sight, the depth is told as a number.
func (v *JSONView) indent(f Frame, depth int) Cell {
	if n := jsonIndent * depth; n <= f.Width/2 {
		return Cell{Text{Spaces(n)}, RoleMuted}
	}
	label := Clean(fmt.Sprintf("depth %d", depth))
	return Cell{label.PadLeft(max(f.Width/2, label.Width()+1)).Concat(Text{" "}), RoleMuted}
}

func (v *JSONView) foldSign(i uint32, r jsonRow) Cell {
	switch {
	case !r.opens():
		return Cell{Text{"  "}, RoleMuted}
	case v.folded.has(i):
		return Cell{Text{"▸ "}, RoleAccent}
	}
	return Cell{Text{"▾ "}, RoleMuted}
}

func (v *JSONView) value(f Frame, i uint32, r jsonRow) Line {
	switch r.kind() {
	case jsonObject, jsonArray:
		return v.opening(i, r)
	case jsonClose, jsonEmptyObject, jsonEmptyArray:
		return Line{{Clean(strings.Join(strings.Fields(v.doc.value(i)), "")), RoleText}}
	}
	if shown, secret := v.doc.masked[i]; secret && !(v.revealed && i == v.cursor) {
		return Line{{Clean(`"` + cutBytes(shown) + `"`), RoleMuted}}
	}
	if v.revealed && i == v.cursor {
		f.Mask = nil
	}
	return v.cell(f, v.doc.value(i), jsonRole(r.kind()))
}

func jsonRole(k jsonKind) Role {
	switch k {
	case jsonString:
		return RoleString
	case jsonNumber:
		return RoleNumber
	}
	return RoleLiteral
}

func (v *JSONView) opening(i uint32, r jsonRow) Line {
	sign, closing := "{", "}"
	if r.kind() == jsonArray {
		sign, closing = "[", "]"
	}
	if !v.folded.has(i) {
		return Line{{Text{sign}, RoleText}}
	}
	hidden := fmt.Sprintf("… %d lines …", r.end-i-1)
	return Line{{Text{sign}, RoleText}, {Text{hidden}, RoleMuted}, {Text{closing}, RoleText}}
}

// cell is a value as it was written, cut where it is too long to be drawn, with its size said then.
func (v *JSONView) cell(f Frame, raw string, role Role) Line {
	text := cutBytes(raw)
	line := marked(f.Text(text), role, v.search.query)
	if len(raw) > JSONCell {
		line = append(line, Cell{Clean(fmt.Sprintf("… of %d KB", len(raw)>>10)), RoleMuted})
	}
	return line
}

// cutBytes bounds what is drawn of one value.
func cutBytes(s string) string {
	if len(s) <= JSONCell {
		return s
	}
	return strings.ToValidUTF8(s[:JSONCell], "")
}

// foot says where the cursor is, or what is searched for.
func (v *JSONView) foot(f Frame) string {
	where := fmt.Sprintf("line %s of %s", count(v.Line()), count(len(v.doc.rows)))
	line := Line{Styled(RoleMuted, where)}
	if v.search.typing || v.search.query != "" {
		line = append(v.search.line(f), Cell{Text{"  "}, RoleMuted}, line[0])
	}
	if room := f.Width - line.Width() - 2; room > 3 && v.Path() != "" {
		line = append(line, Cell{Text{"  "}, RoleMuted}, Cell{v.pathEnd(f, room), RoleAccent})
	}
	return line.View(f, f.Width)
}

// pathEnd is what there is room for of the path; the end of it matters.
func (v *JSONView) pathEnd(f Frame, room int) Text {
	p := v.Path()
	if len(p) > JSONCell {
		p = "…" + strings.ToValidUTF8(p[len(p)-JSONCell+8:], "")
	}
	return f.Text(p).TruncateLeft(room)
}

package ui

import (
	"fmt"
	"strings"
)

const (
	jsonIndent = 2 // cells for each level
)

// View draws the visible part: exactly f.Height lines, at most f.Width wide. The last one shows the position, and the
// first one the error of a text that is not JSON.
func (v *JSONView) View(f Frame) string {
	if f.Width <= 0 || f.Height <= 0 {
		return ""
	}
	var lines []string
	if e := v.doc.err; e != nil {
		lines = append(lines, Line{Styled(RoleBad, "✗ "+e.Error())}.View(f, f.Width))
	}
	lines = append(lines, v.visible(f, f.Height-1-len(lines))...)
	return strings.Join(append(lines, v.foot(f))[:f.Height], "\n")
}

func (v *JSONView) gutter(f Frame, i uint32) Line {
	return Line{v.bar(f, i), {Text{" "}, RoleText}}
}

func (v *JSONView) content(f Frame, i uint32) Line {
	r := v.doc.rows[i]
	if r.kind() == jsonText {
		return v.cell(f, untabbed(v.doc.raw[r.at:r.end]), RoleText)
	}
	line := Line{v.indent(f, r.depth()), v.foldSign(i, r)}
	if key, ok := v.doc.keyText(i); ok {
		line = append(line, Line{{f.Text(`"` + cutBytes(key) + `"`), RoleKey}}.marked(v.search.query)...)
		line = append(line, Cell{Text{": "}, RoleMuted})
	}
	line = append(line, v.value(f, i, r)...)
	if v.doc.comma(i) || r.opens() && v.folded[i] && v.doc.comma(r.end) {
		line = append(line, Cell{Text{","}, RoleMuted})
	}
	return line
}

// indent draws the space before a row. If it would take more than half of the width, it shows the depth as a number.
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
	case v.folded[i]:
		return Cell{Text{"▸ "}, RoleAccent}
	}
	return Cell{Text{"▾ "}, RoleMuted}
}

func (v *JSONView) value(f Frame, i uint32, r jsonRow) Line {
	switch r.kind() {
	case jsonObject, jsonArray:
		sign := Cell{Text{v.doc.value(i)}, RoleText}
		if !v.folded[i] {
			return Line{sign}
		}
		closing := map[jsonKind]string{jsonObject: "}", jsonArray: "]"}[r.kind()]
		return Line{sign, {Text{fmt.Sprintf(textFolded, r.end-i-1)}, RoleMuted}, {Text{closing}, RoleText}}
	case jsonClose, jsonEmptyObject, jsonEmptyArray:
		return Line{{Clean(strings.Join(strings.Fields(v.doc.value(i)), "")), RoleText}}
	}
	if shown, secret := v.doc.masked[i]; secret && !(v.revealed && i == v.cursor) {
		return Line{{Clean(`"` + cutBytes(shown) + `"`), RoleMuted}}
	}
	if v.revealed && i == v.cursor {
		f.Mask = nil
	}
	roles := [...]Role{jsonString: RoleString, jsonNumber: RoleNumber, jsonLiteral: RoleLiteral}
	return v.cell(f, v.doc.value(i), roles[r.kind()])
}

// cell draws a value as written, cut to maxJSONCell with its size.
func (v *JSONView) cell(f Frame, raw string, role Role) Line {
	text := cutBytes(raw)
	line := Line{{f.Text(text), role}}.marked(v.search.query)
	if len(raw) > maxJSONCell {
		line = append(line, Cell{Clean(fmt.Sprintf("… of %d KB", len(raw)>>10)), RoleMuted})
	}
	return line
}

func cutBytes(s string) string {
	if len(s) <= maxJSONCell {
		return s
	}
	return strings.ToValidUTF8(s[:maxJSONCell], "")
}

func (v *JSONView) foot(f Frame) string {
	line := between("  ", v.searchLine(f), v.position())
	path := v.Path()
	if len(path) > maxJSONCell {
		path = "…" + strings.ToValidUTF8(path[len(path)-maxJSONCell+8:], "")
	}
	if room := f.Width - line.Width() - 2; room > 3 && path != "" {
		line = append(line, Cell{Text{"  "}, RoleMuted}, Cell{f.Text(path).TruncateLeft(room), RoleAccent})
	}
	return line.View(f, f.Width)
}

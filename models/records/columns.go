package records

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// Widths of columns, in cells.
const (
	minID, maxID       = 6, 36
	minField, wideHead = 5, 16
)

// maxCell is how many bytes of a value are sanitized for a cell. It is more than a column shows, so that secrets in it are
// recognized.
const maxCell = 4 << 10

// columns are the id, the fields and Nango's metadata. Narrow terminals drop the least important field first.
func columns(known *layout) []table.Column[row] {
	var fields []field
	ids := minID
	if known != nil {
		fields, ids = known.fields, max(minID, min(known.id, maxID))
	}
	all := []table.Column[row]{{ID: "id", Title: "ID", Min: ids, Max: maxID, Weight: 1,
		Cell:    func(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleText, truncate(r.id, maxCell)) },
		Compare: func(a, b *row) int { return compareIDs(a.id, b.id) }}}
	for i, field := range fields {
		all = append(all, fieldColumn(i, field, len(fields)))
	}
	return append(all,
		table.Column[row]{ID: "changed", Title: "CHANGED", Min: 7, DropOrder: len(fields) + 1, Cell: changedCell,
			Compare: func(a, b *row) int { return cmp.Compare(b.modified, a.modified) }},
		table.Column[row]{ID: "last", Title: "LAST", Min: 9, DropOrder: len(fields) + 2, Cell: lastCell,
			Compare: func(a, b *row) int { return cmp.Compare(lastWord(a), lastWord(b)) }})
}

func fieldColumn(i int, of field, fields int) table.Column[row] {
	way := fields - of.importance + 1
	if of.importance == 1 {
		way = fields + 3
	}
	least := max(minField, min(max(of.width, utf8.RuneCountInString(of.name)), wideHead))
	return table.Column[row]{
		ID: "field." + strconv.Itoa(i), Title: strings.ToUpper(ui.Clean(of.name).String()), Min: least, Max: wideField,
		Weight: max(of.width, 1), DropOrder: way,
		Cell: func(f ui.Frame, r *row) ui.Cell {
			if r.pruned && i == 0 {
				return ui.Styled(ui.RoleMuted, textPayloadPruned)
			}
			return valueCell(f, r.fields[i].in(r.raw))
		},
		Compare: func(a, b *row) int { return compareValues(a.fields[i].in(a.raw), b.fields[i].in(b.raw)) },
	}
}

// valueCell draws a JSON value: a text without quotes, a container by its kind.
func valueCell(f ui.Frame, written string) ui.Cell {
	switch kindOf(written) {
	case 0:
		return ui.Cell{}
	case jsontext.Null:
		return ui.Styled(ui.RoleMuted, "null")
	case jsontext.ObjectStart, jsontext.ArrayStart:
		return f.Styled(ui.RoleMuted, string(nango.MaskJSONBy([]byte(truncate(written, maxCell)), f.Mask)))
	}
	text := truncate(jsontext.Text(written), maxCell)
	if strings.ContainsAny(text, "{[") { // it may hold JSON
		text = string(nango.MaskJSONBy([]byte(text), f.Mask))
	}
	return f.Styled(ui.RoleText, text)
}

func changedCell(f ui.Frame, r *row) ui.Cell {
	at, known := r.modifiedAt()
	if !known {
		return ui.Cell{}
	}
	return ui.Cell{Text: ui.Age(f.Now.Sub(at)), Role: ui.RoleMuted}
}

// lastCell draws the last action as a sign and a word.
func lastCell(_ ui.Frame, r *row) ui.Cell {
	role, word := lastAction(r)
	return ui.Styled(role, word)
}

// lastWords are the words of the last action, for the filter.
var lastWords = []string{textAdded, textUpdated, textDeleted}

func lastWord(r *row) string {
	_, word := lastAction(r)
	return word
}

func lastAction(r *row) (ui.Role, string) {
	switch r.action {
	case nango.RecordAdded:
		return ui.RoleGood, textAdded
	case nango.RecordUpdated:
		return ui.RoleText, textUpdated
	case nango.RecordDeleted:
		return ui.RoleBad, textDeleted
	}
	return ui.RoleMuted, "? " + truncate(string(r.action), maxCell)
}

// compareIDs orders integers by value and before other ids.
func compareIDs(a, b string) int {
	switch wholeA, wholeB := isWhole(a), isWhole(b); {
	case wholeA && wholeB:
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	case wholeA:
		return -1
	case wholeB:
		return 1
	}
	return cmp.Compare(a, b)
}

// isWhole reports whether s is a non-negative integer without leading zeros.
func isWhole(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || s[i] == '0' && i == 0 && len(s) > 1 {
			return false
		}
	}
	return s != ""
}

// kindRank orders numbers first, then texts, and missing values last.
func kindRank(kind jsontext.Kind) int { return strings.IndexByte("0\"ft{[n\x00", byte(kind)) }

func compareValues(a, b string) int {
	kindA, kindB := kindOf(a), kindOf(b)
	if kindA != kindB {
		return cmp.Compare(kindRank(kindA), kindRank(kindB))
	}
	switch kindA {
	case jsontext.Number:
		return compareNumbers(a, b)
	case jsontext.String:
		return compareFolded(a, b)
	}
	return cmp.Compare(a, b)
}

// compareNumbers orders numbers, integers of any length exactly.
func compareNumbers(a, b string) int {
	minusA, minusB := a[0] == '-', b[0] == '-'
	plainA, plainB := strings.TrimPrefix(a, "-"), strings.TrimPrefix(b, "-")
	if isWhole(plainA) && isWhole(plainB) && minusA == minusB {
		if minusA {
			plainA, plainB = plainB, plainA
		}
		return cmp.Or(cmp.Compare(len(plainA), len(plainB)), cmp.Compare(plainA, plainB))
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil { // beyond float64: infinite, which is good enough for sorting
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	}
	return cmp.Compare(x, y)
}

// compareFolded orders texts and ignores the case of ASCII letters.
func compareFolded(a, b string) int {
	for i := range min(len(a), len(b)) {
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(len(a), len(b))
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

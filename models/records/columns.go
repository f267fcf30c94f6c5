package records

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// Widths of columns, in cells.
const (
	minID, maxID       = 6, 36
	minField, wideHead = 5, 16
)

// maxCell is how many bytes of a value are made fit to be drawn. It is far more than a column is wide, so that a secret
// within is still known as one.
const maxCell = 4 << 10

// columns are the id, the fields, and what Nango says of the record. Narrow terminals lose the least telling field first,
// and the most telling one last.
func columns(known *layout) []table.Column[row] {
	var fields []field
	ids := minID
	if known != nil {
		fields, ids = known.fields, max(minID, min(known.id, maxID))
	}
	all := []table.Column[row]{{ID: "id", Title: "ID", Min: ids, Max: maxID, Weight: 1,
		Cell:    func(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleText, truncateID(r.id)) },
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
		Cell:    func(f ui.Frame, r *row) ui.Cell { return fieldCell(f, r, i) },
		Compare: func(a, b *row) int { return compareValues(a.fields[i].in(a.raw), b.fields[i].in(b.raw)) },
	}
}

func fieldCell(f ui.Frame, r *row, i int) ui.Cell {
	if r.pruned && i == 0 {
		return ui.Styled(ui.RoleMuted, "payload pruned")
	}
	return valueCell(f, r.fields[i].in(r.raw))
}

// valueCell is a JSON value as a cell: a text without its quotes, a container as what it is.
func valueCell(f ui.Frame, written string) ui.Cell {
	switch kindOf(written) {
	case 0:
		return ui.Cell{}
	case 'n':
		return ui.Styled(ui.RoleMuted, "null")
	case '{', '[':
		return f.Styled(ui.RoleMuted, truncateID(written))
	}
	return f.Styled(ui.RoleText, truncateID(unquoted(written)))
}

func truncateID(s string) string {
	if len(s) <= maxCell {
		return s
	}
	return strings.ToValidUTF8(s[:maxCell], "") + "…"
}

func changedCell(f ui.Frame, r *row) ui.Cell {
	at, known := r.modifiedAt()
	if !known {
		return ui.Cell{}
	}
	return ui.Cell{Text: ui.Age(f.Now.Sub(at)), Role: ui.RoleMuted}
}

// lastCell is what a sync last did to the record, as a sign and a word.
func lastCell(_ ui.Frame, r *row) ui.Cell {
	switch r.action {
	case nango.RecordAdded:
		return ui.Styled(ui.RoleGood, lastWord(r))
	case nango.RecordUpdated:
		return ui.Styled(ui.RoleText, lastWord(r))
	case nango.RecordDeleted:
		return ui.Styled(ui.RoleBad, lastWord(r))
	}
	return ui.Styled(ui.RoleMuted, lastWord(r))
}

func lastWord(r *row) string {
	switch r.action {
	case nango.RecordAdded:
		return "+ added"
	case nango.RecordUpdated:
		return "~ updated"
	case nango.RecordDeleted:
		return "− deleted"
	}
	return "? " + truncateID(string(r.action))
}

// compareIDs orders ids that are whole numbers by their value, however long, and before all others.
func compareIDs(a, b string) int {
	wholeA, wholeB := isWhole(a), isWhole(b)
	if wholeA && wholeB {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	}
	if wholeA != wholeB {
		return cmp.Compare(boolRank(wholeB), boolRank(wholeA))
	}
	return cmp.Compare(a, b)
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// isWhole says that s is a whole number as one writes it.
func isWhole(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || s[i] == '0' && i == 0 && len(s) > 1 {
			return false
		}
	}
	return s != ""
}

// kindRank puts numbers first, then texts, and what is missing last.
func kindRank(kind byte) int { return strings.IndexByte("0\"ft{[n\x00", kind) }

// compareValues orders two JSON values as they are written.
func compareValues(a, b string) int {
	kindA, kindB := kindOf(a), kindOf(b)
	if kindA != kindB {
		return cmp.Compare(kindRank(kindA), kindRank(kindB))
	}
	switch kindA {
	case '0':
		return compareNumbers(a, b)
	case '"':
		return compareFolded(a, b)
	}
	return cmp.Compare(a, b)
}

// compareNumbers is exact for whole numbers of any length.
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
	if errX != nil || errY != nil { // beyond what a float holds: infinite, and good enough to put it at an end
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	}
	return cmp.Compare(x, y)
}

// compareFolded orders texts without regard to the case of ASCII letters.
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

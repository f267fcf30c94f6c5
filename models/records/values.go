package records

import (
	"cmp"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

func newValues(values []value) *table.Table[value, int] {
	table := table.New(func(v *value) int { return v.n },
		table.Column[value]{ID: "value", Title: "VALUE", Min: 20, Weight: 3,
			Cell:    func(f ui.Frame, v *value) ui.Cell { return valueCell(f, v.text) },
			Compare: func(a, b *value) int { return compareValues(a.text, b.text) }},
		table.Column[value]{ID: "id", Title: "OF", Min: minID, Max: maxID, Weight: 1, DropOrder: 1,
			Cell:    func(f ui.Frame, v *value) ui.Cell { return f.Styled(ui.RoleMuted, truncate(v.id, maxCell)) },
			Compare: func(a, b *value) int { return cmp.Or(compareIDs(a.id, b.id), cmp.Compare(a.n, b.n)) }},
	)
	table.SetRows(values)
	return table
}

func (l *List) openValue(t *screen.Turn) {
	if v := l.values.Cursor(); v != nil {
		t.Show(screen.NewJSONPage(textValueOf+v.id, []byte(v.text)))
	}
}

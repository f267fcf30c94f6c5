package table

// Filter shows only the rows that match; nil shows all. It applies to rows added later, too. The cursor stays on the
// row that the user selected last, or on the nearest shown one until that row is shown again.
func (t *Table[R, K]) Filter(matches func(*R) bool) { t.filter(matches, false) }

// Narrow is [Table.Filter] for a condition that no hidden row meets, such as a longer query. It checks only the shown
// rows.
func (t *Table[R, K]) Narrow(matches func(*R) bool) { t.filter(matches, matches != nil) }

func (t *Table[R, K]) filter(matches func(*R) bool, shownOnly bool) {
	if !t.anchor.lineKnown { // it is only known after drawing
		t.anchor.line, t.anchor.lineKnown = t.cursor-t.top, true
	}
	t.matches = matches
	for i := range t.rows {
		switch {
		case shownOnly && t.state[i]&rowMatches == 0:
		case matches == nil || matches(&t.rows[i]):
			t.state[i] |= rowMatches
		default:
			t.state[i] &^= rowMatches
		}
	}
	t.updateShown()
	t.setCursor(t.positionOf(t.anchor.row))
	t.top = t.cursor - t.anchor.line
}

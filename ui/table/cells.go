package table

import (
	"cmp"

	"nango-tui/ui"
)

// Text returns the cells of an untrusted text, for [Column.Cell].
func Text[R any](role ui.Role, of func(*R) string) func(ui.Frame, *R) ui.Cell {
	return func(f ui.Frame, r *R) ui.Cell { return f.Styled(role, of(r)) }
}

// By orders rows by a value, for [Column.Compare].
func By[R any, V cmp.Ordered](of func(*R) V) func(a, b *R) int {
	return func(a, b *R) int { return cmp.Compare(of(a), of(b)) }
}

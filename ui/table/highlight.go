package table

import (
	"strings"

	"nango-tui/ui"
	"nango-tui/ui/filter"
)

// Highlight sets the words of the filter that are highlighted in the cells: words in every column, the value of a field in the
// column whose id is its name.
func (t *Table[R, K]) Highlight(words []filter.Atom) { t.words = words }

// drawCell draws a cell of a column, with the words of the filter in it highlighted.
func (t *Table[R, K]) drawCell(p *ui.Pen, cell ui.Cell, column int) {
	width, right := t.widths[column], t.columns[column].Right
	text := cell.Text.TruncateID(width).String()
	if len(t.words) == 0 || right || cell.Text.Empty() {
		p.Cell(cell.Role, text, width, right)
		return
	}
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // some letters have another length in lower case
		lower = text
	}
	for end := p.Position() + width; text != ""; {
		at, size := t.nextWord(lower, t.columns[column].ID)
		p.Cell(cell.Role, text[:at], end-p.Position(), false)
		p.Cell(ui.RoleMatch, text[at:at+size], end-p.Position(), false)
		text, lower = text[at+size:], lower[at+size:]
	}
}

// nextWord returns where the first word of the filter is in a text, or the end of the text.
func (t *Table[R, K]) nextWord(lower, column string) (at, size int) {
	at = len(lower)
	for _, word := range t.words {
		if word.Field != "" && word.Field != column || word.Value == "" {
			continue
		}
		if i := strings.Index(lower, word.Value); i >= 0 && (i < at || i == at && len(word.Value) > size) {
			at, size = i, len(word.Value)
		}
	}
	return at, size
}

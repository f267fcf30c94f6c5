package ui

// JSONView shows a [JSONDoc] with a cursor, folding and search. Each value can be copied whole, even if it is cut on the
// screen. It is used on one goroutine.
type JSONView struct {
	lineView
	doc    *JSONDoc
	folded map[uint32]bool
	path   string // of pathOf, computed once
	pathOf uint32
}

// NewJSONView returns a view of doc from its beginning, or from the place of the error if it is not JSON.
func NewJSONView(doc *JSONDoc) *JSONView {
	v := &JSONView{doc: doc, folded: map[uint32]bool{}, pathOf: jsonNoRow}
	v.lineView = lineView{lines: v, count: len(doc.rows), text: doc.raw, page: 1, wrap: doc.wrap}
	if doc.errRow != jsonNoRow {
		v.cursor = doc.errRow
	}
	return v
}

func (v *JSONView) next(i uint32) (uint32, bool) {
	if int(i) >= v.count {
		return i, false
	}
	j := i + 1
	if v.folded[i] {
		j = v.doc.rows[i].end + 1
	}
	return j, int(j) < v.count
}

// prev expects that i is visible, so that only the closing line right above can be hidden.
func (v *JSONView) prev(i uint32) (uint32, bool) {
	if i == 0 {
		return 0, false
	}
	j := i - 1
	if r := v.doc.rows[j]; r.kind() == jsonClose && v.folded[r.end] {
		j = r.end
	}
	return j, true
}

func (v *JSONView) start(i uint32) uint32            { return v.doc.start(i) }
func (v *JSONView) shows(i uint32, at, end int) bool { return v.doc.shows(i, at, end) }

// Reveal unmasks the value under the cursor, until [JSONView.Hide] or a move. It reports whether the value was masked.
func (v *JSONView) Reveal() bool {
	_, v.revealed = v.doc.masked[v.cursor]
	return v.revealed
}

// Hide masks the revealed value.
func (v *JSONView) Hide() { v.revealed = false }

// Revealed reports whether a secret is on the screen.
func (v *JSONView) Revealed() bool { return v.revealed }

// container returns the first line of the container that begins or ends under the cursor.
func (v *JSONView) container() (uint32, bool) {
	if v.count == 0 {
		return 0, false
	}
	switch r := v.doc.rows[v.cursor]; {
	case r.opens():
		return v.cursor, true
	case r.kind() == jsonClose:
		return r.end, true
	}
	return 0, false
}

// Toggle folds or unfolds the container that begins or ends under the cursor.
func (v *JSONView) Toggle() {
	if i, ok := v.container(); ok && v.folded[i] {
		v.Unfold()
	} else if ok {
		v.Fold()
	}
}

// Fold folds the container that begins or ends under the cursor. If none is open there, the cursor moves to the parent.
func (v *JSONView) Fold() {
	i, ok := v.container()
	switch {
	case ok && !v.folded[i]:
		v.folded[i] = true
		v.moveTo(i)
	case v.count > 0 && v.doc.rows[v.cursor].parent != jsonNoRow:
		v.moveTo(v.doc.rows[v.cursor].parent)
	}
}

// Unfold unfolds the container under the cursor. If it is unfolded, the cursor moves to its first element.
func (v *JSONView) Unfold() {
	i, ok := v.container()
	switch {
	case !ok:
	case v.folded[i]:
		delete(v.folded, i)
	case i == v.cursor:
		v.Down()
	}
}

func (v *JSONView) unfoldTo(i uint32) {
	for p := v.doc.rows[i].parent; p != jsonNoRow; p = v.doc.rows[p].parent {
		delete(v.folded, p)
	}
	if r := v.doc.rows[i]; r.kind() == jsonClose {
		delete(v.folded, r.end)
	}
}

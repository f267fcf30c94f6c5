package ui

// opener is the line that opens the container of which the cursor is on the first or last line.
func (v *JSONView) opener() (uint32, bool) {
	if len(v.doc.rows) == 0 {
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

// Toggle folds or unfolds what begins or ends under the cursor.
func (v *JSONView) Toggle() {
	i, ok := v.opener()
	switch {
	case !ok:
	case v.folded.has(i):
		v.folded.unset(i)
	default:
		v.folded.set(i)
		v.moveTo(i)
	}
}

// Fold folds what begins or ends under the cursor; where nothing does, or it is folded, the cursor goes to its container.
func (v *JSONView) Fold() {
	i, ok := v.opener()
	if !ok || v.folded.has(i) {
		v.toParent()
		return
	}
	v.folded.set(i)
	v.moveTo(i)
}

// Unfold unfolds what is under the cursor; where it is unfolded, the cursor goes to its first line.
func (v *JSONView) Unfold() {
	i, ok := v.opener()
	switch {
	case !ok:
	case v.folded.has(i):
		v.folded.unset(i)
	case i == v.cursor:
		v.Down()
	}
}

// show moves the cursor to a line and unfolds what hides it.
func (v *JSONView) show(i uint32) {
	for p := v.doc.rows[i].parent; p != jsonNoRow; p = v.doc.rows[p].parent {
		v.folded.unset(p)
	}
	if r := v.doc.rows[i]; r.kind() == jsonClose {
		v.folded.unset(r.end)
	}
	v.moveTo(i)
}

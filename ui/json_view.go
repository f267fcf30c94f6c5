package ui

import tea "charm.land/bubbletea/v2"

// jsonEdge is by how many lines more the view moves when the cursor runs over its edge: moving by one line each
// time would send the whole screen with every key.
const jsonEdge = 4

// JSONView shows a [JSONDoc]: a line of it is under the cursor, objects and arrays fold, a search marks its hits.
type JSONView struct {
	doc      *JSONDoc
	folded   bitset
	cursor   uint32
	top      uint32 // the first line that is drawn
	wrap     bool
	revealed bool // the value under the cursor
	search   finder
	page     int    // lines that the last view had room for
	path     string // of the cursor, computed once
	pathOf   uint32
}

// NewJSONView shows doc from its beginning, or from the place of the error if it is not JSON.
func NewJSONView(doc *JSONDoc) *JSONView {
	v := &JSONView{doc: doc, folded: newBitset(len(doc.rows)), page: 1, pathOf: jsonNoRow, wrap: doc.wrap}
	if doc.errRow != jsonNoRow {
		v.cursor = doc.errRow
	}
	return v
}

// Line is the number of the line under the cursor, from 1, counted with everything unfolded; 0 in an empty document.
func (v *JSONView) Line() int {
	if len(v.doc.rows) == 0 {
		return 0
	}
	return int(v.cursor) + 1
}

// next is the visible line below i.
func (v *JSONView) next(i uint32) (uint32, bool) {
	if int(i) >= len(v.doc.rows) {
		return i, false
	}
	j := i + 1
	if v.folded.has(i) {
		j = v.doc.rows[i].end + 1
	}
	return j, int(j) < len(v.doc.rows)
}

// prev is the visible line above i, which is visible itself. So only the closing line right above can be hidden.
func (v *JSONView) prev(i uint32) (uint32, bool) {
	if i == 0 {
		return 0, false
	}
	j := i - 1
	if r := v.doc.rows[j]; r.kind() == jsonClose && v.folded.has(r.end) {
		j = r.end
	}
	return j, true
}

// moveTo puts the cursor on a line. What was revealed is hidden again.
func (v *JSONView) moveTo(i uint32) {
	if i != v.cursor {
		v.revealed = false
	}
	v.cursor = i
}

func (v *JSONView) moveBy(n int) {
	at, step := v.cursor, v.next
	if n < 0 {
		n, step = -n, v.prev
	}
	for range n {
		i, ok := step(at)
		if !ok {
			break
		}
		at = i
	}
	v.moveTo(at)
}

// Up and Down move the cursor by a line, PageUp and PageDown by what the last view had room for.
func (v *JSONView) Up()       { v.moveBy(-1) }
func (v *JSONView) Down()     { v.moveBy(1) }
func (v *JSONView) PageUp()   { v.moveBy(-max(v.page-1, 1)) }
func (v *JSONView) PageDown() { v.moveBy(max(v.page-1, 1)) }

// Top and Bottom move the cursor to the first and the last line.
func (v *JSONView) Top() { v.moveTo(0) }
func (v *JSONView) Bottom() {
	if n := len(v.doc.rows); n > 0 {
		v.show(uint32(n - 1))
	}
}

// toParent moves the cursor to the line that opens what it is in.
func (v *JSONView) toParent() {
	if len(v.doc.rows) == 0 {
		return
	}
	if p := v.doc.rows[v.cursor].parent; p != jsonNoRow {
		v.moveTo(p)
	}
}

// ToggleWrap breaks long lines instead of cutting them, or cuts them again.
func (v *JSONView) ToggleWrap() { v.wrap = !v.wrap }

// Reveal shows the value under the cursor unmasked, until [JSONView.Conceal] or until the cursor leaves it. It says
// whether there was something to reveal.
func (v *JSONView) Reveal() bool {
	_, masked := v.doc.masked[v.cursor]
	v.revealed = masked
	return masked
}

// Conceal masks what was revealed.
func (v *JSONView) Conceal() { v.revealed = false }

// Revealed says whether a secret is on the screen.
func (v *JSONView) Revealed() bool { return v.revealed }

// Key takes what is typed into the search line, while there is one. It says whether the key was used.
func (v *JSONView) Key(k tea.KeyPressMsg) bool { return v.search.key(k, v) }

// Type adds pasted text to the search line, while there is one.
func (v *JSONView) Type(s string) { v.search.paste(s, v) }

// bitset is a set of line numbers.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bitset) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) unset(i uint32)    { b[i/64] &^= 1 << (i % 64) }

package connections

import (
	"testing"
)

// A list that is opened twice shares its rows, and a change in one doesn't reach the other before it is shown.
func TestKeptRowsAreNotCopiedUntilTheyChange(t *testing.T) {
	w := bigWorld(t, 300).open(list(t, "connections"))
	first := w.Screen.(*List)
	shared := first.table.Share()
	second := list(t, "connections")
	w.Screen = second
	w.Open()
	if &second.table.Share()[0] != &shared[0] {
		t.Error("the rows were copied")
	}
	ref := second.table.Cursor().ref()
	w.Store.LearnGone(w.Now, ref)
	w.Turn(second.Notify)
	if second.table.Len() != 299 || len(shared) != 300 || shared[299].text == "" {
		t.Errorf("%d and %d rows", second.table.Len(), len(shared))
	}
}

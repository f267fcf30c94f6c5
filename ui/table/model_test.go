package table

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A table after random operations shows the same as a plain list that is sorted and filtered from scratch.
func TestRandomOperationsMatchModel(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	table, list := fruitTable(), []fruit{}
	keep := func(*fruit) bool { return true }
	next := 0
	for step := range 2000 {
		switch random.IntN(8) {
		case 0, 1:
			var page []fruit
			for range random.IntN(5) {
				page = append(page, fruit{id: fmt.Sprint(next), name: fmt.Sprint(random.IntN(9)), size: random.IntN(5)})
				next++
			}
			table.Append(page)
			list = append(list, page...)
		case 2:
			if len(list) > 0 {
				i := random.IntN(len(list))
				list[i].size = random.IntN(5)
				table.Update(list[i])
			}
		case 3:
			if len(list) > 10 {
				table.Remove(list[0].id, list[5].id)
				list = append(slices.Clone(list[1:5]), list[6:]...)
			}
		case 4:
			n := random.IntN(5)
			keep = func(r *fruit) bool { return r.size != n }
			table.Filter(keep)
		case 5:
			table.SortNext()
		case 6:
			table.SortReverse()
		case 7:
			if list = slices.Clone(list[:len(list)*3/4]); random.IntN(4) == 0 {
				table.SetRows(slices.Clone(list))
			} else {
				list = list[:0]
				table.SetRows(nil)
			}
		}
		wantSame(t, step, table, list, keep)
	}
}

func wantSame(t *testing.T, step int, table *Table[fruit, string], list []fruit, keep func(*fruit) bool) {
	t.Helper()
	want := slices.Clone(list)
	by, descending := table.Sorted()
	slices.SortStableFunc(want, func(a, b fruit) int {
		c := 0
		switch by {
		case "name":
			c = cmp.Compare(a.name, b.name)
		case "size":
			c = cmp.Compare(a.size, b.size)
		}
		if descending {
			c = -c
		}
		return c
	})
	want = slices.DeleteFunc(want, func(r fruit) bool { return !keep(&r) })
	i := 0
	for r := range table.EachShown() {
		if i >= len(want) || *r != want[i] {
			t.Fatalf("step %d: row %d is %+v", step, i, *r)
		}
		i++
	}
	if i != len(want) || table.Len() != len(list) {
		t.Fatalf("step %d: %d rows of %d, want %d of %d", step, i, table.Len(), len(want), len(list))
	}
}

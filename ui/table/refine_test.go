package table

import (
	"testing"

	"nango-tui/ui/filter"
)

func TestARefinedFilterTestsARowOnce(t *testing.T) {
	table := fruitTable(fruits(40)...)
	table.Filter(func(r *fruit) bool { return r.state == "✓ fine" }) // half of them
	shown, hidden := 0, 0
	step := filter.Refinement[fruit]{
		Matches: func(*fruit) bool { hidden++; return true },
		Still:   func(*fruit) bool { shown++; return false },
	}
	if table.Refine(step); shown != 20 || hidden != 20 || table.Shown() != 20 {
		t.Errorf("%d rows that were shown and %d that were hidden are tested; %d are shown", shown, hidden, table.Shown())
	}
	step.Still, step.Narrows, hidden = nil, true, 0
	if table.Refine(step); hidden != 0 || table.Shown() != 20 {
		t.Errorf("%d hidden rows are tested; %d rows are shown", hidden, table.Shown())
	}
}

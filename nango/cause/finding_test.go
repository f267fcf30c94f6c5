package cause

import (
	"fmt"
	"testing"
	"time"

	"nango-tui/nango"
)

// refreshes are token refreshes that failed or worked so many minutes before noon.
func refreshes(minutes ...int) (all []nango.LogOperation) {
	for _, m := range minutes {
		all = append(all, nango.LogOperation{Type: typeAuth, Action: actionRefresh, Ended: noon.Add(-time.Duration(m) * time.Minute)})
	}
	return all
}

// Failures are counted since the last success, on the first page and on earlier ones.
func TestFailuresAreCountedSinceItWorked(t *testing.T) {
	page := func(total int, cursor string, minutes ...int) nango.LogPageResult {
		return nango.LogPageResult{LogPage: nango.LogPage{Operations: refreshes(minutes...), Total: total, Cursor: cursor}}
	}
	for name, c := range map[string]struct {
		failed, succeeded nango.LogPageResult
		earlier           []int
		total, first      int // first in minutes before noon
		exact             bool
		cursor            string
	}{
		"all on a page":          {page(3, "", 1, 2, 3), page(0, ""), nil, 3, 3, true, ""},
		"a cursor at the end":    {page(3, "c", 1, 2, 3), page(0, ""), nil, 3, 3, true, ""},
		"more pages":             {page(9, "c", 1, 2, 3), page(0, ""), nil, 3, 3, false, "c"},
		"worked in between":      {page(9, "c", 1, 2, 30), page(1, "", 10), nil, 2, 2, true, ""},
		"worked since":           {page(3, "", 1, 2, 3), page(2, "", -5, 10), nil, 3, 3, true, ""},
		"the next page":          {page(9, "c", 1, 2, 3), page(0, ""), []int{4, 5}, 5, 5, false, "c"},
		"worked before the next": {page(9, "c", 1, 2, 3), page(1, "", 10), []int{4, 11, 12}, 4, 4, true, "c"},
	} {
		f := Finding{Cause: Cause{Type: typeAuth, At: noon}}
		f.count(c.failed, c.succeeded)
		f.AddFailures(refreshes(c.earlier...))
		first := noon.Add(-time.Duration(c.first) * time.Minute)
		if f.Total != c.total || !f.First.Equal(first) || f.IsExact != c.exact || f.Earlier != c.cursor {
			t.Errorf("%s: %d since %s, exact %v, earlier %q", name, f.Total, f.First, f.IsExact, f.Earlier)
		}
	}
}

// Only failures of the same function count.
func TestFailuresOfOtherFunctionsAreNotCounted(t *testing.T) {
	f := Finding{Cause: Cause{Type: typeSync, Function: "contacts", At: noon}}
	all := refreshes(1, 2)
	for i := range 4 {
		all = append(all, nango.LogOperation{Type: typeSync, Function: fmt.Sprintf("contacts%.*s", i%2, "-2"), Ended: noon})
	}
	if f.AddFailures(all); f.Total != 2 {
		t.Errorf("%d failures", f.Total)
	}
}

func TestFailuresThatCannotBeReadAreNotCounted(t *testing.T) {
	f := Finding{Cause: Cause{Type: typeAuth, At: noon}}
	if f.count(nango.LogPageResult{Err: errForTest}, nango.LogPageResult{}); f.IsExact || f.Total != 0 {
		t.Errorf("%+v", f)
	}
}

var errForTest = fmt.Errorf("refused")

package screen

import (
	"testing"
	"time"

	"nango-tui/nango"
)

func TestListsAreOutdatedOnlyByOtherCounts(t *testing.T) {
	tally := func(connections int, more bool) *Tally {
		y := NewTally(time.Time{})
		for i := range connections {
			y.Add(nango.ConnectionRef{Integration: "crm", ID: string(rune('a' + i))}, "hubspot", false)
		}
		y.More = more
		return y
	}
	for _, test := range []struct {
		name          string
		before, after *Tally
		outdated      bool
	}{
		{"the first", nil, tally(2, false), false},
		{"the same", tally(2, false), tally(2, false), false},
		{"others", tally(2, false), tally(3, false), true},
		{"reading went on", tally(2, true), tally(3, false), false},
		{"another part", tally(2, true), tally(3, true), false},
		{"only a part", tally(3, false), tally(2, true), false},
	} {
		s := NewStore()
		if test.before != nil {
			s.SetTally(test.before)
		}
		seen := s.Version()
		if s.SetTally(test.after); s.IsOutdated(seen, s.Version()) != test.outdated {
			t.Errorf("%s: a list is outdated: %v", test.name, !test.outdated)
		}
	}
}

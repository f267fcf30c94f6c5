package screen

import (
	"strconv"
	"testing"
	"time"

	"nango-tui/nango"
	"nango-tui/nango/cause"
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

// Beyond the bound the causes that were found first are dropped; an update drops none.
func TestCausesAreBounded(t *testing.T) {
	s, start := NewStore(), time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ref := func(i int) nango.ConnectionRef { return nango.ConnectionRef{Integration: "crm", ID: strconv.Itoa(i)} }
	found := cause.Finding{Cause: cause.Cause{Kind: cause.Revoked}}
	for i := range maxCauses {
		s.LearnCause(start.Add(time.Duration(i)*time.Second), ref(i), "", found)
	}
	s.LearnCause(start.Add(time.Hour), ref(0), "", found)
	if n := len(s.Causes()); n != maxCauses {
		t.Fatalf("%d causes", n)
	}
	s.LearnCause(start.Add(2*time.Hour), ref(maxCauses), "", found)
	for i, want := range map[int]bool{0: true, 1: false, 2: true, maxCauses: true} {
		if _, ok := s.CauseOf(ref(i)); ok != want {
			t.Errorf("cause %d is known: %v", i, ok)
		}
	}
	if n := len(s.Causes()); n != maxCauses {
		t.Errorf("%d causes", n)
	}
}

// What was read before a change is not shown after it, whether the change came before or after the end of the reading.
func TestWorkIsKeptUntilSomethingChanges(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	s := NewStore()
	opening := func(at time.Time) *Turn { return &Turn{Now: at, Store: s, Opening: true} }
	change := nango.Call{Operation: nango.OpConnectionDelete}
	s.KeepWork("a", 1, now, s.Writes())
	if opening(now).KnownWork("a") != 1 {
		t.Error("it isn't known")
	}
	if (&Turn{Now: now, Store: s}).KnownWork("a") != nil {
		t.Error("a reload takes it")
	}
	if opening(now.Add(24*time.Hour)).KnownWork("a") != nil {
		t.Error("it is old")
	}
	began := s.Writes()
	s.Changed(change)
	if opening(now).KnownWork("a") != nil {
		t.Error("something has changed since")
	}
	s.KeepWork("b", 2, now, began)
	if opening(now).KnownWork("b") != nil {
		t.Error("something changed while it was read")
	}
}

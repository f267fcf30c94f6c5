package filter

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// searched has rows with a text, and counts how often one is searched.
type searched struct {
	rows  []string
	shown []bool
	count int
	query Query
}

func (s *searched) language() Language[string] {
	return Language[string]{Word: func(word string) func(*string) bool {
		return func(row *string) bool {
			s.count++
			return strings.Contains(*row, word)
		}
	}}
}

// typed applies the next text, as a table does, and returns how many rows are shown.
func (s *searched) typed(text string) (shown int) {
	next := Parse(text)
	step := s.language().Refine(s.query, next, time.Now)
	s.query, s.count = next, 0
	for i := range s.rows {
		test := step.Still
		if !s.shown[i] {
			test = step.Matches
		}
		if s.shown[i] || !step.Narrows {
			s.shown[i] = test == nil || test(&s.rows[i])
		}
		if s.shown[i] {
			shown++
		}
	}
	return shown
}

func TestAKeyTestsOnlyWhatItChanges(t *testing.T) {
	s := &searched{}
	for i := range 100 {
		s.rows, s.shown = append(s.rows, fmt.Sprintf("all half%d ten%d", i%2, i%10)), append(s.shown, true)
	}
	for _, step := range []struct {
		text            string
		shown, searches int
	}{
		{"a", 100, 100},
		{"all", 100, 100},
		{"all half", 100, 100},    // the new word
		{"all half1", 50, 100},    // the longer word
		{"all half1 ten", 50, 50}, // the third word, in rows that are shown
		{"all half1 ten3", 10, 50},
		{"all half1 ten", 50, 90 + 90 + 40}, // shorter again: what is shown stays
		{"all half1", 50, 50 + 50},
		{"all", 100, 50},
		{"", 100, 0},
		{"-ten3", 90, 100},
		{"-ten3 -ten4", 80, 90},
		{"-ten3", 90, 20},
		{"ten5", 10, 90 + 10},
		{"ten5|ten6", 20, 90 * 2},
		{"ten5|ten6", 20, 0},
	} {
		if shown := s.typed(step.text); shown != step.shown || s.count != step.searches {
			t.Errorf("%q shows %d rows, want %d, after %d searches, want %d", step.text, shown, step.shown, s.count, step.searches)
		}
	}
}

func TestAnAgeIsComparedWithEachKey(t *testing.T) {
	spec := Spec{Name: "age", Kind: Age}
	q := Parse("age:<1d x", spec)
	if rest := q.beyond(q); len(rest.Terms) != 1 || rest.Terms[0].Any[0].Field != "age" {
		t.Errorf("%v is tested again", rest.Terms)
	}
}

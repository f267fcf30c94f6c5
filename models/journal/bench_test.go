package journal

import (
	"fmt"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// A full journal has about this many entries.
const fullJournal = 20_000

// BenchmarkFilterKey is a key typed into the filter of a full journal.
func BenchmarkFilterKey(b *testing.B) {
	s, err := NewList(screen.To("journal"), nil)
	if err != nil {
		b.Fatal(err)
	}
	entries := make([]screen.JournalEntry, fullJournal)
	for i := range entries {
		entries[i] = entry(fmt.Sprintf("connections/c-%d?provider_config_key=salesforce", i), nango.OpConnectionDelete, i, screen.JournalDone)
	}
	s.take(entries)
	for b.Loop() {
		s.SetFilter("c-19")
		s.SetFilter("c-199")
	}
}

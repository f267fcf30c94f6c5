package sandbox

import (
	"fmt"
	"testing"

	"nango-tui/internal/longtest"
)

func TestListIsNewestFirstAndPagesUntilEmpty(t *testing.T) {
	b := newBench(t, Options{Seed: 7, Connections: 250})
	seen := map[string]bool{}
	last := "9"
	for page := 0; ; page++ {
		got := rows(b.want(b.ask("GET", fmt.Sprintf("/connections?limit=100&page=%d", page), ""), 200))
		for _, row := range got {
			created := at(row, "created").(string)
			if created > last {
				t.Fatalf("page %d: %s comes after %s", page, created, last)
			}
			last = created
			seen[fmt.Sprint(at(row, "id"))] = true
		}
		if len(got) == 0 {
			if page != 3 {
				t.Errorf("ended at page %d, want 3", page)
			}
			break
		}
	}
	if len(seen) != 250 {
		t.Errorf("saw %d connections, want 250", len(seen))
	}
}

func TestListWithoutLimitIsCutAtTenThousand(t *testing.T) {
	longtest.SkipInShort(t)
	b := newBench(t, Options{Connections: 10_500})
	if n := len(rows(b.ask("GET", "/connections", ""))); n != 10_000 {
		t.Errorf("%d rows, want 10000", n)
	}
	if n := len(rows(b.ask("GET", "/connections?page=1", ""))); n != 500 {
		t.Errorf("page 1 without a limit has %d rows, want what is beyond 10,000: 500", n)
	}
}

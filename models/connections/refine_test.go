package connections

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/longtest"
	"nango-tui/ui/filter"
)

// Whatever was typed before, the rows shown are those that match.
func TestAFilterShowsTheSameRowsAfterAnyOther(t *testing.T) {
	l, random := loaded(t, 600), rand.New(longtest.Source(t))
	terms := []string{"northwind", "ada.abbott", "-a", "99", "state:auth", "-state:ok", "integration:hub", "integration:hub|sales",
		"tag.plan:growth", "age:>30d", "age:<400d", "failed:<1d", "org:northwind", "id:7", "zz", "tag:plan=free"}
	now, before := noon, ""
	for range 400 {
		var text []string
		for range random.IntN(4) {
			text = append(text, terms[random.IntN(len(terms))])
		}
		next := localFilter{query: filter.Parse(strings.Join(text, " "), l.language().Specs()...), broken: random.IntN(4) == 0}
		if random.IntN(3) == 0 {
			now = now.Add(time.Duration(random.IntN(50)) * 24 * time.Hour)
			l.Tick(now)
		}
		l.applyFilterAnd(next)
		matches, want := l.language().Matcher(next.query, l.Now), 0
		for r := range l.table.Each() {
			if (matches == nil || matches(r)) && (!next.broken || r.isBroken()) {
				want++
			}
		}
		if got := l.table.Shown(); got != want {
			t.Fatalf("%q (broken: %v) after %q shows %d rows, not %d", text, next.broken, before, got, want)
		}
		before = strings.Join(text, " ")
	}
}

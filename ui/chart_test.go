package ui

import "testing"

func TestSparklineShowsEachValueAgainstTheHighest(t *testing.T) {
	for _, c := range []struct {
		values []int
		want   string
	}{
		{nil, ""}, {[]int{0, 0}, "  "}, {[]int{0, 1, 4, 8, -1}, " ▁▄█ "}, {[]int{1, 1_000}, "▁█"}, {[]int{3}, "█"},
	} {
		if got := Sparkline(c.values).String(); got != c.want {
			t.Errorf("%d: %q, not %q", c.values, got, c.want)
		}
	}
}

func TestBarFillsItsShare(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		want        string
	}{
		{0, 10, "    "}, {1, 1_000, "▏   "}, {5, 10, "██  "}, {9, 16, "██▎ "}, {10, 10, "████"}, {20, 10, "████"}, {1, 0, "    "},
		{-1, 10, "    "},
	} {
		if got := Bar(c.part, c.whole, 4).String(); got != c.want {
			t.Errorf("%d of %d: %q, not %q", c.part, c.whole, got, c.want)
		}
	}
}

package screen

import (
	"slices"
	"testing"
	"time"
)

func TestBackoffGrowsByHalfUpToItsMaximum(t *testing.T) {
	const s = time.Second
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		backoff Backoff
		want    []time.Duration
	}{
		"a customer on the phone": {Backoff{First: 3 * s, Max: time.Minute}, []time.Duration{3 * s, 4500 * time.Millisecond,
			6750 * time.Millisecond}},
		"a run": {Backoff{First: 2 * s, Max: 8 * s}, []time.Duration{2 * s, 3 * s, 4500 * time.Millisecond,
			6750 * time.Millisecond, 8 * s, 8 * s}},
		"always the same": {Backoff{First: s, Max: s}, []time.Duration{s, s, s}},
	} {
		b, now := c.backoff, start
		b.Start(now)
		var pauses []time.Duration
		for range c.want {
			pauses = append(pauses, b.Pause())
			if at := now.Add(b.Pause()); !b.NextAt().Equal(at) {
				t.Errorf("%s: the next poll is at %s, want %s", name, b.NextAt(), at)
			}
			now = b.NextAt()
			b.Polled(now)
		}
		if !slices.Equal(pauses, c.want) || b.Polls != len(c.want) {
			t.Errorf("%s: %d polls after %v, want %v", name, b.Polls, pauses, c.want)
		}
		b.Quicken()
		if b.Pause() != c.backoff.First || b.Polls != len(c.want) {
			t.Errorf("%s: quickened, the pause is %s after %d polls", name, b.Pause(), b.Polls)
		}
		b.Polled(now)
		b.Start(now)
		if b.Pause() != c.backoff.First || b.Polls != 0 {
			t.Errorf("%s: started again, the pause is %s after %d polls", name, b.Pause(), b.Polls)
		}
	}
}

func TestBackoffPollsAtTheDeadline(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	b := Backoff{First: 10 * time.Second, Max: time.Minute}
	for left, want := range map[time.Duration]time.Duration{
		time.Hour: 10 * time.Second, 4 * time.Second: 4 * time.Second, 0: 10 * time.Second, -time.Hour: 10 * time.Second,
	} {
		if got := b.PauseUntil(now, now.Add(left)); got != want {
			t.Errorf("%s before the deadline the pause is %s, want %s", left, got, want)
		}
	}
}

package models

import (
	"testing"
	"time"

	"nango-tui/internal/guard"
)

func TestKeysAndReadsSetOnlyNecessaryTimers(t *testing.T) {
	s := newScene(t, guard.Profile{Production: true})
	s.press("A", "right", "enter")
	s.advance(guard.DefaultArmFor - 90*time.Second)
	before := len(s.timers)
	for range 20 {
		s.now = s.now.Add(time.Millisecond)
		s.press("r", "up")
	}
	if more := len(s.timers) - before; more > 1 {
		t.Errorf("%d timers were set", more)
	}
	s.advance(90 * time.Second)
	s.see("no longer armed")
}

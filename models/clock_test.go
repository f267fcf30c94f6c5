package models

import (
	"testing"
	"time"
)

func TestKeysAndReadsSetNoMoreClocksThanAreNeeded(t *testing.T) {
	s := stand(t, Profile{Production: true})
	s.press("A", "right", "enter")
	s.passes(defaultArm - 90*time.Second)
	before := len(s.timers)
	for range 20 {
		s.now = s.now.Add(time.Millisecond)
		s.press("r", "up")
	}
	if more := len(s.timers) - before; more > 1 {
		t.Errorf("%d timers were set", more)
	}
	s.passes(90 * time.Second)
	s.see("no longer armed")
}

//go:build unix

package e2e

import (
	"image"
	"slices"
	"strings"
	"testing"
	"time"
)

// A slow connection or a paste brings a key and its answer in one piece.
func TestKeysThatArriveWithTheQuestionAnswerNothing(t *testing.T) {
	t.Parallel()
	p := newTwoProfiles(t)
	x := startIn(t, []string{"--profile", "acme-prod"}, p.env, size80x24())
	x.see("▌PRODUCTION▐", "Zara Quill")
	x.typeText("A\t\rD\t\r")
	x.see("Arm production", "[ Cancel ]")
	x.press("right", "enter")
	x.see("ARMED")
	x.typeText("D4711\r")
	x.see("Delete connection", "to confirm:  ▏", "[ Cancel ]")
	x.press("esc")
	x.gone("Delete connection")
	x.quits()
	if n := p.deletions(); n != 0 {
		t.Errorf("%d deletions were sent", n)
	}
}

// What can't be drawn can't be agreed to.
func TestKeysOnATerminalThatIsTooSmallDoNothing(t *testing.T) {
	t.Parallel()
	for _, small := range []image.Point{{39, 24}, {80, 9}} {
		p := newTwoProfiles(t)
		x := startIn(t, []string{"--profile", "acme-prod"}, p.env, size80x24())
		x.see("▌PRODUCTION▐", "Zara Quill")
		x.resize(small)
		x.see("too small")
		for _, key := range []string{"A", "right", "enter", "D", "4", "7", "1", "1", "enter"} {
			x.press(key)
		}
		x.resize(size80x24())
		x.see("▌PRODUCTION▐", "Zara Quill")
		x.press("ctrl+c")
		x.exits(0)
		if n := p.deletions(); n != 0 || strings.Contains(x.output(), "ARMED") {
			t.Errorf("in %v, %d deletions were sent, and this was drawn:\n%s", small, n, x.output())
		}
	}
}

// This test logs how long a dialog takes no answer. The time is bounded from below only: a busy machine takes longer.
func TestADialogTakesAnAnswerAfterTheGuardTime(t *testing.T) {
	t.Parallel()
	const guardTime = 250 * time.Millisecond
	x := startDemo(t, size80x24())
	x.see("1,000 · ", "· now")
	var waits []time.Duration
	for range 3 {
		began := time.Now()
		x.press("D")
		x.see("[ Cancel ]")
		waits = append(waits, time.Since(began))
		x.press("esc")
		x.gone("Cancel")
	}
	slices.Sort(waits)
	t.Logf("from the key to a dialog that takes an answer: %v", waits)
	if waits[0] < guardTime {
		t.Errorf("a dialog takes an answer after %s", waits[0])
	}
	x.quits()
}

//go:build unix

package e2e

import (
	"regexp"
	"strconv"
	"testing"
)

var budgetLeft = regexp.MustCompile(`budget ~?(\d+)/200`)

// budget is how many requests are left of the 200 of a minute.
func (x *program) budget() int {
	x.t.Helper()
	found := budgetLeft.FindStringSubmatch(x.screen())
	if found == nil {
		x.t.Fatalf("no budget is on the screen:\n%s", x.screen())
	}
	left, _ := strconv.Atoi(found[1])
	return left
}

// Figures of the person on call: from the list of 10,500 connections to the cause in words.
func TestFromStartToTheCauseInWords(t *testing.T) {
	t.Parallel()
	x := start(t, []string{"--demo", "--seed", "8", "--connections", "10500"}, nil, size80x24())
	x.see("10,500 ·", "· now")
	before := x.budget()
	x.press("b")
	x.see("broken only")
	x.press("/")
	x.typeText("Quinn Young")
	x.press("enter", "enter")
	x.see("CAUSE", "failed at line 29 of persons.ts: TypeError", "NEXT", "f  open the function persons")
	const keys, firstPage = 4, 1
	requests := firstPage + before - x.budget()
	t.Logf("%d keys beyond the customer's name, %d requests besides the list's later pages", keys, requests)
	if requests > 5 || requests <= firstPage {
		t.Errorf("%d requests before the cause", requests)
	}
}

//go:build unix

package e2e

import (
	"testing"
	"time"
)

// Over a slow connection, sequences come in pieces. The first piece is sent with the key that opens a dialog, which takes no answer
// for 250 ms, so the second one comes far too late for one sequence by the clock of the libraries.
func TestPiecesOfSequencesTypeNothing(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	for _, sequence := range [][2]string{
		{"\x1b]", "11;rgb:1e1e/1e1e/2e2e\a"},
		{"\x1b]11;rgb:1e", "1e/1e1e/2e2e\x1b\\"},
		{"\x1b[?20", "26;2$y"},
		{"\x1b[<35;4", "0;12M"},
		{"\x1b[10", "6;5:3u"},
		{"\x1bP1", "+r524742=38\x1b\\"},
	} {
		x.typeText("D" + sequence[0])
		x.see("[ Cancel ]")
		x.typeText(sequence[1] + "4")
		x.see("to confirm:  4▌")
		x.press("esc")
		x.gone("Cancel")
	}
	x.quits()
}

// The mark of a paste in pieces must not make keys of the text.
func TestPasteInPiecesIsAPaste(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	for _, piece := range [][2]string{{"\x1b[20", "0~47\x1b[201~"}, {"\x1b[200~4", "7\x1b[201~"}, {"\x1b[200~47\x1b[2", "01~"}} {
		x.typeText("D" + piece[0])
		x.see("[ Cancel ]")
		x.typeText(piece[1] + "1")
		x.see("to confirm:  471▌")
		x.press("esc")
		x.gone("Cancel")
	}
	x.quits()
}

// A reply that is owed is waited for, so that it is not typed into the shell, but not for long. That the end really waits is bounded
// from below only: a busy machine takes longer.
func TestEndWaitsForOwedRepliesButNotForLong(t *testing.T) {
	t.Parallel()
	const wait = 200 * time.Millisecond
	_, env := newHome(t)
	terminal := newTerminal(t, size80x24())
	terminal.silent.Store(true)
	x := terminal.run(binary, []string{"--demo"}, env)
	x.wrote("\x1b]11;?")
	began := time.Now()
	x.quits()
	if took := time.Since(began); took < wait {
		t.Errorf("the program ends after %s, while the terminal owes replies", took)
	}
}

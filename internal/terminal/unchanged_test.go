package terminal

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"nango-tui/internal/longtest"
)

// written is what a renderer writes, and some things that it doesn't.
var written = []string{
	"\x1b[%d;%dH", "\x1b[%dG", "\x1b[%dd", "\x1b[%dA", "\x1b[%dB", "\x1b[%dC", "\x1b[%dD", "\x1b[H", "\r", "\n", "\b", "\x1bM",
	"\x1b[K", "\x1b[1K", "\x1b[%dX", "\x1b[%d@", "\x1b[%dP", "\x1b[%dL", "\x1b[%dM", "\x1b[%dS", "\x1b[%dT", "\x1b[J", "\x1b[2J", "\x1b[3;8r",
	"\x1b[r", "\x1b[m", "\x1b[1m", "\x1b[3%dm", "\x1b[44m", "\x1b[38;5;24%dm", "\x1b[7m", "\x1b[4m", "\x1b[?7l", "\x1b[?7h", "\x1b[?25l",
	"\x1b]0;title\x07", "\x1b[?2026h", "text", "a  b", "    ", "株式", "é", "🫨", "\x1b7\x1b8", "\x1b[2K",
}

func randomSequence(r *rand.Rand) string {
	s := written[r.IntN(len(written))]
	n := strings.Count(s, "%d")
	return fmt.Sprintf(s, []any{1 + r.IntN(9), 1 + r.IntN(9)}[:n]...)
}

// sameCells reports whether two terminals show the same; the color of the text of a space doesn't count.
func sameCells(a, b *vt.Emulator) bool {
	for y := range a.Height() {
		for x := range a.Width() {
			one, other := a.CellAt(x, y), b.CellAt(x, y)
			if one == nil || other == nil {
				if one != other {
					return false
				}
				continue
			}
			styles := [2]uv.Style{one.Style, other.Style}
			if one.Content == " " {
				styles = [2]uv.Style{styleOfSpace(one.Style), styleOfSpace(other.Style)}
			}
			if one.Content != other.Content || styles[0] != styles[1] {
				return false
			}
		}
	}
	return true
}

func checkSequences(t *testing.T, seed uint64) {
	const width, height = 20, 10
	r := rand.New(rand.NewPCG(seed, 2))
	full, trimmed := newEmulator(t, width, height), newEmulator(t, width, height)
	w := newTrimmer(width, height)
	for i := range 40 {
		var frame bytes.Buffer
		if r.IntN(3) == 0 {
			frame.WriteString("\x1b[?7h\x1b[H\x1b[m")
		}
		for range 1 + r.IntN(12) {
			frame.WriteString(randomSequence(r))
		}
		rest := bytes.Clone(w.trim(frame.Bytes()))
		_, _ = full.Write(frame.Bytes()) // an emulator takes everything
		_, _ = trimmed.Write(rest)
		if !sameCells(trimmed, full) {
			t.Fatalf("seed %d, frame %d shows\n%s\ninstead of\n%s\nfor %q, which became %q",
				seed, i, trimmed.Render(), full.Render(), frame.Bytes(), rest)
		}
		if got, want := trimmed.CursorPosition(), full.CursorPosition(); got != want {
			t.Fatalf("seed %d, frame %d leaves the cursor at %v, not %v, for %q, which became %q", seed, i, got, want, frame.Bytes(), rest)
		}
	}
}

func TestTrimmedSequencesDrawTheSame(t *testing.T) {
	for seed := range uint64(longtest.Size(200, 2000)) {
		checkSequences(t, seed)
	}
}

func FuzzTrimmedSequencesDrawTheSame(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(checkSequences)
}

func TestOnlyWhatChangesInARowIsSent(t *testing.T) {
	d, w := newDrawing(60, 5), newTrimmer(60, 5)
	row := func(name string, n int) string {
		return fmt.Sprintf("%s hubspot   \x1b[2m✓ ok\x1b[m               \x1b[2m│\x1b[m %d", name, n)
	}
	w.trim(d.frame([]string{"", "", row("Globex  ", 100), row("株式会社", 100)}))
	for _, name := range []string{"Initech ", "鈴木太郎"} {
		frame := d.frame([]string{"", "", row(name, 200), row(name, 200)})
		if left := w.trim(frame); bytes.Contains(left, []byte("ok")) || len(left) > 60 {
			t.Errorf("%d of %d bytes are sent: %q", len(left), len(frame), left)
		}
	}
}

func TestAResizedTerminalIsWrittenAnew(t *testing.T) {
	w := newTrimmer(20, 5)
	frame := []byte("\x1b[1;1Habc\x1b[1;1H")
	w.trim(frame)
	if left := w.trim(frame); bytes.Contains(left, []byte("abc")) {
		t.Errorf("%q is sent again", left)
	}
	w.resize(20, 5)
	for i := range unsureFrames + 1 {
		if left := w.trim(frame); !bytes.Contains(left, []byte("abc")) {
			t.Errorf("frame %d after a new size becomes %q", i, left)
		}
	}
}

func TestAWideCharacterIsNotHalfOfTwoOthers(t *testing.T) {
	d, w := newDrawing(20, 3), newTrimmer(20, 3)
	em := newEmulator(t, 20, 3)
	for _, line := range []string{"株株株株", " 株株株 ", "株株株株"} {
		_, _ = em.Write(w.trim(d.frame([]string{"", line})))
		if got := strings.TrimRight(strings.Split(em.String(), "\n")[1], " "); got != strings.TrimRight(line, " ") {
			t.Errorf("%q is shown as %q", line, got)
		}
	}
}

// A terminal may show characters of uncertain width in other columns, so nothing of them may be left.
func TestARowOfUncertainWidthIsErased(t *testing.T) {
	d, w := newDrawing(20, 3), newTrimmer(20, 3)
	w.trim(d.frame([]string{"", "राहुल गुप्ता  ok"}))
	if left := w.trim(d.frame([]string{"", "株式会社          ok"})); !bytes.Contains(left, rowErase) || !bytes.Contains(left, []byte("ok")) {
		t.Errorf("it isn't erased: %q", left)
	}
}

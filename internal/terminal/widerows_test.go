package terminal

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"nango-tui/internal/longtest"
)

// drawing draws frames as Bubble Tea does: each into a cleared buffer, then the changes to the terminal.
type drawing struct {
	out           bytes.Buffer
	scr           *uv.TerminalRenderer
	buffer        uv.ScreenBuffer
	width, height int
}

func newDrawing(width, height int) *drawing {
	d := &drawing{buffer: uv.NewScreenBuffer(width, height), width: width, height: height}
	d.scr = uv.NewTerminalRenderer(&d.out, []string{"TERM=xterm-256color"})
	d.scr.SetColorProfile(colorprofile.TrueColor)
	d.scr.SetScrollOptim(true)
	d.scr.SetFullscreen(true)
	d.scr.SetRelativeCursor(false)
	d.scr.Erase()
	return d
}

// frame returns the bytes that draw the lines over the previous frame.
func (d *drawing) frame(lines []string) []byte {
	d.buffer.Clear()
	uv.NewStyledString(strings.Join(lines, "\n")).Draw(d.buffer, d.buffer.Bounds())
	d.scr.Render(d.buffer.RenderBuffer)
	_ = d.scr.Flush() // a buffer takes everything
	frame := bytes.Clone(d.out.Bytes())
	d.out.Reset()
	return frame
}

// newTrimmer returns what trims the output for a terminal of that size.
func newTrimmer(width, height int) *unchanged {
	u := newUnchanged()
	u.resize(width, height)
	return u
}

// newEmulator returns a terminal whose replies are dropped.
func newEmulator(t testing.TB, width, height int) *vt.Emulator {
	em := vt.NewEmulator(width, height)
	go io.Copy(io.Discard, em)
	t.Cleanup(func() { em.InputPipe().(io.Closer).Close() })
	return em
}

// randomRows returns lines of a list, some with wide characters, some in color up to their end.
func randomRows(r *rand.Rand, n int) []string {
	names := []string{
		"Globex", "株式会社サンプル", "鈴木 さくら", "राहुल गुप्ता", "Ελένη", "Sky ☀ Lee", "emoji 👍🏽 👨‍👩‍👧", "", "François",
	}
	looks := []string{"%s", "\x1b[1m%s\x1b[m", "\x1b[92m✓ ok\x1b[m %s", "%s \x1b[2mplan=team\x1b[m", "\x1b[1;41m%s", "\x1b[2m%s\x1b[m tail"}
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(looks[r.IntN(len(looks))], names[r.IntN(len(names))]) + strings.Repeat(" ", r.IntN(3))
		if r.IntN(2) == 0 {
			rows[i] = beside(rows[i], r.IntN(100))
		}
	}
	return rows
}

// beside returns a row with a number beside it.
func beside(row string, n int) string {
	return fmt.Sprintf("%s\x1b[m%s\x1b[2m│\x1b[m %d", row, strings.Repeat(" ", max(0, 26-ansi.StringWidth(row))), n)
}

// changeLines changes the lines as a list does.
func changeLines(r *rand.Rand, lines []string) []string {
	lines = append([]string(nil), lines...)
	n := len(lines)
	switch r.IntN(9) {
	case 0: // the list scrolls below its header
		by := 1 + r.IntN(5)
		copy(lines[2:n-1], lines[2+by:n-1])
		copy(lines[n-1-by:n-1], randomRows(r, by))
	case 1: // and back up
		by := 1 + r.IntN(5)
		copy(lines[2+by:n-1], lines[2:n-1-by])
		copy(lines[2:2+by], randomRows(r, by))
	case 2: // everything scrolls
		copy(lines, lines[1:])
		lines[n-1] = randomRows(r, 1)[0]
	case 3: // another screen
		return randomRows(r, n)
	case 4: // the preview changes
		for i, line := range lines {
			if row, _, ok := strings.Cut(line, "\x1b[2m│"); ok && r.IntN(2) == 0 {
				lines[i] = fmt.Sprintf("%s\x1b[2m│\x1b[m %d", row, r.IntN(1000))
			}
		}
	case 5: // another page of the list
		for i := range lines {
			if row, right, ok := strings.Cut(lines[i], "\x1b[2m│"); ok {
				lines[i] = strings.Repeat(strings.ToUpper(row), r.IntN(2)) + "\x1b[m  \x1b[2m│" + right
			}
		}
	case 6: // a box covers it
		for i := 3; i < 9; i++ {
			lines[i] = ansi.Truncate(lines[i], 9, "") + "\x1b[m│ box │" + ansi.TruncateLeft(lines[i], 16, "")
		}
	default: // a row changes, or two
		for range 1 + r.IntN(2) {
			lines[r.IntN(n)] = randomRows(r, 1)[0]
		}
	}
	return lines
}

func checkTrimming(t *testing.T, seed uint64, frames int) (all, left int) {
	const width, height = 40, 14
	r := rand.New(rand.NewPCG(seed, 1))
	full, trimmed := newEmulator(t, width, height), newEmulator(t, width, height)
	d, w := newDrawing(width, height), newTrimmer(width, height)
	lines := randomRows(r, height)
	for i := range frames {
		frame := d.frame(lines)
		rest := w.trim(frame)
		all, left = all+len(frame), left+len(rest)
		full.Write(frame)
		trimmed.Write(rest)
		if got, want := trimmed.Render(), full.Render(); got != want {
			t.Fatalf("seed %d, frame %d shows\n%s\ninstead of\n%s\nfor %q, which became %q", seed, i, got, want, frame, rest)
		}
		if got, want := trimmed.CursorPosition(), full.CursorPosition(); got != want {
			t.Fatalf("seed %d, frame %d leaves the cursor at %v, not %v", seed, i, got, want)
		}
		lines = changeLines(r, lines)
	}
	return all, left
}

func TestTrimmedFramesDrawTheSame(t *testing.T) {
	all, left := 0, 0
	for seed := range uint64(longtest.Size(20, 40)) {
		a, l := checkTrimming(t, seed, 60)
		all, left = all+a, left+l
	}
	if left > all*9/10 {
		t.Errorf("%d of %d bytes are left: too few are removed", left, all)
	}
}

func FuzzTrimmedFramesDrawTheSame(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { checkTrimming(t, seed, 30) })
}

func TestCursorKeyDoesNotRewriteWideRows(t *testing.T) {
	d, w := newDrawing(40, 14), newTrimmer(40, 14)
	lines := []string{"head", "", "  Globex", "  株式会社サンプル", "  Initech", "  鈴木 さくら \x1b[2mteam", "foot"}
	w.trim(d.frame(lines))
	for range 3 {
		lines[2], lines[4] = lines[4], lines[2]
		frame := d.frame(lines)
		left := w.trim(frame)
		if bytes.Contains(left, []byte("株")) || len(left) > 60 {
			t.Errorf("%d of %d bytes are sent: %q", len(left), len(frame), left)
		}
	}
	lines[3] = "  会社株式"
	if left := w.trim(d.frame(lines)); !bytes.Contains(left, []byte("会社株式")) {
		t.Errorf("a changed row is not sent: %q", left)
	}
}

func TestWhatIsBesideAWideRowIsSentAlone(t *testing.T) {
	d, w := newDrawing(40, 5), newTrimmer(40, 5)
	for n := range 3 {
		left := w.trim(d.frame([]string{beside("Globex", n), "", "", "", beside("株式会社 \x1b[2m✓ ok\x1b[m", 100+n)}))
		if wide := bytes.Contains(left, []byte("株")); wide != (n == 0) || !bytes.Contains(left, fmt.Append(nil, n)) {
			t.Errorf("frame %d sends %q", n, left)
		}
	}
}

// A terminal may count the columns of some characters differently. What follows them is written from its own column, so it can change
// alone.
func TestWhatIsBesideARowOfUncertainWidthIsSentAlone(t *testing.T) {
	for row, uncertain := range map[string]string{"राहुल गुप्ता": "राहुल गुप्ता", "🫨 株式会社": "🫨", "👨\u200d👩\u200d👧": "👨\u200d👩\u200d👧"} {
		d, w := newDrawing(40, 5), newTrimmer(40, 5)
		from := uncertain + string(rowEnd) + ansi.CursorHorizontalAbsolute(ansi.StringWidth(uncertain)+1)
		for n := range 3 {
			left := w.trim(d.frame([]string{"", "", "", "", beside(row, n)}))
			if begins := bytes.Contains(left, []byte(from)); begins != (n == 0) || bytes.Contains(left, []byte(uncertain)) != begins ||
				!bytes.Contains(left, fmt.Append(nil, n)) {
				t.Errorf("%q with %d beside it is sent as %q", row, n, left)
			}
		}
		if left := w.trim(d.frame([]string{"", "", "", "", row})); bytes.Contains(left, []byte(uncertain)) || !bytes.Contains(left, rowErase) {
			t.Errorf("what was beside %q is erased by %q", row, left)
		}
		left := w.trim(d.frame([]string{"", "", "", "", "x" + beside(row, 7)}))
		if !bytes.Contains(left, rowErase) || !bytes.Contains(left, []byte(uncertain)) {
			t.Errorf("another row with %q is sent as %q", row, left)
		}
	}
}

func TestOtherOutputIsUnchanged(t *testing.T) {
	for _, text := range []string{
		"", "\x1b[?7l", "\x1b[?7lx\x1b[?7h", "\x1b[?7l\x1b[Kx\x1b[?7h\x1b[H", "\x1b[?7l\x1b[K\x1b]8;;x\x1b\\y\x1b[?7h\x1b[1;2H",
		"a\x1b[?7l\x1b[?7l\x1b[Kx\x1b[?7h\x1b[1;2Hb", "\x1b[?7l\x1b[Kx\x1b[?7h\x1b[1;2H\x1b[2J",
	} {
		w := newTrimmer(40, 14)
		for round := range 2 {
			got := string(w.trim([]byte(text)))
			if full := round == 0 || !strings.HasSuffix(text, "J"); got != text && full && !strings.HasPrefix(text, "a") {
				t.Errorf("%q became %q", text, got)
			}
		}
	}
}

// What is left out can be written later if that is shorter, but not an erasure: it would take what was compared before.
func TestAnErasureIsNotWrittenLate(t *testing.T) {
	const erased = "\x1b[m\x1b[1;1H\x1b[?7l\x1b[K🫨\x1b[2m%c%c\x1b[?7h\x1b[2;1H"
	full, trimmed, w := newEmulator(t, 20, 3), newEmulator(t, 20, 3), newTrimmer(20, 3)
	for _, frame := range []string{
		"\x1b[H\x1b[2J" + fmt.Sprintf(erased, 'a', 'b'),
		"\x1b[3;1H\x1b[1;3;4;5;7;8;9;31;41;58;5;1mX" + fmt.Sprintf(erased, 'c', 'b'), // a pen that takes long to undo
	} {
		_, _ = full.Write([]byte(frame))
		_, _ = trimmed.Write(w.trim([]byte(frame)))
		if !sameCells(trimmed, full) {
			t.Errorf("%q shows %q", frame, trimmed.Render())
		}
	}
}

package terminal

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// pieces feeds the program what a terminal sends in pieces, with pauses between them.
type pieces struct {
	s   sequences
	now time.Time
	out string
}

func newPieces() *pieces {
	p := &pieces{now: time.Unix(1_800_000_000, 0)}
	p.s.isReplyOwed = func(time.Time) bool { return false }
	p.s.arrived = func([]byte) {}
	return p
}

// send sends one piece. The next one comes after the pause.
func (p *pieces) send(piece string, pause time.Duration) {
	p.out += string(p.s.add([]byte(piece), p.now))
	if p.s.isESCAlone() && pause >= escDelay {
		p.out += string(p.s.escKeys(p.now))
	}
	p.now = p.now.Add(pause)
}

// eventsOf returns what ultraviolet reads in the input.
func eventsOf(t *testing.T, input string) []string {
	t.Helper()
	events := make(chan uv.Event)
	go func() {
		defer close(events)
		if err := uv.NewTerminalReader(strings.NewReader(input), "xterm-256color").StreamEvents(context.Background(), events); err != nil {
			t.Error(err)
		}
	}()
	var all []string
	for event := range events {
		all = append(all, fmt.Sprintf("%T %v", event, event))
	}
	return all
}

// sequencesOfTerminals are what terminals send, besides plain keys.
var sequencesOfTerminals = map[string]string{
	"background color, ST":      "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
	"background color, BEL":     "\x1b]11;rgb:1e1e/1e1e/2e2e\a",
	"clipboard":                 "\x1b]52;c;aGVsbG8=\x1b\\",
	"synchronized output":       "\x1b[?2026;2$y",
	"Kitty protocol":            "\x1b[?1u",
	"attributes":                "\x1b[?62;22;52c",
	"version":                   "\x1bP>|ghostty 1.3.0\x1b\\",
	"capability":                "\x1bP1+r524742=38\x1b\\",
	"Kitty graphics":            "\x1b_Gi=1;OK\x1b\\",
	"cursor position":           "\x1b[12;40R",
	"up":                        "\x1b[A",
	"up of the application":     "\x1bOA",
	"F1":                        "\x1bOP",
	"ctrl+F1":                   "\x1bO5P",
	"delete":                    "\x1b[3~",
	"ctrl+shift+right":          "\x1b[1;6C",
	"alt+up of rxvt":            "\x1b\x1b[A",
	"key of the Kitty protocol": "\x1b[106;5:1u",
	"modified key of xterm":     "\x1b[27;5;106~",
	"click":                     "\x1b[<0;12;7M\x1b[<0;12;7m",
	"old click":                 "\x1b[M !!",
	"focus":                     "\x1b[I",
	"paste":                     "\x1b[200~Delete D\x1b[201~",
	"paste of sequences":        "\x1b[200~a\x1b[A\x1b[201\x1b]0;t\x07\x1b\x1b[201~",
	"paste of open sequences":   "\x1b[200~a\x1b]0;\x1b[M\x1bO\x1bP\x1b[201~",
	"paste of Korean":           "\x1b[200~각 한국 ⛛\x1b[201~",
	"8-bit":                     "\x9b?2026;2$y\x9d11;rgb:1e1e/1e1e/2e2e\x9c",
	"characters":                "é각⛛👍",
	"alt and a character":       "\x1bé",
}

func TestPiecesOfSequencesAreNoKeys(t *testing.T) {
	for name, sequence := range sequencesOfTerminals {
		whole := newPieces()
		whole.send(sequence, 0)
		want := eventsOf(t, whole.out)
		for cut := 1; cut < len(sequence); cut++ {
			p := newPieces()
			p.send(sequence[:cut], 3*time.Second)
			p.send(sequence[cut:], 0)
			if got := eventsOf(t, p.out); !slices.Equal(got, want) && !isOnlyLateEsc(sequence, cut, got, want) {
				t.Errorf("%s, cut after %d bytes: %q, not %q", name, cut, got, want)
			}
		}
	}
}

// isOnlyLateEsc reports whether the cut is after ESC alone: that is a key, and the rest is still read as a sequence.
func isOnlyLateEsc(sequence string, cut int, got, want []string) bool {
	if sequence[cut-1] != ansi.ESC {
		return false
	}
	if strings.HasPrefix(sequence, "\x1b\x1b") || strings.HasPrefix(sequence, "\x1bé") {
		return !strings.Contains(strings.Join(got, " "), "[") // keys with or without alt
	}
	at := slices.Index(got, "uv.KeyPressEvent esc")
	return at >= 0 && slices.Equal(slices.Delete(slices.Clone(got), at, at+1), want)
}

// Each byte comes alone, after ESC at once.
func TestBytesOfSequencesAreNoKeys(t *testing.T) {
	for name, sequence := range sequencesOfTerminals {
		whole, p := newPieces(), newPieces()
		whole.send(sequence, 0)
		for _, b := range []byte(sequence) {
			pause := 200 * time.Millisecond
			if b == ansi.ESC && !p.s.inPaste {
				pause = 0
			}
			p.send(string([]byte{b}), pause)
		}
		if got, want := eventsOf(t, p.out), eventsOf(t, whole.out); !slices.Equal(got, want) {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}

// What is passed on is what the terminal has sent.
func TestWholeInputIsPassedOnUnchanged(t *testing.T) {
	for name, sequence := range sequencesOfTerminals {
		if strings.HasPrefix(name, "paste of ") {
			continue
		}
		p := newPieces()
		p.send("j"+sequence+"k"+sequence, 0)
		if want := "j" + sequence + "k" + sequence; p.out != want {
			t.Errorf("%s: %q, not %q", name, p.out, want)
		}
	}
	for _, keys := range []string{"j", "\r", "\x03", "\x1bj", "\x1b\r", "\x1b\x7f", "\x1b[2$", "\x1b[3^", "\x1b[[A", "a\x00b"} {
		p := newPieces()
		p.send(keys, 0)
		if p.out != keys {
			t.Errorf("%q becomes %q", keys, p.out)
		}
	}
}

func TestEscIsAKeyAfterTheShortTime(t *testing.T) {
	for input, want := range map[string][]string{
		"\x1b":         {"esc"},
		"\x1b\x1b":     {"esc", "esc"},
		"\x1b\x1b\x1b": {"esc", "esc", "esc"},
		"j\x1b":        {"j", "esc"},
		"\x1bj":        {"alt+j"},
		"\x1b[A\x1b":   {"up", "esc"},
	} {
		p := newPieces()
		p.send(input, escDelay)
		p.send("[", time.Second) // typed after esc
		want = append(want, "[")
		var got []string
		for _, event := range eventsOf(t, p.out) {
			got = append(got, strings.TrimPrefix(event, "uv.KeyPressEvent "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", input, got, want)
		}
	}
}

// A reply that is cut after ESC and after the next byte is recognized while one is owed.
func TestOwedReplyIsRecognizedByItsSecondByte(t *testing.T) {
	p := newPieces()
	p.s.isReplyOwed = func(time.Time) bool { return true }
	for _, piece := range []string{"\x1b", "]", "1", "1;rgb:0000/0000/0000\a"} {
		p.send(piece, time.Second)
	}
	if want := escKey + "\x1b]11;rgb:0000/0000/0000\a"; p.out != want {
		t.Errorf("%q, not %q", p.out, want)
	}
}

// What never becomes complete is dropped, and does not swallow keys for long.
func TestIncompleteSequencesAreDropped(t *testing.T) {
	long := "\x1b]52;c;" + strings.Repeat("QUJD", 1000)
	for _, c := range []struct {
		what, first string
		pause       time.Duration
		second      string
		want        string
	}{
		{"too old", "\x1b]11;rgb:", maxPause + 1, "j", "j"},
		{"a control character", "\x1b]11;rgb:", 0, "\r", "\r"},
		{"ctrl+c", "\x1bPxyz", 0, "\x03", "\x03"},
		{"ctrl+c after a CSI", "\x1b[12", 0, "\x03", "\x03"},
		{"a key", "\x1b]11;rgb:", 0, "\x1b[A", "\x1b[A"},
		{"another sequence", "\x1b[<0;12", 0, "\x1b[<0;12;7M", "\x1b[<0;12;7M"},
		{"another in SS3", "\x1bO", 0, "\x1b[A", "\x1b[A"},
		{"backspace", "\x1b[", 0, "\x7f", "\x7f"},
		{"a character", "\x1b[1", 0, "é", "é"},
		{"half a character", "\xc3", 0, "j", "j"},
		{"too long", long, 0, "\x1b\\j", "j"},
		{"too long, and cut", long, maxPause + 1, "j", "j"},
		{"many parameters", "\x1b[" + strings.Repeat("1;", maxSequence), 0, "mj", "j"},
	} {
		p := newPieces()
		p.send(c.first, c.pause)
		p.send(c.second, 0)
		if p.out != c.want {
			t.Errorf("%s: %q, not %q", c.what, p.out, c.want)
		}
	}
	p := newPieces()
	p.send("\x1b]", 0)
	for range maxAge / time.Second {
		p.send("1", time.Second)
	}
	p.send("x", time.Second)
	if p.send("j", 0); p.out != "j" {
		t.Errorf("a sequence of any age swallows keys: %q", p.out)
	}
}

// A paste ends only with its mark, however long that takes.
func TestCutPasteStaysAPaste(t *testing.T) {
	p := newPieces()
	for _, piece := range []string{"\x1b[200~", "D", "\x1b", "[201", "x", "\x1b[20", "1", "~", "j"} {
		p.send(piece, maxPause+time.Second)
	}
	want := []string{"uv.PasteStartEvent {}", "uv.PasteEvent D[201x", "uv.PasteEndEvent {}", "uv.KeyPressEvent j"}
	if got := eventsOf(t, p.out); !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

// scriptedReader is a terminal whose second piece comes when the test says so.
type scriptedReader struct{ pieces chan string }

func (r scriptedReader) Read(b []byte) (int, error) {
	piece, ok := <-r.pieces
	if !ok {
		return 0, io.EOF
	}
	return copy(b, piece), nil
}

// This test says when sequences.go can go: when it fails because ultraviolet waits for the rest of a sequence, and the tests above
// pass with a program that reads the terminal itself.
func TestUltravioletStillTakesPiecesForKeys(t *testing.T) {
	input := scriptedReader{make(chan string)}
	reader := uv.NewTerminalReader(input, "xterm-256color")
	reader.EscTimeout = time.Millisecond
	events := make(chan uv.Event, 100)
	go func() {
		defer close(events)
		_ = reader.StreamEvents(context.Background(), events)
	}()
	input.pieces <- "\x1b]11;rgb:"
	select {
	case <-events:
	case <-time.After(2 * time.Second): // no test waits for this, unless ultraviolet has changed
		t.Error("ultraviolet waits for the rest of a sequence: see whether sequences.go is still necessary")
	}
	input.pieces <- "1e1e/1e1e/2e2e\a"
	close(input.pieces)
	keys := 0
	for event := range events {
		if _, isKey := event.(uv.KeyPressEvent); isKey {
			keys++
		}
	}
	if keys == 0 {
		t.Error("ultraviolet takes no piece for a key: see whether sequences.go is still necessary")
	}
}

func FuzzSequences(f *testing.F) {
	for _, sequence := range sequencesOfTerminals {
		f.Add(sequence, 3)
	}
	f.Fuzz(func(t *testing.T, input string, cut int) {
		whole, p := newPieces(), newPieces()
		whole.send(input, 0)
		cut = min(max(cut, 0), len(input))
		p.send(input[:cut], 0)
		p.send(input[cut:], 0)
		if p.out != whole.out {
			t.Errorf("%q, cut after %d bytes, becomes %q, not %q", input, cut, p.out, whole.out)
		}
		if len(p.out) > len(input)+4*strings.Count(input, "\x1b") || len(p.s.held) > maxSequence {
			t.Errorf("%d bytes become %d, %d are held", len(input), len(p.out), len(p.s.held))
		}
	})
}

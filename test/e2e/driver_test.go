//go:build unix

package e2e

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// timeout is how long a test waits for the program before it fails. No test waits for it to pass.
const timeout = 30 * time.Second

// size80x24 is the size of most terminals in the tests.
func size80x24() image.Point { return image.Pt(80, 24) }

// terminal is a pseudo-terminal with a screen emulator, as a user has it: a keyboard and a screen.
type terminal struct {
	// tty is the program's side.
	tty *os.File

	t   *testing.T
	pty *os.File
	em  *vt.SafeEmulator
	// silent drops the terminal's replies.
	silent atomic.Bool

	mu      sync.Mutex
	raw     bytes.Buffer
	changed chan struct{} // closed and replaced whenever something was drawn
	read    chan struct{} // closed when everything was read
}

// newTerminal opens a terminal in which nothing runs yet.
func newTerminal(t *testing.T, size image.Point) *terminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	x := &terminal{
		tty: tty, t: t, pty: makeInterruptible(t, master), em: vt.NewSafeEmulator(size.X, size.Y),
		changed: make(chan struct{}), read: make(chan struct{}),
	}
	x.resizeTTY(size)
	// The emulator counts grapheme clusters as one character anyway, but reports so only after it was asked to.
	x.em.Write([]byte(ansi.SetModeUnicodeCore))
	go x.follow()
	go io.Copy(replyWriter{x}, x.em) // the terminal's replies to the program's queries
	t.Cleanup(func() {
		x.disconnect()
		x.em.InputPipe().(io.Closer).Close() // ends the copying of replies
	})
	return x
}

type replyWriter struct{ x *terminal }

func (w replyWriter) Write(b []byte) (int, error) {
	if w.x.silent.Load() {
		return len(b), nil
	}
	return w.x.pty.Write(b)
}

// makeInterruptible returns the file in a form whose Close ends a blocked read, as the loss of a connection does.
func makeInterruptible(t *testing.T, file *os.File) *os.File {
	t.Helper()
	fd, err := syscall.Dup(int(file.Fd()))
	if err == nil {
		err = syscall.SetNonblock(fd, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	syscall.CloseOnExec(fd) // or the program would keep its own terminal open
	file.Close()
	return os.NewFile(uintptr(fd), file.Name())
}

// follow draws what the program writes.
func (x *terminal) follow() {
	defer close(x.read)
	buffer := make([]byte, 64<<10)
	for {
		n, err := x.pty.Read(buffer)
		if n > 0 {
			x.em.Write(buffer[:n])
			x.mu.Lock()
			x.raw.Write(buffer[:n])
			close(x.changed)
			x.changed = make(chan struct{})
			x.mu.Unlock()
		}
		if err != nil {
			return // the terminal is closed, such as after the end of the program
		}
	}
}

// disconnect closes the terminal, as the loss of a connection does.
func (x *terminal) disconnect() {
	x.tty.Close()
	x.pty.Close()
}

// waitForEnd closes the test's own side of the TTY, and waits until all output of the ended program was read.
func (x *terminal) waitForEnd() {
	x.tty.Close()
	<-x.read
}

// screen returns the screen as text.
func (x *terminal) screen() string { return ansi.Strip(x.em.Render()) }

// cells returns the screen as cells.
func (x *terminal) cells() uv.ScreenBuffer {
	b := uv.NewScreenBuffer(x.em.Width(), x.em.Height())
	x.em.Draw(b, b.Bounds())
	return b
}

// output returns all bytes that the program has written.
func (x *terminal) output() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.String()
}

// until waits until the condition is met. The condition is checked after each output.
func (x *terminal) until(what string, condition func() bool) {
	x.t.Helper()
	deadline := time.NewTimer(timeout)
	defer deadline.Stop()
	for {
		x.mu.Lock()
		changed := x.changed
		x.mu.Unlock()
		if condition() {
			return
		}
		select {
		case <-changed:
		case <-x.read:
			if !condition() {
				x.t.Fatalf("the program ended without %s; it wrote\n%q", what, x.output())
			}
			return
		case <-deadline.C:
			x.t.Fatalf("timed out waiting for %s; the screen is\n%s", what, x.screen())
		}
	}
}

// see waits until all texts are on the screen. A text may be broken into lines.
func (x *terminal) see(texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		x.until(fmt.Sprintf("%q on the screen", text), func() bool {
			screen := x.screen()
			return strings.Contains(screen, text) || strings.Contains(strings.Join(strings.Fields(screen), " "), text) ||
				strings.Contains(messages(screen), text)
		})
	}
}

// messages are the messages at the lower right of a screen, as one text.
func messages(screen string) string {
	var all []string
	for line := range strings.Lines(screen) {
		if i := strings.LastIndex(line, "│"); i >= 0 {
			all = append(all, strings.Fields(line[i+len("│"):])...)
		}
	}
	return strings.Join(all, " ")
}

// gone waits until the text is not on the screen.
func (x *terminal) gone(text string) {
	x.t.Helper()
	x.until(fmt.Sprintf("%q leaving the screen", text), func() bool { return !strings.Contains(x.screen(), text) })
}

// wrote waits until the program has written the bytes, such as those that fill the clipboard.
func (x *terminal) wrote(bytes string) {
	x.t.Helper()
	x.until(fmt.Sprintf("%q in the output", bytes), func() bool { return strings.Contains(x.output(), bytes) })
}

// press presses keys by name: "enter", "down", "ctrl+y", "j".
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	for _, key := range keys {
		x.typeText(x.bytesOf(key))
	}
}

func (x *terminal) bytesOf(key string) string {
	x.t.Helper()
	named := map[string]string{
		"enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f", "delete": "\x1b[3~",
		"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
		"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
	}
	if bytes, ok := named[key]; ok {
		return bytes
	}
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && len(letter) == 1 {
		return string(letter[0] & 0x1f)
	}
	if len([]rune(key)) != 1 {
		x.t.Fatalf("there is no key %q", key)
	}
	return key
}

// typeText types a text.
func (x *terminal) typeText(text string) {
	x.t.Helper()
	if _, err := x.pty.WriteString(text); err != nil {
		x.t.Fatal(err)
	}
}

// resize changes the size of the terminal.
func (x *terminal) resize(size image.Point) {
	x.t.Helper()
	x.em.Resize(size.X, size.Y)
	x.resizeTTY(size)
}

func (x *terminal) resizeTTY(size image.Point) {
	x.t.Helper()
	if err := pty.Setsize(x.tty, &pty.Winsize{Cols: uint16(size.X), Rows: uint16(size.Y)}); err != nil {
		x.t.Fatal(err)
	}
}

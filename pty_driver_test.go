//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a test waits for the program before it gives up. Nothing waits for it to pass.
const patience = 30 * time.Second

// binary builds the program once, for all tests that run it.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "nango-tui-test")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "nango-tui")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// display is a terminal as a user has it before them: a keyboard and a screen.
type display struct {
	t   *testing.T
	pty *os.File
	tty *os.File
	em  *vt.SafeEmulator

	mu      sync.Mutex
	raw     bytes.Buffer
	changed chan struct{} // closed and made anew whenever something was drawn
	read    chan struct{} // closed when everything was read
}

// terminal is a display with the program in it.
type terminal struct {
	*display
	cmd   *exec.Cmd
	modes *term.State // of the terminal before the program began
}

// terminalSize is columns by rows.
type terminalSize struct{ width, height int }

// usual is the terminal that most stories play in; wide shows more.
func usual() terminalSize { return terminalSize{80, 24} }
func wide() terminalSize  { return terminalSize{120, 40} }

// home is a home directory with nothing in it, and the environment of a user who lives there.
func home(t *testing.T) (folder string, env []string) {
	folder = t.TempDir()
	return folder, []string{
		"HOME=" + folder, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8",
		"XDG_CONFIG_HOME=" + filepath.Join(folder, "config"), "XDG_STATE_HOME=" + filepath.Join(folder, "state"),
	}
}

// begin starts the program. The variables are added to those of an empty home.
func begin(t *testing.T, args []string, env []string, size terminalSize) *terminal {
	t.Helper()
	_, base := home(t)
	return beginIn(t, args, append(base, env...), size)
}

// beginIn starts the program with exactly these variables.
func beginIn(t *testing.T, args []string, env []string, size terminalSize) *terminal {
	t.Helper()
	return beginProgram(t, builtBinary(t), args, env, size)
}

func builtBinary(t *testing.T) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// beginProgram starts any program, such as a shell in which ours is started.
func beginProgram(t *testing.T, path string, args []string, env []string, size terminalSize) *terminal {
	t.Helper()
	x := &terminal{display: newDisplay(t, size), cmd: exec.Command(path, args...)}
	var err error
	if x.modes, err = term.GetState(x.tty.Fd()); err != nil {
		t.Fatal(err)
	}
	x.cmd.Env = env
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = x.tty, x.tty, x.tty
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := x.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.kill)
	return x
}

// newDisplay is a terminal in which nothing runs yet.
func newDisplay(t *testing.T, size terminalSize) *display {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	master = interruptible(t, master)
	x := &display{
		t: t, pty: master, tty: tty, em: vt.NewSafeEmulator(size.width, size.height),
		changed: make(chan struct{}), read: make(chan struct{}),
	}
	x.resizeTTY(size)
	// The emulator counts clusters of characters as one, asked to or not; told to, it says so when it is asked.
	x.em.Write([]byte(ansi.SetModeUnicodeCore))
	go x.follow()
	go io.Copy(master, x.em) // the answers of the terminal to what the program asks it
	t.Cleanup(func() {
		x.tty.Close()
		x.pty.Close()
		x.em.InputPipe().(io.Closer).Close() // ends the copying of answers
	})
	return x
}

// interruptible is a file whose closing ends a read that waits, as the loss of a connection does.
func interruptible(t *testing.T, file *os.File) *os.File {
	t.Helper()
	fd, err := syscall.Dup(int(file.Fd()))
	if err == nil {
		err = syscall.SetNonblock(fd, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	syscall.CloseOnExec(fd) // else the program would hold its own terminal open
	file.Close()
	return os.NewFile(uintptr(fd), file.Name())
}

// follow draws what the program writes.
func (x *display) follow() {
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
			return // the terminal is gone, as it is when the program has ended
		}
	}
}

// kill leaves no program behind, however the test went.
func (x *terminal) kill() {
	if x.cmd.ProcessState == nil {
		_ = x.cmd.Process.Kill()
		_ = x.cmd.Wait()
	}
}

// screen is what stands on the screen, as text.
func (x *display) screen() string { return ansi.Strip(x.em.Render()) }

// output is every byte that the program has written.
func (x *display) output() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.String()
}

// until waits until holds does.
func (x *display) until(what string, holds func() bool) {
	x.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		x.mu.Lock()
		changed := x.changed
		x.mu.Unlock()
		if holds() {
			return
		}
		select {
		case <-changed:
		case <-x.read:
			if !holds() {
				x.t.Fatalf("the program ended without %s; it wrote\n%q", what, x.output())
			}
			return
		case <-deadline.C:
			x.t.Fatalf("%s did not come; the screen is\n%s", what, x.screen())
		}
	}
}

// see waits until all texts stand on the screen. Where the screen has broken a text into lines, it still counts.
func (x *display) see(texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		x.until(fmt.Sprintf("%q on the screen", text), func() bool {
			screen := x.screen()
			return strings.Contains(screen, text) || strings.Contains(strings.Join(strings.Fields(screen), " "), text)
		})
	}
}

// gone waits until the text no longer stands on the screen.
func (x *display) gone(text string) {
	x.t.Helper()
	x.until(fmt.Sprintf("%q leaving the screen", text), func() bool { return !strings.Contains(x.screen(), text) })
}

// sent waits until the program has written the bytes, such as those that fill the clipboard.
func (x *display) sent(bytes string) {
	x.t.Helper()
	x.until(fmt.Sprintf("%q in the output", bytes), func() bool { return strings.Contains(x.output(), bytes) })
}

// press presses keys by name: "enter", "down", "ctrl+y", "j".
func (x *display) press(keys ...string) {
	x.t.Helper()
	for _, key := range keys {
		x.typeText(x.bytesOf(key))
	}
}

func (x *display) bytesOf(key string) string {
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

// typeText types a text as it is.
func (x *display) typeText(text string) {
	x.t.Helper()
	if _, err := x.pty.WriteString(text); err != nil {
		x.t.Fatal(err)
	}
}

// goesTo opens a place by its route, as one types it.
func (x *display) goesTo(route string) {
	x.t.Helper()
	x.press(":")
	x.see("Go to")
	x.typeText(route)
	x.press("enter")
	x.gone(route)
}

// resize gives the terminal another size.
func (x *display) resize(size terminalSize) {
	x.t.Helper()
	x.em.Resize(size.width, size.height)
	x.resizeTTY(size)
}

func (x *display) resizeTTY(size terminalSize) {
	x.t.Helper()
	if err := pty.Setsize(x.tty, &pty.Winsize{Cols: uint16(size.width), Rows: uint16(size.height)}); err != nil {
		x.t.Fatal(err)
	}
}

func (x *terminal) signal(s syscall.Signal) {
	x.t.Helper()
	if err := x.cmd.Process.Signal(s); err != nil {
		x.t.Fatal(err)
	}
}

// ends waits until the program has ended by itself, with this exit code.
func (x *terminal) ends(code int) {
	x.t.Helper()
	if got := x.over(); got != code {
		x.t.Errorf("the program ended with %d, not %d; the screen is\n%s", got, code, x.screen())
	}
}

// over waits until the program has ended by itself, and gives its exit code.
func (x *terminal) over() (code int) {
	x.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- x.cmd.Wait() }()
	select {
	case err := <-ended:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			x.t.Fatal(err)
		}
	case <-time.After(patience):
		x.t.Fatalf("the program does not end; the screen is\n%s", x.screen())
	}
	return x.cmd.ProcessState.ExitCode()
}

var (
	privateMode = regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`)
	kittyPush   = regexp.MustCompile(`\x1b\[>[0-9]*u`)
	kittyPop    = regexp.MustCompile(`\x1b\[<[0-9]*u`)
	otherKeys   = regexp.MustCompile(`\x1b\[>4(?:;([0-9]))?m`)
)

// setBefore are the private modes that are set to begin with: lines wrap, and there is a cursor.
func setBefore() []string { return []string{"7", "25"} }

// restored checks, after the program has ended, that the terminal is as it was before: its modes, and those of its line.
func (x *terminal) restored() {
	x.t.Helper()
	after, err := term.GetState(x.tty.Fd())
	if err != nil {
		x.t.Fatal(err)
	}
	if *after != *x.modes {
		x.t.Errorf("the line's modes are %+v, and were %+v", *after, *x.modes)
	}
	x.tty.Close()
	<-x.read
	if on := modesLeft(x.output()); len(on) > 0 {
		x.t.Errorf("these modes were left: %v", on)
	}
}

// modesLeft are the modes that an output leaves other than they were.
func modesLeft(output string) []string {
	left := map[string]bool{}
	for _, match := range privateMode.FindAllStringSubmatch(output, -1) {
		for _, mode := range strings.Split(match[1], ";") {
			left["?"+mode] = (match[2] == "h") != slices.Contains(setBefore(), mode)
		}
	}
	left["kitty"] = len(kittyPush.FindAllString(output, -1)) > len(kittyPop.FindAllString(output, -1))
	for _, match := range otherKeys.FindAllStringSubmatch(output, -1) {
		left["modifyOtherKeys"] = match[1] != "" && match[1] != "0"
	}
	var names []string
	for name, on := range left {
		if on {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

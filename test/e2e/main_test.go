//go:build unix

package e2e

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
)

// binary is the program, built once for all tests.
var binary string

func TestMain(m *testing.M) {
	code, err := buildAndRun(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M) (code int, err error) {
	if flag.Parse(); testing.Short() {
		fmt.Println("skipped: the stories build the program and wait for it")
		return 0, nil
	}
	// The stories mostly wait for their programs, so more of them run at once than there are processors.
	if err := flag.Set("test.parallel", "6"); err != nil {
		return 0, err
	}
	// Programs inherit ignored signals, and SIGHUP is ignored under nohup. A signal that is handled here has its default
	// effect in them.
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	folder, err := os.MkdirTemp("", "nango-tui-e2e-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "nango-tui")
	if out, err := exec.Command("go", "build", "-o", binary, "nango-tui").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return m.Run(), nil
}

// program is a terminal with the program in it.
type program struct {
	*terminal
	cmd   *exec.Cmd
	modes *term.State // of the terminal before the program began
}

func size120x40() image.Point { return image.Pt(120, 40) }

// newHome returns an empty home directory, and the environment of a user who lives there.
func newHome(t *testing.T) (folder string, env []string) {
	folder = t.TempDir()
	return folder, []string{
		"HOME=" + folder, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8",
		"XDG_CONFIG_HOME=" + filepath.Join(folder, "config"), "XDG_STATE_HOME=" + filepath.Join(folder, "state"),
	}
}

// start starts the program in an empty home with additional variables.
func start(t *testing.T, args []string, env []string, size image.Point) *program {
	t.Helper()
	_, base := newHome(t)
	return startIn(t, args, append(base, env...), size)
}

// startIn starts the program with exactly these variables.
func startIn(t *testing.T, args []string, env []string, size image.Point) *program {
	t.Helper()
	return startCommand(t, binary, args, env, size)
}

// startCommand starts any command, such as a shell that starts the program.
func startCommand(t *testing.T, path string, args []string, env []string, size image.Point) *program {
	t.Helper()
	return newTerminal(t, size).run(path, args, env)
}

// run starts a command in the terminal.
func (x *terminal) run(path string, args []string, env []string) *program {
	x.t.Helper()
	p := &program{terminal: x, cmd: exec.Command(path, args...)}
	var err error
	if p.modes, err = term.GetState(x.tty.Fd()); err != nil {
		x.t.Fatal(err)
	}
	p.cmd.Env = env
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = x.tty, x.tty, x.tty
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.cmd.Start(); err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(p.kill)
	return p
}

// kill ends the program after a failed test.
func (x *program) kill() {
	if x.cmd.ProcessState == nil {
		_ = x.cmd.Process.Kill()
		_ = x.cmd.Wait()
	}
}

// signal sends a signal to the program, which must have drawn something: then it handles signals.
func (x *program) signal(s syscall.Signal) {
	x.t.Helper()
	if err := x.cmd.Process.Signal(s); err != nil {
		x.t.Fatal(err)
	}
}

// exits waits until the program has ended with this exit code.
func (x *program) exits(code int) {
	x.t.Helper()
	if got := x.exitCode(); got != code {
		x.t.Errorf("the exit code is %d, not %d; the screen is\n%s", got, code, x.screen())
	}
}

// exitCode waits until the program has ended.
func (x *program) exitCode() int {
	x.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- x.cmd.Wait() }()
	select {
	case err := <-ended:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			x.t.Fatal(err)
		}
	case <-time.After(timeout):
		_ = x.cmd.Process.Kill()
		<-ended
		x.t.Fatalf("the program does not end; the screen is\n%s", x.screen())
	}
	return x.cmd.ProcessState.ExitCode()
}

// quits quits the program with a key that works everywhere, and checks that it restores the terminal.
func (x *program) quits() {
	x.t.Helper()
	x.press("ctrl+c")
	x.exits(0)
	x.restored()
}

var (
	privateMode = regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`)
	kittyPush   = regexp.MustCompile(`\x1b\[>[0-9]*u`)
	kittyPop    = regexp.MustCompile(`\x1b\[<[0-9]*u`)
	otherKeys   = regexp.MustCompile(`\x1b\[>4(?:;([0-9]))?m`)
)

// restored checks after the end of the program that it has reset the modes of the terminal and of the TTY.
func (x *program) restored() {
	x.t.Helper()
	after, err := term.GetState(x.tty.Fd())
	if err != nil {
		x.t.Fatal(err)
	}
	if *after != *x.modes {
		x.t.Errorf("the modes of the TTY are %+v, and were %+v", *after, *x.modes)
	}
	x.waitForEnd()
	if on := changedModes(x.output()); len(on) > 0 {
		x.t.Errorf("these modes were not reset: %v", on)
	}
}

// changedModes returns the modes that the output leaves changed.
func changedModes(output string) []string {
	initial := []string{"7", "25"} // autowrap, and a visible cursor
	left := map[string]bool{}
	for _, match := range privateMode.FindAllStringSubmatch(output, -1) {
		for _, mode := range strings.Split(match[1], ";") {
			left["?"+mode] = (match[2] == "h") != slices.Contains(initial, mode)
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

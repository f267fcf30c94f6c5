//go:build unix

package e2e

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"nango-tui/internal/config"
	"nango-tui/internal/longtest"
	"nango-tui/internal/securefile"
)

// startDemo starts the demo and waits for its list.
func startDemo(t *testing.T, size image.Point, args ...string) *program {
	t.Helper()
	x := start(t, append([]string{"--demo"}, args...), nil, size)
	x.see("demo", "127.0.0.1", "Connections", "CUSTOMER", "✓ ok")
	return x
}

func TestDemoInEverySize(t *testing.T) {
	for _, size := range []image.Point{size80x24(), size120x40(), image.Pt(60, 15)} {
		t.Run(size.String(), func(t *testing.T) {
			t.Parallel()
			startDemo(t, size).quits()
		})
	}
}

// catchableSignals are those that end a program that doesn't handle them.
var catchableSignals = []syscall.Signal{
	syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM,
	syscall.SIGVTALRM, syscall.SIGXCPU, syscall.SIGILL, syscall.SIGTRAP, syscall.SIGSYS, syscall.SIGBUS, syscall.SIGFPE, syscall.SIGSEGV,
}

func TestSignalsRestoreTheTerminal(t *testing.T) {
	for _, s := range longtest.Sample(t, catchableSignals, 4) {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			x := startDemo(t, size80x24())
			x.signal(s)
			x.exits(128 + int(s))
			x.restored()
		})
	}
}

func TestLostConnectionEndsTheProgram(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	x.disconnect()
	// The hangup and the end of the input come at once; the program may see either first.
	if code := x.exitCode(); code != 128+int(syscall.SIGHUP) && code != 1 {
		t.Errorf("the exit code is %d", code)
	}
}

func TestLostConnectionEndsTheProgramUnderNohup(t *testing.T) {
	t.Parallel()
	_, env := newHome(t)
	x := startCommand(t, "/bin/sh", []string{"-c", `trap "" HUP; exec ` + binary + " --demo"}, env, size80x24())
	x.see("CUSTOMER", "✓ ok")
	x.signal(syscall.SIGHUP) // is ignored
	x.press("?")
	x.see("esc")
	x.disconnect()
	if code := x.exitCode(); code != 1 {
		t.Errorf("the exit code is %d", code)
	}
}

func TestSuspendAndResumeInAShell(t *testing.T) {
	t.Parallel()
	_, env := newHome(t)
	x := startCommand(t, "/bin/sh", []string{"-i"}, append(env, "PS1=shell> "), size80x24())
	x.see("shell>")
	x.typeText(binary + " --demo\r")
	x.see("CUSTOMER", "✓ ok")
	x.press("ctrl+z")
	x.see("Stopped", "shell>")
	x.gone("CUSTOMER")
	x.typeText("fg\r")
	x.see("CUSTOMER", "✓ ok")
	x.press("ctrl+c")
	x.until("a third prompt", func() bool { return strings.Count(x.screen(), "shell>") == 3 })
	x.typeText("exit 7\r")
	x.exits(7)
	x.restored()
}

func TestSuspendNeedsAShell(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	x.press("ctrl+z", "?")
	x.see("esc")
	x.quits()
}

func TestTerminalOfAnySize(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	x.resize(image.Pt(20, 5))
	x.gone("CUSTOMER")
	for _, size := range []image.Point{{60, 15}, {200, 50}, {1, 1}, {1, 60}, {200, 1}, size120x40()} {
		x.resize(size)
	}
	x.see("CUSTOMER", "✓ ok")
	x.quits()
}

func TestVersion(t *testing.T) {
	t.Parallel()
	out, err := exec.Command(binary, "--version").Output()
	if err != nil || !strings.HasPrefix(string(out), "nango-tui ") || strings.Count(string(out), "\n") != 1 {
		t.Errorf("--version: %v, %q", err, out)
	}
}

// runWithoutTerminal returns the exit code and what the program wrote.
func runWithoutTerminal(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	_, cmd.Env = newHome(t)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // the test checks the exit code
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func TestOutputMustBeATerminal(t *testing.T) {
	t.Parallel()
	code, out, errs := runWithoutTerminal(t, "--demo")
	if code != 1 || out != "" || !strings.Contains(errs, "not a terminal") || strings.Contains(errs, "\x1b") {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

func TestDumbTerminalGetsNoEscapeSequence(t *testing.T) {
	t.Parallel()
	x := start(t, []string{"--demo"}, []string{"TERM=dumb"}, size80x24())
	x.exits(1)
	x.restored()
	if out := x.output(); !strings.Contains(out, "TERM=dumb") || strings.Contains(out, "\x1b") {
		t.Errorf("%q", out)
	}
}

func TestErrorsOnTheCommandLine(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"--color":                    {"--color"},
		"can't be combined":          {"--demo", "--profile", "acme"},
		"from 0 to":                  {"--connections", "-1"},
		`unknown argument "another"`: {"another"},
		"no theme has the name":      {"--theme", "pink"},
		"--open":                     {"--open", "/"},
		"invalid argument":           {"--seed", "x"},
	} {
		code, out, errs := runWithoutTerminal(t, args...)
		if code != 2 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%v: %d, %q, %q; want 2 and %q", args, code, out, errs, want)
		}
	}
	if code, out, _ := runWithoutTerminal(t, "--help"); code != 0 || !strings.Contains(out, "--read-only") {
		t.Errorf("--help: %d, %q", code, out)
	}
}

// writeConfig writes a file of profiles.
func writeConfig(t *testing.T, home, text string) {
	t.Helper()
	path := filepath.Join(home, "config", config.Folder, "config.yaml")
	if err := os.MkdirAll(filepath.Dir(path), securefile.FolderMode); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), securefile.FileMode); err != nil {
		t.Fatal(err)
	}
}

func TestInvalidConfigIsShownOnTheScreen(t *testing.T) {
	t.Parallel()
	folder, env := newHome(t)
	writeConfig(t, folder, "profiles:\n  acme:\n    hots: https://nango.example.com\n")
	x := startIn(t, nil, append(env, "NANGO_API_KEY=00000000-0000-4000-8000-000000000000"), size120x40())
	x.see("config.yaml:3:5", `unknown field "hots"`)
	x.quits()
}

func TestUnknownProfileIsAnError(t *testing.T) {
	t.Parallel()
	folder, env := newHome(t)
	writeConfig(t, folder, "profiles:\n  acme:\n    key: {env: ACME_KEY}\n")
	x := startIn(t, []string{"--profile", "acne"}, env, size80x24())
	x.exits(1)
	x.restored()
	if out := x.output(); !strings.Contains(out, "acme") || strings.Contains(out, "\x1b") {
		t.Errorf("%q", out)
	}
}

func TestMissingKeyIsExplained(t *testing.T) {
	t.Parallel()
	x := start(t, []string{"--env", "dev"}, nil, size80x24())
	x.see("NANGO_SECRET_KEY_DEV", "NANGO_API_KEY")
	x.quits()
}

func TestNoColorTurnsColorsOff(t *testing.T) {
	t.Parallel()
	x := start(t, []string{"--demo"}, []string{"NO_COLOR=please"}, size80x24())
	x.see("CUSTOMER", "✓ ok")
	x.quits()
	if colors := colorsIn(x.output()); len(colors) > 0 {
		t.Errorf("colors were sent: %q", colors)
	}
}

// colorsIn returns the style sequences with a color in them.
func colorsIn(output string) []string {
	var found []string
	for _, match := range regexp.MustCompile(`\x1b\[([0-9;:]*)m`).FindAllStringSubmatch(output, -1) {
		for _, parameter := range strings.FieldsFunc(match[1], func(r rune) bool { return r == ';' || r == ':' }) {
			if n, err := strconv.Atoi(parameter); err == nil && (n >= 30 && n <= 49 && n != 39 && n != 49 || n >= 90) {
				found = append(found, match[0])
			}
		}
	}
	return found
}

//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// demo starts the demo and waits for its list.
func demo(t *testing.T, size terminalSize, args ...string) *terminal {
	t.Helper()
	x := begin(t, append([]string{"--demo"}, args...), nil, size)
	x.see("demo", "127.0.0.1", "Connections", "CUSTOMER", "✓ fine")
	return x
}

func TestTheDemoShowsConnectionsAndQuits(t *testing.T) {
	for _, size := range []terminalSize{usual(), wide(), {60, 15}} {
		x := demo(t, size)
		x.press("ctrl+c")
		x.ends(0)
		x.restored()
	}
}

func TestSignalsBringTheTerminalBack(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(s.String(), func(t *testing.T) {
			x := demo(t, usual())
			x.signal(s)
			x.ends(128 + int(s))
			x.restored()
		})
	}
}

func TestALostConnectionEndsTheProgram(t *testing.T) {
	x := demo(t, usual())
	x.tty.Close()
	x.pty.Close()
	// The hangup and the end of the input come at once; either may be the first to be seen.
	if code := x.over(); code != 128+int(syscall.SIGHUP) && code != 1 {
		t.Errorf("the program ended with %d", code)
	}
}

func TestSuspendedAndContinuedInAShell(t *testing.T) {
	_, env := home(t)
	x := beginProgram(t, "/bin/sh", []string{"-i"}, append(env, "PS1=shell> "), usual())
	x.see("shell>")
	x.typeText(builtBinary(t) + " --demo\r")
	x.see("CUSTOMER", "✓ fine")
	x.press("ctrl+z")
	x.see("Stopped", "shell>")
	x.gone("CUSTOMER")
	x.typeText("fg\r")
	x.see("CUSTOMER", "✓ fine")
	x.press("ctrl+c")
	x.until("a third prompt", func() bool { return strings.Count(x.screen(), "shell>") == 3 })
	x.typeText("exit 7\r")
	x.ends(7)
	x.restored()
}

func TestWithoutAShellItIsNotSuspended(t *testing.T) {
	x := demo(t, usual())
	x.press("ctrl+z", "?")
	x.see("esc")
	x.press("ctrl+c")
	x.ends(0)
	x.restored()
}

func TestATerminalMayHaveAnySize(t *testing.T) {
	x := demo(t, usual())
	x.resize(terminalSize{20, 5})
	x.gone("CUSTOMER")
	for _, size := range []terminalSize{{60, 15}, {200, 50}, {1, 1}, {1, 60}, {200, 1}, wide()} {
		x.resize(size)
	}
	x.see("CUSTOMER", "✓ fine")
	x.press("ctrl+c")
	x.ends(0)
	x.restored()
}

func TestVersion(t *testing.T) {
	out, err := exec.Command(builtBinary(t), "--version").Output()
	if err != nil || !strings.HasPrefix(string(out), "nango-tui ") || strings.Count(string(out), "\n") != 1 {
		t.Errorf("--version: %v, %q", err, out)
	}
}

// refused runs the program without a terminal and gives what it wrote.
func refused(t *testing.T, env []string, args ...string) (code int, out, errs string) {
	t.Helper()
	cmd := exec.Command(builtBinary(t), args...)
	_, base := home(t)
	cmd.Env = append(base, env...)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // its exit code is what the test looks at
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func TestWithoutATerminalItSaysSo(t *testing.T) {
	code, out, errs := refused(t, nil, "--demo")
	if code != 1 || out != "" || !strings.Contains(errs, "not a terminal") || strings.Contains(errs, "\x1b") {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

func TestADumbTerminalGetsNoEscape(t *testing.T) {
	x := begin(t, []string{"--demo"}, []string{"TERM=dumb"}, usual())
	x.ends(1)
	x.restored()
	if out := x.output(); !strings.Contains(out, "TERM=dumb") || strings.Contains(out, "\x1b") {
		t.Errorf("%q", out)
	}
}

func TestMistakesOnTheCommandLine(t *testing.T) {
	for want, args := range map[string][]string{
		"--colour":              {"--colour"},
		"exclude each other":    {"--demo", "--profile", "acme"},
		"from 0 to":             {"--connections", "-1"},
		"not understood":        {"connections"},
		"no theme has the name": {"--theme", "pink"},
		"--open":                {"--open", "/"},
		"invalid argument":      {"--seed", "x"},
	} {
		code, out, errs := refused(t, nil, args...)
		if code != 2 || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%v: %d, %q, %q; want 2 and %q", args, code, out, errs, want)
		}
	}
	if code, out, _ := refused(t, nil, "--help"); code != 0 || !strings.Contains(out, "--read-only") {
		t.Errorf("--help: %d, %q", code, out)
	}
}

// writeConfig puts a file of profiles into a home.
func writeConfig(t *testing.T, folder, text string) (path string) {
	t.Helper()
	path = filepath.Join(folder, "config", configFolder, configName)
	if err := os.MkdirAll(filepath.Dir(path), privateFolder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), privateFile); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestABrokenConfigIsToldAndDoesNotStopTheProgram(t *testing.T) {
	folder, env := home(t)
	writeConfig(t, folder, "profiles:\n  acme:\n    hots: https://nango.example.com\n")
	x := beginIn(t, nil, append(env, "NANGO_API_KEY=00000000-0000-4000-8000-000000000000"), wide())
	x.see("config.yaml:3:5", `unknown key "hots"`)
	x.press("ctrl+c")
	x.ends(0)
	x.restored()
}

func TestAProfileThatWasAskedForMustBeThere(t *testing.T) {
	folder, env := home(t)
	writeConfig(t, folder, "profiles:\n  acme:\n    key: {env: ACME_KEY}\n")
	x := beginIn(t, []string{"--profile", "acne"}, env, usual())
	x.ends(1)
	x.restored()
	if out := x.output(); !strings.Contains(out, "acme") || strings.Contains(out, "\x1b") {
		t.Errorf("%q", out)
	}
}

func TestWithoutAKeyItSaysHowToGiveOne(t *testing.T) {
	x := begin(t, []string{"--env", "dev"}, nil, usual())
	x.see("NANGO_SECRET_KEY_DEV", "NANGO_API_KEY")
	x.press("ctrl+c")
	x.ends(0)
}

func TestNoColourMeansNone(t *testing.T) {
	x := begin(t, []string{"--demo"}, []string{"NO_COLOR=please"}, usual())
	x.see("CUSTOMER", "✓ fine")
	x.press("ctrl+c")
	x.ends(0)
	x.restored()
	if colour := coloursIn(x.output()); len(colour) > 0 {
		t.Errorf("colours were sent: %q", colour)
	}
}

// coloursIn are the style sequences with a colour in them.
func coloursIn(output string) []string {
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

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// A terminal that takes no more output keeps the program from quitting in order.
func TestForcedExitNamesWhatWasSentWithoutAnswer(t *testing.T) {
	t.Parallel()
	n := newSlowNango(t)
	home, env := newHome(t)
	errors := filepath.Join(home, "errors")
	command := "exec " + binary + " " + strings.Join(n.args(), " ") + " 2> " + errors
	x := startCommand(t, "/bin/sh", []string{"-c", command}, n.env(env), size80x24())
	x.confirmPause()
	<-n.arrived
	if err := unix.IoctlSetInt(int(x.tty.Fd()), unix.TCXONC, unix.TCOOFF); err != nil {
		t.Fatal(err)
	}
	x.signal(syscall.SIGTERM)
	x.exits(128 + int(syscall.SIGTERM))
	if text, err := os.ReadFile(errors); err != nil || string(text) != lastWords+"\n" {
		t.Errorf("%q, %v", text, err)
	}
	n.showsUnknown(t, env)
}

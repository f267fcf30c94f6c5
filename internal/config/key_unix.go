//go:build unix

package config

import (
	"os/exec"
	"syscall"
)

// startOwnSession takes the terminal away from the command, which would draw over it, and makes a cancellation end the
// children of the command too.
func startOwnSession(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// ownSession keeps the command off our terminal, which it would draw over, and ends what it has started together with it.
func ownSession(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

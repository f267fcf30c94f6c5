//go:build unix

package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// CannotSuspend returns why the program can't be suspended, or "". Without a shell that could continue it, as in
// "ssh -t host nango-tui", the system doesn't stop the program, and Bubble Tea, which has given the terminal back, would
// wait forever.
func CannotSuspend() string {
	const reason = "no shell could resume the program"
	parent := os.Getppid()
	session, err := unix.Getsid(0)
	if err != nil {
		return reason
	}
	if ofParent, err := unix.Getsid(parent); err != nil || ofParent != session {
		return reason
	}
	if group, err := unix.Getpgid(parent); err != nil || group == unix.Getpgrp() {
		return reason
	}
	return ""
}

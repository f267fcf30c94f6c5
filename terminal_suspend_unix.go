//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// cannotSuspend is why there is no shell to continue the program; empty where there is one. Without, as in "ssh -t host
// nango-tui", the system does not stop it, and Bubble Tea, which has given the terminal back, would wait for ever
// to be continued.
func cannotSuspend() string {
	const reason = "there is no shell to come back from"
	parent := os.Getppid()
	session, err := unix.Getsid(0)
	if err != nil {
		return reason
	}
	if of, err := unix.Getsid(parent); err != nil || of != session {
		return reason
	}
	if group, err := unix.Getpgid(parent); err != nil || group == unix.Getpgrp() {
		return reason
	}
	return ""
}

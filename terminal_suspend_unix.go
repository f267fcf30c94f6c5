//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// canSuspend says whether a shell is there to continue the program. Without one, as in "ssh -t host nango-tui", the
// system does not stop it, and Bubble Tea, which has given the terminal back, would wait for ever to be continued.
func canSuspend() bool {
	parent := os.Getppid()
	session, err := unix.Getsid(0)
	if err != nil {
		return false
	}
	if of, err := unix.Getsid(parent); err != nil || of != session {
		return false
	}
	group, err := unix.Getpgid(parent)
	return err == nil && group != unix.Getpgrp()
}

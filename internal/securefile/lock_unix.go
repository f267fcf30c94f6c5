//go:build unix

package securefile

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// removesOpenFiles reports whether this system removes files that are open.
const removesOpenFiles = true

// lockFile locks an open file without waiting. Closing the file releases the lock. The lock belongs to the open file, so it
// also keeps out other goroutines.
func lockFile(file *os.File) error {
	for {
		err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return ErrLocked
		default:
			return err
		}
	}
}

//go:build unix

package terminal

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// canRead waits until a read of the file doesn't block, at most for a time. Poll doesn't support terminals on macOS.
func canRead(file *os.File, limit time.Duration) bool {
	for end := time.Now().Add(limit); ; {
		var files unix.FdSet
		files.Set(int(file.Fd()))
		timeout := unix.NsecToTimeval(max(time.Until(end), 0).Nanoseconds())
		n, err := unix.Select(int(file.Fd())+1, &files, nil, nil, &timeout)
		if !errors.Is(err, unix.EINTR) {
			return n > 0 && err == nil
		}
	}
}

//go:build unix

package securefile

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// OwnersAreChecked reports whether this system says who owns a file and who can write it.
const OwnersAreChecked = true

const (
	// noWait keeps the opening of a pipe from waiting for the other end.
	noWait  = syscall.O_NONBLOCK
	noLinks = syscall.O_NOFOLLOW | noWait
)

// checkOwner fails if the file belongs to another user, or if other users have one of the refused kinds of access.
func checkOwner(path string, info fs.FileInfo, refused fs.FileMode) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fmt.Errorf("%s: this system doesn't report the owner", path)
	}
	if owner := int(stat.Uid); owner != 0 && owner != os.Geteuid() {
		return fmt.Errorf("%s belongs to another user (uid %d)", path, owner)
	}
	access := info.Mode().Perm() & refused
	switch {
	case access == 0:
		return nil
	case access&OthersWrite != 0:
		return fmt.Errorf("%s is writable by other users (%v): run chmod go-w on it", path, info.Mode())
	}
	return fmt.Errorf("%s is readable by other users (%v): run chmod 600 on it", path, info.Mode())
}

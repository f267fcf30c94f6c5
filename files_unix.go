//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// ownersAreChecked says whether this system tells who owns a file and who may write it.
const ownersAreChecked = true

// openFlags: a link is refused, and a pipe put in a file's place does not make us wait for its other end.
const openFlags = syscall.O_NOFOLLOW | openNoWait

// openNoWait is for a file of the user's, which may be a link of theirs.
const openNoWait = syscall.O_NONBLOCK

// checkOwner refuses what belongs to another user, and what is open to others in one of the refused ways.
func checkOwner(path string, info fs.FileInfo, refused fs.FileMode) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fmt.Errorf("%s: this system does not say whose it is", path)
	}
	if owner := int(stat.Uid); owner != 0 && owner != os.Geteuid() {
		return fmt.Errorf("%s belongs to another user (%d): what others can change is not trusted", path, owner)
	}
	open := info.Mode().Perm() & refused
	switch {
	case open == 0:
		return nil
	case open&othersMayWrite != 0:
		return fmt.Errorf("%s may be written by others (%v): chmod go-w it", path, info.Mode())
	}
	return fmt.Errorf("%s may be read by others (%v): chmod 600 it", path, info.Mode())
}

package securefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ErrLocked means that another program, or another part of this one, holds the lock.
var ErrLocked = errors.New("another program is using it")

const (
	// lockWait is the longest wait for a lock. It is held for milliseconds, unless its holder is suspended.
	lockWait = 5 * time.Second
	// lockPause is the pause between two tries.
	lockPause = 2 * time.Millisecond
)

// Lock is a lock on a file that only serves as a lock. The system releases it when the process ends, however it ends, so
// unlike a process id it can't be mistaken for that of another process.
type Lock struct {
	file *os.File
	path string
}

// TryLock takes a lock without waiting. It creates the file, and its folder, if necessary. The error is [ErrLocked] if the
// lock is held.
func TryLock(path string) (*Lock, error) {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	file, err := open(path, os.O_RDWR|os.O_CREATE, OthersAccess)
	if errors.Is(err, errReplaced) { // by the program that had the lock
		return nil, fmt.Errorf("%s: %w", path, ErrLocked)
	}
	if err != nil {
		return nil, err
	}
	if err := lockFile(file); err != nil {
		file.Close()
		if errors.Is(err, ErrLocked) {
			return nil, fmt.Errorf("%s: %w", path, ErrLocked)
		}
		return nil, fmt.Errorf("cannot lock %s: %w", path, cause(err))
	}
	if err := checkFile(path, file, OthersAccess); err != nil { // removed meanwhile, by the program that had the lock
		file.Close()
		return nil, fmt.Errorf("%s: %w", path, ErrLocked)
	}
	return &Lock{file, path}, nil
}

// WaitForLock takes a lock, and waits up to five seconds for a program that holds it.
func WaitForLock(path string) (*Lock, error) {
	for deadline := time.Now().Add(lockWait); ; time.Sleep(lockPause) {
		lock, err := TryLock(path)
		if err == nil || !errors.Is(err, ErrLocked) || time.Now().After(deadline) {
			return lock, err
		}
	}
}

// Release gives up the lock. The file stays for the next one.
func (l *Lock) Release() { l.file.Close() }

// Remove removes the file, and gives up the lock.
func (l *Lock) Remove() {
	if removesOpenFiles {
		_ = os.Remove(l.path) // a file that stays is removed by the next program that finds it
		l.file.Close()
		return
	}
	l.file.Close()
	_ = os.Remove(l.path)
}

// LockPath is the path of the lock for a file that is replaced by renaming, and so can't be locked itself.
func LockPath(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".lock")
}

// Update replaces a file with what change makes of its content, while no other program can do so. The content is nil if
// there is no file. It fails if others can write the file, or if it is larger than limit bytes.
func (s *Drafts) Update(path string, limit int64, change func(old []byte) ([]byte, error)) error {
	lock, err := WaitForLock(LockPath(path))
	if err != nil {
		return err
	}
	defer lock.Release()
	old, err := Read(path, OthersWrite, limit)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	data, err := change(old)
	if err != nil {
		return err
	}
	return s.Replace(path, data)
}

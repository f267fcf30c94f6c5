// Package runfile keeps the files of runs of many requests: the plan, written before the first request leaves, and a line for each
// step. A file belongs to the process that has taken it, until that ends; its lock tells whether it lives.
//
// A file has JSON lines that only their owner can access. The package may know private files (internal/securefile), and nothing of
// what is in them: its caller has removed secrets.
package runfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"nango-tui/internal/clean"
	"nango-tui/internal/securefile"
)

const (
	// MaxFiles is the number of files that are kept; see [Folder.Create].
	MaxFiles = 50
	// maxFile is the size of a file in bytes: a plan for 20,000 connections with the longest ids, and its steps.
	maxFile = 32 << 20
	// prefix and suffix are those of the files' names.
	prefix, suffix = "run-", ".jsonl"
)

// Folder is where the files are: the program's state. Its methods may be called by any goroutine.
type Folder struct {
	path  string
	mu    sync.Mutex
	taken map[string]*securefile.Lock
}

// New returns a folder. It touches no file before the first run.
func New(path string) *Folder { return &Folder{path: path, taken: map[string]*securefile.Lock{}} }

// File is a file that this process has taken.
type File struct{ path string }

// Kept is a file as it was read.
type Kept struct {
	Name string
	Data []byte
	// Live means that a living process has it, Own that it is this one.
	Live, Own bool
	// Err is why it can't be read; nil if it was.
	Err error
}

// Create writes a file with these lines, takes it, and makes sure that it survives a failure of the machine. It fails if there are
// [MaxFiles] already.
func (f *Folder) Create(name string, lines []clean.Text) (_ *File, err error) {
	if names, err := f.names(); err != nil {
		return nil, err
	} else if len(names) >= MaxFiles {
		return nil, fmt.Errorf("%s has %d runs, the most that are kept: remove some of them first", f.path, len(names))
	}
	if err := f.take(name); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.release(name)
		}
	}()
	path := filepath.Join(f.path, prefix+name+suffix)
	var text strings.Builder
	for _, line := range lines {
		text.WriteString(line.String() + "\n")
	}
	if text.Len() > maxFile/2 {
		return nil, fmt.Errorf("the plan has %d MB, more than the %d that are kept", text.Len()>>20, maxFile>>21)
	}
	if err := securefile.NewDrafts().Replace(path, []byte(text.String())); err != nil {
		return nil, err
	}
	securefile.SyncFolder(f.path)
	return &File{path}, nil
}

// Take takes an existing file. It fails if another process has it.
func (f *Folder) Take(name string) (*File, error) {
	path := filepath.Join(f.path, prefix+name+suffix)
	if _, err := os.Lstat(path); err != nil {
		return nil, fmt.Errorf("cannot open %s: %w", path, securefile.Cause(err))
	}
	if err := f.take(name); err != nil {
		return nil, err
	}
	return &File{path}, nil
}

// take takes the lock of a file, unless this process has it.
func (f *Folder) take(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if name == "" || name != filepath.Base(name) {
		return fmt.Errorf("%q is not the name of a run", name)
	}
	if f.taken[name] != nil {
		return nil
	}
	lock, err := securefile.TryLock(f.lockPath(name))
	if err == nil {
		f.taken[name] = lock
	}
	return err
}

func (f *Folder) lockPath(name string) string {
	return securefile.LockPath(filepath.Join(f.path, prefix+name+suffix))
}

// lives reports whether a process has the file, and whether that is this one.
func (f *Folder) lives(name string) (live, own bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.taken[name] != nil {
		return true, true
	}
	path := f.lockPath(name)
	if _, err := os.Lstat(path); err != nil {
		return false, false
	}
	lock, err := securefile.TryLock(path)
	if err != nil {
		return errors.Is(err, securefile.ErrLocked), false
	}
	lock.Remove()
	return false, false
}

// Append appends a line and syncs it to the disk. If that fails, the file is as before.
func (f *File) Append(line clean.Text) error {
	file, err := securefile.Append(f.path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("cannot check %s: %w", f.path, securefile.Cause(err))
	}
	data := []byte(line.String() + "\n")
	size := info.Size()
	if size+int64(len(data)) > maxFile {
		return fmt.Errorf("%s is larger than %d MB", f.path, maxFile>>20)
	}
	var last [1]byte
	if _, err := file.ReadAt(last[:], max(size-1, 0)); err == nil && last[0] != '\n' {
		data = append([]byte{'\n'}, data...) // the last line was cut off
	}
	if _, err = file.Write(data); err == nil {
		err = file.Sync()
	}
	if err != nil {
		_ = file.Truncate(size) // half a line would be of no use
		return fmt.Errorf("cannot write %s: %w", f.path, securefile.Cause(err))
	}
	return nil
}

// List reads all files, the newest first. Their names are in the order of their creation.
func (f *Folder) List() ([]Kept, error) {
	names, err := f.names()
	var all []Kept
	for _, name := range names {
		k := Kept{Name: name}
		k.Live, k.Own = f.lives(name)
		k.Data, k.Err = securefile.ReadOwn(filepath.Join(f.path, prefix+name+suffix), securefile.OthersAccess, maxFile)
		all = append(all, k)
	}
	return all, err
}

// names are the names of the files, the newest first.
func (f *Folder) names() ([]string, error) {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
		return nil, fmt.Errorf("cannot read %s: %w", f.path, securefile.Cause(err))
	}
	var names []string
	for _, entry := range entries {
		name, ok := strings.CutPrefix(entry.Name(), prefix)
		if name, isRun := strings.CutSuffix(name, suffix); ok && isRun {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	slices.Reverse(names)
	return names, nil
}

// Remove removes a file. It fails if another process has it.
func (f *Folder) Remove(name string) error {
	if err := f.take(name); err != nil {
		return err
	}
	err := os.Remove(filepath.Join(f.path, prefix+name+suffix))
	f.release(name)
	if err != nil {
		return fmt.Errorf("cannot remove the run %s: %w", name, securefile.Cause(err))
	}
	return nil
}

// release gives up a file that this process has taken.
func (f *Folder) release(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.taken[name].Remove()
	delete(f.taken, name)
}

// Close gives up all files. It is for the end of the program.
func (f *Folder) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, lock := range f.taken {
		lock.Remove()
		delete(f.taken, name)
	}
}

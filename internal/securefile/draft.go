package securefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Drafts are the files that are being written. Its methods may be called by any goroutine.
type Drafts struct {
	temporaries *Temporaries // nil if they are not listed

	mu     sync.Mutex
	open   map[*Draft]bool
	closed bool
}

// NewDrafts returns an empty set of drafts.
func NewDrafts() *Drafts { return &Drafts{open: map[*Draft]bool{}} }

// Create begins a file that gets its name when it is committed. It doesn't create the folder: a misspelled one must not appear.
// If the file exists, the error is [fs.ErrExist], unless overwrite is true. Errors call it name.
func (s *Drafts) Create(path, name string, overwrite bool) (*Draft, error) {
	if info, err := os.Lstat(path); err == nil {
		if !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s exists and is not a regular file", name)
		}
		if !overwrite {
			return nil, fmt.Errorf("%s: %w", name, fs.ErrExist)
		}
	}
	return s.begin(path, overwrite)
}

// Replace writes a file completely or not at all, and creates its folder if necessary. It doesn't follow symbolic links.
func (s *Drafts) Replace(path string, data []byte) error {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	if isLink(path) {
		return errLink(path)
	}
	draft, err := s.begin(path, true)
	if err != nil {
		return err
	}
	if _, err := draft.Write(data); err != nil {
		return errors.Join(err, draft.Discard())
	}
	return draft.Commit()
}

func (s *Drafts) begin(path string, overwrite bool) (*Draft, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errors.New("the program is exiting: no more files are written")
	}
	file, err := s.temporaries.createDraft(path)
	if err != nil {
		return nil, errWrite(path, err)
	}
	d := &Draft{file: file, path: path, overwrite: overwrite, drafts: s}
	s.open[d] = true
	return d, nil
}

func (s *Drafts) remove(d *Draft) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, d)
}

// Close removes unfinished files and refuses new ones: the program's exit doesn't wait for goroutines that still write.
func (s *Drafts) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for d := range s.open {
		_, _ = d.file.Close(), os.Remove(d.file.Name()) // the program is exiting
	}
	clear(s.open)
}

// Draft is a file that is being written, under a temporary name in the folder of its path.
type Draft struct {
	file      *os.File
	path      string
	overwrite bool
	done      bool
	drafts    *Drafts
}

// Write appends to the file.
func (d *Draft) Write(data []byte) (int, error) {
	n, err := d.file.Write(data)
	if err != nil {
		err = errWrite(d.path, err)
	}
	return n, err
}

// Commit gives the file its name. If a file of that name was created meanwhile, it isn't replaced unless overwrite was true.
func (d *Draft) Commit() error {
	if d.done {
		return nil
	}
	d.done = true
	defer d.drafts.remove(d)
	err := errors.Join(d.file.Sync(), d.file.Close())
	if err == nil && d.overwrite {
		err = os.Rename(d.file.Name(), d.path)
	} else if err == nil {
		err = renameNew(d.file.Name(), d.path)
	}
	if err == nil {
		return nil
	}
	_ = os.Remove(d.file.Name()) // the first error matters
	return errWrite(d.path, err)
}

// renameNew renames a file if the new name is free. Without hard links, the name could be taken after the check.
func renameNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return errors.Join(err, os.Remove(from))
	}
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to)
}

// Discard removes the file. After Commit it does nothing.
func (d *Draft) Discard() error {
	if d.done {
		return nil
	}
	d.done = true
	defer d.drafts.remove(d)
	closed := d.file.Close()
	if err := errors.Join(closed, os.Remove(d.file.Name())); err != nil {
		return fmt.Errorf("cannot remove the unfinished file %s: %w", d.file.Name(), cause(err))
	}
	return nil
}

func errWrite(path string, err error) error {
	return fmt.Errorf("cannot write %s: %w", path, cause(err))
}

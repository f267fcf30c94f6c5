package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"nango-tui/models/screen"
)

// maxDocument bounds a document of the program's own, in bytes.
const maxDocument = 4 << 20

// userFiles is the disk, as far as screens may reach it.
type userFiles struct {
	// config and state are the program's own folders; home is what "~" stands for.
	config, state, home string
	// drafts are the files that are being written.
	drafts *drafts
}

// newUserFiles is the disk with nothing under way.
func newUserFiles(config, state, home string) userFiles {
	return userFiles{config: config, state: state, home: home, drafts: &drafts{open: map[*draft]bool{}}}
}

// end removes what is half written. It is for the program's end, which waits for nobody who still writes.
func (u userFiles) end() { u.drafts.end() }

// path is what a user's text means as a path.
func (u userFiles) path(text string) (string, error) {
	switch rest, inHome := strings.CutPrefix(text, "~"+string(filepath.Separator)); {
	case text == "":
		return "", errors.New("no file is named")
	case inHome && u.home == "":
		return "", fmt.Errorf("%s: there is no home folder", text)
	case inHome:
		return filepath.Join(u.home, rest), nil
	}
	return text, nil
}

// Create begins a file of the user's. Its folder must be there: one that is misspelt should not come to be.
func (u userFiles) Create(text string, over bool) (screen.Draft, error) {
	path, err := u.path(text)
	if err != nil {
		return nil, err
	}
	if info, err := os.Lstat(path); err == nil {
		if !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s is there and no regular file: it is left as it is", text)
		}
		if !over {
			return nil, fmt.Errorf("%s is there already: %w", text, fs.ErrExist)
		}
	}
	return u.drafts.begin(path, over)
}

// Read reads a file of the user's.
func (u userFiles) Read(text string, limit int64) ([]byte, error) {
	path, err := u.path(text)
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDONLY|openNoWait, 0)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened: %w", text, plainCause(err))
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", text)
	}
	return readUpTo(file, text, limit)
}

// ReadOwn reads a document of the program's own, which nobody else may write.
func (u userFiles) ReadOwn(d screen.Document) ([]byte, error) {
	data, err := readOwn(u.document(d), othersMayWrite, maxDocument)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", d, fs.ErrNotExist)
	}
	return data, err
}

// WriteOwn replaces a document of the program's own.
func (u userFiles) WriteOwn(d screen.Document, data []byte) error {
	path := u.document(d)
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, privateFolder); err != nil {
		return fmt.Errorf("%s cannot be made: %w", folder, plainCause(err))
	}
	if err := checkFolder(folder); err != nil {
		return err
	}
	if isLink(path) {
		return linked(path)
	}
	draft, err := u.drafts.begin(path, true)
	if err != nil {
		return err
	}
	if _, err := draft.Write(data); err != nil {
		return errors.Join(err, draft.Discard())
	}
	return draft.Commit()
}

func (u userFiles) document(d screen.Document) string {
	if d == screen.SavedRequests {
		return filepath.Join(u.config, string(d))
	}
	return filepath.Join(u.state, string(d))
}

// drafts are the files that are being written, by whichever goroutine.
type drafts struct {
	mu    sync.Mutex
	open  map[*draft]bool
	ended bool
}

// begin makes a file beside the path, which nobody else may read.
func (s *drafts) begin(path string, over bool) (*draft, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return nil, errors.New("the program ends: nothing more is written")
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written: %w", path, plainCause(err))
	}
	d := &draft{file: file, path: path, over: over, of: s}
	s.open[d] = true
	return d, nil
}

func (s *drafts) forget(d *draft) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, d)
}

func (s *drafts) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	for d := range s.open {
		_, _ = d.file.Close(), os.Remove(d.file.Name()) // there is nobody left to tell
	}
	clear(s.open)
}

// draft is a file that is written beside its place.
type draft struct {
	file *os.File
	path string
	over bool
	done bool
	of   *drafts
}

// Write writes to it.
func (d *draft) Write(some []byte) (int, error) {
	n, err := d.file.Write(some)
	if err != nil {
		err = fmt.Errorf("%s cannot be written: %w", d.path, plainCause(err))
	}
	return n, err
}

// Keep puts it under its name. One that has come there meanwhile is not replaced unasked.
func (d *draft) Commit() error {
	if d.done {
		return nil
	}
	d.done = true
	defer d.of.forget(d)
	err := errors.Join(d.file.Sync(), d.file.Close())
	if err == nil && d.over {
		err = os.Rename(d.file.Name(), d.path)
	} else if err == nil {
		err = putNew(d.file.Name(), d.path)
	}
	if err == nil {
		return nil
	}
	_ = os.Remove(d.file.Name()) // the error that matters is the first
	return fmt.Errorf("%s cannot be written: %w", d.path, plainLinkCause(err))
}

// putNew gives a file its name, unless there is one of that name. Where the file system has no links, it is looked at before,
// and the moment between is left open.
func putNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return errors.Join(err, os.Remove(from))
	}
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to)
}

// plainLinkCause is the error without the names of the two files.
func plainLinkCause(err error) error {
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return plainCause(err)
}

// Drop removes it.
func (d *draft) Discard() error {
	if d.done {
		return nil
	}
	d.done = true
	defer d.of.forget(d)
	closed := d.file.Close()
	if err := errors.Join(closed, os.Remove(d.file.Name())); err != nil {
		return fmt.Errorf("%s, which was not finished, cannot be removed: %w", d.file.Name(), plainCause(err))
	}
	return nil
}

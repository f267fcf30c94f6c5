package screentest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"nango-tui/models/screen"
)

// errFull is the error of writing to a full disk.
var errFull = errors.New("no space left on device")

// Files is a disk in memory.
type Files struct {
	// Full means that nothing more can be written.
	Full bool

	mu  sync.Mutex
	all map[string][]byte
	own map[screen.Document][]byte
	// begun are the drafts that were neither committed nor discarded.
	begun int
}

// NewFiles returns an empty disk.
func NewFiles() *Files {
	return &Files{all: map[string][]byte{}, own: map[screen.Document][]byte{}}
}

// Put creates a file.
func (f *Files) Put(path, text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all[path] = []byte(text)
}

// Text returns the content of a file; empty if it doesn't exist.
func (f *Files) Text(path string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return string(f.all[path])
}

// Names returns the names of the files, in order.
func (f *Files) Names() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.all))
}

// Begun is the number of files that were neither committed nor discarded.
func (f *Files) Begun() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.begun
}

// Create starts a file.
func (f *Files) Create(path string, over bool) (screen.Draft, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, there := f.all[path]; there && !over {
		return nil, fmt.Errorf("%s already exists: %w", path, fs.ErrExist)
	}
	f.begun++
	return &draft{files: f, path: path}, nil
}

// Read reads a file.
func (f *Files) Read(path string, limit int64) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, there := f.all[path]
	switch {
	case !there:
		return nil, fmt.Errorf("%s cannot be opened: %w", path, fs.ErrNotExist)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("%s is longer than %d bytes, which are the most that is read", path, limit)
	}
	return bytes.Clone(data), nil
}

// ReadOwn reads a document of the program.
func (f *Files) ReadOwn(d screen.Document) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	data, there := f.own[d]
	if !there {
		return nil, fmt.Errorf("%s: %w", d, fs.ErrNotExist)
	}
	return bytes.Clone(data), nil
}

// UpdateOwn changes a document of the program.
func (f *Files) UpdateOwn(d screen.Document, change func(old []byte) ([]byte, error)) error {
	f.mu.Lock()
	old := bytes.Clone(f.own[d])
	f.mu.Unlock()
	data, err := change(old)
	if err != nil {
		return err
	}
	return f.WriteOwn(d, data)
}

// WriteOwn sets a document of the program, for a test.
func (f *Files) WriteOwn(d screen.Document, data []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Full {
		return fmt.Errorf("%s cannot be written: %w", d, errFull)
	}
	f.own[d] = bytes.Clone(data)
	return nil
}

// draft is a file that is being written.
type draft struct {
	files *Files
	path  string
	text  bytes.Buffer
	done  bool
}

func (d *draft) Write(some []byte) (int, error) {
	d.files.mu.Lock()
	defer d.files.mu.Unlock()
	if d.files.Full {
		return 0, fmt.Errorf("%s cannot be written: %w", d.path, errFull)
	}
	return d.text.Write(some)
}

func (d *draft) Commit() error {
	if d.end() {
		d.files.Put(d.path, d.text.String())
	}
	return nil
}

func (d *draft) Discard() error {
	d.end()
	return nil
}

func (d *draft) end() bool {
	d.files.mu.Lock()
	defer d.files.mu.Unlock()
	if d.done {
		return false
	}
	d.done = true
	d.files.begun--
	return true
}

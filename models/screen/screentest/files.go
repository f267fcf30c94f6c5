package screentest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"nango-tui/models/screen"
)

var errFull = errors.New("no space left on device")

// Files is a disk in memory.
type Files struct {
	// Full means that nothing more can be written.
	Full bool
	// Home is the folder of files without a path; if it is empty, names are paths.
	Home string

	all sync.Map // data by path, and by screen.Document
	// saved is the path of the last file that was committed; nil if there is none.
	saved atomic.Pointer[string]
	// begun is the number of drafts that were neither committed nor discarded.
	begun atomic.Int64
}

// NewFiles returns an empty disk.
func NewFiles() *Files { return &Files{} }

// Put creates a file.
func (f *Files) Put(path, text string) { f.all.Store(path, []byte(text)) }

// Text returns the content of a file; empty if it doesn't exist.
func (f *Files) Text(path string) string {
	data, _ := f.read(path)
	return string(data)
}

// Names returns the names of the files, in order.
func (f *Files) Names() []string {
	var names []string
	for name := range f.all.Range {
		if path, ok := name.(string); ok {
			names = append(names, path)
		}
	}
	slices.Sort(names)
	return names
}

// Begun is the number of files that were neither committed nor discarded.
func (f *Files) Begun() int { return int(f.begun.Load()) }

// Create starts a file.
func (f *Files) Create(path string, over bool) (screen.Draft, error) {
	if _, there := f.all.Load(path); there && !over {
		return nil, fmt.Errorf("%s already exists: %w", path, fs.ErrExist)
	}
	f.begun.Add(1)
	return &draft{files: f, path: path}, nil
}

// Path returns the name, in [Files.Home] if that is set.
func (f *Files) Path(name string) (string, error) {
	if f.Home == "" || strings.HasPrefix(name, "/") {
		return name, nil
	}
	return f.Home + "/" + strings.TrimPrefix(name, "~/"), nil
}

// Offer returns the name in the folder of the last file.
func (f *Files) Offer(name string) string {
	if last := f.saved.Load(); last != nil {
		return path.Join(path.Dir(*last), path.Base(name))
	}
	return name
}

// Read reads a file.
func (f *Files) Read(path string, limit int64) ([]byte, error) {
	data, there := f.read(path)
	switch {
	case !there:
		return nil, fmt.Errorf("%s cannot be opened: %w", path, fs.ErrNotExist)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("%s is longer than %d bytes, which are the most that is read", path, limit)
	}
	return data, nil
}

// Append appends to a file.
func (f *Files) Append(path string, data []byte, isNew bool) error {
	old, there := f.read(path)
	switch {
	case f.Full:
		return fmt.Errorf("%s cannot be written: %w", path, errFull)
	case isNew && there:
		return fmt.Errorf("%s already exists: %w", path, fs.ErrExist)
	}
	f.all.Store(path, append(old, data...))
	return nil
}

// ReadOwn reads a document of the program.
func (f *Files) ReadOwn(d screen.Document) ([]byte, error) {
	data, there := f.read(d)
	if !there {
		return nil, fmt.Errorf("%s: %w", d, fs.ErrNotExist)
	}
	return data, nil
}

func (f *Files) read(name any) ([]byte, bool) {
	data, there := f.all.Load(name)
	if !there {
		return nil, false
	}
	return bytes.Clone(data.([]byte)), true
}

// UpdateOwn changes a document of the program.
func (f *Files) UpdateOwn(d screen.Document, change func(old []byte) ([]byte, error)) error {
	old, _ := f.read(d)
	data, err := change(old)
	if err != nil {
		return err
	}
	return f.WriteOwn(d, data)
}

// WriteOwn sets a document of the program, for a test.
func (f *Files) WriteOwn(d screen.Document, data []byte) error {
	if f.Full {
		return fmt.Errorf("%s cannot be written: %w", d, errFull)
	}
	f.all.Store(d, bytes.Clone(data))
	return nil
}

type draft struct {
	files *Files
	path  string
	text  bytes.Buffer
	ended atomic.Bool
}

func (d *draft) Write(some []byte) (int, error) {
	if d.files.Full {
		return 0, fmt.Errorf("%s cannot be written: %w", d.path, errFull)
	}
	return d.text.Write(some)
}

func (d *draft) Commit() error {
	if d.end() {
		d.files.Put(d.path, d.text.String())
		d.files.saved.Store(&d.path)
	}
	return nil
}

func (d *draft) Discard() error {
	d.end()
	return nil
}

// end reports whether the draft ends now.
func (d *draft) end() bool {
	ends := !d.ended.Swap(true)
	if ends {
		d.files.begun.Add(-1)
	}
	return ends
}

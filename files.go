package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"

	"nango-tui/internal/clean"
	"nango-tui/internal/runfile"
	"nango-tui/internal/securefile"
	"nango-tui/models/screen"
)

// maxDocument is the largest document of the program itself, in bytes.
const maxDocument = 4 << 20

// diskFiles implements [screen.Files] with the user's disk.
type diskFiles struct {
	config, state string // the program's own folders
	home          string // what "~" stands for
	temporaries   *securefile.Temporaries
	drafts        *securefile.Drafts
	last          *lastFile
}

// lastFile is where the user saved the last file, and the name that was suggested for it.
type lastFile struct {
	mu            sync.Mutex
	offered, path string
}

func newDiskFiles(config, state, home string) diskFiles {
	temporaries := securefile.NewTemporaries(state)
	return diskFiles{config: config, state: state, home: home, temporaries: temporaries, drafts: temporaries.NewDrafts(), last: &lastFile{}}
}

// close removes what is unfinished. It is for the exit of the program.
func (f diskFiles) close() {
	f.drafts.Close()
	f.temporaries.Close()
}

// resolve returns the path that the user's text means.
func (f diskFiles) resolve(text string) (string, error) {
	switch rest, inHome := strings.CutPrefix(text, "~"+string(filepath.Separator)); {
	case text == "":
		return "", errors.New("enter the name of a file")
	case inHome && f.home == "":
		return "", fmt.Errorf("%s: there is no home folder", text)
	case inHome:
		return filepath.Join(f.home, rest), nil
	}
	return text, nil
}

// Create begins a file of the user. Its folder must exist.
func (f diskFiles) Create(text string, overwrite bool) (screen.Draft, error) {
	path, err := f.resolve(text)
	if err != nil {
		return nil, err
	}
	draft, err := f.drafts.Create(path, text, overwrite)
	if err != nil {
		return nil, err // a nil draft in the interface would not be nil
	}
	return savedDraft{draft, f.last, path}, nil
}

// savedDraft remembers its path when it gets its name.
type savedDraft struct {
	*securefile.Draft
	last *lastFile
	path string
}

// Commit implements [screen.Draft].
func (d savedDraft) Commit() error {
	err := d.Draft.Commit()
	if err == nil {
		d.last.mu.Lock()
		d.last.path = d.path
		d.last.mu.Unlock()
	}
	return err
}

// Path returns the full path of a file as the user names it.
func (f diskFiles) Path(name string) (string, error) {
	path, err := f.resolve(name)
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// Offer returns the path to suggest for a name: the last one if it was saved for that name, or else the name in its folder.
func (f diskFiles) Offer(name string) string {
	f.last.mu.Lock()
	defer f.last.mu.Unlock()
	offered := f.last.offered
	f.last.offered = name
	switch {
	case f.last.path == "":
		return name
	case offered == name:
		return f.last.path
	}
	return filepath.Join(filepath.Dir(f.last.path), filepath.Base(name))
}

// Read reads a file of the user.
func (f diskFiles) Read(text string, limit int64) ([]byte, error) {
	path, err := f.resolve(text)
	if err != nil {
		return nil, err
	}
	return securefile.ReadAny(path, text, limit)
}

// Append appends to a file of the user, which only they can access. Its folder must exist.
func (f diskFiles) Append(text string, data []byte, isNew bool) error {
	path, err := f.resolve(text)
	if err != nil {
		return err
	}
	return securefile.AppendSynced(path, data, isNew)
}

// ReadOwn reads a document of the program itself.
func (f diskFiles) ReadOwn(d screen.Document) ([]byte, error) {
	data, err := securefile.ReadOwn(f.document(d), securefile.OthersWrite, maxDocument)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", d, fs.ErrNotExist)
	}
	return data, err
}

// UpdateOwn changes a document of the program itself. Another program can't change it meanwhile.
func (f diskFiles) UpdateOwn(d screen.Document, change func(old []byte) ([]byte, error)) error {
	return f.drafts.Update(f.document(d), maxDocument, change)
}

func (f diskFiles) document(d screen.Document) string {
	if d == screen.SavedRequests || d == screen.ListDocument {
		return filepath.Join(f.config, string(d))
	}
	return filepath.Join(f.state, string(d))
}

// screenRuns implements [screen.RunFiles].
type screenRuns struct{ *runfile.Folder }

// runsOf returns where runs of a profile are kept. The demo's are not: its Nango is gone when the program ends.
func (c *connector) runsOf(profile string) screen.RunFiles {
	if profile == demoProfile || c.runs == nil {
		return nil
	}
	return screenRuns{c.runs}
}

// Create implements [screen.RunFiles].
func (r screenRuns) Create(name string, lines []clean.Text) (screen.RunFile, error) {
	file, err := r.Folder.Create(name, lines)
	if err != nil {
		return nil, err // a nil file in the interface would not be nil
	}
	return file, nil
}

// Take implements [screen.RunFiles].
func (r screenRuns) Take(name string) (screen.RunFile, error) {
	file, err := r.Folder.Take(name)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// List implements [screen.RunFiles].
func (r screenRuns) List() ([]screen.KeptRun, error) {
	kept, err := r.Folder.List()
	all := make([]screen.KeptRun, len(kept))
	for i, k := range kept {
		all[i] = screen.KeptRun(k)
	}
	return all, err
}

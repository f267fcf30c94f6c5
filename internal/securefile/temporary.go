package securefile

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// The list of a process is named after its run. It is locked as long as the process lives.
const (
	listPrefix = ".temporary-"
	listSuffix = ".run"
	// maxList is the largest list that is read, in bytes.
	maxList = 1 << 20
	// maxBase is how much of a file's name is in the name of its draft, in bytes: names have at most 255.
	maxBase = 200
)

// Temporaries names the temporary files of this process, and lists them in a file before they are created. What a process leaves
// that can't clean up, because it was killed, is removed by a later one. Its methods may be called by any goroutine; with a nil
// Temporaries, nothing is listed.
type Temporaries struct {
	folder string
	run    string

	mu   sync.Mutex
	list *Lock // nil before the first file
	last int
}

// NewTemporaries returns the temporary files of this process. Their list is in a folder of the program; no file is touched before the
// first one is named.
func NewTemporaries(folder string) *Temporaries {
	return &Temporaries{folder: folder, run: newRun()}
}

// newRun returns a name that no other process uses.
func newRun() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	return hex.EncodeToString(random[:])
}

// Path returns the path of a new temporary file or folder, whose name begins with the prefix. If it can't be listed, such as on a
// full disk, it is only not removed after this process is killed.
func (t *Temporaries) Path(folder, prefix string) string {
	if t == nil {
		t = &Temporaries{run: newRun()}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last++
	path := filepath.Join(folder, fmt.Sprintf("%s%s-%d", prefix, t.run, t.last))
	if t.list == nil && t.folder != "" {
		t.list, _ = WaitForLock(t.listPath(t.run)) // another process may be looking at it
	}
	if absolute, err := filepath.Abs(path); err == nil && t.list != nil {
		_, _ = t.list.file.WriteString(absolute + "\x00")
	}
	return path
}

func (t *Temporaries) listPath(run string) string {
	return filepath.Join(t.folder, listPrefix+run+listSuffix)
}

// Close removes the list. It is for the exit of the program, when its temporary files are removed.
func (t *Temporaries) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.list != nil {
		t.list.Remove()
		t.list = nil
	}
}

// Sweep removes what ended processes have left. What can't be removed stays.
func (t *Temporaries) Sweep() {
	entries, err := os.ReadDir(t.folder)
	if err != nil || CheckFolder(t.folder) != nil {
		return
	}
	for _, entry := range entries {
		run, isList := strings.CutPrefix(entry.Name(), listPrefix)
		run, hasSuffix := strings.CutSuffix(run, listSuffix)
		if isList && hasSuffix && run != t.run {
			t.sweepRun(run)
		}
	}
}

// sweepRun removes what one process has left, if it has ended: then its list is not locked.
func (t *Temporaries) sweepRun(run string) {
	lock, err := TryLock(t.listPath(run))
	if err != nil {
		return
	}
	defer lock.Remove()
	list, err := io.ReadAll(io.LimitReader(lock.file, maxList))
	if err != nil || len(run) != len(newRun()) {
		return
	}
	for path := range bytes.SplitSeq(list, []byte{0}) {
		removeTemporary(string(path), run)
	}
}

// removeTemporary removes a file or folder that a process has listed. Whatever the list says, nothing else is removed: the name must
// contain the run, and it must be a file or folder of the user. Links are not followed.
func removeTemporary(path, run string) {
	info, err := os.Lstat(path)
	if err != nil || !filepath.IsAbs(path) || !strings.Contains(filepath.Base(path), run+"-") || checkOwner(path, info, 0) != nil {
		return
	}
	switch {
	case info.Mode().IsRegular():
		_ = os.Remove(path)
	case info.IsDir():
		_ = os.RemoveAll(path)
	}
}

// NewDrafts returns an empty set of drafts whose files are listed.
func (t *Temporaries) NewDrafts() *Drafts {
	d := NewDrafts()
	d.temporaries = t
	return d
}

// createDraft creates the file of a draft beside the file that it becomes.
func (t *Temporaries) createDraft(path string) (*os.File, error) {
	base := filepath.Base(path)
	base = strings.ToValidUTF8(base[:min(len(base), maxBase)], "")
	draft := t.Path(filepath.Dir(path), "."+base+".")
	return os.OpenFile(draft, os.O_RDWR|os.O_CREATE|os.O_EXCL, FileMode)
}

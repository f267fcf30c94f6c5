package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"nango-tui/internal/securefile"
)

const (
	// maxFile is the size of the file in bytes. Beyond it, the oldest settled entries are dropped.
	maxFile = 10 << 20
	// maxRead is the largest file that is read: this program never makes one.
	maxRead = 2 * maxFile
	// maxUndos is how many bytes the entries may have that are kept longer than others, because they can be undone.
	maxUndos = maxFile / 4
)

// processID is the id of this process, for people: whether a process lives is told by its lock.
var processID = os.Getpid()

// The lock of a process is named after its run.
const (
	runPrefix = ".journal-"
	runSuffix = ".run"
)

func (j *Journal) runPath(run string) string {
	return filepath.Join(j.Folder, runPrefix+run+runSuffix)
}

// append appends a line under the lock. Intents are synced: an outcome that is lost with the machine makes its entry not
// known, which is safe. If anything fails, the file is as before.
func (j *Journal) append(l line, sync bool) error {
	text, err := l.text()
	if err != nil {
		return err
	}
	data := []byte(text.String() + "\n")
	lock, err := securefile.WaitForLock(securefile.LockPath(j.path))
	if err != nil {
		return err
	}
	defer lock.Release()
	size, err := j.appendBytes(data, sync)
	if errors.Is(err, errFull) {
		if err = j.shrink(len(data)); err == nil {
			_, err = j.appendBytes(data, sync)
		}
	} else if err == nil && !sync && size > maxFile-maxFile/16 {
		_ = j.shrink(0) // after a response, so that no request waits for it; if it fails, the next intent says so
	}
	return err
}

// errFull means that the file is as large as it may be.
var errFull = fmt.Errorf("it is larger than %d MB", maxFile>>20)

// appendBytes appends to the file and returns its size.
func (j *Journal) appendBytes(data []byte, sync bool) (size int64, err error) {
	file, err := securefile.Append(j.path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	size = info.Size()
	if size+int64(len(data)) > maxFile {
		return size, errFull
	}
	if size > 0 {
		var last [1]byte
		if _, err := file.ReadAt(last[:], size-1); err == nil && last[0] != '\n' {
			data = append([]byte{'\n'}, data...) // the last line was cut off
		}
	}
	if err := writeAndSync(file, data, sync); err != nil {
		_ = file.Truncate(size) // or half a line would stay, which is counted as damaged
		return size, fmt.Errorf("cannot write %s: %w", j.path, securefile.Cause(err))
	}
	if size == 0 && sync {
		securefile.SyncFolder(j.Folder)
	}
	return size + int64(len(data)), nil
}

func writeAndSync(file *os.File, data []byte, sync bool) error {
	if _, err := file.Write(data); err != nil {
		return err
	}
	if sync {
		return file.Sync()
	}
	return nil
}

// shrink drops the oldest settled entries, so that there is room for some bytes. What is not settled stays, and so do lines
// of newer versions. It needs the lock.
func (j *Journal) shrink(room int) error {
	data, err := securefile.Read(j.path, securefile.OthersAccess, maxRead)
	if err != nil {
		return err
	}
	kept, err := carriedOver(parse(data), room)
	if err != nil {
		return fmt.Errorf("%s %w", j.path, err)
	}
	if err := securefile.NewDrafts().Replace(j.path, kept); err != nil {
		return err
	}
	securefile.SyncFolder(j.Folder)
	return nil
}

// errOpenEntries is the error of a file that can't be made smaller.
var errOpenEntries = errors.New("is full of changes whose outcome is not known: dismiss them in the journal, or move the file away")

// needed returns the ids of the entries that stay, whatever else is there: those that are open, and the newest that can be undone.
func needed(lines []parsed) map[string]bool {
	all, _ := contents(lines)
	sizes := map[string]int{}
	for _, p := range lines {
		sizes[p.ID] += len(p.raw) + 1
	}
	stays, rest := map[string]bool{}, maxUndos
	for _, e := range slices.Backward(all.Entries) {
		if stays[e.ID] = e.isNeeded(); !stays[e.ID] && e.canBeUndone() {
			rest -= sizes[e.ID]
			stays[e.ID] = rest >= 0
		}
		if e.Undo != nil && e.Undo.ID != "" {
			stays[e.Undo.ID] = stays[e.ID]
		}
	}
	return stays
}

// carriedOver returns what stays: all lines that are needed, and the newest others in half of the rest.
func carriedOver(lines []parsed, room int) ([]byte, error) {
	stays := needed(lines)
	isNeeded := func(p parsed) bool { return p.newer || !p.damaged && stays[p.ID] }
	rest := maxFile - room
	for _, p := range lines {
		if isNeeded(p) {
			rest -= len(p.raw) + 1
		}
	}
	if rest < 0 {
		return nil, errOpenEntries
	}
	var kept [][]byte
	for rest /= 2; len(lines) > 0; lines = lines[:len(lines)-1] {
		p := lines[len(lines)-1]
		if p.damaged {
			continue
		}
		if !isNeeded(p) {
			if rest -= len(p.raw) + 1; rest < 0 {
				continue // and so is every older one
			}
		}
		kept = append(kept, p.raw, []byte{'\n'})
	}
	slices.Reverse(kept) // a line feed is before each line now, and none after the last
	return append(bytes.Join(kept, nil)[min(1, len(kept)):], '\n'), nil
}

// Read returns what the journal has. A journal that doesn't exist is empty, and isn't created.
func (j *Journal) Read() (Contents, error) {
	if j.path == "" {
		return j.readMemory(), nil
	}
	data, err := j.readFile()
	if errors.Is(err, fs.ErrNotExist) {
		return Contents{}, nil
	}
	if err != nil {
		return Contents{}, err
	}
	c, runs := contents(parse(data))
	living := map[string]bool{}
	for i := range c.Entries {
		e := &c.Entries[i]
		run := runs[e.ID]
		e.Own = run == j.run
		isPending := !e.isSettled() && e.Outcome.State != NotKnown
		if !isPending && !e.IsOpen() {
			continue
		}
		lives, asked := living[run]
		if !asked {
			lives = e.Own || j.lives(run)
			living[run] = lives
		}
		e.Abandoned = e.IsOpen() && !lives
		if isPending {
			e.Outcome.State = NotKnown
			if lives {
				e.Outcome.State = Sent
			}
		}
	}
	return c, nil
}

func (j *Journal) readFile() ([]byte, error) {
	if _, err := os.Lstat(j.path); err != nil {
		return nil, err // no lock is created where there is no journal
	}
	lock, err := securefile.WaitForLock(securefile.LockPath(j.path))
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	return securefile.Read(j.path, securefile.OthersAccess, maxRead)
}

func (j *Journal) readMemory() Contents {
	j.mu.Lock()
	defer j.mu.Unlock()
	c := Contents{Entries: slices.Clone(j.memory)}
	for i := range c.Entries {
		if c.Entries[i].Outcome.State == "" {
			c.Entries[i].Outcome.State = Sent
		}
	}
	c.markUndone()
	return c
}

// lives reports whether the process of a run lives: then it holds its lock.
func (j *Journal) lives(run string) bool {
	path := j.runPath(filepath.Base(run))
	if _, err := os.Lstat(path); err != nil {
		return false
	}
	lock, err := securefile.TryLock(path)
	if err != nil {
		return errors.Is(err, securefile.ErrLocked)
	}
	lock.Remove()
	return false
}

// sweep removes what dead processes have left: their locks and unfinished copies of the journal. What can't be removed stays.
func (j *Journal) sweep() {
	lockPath, draftPrefix := securefile.LockPath(j.path), filepath.Join(j.Folder, "."+FileName+".")
	lock, err := securefile.WaitForLock(lockPath) // a copy that a living process is writing is not removed
	if err != nil {
		return
	}
	defer lock.Release()
	entries, err := os.ReadDir(j.Folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		run, isRun := strings.CutPrefix(entry.Name(), runPrefix)
		run, hasSuffix := strings.CutSuffix(run, runSuffix)
		if isRun && hasSuffix && run != j.run {
			j.lives(run)
		}
		if path := filepath.Join(j.Folder, entry.Name()); path != lockPath && strings.HasPrefix(path, draftPrefix) {
			_ = os.Remove(path)
		}
	}
}

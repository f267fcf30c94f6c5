// Package journal records requests that do more than read: the intent before a request leaves, and the outcome when it is
// known. If a process has ended without recording an outcome, it is unknown whether the change was made.
//
// The journal is a file of JSON lines that only its owner can access. Each line is appended under a lock, and an intent is
// synced to the disk before Begin returns. The package may know private files (internal/securefile), and nothing of Nango: an
// intent is a few texts, from which its caller has removed secrets.
package journal

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"nango-tui/internal/clean"
	"nango-tui/internal/securefile"
)

// FileName is the name of the journal in the folder of the program's state.
const FileName = "journal.jsonl"

// Intent is a request that is about to be sent. It has no headers, and of its body only what it can be put back with.
type Intent struct {
	Time    time.Time `json:"time"`
	Profile string    `json:"profile,omitempty"`
	Host    string    `json:"host"`
	// Key is a fingerprint of the API key.
	Key       string `json:"key"`
	Operation string `json:"operation"`
	Method    string `json:"method"`
	Path      string `json:"path"`
	Effect    string `json:"effect"`
	// Integration, Connection and Syncs are what the request is about, as far as known. They are left out where they can't be
	// stored unchanged, so that a look-up never asks for something else.
	Integration string   `json:"integration,omitempty"`
	Connection  string   `json:"connection,omitempty"`
	Syncs       []string `json:"syncs,omitempty"`
	// Undo is what it can be put back with; nil if that isn't stored.
	Undo *Undo `json:"undo,omitempty"`
}

// Undo is what a change can be put back with, as JSON texts whose meaning the caller knows.
type Undo struct {
	// ID names what stays open until it is put back or marked as checked; empty if nothing does. Until is when that ends by itself.
	ID    string    `json:"id,omitempty"`
	Until time.Time `json:"until,omitzero"`
	// Before is the content before the change, and After what it writes. Both are left out if they are secret.
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
	// Undoes is the id of the entry that this change puts back.
	Undoes string `json:"undoes,omitempty"`
}

// State says how a request ended.
type State string

// The states of an entry.
const (
	// Sent means that no response has arrived yet, and that the process that sent it is alive.
	Sent   State = "sent"
	Done   State = "done"
	Failed State = "failed"
	// NotKnown means that the request may have been carried out.
	NotKnown State = "not known"
	// Checked means that an outcome that was not known was looked up, or that the user has checked it.
	Checked State = "checked"
)

// Outcome is how a request ended.
type Outcome struct {
	Time  time.Time `json:"time"`
	State State     `json:"state"`
	// Status is the status of the response, or 0. Text is an error or what was found, in a few words.
	Status int    `json:"status,omitempty"`
	Text   string `json:"text,omitempty"`
}

// Entry is an intent with what is known about its outcome, whose time is zero if there is none.
type Entry struct {
	ID string
	// PID is the id of the process that sent it. It may belong to another process by now.
	PID int
	Intent
	Outcome Outcome
	// Own means that this process has sent it.
	Own bool
	// Undone means that a later change has put it back. Abandoned means that it is open (see [Entry.IsOpen]), and that the process
	// that was to put it back has ended.
	Undone, Abandoned bool
}

// Contents are the entries of a journal, the oldest first, and the number of lines that couldn't be read: damaged or cut off,
// and those of a newer version of the program.
type Contents struct {
	Entries        []Entry
	Damaged, Newer int
}

// maxInMemory is the number of entries of a journal without a file. The oldest are dropped first.
const maxInMemory = 1000

// Options configure a journal.
type Options struct {
	// Folder is where the file is; empty for a journal in memory.
	Folder string
	// Clean makes a text fit for people, without secrets.
	Clean func(string) clean.Text
	Now   func() time.Time
}

// Journal is a journal. Its methods may be called by any goroutine.
type Journal struct {
	Options
	path string // empty for a journal in memory
	// run identifies this process in the file. Its lock is held as long as the process lives.
	run string

	mu      sync.Mutex
	living  *securefile.Lock // nil before the first intent
	last    int
	pending []Entry
	memory  []Entry
	// hasOpened means that an intent was recorded that is to be put back.
	hasOpened bool
}

// New returns a journal. It touches no file before the first intent.
func New(o Options) *Journal {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	j := &Journal{Options: o, run: hex.EncodeToString(random[:])}
	if o.Folder != "" {
		j.path = filepath.Join(o.Folder, FileName)
	}
	return j
}

// Begin records an intent and syncs it to the disk; its time is set here. If that fails, the request must not be sent: the
// error names the file and what is wrong. Otherwise end must be called with the outcome, unless the program ends before it is
// known.
func (j *Journal) Begin(i Intent) (end func(Outcome), err error) {
	i = i.cleaned(j.Clean)
	i.Time = j.Now().UTC()
	id, err := j.newID()
	if err != nil {
		return nil, err
	}
	entry := Entry{ID: id, PID: processID, Intent: i, Own: true}
	if j.path != "" {
		if err := j.append(line{Version: version, ID: id, Run: j.run, PID: processID, Intent: &i}, true); err != nil {
			return nil, err
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending = append(j.pending, entry)
	j.hasOpened = j.hasOpened || entry.IsOpen()
	if j.path == "" {
		j.memory = append(j.memory[max(len(j.memory)-maxInMemory+1, 0):], entry)
	}
	return func(o Outcome) { j.end(id, o) }, nil
}

// newID returns the id of the next intent. The first one begins the life of this process in the journal.
func (j *Journal) newID() (string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.living == nil && j.path != "" {
		lock, err := securefile.WaitForLock(j.runPath(j.run)) // another process may be looking at it
		if err != nil {
			return "", err
		}
		j.living = lock
		j.sweep()
	}
	j.last++
	return fmt.Sprintf("%s-%d", j.run, j.last), nil
}

// end records the outcome of a request of this process. If the disk is full by now, it stays not known.
func (j *Journal) end(id string, o Outcome) {
	_ = j.Settle(id, o)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending = slices.DeleteFunc(j.pending, func(e Entry) bool { return e.ID == id })
}

// Settle records the outcome of an entry, also of another process; the time is set here. The newest outcome counts. The id is that
// of the entry, or of what is open in it (see [Undo]).
func (j *Journal) Settle(id string, o Outcome) error {
	o.Time, o.Text = j.Now().UTC(), bounded(j.Clean(o.Text).String())
	if j.path != "" {
		return j.append(line{Version: version, ID: id, Outcome: &o}, false)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if at := slices.IndexFunc(j.memory, func(e Entry) bool {
		return e.ID == id || e.Undo != nil && e.Undo.ID == id
	}); at >= 0 {
		j.memory[at].Outcome = o
	}
	return nil
}

// Pending returns the requests of this process that were sent and have no outcome yet, the oldest first.
func (j *Journal) Pending() []Intent {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := make([]Intent, len(j.pending))
	for i, e := range j.pending {
		all[i] = e.Intent
	}
	return all
}

// Open returns the changes of this process that are to be put back and weren't yet (see [Entry.IsOpen]), as far as the journal can be
// read.
func (j *Journal) Open() (all []Intent) {
	j.mu.Lock()
	hasOpened := j.hasOpened
	j.mu.Unlock()
	if !hasOpened {
		return nil
	}
	stored, _ := j.Read()
	for _, e := range stored.Entries {
		if e.Own && e.IsOpen() {
			all = append(all, e.Intent)
		}
	}
	return all
}

// Close ends the life of this process in the journal. What is pending is not known from now on.
func (j *Journal) Close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.living != nil {
		j.living.Remove()
		j.living = nil
	}
}

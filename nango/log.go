package nango

import (
	"sync"
	"time"
)

// LogSize is how many calls a [Log] keeps.
const LogSize = 1000

// LogState says how far a call is.
type LogState int

// The states of a call.
const (
	Pending LogState = iota + 1
	Done
	Failed
)

// LogEntry is one call. Nothing of its headers and bodies is in it.
type LogEntry struct {
	// ID counts the calls from 1.
	ID        int
	Operation Operation
	Effect    Effect
	Method    string
	// Host and Path are where it went; the path with its query, secrets masked.
	Host, Path string
	// Began is when it was first sent, or began to wait; Took is how long it went on, and 0 while it is under way.
	Began    time.Time
	Duration time.Duration
	// Tries is how often it was sent; only a read is more often than once.
	Tries int
	State LogState
	// Status is that of the last answer, or 0.
	Status int
	// Size is the bytes of the last answer's body.
	Size int
	// Budget is how it stood afterwards.
	Budget Budget
	// Code is the error's code, or its kind.
	Code string
	// Background says that the program asked by itself.
	Background bool
}

// Log keeps the last [LogSize] calls of the whole program. It is safe for concurrent use.
type Log struct {
	mu       sync.Mutex
	entries  []LogEntry // a ring; entry i stands at (ID-1) % LogSize
	last     int
	revision uint64
}

// NewLog is an empty log.
func NewLog() *Log { return &Log{} }

// Begin notes that a call begins, and gives it an ID for [Log.End].
func (l *Log) Begin(entry LogEntry) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	l.revision++
	entry.ID, entry.State = l.last, Pending
	if len(l.entries) < LogSize {
		l.entries = append(l.entries, entry)
	} else {
		l.entries[(entry.ID-1)%LogSize] = entry
	}
	return entry.ID
}

// End notes how a call ended: what it is given replaces the entry, unless a thousand younger calls have done so.
func (l *Log) End(id int, entry LogEntry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at := &l.entries[(id-1)%LogSize]; at.ID == id {
		entry.ID = id
		*at = entry
		l.revision++
	}
}

// Revision counts the changes of the log: what [Log.Entries] gave before is true as long as it stays the same.
// Who reads both reads it first.
func (l *Log) Revision() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.revision
}

// Entry is one call, as long as it is kept.
func (l *Log) Entry(id int) (LogEntry, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if id < 1 || id > l.last || id <= l.last-len(l.entries) {
		return LogEntry{}, false
	}
	return l.entries[(id-1)%LogSize], true
}

// Entries are the calls, the newest first.
func (l *Log) Entries() []LogEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]LogEntry, 0, len(l.entries))
	for id := l.last; id > l.last-len(l.entries); id-- {
		all = append(all, l.entries[(id-1)%LogSize])
	}
	return all
}

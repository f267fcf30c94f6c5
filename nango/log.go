package nango

import (
	"encoding/json"
	"sync"
	"time"

	"nango-tui/internal/clean"
)

// LogSize is the number of calls that a [Log] keeps.
const LogSize = 1000

// LogState is the state of a call.
type LogState int

// The states of a call.
const (
	Pending LogState = iota + 1
	Done
	Failed
)

// LogEntry is a call. It contains neither headers nor bodies.
type LogEntry struct {
	ID        int // numbers the calls from 1
	Operation Operation
	Effect    Effect
	Method    string
	// Host and Path say where the call went. Path includes the query, with secrets masked.
	Host, Path string
	Began      time.Time     // when it was first sent or started to wait
	Duration   time.Duration // 0 while it is pending
	Tries      int           // how often it was sent. Only reads are sent more than once.
	State      LogState
	Status     int    // the last response's status, or 0
	Size       int    // the size of the last response's body in bytes
	Budget     Budget // the budget afterwards
	Code       string // the error's code, or its kind
	Background bool   // marks a call made by the program itself
}

// Log keeps the last [LogSize] calls of the whole program. It is safe for concurrent use.
type Log struct {
	mu       sync.Mutex
	entries  []LogEntry // a ring buffer: entry i is at (ID-1) % LogSize
	last     int
	revision uint64
}

// NewLog returns an empty log.
func NewLog() *Log { return &Log{} }

// Begin adds a call and returns its ID for [Log.End].
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

// End replaces the entry of a finished call, unless it has already been overwritten by newer calls.
func (l *Log) End(id int, entry LogEntry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at := &l.entries[(id-1)%LogSize]; at.ID == id {
		entry.ID = id
		*at = entry
		l.revision++
	}
}

// Revision changes whenever the log does. Read it before [Log.Entries] to detect later changes.
func (l *Log) Revision() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.revision
}

// Entry returns a call, if it is still kept.
func (l *Log) Entry(id int) (LogEntry, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if id < 1 || id > l.last || id <= l.last-len(l.entries) {
		return LogEntry{}, false
	}
	return l.entries[(id-1)%LogSize], true
}

// Oldest returns the pending call that began first, of those that the program didn't make by itself.
func (l *Log) Oldest() (oldest LogEntry, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.entries {
		if e := &l.entries[i]; e.State == Pending && !e.Background && (!ok || e.ID < oldest.ID) {
			oldest, ok = *e, true
		}
	}
	return oldest, ok
}

// Entries returns the calls, newest first.
func (l *Log) Entries() []LogEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]LogEntry, 0, len(l.entries))
	for id := l.last; id > l.last-len(l.entries); id-- {
		all = append(all, l.entries[(id-1)%LogSize])
	}
	return all
}

// debugLine writes one call to the debug file. Log entries have no headers and no bodies, so the file has none.
func (c *Client) debugLine(entry LogEntry) {
	if c.config.Debug == nil {
		return
	}
	line, err := json.Marshal(struct {
		Time      time.Time     `json:"time"`
		Operation Operation     `json:"operation"`
		Method    string        `json:"method"`
		Host      string        `json:"host"`
		Path      string        `json:"path"`
		Status    int           `json:"status,omitempty"`
		Code      string        `json:"code,omitempty"`
		Bytes     int           `json:"bytes"`
		Tries     int           `json:"tries"`
		Took      time.Duration `json:"took_ns"`
	}{entry.Began, entry.Operation, entry.Method, entry.Host, entry.Path, entry.Status, entry.Code, entry.Size, entry.Tries, entry.Duration})
	if err != nil {
		return // a log entry can always be encoded
	}
	c.debug.Lock()
	defer c.debug.Unlock()
	// A failing debug file must not stop the program, and there is no other place to report it.
	_ = c.config.Debug.Print(clean.JSONLine(string(line)))
}

package terminal

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The terminal replies to queries, such as for its background color. A reply that arrives after the end of the program is typed into
// the shell (github.com/charmbracelet/bubbletea/issues/1590, which Bubble Tea v2.1.1 only avoids for programs without input). So
// before the program ends or is suspended, the replies that are still owed are waited for, while the terminal still shows no input.

const (
	// replyWait is how long the end of the program waits for replies.
	replyWait = 200 * time.Millisecond
	// replyAge is the time after which a reply isn't expected any more: not every terminal knows every query.
	replyAge = 5 * time.Second
)

var (
	// query matches queries for a color (OSC 11), a mode (DECRQM) and the Kitty keyboard protocol, and reply their replies.
	query = regexp.MustCompile(`\x1b(?:(\][0-9]+);\?|\[\?([0-9]+)\$p|\[\?(u))`)
	reply = regexp.MustCompile(`^\x1b(?:(\][0-9]+);|\[\?([0-9]+);[0-9]+\$y|\[\?[0-9]+(u))`)
)

type owedReply struct {
	kind  string
	asked time.Time
}

// replies are the replies that the terminal owes. Its methods may be called by any goroutine.
type replies struct {
	now   func() time.Time
	limit time.Duration
	// onWait is called when the end of the program begins to wait; it may be nil.
	onWait func()

	mu      sync.Mutex
	owed    []owedReply // in the order of the queries
	ending  bool
	changed chan struct{}
}

func newReplies() *replies {
	return &replies{now: time.Now, limit: replyWait, changed: make(chan struct{}, 1)}
}

// written looks for queries in what is written to the terminal.
func (r *replies) written(output []byte) {
	if r == nil {
		return
	}
	for _, match := range query.FindAllSubmatch(output, -1) {
		r.mu.Lock()
		now := r.now()
		r.owed = slices.DeleteFunc(r.owed, func(o owedReply) bool { return now.Sub(o.asked) >= replyAge })
		r.owed = append(r.owed, owedReply{kindOf(match), now})
		r.mu.Unlock()
	}
}

// arrived removes what a sequence is the reply to. Terminals reply in order, so what was asked before gets no reply any more; but
// one within another passes on only queries for colors, whose replies take longer.
func (r *replies) arrived(sequence []byte) {
	match := reply.FindSubmatch(sequence)
	if match == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	kind := kindOf(match)
	at := slices.IndexFunc(r.owed, func(o owedReply) bool { return o.kind == kind })
	if at < 0 {
		return
	}
	earlier := slices.DeleteFunc(r.owed[:at:at], func(o owedReply) bool {
		return strings.HasPrefix(kind, "]") || !strings.HasPrefix(o.kind, "]")
	})
	r.owed = append(earlier, r.owed[at+1:]...)
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

// kindOf returns the group that has matched.
func kindOf(match [][]byte) string { return string(slices.Concat(match[1:]...)) }

// isOwed reports whether a reply is owed.
func (r *replies) isOwed(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.owed, func(o owedReply) bool { return now.Sub(o.asked) < replyAge })
}

// filter sees every message before Bubble Tea handles it. One that gives the terminal back is held until nothing is owed, and then
// sent again. Meanwhile keys are dropped.
func (r *replies) filter(msg tea.Msg, send func(tea.Msg)) tea.Msg {
	switch msg.(type) {
	case tea.QuitMsg, tea.InterruptMsg, tea.SuspendMsg:
	case tea.KeyMsg, tea.MouseMsg, tea.PasteMsg:
		if r.isEnding() {
			return nil
		}
		return msg
	default:
		return msg
	}
	if r.isEnding() || !r.isOwed(r.now()) {
		r.setEnding(false)
		return msg
	}
	r.setEnding(true)
	go func() {
		r.wait()
		send(msg)
	}()
	return nil
}

func (r *replies) isEnding() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ending
}

func (r *replies) setEnding(ending bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ending = ending
}

// wait waits until nothing is owed, or until the limit.
func (r *replies) wait() {
	if r.onWait != nil {
		r.onWait()
	}
	limit := time.After(r.limit)
	for r.isOwed(r.now()) {
		select {
		case <-r.changed:
		case <-limit:
			return
		}
	}
}

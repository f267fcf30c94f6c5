package bulk

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// maxWaits is how many 429 in a row are waited for, a minute each, before a run pauses.
	maxWaits = 10
	// maxInARow is how many requests in a row may fail before a run pauses.
	maxInARow = 20
	// busyPause is how long to wait for an outcome before looking again: its arrival is a message of its own.
	busyPause = 10 * time.Second
	// nextPause is the pause between two requests. The client waits for the budget.
	nextPause = time.Millisecond
)

// phase is what a run is doing.
type phase int

const (
	planned phase = iota
	running
	paused
	finished
)

// values are what a change needs besides its connections.
type values struct {
	// metadata is what is set or merged.
	metadata json.RawMessage
	// tags are set, and those with the keys of drop removed.
	tags map[string]string
	drop []string
	// syncs are the syncs that a command names; none means all.
	syncs []nango.SyncName
	// path is the file of the links.
	path string
}

// Run is a change of many connections: a plan, then its progress. It is a watch while it runs, and is used on App's goroutine.
type Run struct {
	items
	values
	change *change
	runs   *Runs
	// profile, host and key, its fingerprint, are where it was planned.
	profile, host, key string
	began              time.Time
	// cutOff is how many connections were too many for the plan.
	cutOff int

	// leftOut means that its metadata or tags were not kept, because there is a secret in them: it can't go on.
	leftOut bool

	phase phase
	// pausedBy says why it is paused, or why the first request was not sent.
	pausedBy string
	stopping bool
	// busy means that a request or its reading is in progress.
	busy     bool
	sentAt   time.Time
	approval *screen.Approval
	row      screen.Load[[]nango.Connection]
	keep     *keeper
	// linksBegun means that the file of the links has its head. Only the goroutine of a request uses it.
	linksBegun bool
	page       *Page
	// chunk is how many connections the next request may take, up to the index until: a request for several has failed for one.
	chunk, until int
	waits        int
	inARow       int
	// startedAt is when the current part of it began, with so many outcomes.
	startedAt time.Time
	startedBy int
}

// newRun plans a change. Connections that can't be changed are not sent.
func newRun(t *screen.Turn, runs *Runs, c *change, targets []Target) *Run {
	r := &Run{
		change: c, runs: runs, profile: t.Profile.Name, host: t.Profile.Host, key: t.Profile.Fingerprint, began: t.Now,
		chunk: c.perRequest, keep: &keeper{},
	}
	if more := len(targets) - MaxConnections; more > 0 {
		targets, r.cutOff = targets[:MaxConnections], more
	}
	targets = slices.Clone(targets)
	if c.perRequest > 1 {
		slices.SortStableFunc(targets, func(a, b Target) int { return strings.Compare(a.Ref.Integration, b.Ref.Integration) })
	}
	r.items = newItems(targets)
	for i, target := range targets {
		reason, refused := target.Ref.UnusableReasonFor(c.operation)
		if !refused && t.Mask != nil && t.Mask(target.Ref.ID) != target.Ref.ID {
			reason, refused = textSecretID, true
		}
		if refused {
			r.set(span{i, i + 1}, failed, reason)
		}
	}
	return r
}

// Title says what the run does and how far it is.
func (r *Run) Title() string {
	return fmt.Sprintf(textWatch, r.change.title, ui.Count(r.ended()), ui.Count(r.planned()))
}

// Screen is the page of the run, to come back to.
func (r *Run) Screen() screen.Screen {
	if r.page == nil {
		return nil
	}
	return r.page
}

// Progress is how many connections have an outcome, of how many.
func (r *Run) Progress() (ended, all int) { return r.ended(), r.planned() }

// QuitWarning says what happens to the rest.
func (r *Run) QuitWarning() string { return textQuit }

// Next implements [screen.Watch].
func (r *Run) Next(time.Time) time.Duration {
	switch {
	case r.phase != running:
		return 0
	case r.busy:
		return busyPause
	}
	return nextPause
}

// Poll sends the next request, or stops.
func (r *Run) Poll(t *screen.Turn) {
	switch {
	case r.busy || r.phase != running:
	case r.stopping:
		r.pause(t, textStopped)
	case t.Profile.Production && !t.Profile.Armed:
		r.pause(t, textArmingEnded)
	default:
		r.step(t)
	}
}

// start proposes the first request that is left, in a dialog that confirms all of them.
func (r *Run) start(t *screen.Turn) {
	r.approval, r.pausedBy, r.stopping, r.waits, r.inARow = nil, "", false, 0, 0
	r.step(t)
}

// step reads the next connection if that is needed, and sends its request.
func (r *Run) step(t *screen.Turn) {
	if _, ok := r.next(1); !ok {
		r.finish(t)
		return
	}
	s, _ := r.next(r.size())
	r.busy, r.sentAt = true, t.Now
	if !r.change.reads {
		r.change.send(t, r, s, nil)
		return
	}
	r.row.FetchBulk(t, nango.ListConnections(rowQuery(r.ref(s))), func(t *screen.Turn) { r.sendRow(t, s) })
}

// size is how many connections the next request may take.
func (r *Run) size() int {
	if r.first >= r.until {
		r.chunk = r.change.perRequest
		return r.chunk
	}
	return min(r.chunk, r.until-r.first)
}

func rowQuery(ref nango.ConnectionRef) nango.ConnectionQuery {
	return nango.ConnectionQuery{ID: ref.ID, Integrations: []string{ref.Integration}, Limit: 2}
}

func rowOf(ref nango.ConnectionRef, rows []nango.Connection) *nango.Connection {
	return screen.Find(rows, func(c nango.Connection) bool { return c.Ref() == ref })
}

// sendRow sends the request for a connection that was read.
func (r *Run) sendRow(t *screen.Turn, s span) {
	rows := r.row.Value
	r.row.Value = nil
	row := rowOf(r.ref(s), rows)
	switch {
	case r.row.HasFailed():
		r.landed(t, s, &notSent{r.row.Err})
	case row == nil:
		r.skip(t, s, failed, textGone)
	default:
		r.change.send(t, r, s, row)
	}
}

// skip settles a connection without a request, and goes on.
func (r *Run) skip(t *screen.Turn, s span, to state, why string) {
	r.set(s, to, why)
	r.keep.later(s, to, why)
	r.busy = false
	if r.phase != running {
		r.step(t) // still looking for the first request
	}
}

// notSent is an error before the request was sent.
type notSent struct{ err error }

func (e *notSent) Error() string { return e.err.Error() }

func (e *notSent) Unwrap() error { return e.err }

// landed notes the outcome of a request.
func (r *Run) landed(t *screen.Turn, s span, err error) {
	if t.Approval != nil {
		r.approval = t.Approval
	}
	r.busy = false
	if errors.Is(err, screen.ErrDeclined) && r.phase != running {
		r.set(s, left, "")
		return
	}
	o := r.count(s, judge(s, err), err)
	r.set(s, o.state, o.why)
	switch {
	case o.pause != "" && r.phase == running:
		r.pause(t, o.pause)
	case o.pause != "":
		r.pausedBy = o.pause
	}
}

// pause stops until the user goes on.
func (r *Run) pause(t *screen.Turn, why string) {
	r.phase, r.pausedBy, r.stopping, r.approval = paused, why, false, nil
	r.revision++
	t.Toast(fmt.Sprintf(textPaused, r.change.title, why, r.summary()))
}

// finish ends a run whose connections all have an outcome.
func (r *Run) finish(t *screen.Turn) {
	if r.phase == planned {
		r.pausedBy = textNothingToSend
		r.busy = false
		return
	}
	r.phase, r.pausedBy, r.approval, r.busy = finished, "", nil, false
	r.revision++
	t.Toast(fmt.Sprintf(textFinished, r.change.title, r.summary()))
	t.Changed(nango.Call{Operation: r.change.operation})
}

// summary counts the connections by outcome: "298 deleted, 2 failed".
func (r *Run) summary() string {
	parts := []string{ui.Count(r.counts[done]).String() + " " + r.change.past}
	for _, part := range []struct {
		count int
		word  string
	}{{r.counts[failed], "failed"}, {r.counts[unknown], "not known"}, {r.counts[sending], "in progress"}, {r.counts[left], "left"}} {
		if part.count > 0 {
			parts = append(parts, ui.Count(part.count).String()+" "+part.word)
		}
	}
	return strings.Join(parts, ", ")
}

// started notes that the first request was confirmed.
func (r *Run) started(t *screen.Turn) {
	r.phase, r.startedAt, r.startedBy = running, t.Now, r.ended()
	r.runs.add(r)
	t.Watch(r)
}

// rest is how long the rest takes at the pace so far, and at least at that of the budget.
func (r *Run) rest(now time.Time, limit int) time.Duration {
	byBudget := duration(r.calls(), limit)
	ended := r.ended() - r.startedBy
	if r.phase != running || ended < 10 || r.startedAt.IsZero() {
		return byBudget
	}
	return max(byBudget, now.Sub(r.startedAt)*time.Duration(r.counts[left])/time.Duration(ended))
}

// calls is how many requests the rest needs, reads included.
func (r *Run) calls() int {
	n := r.requests(r.change.perRequest)
	if r.change.reads {
		n *= 2
	}
	return n
}

// duration is how long requests take that leave a quarter of the budget to others.
func duration(requests, limit int) time.Duration {
	pace := max(cmp.Or(limit, nango.AssumedLimit)*3/4, 1)
	return time.Duration(requests) * time.Minute / time.Duration(pace)
}

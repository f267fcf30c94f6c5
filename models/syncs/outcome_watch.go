package syncs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Timing of the polls after a command.
const (
	// firstPoll is the pause before the first poll, and maxPause the longest between two.
	firstPoll = 2 * time.Second
	maxPause  = 8 * time.Second
	// acceptTimeout is how long a command may take to show an effect.
	acceptTimeout = 20 * time.Second
	// runTimeout is how long the program waits for a run to end.
	runTimeout = 2 * time.Minute
)

// outcomeWatch polls the syncs after a command and reports its outcome. It outlives the screen that sent the command.
type outcomeWatch struct {
	target   target
	goal     goal
	before   map[syncKey]*screen.SyncView
	start    time.Time
	deadline time.Time
	polls    screen.Backoff
	load     screen.Load[[]nango.SyncStatus]
	// selection is what is being loaded. It is narrow if one sync makes Nango answer 500 for all: then only the
	// target is loaded.
	selection nango.SyncSelection
	narrow    bool
	// accepted is whether Nango has accepted the command. Before that, nothing is polled.
	accepted bool
	ended    bool
}

type syncKey struct {
	connection string
	name       nango.SyncName
}

// newOutcomeWatch is called when the command is sent, so that the watch exists when the response arrives, whatever
// screen is on top by then.
func newOutcomeWatch(g target, to goal) *outcomeWatch {
	w := &outcomeWatch{target: g, goal: to, before: map[syncKey]*screen.SyncView{}, polls: screen.Backoff{First: firstPoll, Max: maxPause}}
	for i := range g.syncs {
		w.before[syncKey{g.syncs[i].Connection, g.syncs[i].Name}] = &g.syncs[i]
	}
	return w
}

// handleResponse starts the polls if Nango accepted the command, and otherwise ends the watch.
func (w *outcomeWatch) handleResponse(t *screen.Turn, err error) {
	w.accepted, w.ended = err == nil, err != nil
	w.start, w.deadline = t.Now, t.Now.Add(acceptTimeout)
}

// Title says what the watch waits for. It shares a line with the names of the screens, so it is short.
func (w *outcomeWatch) Title() string {
	if names := w.target.selection().Syncs; len(names) == 1 {
		return "waiting for " + names[0].String()
	}
	return textWaitingForSyncs
}

// Next is the pause before the next poll, so that one comes right after the deadline. For all connections there is a
// single poll, at the deadline, because it is expensive for the server.
func (w *outcomeWatch) Next(now time.Time) time.Duration {
	switch {
	case w.ended:
		return 0
	case !w.accepted:
		return firstPoll
	}
	left := max(w.deadline.Sub(now), time.Second)
	if w.target.connection.ID == "" {
		return left
	}
	return min(w.polls.Pause(), left)
}

// Poll loads the syncs, unless a load is in progress.
func (w *outcomeWatch) Poll(t *screen.Turn) {
	if w.load.IsLoading() || w.ended || !w.accepted {
		return
	}
	w.polls.Polled(t.Now)
	w.selection = w.target.selection()
	if w.target.connection.ID != "" && !w.narrow {
		// For one connection this costs the same, and the list needs all.
		w.selection = nango.SyncSelection{Connection: w.target.connection, All: true}
	}
	w.load.Fetch(t, nango.ListSyncs(w.selection), w.handleLoad)
}

func (w *outcomeWatch) handleLoad(t *screen.Turn) {
	over := !t.Now.Before(w.deadline) || w.target.connection.ID == ""
	if w.load.HasFailed() {
		w.narrow = isInternal(w.load.Err)
		if over {
			w.ended = true
			t.Toast(w.target.names() + " · " + w.target.where() + textOutcomeUnknown + textOrchestratorMayBeDown + " " + w.load.Err.Error())
		}
		return
	}
	t.Store.LearnSyncs(t.Now, w.target.connection, w.load.Value, w.selection.All)
	if w.target.onPoll != nil {
		w.target.onPoll(t, w.selection, w.load.Value)
	}
	w.report(t, over)
}

// report shows the outcome when every sync has reached the goal, or at the deadline.
func (w *outcomeWatch) report(t *screen.Turn, over bool) {
	news, pending := w.compare(t.Now)
	if len(pending) > 0 && !over {
		return
	}
	w.ended = true
	wide := w.target.connection.ID == ""
	if text := news.text(wide); text != "" {
		t.Toast(text + " · " + w.target.where())
	}
	if text := pending.text(wide); text != "" && w.goal.missed != nil {
		t.Toast(text + " · " + w.target.where() + fmt.Sprintf(textNoEffect, seconds(t.Now.Sub(w.start))) + textOrchestratorMayBeDown)
	}
	w.continueWith(t)
}

func (w *outcomeWatch) continueWith(t *screen.Turn) {
	if w.goal.next == nil || w.target.connection.ID == "" {
		return
	}
	running := map[syncKey]*screen.SyncView{}
	for key, now := range w.current(time.Time{}) {
		if w.before[key] != nil && now.State == nango.SyncStateRunning {
			running[key] = now
		}
	}
	if len(running) == 0 {
		return
	}
	w.ended, w.before, w.goal = false, running, *w.goal.next
	w.start, w.deadline = t.Now, t.Now.Add(runTimeout)
}

func (w *outcomeWatch) current(at time.Time) map[syncKey]*screen.SyncView {
	seen := make(map[syncKey]*screen.SyncView, len(w.load.Value))
	for _, one := range w.load.Value {
		one.Connection = cmp.Or(one.Connection, w.target.connection.ID)
		seen[syncKey{one.Connection, one.Name}] = &screen.SyncView{SyncStatus: one, LoadedAt: at}
	}
	return seen
}

// compare sorts the syncs by whether they reached the goal. If they were not loaded before the command, all that are
// loaded now count.
func (w *outcomeWatch) compare(at time.Time) (news, pending summary) {
	news, pending = summary{}, summary{}
	seen, before := w.current(at), w.before
	if len(before) == 0 {
		before = make(map[syncKey]*screen.SyncView, len(seen))
		for key := range seen {
			before[key] = &screen.SyncView{SyncStatus: nango.SyncStatus{Name: key.name, FinishedAt: &w.start}}
		}
	}
	for key, was := range before {
		now, happened, missed := seen[key], w.goal.absent, ""
		if now != nil {
			happened = w.goal.reached(was, now)
		}
		if w.goal.missed != nil {
			missed = w.goal.missed(now)
		}
		if happened != "" {
			news[happened] = append(news[happened], key.name)
		} else {
			pending[missed] = append(pending[missed], key.name)
		}
	}
	return news, pending
}

type summary map[string][]nango.SyncName

// text is the summary in words: "contacts, deals: paused; tickets: ran and failed". For all connections it counts
// them: "1,203 paused; 4 not paused (running)".
func (s summary) text(count bool) string {
	var parts []string
	for what, syncs := range s {
		switch {
		case what == "":
		case count:
			parts = append(parts, ui.Count(len(syncs)).String()+" "+what)
		default:
			names := slices.Compact(slices.Sorted(slices.Values(texts(syncs))))
			parts = append(parts, someOf(names)+": "+what)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

func seconds(d time.Duration) string { return d.Round(time.Second).String() }

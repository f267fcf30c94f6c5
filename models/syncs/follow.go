package syncs

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// How an order is followed.
const (
	// firstLook is how soon after an order is looked, and slowest how far apart looks become.
	firstLook = 2 * time.Second
	slowest   = 8 * time.Second
	// patience is how long Nango is given to do what it has taken.
	patience = 20 * time.Second
	// runPatience is how long a run that has begun is followed to its end.
	runPatience = 2 * time.Minute
)

// follow looks at what comes of an order, and tells it. It outlives the screen that the order was given on.
type follow struct {
	target target
	goal   goal
	before map[syncOf]*screen.SyncView
	began  time.Time
	until  time.Time
	polls  screen.Backoff
	read   screen.Load[[]nango.SyncStatus]
	// look is what is being read. It is narrow where one sync spoils the answer for all: then only those meant are read.
	look   nango.SyncSelection
	narrow bool
	// taken says that Nango has answered the order with yes; before there is nothing to look at.
	taken bool
	ended bool
}

// syncOf is a sync of a connection.
type syncOf struct {
	connection string
	name       nango.SyncName
}

// newFollow is begun when the order is sent, so that it is there when the answer comes, whatever screen is on top by then.
func newFollow(g target, to goal) *follow {
	w := &follow{target: g, goal: to, before: map[syncOf]*screen.SyncView{}, polls: screen.Backoff{First: firstLook, Max: slowest}}
	for i := range g.syncs {
		w.before[syncOf{g.syncs[i].Connection, g.syncs[i].Name}] = &g.syncs[i]
	}
	return w
}

// answered begins the looks when Nango has taken the order, and ends everything when it has not.
func (w *follow) answered(t *screen.Turn, err error) {
	w.taken, w.ended = err == nil, err != nil
	w.began, w.until = t.Now, t.Now.Add(patience)
}

// Title says what is waited for. It stands beside the names of the screens, which need their room.
func (w *follow) Title() string {
	if names := w.target.selection().Syncs; len(names) == 1 {
		return "what comes of " + names[0].String()
	}
	return "what comes of the syncs"
}

// Next is how long to wait before the next look, so that one falls right behind the end. What is costly for the server
// is looked at once, at the end.
func (w *follow) Next(now time.Time) time.Duration {
	switch {
	case w.ended:
		return 0
	case !w.taken:
		return firstLook
	}
	left := max(w.until.Sub(now), time.Second)
	if w.target.of.ID == "" {
		return left
	}
	return min(w.polls.Pause(), left)
}

// Poll looks once, unless an answer is under way.
func (w *follow) Poll(t *screen.Turn) {
	if w.read.IsLoading() || w.ended || !w.taken {
		return
	}
	w.polls.Polled(t.Now)
	w.look = w.target.selection()
	if w.target.of.ID != "" && !w.narrow {
		w.look = nango.SyncSelection{Connection: w.target.of, All: true} // of one connection it costs the same, and the list wants all
	}
	w.read.Fetch(t, nango.ListSyncs(w.look), w.arrived)
}

func (w *follow) arrived(t *screen.Turn) {
	over := !t.Now.Before(w.until) || w.target.of.ID == ""
	if w.read.HasFailed() {
		w.narrow = isInternal(w.read.Err)
		if over {
			w.ended = true
			t.Toast(w.target.about() + ": taken, but what came of it cannot be seen. " + downHint + " " + w.read.Err.Error())
		}
		return
	}
	if w.target.took != nil {
		w.target.took(t, w.look, w.read.Value)
	}
	w.judge(t, over)
}

const downHint = "Nango's orchestrator may be down."

// judge tells what has happened when all of it has, or when the time is over.
func (w *follow) judge(t *screen.Turn, over bool) {
	news, pending := w.compare(t.Now)
	if len(pending) > 0 && !over {
		return
	}
	w.ended = true
	wide := w.target.of.ID == ""
	if text := news.words(wide); text != "" {
		t.Toast(text + " · " + w.target.where())
	}
	if text := pending.words(wide); text != "" && w.goal.missed != nil {
		t.Toast(text + " · " + w.target.where() + ": Nango took the order, and " + seconds(t.Now.Sub(w.began)) +
			" later nothing has come of it. " + downHint)
	}
	w.goOn(t)
}

// goOn waits for what comes after.
func (w *follow) goOn(t *screen.Turn) {
	if w.goal.follows == nil || w.target.of.ID == "" {
		return
	}
	running := w.running()
	if len(running) == 0 {
		return
	}
	w.ended, w.before, w.goal = false, running, *w.goal.follows
	w.began, w.until = t.Now, t.Now.Add(runPatience)
}

// running are those that are followed and run now.
func (w *follow) running() map[syncOf]*screen.SyncView {
	running := map[syncOf]*screen.SyncView{}
	for key, now := range w.seen(time.Time{}) {
		if w.before[key] != nil && now.State == nango.SyncStateRunning {
			running[key] = now
		}
	}
	return running
}

// seen are the syncs as they were read.
func (w *follow) seen(at time.Time) map[syncOf]*screen.SyncView {
	seen := make(map[syncOf]*screen.SyncView, len(w.read.Value))
	for _, one := range w.read.Value {
		one.Connection = cmp.Or(one.Connection, w.target.of.ID)
		seen[syncOf{one.Connection, one.Name}] = &screen.SyncView{SyncStatus: one, LoadedAt: at}
	}
	return seen
}

// compare holds what is there now against what was there before. Where that was not read, everything counts that is there
// now.
func (w *follow) compare(at time.Time) (news, pending saying) {
	news, pending = saying{}, saying{}
	seen, before := w.seen(at), w.before
	if len(before) == 0 {
		before = make(map[syncOf]*screen.SyncView, len(seen))
		for key := range seen {
			before[key] = &screen.SyncView{SyncStatus: nango.SyncStatus{Name: key.name, FinishedAt: &w.began}}
		}
	}
	for key, was := range before {
		if happened := w.goal.of(was, seen[key]); happened != "" {
			news.add(happened, key.name)
		} else {
			pending.add(w.goal.instead(seen[key]), key.name)
		}
	}
	return news, pending
}

// saying are syncs by what is said of them.
type saying map[string]*spoken

type spoken struct {
	syncs int
	names []string // each once
}

func (s saying) add(what string, name nango.SyncName) {
	if s[what] == nil {
		s[what] = &spoken{}
	}
	s[what].syncs++
	if text := name.String(); !slices.Contains(s[what].names, text) {
		s[what].names = append(s[what].names, text)
	}
}

// words are it in words: "contacts, deals: paused; tickets: has run and failed". Of many connections it counts instead:
// "1,203 paused; 4 not paused (running)".
func (s saying) words(count bool) string {
	var parts []string
	for what, said := range s {
		switch {
		case what == "":
		case count:
			parts = append(parts, ui.Count(said.syncs).String()+" "+what)
		default:
			slices.Sort(said.names)
			parts = append(parts, someOf(said.names)+": "+what)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

// seconds is a time in whole seconds.
func seconds(d time.Duration) string { return d.Round(time.Second).String() }

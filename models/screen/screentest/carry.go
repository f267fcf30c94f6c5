package screentest

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// newTurn returns a turn of the profile, with what its client knows about the key.
func (st *Stage) newTurn() *screen.Turn {
	t := &screen.Turn{Now: st.Now, Profile: st.Profile, Mask: st.Mask, Store: st.Store}
	t.Profile.Owner, t.Profile.Fingerprint = st.Client.Owner(), st.Client.Fingerprint()
	return t
}

// Turn calls the screen and carries out what it wants.
func (st *Stage) Turn(call func(*screen.Turn)) {
	t := st.newTurn()
	call(t)
	for _, want := range t.Wants() {
		st.take(want)
	}
	if !st.HoldReads {
		st.DeliverAll()
	}
	st.notify()
}

// notify tells the screen that something may have changed, as App does after every message.
func (st *Stage) notify() {
	observer, ok := st.Screen.(screen.Observer)
	if !ok || st.notifying {
		return
	}
	st.notifying = true
	t := st.newTurn()
	observer.Notify(t)
	for _, want := range t.Wants() {
		st.take(want)
	}
	st.notifying = false
}

func (st *Stage) take(want screen.Want) {
	switch w := want.(type) {
	case screen.FetchWant:
		st.cancel(w.Owner)
		st.Fetched = append(st.Fetched, w.Call)
		st.begin(w.Owner, func(ctx context.Context) screen.Callback {
			landing, _ := w.Run(ctx, st.Client) // the screen is told by the landing
			return landing
		})
	case screen.WorkWant:
		st.work(w)
	case screen.CancelWant:
		st.cancel(w.Owner)
	case screen.ProposeWant:
		st.Proposals = append(st.Proposals, w)
	case screen.ApprovedWant:
		if d := st.guard.CheckApproved(w.Approval, w.Propose.Call, st.Now); d != nil {
			st.t.Errorf("%s was sent as approved: %v", w.Propose.Call.Operation, d)
			return
		}
		_ = st.send(w.Propose) // the screen is told the outcome; a test looks at what it makes of it
	case screen.OpenWant:
		st.Opened = append(st.Opened, w.Route)
	case screen.ShowWant:
		st.show(w)
	case screen.OneTimeWant:
		st.show(screen.ShowWant{Screen: w.Screen})
	case screen.BackWant: // where App would ask, a test leaves
		st.back()
	case screen.WatchWant:
		st.Watches = append(st.Watches, w.Watch)
	case screen.RunWant:
		st.run(w.Cmd)
	case screen.ChangedWant:
		if st.Screen.Concerns(w.Call) {
			st.Turn(st.Screen.Refresh)
		}
	case screen.SecretsWant:
		st.secrets.Add(w.Secrets...)
	case screen.CopyWant:
		st.Copied = append(st.Copied, w)
	case screen.CopyCurlWant:
		st.Curls = append(st.Curls, w.Call)
	case screen.EditWant:
		st.Edits = append(st.Edits, w)
	case screen.ToastWant:
		st.Toasts = append(st.Toasts, w.Text)
	case screen.AlertWant, screen.ListenWant, screen.SettleWant:
		st.note(want)
	case screen.NoticeWant:
		st.Notices = append(st.Notices, w)
	case screen.BrowseWant:
		st.Browsed = append(st.Browsed, w.URL)
	case screen.PickWant:
		st.Picks = append(st.Picks, w)
	default:
		st.t.Fatalf("the stage does not know how to carry out a %T", want)
	}
}

// note keeps what the screen wants besides the usual, for a test to look at.
func (st *Stage) note(want screen.Want) {
	switch w := want.(type) {
	case screen.AlertWant:
		st.Toasts = append(st.Toasts, w.Text)
		st.Alerts = append(st.Alerts, w)
	case screen.ListenWant:
		st.Listens = append(st.Listens, w)
	case screen.SettleWant:
		st.Settled = append(st.Settled, w)
	}
}

func (st *Stage) show(w screen.ShowWant) {
	if !w.Replace {
		st.below = append(st.below, st.Screen)
	}
	st.Screen = w.Screen
	st.Turn(screen.Open(w.Screen))
}

func (st *Stage) back() {
	if len(st.below) == 0 {
		st.Left = true
		return
	}
	last := len(st.below) - 1
	st.Screen, st.below = st.below[last], st.below[:last]
}

// Leave goes back as App does: a screen may say something when it is left, and nothing else.
func (st *Stage) Leave() {
	st.t.Helper()
	if leaver, ok := st.Screen.(screen.Leaver); ok {
		t := st.newTurn()
		leaver.Leave(t)
		for _, want := range t.Wants() {
			if _, ok := want.(screen.ToastWant); !ok {
				st.t.Errorf("a screen that is left wants a %T", want)
			}
			st.take(want)
		}
	}
	st.back()
}

// underWay is a read or a piece of work in progress.
type underWay struct {
	owner any
	ctx   context.Context
	end   context.CancelFunc
	run   func(context.Context) screen.Callback
}

func (st *Stage) begin(owner any, run func(context.Context) screen.Callback) {
	ctx, end := context.WithCancel(context.Background())
	st.fetches = append(st.fetches, underWay{owner, ctx, end, run})
}

func (st *Stage) cancel(owner any) {
	st.fetches = slices.DeleteFunc(st.fetches, func(f underWay) bool {
		if f.owner == owner {
			f.end()
		}
		return f.owner == owner
	})
}

// FinishEdit saves a text in the newest editor and closes it.
func (st *Stage) FinishEdit(text string) {
	st.t.Helper()
	edit := newest(st, st.Edits, "no text is being edited")
	st.Edits = st.Edits[:len(st.Edits)-1]
	st.Turn(func(t *screen.Turn) { edit.Then(t, text, nil) })
}

// Deliver runs the oldest held read or work, and delivers its outcome.
func (st *Stage) Deliver() {
	st.t.Helper()
	st.deliver(0)
}

// DeliverNewest is [Stage.Deliver] for the newest one, as if it had overtaken the others.
func (st *Stage) DeliverNewest() {
	st.t.Helper()
	st.deliver(len(st.fetches) - 1)
}

func (st *Stage) deliver(i int) {
	st.t.Helper()
	if len(st.fetches) == 0 {
		st.t.Fatal("no read is under way")
	}
	next := st.fetches[i]
	st.fetches = slices.Delete(st.fetches, i, i+1)
	landing := next.run(next.ctx)
	next.end()
	st.Turn(landing)
}

// DeliverAll runs all reads and work until nothing is left.
func (st *Stage) DeliverAll() {
	for len(st.fetches) > 0 {
		st.Deliver()
	}
}

// Pending is the number of held reads and pieces of work.
func (st *Stage) InFlight() int { return len(st.fetches) }

func (st *Stage) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, part := range msg {
			st.run(part)
		}
	default:
		st.Send(msg)
	}
}

// Proposal returns the oldest open proposal. There must be one.
func (st *Stage) Proposal() screen.ProposeWant {
	st.t.Helper()
	if len(st.Proposals) == 0 {
		st.t.Fatalf("nothing is proposed; the screen shows:\n%s", st.View())
	}
	return st.Proposals[0]
}

// next takes the oldest open proposal.
func (st *Stage) next() screen.ProposeWant {
	st.t.Helper()
	p := st.Proposal()
	st.Proposals = st.Proposals[1:]
	return p
}

// Confirm confirms the oldest proposal: it is sent, and its outcome delivered.
func (st *Stage) Confirm() error {
	st.t.Helper()
	return st.send(st.next())
}

// ConfirmLater confirms the oldest proposal. It is answered when the returned function is called.
func (st *Stage) ConfirmLater() (answered func()) {
	st.t.Helper()
	p := st.next()
	if p.OnSent != nil {
		st.Turn(p.OnSent)
	}
	p.OnSent = nil
	return func() { _ = st.send(p) } // the screen is told the outcome; a test looks at what it makes of it
}

// Decline declines the oldest proposal.
func (st *Stage) Decline() {
	st.t.Helper()
	st.Turn(st.next().Decline)
}

// Pick picks an option of the newest menu, by its title.
func (st *Stage) Pick(title string) {
	st.t.Helper()
	menu := newest(st, st.Picks, "nothing is offered")
	option := screen.Find(menu.Options, func(o screen.Option) bool { return o.Title == title })
	if option == nil {
		st.t.Fatalf("%q is not offered by %q: %v", title, menu.Title, menu.Options)
	}
	st.Turn(option.Do)
}

// Sort picks a column of a list to sort by, by its title.
func (st *Stage) Sort(title string) {
	st.t.Helper()
	st.Do(screen.Sort)
	st.Pick(title)
}

// newest returns the newest of what the screen wanted. There must be one.
func newest[T any](st *Stage, all []T, missing string) T {
	st.t.Helper()
	if len(all) == 0 {
		st.t.Fatalf("%s; the screen shows:\n%s", missing, st.View())
	}
	return all[len(all)-1]
}

func (st *Stage) send(p screen.ProposeWant) error {
	if p.OnSent != nil {
		st.Turn(p.OnSent)
	}
	outcome, err := p.Send(context.Background(), st.tools)
	outcome.Learn(st.Store, st.Now)
	st.Turn(func(t *screen.Turn) {
		if err == nil {
			t.Approval = st.guard.Approve(p.Call, p.AlsoApproves)
		}
		outcome.Callback(t)
	})
	return err
}

// Poll polls the newest watch once.
func (st *Stage) Poll() {
	st.t.Helper()
	watch := newest(st, st.Watches, "nothing is watched")
	st.Turn(func(t *screen.Turn) {
		t.Background = true
		watch.Poll(t)
	})
}

// work does work with the client of the screen's profile or of another one, which has the same server.
func (st *Stage) work(w screen.WorkWant) {
	st.cancel(w.Owner)
	st.begin(w.Owner, func(ctx context.Context) screen.Callback {
		if err := st.InProfiles[w.Profile]; err != nil {
			return w.Fail(err)
		}
		return w.Run(ctx, st.tools)
	})
}

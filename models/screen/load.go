package screen

import (
	"context"
	"slices"
	"time"

	"nango-tui/nango"
)

// Find returns the first of the values that matches; nil if none does.
func Find[T any](all []T, matches func(T) bool) *T {
	if i := slices.IndexFunc(all, matches); i >= 0 {
		return &all[i]
	}
	return nil
}

// Load fetches a value for a screen and holds it. It drops every response except the newest, so that screens needn't. The zero
// Load is ready to use.
type Load[T any] struct {
	// Value is the newest value. It stays during a newer fetch, and if that fails.
	Value T
	// Err is the error of the newest fetch; nil if it succeeded. It stays during a newer fetch.
	Err error
	// At is when Value was loaded; zero before.
	At time.Time

	turn    int
	waiting bool
}

// Fetch asks App to send the read. When the response is in Value or Err, then is called; it may be nil.
func (l *Load[T]) Fetch(t *Turn, r nango.Read[T], then func(*Turn)) {
	l.fetch(t, r, then, FetchWant{Background: t.Background})
}

// FetchBulk is [Load.Fetch] for one of many reads of a run: it leaves a quarter of the budget to others.
func (l *Load[T]) FetchBulk(t *Turn, r nango.Read[T], then func(*Turn)) {
	l.fetch(t, r, then, FetchWant{Bulk: true})
}

func (l *Load[T]) fetch(t *Turn, r nango.Read[T], then func(*Turn), w FetchWant) {
	l.turn++
	l.waiting = true
	mine := l.turn
	landing := func(value T, err error) Callback { return func(t *Turn) { l.land(t, mine, value, err, then) } }
	w.Call, w.Owner = r.Call(), l
	w.Run = func(ctx context.Context, c *nango.Client) (Callback, error) {
		value, err := nango.Fetch(ctx, c, r)
		return landing(value, err), err
	}
	w.Fail = func(err error) Callback { return landing(*new(T), err) }
	t.want(w)
}

func (l *Load[T]) land(t *Turn, turn int, value T, err error, then func(*Turn)) {
	if turn != l.turn {
		return
	}
	l.waiting, l.Err = false, err
	if err == nil {
		l.Value, l.At = value, t.Now
		t.Store.learnRead(t.Now, value)
	}
	if then != nil {
		then(t)
	}
}

// Cancel ends the fetch in progress. Its response is dropped.
func (l *Load[T]) Cancel(t *Turn) {
	if !l.waiting {
		return
	}
	l.turn++
	l.waiting = false
	t.want(CancelWant{Owner: l})
}

// IsLoading reports whether a fetch is in progress.
func (l *Load[T]) IsLoading() bool { return l.waiting }

// IsLoaded reports whether there is a value, which may be old.
func (l *Load[T]) IsLoaded() bool { return !l.At.IsZero() }

// HasFailed reports whether the newest fetch failed.
func (l *Load[T]) HasFailed() bool { return l.Err != nil }

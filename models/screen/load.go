package screen

import (
	"context"
	"time"

	"nango-tui/nango"
)

// Load fetches a value for a screen and holds it. It drops every answer but the newest it asked for, so a
// screen never does. The zero Load is ready.
type Load[T any] struct {
	// Value is the newest answer; it stays while a newer one is under way, and when that one fails.
	Value T
	// Err is what the newest answer was in place of a value; it stays while a newer one is under way, and is nil where the
	// newest answer is in Value.
	Err error
	// At is when Value arrived; zero before.
	At time.Time

	turn    int
	waiting bool
}

// Fetch asks App to send the read. When the newest answer is there, in Value or as Err, then is called.
func (l *Load[T]) Fetch(t *Turn, r nango.Read[T], then func(*Turn)) {
	l.turn++
	l.waiting = true
	mine := l.turn
	landing := func(value T, err error) Callback {
		return func(t *Turn) { l.land(t, mine, value, err, then) }
	}
	t.want(FetchWant{Call: r.Call(), Background: t.Background, Owner: l,
		Run: func(ctx context.Context, c *nango.Client) (Callback, error) {
			value, err := nango.Fetch(ctx, c, r)
			return landing(value, err), err
		},
		Fail: func(err error) Callback {
			var none T
			return landing(none, err)
		},
	})
}

func (l *Load[T]) land(t *Turn, turn int, value T, err error, then func(*Turn)) {
	if turn != l.turn {
		return
	}
	l.waiting, l.Err = false, err
	if err == nil {
		l.Value, l.At = value, t.Now
	}
	if then != nil {
		then(t)
	}
}

// Cancel ends what is under way; its answer is not wanted any more.
func (l *Load[T]) Cancel(t *Turn) {
	if !l.waiting {
		return
	}
	l.turn++
	l.waiting = false
	t.want(CancelWant{Owner: l})
}

// IsLoading says that an answer is under way.
func (l *Load[T]) IsLoading() bool { return l.waiting }

// IsLoaded says that there is a value, be it old.
func (l *Load[T]) IsLoaded() bool { return !l.At.IsZero() }

// HasFailed says that the newest answer was an error.
func (l *Load[T]) HasFailed() bool { return l.Err != nil }

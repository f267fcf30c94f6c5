package screen

import (
	"time"

	"nango-tui/nango"
)

// Watch is something that is waited for: a connection to arrive, a broken one to be mended. It outlives the
// screen that began it, runs with the client of its profile, and ends in a toast.
type Watch interface {
	// Title says what is waited for. It may hold strangers' text; App cleans it.
	Title() string
	// Poll asks once. It puts reads, agreed writes, words and what has changed into the turn; nothing else is carried out.
	Poll(t *Turn)
	// Next is how long to wait before the next Poll. Zero ends the watch.
	Next(now time.Time) time.Duration
}

// ScreenWatch is a watch that has a screen of its own, to which one can come back.
type ScreenWatch interface{ Screen() Screen }

// QuitWarner is a watch that knows what would be left undone if the program ended now.
type QuitWarner interface{ QuitWarning() string }

// WatchWant begins a watch; its first Poll comes after its Next.
type WatchWant struct{ Watch Watch }

func (WatchWant) isWant() {}

// ChangedWant says that what a call has begun has happened by now.
type ChangedWant struct{ Call nango.Call }

func (ChangedWant) isWant() {}

// Changed says that what a call has begun has happened by now, some time after its answer: the screens that it concerns are
// read again, as they are after the answer itself.
func (t *Turn) Changed(c nango.Call) { t.want(ChangedWant{c}) }

// Watch begins a watch.
func (t *Turn) Watch(w Watch) { t.want(WatchWant{w}) }

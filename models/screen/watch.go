package screen

import (
	"time"

	"nango-tui/nango"
)

// Watch waits for something: a connection to arrive, a broken one to be fixed. It outlives the screen that started it, uses the
// client of its profile, and ends in a toast.
type Watch interface {
	// Title says what it waits for. It may contain untrusted text; App sanitizes it.
	Title() string
	// Poll polls once. It may put reads, approved writes, toasts, notices and changes into the turn, and nothing else.
	Poll(t *Turn)
	// Next returns how long to wait before the next Poll. Zero ends the watch.
	Next(now time.Time) time.Duration
}

// ScreenWatch is a watch with its own screen, which can be opened again.
type ScreenWatch interface{ Screen() Screen }

// QuitWarner is a watch that knows what would be left unfinished if the program ended now.
type QuitWarner interface{ QuitWarning() string }

// WatchWant starts a watch. Its first Poll comes after its Next.
type WatchWant struct{ Watch Watch }

// ChangedWant says that what a call started has happened by now.
type ChangedWant struct{ Call nango.Call }

// Changed says that what a call started has happened by now, some time after its response: the screens that the call concerns are
// refreshed again.
func (t *Turn) Changed(c nango.Call) { t.want(ChangedWant{c}) }

// Watch starts a watch.
func (t *Turn) Watch(w Watch) { t.want(WatchWant{w}) }

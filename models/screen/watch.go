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

// AttentiveWatch is a [ScreenWatch] that polls in another way while the user sees its screen. App tells it whether that is on top.
type AttentiveWatch interface {
	ScreenWatch
	SetOnTop(bool)
}

// ProgressWatch is a watch that knows how far it is, for the terminal's own progress bar.
type ProgressWatch interface {
	Progress() (ended, all int)
}

// QuitWarner is a watch that knows what would be left unfinished if the program ended now.
type QuitWarner interface{ QuitWarning() string }

// Finisher is a watch with work to do before the program quits: Finish does it at once, by an approved write. The program quits when
// its response has arrived, and the watch has ended.
type Finisher interface {
	Watch
	Finish(t *Turn)
	// FinishError is why it couldn't be done; nil if it was.
	FinishError() error
}

// WatchWant starts a watch. Its first Poll comes after its Next.
type WatchWant struct{ Watch Watch }

// ChangedWant says that what a call started has happened by now.
type ChangedWant struct{ Call nango.Call }

// Changed says that what a call started has happened by now, some time after its response: the screens that the call concerns are
// refreshed again.
func (t *Turn) Changed(c nango.Call) { t.want(ChangedWant{c}) }

// Watch starts a watch.
func (t *Turn) Watch(w Watch) { t.want(WatchWant{w}) }

// Backoff says how long a watch waits between its polls: each pause is half as long again as the one before, from First up
// to Max.
type Backoff struct {
	First, Max time.Duration
	// Quick is the longest pause after a poll before QuickUntil; zero doesn't limit it.
	Quick      time.Duration
	QuickUntil time.Time
	// Polls is the number of polls since Start.
	Polls int

	// step is how often the pause has grown.
	step     int
	polledAt time.Time
}

// Start resets the count and starts to wait at now.
func (b *Backoff) Start(now time.Time) { b.Polls, b.step, b.polledAt = 0, 0, now }

// Polled notes a poll: the next pause is longer.
func (b *Backoff) Polled(now time.Time) {
	b.Polls++
	b.step++
	b.polledAt = now
}

// Quicken makes the next pause the first one again.
func (b *Backoff) Quicken() { b.step = 0 }

// Pause is how long to wait between the last poll and the next one.
func (b *Backoff) Pause() time.Duration {
	if b.Quick > 0 && b.polledAt.Before(b.QuickUntil) {
		return min(b.backoff(), b.Quick)
	}
	return b.backoff()
}

func (b *Backoff) backoff() time.Duration {
	pause := b.First
	for range b.step {
		if pause += pause / 2; pause >= b.Max {
			return b.Max
		}
	}
	return pause
}

// PauseUntil is [Backoff.Pause], shortened so that a poll comes at the deadline; after the deadline it is not shortened.
func (b *Backoff) PauseUntil(now, deadline time.Time) time.Duration {
	if left := deadline.Sub(now); left > 0 {
		return min(b.Pause(), left)
	}
	return b.Pause()
}

// NextAt is when the next poll comes.
func (b *Backoff) NextAt() time.Time { return b.polledAt.Add(b.Pause()) }

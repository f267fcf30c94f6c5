package screen

import (
	"context"
	"encoding/json"
	"time"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
)

// Task is work off App's goroutine that is more than one read: an expression over many records, an export, a file. Like a [Load]
// it drops every outcome except the newest, and leaving the screen cancels it. Progress is shared between the work and the
// screen, which must be [Animated] to show it. The zero Task is ready to use.
type Task[T any] struct {
	// Value is the newest result. It stays during newer work, and if that fails.
	Value T
	// Err is the error of the newest work; nil while it runs and if it succeeded.
	Err error

	turn    int
	working bool
}

// WorkWant is work to be done on its own goroutine.
type WorkWant struct {
	// Owner is the Task: newer work of the same owner cancels older work.
	Owner any
	// Run does the work; what it returns is called on App's goroutine, if the screen is still open.
	Run func(context.Context, Tools) Callback
	// Profile is the other profile whose client the work reads with; empty for the screen's own. Operation is what it reads, and Fail
	// returns the callback of an error, if there is no client or the profile doesn't allow that.
	Profile   string
	Operation nango.Operation
	Fail      func(error) Callback
}

// Start starts work and cancels older work. When it has ended and is still the newest, then is called; it may be nil.
func (k *Task[T]) Start(t *Turn, work func(context.Context, Tools) (T, error), then func(*Turn)) {
	k.StartIn(t, "", "", work, then)
}

// StartIn is [Task.Start] with the client of another profile, which App connects to if need be. The work may only read, by the
// operation. What it learns must not go into the store of the screen's profile.
func (k *Task[T]) StartIn(
	t *Turn, profile string, reads nango.Operation, work func(context.Context, Tools) (T, error), then func(*Turn),
) {
	k.turn++
	k.working, k.Err = true, nil
	mine := k.turn
	landing := func(value T, err error) Callback { return func(t *Turn) { k.land(t, mine, value, err, then) } }
	t.want(WorkWant{Owner: k, Profile: profile, Operation: reads,
		Run: func(ctx context.Context, tools Tools) Callback {
			value, err := work(ctx, tools)
			return landing(value, err)
		},
		Fail: func(err error) Callback { return landing(*new(T), err) },
	})
}

func (k *Task[T]) land(t *Turn, turn int, value T, err error, then func(*Turn)) {
	if turn != k.turn {
		return
	}
	k.working, k.Err = false, err
	if err == nil {
		k.Value = value
	}
	if then != nil {
		then(t)
	}
}

// Stop ends the work in progress. Its outcome is dropped.
func (k *Task[T]) Stop(t *Turn) {
	if !k.working {
		return
	}
	k.turn++
	k.working = false
	t.want(CancelWant{Owner: k})
}

// IsRunning reports whether work is in progress.
func (k *Task[T]) IsRunning() bool { return k.working }

// Tools is what work off App's goroutine may use: the user's files, and the client of the screen's profile, which only this
// package can send with.
type Tools struct {
	Files Files
	// Mask masks secrets that the program has seen in a text, and MaskJSON those in a JSON text, also by key. Policy is what
	// MaskJSON masks.
	Mask     func(string) string
	MaskJSON func([]byte) []byte
	Policy   jsontext.Policy
	// Query applies a jq expression to a JSON text and masks its secrets. It is for any screen with such a text; App sets it, because
	// the language belongs to an area.
	Query func(ctx context.Context, tools Tools, expression, raw string) (json.RawMessage, error)

	// Now is the clock; nil for none.
	Now func() time.Time
	// Runs keeps runs of many requests; nil if they are not kept.
	Runs RunFiles

	client *nango.Client
}

// NewTools returns the tools of a client. It is for App.
func NewTools(client *nango.Client, files Files, secrets *nango.Secrets) Tools {
	return Tools{Files: files, Mask: secrets.Mask, MaskJSON: secrets.MaskJSON, Policy: secrets.Policy(), client: client}
}

// Read sends a read, for work that needs many of them: they leave a quarter of the budget. There is no such function for writes.
func Read[T any](ctx context.Context, tools Tools, r nango.Read[T]) (T, error) {
	return nango.Fetch(ctx, tools.client.Bulk(), r)
}

// Bulk returns the tools for requests that an earlier confirmation covers, which may be many.
func (t Tools) Bulk() Tools {
	t.client = t.client.Bulk()
	return t
}

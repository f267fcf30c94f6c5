package screen

import "context"

// Task is work off App's goroutine that is more than one read: an expression over many records, an export, a file. Like
// a [Load] it drops every outcome but that of the newest start, and leaving the screen cancels it. What it is at is told
// through what the work and the screen share; the screen's Clock draws it. The zero Task is ready.
type Task[T any] struct {
	// Value is the newest outcome; it stays while newer work is under way, and when that fails.
	Value T
	// Err is why the newest work failed; nil while it is under way and when it succeeded.
	Err error

	turn    int
	working bool
}

// WorkWant is work to be done on a goroutine of its own.
type WorkWant struct {
	// Owner is the Task: newer work of the same owner cancels the older.
	Owner any
	// Run does it; what it returns is called on App's goroutine, if the screen is still there.
	Run func(context.Context, Tools) Callback
}

func (WorkWant) isWant() {}

// Start begins the work in place of what is under way. When it has ended, and nothing newer was begun, then is called.
func (k *Task[T]) Start(t *Turn, work func(context.Context, Tools) (T, error), then func(*Turn)) {
	k.turn++
	k.working, k.Err = true, nil
	mine := k.turn
	t.want(WorkWant{Owner: k, Run: func(ctx context.Context, tools Tools) Callback {
		value, err := work(ctx, tools)
		return func(t *Turn) { k.land(t, mine, value, err, then) }
	}})
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

// Stop ends what is under way; its outcome is not wanted any more.
func (k *Task[T]) Stop(t *Turn) {
	if !k.working {
		return
	}
	k.turn++
	k.working = false
	t.want(CancelWant{Owner: k})
}

// IsRunning says that work is under way.
func (k *Task[T]) IsRunning() bool { return k.working }

package screen

import (
	"context"
	"errors"
	"testing"
	"time"

	"nango-tui/nango"
)

// fetchOf is the fetch that a turn holds.
func fetchOf(t *testing.T, turn *Turn) FetchWant {
	t.Helper()
	if len(turn.Wants()) != 1 {
		t.Fatalf("the turn wants %v", turn.Wants())
	}
	return turn.Wants()[0].(FetchWant)
}

func TestALoadDropsEveryResponseButTheNewest(t *testing.T) {
	var load Load[[]nango.Connection]
	var first, second Turn
	called := 0
	load.Fetch(&first, nango.ListConnections(nango.ConnectionQuery{}), func(*Turn) { called++ })
	load.Fetch(&second, nango.ListConnections(nango.ConnectionQuery{}), func(*Turn) { called += 10 })
	older, newer := errors.New("older"), errors.New("newer")

	fetchOf(t, &first).Fail(older)(&Turn{})
	if load.Err != nil || called != 0 || !load.IsLoading() {
		t.Errorf("an older response sets %v, and %d is called", load.Err, called)
	}
	fetchOf(t, &second).Fail(newer)(&Turn{})
	if !errors.Is(load.Err, newer) || called != 10 || load.IsLoading() {
		t.Errorf("the newest response sets %v, and %d is called", load.Err, called)
	}
	fetchOf(t, &first).Fail(older)(&Turn{})
	if !errors.Is(load.Err, newer) || called != 10 {
		t.Errorf("an older response that comes last sets %v, and %d is called", load.Err, called)
	}
}

func TestACanceledLoadDropsItsResponse(t *testing.T) {
	var load Load[[]nango.Connection]
	var started, canceled Turn
	load.Fetch(&started, nango.ListConnections(nango.ConnectionQuery{}), func(*Turn) { t.Error("the response is delivered") })
	load.Cancel(&canceled)
	load.Cancel(&canceled)
	if len(canceled.Wants()) != 1 || load.IsLoading() {
		t.Errorf("canceled twice, it wants %v", canceled.Wants())
	}
	fetchOf(t, &started).Fail(errors.New("late"))(&Turn{})
	if load.HasFailed() {
		t.Error("a late response sets an error")
	}
}

// runOf runs the work that a turn holds, and delivers its outcome.
func runOf(turn *Turn) {
	turn.Wants()[0].(WorkWant).Run(context.Background(), Tools{})(&Turn{Now: time.Now()})
}

func TestATaskDropsEveryOutcomeButTheNewest(t *testing.T) {
	var task Task[string]
	var first, second, third Turn
	var called []string
	start := func(turn *Turn, value string, err error) {
		task.Start(turn, func(context.Context, Tools) (string, error) { return value, err }, func(*Turn) { called = append(called, value) })
	}
	start(&first, "first", nil)
	start(&second, "second", nil)
	runOf(&second)
	runOf(&first)
	if task.Value != "second" || task.IsRunning() || len(called) != 1 {
		t.Errorf("it has %q after %v", task.Value, called)
	}
	failure := errors.New("disk full")
	start(&third, "", failure)
	runOf(&third)
	if task.Value != "second" || !errors.Is(task.Err, failure) {
		t.Errorf("after a failure it has %q and %v", task.Value, task.Err)
	}
	var stopped Turn
	start(&stopped, "stopped", nil)
	task.Stop(&Turn{})
	runOf(&stopped)
	if task.Value != "second" || task.IsRunning() {
		t.Errorf("after a stop it has %q", task.Value)
	}
}

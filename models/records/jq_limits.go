package records

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"nango-tui/ui"
)

const (
	// maxRunTime is how long an expression may run over all records.
	maxRunTime = 30 * time.Second
	// maxRunMemory is how much the heap may grow during a run.
	maxRunMemory = 64 << 20
	// watchStep is how often time and memory are checked.
	watchStep = 4 * time.Millisecond
)

// Reasons why an expression was stopped.
var (
	errSteps            = fmt.Errorf(textSteps, maxSteps/1_000_000)
	errTime             = fmt.Errorf(textTime, maxRunTime)
	errMemory           = fmt.Errorf(textMemory, maxRunMemory>>20)
	errTooMany          = fmt.Errorf(textTooMany, ui.Count(maxValues), maxValueBytes>>20)
	errTooManyPerRecord = fmt.Errorf(textTooManyOfOne, ui.Count(maxPerRecord))
)

// limiter stops all workers of a run.
type limiter struct {
	stopped atomic.Bool
	reason  atomic.Pointer[error]
	// While paused, workers wait at the gate before their next step, so that memory stops growing.
	paused atomic.Bool
	gate   sync.Mutex
}

// stop ends the run. The first reason counts.
func (g *limiter) stop(reason error) {
	g.reason.CompareAndSwap(nil, &reason)
	g.stopped.Store(true)
}

// stopReason is why the run was stopped; nil if it wasn't.
func (g *limiter) stopReason() error {
	if reason := g.reason.Load(); reason != nil {
		return *reason
	}
	return nil
}

// watch stops the run when ctx ends, time is over, or memory has grown too much. It returns when done is closed.
func (g *limiter) watch(ctx context.Context, done <-chan struct{}) {
	ticker, end := time.NewTicker(watchStep), time.NewTimer(maxRunTime)
	defer ticker.Stop()
	defer end.Stop()
	before := heapInUse()
	for {
		select {
		case <-done:
			return
		case <-ctx.Done():
			g.stop(ctx.Err())
			return
		case <-end.C:
			g.stop(errTime)
			return
		case <-ticker.C:
			if heapInUse() >= before+maxRunMemory {
				g.collectGarbage(before)
			}
		}
	}
}

// collectGarbage pauses the workers and stops the run if it still needs too much memory after a collection.
func (g *limiter) collectGarbage(before uint64) {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.paused.Store(true)
	defer g.paused.Store(false)
	runtime.GC()
	if heapInUse() >= before+maxRunMemory {
		g.stop(errMemory)
	}
}

// checkpoint waits while the run is paused, and reports whether it continues.
func (g *limiter) checkpoint() bool {
	if g.paused.Load() {
		g.gate.Lock()
		defer g.gate.Unlock()
	}
	return !g.stopped.Load()
}

func heapInUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// recordContext is the context of one record's evaluation. The interpreter calls Done before every step, which counts steps
// without a clock.
type recordContext struct {
	context.Context
	guard *limiter
	steps int
	ended bool
}

// closedChannel is returned by Done after the last step.
var closedChannel = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// Done counts a step.
func (b *recordContext) Done() <-chan struct{} {
	b.steps++
	if b.steps > maxSteps || !b.guard.checkpoint() {
		b.ended = true
		return closedChannel
	}
	return nil
}

// Err is why the evaluation ended.
func (b *recordContext) Err() error {
	switch {
	case !b.ended:
		return nil
	case b.guard.stopped.Load():
		return errors.Join(errStopped, b.guard.stopReason())
	}
	return errSteps
}

// errStopped marks an evaluation that ended with the run.
var errStopped = errors.New("stopped")

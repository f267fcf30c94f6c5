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
	// maxRunTime is how long an expression may take over all records.
	maxRunTime = 30 * time.Second
	// maxRunMemory is by how much the memory in use may grow meanwhile.
	maxRunMemory = 64 << 20
	// watchStep is how often time and memory are looked at.
	watchStep = 4 * time.Millisecond
)

// Reasons why an expression was stopped.
var (
	errSteps            = fmt.Errorf("it does not end: more than %d million steps for one record", maxSteps/1_000_000)
	errTime             = fmt.Errorf("it takes longer than %s", maxRunTime)
	errMemory           = fmt.Errorf("it takes more than %d MB of memory", maxRunMemory>>20)
	errTooMany          = fmt.Errorf("it gives more than %s values, or %d MB of them", ui.Count(maxValues), maxValueBytes>>20)
	errTooManyPerRecord = fmt.Errorf("it gives more than %s values for one record", ui.Count(maxPerRecord))
)

// guard is what stops all parts of a run together.
type limiter struct {
	stopped atomic.Bool
	reason  atomic.Pointer[error]
	// While paused, whoever takes a step waits at the gate, so that memory does not grow on while it is tidied up.
	paused atomic.Bool
	gate   sync.Mutex
}

// stop ends the run; the first reason stays.
func (g *limiter) stop(reason error) {
	g.reason.CompareAndSwap(nil, &reason)
	g.stopped.Store(true)
}

// why is the reason for which the run was stopped; nil where it was not.
func (g *limiter) stopReason() error {
	if reason := g.reason.Load(); reason != nil {
		return *reason
	}
	return nil
}

// watch stops the run when ctx ends, when its time is over, or when the memory in use has grown too much. It returns when
// done is closed.
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

// tidy stops the run if it is still too much memory when what is left over has been freed. Meanwhile nobody takes a step.
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

// pass waits while the run is paused, and says whether it goes on.
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

// budget is the context of one record's evaluation. The interpreter asks it before every step whether it is done, so that
// steps can be counted without a clock.
type recordContext struct {
	context.Context
	guard *limiter
	steps int
	ended bool
}

// over is a channel that is closed.
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

// Err is why the evaluation was ended.
func (b *recordContext) Err() error {
	switch {
	case !b.ended:
		return nil
	case b.guard.stopped.Load():
		return errors.Join(errStopped, b.guard.stopReason())
	}
	return errSteps
}

// errStopped marks an evaluation that ended with the run and not by itself.
var errStopped = errors.New("stopped")

package records

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/itchyny/gojq"

	"nango-tui/models/screen"
)

// Bounds of how a run is shared out.
const (
	maxWorkers = 4
	runChunk   = 128
	// maxPerRecord is how many values an expression may give for one record.
	maxPerRecord = 10_000
	// maxFailure is how much is kept of an error, in bytes: an expression can make one of a whole record.
	maxFailure = 1 << 10
)

// subject is a record that an expression is applied to.
type subject struct{ id, raw string }

// progress is how far work off App's goroutine is; View reads what the work counts.
type progress struct {
	done  atomic.Int64
	total int64 // 0 where nobody knows
}

// outcome is what an expression came to.
type outcome struct {
	// over is how many records it was applied to.
	over int
	// kept is the ids of the records for which it is true or which it gives back themselves, where it gives nothing else
	// but false and null; nil where it gives values.
	kept   map[string]bool
	values []value
	// failed is for how many records it failed; failure is the first of these errors, of the record failedID.
	failed            int
	failure, failedID string
	// stopped is why it was not applied to all records; nil where it was.
	stopped error
}

// value is something that an expression gave for a record.
type value struct {
	n    int // counted from 0 over all values
	id   string
	text string // JSON on one line
}

// sort of a thing that an expression gives.
type given uint8

const (
	givenFalse given = iota // or null
	givenTrue
	givenSelf
	givenValue
)

type out struct {
	record int
	given  given
	text   string
}

// wanted is what an expression is applied for.
type wanted uint8

const (
	wantAny    wanted = iota // the records that it chooses, or values where it gives any
	wantChoice               // the records that it chooses; a value is an error
	wantValues               // values, be they true or false
)

// run is one application of an expression to records.
type run struct {
	guard    guard
	code     *gojq.Code
	subjects []subject
	tools    screen.Tools
	progress *progress
	wanted   wanted

	next   atomic.Int64 // the first record of the next chunk
	values atomic.Int64
	bytes  atomic.Int64

	mu    sync.Mutex
	parts map[int]part // by their first record
}

// part is what came of one chunk.
type part struct {
	outs              []out
	over, failed      int
	failure, failedID string
}

// apply applies an expression to records. Ended by ctx, it is an error; ended by a bound, it is what it came to until then.
func apply(ctx context.Context, tools screen.Tools, code *gojq.Code, subjects []subject, p *progress, w wanted) (outcome, error) {
	r := &run{code: code, subjects: subjects, tools: tools, progress: p, wanted: w, parts: map[int]part{}}
	done := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		r.guard.watch(ctx, done)
	}()
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), maxWorkers) {
		workers.Go(r.work)
	}
	workers.Wait()
	close(done)
	<-watched
	if err := ctx.Err(); err != nil {
		return outcome{}, err
	}
	return r.outcome(), nil
}

// work takes chunks until none is left.
func (r *run) work() {
	d := &decoder{mask: r.tools.Mask, maskJSON: r.tools.MaskJSON}
	for !r.guard.stopped.Load() {
		from := int(r.next.Add(runChunk)) - runChunk
		if from >= len(r.subjects) {
			return
		}
		var p part
		for i := from; i < min(from+runChunk, len(r.subjects)) && !r.guard.stopped.Load(); i++ {
			if err := r.record(&p, d, i); err != nil {
				p.fail(r.subjects[i].id, err)
			}
			p.over++
			r.progress.done.Add(1)
		}
		r.mu.Lock()
		r.parts[from] = p
		r.mu.Unlock()
	}
}

func (p *part) fail(id string, err error) {
	if p.failed == 0 {
		p.failure, p.failedID = beginning(err.Error(), maxFailure), id
	}
	p.failed++
}

// beginning is a text up to a number of bytes, in whole characters.
func beginning(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// record applies the expression to one record. An interpreter that panics has failed for this record, and for no more.
func (r *run) record(p *part, d *decoder, i int) (err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			err = fmt.Errorf("the expression cannot be applied: %v", trouble)
		}
	}()
	input := d.record(r.subjects[i].raw)
	results := r.code.RunWithContext(&budget{Context: context.Background(), guard: &r.guard}, input)
	for n := 0; ; n++ {
		v, more := results.Next()
		if !more {
			return nil
		}
		if failure, failed := v.(error); failed {
			return r.ended(failure)
		}
		if n == maxPerRecord {
			r.guard.stop(errOne)
			return nil
		}
		if err := r.take(p, i, input, v); err != nil {
			return err
		}
	}
}

// ended is the error that counts for the record: one that ended the whole run does not.
func (r *run) ended(failure error) error {
	var halt *gojq.HaltError
	switch {
	case errors.Is(failure, errSteps):
		r.guard.stop(errSteps)
		return nil
	case errors.Is(failure, errStopped):
		return nil
	case errors.As(failure, &halt) && halt.Value() == nil:
		return nil
	}
	return failure
}

// take keeps what the expression gave.
func (r *run) take(p *part, i int, input, v any) error {
	o := out{record: i}
	switch v := v.(type) {
	case nil:
	case bool:
		if v {
			o.given = givenTrue
		}
	default:
		if same(input, v) {
			o.given = givenSelf
			break
		}
		text, err := encode(nil, v, 0)
		if err != nil {
			return err
		}
		if o.given, o.text = givenValue, string(text); r.wanted == wantChoice {
			return errNoChoice
		}
	}
	if o.given == givenFalse && v == nil {
		o.text = "null"
	}
	p.outs = append(p.outs, o)
	if r.values.Add(1) > int64(maxValues+len(r.subjects)) || r.bytes.Add(int64(len(o.text))) > maxValueBytes {
		r.guard.stop(errMany)
	}
	return nil
}

// errNoChoice is a value where records are chosen.
var errNoChoice = errors.New("it gives a value, where it gave true, false or the record before")

// same says that the expression gave the record itself, as select does.
func same(input, v any) bool {
	a, isObject := input.(map[string]any)
	b, isToo := v.(map[string]any)
	return isObject && isToo && reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer()
}

// outcome puts the parts together, in the order of the records.
func (r *run) outcome() outcome {
	o := outcome{stopped: r.guard.why()}
	choice := r.wanted != wantValues
	for from := 0; from < len(r.subjects); from += runChunk {
		p := r.parts[from]
		o.over += p.over
		if o.failed == 0 {
			o.failure, o.failedID = p.failure, p.failedID
		}
		o.failed += p.failed
		for i := range p.outs {
			choice = choice && p.outs[i].given != givenValue
		}
	}
	if choice {
		o.kept = map[string]bool{}
	}
	for from := 0; from < len(r.subjects); from += runChunk {
		for _, given := range r.parts[from].outs {
			r.put(&o, given, choice)
		}
	}
	return o
}

// put keeps the record, or the value.
func (r *run) put(o *outcome, given out, choice bool) {
	of := r.subjects[given.record]
	switch {
	case choice:
		if given.given != givenFalse {
			o.kept[of.id] = true
		}
	case len(o.values) == maxValues:
		o.stopped = errMany
	default:
		o.values = append(o.values, value{n: len(o.values), id: of.id, text: r.text(given)})
	}
}

// text is what was given as JSON.
func (r *run) text(given out) string {
	switch {
	case given.text != "":
		return given.text
	case given.given == givenTrue:
		return "true"
	case given.given == givenFalse:
		return "false"
	}
	return string(r.tools.MaskJSON([]byte(r.subjects[given.record].raw)))
}

package records

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/itchyny/gojq"

	"nango-tui/models/screen"
)

// Bounds of a run.
const (
	maxWorkers = 4
	runChunk   = 128
	// maxPerRecord is how many values an expression may return for one record.
	maxPerRecord = 10_000
	// maxFailure is the size of an error in bytes: it can contain a whole record.
	maxFailure = 1 << 10
)

type input struct{ id, raw string }

// progress is the progress of background work. View reads it while the work counts.
type progress struct {
	done  atomic.Int64
	total int64 // 0 if unknown
}

type result struct {
	applied int
	// matches are the ids of the records that it selects, by returning true or the record itself; nil if it returns
	// other values.
	matches map[string]bool
	values  []value
	// failed is the number of records that it failed for; failure is the first error, for the record failedID.
	failed            int
	failure, failedID string
	// stopReason is why it was not applied to all records; nil if it was.
	stopReason error
}

// value is a value that an expression returned for a record.
type value struct {
	n    int // its index among all values
	id   string
	text string // JSON on one line
}

type outputKind uint8

const (
	outputFalse outputKind = iota // false or null
	outputTrue
	outputSelf
	outputValue
)

type output struct {
	record int
	kind   outputKind
	text   string
}

type resultMode uint8

const (
	modeAuto   resultMode = iota // to select records, or for values if it returns any
	modeFilter                   // to select records; a value is an error
	modeValues                   // for values, including true and false
)

type run struct {
	guard    limiter
	code     *gojq.Code
	inputs   []input
	tools    screen.Tools
	progress *progress
	mode     resultMode

	next   atomic.Int64 // the first record of the next chunk
	values atomic.Int64
	bytes  atomic.Int64

	parts []chunkResult // of each runChunk records
}

type chunkResult struct {
	outputs           []output
	applied, failed   int
	failure, failedID string
}

// apply applies an expression to records. If ctx ends, it returns an error; at a limit, it returns the result so far.
func apply(ctx context.Context, tools screen.Tools, code *gojq.Code, inputs []input, p *progress, w resultMode) (result, error) {
	r := &run{code: code, inputs: inputs, tools: tools, progress: p, mode: w, parts: make([]chunkResult, (len(inputs)+runChunk-1)/runChunk)}
	done := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		r.guard.watch(ctx, done)
	}()
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), maxWorkers) {
		workers.Go(r.runChunks)
	}
	workers.Wait()
	close(done)
	<-watched
	if err := ctx.Err(); err != nil {
		return result{}, err
	}
	return r.merge(), nil
}

func (r *run) runChunks() {
	d := newDecoder(r.tools.Policy)
	for !r.guard.stopped.Load() {
		from := int(r.next.Add(runChunk)) - runChunk
		if from >= len(r.inputs) {
			return
		}
		p := &r.parts[from/runChunk]
		for i := from; i < min(from+runChunk, len(r.inputs)) && !r.guard.stopped.Load(); i++ {
			if err := r.runRecord(p, d, i); err != nil {
				p.fail(r.inputs[i].id, err)
			}
			p.applied++
			r.progress.done.Add(1)
		}
	}
}

func (p *chunkResult) fail(id string, err error) {
	if p.failed == 0 {
		p.failure, p.failedID = truncate(err.Error(), maxFailure), id
	}
	p.failed++
}

// truncate shortens a text to a number of bytes, at a character boundary.
func truncate(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// runRecord applies the expression to one record. A panic of the interpreter is an error of this record.
func (r *run) runRecord(p *chunkResult, d *decoder, i int) (err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			err = fmt.Errorf(textPanic, trouble)
		}
	}()
	input := d.record(r.inputs[i].raw)
	results := r.code.RunWithContext(&recordContext{Context: context.Background(), guard: &r.guard}, input, location())
	for n := 0; ; n++ {
		v, more := results.Next()
		if !more {
			return nil
		}
		if failure, failed := v.(error); failed {
			return r.recordError(failure)
		}
		if n == maxPerRecord {
			r.guard.stop(errTooManyPerRecord)
			return nil
		}
		if err := r.addOutput(p, i, input, v); err != nil {
			return err
		}
	}
}

// recordError returns the error of the record; nil for one that ends the whole run.
func (r *run) recordError(failure error) error {
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
	return explained(failure)
}

func (r *run) addOutput(p *chunkResult, i int, input, v any) error {
	o := output{record: i}
	switch v := v.(type) {
	case nil:
	case bool:
		if v {
			o.kind = outputTrue
		}
	default:
		if isSameObject(input, v) {
			o.kind = outputSelf
			break
		}
		text, err := encode(nil, v, 0)
		if err != nil {
			return err
		}
		if o.kind, o.text = outputValue, string(text); r.mode == modeFilter {
			return errNotFilter
		}
	}
	if o.kind == outputFalse && v == nil {
		o.text = "null"
	}
	p.outputs = append(p.outputs, o)
	if r.values.Add(1) > int64(maxValues+len(r.inputs)) || r.bytes.Add(int64(len(o.text))) > maxValueBytes {
		r.guard.stop(errTooMany)
	}
	return nil
}

// errNotFilter is a value in modeFilter.
var errNotFilter = errors.New(textNotFilter)

// isSameObject reports whether the expression returned the record itself, as select does.
func isSameObject(input, v any) bool {
	a, isObject := input.(map[string]any)
	b, isToo := v.(map[string]any)
	return isObject && isToo && reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer()
}

// merge combines the chunks in the order of the records.
func (r *run) merge() result {
	o := result{stopReason: r.guard.stopReason()}
	choice := r.mode != modeValues
	for _, p := range r.parts {
		o.applied += p.applied
		if o.failed == 0 {
			o.failure, o.failedID = p.failure, p.failedID
		}
		o.failed += p.failed
		choice = choice && !slices.ContainsFunc(p.outputs, func(given output) bool { return given.kind == outputValue })
	}
	if choice {
		o.matches = map[string]bool{}
	}
	for _, p := range r.parts {
		for _, given := range p.outputs {
			r.addResult(&o, given, choice)
		}
	}
	return o
}

func (r *run) addResult(o *result, given output, choice bool) {
	of := r.inputs[given.record]
	switch {
	case choice:
		if given.kind != outputFalse {
			o.matches[of.id] = true
		}
	case len(o.values) == maxValues:
		o.stopReason = errTooMany
	default:
		o.values = append(o.values, value{n: len(o.values), id: of.id, text: r.outputText(given)})
	}
}

func (r *run) outputText(given output) string {
	switch {
	case given.text != "":
		return given.text
	case given.kind == outputTrue:
		return "true"
	case given.kind == outputFalse:
		return "false"
	}
	return string(r.tools.MaskJSON([]byte(r.inputs[given.record].raw)))
}

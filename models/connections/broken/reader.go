package broken

import (
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
)

// Bounds of what is asked of the logs by itself.
const (
	// checkedFirst errors of each integration and kind are checked when the list is opened, checkedMore for each key.
	checkedFirst = 3
	checkedMore  = 20
	// maxBatches requests are sent for that.
	maxBatches = 6
	// maxBroken broken connections are kept.
	maxBroken = 20_000
	// messagesRead is how many of the latest messages of an operation are read.
	messagesRead = 30
	// hours is the length of the chart of failures.
	hours = 24
)

// item is an error of a connection.
type item struct {
	ref      nango.ConnectionRef
	provider string
	customer nango.Customer
	created  time.Time
	// kind is "auth" or "sync".
	kind, logID string
	failedAt    time.Time // zero if unknown
	// cause is nil until its log was read.
	cause *cause.Cause
}

// counted is a connection as it is read: its errors, if it has any.
type counted struct {
	ref    nango.ConnectionRef
	errors []item
}

func count(c *nango.Connection) counted {
	r := counted{ref: nango.ConnectionRef{Integration: strings.Clone(c.Integration), ID: strings.Clone(c.ID)}}
	for _, e := range c.Errors {
		at, _ := e.At()
		who := c.Customer()
		r.errors = append(r.errors, item{ref: r.ref, provider: strings.Clone(c.Provider), created: c.Created, kind: strings.Clone(e.Type),
			logID: strings.Clone(e.LogID), failedAt: at,
			customer: nango.Customer{Name: strings.Clone(who.Name), Detail: strings.Clone(who.Detail)}})
	}
	return r
}

// reader reads the broken connections, then the logs of some of them.
type reader struct {
	pages *nango.ConnectionPages
	load  screen.Load[[]counted]
	logs  screen.Load[nango.LogBatch]
	at    time.Time
	// all is how many connections each integration has, and items are the errors.
	all   map[string]int
	items []*item
	// isCut means that there are more errors than are kept.
	isCut   bool
	batches int
	// failures are how many operations failed in each of the last hours, the oldest first, by connection.
	failures map[nango.ConnectionRef]*[hours]int
	// failuresCut means that only the newest failures are counted.
	failuresCut, failuresRead bool
	// writes is the store's when reading began.
	writes  int
	changed func()
}

// keep keeps what was read for the next visit, unless logs could not be read.
func (r *reader) keep(t *screen.Turn) {
	if r.logs.HasFailed() {
		return
	}
	t.Store.KeepWork(Route, reader{at: r.at, all: r.all, items: r.items, isCut: r.isCut, failures: r.failures,
		failuresCut: r.failuresCut, failuresRead: r.failuresRead}, r.at, r.writes)
}

// read reads everything again.
func (r *reader) read(t *screen.Turn) {
	r.logs.Cancel(t)
	r.pages = nango.NewConnectionPages(nango.ConnectionQuery{})
	r.all, r.items, r.isCut, r.batches, r.failuresRead = map[string]int{}, nil, false, 0, false
	r.writes = t.Store.Writes()
	began := t.Now
	r.next(t, func() { r.at = began })
}

func (r *reader) next(t *screen.Turn, done func()) {
	query, more := r.pages.NextQuery()
	if !more {
		done()
		r.changed()
		r.check(t, r.sample(checkedFirst))
		return
	}
	r.load.Fetch(t, nango.ConnectionRows(query, count), func(t *screen.Turn) {
		if r.load.HasFailed() {
			return
		}
		for _, c := range nango.AddRows(r.pages, r.load.Value, func(c *counted) nango.ConnectionRef { return c.ref }) {
			r.all[c.ref.Integration]++
			for i := range c.errors {
				if len(r.items) >= maxBroken {
					r.isCut = true
					break
				}
				r.items = append(r.items, r.withCause(t, &c.errors[i]))
			}
		}
		r.load.Value = nil
		r.changed()
		r.next(t, done)
	})
}

// withCause takes the cause that another screen has found for the same error.
func (r *reader) withCause(t *screen.Turn, i *item) *item {
	if known, ok := t.Store.CauseOf(i.ref); ok && known.LogID == i.logID {
		i.cause = &known.Cause
	}
	return i
}

// bucket is what is sampled: the errors of a kind at an integration.
type bucket struct{ integration, kind string }

func (i *item) bucket() bucket { return bucket{i.ref.Integration, i.kind} }

// sample returns errors to check: of each bucket as many that at least n are known, the latest first.
func (r *reader) sample(n int) []*item {
	known := map[bucket]int{}
	for _, i := range r.items {
		if i.cause != nil {
			known[i.bucket()]++
		}
	}
	var chosen []*item
	for _, i := range r.latest() {
		if b := i.bucket(); i.cause == nil && known[b] < n && nango.IsLogID(i.logID) {
			known[b]++
			chosen = append(chosen, i)
		}
	}
	return chosen
}

func (r *reader) latest() []*item {
	all := slices.Clone(r.items)
	slices.SortStableFunc(all, func(a, b *item) int { return b.failedAt.Compare(a.failedAt) })
	return all
}

// check reads the logs of errors, a batch after another in the background.
func (r *reader) check(t *screen.Turn, some []*item) {
	if len(some) == 0 && r.failuresRead || r.batches >= maxBatches {
		r.keep(t)
		return
	}
	r.batches++
	query := nango.LogBatchQuery{}
	most := nango.MaxLogBatch
	if !r.failuresRead {
		most--
		query.Pages = []nango.LogQuery{{States: []string{nango.LogFailed, nango.LogTimedOut}, From: t.Now.Add(-hours * time.Hour),
			Limit: nango.MaxLogPage}}
	}
	now, rest := some[:min(len(some), most)], some[min(len(some), most):]
	for _, i := range now {
		query.Details = append(query.Details, nango.LogSelection{ID: i.logID, Messages: nango.MessageQuery{Limit: messagesRead}})
	}
	background := t.Background
	t.Background = true
	r.logs.Fetch(t, nango.GetLogBatch(query), func(t *screen.Turn) {
		if r.logs.HasFailed() {
			r.changed()
			return
		}
		r.take(t, now, r.logs.Value)
		r.logs.Value = nango.LogBatch{}
		r.changed()
		r.check(t, rest)
	})
	t.Background = background
}

// take notes the causes of a batch.
func (r *reader) take(t *screen.Turn, asked []*item, batch nango.LogBatch) {
	for n, i := range asked {
		if n >= len(batch.Details) {
			break
		}
		why := whyNotRead
		d := batch.Details[n]
		if e, ok := nango.AsError(d.Err); ok && e.Kind == nango.NotFound {
			why = whyGone
		}
		found := cause.NotKnown(nango.ConnectionError{Type: i.kind, LogID: i.logID}, i.ref, why)
		if d.Err == nil {
			d.Operation.Provider = i.provider
			found = cause.Of(cause.Input{Operation: d.Operation, Messages: d.Messages, Connected: i.created, Mask: t.Mask})
			t.Store.LearnCause(t.Now, i.ref, i.logID, cause.Finding{Cause: found})
		}
		i.cause = &found
	}
	if len(batch.Pages) > 0 && batch.Pages[0].Err == nil {
		r.countFailures(t.Now, batch.Pages[0].LogPage)
	}
}

func (r *reader) countFailures(now time.Time, page nango.LogPage) {
	r.failuresRead, r.failuresCut = true, page.Cursor != "" && len(page.Operations) < page.Total
	r.failures = map[nango.ConnectionRef]*[hours]int{}
	for _, o := range page.Operations {
		hour := hours - 1 - int(now.Sub(o.Created)/time.Hour)
		if hour < 0 || hour >= hours {
			continue
		}
		if r.failures[o.Ref()] == nil {
			r.failures[o.Ref()] = new([hours]int)
		}
		r.failures[o.Ref()][hour]++
	}
}

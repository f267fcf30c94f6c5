package cause

import (
	"slices"
	"time"

	"nango-tui/nango"
)

// Bounds of what is asked about a connection's errors.
const (
	// MaxFindings is how many errors of a connection are looked up. It can have one for the authentication and one per sync.
	MaxFindings = 3
	// Retention is how far back Nango's logs go by default.
	Retention = 15 * 24 * time.Hour
	// recentOperations is how many of the latest operations are read, of any state.
	recentOperations = 20
	// countedFailures is how many failures are read to count them and to find the first one.
	countedFailures = 100
	// messagesRead is how many of the latest messages of a failed operation are read.
	messagesRead = 50
)

// Pages of the batch, in order.
const (
	pageRecent = iota
	pageFailed
	pageSucceeded
)

// Finding is the cause of a connection's error, how often it failed, and since when.
type Finding struct {
	Cause
	// Total is how often it failed since it worked last, as far as the logs go; 0 if unknown. If IsExact is not set, there may be more.
	Total int
	// First is the first failure of these; zero if unknown. If IsExact is not set, there may be earlier ones.
	First   time.Time
	IsExact bool
	// Worked is when the same worked last; zero if unknown.
	Worked time.Time
	// Earlier is the cursor for earlier failures; empty if there are none.
	Earlier string
}

// Question is what the logs are asked about a connection, in one batch: the operations of its errors, its latest operations, and, if
// it has an error, the failures and successes of the same kind.
type Question struct {
	Ref    nango.ConnectionRef
	Errors []nango.ConnectionError
	Now    time.Time
}

// Looked are the errors that are looked up, the authentication first: without it, nothing works.
func (q Question) Looked() []nango.ConnectionError {
	all := slices.Clone(q.Errors)
	slices.SortStableFunc(all, func(a, b nango.ConnectionError) int { return authFirst(a) - authFirst(b) })
	return all[:min(len(all), MaxFindings)]
}

func authFirst(e nango.ConnectionError) int {
	if e.Type == typeAuth {
		return 0
	}
	return 1
}

// Batch is the request.
func (q Question) Batch() nango.LogBatchQuery {
	var b nango.LogBatchQuery
	b.Pages = append(b.Pages, q.list(recentOperations, nil))
	errors := q.Looked()
	for _, e := range errors {
		if nango.IsLogID(e.LogID) {
			b.Details = append(b.Details, nango.LogSelection{ID: e.LogID, Messages: nango.MessageQuery{Limit: messagesRead}})
		}
	}
	if len(errors) > 0 {
		b.Pages = append(b.Pages, q.Failures(""), q.list(recentOperations, successKinds(errors[0].Type), nango.LogSucceeded))
	}
	return b
}

// list selects operations of the connection as far back as the logs go.
func (q Question) list(limit int, kinds []nango.LogKind, states ...string) nango.LogQuery {
	return nango.LogQuery{Integrations: []string{q.Ref.Integration}, Connections: []string{q.Ref.ID}, From: q.Now.Add(-Retention),
		Limit: limit, Operations: kinds, States: states}
}

// Failures is the list of failures of the first error's kind, from a cursor on.
func (q Question) Failures(cursor string) nango.LogQuery {
	var kinds []nango.LogKind
	if errors := q.Looked(); len(errors) > 0 {
		kinds = failureKinds(errors[0].Type)
	}
	list := q.list(countedFailures, kinds, nango.LogFailed, nango.LogTimedOut)
	list.Cursor = cursor
	return list
}

func failureKinds(failure string) []nango.LogKind {
	if failure == typeAuth {
		return []nango.LogKind{{Type: typeAuth, Actions: []string{actionRefresh, "connection_test"}}}
	}
	return []nango.LogKind{{Type: typeSync, Actions: []string{"run"}}}
}

// successKinds are the operations whose success means that the error is over: a new connection has new credentials, too.
func successKinds(failure string) []nango.LogKind {
	if failure == typeAuth {
		return []nango.LogKind{{Type: typeAuth, Actions: []string{actionRefresh, "connection_test", "create_connection"}}}
	}
	return failureKinds(failure)
}

// Answer is what the logs say about a connection's errors.
type Answer struct {
	// Findings are the causes, in the order of the errors that were looked up.
	Findings []Finding
	// More is how many errors were not looked up.
	More int
	// Recent are the latest operations, newest first, and Total how many there are.
	Recent []nango.LogOperation
	Total  int
	// Err is why the latest operations could not be read.
	Err error
}

// Read reads the batch that [Question.Batch] asked for.
func (q Question) Read(batch nango.LogBatch, connection nango.Connection, mask func(string) string) Answer {
	a := Answer{More: max(len(q.Errors)-MaxFindings, 0)}
	page := func(n int) nango.LogPageResult {
		if n < len(batch.Pages) {
			return batch.Pages[n]
		}
		return nango.LogPageResult{}
	}
	recent := page(pageRecent)
	a.Recent, a.Total, a.Err = recent.Operations, recent.Total, recent.Err
	details := batch.Details
	for i, e := range q.Looked() {
		var f Finding
		switch {
		case !nango.IsLogID(e.LogID):
			f.Cause = NotKnown(e, q.Ref, textNoLogID)
		case len(details) == 0:
			f.Cause = NotKnown(e, q.Ref, textNotAnswered)
		default:
			f.Cause, details = q.cause(details[0], e, connection, mask), details[1:]
		}
		if i == 0 {
			f.count(page(pageFailed), page(pageSucceeded))
		}
		a.Findings = append(a.Findings, f)
	}
	return a
}

func (q Question) cause(d nango.LogDetailResult, e nango.ConnectionError, c nango.Connection, mask func(string) string) Cause {
	if d.Err != nil {
		why := d.Err.Error()
		if failed, ok := nango.AsError(d.Err); ok && failed.Kind == nango.NotFound {
			why = textLogGone
		}
		return NotKnown(e, q.Ref, why)
	}
	d.Operation.Provider = c.Provider
	return Of(Input{Operation: d.Operation, Messages: d.Messages, Connected: c.Created, Mask: mask})
}

// count counts the failures since the same worked last.
func (f *Finding) count(failed, succeeded nango.LogPageResult) {
	if failed.Err != nil {
		return
	}
	if succeeded.Err == nil {
		for _, o := range succeeded.Operations {
			if f.isOf(o) && failedAt(o).After(f.Worked) && (f.At.IsZero() || failedAt(o).Before(f.At)) {
				f.Worked = failedAt(o)
			}
		}
	}
	f.Earlier = failed.Cursor
	f.IsExact = failed.Cursor == "" || len(failed.Operations) >= failed.Total
	f.AddFailures(failed.Operations)
	if f.IsExact {
		f.Earlier = ""
	}
}

// AddFailures counts earlier failures, newest first.
func (f *Finding) AddFailures(all []nango.LogOperation) {
	for _, o := range all {
		at := failedAt(o)
		if !f.Worked.IsZero() && !at.After(f.Worked) {
			f.IsExact = true // it worked before
			return
		}
		if f.isOf(o) {
			f.Total++
			if f.First.IsZero() || at.Before(f.First) {
				f.First = at
			}
		}
	}
}

// isOf reports whether an operation did the same: the same function, or the authentication.
func (f *Finding) isOf(o nango.LogOperation) bool {
	return o.Type == f.Type && (f.Function == "" || line(o.Function) == f.Function)
}

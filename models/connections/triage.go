package connections

import (
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
)

// maxFirstPages is how many pages of failures are read to find the first one.
const maxFirstPages = 20

// triage is why the connection is broken, from Nango's logs. The page works without.
type triage struct {
	logs screen.Load[nango.LogBatch]
	// question is what the logs were asked last, and errors are the log ids that it was about.
	question cause.Question
	errors   string
	answer   cause.Answer
	// provider is the provider's entry in the catalog: its name for people, and its auth mode.
	provider screen.Load[nango.Provider]
	// refresh is the cause that a failed refresh of this program has told; nil if there is none, or if the logs are newer.
	refresh *cause.Cause
	// earlier are pages of failures before those of the batch; firstPages is how many of them were read.
	earlier    screen.Load[nango.LogPage]
	firstPages int
}

// readLogs asks the logs why the connection is broken, and for its latest operations: one request.
func (d *Detail) readLogs(t *screen.Turn) {
	if d.now == nil || d.gone {
		return
	}
	q := cause.Question{Ref: d.ref, Errors: d.now.Errors, Now: t.Now}
	d.triage.question, d.triage.errors, d.triage.firstPages = q, errorWords(d.now), 0
	d.triage.earlier.Cancel(t)
	d.triage.logs.Fetch(t, nango.GetLogBatch(q.Batch()), d.logsArrived)
	d.Rebuild(t)
}

// followErrors asks the logs again if the connection has other errors than those that they were asked about.
func (d *Detail) followErrors(t *screen.Turn) {
	if d.now != nil && !d.gone && d.triage.errors != "" && d.triage.errors != errorWords(d.now) {
		d.readLogs(t)
	}
}

func (d *Detail) logsArrived(t *screen.Turn) {
	d.Rebuild(t)
	if d.triage.logs.HasFailed() || d.now == nil {
		return
	}
	d.triage.answer = d.triage.question.Read(d.triage.logs.Value, *d.now, t.Mask)
	if d.triage.refresh != nil && len(d.triage.answer.Findings) > 0 && d.triage.answer.Findings[0].IsKnown() {
		d.triage.refresh = nil
	}
	d.nameProvider(t)
	if d.now.State() != nango.Healthy && d.now.Provider != "" && !d.triage.provider.IsLoaded() {
		d.triage.provider.FetchKnown(t, nango.GetProvider(d.now.Provider), d.nameProvider)
	}
}

// nameProvider adds what the catalog says about the provider to the causes, and notes the first for other screens.
func (d *Detail) nameProvider(t *screen.Turn) {
	d.Rebuild(t)
	findings, errors := d.triage.answer.Findings, d.triage.question.Looked()
	for i := range findings {
		findings[i].Cause = findings[i].WithProvider(d.triage.provider.Value)
	}
	if len(findings) > 0 {
		t.Store.LearnCause(t.Now, d.ref, errors[0].LogID, findings[0])
	}
}

// refreshFailed takes the cause from the response to a refresh: it is newer than what the logs have said.
func (d *Detail) refreshFailed(t *screen.Turn, err *nango.Error) {
	created := time.Time{}
	if d.now != nil {
		created = d.now.Created
	}
	if found := cause.OfError(err, d.triage.provider.Value, created, t.Now, t.Mask); found.IsKnown() {
		d.triage.refresh = &found
		t.Store.LearnCause(t.Now, d.ref, "", cause.Finding{Cause: found})
	}
}

// mainCause is the cause that what to do next depends on: that of the last refresh, else of the first error.
func (d *Detail) mainCause() (cause.Cause, bool) {
	switch findings := d.triage.answer.Findings; {
	case d.triage.refresh != nil:
		return *d.triage.refresh, true
	case len(findings) > 0 && d.now.State() != nango.Healthy:
		return findings[0].Cause, true
	}
	return cause.Cause{}, false
}

// noLogs is why there are no logs; empty if there are some, or if they are being read.
func (d *Detail) noLogs() string {
	err := d.triage.logs.Err
	if err == nil {
		err = d.triage.answer.Err
	}
	if err == nil || d.triage.logs.IsLoading() && !d.triage.logs.IsLoaded() {
		return ""
	}
	if reason, ok := nango.LogsUnavailable(err); ok {
		return reason
	}
	return textLogsFailed + err.Error()
}

// whyNoFirst is why the first failure can't be searched for.
func (d *Detail) whyNoFirst() string {
	switch f := d.triage.answer.Findings; {
	case len(f) == 0 || f[0].First.IsZero():
		return whyNoFailures
	case f[0].IsExact || f[0].Earlier == "":
		return whyFirstKnown
	case d.triage.firstPages >= maxFirstPages:
		return whyFirstBound
	}
	return screen.DisabledIf(d.triage.earlier.IsLoading() || d.triage.logs.IsLoading(), whyFetching)
}

// findFirst reads earlier failures, page by page, until it finds the first one.
func (d *Detail) findFirst(t *screen.Turn) {
	f := &d.triage.answer.Findings[0]
	d.triage.firstPages++
	d.Rebuild(t)
	d.triage.earlier.Fetch(t, nango.ListLogOperations(d.triage.question.Failures(f.Earlier)), func(t *screen.Turn) {
		d.Rebuild(t)
		if d.triage.earlier.HasFailed() {
			t.Toast(textFirstFailed)
			return
		}
		page := d.triage.earlier.Value
		f.AddFailures(page.Operations)
		if f.Earlier = page.Cursor; f.Earlier == "" {
			f.IsExact = true
		}
		if d.whyNoFirst() == "" {
			d.findFirst(t)
		}
	})
}

// failingFunction is the function that the cause is about, and its type; empty if it is about none.
func (d *Detail) failingFunction() (name, kind string) {
	for _, f := range d.triage.answer.Findings {
		if f.Function != "" && (f.Type == "sync" || f.Type == "action") {
			return f.Function, f.Type
		}
	}
	return "", ""
}

func (d *Detail) openFunction(t *screen.Turn) {
	name, kind := d.failingFunction()
	t.Open(screen.To(functionRoute, d.ref.Integration, name).With("type", kind))
}

// olderErrors are the connection's errors whose operations are not among the latest ones.
func (d *Detail) olderErrors(shown []nango.LogOperation) []nango.ConnectionError {
	return slices.DeleteFunc(slices.Clone(d.now.Errors), func(e nango.ConnectionError) bool {
		return e.LogID == "" || slices.ContainsFunc(shown, func(o nango.LogOperation) bool { return o.ID == e.LogID })
	})
}

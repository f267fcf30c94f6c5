package syncs

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
)

// AllRoute is the name of the route of [All].
const AllRoute = "all-syncs"

// maxAll is how many syncs of an environment are listed. Of more, the healthiest are only counted.
const maxAll = 50_000

// All lists every sync of the environment, the worst first. Their state is expensive for the server, so it is loaded only by the
// user's key, with one request for each integration. No call reloads it: the polls after a command show the outcome.
type All struct {
	*screen.List[allRow, allKey]
	integrations screen.Load[[]nango.Integration]
	load         screen.Task[[]nango.SyncStatus]
	// logs has the runs in progress, which say when they began.
	logs screen.Load[nango.LogPage]
	// queue are the integrations that are still to be loaded, the one in progress first, and total is how many were requested.
	queue []string
	total int
	// stopped is why the rest was not loaded: every other integration would fail, too.
	stopped error
	// rows are the loaded syncs and the integrations that couldn't be loaded, the worst first. Customers are the names of their owners.
	rows      []allRow
	customers map[nango.ConnectionRef]string
	started   map[allKey]time.Time
	counts    [conditions]int
	// cut are the integrations of which only the first [nango.MaxRows] syncs were loaded.
	cut []string
	at  time.Time
	// tally has the number of connections of each integration; nil if they were not all read.
	tally *screen.Tally
	seen  int // version of the store up to which others' facts are shown
}

// allKey is an integration, or one of its syncs.
type allKey struct {
	ref  nango.ConnectionRef
	name nango.SyncName
}

// NewAll creates the screen of the route "all-syncs". Its filter is that of the parameter q.
func NewAll(r screen.Route) (*All, error) {
	if err := r.CheckQuery("q", "view"); err != nil {
		return nil, err
	}
	a := &All{}
	a.List = screen.NewList(textAllTitle, (*allRow).key, allColumns(), allLanguage())
	a.Name, a.ViewName = AllRoute, r.Query.Get("view")
	a.SetFilter(r.Query.Get("q"))
	return a, nil
}

// Refresh loads what is cheap: which integrations there are.
func (a *All) Refresh(t *screen.Turn) {
	a.tally = t.Store.Tally()
	a.integrations.FetchKnown(t, nango.ListIntegrations(), nil)
}

// keys are the integrations to load: those with connections, or all if it is not known which have some.
func (a *All) keys() []string {
	var keys []string
	for _, one := range a.integrations.Value {
		if a.tally == nil || a.tally.More || a.tally.Of(one.Key).All > 0 {
			keys = append(keys, one.Key)
		}
	}
	return keys
}

// read loads the syncs of every integration, one request after another.
func (a *All) read(t *screen.Turn) {
	a.load.Stop(t)
	a.tally = t.Store.Tally()
	a.queue, a.stopped, a.cut, a.at = a.keys(), nil, nil, t.Now
	a.total, a.customers = len(a.queue), t.Store.Customers()
	a.rows = slices.DeleteFunc(a.rows, func(r allRow) bool { return !slices.Contains(a.queue, r.ref.Integration) })
	a.show()
	a.next(t)
}

// next loads the next integration. The requests leave a quarter of the budget to others.
func (a *All) next(t *screen.Turn) {
	if len(a.queue) == 0 {
		a.readStarts(t)
		return
	}
	request := nango.ListSyncs(nango.SyncSelection{Connection: nango.ConnectionRef{Integration: a.queue[0]}, All: true})
	a.load.Start(t, func(ctx context.Context, tools screen.Tools) ([]nango.SyncStatus, error) {
		return screen.Read(ctx, tools, request)
	}, a.loaded)
}

func (a *All) loaded(t *screen.Turn) {
	key, all := a.queue[0], a.load.Value
	a.load.Value = nil
	err := a.load.Err
	if err != nil && !isInternal(err) {
		a.stopped = err
		return
	}
	if len(all) >= nango.MaxRows {
		a.cut = append(a.cut, key)
	}
	atTop := a.Table.Position() == 0
	a.rows = slices.DeleteFunc(a.rows, func(r allRow) bool { return r.ref.Integration == key })
	if err != nil { // one sync without schedule; those of other integrations may be fine
		all, a.rows = nil, append(a.rows, newFailedRow(key, err))
	}
	a.merge(key, all, t.Now)
	if atTop { // worse ones may have come
		a.Table.Top()
	}
	a.queue = a.queue[1:]
	a.next(t)
}

func (a *All) stop(t *screen.Turn) { a.load.Stop(t) }

// runningFor is how far back runs in progress are looked for.
const runningFor = 7 * 24 * time.Hour

// readStarts reads from the logs when the runs in progress began, which takes one request; none if nothing runs.
func (a *All) readStarts(t *screen.Turn) {
	a.logs.Cancel(t)
	if a.logs.Err = nil; a.counts[running]+a.counts[tooLong] == 0 {
		return
	}
	a.logs.Fetch(t, nango.ListLogOperations(nango.LogQuery{Limit: nango.MaxLogPage, States: []string{nango.LogRunning},
		Operations: []nango.LogKind{{Type: "sync", Actions: []string{"run"}}}, From: t.Now.Add(-runningFor)}), func(*screen.Turn) {
		a.started = map[allKey]time.Time{}
		for _, one := range a.logs.Value.Operations { // the newest first
			key := allKey{one.Ref(), nango.SyncName{Name: one.Function}}
			if _, known := a.started[key]; !known && !one.Started.IsZero() {
				a.started[key] = one.Started
			}
		}
		a.logs.Value = nango.LogPage{}
		a.show()
	})
}

// merge adds syncs of an integration, or replaces them.
func (a *All) merge(integration string, all []nango.SyncStatus, at time.Time) {
	fresh := make(map[allKey]allRow, len(all))
	for _, one := range all {
		r := a.newRow(integration, one, at)
		fresh[r.key()] = r
	}
	for i := range a.rows {
		key := a.rows[i].key()
		if r, ok := fresh[key]; ok {
			a.rows[i] = r
			delete(fresh, key)
		}
	}
	a.rows = slices.AppendSeq(a.rows, maps.Values(fresh))
	a.show()
}

func (a *All) newRow(integration string, one nango.SyncStatus, at time.Time) allRow {
	one.Latest, one.Checkpoint = nil, nil // no column shows them, and there are thousands of rows
	ref := nango.ConnectionRef{Integration: integration, ID: one.Connection}
	return newAllRow(ref, a.customers[ref], screen.SyncView{SyncStatus: one, LoadedAt: at})
}

// show sorts and counts the rows. The table has a copy, because a poll changes rows.
func (a *All) show() {
	a.counts = [conditions]int{}
	for i := range a.rows {
		if started, known := a.started[a.rows[i].key()]; known && a.rows[i].condition == running {
			a.rows[i].runningSince(started)
		}
	}
	slices.SortStableFunc(a.rows, func(x, y allRow) int { return byCondition(&x, &y) })
	for i := range a.rows {
		a.counts[a.rows[i].condition]++
	}
	a.Table.SetRows(slices.Clone(a.rows[:min(len(a.rows), maxAll)]))
}

// Notify shows what others have learned about connections whose syncs are loaded.
func (a *All) Notify(t *screen.Turn) {
	if a.seen == t.Store.Version() || len(a.rows) == 0 {
		return
	}
	a.seen = t.Store.Version()
	newer := map[nango.ConnectionRef]screen.KnownSyncs{}
	for i := range a.rows {
		if known, ok := t.Store.SyncsOf(a.rows[i].ref); ok && known.At.After(a.rows[i].LoadedAt) {
			newer[a.rows[i].ref] = known
		}
	}
	for ref, known := range newer {
		a.learn(ref, known.All, known.At)
	}
}

// learn shows some syncs of a connection, which need not say which connection it is.
func (a *All) learn(ref nango.ConnectionRef, all []nango.SyncStatus, at time.Time) {
	all = slices.Clone(all)
	for i := range all {
		all[i].Connection = cmp.Or(all[i].Connection, ref.ID)
	}
	a.merge(ref.Integration, all, at)
}

// LoadedAt is when loading began.
func (a *All) LoadedAt() time.Time { return a.at }

// allLanguage declares the fields of the filter.
func allLanguage() filter.Language[allRow] {
	return filter.Language[allRow]{Text: func(r *allRow) string { return r.search }, Fields: []filter.Field[allRow]{
		filter.EnumField("state", func(r *allRow) string { return conditionWords[r.condition] }, conditionFilters()...),
		filter.TextField("sync", func(r *allRow) string { return r.Name.String() }),
		filter.TextField("integration", func(r *allRow) string { return r.ref.Integration }),
		filter.TextField("customer", (*allRow).who),
		filter.TextField("id", func(r *allRow) string { return r.ref.ID }),
		filter.AgeField("ran", func(r *allRow) (time.Time, bool) { return timeOf(r.FinishedAt) }),
	}}
}

// conditionFilters are the words for the filter "state:".
func conditionFilters() []string {
	var all []string
	for _, words := range conditionWords {
		for _, word := range strings.Fields(words) {
			if !slices.Contains(all, word) {
				all = append(all, word)
			}
		}
	}
	return all
}

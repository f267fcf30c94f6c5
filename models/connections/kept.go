package connections

import (
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// keptRows are the rows of a list, which the store keeps for other lists. The rows are shared with tables and never changed.
type keptRows struct {
	scope scope
	rows  []row
	pages *nango.ConnectionPages
	lifts int
	at    time.Time
	since int // version of the store when reading began
	// version is the version up to which others' facts are in the rows.
	version int
}

func (k *keptRows) isComplete() bool { return k.pages.Done() }

// admits reports whether the scope includes a row.
func (s scope) admits(r *row) bool {
	if key := s.integration(); key != "" && r.integration() != key {
		return false
	}
	if s.query.EndUser == "" && len(s.query.Tags) == 0 {
		return true
	}
	values := map[string]string{}
	for _, p := range r.pairs() {
		values[p.key] = p.value
	}
	for key, value := range s.query.Tags {
		if values[key] != value {
			return false
		}
	}
	return s.query.EndUser == "" || values[endUserID] == s.query.EndUser
}

// Open shows what lists have read before, and loads what is missing or too old.
func (l *List) Open(t *screen.Turn) {
	l.store = t.Store
	kept := newestFor(t.Store, l.scope)
	if kept == nil {
		l.read(t)
		return
	}
	l.takeRows(kept)
	l.seen = kept.version
	l.learnPaused(t.Store)
	l.catchUp(t)
	changed := t.Store.WrittenSince(l.since)
	switch {
	case !t.IsFresh(l.at), t.Store.IsOutdated(l.since, kept.version), len(changed) > maxChanged:
		l.read(t)
		return
	case !l.pages.Done() && !l.pages.AtBound():
		l.readNext(t)
		return
	}
	for _, ref := range changed {
		l.readOne(t, ref)
	}
	l.search(t)
}

// newestFor returns the newest rows for a scope: those of a list of the scope, or a part of all connections. Nil if there are none.
func newestFor(s *screen.Store, of scope) *keptRows {
	var newest *keptRows
	for name, value := range s.Lists() {
		kept, ok := value.(*keptRows)
		if !ok || name != of.words && (name != "" || !kept.isComplete()) {
			continue
		}
		if newest == nil || kept.at.After(newest.at) {
			newest = kept
		}
	}
	if newest == nil || newest.scope.words == of.words {
		return newest
	}
	part := *newest
	part.scope, part.rows = of, nil
	for i := range newest.rows {
		if of.admits(&newest.rows[i]) {
			part.rows = append(part.rows, newest.rows[i])
		}
	}
	return &part
}

// takeRows shows kept rows in place of the list's own.
func (l *List) takeRows(k *keptRows) {
	l.pages, l.lifts, l.at, l.since, l.kept = k.pages, k.lifts, k.at, k.since, k
	l.table.ShareRows(k.rows)
	l.count()
}

// keep keeps the rows for other lists, and counts them if they are all connections.
func (l *List) keep(t *screen.Turn) {
	if l.scope.words == "" {
		y := screen.NewTally(l.at)
		y.More = !l.pages.Done()
		for r := range l.table.Each() {
			y.Add(r.ref(), r.provider(), r.state != nango.Healthy)
		}
		t.Store.SetTally(y)
	}
	kept := &keptRows{scope: l.scope, rows: l.table.Share(), pages: l.pages, lifts: l.lifts, at: l.at, since: l.since}
	kept.version = t.Store.KeepList(l.scope.words, kept)
	l.seen, l.kept = kept.version, kept
	if l.scope.words == "" && kept.isComplete() {
		t.Store.KeepFirst(kept)
	}
}

// Leave keeps what was read so far: the next list goes on from there.
func (l *List) Leave(t *screen.Turn) {
	if l.table.Len() > 0 && l.load.IsLoading() && !l.again {
		l.catchUp(t)
		l.keep(t)
	}
}

// Notify shows what others have learned, and reloads the list if it is outdated.
func (l *List) Notify(t *screen.Turn) {
	if l.at.IsZero() {
		return
	}
	l.catchUp(t)
	if t.Store.IsOutdated(l.since, l.seen) && !l.load.IsLoading() {
		t.Background = true
		l.read(t)
	}
}

// catchUp shows what others have learned, in the order in which they did.
func (l *List) catchUp(t *screen.Turn) {
	if l.seen == t.Store.Version() || l.at.IsZero() {
		return
	}
	l.learnPaused(t.Store)
	var newer []*keptRows
	for _, value := range t.Store.Lists() {
		if kept, ok := value.(*keptRows); ok && kept.version > l.seen && kept != l.kept {
			newer = append(newer, kept)
		}
	}
	for _, fact := range t.Store.FactsSince(l.seen) {
		for len(newer) > 0 && newer[0].version < fact.Version {
			l.mergeKept(newer[0])
			newer = newer[1:]
		}
		l.apply(fact)
	}
	for _, kept := range newer {
		l.mergeKept(kept)
	}
	l.seen = t.Store.Version()
	l.count()
}

// apply shows a fact about one connection. A connection that is new is added only to a complete list: otherwise a later page has it.
func (l *List) apply(f screen.Fact) {
	if f.Connection == nil {
		l.remove(f.Ref)
		return
	}
	r := newRow(f.Connection)
	switch r.found = l.found[f.Ref]; {
	case !l.scope.admits(&r):
		l.remove(f.Ref)
	case l.table.Update(r), !l.pages.Done():
	default:
		l.table.Prepend(r)
	}
}

// mergeKept shows what another list has read later: its rows replace those of the same connections, connections that it should have and
// doesn't are gone, and new ones come first.
func (l *List) mergeKept(k *keptRows) {
	if k.scope.words == l.scope.words {
		l.takeRows(k)
		return
	}
	fresh := map[nango.ConnectionRef]*row{}
	for i := range k.rows {
		if r := &k.rows[i]; l.scope.admits(r) {
			fresh[r.ref()] = r
		}
	}
	var rows []row
	for r := range l.table.Each() {
		ref := r.ref()
		switch now := fresh[ref]; {
		case now != nil:
			rows = append(rows, *now)
			rows[len(rows)-1].found = r.found
			delete(fresh, ref)
		case k.isComplete() && k.scope.admits(r):
			delete(l.found, ref)
		default:
			rows = append(rows, *r)
		}
	}
	var created []row
	if l.pages.Done() {
		for i := range k.rows {
			if fresh[k.rows[i].ref()] != nil {
				created = append(created, k.rows[i])
			}
		}
	}
	l.table.SetRows(append(created, rows...))
}

// gone shows that a connection was deleted.
func (l *List) gone(t *screen.Turn, ref nango.ConnectionRef) {
	t.Store.LearnGone(t.Now, ref)
	l.catchUp(t)
}

package syncs

import (
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Fleet lists the syncs of every connection of an integration. Their state is expensive for the server, which looks
// up one sync after the other, so it is loaded only by the user's key
// and no call reloads it: the polls after a command show the outcome.
type Fleet struct {
	*screen.List[group, string]
	key       string
	functions screen.Load[nango.FunctionPage]
	customers screen.Load[customers]
	load      screen.Load[[]nango.SyncStatus]
	serial    serialLoad
	// requested is the sync that was requested last; empty for all.
	requested string
	// only lists the syncs whose state is loaded, by name; nil for all.
	only []string
	// loaded holds the syncs, and at is when the first of them was loaded.
	loaded map[syncKey]screen.SyncView
	at     time.Time
	// isCut means that there are more syncs than the most that are kept.
	isCut  bool
	counts counts
	seen   int // version of the store up to which others' facts are shown
}

// Notify shows what others have learned about connections whose syncs are loaded.
func (s *Fleet) Notify(t *screen.Turn) {
	if s.seen == t.Store.Version() || len(s.loaded) == 0 {
		return
	}
	s.seen = t.Store.Version()
	newer := map[string]screen.KnownSyncs{}
	for key, one := range s.loaded {
		ref := nango.ConnectionRef{Integration: s.key, ID: key.connection}
		if known, ok := t.Store.SyncsOf(ref); ok && known.At.After(one.LoadedAt) {
			newer[key.connection] = known
		}
	}
	for connection, known := range newer {
		all := slices.Clone(known.All)
		for i := range all {
			all[i].Connection = connection
		}
		s.merge(all, known.At)
	}
}

type customers struct {
	names map[string]string // by connection id
	// more is whether there are more connections than were loaded.
	more bool
}

// maxCustomers is how many connections are loaded for their customers' names: one page.
const maxCustomers = nango.MaxPage

func customersOf(rows []nango.Connection) customers {
	d := customers{names: make(map[string]string, len(rows)), more: len(rows) >= maxCustomers}
	for _, c := range rows {
		d.names[c.ID] = c.Customer().Name
	}
	return d
}

func newFleet(key string) *Fleet {
	list := screen.NewList("Syncs of "+key, func(g *group) string { return g.id }, fleetColumns(), groupLanguage())
	return &Fleet{List: list, key: key, loaded: map[syncKey]screen.SyncView{}}
}

// Refresh loads what is cheap: the functions and the customers' names. The state of the syncs is loaded only by the user's key.
func (s *Fleet) Refresh(t *screen.Turn) {
	s.functions.FetchKnown(t, listSyncFunctions(s.key), nil)
	query := nango.ConnectionQuery{Integrations: []string{s.key}, Limit: maxCustomers}
	s.customers.FetchKnown(t, nango.Map(nango.ListConnections(query), customersOf), func(*screen.Turn) { s.updateRows() })
}

// fetch loads the state of one sync of every connection, or of all syncs if the name is empty.
func (s *Fleet) fetch(t *screen.Turn, name string) {
	s.requested = name
	s.serial.reset(t)
	selection := nango.SyncSelection{Connection: nango.ConnectionRef{Integration: s.key}, All: name == ""}
	if name != "" {
		selection.Syncs = []nango.SyncName{{Name: name}}
	}
	s.load.Fetch(t, nango.ListSyncs(selection), s.showLoaded)
}

func (s *Fleet) showLoaded(t *screen.Turn) {
	if s.load.HasFailed() {
		return
	}
	clear(s.loaded)
	s.at, s.only = t.Now, nil
	if s.requested != "" {
		s.only = []string{s.requested}
	}
	s.isCut = len(s.load.Value) >= nango.MaxRows
	s.merge(s.load.Value, t.Now)
	s.load.Value = nil
}

func (s *Fleet) fetchOneByOne(t *screen.Turn) {
	s.load.Cancel(t)
	clear(s.loaded)
	s.at, s.requested, s.only, s.load.Err = t.Now, "", []string{}, nil
	s.updateRows()
	var names []nango.SyncName
	for _, one := range s.functions.Value.Functions {
		names = append(names, nango.SyncName{Name: one.Name})
	}
	s.serial.start(t, nango.ConnectionRef{Integration: s.key}, names, func(t *screen.Turn, some []nango.SyncStatus) {
		s.only = s.serial.loadedNames()
		s.merge(some, t.Now)
	})
}

func (s *Fleet) stop(t *screen.Turn) {
	s.load.Cancel(t)
	s.serial.load.Cancel(t)
}

// isLoading reports whether a load that may take minutes is in progress.
func (s *Fleet) isLoading() bool { return s.load.IsLoading() || s.serial.load.IsLoading() }

// showPolled shows what a poll after a command returned.
func (s *Fleet) showPolled(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus) {
	if len(s.loaded) == 0 {
		return
	}
	if look.All && look.Connection.ID == "" {
		clear(s.loaded)
		s.only = nil
	}
	s.merge(all, t.Now)
}

func (s *Fleet) merge(all []nango.SyncStatus, at time.Time) {
	for _, one := range all {
		s.loaded[syncKey{one.Connection, one.Name}] = screen.SyncView{SyncStatus: one, LoadedAt: at}
	}
	s.updateRows()
}

func (s *Fleet) updateRows() {
	s.counts = counts{}
	for _, one := range s.loaded {
		s.counts.add(&one)
	}
	s.Table.SetRows(groupByConnection(s.loaded, s.customers.Value.names))
}

// LoadedAt is when the state was loaded.
func (s *Fleet) LoadedAt() time.Time { return s.at }

package syncs

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/table"
)

// Fleet is the syncs of every connection of an integration. How they stand is costly for the server, which looks each one
// up after the other: it is read when somebody asks for it, and never by itself.
type Fleet struct {
	key       string
	functions screen.Load[nango.FunctionPage]
	who       screen.Load[directory]
	load      screen.Load[[]nango.SyncStatus]
	list      *screen.List[group, string]
	pieces    pieces
	// asked is the sync that is asked for, or was last; empty for all.
	asked string
	// only are the syncs that known holds, of every connection; nil for all.
	only []string
	// known are the syncs that were read, and at when the first of them were.
	known map[syncOf]screen.SyncView
	at    time.Time
	tally tally
}

// directory says whose the connections are, as far as they were read.
type directory struct {
	names map[string]string // by connection id
	// more says that there are others.
	more bool
}

// directoryRead is how many connections are looked at for their names: one page.
const directoryRead = nango.MaxPage

func directoryOf(rows []nango.Connection) directory {
	d := directory{names: make(map[string]string, len(rows)), more: len(rows) >= directoryRead}
	for _, c := range rows {
		d.names[c.ID] = c.Customer().Name
	}
	return d
}

func newFleet(key string) *Fleet {
	table := table.New(func(g *group) string { return g.id }, fleetColumns()...)
	return &Fleet{key: key, known: map[syncOf]screen.SyncView{}, list: screen.NewList(table, "what is broken stands first",
		(*group).matches, fieldState, fieldSync)}
}

// Title names the integration.
func (s *Fleet) Title() string { return "Syncs of " + s.key }

// Open reads what is cheap: the functions, and whose the connections are.
func (s *Fleet) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads again what is cheap. How the syncs stand is read by the user's key alone.
func (s *Fleet) Refresh(t *screen.Turn) {
	s.functions.Fetch(t, nango.ListFunctions(nango.FunctionQuery{Integration: s.key, Type: nango.SyncFunction,
		Limit: nango.MaxFunctionPage}), nil)
	query := nango.ConnectionQuery{Integrations: []string{s.key}, Limit: directoryRead}
	s.who.Fetch(t, nango.Map(nango.ListConnections(query), directoryOf), func(*screen.Turn) { s.fill() })
}

// read asks for the state of one sync of every connection, or of all with an empty name.
func (s *Fleet) read(t *screen.Turn, name string) {
	s.asked = name
	s.pieces.drop(t)
	selection := nango.SyncSelection{Connection: nango.ConnectionRef{Integration: s.key}, All: name == ""}
	if name != "" {
		selection.Syncs = []nango.SyncName{{Name: name}}
	}
	s.load.Fetch(t, nango.ListSyncs(selection), s.arrived)
}

func (s *Fleet) arrived(t *screen.Turn) {
	if s.load.HasFailed() {
		return
	}
	clear(s.known)
	s.at, s.only = t.Now, nil
	if s.asked != "" {
		s.only = []string{s.asked}
	}
	s.merge(s.load.Value, t.Now)
	s.load.Value = nil
}

// oneByOne reads each sync of every connection by itself.
func (s *Fleet) oneByOne(t *screen.Turn) {
	s.load.Cancel(t)
	clear(s.known)
	s.at, s.asked, s.only, s.load.Err = t.Now, "", []string{}, nil
	s.fill()
	var names []nango.SyncName
	for _, one := range s.functions.Value.Functions {
		names = append(names, nango.SyncName{Name: one.Name})
	}
	s.pieces.begin(t, nango.ConnectionRef{Integration: s.key}, names, func(t *screen.Turn, some []nango.SyncStatus) {
		s.only = s.pieces.answered()
		s.merge(some, t.Now)
	})
}

// stop ends what is being read.
func (s *Fleet) stop(t *screen.Turn) {
	s.load.Cancel(t)
	s.pieces.load.Cancel(t)
}

// waiting says that an answer is under way that may take its time.
func (s *Fleet) waiting() bool { return s.load.IsLoading() || s.pieces.load.IsLoading() }

// looked shows what a look after an order has found.
func (s *Fleet) looked(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus) {
	if len(s.known) == 0 {
		return
	}
	if look.All && look.Connection.ID == "" {
		clear(s.known)
		s.only = nil
	}
	s.merge(all, t.Now)
}

// merge takes syncs as they were read in place of what was known of them.
func (s *Fleet) merge(all []nango.SyncStatus, at time.Time) {
	for _, one := range all {
		s.known[syncOf{one.Connection, one.Name}] = screen.SyncView{SyncStatus: one, LoadedAt: at}
	}
	s.fill()
}

// fill makes the rows anew from what has been read so far.
func (s *Fleet) fill() {
	s.tally = tally{}
	for _, one := range s.known {
		s.tally.add(&one)
	}
	s.list.Table.SetRows(groupsOf(s.known, s.who.Value.names))
}

// LoadedAt is when the state was read.
func (s *Fleet) LoadedAt() time.Time { return s.at }

// Typing says that the filter takes the keys.
func (s *Fleet) Typing() bool { return s.list.Typing() }

// Update takes what is typed into the filter, and the mouse.
func (s *Fleet) Update(_ *screen.Turn, msg tea.Msg) { s.list.Update(msg) }

// Concerns says that no order has the list read again: that would be costly, and the looks after the order tell it.
func (s *Fleet) Concerns(nango.Call) bool { return false }

package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions is what can be done with the connection under the cursor, and with all of the integration.
func (s *Fleet) Actions() []screen.Action {
	if s.Typing() {
		return s.list.TypingActions()
	}
	none := ""
	at := s.list.Table.Cursor()
	if at == nil {
		none = "there is no connection under the cursor"
	}
	all := []screen.Action{
		{ID: screen.Refresh, Title: s.readTitle(), ReadOperation: nango.OpSyncsList, Do: func(t *screen.Turn) { s.read(t, "") }},
		{ID: OpenFleetRow, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(screen.To(Route, s.key, at.id)) }},
		{ID: Choose, Title: "Read one sync", ReadOperation: nango.OpSyncsList, Disabled: s.noFunctions(), Do: s.choose},
		{ID: StopReading, Title: "Stop reading", HideInFooter: !s.waiting(), Disabled: s.notReading(), Do: s.stop},
	}
	all = append(all, orders(s.target(at), none)...)
	all = append(all, screen.Action{ID: AllOfThem, Title: "Every connection", Operation: nango.OpSyncTrigger, Do: s.everyConnection})
	all = append(all, s.list.Actions()...)
	all = append(all, screen.Action{ID: OpenConnection, Title: "Open the connection", HideInFooter: true, Disabled: none,
		Do: func(t *screen.Turn) { t.Open(screen.To(connectionRoute, s.key, at.id)) }})
	return append(all, screen.MoveActions(s.list.Table)...)
}

func (s *Fleet) readTitle() string {
	if s.at.IsZero() {
		return "Read all"
	}
	return "Read all again"
}

func (s *Fleet) noFunctions() string {
	if len(s.functions.Value.Functions) == 0 {
		return "which syncs there are is not known"
	}
	return ""
}

func (s *Fleet) notReading() string {
	if s.waiting() {
		return ""
	}
	return "nothing is being read"
}

// choose lets the user read one sync of every connection, which costs a part of reading all.
func (s *Fleet) choose(t *screen.Turn) {
	var options []screen.Option
	for _, one := range s.functions.Value.Functions {
		options = append(options, screen.Option{Title: one.Name, Detail: one.Frequency, Do: func(t *screen.Turn) { s.read(t, one.Name) }})
	}
	options = append(options, screen.Option{Title: "Each of them", Detail: "one after the other", Do: s.oneByOne})
	t.Pick("Read one sync of every connection", options...)
}

// target is the syncs of the connection under the cursor: all of them where all were asked for, else those that were read.
func (s *Fleet) target(at *group) target {
	if at == nil {
		return target{}
	}
	return target{of: nango.ConnectionRef{Integration: s.key, ID: at.id}, who: at.who, syncs: at.syncs, all: s.only == nil, took: s.looked}
}

// everyConnection offers the orders that go to the whole integration: first for which syncs.
func (s *Fleet) everyConnection(t *screen.Turn) {
	every := s.wide("")
	options := []screen.Option{{Title: "Every sync", Detail: "of " + s.howMany(), Do: every.choose}}
	for _, one := range s.functions.Value.Functions {
		options = append(options, screen.Option{Title: one.Name, Detail: "of " + s.howMany(), Do: s.wide(one.Name).choose})
	}
	t.Pick("Which syncs of every connection of "+s.key, options...)
}

// wide is one sync of every connection, or every sync with an empty name.
func (s *Fleet) wide(name string) target {
	g := target{of: nango.ConnectionRef{Integration: s.key}, all: name == "", took: s.looked, reach: s.howMany()}
	if g.all {
		g.part = s.only
	}
	if name != "" {
		g.only = []nango.SyncName{{Name: name}}
	}
	for _, one := range s.known {
		if name == "" || one.Name.Name == name && one.Name.Variant == "" {
			g.syncs = append(g.syncs, one)
		}
	}
	return g
}

// howMany is how many connections an order to all of them reaches.
func (s *Fleet) howMany() string {
	if text, known := s.connections(); known {
		return text
	}
	return "all connections, which were not counted"
}

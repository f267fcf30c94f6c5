package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Actions returns the actions on the connection under the cursor and on the whole integration.
func (s *Fleet) Actions() []screen.Action {
	at := s.Table.Cursor()
	none := screen.DisabledIf(at == nil, textNoConnection)
	title := "Load all"
	if !s.at.IsZero() {
		title = "Reload all"
	}
	loads := s.isLoading()
	all := []screen.Action{
		{ID: screen.Refresh, Title: title, ReadOperation: nango.OpSyncsList, Do: func(t *screen.Turn) { s.fetch(t, "") }},
		{ID: OpenFleetRow, Title: "Open", Disabled: none, Do: func(t *screen.Turn) { t.Open(screen.To(Route, s.key, at.id)) }},
		{ID: LoadOne, Title: "Load one sync", ReadOperation: nango.OpSyncsList, Do: s.choose,
			Disabled: screen.DisabledIf(len(s.functions.Value.Functions) == 0, textUnknownFunctions)},
		{ID: StopLoading, Title: "Stop loading", HideInFooter: !loads, Disabled: screen.DisabledIf(!loads, textNotLoading), Do: s.stop},
	}
	all = append(all, commandActions(s.target(at), none)...)
	all = append(all, screen.Action{ID: RunOrPauseAll, Title: textRunOrPauseAll, Operation: nango.OpSyncTrigger, Do: s.chooseForAll})
	return s.ActionsAround(all, openConnection(s.target(at).connection, none))
}

// choose lets the user load one sync of every connection, which is cheaper than loading all.
func (s *Fleet) choose(t *screen.Turn) {
	var options []screen.Option
	for _, one := range s.functions.Value.Functions {
		options = append(options, screen.Option{Title: one.Name, Detail: one.Frequency, Do: func(t *screen.Turn) { s.fetch(t, one.Name) }})
	}
	options = append(options, screen.Option{Title: "Each sync", Detail: "one after another", Do: s.fetchOneByOne})
	t.Pick(textLoadOneTitle, options...)
}

// target returns the syncs of the connection under the cursor: all of them if all were requested, otherwise the
// loaded ones.
func (s *Fleet) target(at *group) target {
	if at == nil {
		return target{}
	}
	ref := nango.ConnectionRef{Integration: s.key, ID: at.id}
	return target{connection: ref, customer: at.customer, syncs: at.syncs, all: s.only == nil, onPoll: s.showPolled}
}

func (s *Fleet) chooseForAll(t *screen.Turn) {
	every := s.targetAll("")
	options := []screen.Option{{Title: "Every sync", Detail: "of " + s.connectionCount(), Do: every.choose}}
	for _, one := range s.functions.Value.Functions {
		options = append(options, screen.Option{Title: one.Name, Detail: "of " + s.connectionCount(), Do: s.targetAll(one.Name).choose})
	}
	t.Pick(textWhichSyncs+s.key, options...)
}

// targetAll returns one sync of every connection, or every sync if the name is empty.
func (s *Fleet) targetAll(name string) target {
	ref := nango.ConnectionRef{Integration: s.key}
	g := target{connection: ref, all: name == "", onPoll: s.showPolled, connectionCount: s.connectionCount()}
	if g.all {
		g.loadedNames = s.only
	}
	if name != "" {
		g.only = []nango.SyncName{{Name: name}}
	}
	for _, one := range s.loaded {
		if name == "" || one.Name.Name == name && one.Name.Variant == "" {
			g.syncs = append(g.syncs, one)
		}
	}
	return g
}

func (s *Fleet) connectionCount() string {
	if text, known := s.connections(); known {
		return text
	}
	return textConnectionsNotCounted
}

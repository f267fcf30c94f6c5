package syncs

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

type target struct {
	// connection is the connection; without an id, every connection of the integration.
	connection nango.ConnectionRef
	customer   string
	syncs      []screen.SyncView
	// only names the syncs if they need not be loaded: one sync of every connection.
	only []nango.SyncName
	// connectionCount is the number of connections, in words, for a command to all of them.
	connectionCount string
	// loadedNames names the syncs that are loaded if the command also affects others; otherwise nil.
	loadedNames []string
	// all sends the command to every existing sync and variant, also if not loaded.
	all    bool
	onPoll pollHandler
}

// pollHandler is called with what was polled after a command, and the syncs that the server returned.
type pollHandler func(t *screen.Turn, polled nango.SyncSelection, all []nango.SyncStatus)

// selection is the syncs as a request names them, without duplicates.
func (g target) selection() nango.SyncSelection {
	selection := nango.SyncSelection{Connection: g.connection, All: g.all, Syncs: g.only}
	if g.all || len(g.only) > 0 {
		return selection
	}
	for _, one := range g.syncs {
		if !slices.Contains(selection.Syncs, one.Name) {
			selection.Syncs = append(selection.Syncs, one.Name)
		}
	}
	return selection
}

// maxNamed is the maximum number of syncs that a text names.
const maxNamed = 4

// names is the syncs in words: "contacts, deals and 3 more".
func (g target) names() string {
	switch {
	case g.all && g.connection.ID == "":
		return "every sync"
	case g.all:
		return "all " + ui.Count(len(g.syncs)).String() + " syncs"
	}
	return someOf(texts(g.selection().Syncs))
}

func texts(names []nango.SyncName) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = name.String()
	}
	return all
}

func someOf(names []string) string {
	if more := len(names) - maxNamed; more > 0 {
		return strings.Join(names[:maxNamed], ", ") + " and " + ui.Count(more).String() + " more"
	}
	return strings.Join(names, ", ")
}

// where is the customer, or all connections, for a message.
func (g target) where() string {
	switch {
	case g.connection.ID == "":
		return "every connection of " + g.connection.Integration
	case g.customer != "":
		return g.customer + " · " + g.connection.Integration
	}
	return g.connection.String()
}

// about is where for a dialog, which has the id of the connection.
func (g target) about() string {
	text := g.names() + " · "
	if g.connection.ID == "" {
		return text + g.where()
	}
	if g.customer != "" {
		text += g.customer + " · "
	}
	return text + g.connection.String()
}

func (g target) noun() string {
	if len(g.syncs) == 1 && !g.all {
		return "sync"
	}
	return "syncs"
}

// acceptance says in every dialog what a success means, and how the outcome is checked.
func (g target) acceptance() string {
	text := textAcceptanceOne
	if g.connection.ID == "" {
		text = textAcceptanceAll
	}
	return fmt.Sprintf(text, seconds(acceptTimeout))
}

// propose proposes a command to the syncs. The verb is its name: "Pause".
func (g target) propose(t *screen.Turn, verb string, to goal, request nango.Request[nango.Success], consequences ...string) {
	send(t, g, to, screen.Proposal[nango.Success]{
		Request: request, Title: verb + " " + g.noun(), ConfirmLabel: verb,
		Consequences: append(append(consequences, g.counts()...), g.acceptance()),
	})
}

// send makes a proposal about the syncs, and watches the outcome once it is sent: a success only means that Nango accepted it.
func send[T any](t *screen.Turn, g target, to goal, p screen.Proposal[T]) *outcomeWatch {
	w, then := newOutcomeWatch(g, to), p.Then
	p.About, p.SuccessText, p.OutlivesScreen = g.about(), p.Title+textAccepted, true
	p.OnSent = func(t *screen.Turn) { t.Watch(w) }
	p.Then = func(t *screen.Turn, value T, err error) {
		w.handleResponse(t, err)
		if then != nil {
			then(t, value, err)
		}
	}
	screen.Propose(t, p)
	return w
}

func (g target) counts() []string {
	switch {
	case g.connection.ID == "":
		return []string{textAffectsAllConnections + g.connection.Integration + ": " + g.connectionCount + ". " + g.loadedCount()}
	case g.all:
		return []string{textAffectsAllSyncs + ui.Count(len(g.syncs)).String() + "."}
	}
	return nil
}

func (g target) loadedCount() string {
	if len(g.syncs) == 0 {
		return textStatesNotLoaded
	}
	text := "Loaded: " + ui.Pluralize(len(g.syncs), "sync")
	if g.loadedNames != nil {
		text += " (only " + someOf(g.loadedNames) + ")"
	}
	return text + "."
}

func (g target) pause(t *screen.Turn) {
	g.propose(t, "Pause", goalPaused, nango.PauseSyncs(g.selection()).Keeping(g.undo(true)), textPauseConsequence)
}

func (g target) resume(t *screen.Turn) {
	g.propose(t, "Resume", goalResumed, nango.StartSyncs(g.selection()).Keeping(g.undo(false)), textResumeConsequence)
}

// undo is what the journal keeps of pausing or resuming the syncs of one connection: which of them were paused before. Those of
// all connections aren't known.
func (g target) undo(pause bool) (u nango.Undo) {
	if g.connection.ID == "" || len(g.syncs) == 0 {
		return u
	}
	var names []nango.SyncName
	u.Before = nango.PausedContent(nil, false)
	for i := range g.syncs {
		name := g.syncs[i].Name
		names = append(names, name)
		u.Before.Paused[name.String()] = g.syncs[i].IsPaused()
	}
	u.After = nango.PausedContent(names, pause)
	return u
}

func (g target) trigger(t *screen.Turn) {
	t.Pick("Run "+g.names(),
		screen.Option{Title: "Run now", Detail: textRunDetail, Do: g.run},
		screen.Option{Title: "Reset and run", Detail: textResetDetail, Do: g.reset},
		screen.Option{Title: textEmptyTitle, Detail: textEmptyDetail, Do: g.empty},
	)
}

func (g target) run(t *screen.Turn) {
	g.propose(t, "Run", goalRun, nango.TriggerSyncs(g.selection(), nango.TriggerOptions{}), textRunConsequence)
}

func (g target) reset(t *screen.Turn) {
	request := nango.TriggerSyncs(g.selection(), nango.TriggerOptions{Reset: true})
	g.propose(t, "Reset", goalRun, request, textResetConsequence, "Records are kept. "+textRequiresReset)
}

func (g target) empty(t *screen.Turn) {
	request := nango.TriggerSyncs(g.selection(), nango.TriggerOptions{Reset: true, EmptyCache: true})
	g.propose(t, "Empty", goalRun, request, g.deletedRecords()+textRecordsAddedAgain, textEmptyConsequence+textRequiresReset)
}

func (g target) deletedRecords() string {
	var sum int64
	unknown := len(g.syncs) == 0 || g.loadedNames != nil
	for i := range g.syncs {
		n, known := g.syncs[i].RecordCount()
		if !known {
			unknown = true
			continue
		}
		sum += n
	}
	switch text := "Deletes all records: " + ui.Count(int(sum)).String(); {
	case unknown && sum == 0:
		return textDeletesAllNotCounted
	case unknown:
		return text + textOthersNotCounted
	default:
		return text + "."
	}
}

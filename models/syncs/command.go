package syncs

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// target is the syncs that a command is about.
type target struct {
	// connection is the connection; without an id, every connection of the integration.
	connection nango.ConnectionRef
	// customer is the customer of the connection; empty if not loaded.
	customer string
	// syncs are the syncs as they were loaded last.
	syncs []screen.SyncView
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
	seen := map[nango.SyncName]bool{}
	for _, one := range g.syncs {
		if !seen[one.Name] {
			seen[one.Name] = true
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
	var names []string
	for _, one := range g.selection().Syncs {
		names = append(names, one.String())
	}
	return someOf(names)
}

func someOf(names []string) string {
	if more := len(names) - maxNamed; more > 0 {
		return strings.Join(names[:maxNamed], ", ") + " and " + ui.Count(more).String() + " more"
	}
	return strings.Join(names, ", ")
}

// where is the connection in words, or "every connection".
func (g target) where() string {
	if g.connection.ID == "" {
		return "every connection of " + g.connection.Integration
	}
	text := g.connection.ID + " of " + g.connection.Integration
	if g.customer != "" {
		return g.customer + " · " + text
	}
	return text
}

func (g target) about() string { return g.names() + " · " + g.where() }

// noun is "sync" or "syncs", for a title.
func (g target) noun() string {
	if len(g.syncs) == 1 && !g.all {
		return "sync"
	}
	return "syncs"
}

// acceptance says in every dialog what a success means, and how the outcome is checked.
func (g target) acceptance() string {
	if g.connection.ID == "" {
		return fmt.Sprintf(textAcceptanceAll, seconds(acceptTimeout))
	}
	return fmt.Sprintf(textAcceptanceOne, seconds(acceptTimeout))
}

// command is a command to Nango and the words of its dialog.
type command struct {
	verb         string // "Pause"
	consequences []string
	goal         goal
}

// propose proposes a command, and watches its outcome once it is sent.
func (g target) propose(t *screen.Turn, c command, request nango.Request[nango.Success]) {
	title, w := c.verb+" "+g.noun(), newOutcomeWatch(g, c.goal)
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: request, Title: title, About: g.about(), ConfirmLabel: c.verb, SuccessText: acceptedText(title),
		Consequences: append(append(c.consequences, g.counts()...), g.acceptance()),
		OnSent:       func(t *screen.Turn) { t.Watch(w) }, OutlivesScreen: true,
		Then: func(t *screen.Turn, _ nango.Success, err error) { w.handleResponse(t, err) },
	})
}

// acceptedText is shown when Nango answers with success, which only means that it accepted the command.
func acceptedText(title string) string {
	return title + textAccepted
}

// counts says how many connections and syncs the command affects.
func (g target) counts() []string {
	switch {
	case g.connection.ID == "":
		return []string{textAffectsAllConnections + g.connection.Integration + ": " + g.connectionCount + ". " + g.loadedCount()}
	case g.all:
		return []string{textAffectsAllSyncs + ui.Count(len(g.syncs)).String() + "."}
	}
	return nil
}

// loadedCount says how many of the syncs were loaded.
func (g target) loadedCount() string {
	switch {
	case len(g.syncs) == 0:
		return textStatesNotLoaded
	case g.loadedNames != nil:
		return "Loaded: " + ui.Pluralize(len(g.syncs), "sync") + " (only " + someOf(g.loadedNames) + ")."
	}
	return "Loaded: " + ui.Pluralize(len(g.syncs), "sync") + "."
}

func (g target) pause(t *screen.Turn) {
	g.propose(t, command{verb: "Pause", goal: goalPaused, consequences: []string{
		textPauseConsequence,
	}}, nango.PauseSyncs(g.selection()))
}

func (g target) resume(t *screen.Turn) {
	g.propose(t, command{verb: "Resume", goal: goalResumed, consequences: []string{
		textResumeConsequence,
	}}, nango.StartSyncs(g.selection()))
}

// trigger lets the user choose how to run the syncs.
func (g target) trigger(t *screen.Turn) {
	t.Pick("Run "+g.names(),
		screen.Option{Title: "Run now", Detail: textRunDetail, Do: g.run},
		screen.Option{Title: "Reset and run", Detail: textResetDetail, Do: g.reset},
		screen.Option{Title: textEmptyTitle, Detail: textEmptyDetail, Do: g.empty},
	)
}

func (g target) run(t *screen.Turn) {
	g.propose(t, command{verb: "Run", goal: goalRun, consequences: []string{
		textRunConsequence,
	}}, nango.TriggerSyncs(g.selection(), nango.TriggerOptions{}))
}

func (g target) reset(t *screen.Turn) {
	g.propose(t, command{verb: "Reset", goal: goalRun, consequences: []string{
		textResetConsequence,
		"Records are kept. " + textRequiresReset,
	}}, nango.TriggerSyncs(g.selection(), nango.TriggerOptions{Reset: true}))
}

func (g target) empty(t *screen.Turn) {
	g.propose(t, command{verb: "Empty", goal: goalRun, consequences: []string{
		g.deletedRecords() + textRecordsAddedAgain,
		textEmptyConsequence + textRequiresReset,
	}}, nango.TriggerSyncs(g.selection(), nango.TriggerOptions{Reset: true, EmptyCache: true}))
}

// deletedRecords says how many records are deleted, as far as that is known.
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

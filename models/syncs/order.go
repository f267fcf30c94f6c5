package syncs

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// target is whom an order is about.
type target struct {
	// of names the connection; without an id every connection of the integration.
	of nango.ConnectionRef
	// who is the customer whose connection it is; empty where that was not read.
	who string
	// syncs are those meant, as they were read last.
	syncs []screen.SyncView
	// only names the syncs where they need not have been read: one sync of every connection.
	only []nango.SyncName
	// reach is how many connections there are, in words, for an order to all of them.
	reach string
	// part are the syncs that syncs holds, where others are meant as well that were not read; nil where none are.
	part []string
	// all sends the order to every sync and variant that there is, also such as were not read.
	all bool
	// took is told what the looks after the order have found.
	took func(t *screen.Turn, look nango.SyncSelection, all []nango.SyncStatus)
}

// selection names the syncs to Nango. Names that stand there for several connections are named once.
func (g target) selection() nango.SyncSelection {
	selection := nango.SyncSelection{Connection: g.of, All: g.all, Syncs: g.only}
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

// maxNamed bounds how many syncs a text names.
const maxNamed = 4

// names are the syncs in words: "contacts, deals and 3 more".
func (g target) names() string {
	switch {
	case g.all && g.of.ID == "":
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

// where is the connection in words, or that it is all of them.
func (g target) where() string {
	if g.of.ID == "" {
		return "every connection of " + g.of.Integration
	}
	if g.who != "" {
		return g.who + " · " + g.of.ID + " of " + g.of.Integration
	}
	return g.of.ID + " of " + g.of.Integration
}

func (g target) about() string { return g.names() + " · " + g.where() }

// noun is what a title calls the syncs.
func (g target) noun() string {
	if len(g.syncs) == 1 && !g.all {
		return "sync"
	}
	return "syncs"
}

// taken is what a dialog says of every order: what Nango's yes is worth, and that it is looked at.
func (g target) taken() string {
	if g.of.ID == "" {
		return fmt.Sprintf("Nango's yes says no more than that it has taken the order. Their state is asked for once, after "+
			"%s, which is as costly as reading this list.", seconds(patience))
	}
	return fmt.Sprintf("Nango's yes says no more than that it has taken the order: what comes of it is looked at for %s.", seconds(patience))
}

// order is what is asked of Nango, in the words of its dialog.
type order struct {
	verb string // "Pause"
	goes []string
	goal goal
}

// give proposes an order, and follows it when it is sent.
func (g target) give(t *screen.Turn, o order, request nango.Request[nango.Success]) {
	title, w := o.verb+" "+g.noun(), newFollow(g, o.goal)
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: request, Title: title, About: g.about(), ConfirmLabel: o.verb, SuccessText: tookIt(title),
		Consequences: append(append(o.goes, g.counted()...), g.taken()),
		OnSent:       func(t *screen.Turn) { t.Watch(w) }, OutlivesScreen: true,
		Then: func(t *screen.Turn, _ nango.Success, err error) { w.answered(t, err) },
	})
}

// tookIt is said when Nango has answered yes: it means no more than that.
func tookIt(title string) string {
	return title + ": Nango has taken it; what comes of it is looked at"
}

// counted says what the word all comes to.
func (g target) counted() []string {
	switch {
	case g.of.ID == "":
		return []string{"It goes to every connection of " + g.of.Integration + ": " + g.reach + ". " + g.wereRead()}
	case g.all:
		return []string{"All means every sync with every variant of this connection: " + ui.Count(len(g.syncs)).String() +
			" were there when they were read."}
	}
	return nil
}

// wereRead says what of the syncs was read before.
func (g target) wereRead() string {
	switch {
	case len(g.syncs) == 0:
		return "How their syncs stand was not read."
	case g.part != nil:
		return "Only those of " + someOf(g.part) + " were read: " + ui.Count(len(g.syncs)).String() + "."
	}
	return "Of these syncs " + ui.Count(len(g.syncs)).String() + " were there when they were read."
}

// pause proposes that they are run no more by their schedule.
func (g target) pause(t *screen.Turn) {
	g.give(t, order{verb: "Pause", goal: toPause, goes: []string{
		"The schedule runs nothing more until it is started again. A run that is under way goes on to its end.",
	}}, nango.PauseSyncs(g.selection()))
}

// start proposes that they are run by their schedule again.
func (g target) start(t *screen.Turn) {
	g.give(t, order{verb: "Start", goal: toStart, goes: []string{
		"The schedule runs again; what is due is run at once.",
	}}, nango.StartSyncs(g.selection()))
}

// trigger lets the user choose how they are run.
func (g target) trigger(t *screen.Turn) {
	t.Pick("Run "+g.names(),
		screen.Option{Title: "Run now", Detail: "goes on where the last run ended", Do: g.run},
		screen.Option{Title: "From the start", Detail: "ends a run, forgets the checkpoint; records stay", Do: g.reset},
		screen.Option{Title: "From the start, emptied", Detail: "and removes all records first", Do: g.empty},
	)
}

func (g target) run(t *screen.Turn) {
	g.give(t, order{verb: "Run", goal: toRun, goes: []string{
		"Runs once now, and goes on where the last run ended. What runs already is not run a second time; what is paused stays paused.",
	}}, nango.TriggerSyncs(g.selection(), nango.TriggerOptions{}))
}

// resetSince is the release that understands a reset as it is sent here.
const resetSince = "Nango has this since v0.69.32. An older server may run as usual instead, or refuse."

func (g target) reset(t *screen.Turn) {
	g.give(t, order{verb: "Reset", goal: toRun, goes: []string{
		"A run that is under way is ended, and the checkpoint is forgotten: everything is read from the provider again, which " +
			"may take long and count against its limits.",
		"Records stay. " + resetSince,
	}}, nango.TriggerSyncs(g.selection(), nango.TriggerOptions{Reset: true}))
}

func (g target) empty(t *screen.Turn) {
	g.give(t, order{verb: "Empty", goal: toRun, goes: []string{
		g.recordsGo() + " They come back as new ones while everything is read from the provider again.",
		"A run that is under way is ended, and the checkpoint is forgotten. " + resetSince,
	}}, nango.TriggerSyncs(g.selection(), nango.TriggerOptions{Reset: true, EmptyCache: true}))
}

// recordsGo counts the records that are removed, as far as that is known.
func (g target) recordsGo() string {
	var sum int64
	unknown := len(g.syncs) == 0 || g.part != nil
	for i := range g.syncs {
		n, known := g.syncs[i].RecordCount()
		if !known {
			unknown = true
			continue
		}
		sum += n
	}
	switch {
	case unknown && sum == 0:
		return "All records are removed; how many was not counted."
	case unknown:
		return "All records are removed: " + ui.Count(int(sum)).String() + ", and those of other syncs and variants, which were not counted."
	}
	return "All records are removed: " + ui.Count(int(sum)).String() + "."
}

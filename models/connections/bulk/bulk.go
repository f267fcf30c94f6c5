// Package bulk changes many connections at once: a plan that shows what will happen to which connections, one confirmation for all
// of it, and a run that sends one request after another, can be stopped, and is kept on disk so that nothing is lost with the program.
//
// A [Page] is the plan of a [Run], later its progress and report. The Run is a watch: it goes on while the user is elsewhere, with the
// client of its own profile. [List] lists the runs of this program, and those that ended programs have left.
package bulk

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Route names the list of runs.
const Route = "bulk"

// MaxConnections is the number of connections of a plan; more are left out, and the plan says so.
const MaxConnections = 20_000

// Ids of the actions that plan a change of many connections.
const (
	Delete        screen.ActionID = "bulk.delete"
	SetMetadata   screen.ActionID = "bulk.setMetadata"
	MergeMetadata screen.ActionID = "bulk.mergeMetadata"
	Tags          screen.ActionID = "bulk.tags"
	Pause         screen.ActionID = "bulk.pause"
	Resume        screen.ActionID = "bulk.resume"
	Trigger       screen.ActionID = "bulk.trigger"
	Refresh       screen.ActionID = "bulk.refresh"
	Links         screen.ActionID = "bulk.links"
)

// Target is a connection of a plan, with the name of its customer.
type Target struct {
	Ref      nango.ConnectionRef
	Customer string
}

// change is a kind of change.
type change struct {
	action    screen.ActionID
	operation nango.Operation
	// name is how it is kept in files, action title the action's, title the dialog's, verb its button, past what a run has done.
	name, actionTitle, title, verb, past string
	// does says what it does, each of loses what can't be undone.
	does  string
	loses []string
	// perRequest is how many connections of one integration a request takes.
	perRequest int
	// reads means that the connection is read before its request.
	reads bool
	// form asks for what the change needs; nil if it needs nothing.
	form func(*screen.Turn, *Run) screen.Screen
	// send sends the request for the connections of a span, of which row is the only one if it was read.
	send func(t *screen.Turn, r *Run, s span, row *nango.Connection)
	// prepare is called before each request, on its goroutine; nil if there is nothing to do.
	prepare func(screen.Tools, *Run) error
	// isMade reports whether a row shows that the change was made; nil if rows don't tell.
	isMade func(r *Run, row *nango.Connection) bool
}

// metadataPerRequest is how many connections a request for metadata changes: Nango sends one query for each.
const metadataPerRequest = 100

// changes are all kinds of changes, in the order of the menu. It is never written.
var changes []*change

func init() {
	changes = []*change{
		{action: Links, operation: nango.OpSessionReconnect, name: "links", actionTitle: actionLinks, title: titleLinks, verb: "Create",
			past: pastLinks, does: doesLinks, loses: []string{losesLinks, losesLinkData}, perRequest: 1, reads: true,
			form: linksForm, send: sendLink, prepare: prepareLinks},
		{action: Pause, operation: nango.OpSyncPause, name: "pause", actionTitle: actionPause, title: titlePause, verb: "Pause",
			past: pastPause, does: doesPause, perRequest: 1, form: syncsForm, send: sendPause},
		{action: Resume, operation: nango.OpSyncStart, name: "resume", actionTitle: actionResume, title: titleResume, verb: "Resume",
			past: pastResume, does: doesResume, perRequest: 1, form: syncsForm, send: sendResume},
		{action: Trigger, operation: nango.OpSyncTrigger, name: "run", actionTitle: actionTrigger, title: titleTrigger, verb: "Run",
			past: pastTrigger, does: doesTrigger, loses: []string{losesTrigger}, perRequest: 1, form: syncsForm, send: sendTrigger},
		{action: Refresh, operation: nango.OpConnectionGet, name: "refresh", actionTitle: actionRefresh, title: titleRefresh, verb: "Refresh",
			past: pastRefresh, does: doesRefresh, loses: []string{losesRefresh}, perRequest: 1, send: sendRefresh},
		{action: Tags, operation: nango.OpConnectionUpdate, name: "tags", actionTitle: actionTags, title: titleTags, verb: "Change",
			past: pastTags, does: doesTags, loses: []string{losesTags}, perRequest: 1, reads: true, form: tagsForm, send: sendTags,
			isMade: tagsMade},
		{action: MergeMetadata, operation: nango.OpMetadataMerge, name: "mergeMetadata", actionTitle: actionMerge, title: titleMerge,
			verb: "Merge", past: pastMetadata, does: doesMerge, loses: []string{losesValues}, perRequest: metadataPerRequest,
			form: metadataForm, send: sendMerge, isMade: metadataMerged},
		{action: SetMetadata, operation: nango.OpMetadataSet, name: "setMetadata", actionTitle: actionSet, title: titleSet, verb: "Replace",
			past: pastMetadata, does: doesSet, loses: []string{losesMetadata}, perRequest: metadataPerRequest, form: metadataForm,
			send: sendSet, isMade: metadataSet},
		{action: Delete, operation: nango.OpConnectionDelete, name: "delete", actionTitle: actionDelete, title: titleDelete, verb: "Delete",
			past: pastDelete, does: doesDelete, loses: []string{losesDelete, losesHook}, perRequest: 1, send: sendDelete,
			isMade: func(_ *Run, row *nango.Connection) bool { return row == nil }},
	}
}

func changeBy(matches func(*change) bool) *change {
	if found := screen.Find(changes, func(c *change) bool { return matches(c) }); found != nil {
		return *found
	}
	return nil
}

// Actions returns the actions that plan a change of the targets. None is why there are none; empty if there are.
func Actions(runs *Runs, targets func() []Target, none string) []screen.Action {
	all := make([]screen.Action, 0, len(changes))
	for _, c := range changes {
		all = append(all, screen.Action{ID: c.action, Title: c.actionTitle, Operation: c.operation, HideInFooter: true, Disabled: none,
			Do: func(t *screen.Turn) { Plan(t, runs, c.action, targets()) }})
	}
	return all
}

// Options returns the menu of the changes.
func Options(runs *Runs, targets func() []Target) []screen.Option {
	all := make([]screen.Option, 0, len(changes))
	for i, c := range changes {
		all = append(all, screen.Option{Title: c.title, Detail: c.operation.Effect().String(), Key: string(rune('1' + i)),
			Do: func(t *screen.Turn) { Plan(t, runs, c.action, targets()) }})
	}
	return all
}

// Plan opens the plan of a change, after the form of what it needs. The targets are fixed from now on.
func Plan(t *screen.Turn, runs *Runs, id screen.ActionID, targets []Target) {
	r := newRun(t, runs, changeBy(func(c *change) bool { return c.action == id }), targets)
	if r.change.form != nil {
		t.Show(r.change.form(t, r))
		return
	}
	t.Show(newPage(r))
}

package bulk

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"nango-tui/nango"
)

// The kinds of changes: the action, the title of the plan and its dialog, what is done afterwards, what it does and what can't be undone.
const (
	actionLinks = "Reconnect links for many"
	titleLinks  = "Create reconnect links"
	pastLinks   = "created"
	doesLinks   = "Creates a link for each connection, with its current tags, and writes customer, e-mail, link and expiry to a CSV file."
	losesLinks  = "Anyone who has the file can use the links for 30 minutes. They are written nowhere else, not even to the journal."
	// losesLinkData is about what is lost when a customer uses a link.
	losesLinkData = "A customer who finishes loses the webhook override and the connection config, with most auth modes also the metadata."

	actionPause = "Pause syncs of many"
	titlePause  = "Pause syncs"
	pastPause   = "paused"
	doesPause   = "Pauses the schedule of syncs of each connection. Resuming undoes it."

	actionResume = "Resume syncs of many"
	titleResume  = "Resume syncs"
	pastResume   = "resumed"
	doesResume   = "Resumes the schedule of syncs of each connection. Pausing undoes it."

	actionTrigger = "Run syncs of many"
	titleTrigger  = "Run syncs"
	pastTrigger   = "accepted"
	doesTrigger   = "Runs syncs of each connection now. Checkpoints and records are kept."
	losesTrigger  = "What the syncs do at the provider can't be undone. Success only means that Nango accepted the request."

	actionRefresh = "Refresh tokens of many"
	titleRefresh  = "Refresh tokens"
	pastRefresh   = "refreshed"
	doesRefresh   = "Refreshes the token of each connection at its provider, even if it isn't due."
	losesRefresh  = "A failed refresh is counted, logged and reported by Nango. Credentials that are read are not shown or kept."

	actionTags  = "Edit tags of many"
	titleTags   = "Change tags"
	pastTags    = "changed"
	doesTags    = "Changes tags of each connection. It is read first, because a request replaces all of its tags: the others are kept."
	losesTags   = "The journal keeps the previous tags of each, so that they can be put back one by one."
	actionMerge = "Edit metadata of many: merge"
	titleMerge  = "Merge metadata"
	doesMerge   = "Merges an object into the metadata of each connection. Only the top level is merged; null is stored, not removed."
	losesValues = "Previous values of the same keys are not kept."

	actionSet     = "Edit metadata of many: replace"
	titleSet      = "Replace metadata"
	pastMetadata  = "changed"
	doesSet       = "Replaces all metadata of each connection."
	losesMetadata = "The previous metadata can't be restored."

	actionDelete = "Delete many"
	titleDelete  = "Delete connections"
	pastDelete   = "deleted"
	doesDelete   = "Permanently deletes each connection with its credentials, tags, metadata, syncs and records."
	losesDelete  = "This can't be undone. Customers have to connect again."
	losesHook    = "The integration's pre-deletion function runs first for each, if there is one."
)

// Forms.
const (
	textPlan      = "Show plan"
	textFormHead  = "%s of %s. The next screen shows the plan; nothing is sent before you confirm it."
	titleMetadata = "Metadata"
	titleSetTags  = "Tags to add or change"
	aboutSetTags  = "A line for each: key=value. All other tags are kept."
	titleDropTags = "Tags to remove"
	aboutDropTags = "Their keys, separated by commas."
	errNoTags     = "enter a tag to add, change or remove"
	titleSyncs    = "Syncs"
	aboutSyncs    = "Their names, separated by commas; NAME::VARIANT for a variant. Empty for all syncs of each connection."
	errNoVariant  = ":: must be followed by a variant"
)

// The plan.
const (
	textAbout         = "%s of %s"
	textAboutOne      = "%s of %s"
	textTakenOut      = ", %s taken out"
	textPace          = "%s, %s. A quarter of the request budget is left to others."
	textUnderAMinute  = "less than a minute"
	textAboutTime     = "about %s"
	textCutOff        = "A plan has at most %s connections: %s are left out."
	textUnusable      = "%s can't be changed and won't be sent; the list says why."
	textArmed         = "Production must stay armed (%s at a time): the run pauses when arming ends."
	textLinksExpire   = "The first links expire before the last one is created. Make fewer at once."
	textSecretNotKept = "The values look like secrets and are not kept on disk: if the program ends, the rest can't be sent."
	textSetsTags      = "Sets %s."
	textDropsTags     = "Removes %s."
	textOnlySyncs     = "Only %s."
	textLinksTo       = "File: %s"
	textSecretID      = "its id looks like a secret and can't be kept on disk"
	textNoMatch       = "No connection matches the filter."

	actionStart      = "Run"
	actionGoOn       = "Run the rest"
	actionTakeOut    = "Take out"
	actionPutBack    = "Put back"
	whyNoRow         = "no connection is selected"
	whyNoPlan        = "the plan was confirmed: only what is left is sent again"
	whyCannotTakeOut = "it won't be sent anyway"
	whyBusy          = "a request is in progress"
	whyNothingLeft   = "no connection is left"
	whyLeftOut       = "its values looked like secrets and were not kept: plan it again"
	whyOtherHost     = "it was planned for %s: switch to its profile"
	whyOtherKey      = "it was planned with another API key"
	whyTooManyLinks  = "at most %s links are made at once, because they expire: take connections out, or mark fewer"
	textOtherKey     = "It was planned with another API key. Make sure that it is the same environment before you go on."
)

// The run.
const (
	textWatch         = "%s: %s of %s"
	textQuit          = "The run stops. What is left is offered after the next start"
	textStopped       = "you stopped it"
	textArmingEnded   = "arming has ended"
	textNotAllowed    = "the profile doesn't allow it anymore"
	textPaused        = "%s paused: %s. %s. :bulk goes on"
	textFinished      = "%s finished: %s. :bulk has the report"
	textNothingToSend = "There is nothing to send: each connection is as it should be, or can't be changed."
	textGone          = "it no longer exists"
	textInARow        = "%d requests in a row have failed, the last one with: %s"
	textOtherError    = "another error (there are too many different ones to keep)"
	textNoAnswer      = "the program ended before the answer came"
	textEnded         = "the program ended"
	textLive          = "another program has it"
	textWillStop      = "Stopping after the request in progress …"
	textWaits         = "Nango's request limit is reached (429). Waiting for the next minute …"
	textRunning       = "Running, %s to go. It goes on if you leave this screen. "
	textStops         = "stops it."
	textPausedBy      = "Paused: %s."
	textGoOn          = "sends the remaining %s, after you confirm them."
	textCannotGoOn    = "It can't go on: %s."
	textUnknown       = "Connections that are not known may have been changed. They are not sent again."
	textNoProblems    = "No connection has failed."
	textLookingUp     = "Looking up what is not known …"
	textLookUpFailed  = "Couldn't look up what is not known: %v"
	textInterrupted   = "%s in %s was interrupted: %s · :bulk"

	actionStop       = "Stop"
	whyNotRunning    = "it isn't running"
	whyStopping      = "it stops after the request in progress"
	actionLookUp     = "Look up"
	whyAllKnown      = "every outcome is known"
	whyCannotTell    = "no read can tell whether it was carried out"
	whyLookingUp     = "what is not known is being looked up"
	actionCopyReport = "Copy report"
	actionSaveReport = "Save report"
	whyNoReport      = "nothing was sent yet"
	textReport       = "report"
	textReportNote   = "Each connection that failed, is not known or is left, with its error."
)

// Links.
const (
	errFileExists      = "%s already exists: choose another name"
	textLinkNotWritten = "the link was created, but couldn't be written to the file: it expires by itself"
)

// The list of runs.
const (
	textRuns         = "Runs"
	textLoadingRuns  = "Loading runs"
	textRunsFailed   = "Couldn't load the runs"
	textNoRuns       = "No changes of many connections were made yet."
	textNoRunsAdvice = "Mark connections in the list, and choose what to change."
	textNoRunMatch   = "No run matches the filter."
	whyNoRun         = "no run is selected"
	whyUnreadable    = "its file can't be read"
	whyRunning       = "it is running"
	actionRemove     = "Delete from disk"
	titleRemove      = "Delete the record of %s?"
	optionKeep       = "Keep it"
	optionRemove     = "Delete the record"
	titleNotRemoved  = "Not deleted"
	errNotKept       = "runs are not kept here"
	errDamaged       = "the run %s is damaged"
	errNewer         = "the run %s was written by a newer version of nango-tui"
)

func pairs(tags map[string]string) string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		all = append(all, fmt.Sprintf("%s=%s", key, tags[key]))
	}
	return strings.Join(all, ", ")
}

func syncNames(syncs []nango.SyncName) string {
	var all []string
	for _, name := range syncs {
		all = append(all, name.String())
	}
	return strings.Join(all, ", ")
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

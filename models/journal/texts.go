package journal

import "nango-tui/nango"

// The texts of this area.
const (
	textTitle   = "Journal"
	textLoading = "Reading the journal"
	textFailed  = "Couldn't read the journal"
	textEmpty   = "Nothing is recorded yet."
	textAbout   = "Every request that does more than read is recorded here before it is sent, without its headers and body."
	textNoMatch = "No entry matches the filter."
	textNoun    = "request"

	titleEntry = "ENTRY"
	titleAbout = "ABOUT"

	actionSubject = "Go to what it is about"
	actionJSON    = "JSON"
	actionLookUp  = "Check on the server"
	actionMark    = "Dismiss"

	actionUndo  = "Undo"
	titleUndo   = "Undo: %s"
	confirmUndo = "Put back"

	titleReadFirst     = "Read connection first"
	textReadFirst      = "Only the connection itself says what its webhook override is. Reading it may refresh its token at the provider."
	textPutsBack       = "Puts back the %s of before %s."
	textHasChanged     = "It was changed since: it is not what this program wrote. That later change is overwritten, too."
	textOtherKey       = "It was sent with another key, in the profile %s: this key may belong to another environment."
	textLinkStillWorks = "Nothing to put back yet. The reconnect link works until %s: check again then."
	textAfterReconnect = "metadata that a reconnect empties"
	textMayHaveChanged = "Whether it was changed since is not known."
	textOnlyAccepted   = "A success means that Nango accepted it, not that it was carried out."
	textNotRead        = "Couldn't read what is there now"
	textNotUndone      = "It can't be undone"
	textIsAsBefore     = "Nothing to undo: it is as it was before"
	textAlreadyBack    = "it is as it was before"
	textUndone         = "Put back"
	textWasUndone      = "undone"
	textNotPutBack     = "not put back"
	textAbandoned      = "not put back: the program that was to do so has ended"
	textAbandonedNext  = "Put it back with Undo, or dismiss it to leave it as it is."
	textOpenUntil      = "is put back at %s"
	textCanUndo        = "possible: the %s of before"

	textNoEntry      = "there is no entry under the cursor"
	textNoSubject    = "the entry doesn't say what it is about"
	textElsewhere    = "it was sent with another key or to another host: switch to its profile"
	textKnown        = "its outcome is known"
	textCannotLookUp = "no read can tell whether it was carried out"
	textMarked       = "Marked as checked"
	textNotMarked    = "Couldn't mark it as checked"
	textByUser       = "checked by you"
	textNotCertain   = "Still not certain: it may not have been carried out yet, or somebody else has changed it"
	textLookUpFailed = "Couldn't look it up"

	textDamaged = "%s can't be read: damaged or cut off"
	textNewer   = "%s from a newer version of nango-tui, not shown"

	textNotice     = "Outcome unknown: %s %s in %s, %s · :journal"
	textNoticeMore = "Outcome unknown: %s changes, the last one %s %s in %s, %s · :journal"
	textCheckFirst = "Check whether it was carried out before you send it again."
)

// verdicts are what look-ups find.
var verdicts = map[nango.Found]string{
	nango.FoundGone: "it no longer exists", nango.FoundThere: "it still exists", nango.FoundPaused: "it is paused",
	nango.FoundScheduled: "it is not paused",
}

// operationNames are the operations that the journal records, in plain words.
var operationNames = map[nango.Operation]string{
	nango.OpConnectionGet:         "Load credentials",
	nango.OpConnectionUpsert:      "Import connection",
	nango.OpConnectionUpdate:      "Edit connection",
	nango.OpConnectionDelete:      "Delete connection",
	nango.OpMetadataSet:           "Set metadata",
	nango.OpMetadataMerge:         "Merge metadata",
	nango.OpIntegrationCreate:     "Create integration",
	nango.OpIntegrationQuickstart: "Create integration",
	nango.OpIntegrationUpdate:     "Edit integration",
	nango.OpIntegrationDelete:     "Delete integration",
	nango.OpSessionCreate:         "Create connect link",
	nango.OpSessionReconnect:      "Create reconnect link",
	nango.OpSessionDelete:         "Revoke link",
	nango.OpSyncTrigger:           "Run syncs",
	nango.OpSyncStart:             "Resume syncs",
	nango.OpSyncPause:             "Pause syncs",
	nango.OpSyncFrequency:         "Set frequency",
	nango.OpVariantCreate:         "Create variant",
	nango.OpVariantDelete:         "Delete variant",
	nango.OpRecordsPrune:          "Prune records",
	nango.OpActionRun:             "Run action",
	nango.OpActionStart:           "Start action",
	nango.OpFunctionDelete:        "Delete function",
	nango.OpDryRunStart:           "Dry run",
	nango.OpDeploymentStart:       "Deploy function",
	nango.OpWebhookKeyRotate:      "Rotate webhook key",
	nango.OpEnvironmentCreate:     "Create environment",
	nango.OpEnvironmentDelete:     "Delete environment",
	nango.OpAPIKeyCreate:          "Create API key",
	nango.OpAPIKeyDelete:          "Delete API key",
	nango.OpProxyGet:              "Request to provider",
	nango.OpProxyPost:             "Request to provider",
	nango.OpProxyPut:              "Request to provider",
	nango.OpProxyPatch:            "Request to provider",
	nango.OpProxyDelete:           "Request to provider",
}

package syncs

// Texts on the screen, by the file that shows them. A text that several files show is with the first of them.
const (
	// all.go, all_row.go, all_view.go
	textAllTitle                = "Syncs"
	textEveryConnection         = "(all)"
	textTimeUnknown             = "unknown"
	textUnknownIntegrations     = "the integrations are unknown"
	textLoadingIntegrations     = "Loading the integrations"
	textCouldntLoadIntegrations = "Couldn't load the integrations"
	textNoConnections           = "There are no connections, so there are no syncs."
	textEnvironmentHasNoSyncs   = "No connection has a sync."
	textCostOfAll               = "Nango looks up every sync of every connection one by one. This takes %s, one for each of %s, " +
		"may take minutes and slows down the server. If a sync is running, one more request asks the logs since when. " +
		"A quarter of the request budget is left to others."
	textLoadingAll   = "Loaded %s of %s integrations"
	textOnlySome     = "✗ Only %s of %s integrations were loaded"
	textAllCut       = "Only the first %s syncs of these integrations are shown: %s"
	textOnlyWorst    = "Only the worst %s of %s are listed; the others are counted."
	whyNotLoaded     = "Couldn't load the syncs: %v"
	nowOneByOne      = "opens the integration, where they can be loaded one by one"
	whyFailing       = "The last run failed (%s). Nango's sync status has no reason: its logs do."
	nowFailing       = "if the connection is broken, too, it has to be reconnected"
	whyUnscheduled   = "It has no schedule: Nango doesn't run it."
	nowUnscheduled   = "if it stays so, deploy its function again"
	whyLate          = "Late: no success for %s, and it runs %s."
	whyMissed        = "Late: the run that was due %s hasn't begun."
	nowLate          = "if others are late, too, Nango's orchestrator may be down"
	whyExpired       = "It ran %s. After 60 days without a run, Nango deletes its records."
	whyPausedFailing = "Paused, and its last run failed (%s)."
	whyPaused        = "Paused: its schedule doesn't run until it is resumed."
	whyNeverRan      = "It has never run."
	whyTooLong       = "The run in progress began %s, and it runs %s."
	nowTooLong       = "its run can be stopped by a reset, which discards the checkpoint"
	whyRunningSince  = "The run in progress began %s."
	textLogsFailed   = "Since when syncs have been running is unknown: %v"
	whyRunning       = "Running. Since when is unknown: Nango's sync status doesn't say."
	whyHealthy       = "Ran %s, and runs %s."

	// command.go
	textAcceptanceAll = "Success only means that Nango accepted the command. " +
		"The state is loaded once, after %s, which is as expensive as loading this list."
	textAcceptanceOne         = "Success only means that Nango accepted the command. The program then checks the outcome for %s."
	textAccepted              = ": accepted by Nango, checking the outcome"
	textAffectsAllConnections = "Affects every connection of "
	textAffectsAllSyncs       = "Affects every sync and variant of this connection. Loaded: "
	textFleetCut              = "Only the first %s syncs are shown. Open a connection to see all of its syncs."
	textStatesNotLoaded       = "The state of their syncs was not loaded."
	textPauseConsequence      = "Stops the schedule until it is resumed. A run in progress continues to its end."
	textResumeConsequence     = "Resumes the schedule. Runs that are due start at once."
	textAlreadyPaused         = "already paused when it was last loaded; Resume starts it again, Reload looks again"
	textRunDetail             = "continues from the checkpoint"
	textResetDetail           = "stops a run, discards the checkpoint, keeps records"
	textEmptyTitle            = "Reset, delete records, and run"
	textEmptyDetail           = "deletes all records first"
	textRunConsequence        = "Runs once now, from the checkpoint. " +
		"A sync that is already running isn't run twice; a paused sync stays paused."
	textResetConsequence = "Stops a run in progress and discards the checkpoint: " +
		"everything is read from the provider again, which may take long and use up its rate limits."
	textRecordsAddedAgain    = " They are added as new records while everything is read from the provider again."
	textEmptyConsequence     = "Stops a run in progress and discards the checkpoint. "
	textDeletesAllNotCounted = "Deletes all records (not counted)."
	textOthersNotCounted     = ", and those of other syncs and variants (not counted)."

	textRequiresReset = "Requires Nango v0.69.32. Older servers may do a normal run or refuse."

	// detail.go
	textSyncIsGone   = "the sync no longer exists"
	textNoCheckpoint = "the sync has no checkpoint"

	// detail_view.go
	textWasDue                = ": it was due "
	textRunningNow            = "running now; Nango doesn't report the previous run until this one ends"
	textNoSchedule            = "none: the sync has no schedule"
	textUnknownFrequency      = "unknown: not in Nango's response"
	textLatestRun             = "LATEST RUN, BY MODEL"
	textFailedRun             = "Failed. Nango doesn't report what was saved. See Nango's logs for the reason."
	textNoDetails             = "No details from Nango."
	textUnknownVariantRecords = "Unknown: for a variant, Nango returns the counts of the base variant."
	textNoCheckpointSection   = "No checkpoint: the function decides what each run reads."
	textNeverSetUp            = "none: the sync was never set up"

	// fleet_actions.go
	textNoConnection          = "no connection under the cursor"
	textRunOrPauseAll         = "Run or pause all"
	textUnknownFunctions      = "the sync functions are unknown"
	textNotLoading            = "nothing is being loaded"
	textLoadOneTitle          = "Load one sync of every connection"
	textWhichSyncs            = "Which syncs of every connection of "
	textConnectionsNotCounted = "all connections (not counted)"

	// fleet_view.go
	textNoConnectionMatchesFilter = "No connection matches the filter."
	textHintLoadOneOrEach         = "loads one sync of every connection, or each separately"
	textCouldntLoadSyncs          = "Couldn't load the syncs"
	textCouldntLoadAnySync        = "Couldn't load any sync"
	textMayTakeMinutes            = ", which may take minutes"
	textLoadingOfEach             = "Loading %s of every connection, which may take minutes"
	textNotLoadedAutomatically    = "The state of the syncs isn't loaded automatically."
	textCostOfLoading             = "Nango looks up every sync of every connection one by one: %s. " +
		"This may take minutes and slows down the server."
	textHintLoadOne          = "loads one sync of every connection"
	textUnknownConnections   = "the number of connections is unknown"
	textCouldntLoadFunctions = "Couldn't load the functions: "
	textNoFunctions          = "None: there is nothing to load."

	// frequency.go
	textAboutFrequency = `Such as "every 5 minutes", "30s", "1h", "every day", "every half hour"; ` +
		`at least 30 seconds. Empty resets it to the function's own frequency.`
	textFunctionFrequency    = "The sync runs as often as its function says."
	textFrequencyConsequence = "Applies to this connection only, until it is reset."

	// goal.go
	textPausedAfterCurrentRun = "paused after the current run"

	textNoLongerExists = "no longer exists"

	// list_actions.go
	textNoSync               = "no sync under the cursor"
	textSyncNotLoaded        = "the sync couldn't be loaded"
	textLoadOneByOne         = "Load one by one"
	textOpenIntegrationSyncs = "Open syncs of the integration"
	textBaseVariant          = "the base variant can't be deleted"
	textAlreadyOneByOne      = "they are already loaded one by one"
	textNoNeedOneByOne       = "they can be loaded all at once"
	textNoSyncs              = "there are no syncs"
	textRunAllDetail         = "each continues from its checkpoint"
	textPauseAllDetail       = "the schedule runs none of them"
	textResumeAllDetail      = "including those paused on purpose"
	textResetAllTitle        = "Reset all and run"
	textResetAllDetail       = "discards all checkpoints, keeps records"
	textEmptyAllTitle        = "Reset all, delete records, and run"

	// list_view.go
	textNoSyncMatchesFilter      = "No sync matches the filter."
	textLoadingSyncFunctions     = "Loading the sync functions"
	textCouldntLoadSyncFunctions = "Couldn't load the sync functions"
	textHintFindBroken           = "loads them one by one to find the broken one"
	textConnectionHasNoSyncs     = "This connection has no syncs."
	textNoEnabledFunctions       = " has no enabled sync functions, or they were deployed while Nango couldn't set them up."
	textHintOneByOne             = "loads them one by one"
	textCauseOrchestrator        = "Nango's orchestrator is down: no sync runs, and commands have no effect even if Nango accepts them."
	textCauseNoSchedule          = "One sync has no schedule: Nango then returns this error for all. " +
		"Deploy its function again to set it up."

	// outcome_watch.go
	textWaitingForSyncs = "waiting for the syncs"
	textOutcomeUnknown  = ": accepted, but the outcome is unknown. "
	textNoEffect        = ": Nango accepted this, but nothing changed within %s. "

	textOrchestratorMayBeDown = "Nango's orchestrator may be down."

	// syncs.go
	textRouteUsage = "syncs belong to an integration or to a connection: " + Route + "/INTEGRATION or " +
		Route + "/INTEGRATION/ID (write / in the id as %2F)"

	// serial_load.go
	textLoadingOneByOne = "Loading the syncs one by one: "
	textCantReturn      = "✗ Nango can't return "
	textLoadedOneByOne  = "Loaded one by one. This doesn't find new variants."

	// variant.go
	textNameOfVariant            = "Name of the new variant of "
	textAboutVariant             = "A variant runs beside the sync, with its own schedule, checkpoint and records. Requires Nango v0.55.0."
	textVariantStarts            = "Starts at once and reads everything from the provider."
	textVariantIsPaused          = "Is created paused, because the sync doesn't start by itself (auto_start is off). Resume it to run it."
	textVariantMayStart          = "Starts at once and reads everything from the provider, unless the sync's auto_start is off (unknown)."
	textDeleteVariantConsequence = "Permanently deletes its schedule, checkpoint and records (not counted by Nango). Other variants stay."
)

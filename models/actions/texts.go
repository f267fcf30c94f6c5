package actions

// Texts on the screen, by the file that shows them. A text that several files show is with the first of them.
const (
	// error_text.go
	textUnknownIfRun       = "Unknown whether it ran: no response, or one that isn't from Nango."
	textProviderAnswered   = "Provider error: it answered %s to the function, which then failed."
	textProviderError      = "Provider error: its response made the function fail."
	textFunctionError      = "Function error: not from the provider or Nango."
	textNotRunDisabled     = "This action is disabled in Nango: it did not run."
	textNangoRejectedInput = "Nango rejected the input: the function did not run."
	textNangoRejectedRun   = "Nango rejected the run: the function did not run."
	textNangoError         = "Nango error: the function did not run, or was stopped."

	// form.go
	textCouldntLoadAction = "Couldn't load the action: "
	textNotListed         = "Nango doesn't list this action."
	textNoSchema          = "Nango has no schema of the input. Empty sends no input."
	textNotChecked        = "Not checked, no fields: "
	textLoadingAction     = "the action is being loaded"
	textGoBackToInput     = "go back to the input first"
	textNoFields          = "the action has no fields"
	textNoInputSent       = "No input is sent, but the action takes "
	textMismatch          = "The input doesn't match the schema of the action:"

	textDisabled = "This action is disabled in Nango, which will refuse the run."

	// form_view.go
	textCantRunNow           = "Can't be run now: "
	textSendAnyway           = "%s match the schema. Press %s again to send anyway."
	textNoConnectionSelected = "! No connection selected"

	// list.go
	textListRouteUsage = "the route names an integration by its key: " + ListRoute + "/KEY"
	textFormRouteUsage = "the route names an integration and an action: " + FormRoute + "/KEY/ACTION"
	textNoAction       = "no action under the cursor"

	// list_view.go
	textCouldntLoadActions    = "Couldn't load the actions of "
	textWhatActionsAre        = "An action is a function deployed to an integration, from a repository or a template."
	textNoActionMatchesFilter = "No action matches the filter."
	textOlderServer           = "this server is too old to separate integrations of one provider: these are the actions of all of them"
	textMoreNotLoaded         = " more are not loaded"

	// options.go
	textAboutConnection    = "The action uses the credentials of this connection."
	textModeWait           = "Run now and wait, at most 15 minutes"
	textModeBackgroundWith = "In the background, with "

	// page.go
	textLeaveRunning      = " is still running; a message will show its result, also kept under "
	textLeaveBackground   = " runs in the background; a message will show its result, also kept under "
	textRunWithOtherInput = "Edit input and run"
	textNotWaitable       = "the run has ended, or is already being waited for"
	textNoRunID           = "Nango didn't answer the start, so the run has no id"
	textNotWaiting        = "the run is not in the background, or not being waited for"

	// page_view.go
	textWaitsForResponse    = "waits for the response"
	textInBackgroundWith    = "in the background, with "
	textInBackgroundFor     = "◌ In the background for "
	textNextPoll            = "%s, next in %d s"
	textPollFailed          = " · ! couldn't load the result: "
	textCouldntLoadResult   = "Couldn't load the result: "
	textStoppedWaiting      = "Stopped waiting: the run continues."
	textContinuesIfYouLeave = "The run continues if you leave this page. A message will show its result, which is kept in the history."
	textDiscarded           = "Input and result are no longer kept: only %s of the newest runs are."

	// propose.go
	textCantUndo             = "Changes that the function makes at the provider can't be undone here."
	textWaitsForRun          = "The program waits at most 15 minutes for the response."
	textRunsInBackground     = "Runs in the background after a possible queue; the program waits for the result."
	textRunsInBackgroundWith = "Runs in the background after a possible queue, with %s; the program waits for the result."
	textGetsNull             = `The function gets null: Nango treats 0, "" and false as no input.`

	// run.go
	textSwitchProfile  = ": switch to that profile first"
	textAnotherKey     = " with another key, possibly of another environment"
	textInputDiscarded = "its input is no longer kept"
	textStillRunning   = "it is still running"
	textNoResultYet    = "? no result yet"

	// runs.go
	textNoRun              = "no run under the cursor"
	textNoRuns             = "No action has run since the start."
	textWhereActionsAre    = "Open the actions from the page of an integration or a connection."
	textOlderRunsNotKept   = " · older runs are not kept"
	textNoRunMatchesFilter = "No run matches the filter."

	// wait.go
	textQuitWarning  = "The result won't be shown, but the action continues to run"
	textResultFailed = ": couldn't load the result: "
	textTimeout      = "no result within %d min: it may still be running, have returned null, or never have started"
)

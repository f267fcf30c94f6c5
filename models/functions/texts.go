package functions

// Texts on the screen, by the file that shows them. A text that several files show is with the first of them.
const (
	// compile.go
	textResponseIgnored = "Compiling changes nothing in Nango; the response is ignored"
	textCompiling       = "the file is being compiled"
	textNoLine          = "no line of code on this row"
	textThreeMinutes    = " so far, at most three minutes"
	textRequestNotSent  = "the request was not sent"

	// delete.go
	textCantDeleteOnEvent        = "Nango can only delete syncs and actions; remove an on-event function from its repository and deploy again"
	textCantDeleteFromRepository = "the function comes from a repository: remove it there and deploy again"
	textDeletesAction            = "Permanently deletes the action and its code. Calls to it will fail."
	textCallersNotChecked        = "Not checked: who calls it."
	textDeletesSync              = "Permanently deletes the sync, its code and its schedules"
	textCheckpointsNotCounted    = " and checkpoints (not counted)."
	textDeletedLater             = "Nango completes this some time after its response."
	textOnAllConnections         = " on all connections (not counted: "
	textNoConnections            = ". The integration has no connections"

	// detail.go
	textRouteUsage          = "function/INTEGRATION/NAME?type=sync, action or on-event"
	textNotFoundIn          = "not found in the functions of "
	textFunctionNotLoaded   = "the function is not loaded"
	textNothingToOpenSelect = "nothing to open on this row: select a model or the source code"
	textNothingToCopy       = "nothing to copy on this row"
	textSourceNotLoaded     = "the source code is not loaded: open it first"

	// detail_view.go
	textCouldntLoadFunction = "Couldn't load the function "
	textStartsAutomatically = "automatically for new connections"
	textStartsOnRequest     = "when started for a connection"
	textEnableInDashboard   = ": enable it in Nango's web dashboard"
	textMoreModels          = "More models are not shown. Show as JSON to see them."
	textNoModels            = "No input or output models."

	// file.go
	textWrongKind           = "the code of %s is %s: its default export is create%s()"
	textOnEventOnlyCompiles = "an on-event function, which can only be compiled here"
	textCantReadFile        = "can't read the file: %w"
	textNotTextFile         = " is not a text file"
	textPathExample         = "the path of a file, such as ~/functions/contacts.ts"
	textMustBeTypeScript    = "it must be a TypeScript file, whose name ends in .ts"

	// functions.go
	textFromRepository     = "a repository, deployed with the CLI: change and delete it there"
	textFromCode           = "code, deployed without a repository"
	textFromTemplate       = "a template of the provider"
	textOnEventNotRunnable = "only Nango runs on-event functions"
	textSyncNotRunHere     = "a sync runs for a connection; open its syncs"
	textNotASync           = "it is not a sync"
	textRouteMustBe        = "the route must be %s"

	// list.go
	textNoFunction       = "no function under the cursor"
	textTestOrDeployFile = "Test or deploy file"

	// list_view.go
	textNoFunctionMatchesFilter = "No function matches the filter."
	textLoadingFunctions        = "Loading the functions of "
	textCouldntLoadFunctions    = "Couldn't load the functions of "
	textTestsOrDeploysFile      = "tests or deploys a file."
	textOrDeployRepository      = "Or deploy a repository with the Nango CLI."
	textHasNoFunctions          = " has no functions: no syncs, actions or on-event functions."
	textOlderServer             = "This server is older than Nango %s: it lists the functions of all integrations of %s together, " +
		"and no on-event functions."
	textNotAllLoaded  = "✗ not all are loaded: "
	textMoreNotLoaded = " more are not loaded: the maximum is "

	// local_form.go
	textAboutFile        = "A TypeScript file with one function as its default export. ~/ is your home folder. It is read again each time."
	textTaskCompile      = "Compile: Nango checks the code, and runs nothing"
	textTaskDryRun       = "Dry run: runs on a connection and calls the provider; Nango saves nothing"
	textTaskDeploy       = "Deploy: becomes a function of "
	textAboutName        = "Replaces a function with the same name and type, if that was deployed as code, too."
	textAboutVersion     = "Such as 1.0.0. If empty, the version in the code."
	textAboutDestructive = "Models that the new code no longer returns are deleted with all their records. " +
		"Without this, Nango refuses such a deployment."
	textAboutConnection    = "The function uses the credentials of this connection."
	textAboutInput         = "Any JSON. 0, \"\" and false arrive as null."
	textAboutLastSync      = "When the previous run was, such as 2026-01-31 or 2026-01-31T12:00:00Z. If empty, there was none."
	textAboutCheckpoint    = "A JSON object: the checkpoint to continue from."
	textAboutMetadata      = "A JSON object, in place of the connection's metadata."
	textNotJSON            = "not valid JSON; put text in quotes"
	textNotJSONObject      = "not a JSON object: %w"
	textDateFormat         = "use the format 2026-01-31 or 2026-01-31T12:00:00Z"
	textReadingFile        = "the file is being read"
	textDryRunCalls        = "Nango runs the code on this connection. It calls the provider, and changes it makes there are real."
	textDryRunSavesNothing = "Nango saves nothing: no records, no checkpoint."
	textAlreadyExists      = "the %s %s already exists and comes from: %s. Nango only replaces a function that was deployed as code"
	textReplaces           = "Replaces the %s %s, which was deployed as code, too."
	textThenRuns           = "It then runs on the connections of %s as its code says."
	textDeletesModels      = "Permanently deletes models that the code no longer returns, with all their records (not counted)."

	// run.go
	textCantTrack      = " can't be tracked any longer: "
	textNotEnded       = "it hasn't ended in %s; it may still be running at Nango"
	textOutcomeUnknown = ": the outcome is unknown"

	// run_page.go
	textContinuesWithMessage = " continues at Nango; a message will show its outcome"
	textUnknownTemplateCode  = "the code of a template is not known here: open the function"

	// run_view.go
	textStateOutcomeUnknown = "! the outcome is unknown: "
	textCouldntLoadStatus   = "  ! couldn't load the status: "
	textContinuesIfYouLeave = "; continues at Nango if you leave"
	textNoReason            = "Nango doesn't report a reason."
	textOriginFunction      = "from the function: check its code"
	textOriginProvider      = "from the provider: it refused or failed"
	textOriginNango         = "from Nango: the code may be correct"
	textOriginClient        = "no response from Nango: the code may be correct"
	textMoreLines           = "… more lines: copy to read all"
	textEarlierLines        = " earlier lines: copy to read all"

	// source.go
	textNoMatches             = "no search, or no matches"
	textCouldntLoadSourceCode = "Couldn't load the source code of "
	textLoadingSourceCode     = "Loading the source code of "
	textHasNoSource           = " has no source code that Nango can show."

	// templates.go
	textNoTemplate              = "no template under the cursor"
	textTemplateNoModels        = "the template has no models"
	textAsNangoProvides         = "A %s of %s as Nango provides it: %s"
	textAsAuthorChose           = "as its author chose"
	textThenRunsAt              = "It then runs %s on the connections of %s."
	textNeedsScopes             = "The integration needs the scopes "
	textTemplateAccepted        = "Deployment accepted by Nango: template "
	textNoTemplateMatchesFilter = "No template matches the filter."
	textCouldntLoadIntegration  = "Couldn't load the integration "
	textCouldntLoadTemplates    = "Couldn't load the templates of "
	textNoTemplatesFor          = "Nango has no templates for "
	textDeployOwn               = "You can deploy your own function from a file."
)

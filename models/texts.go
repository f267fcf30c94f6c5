package models

// The texts of App: titles of its actions, reasons, messages, questions. Those with verbs are formats.
const (
	titleBack         = "Back"
	titleGoTo         = "Go to"
	titleConnections  = "Connections"
	titleIntegrations = "Integrations"
	titleRequests     = "Requests"
	titleLogs         = "Logs"
	titleCauses       = "Broken by cause"
	titleSyncs        = "Syncs"
	titleProviders    = "Providers"
	titleEnvironment  = "Environment"
	titleJournal      = "Journal"
	titleAllSyncs     = "Syncs of all connections"
	titleNewLink      = "Connect link"
	titleOpenWatch    = "Open pending task"
	titleSwitch       = "Switch profile"
	titleArm          = "Arm production"
	titleDisarm       = "Disarm"
	titleErrorDetails = "Error details"
	titleErrorDismiss = "Dismiss errors"
	titleTryNow       = "Try now"
	titleMouseOn      = "Mouse on"
	titleMouseOff     = "Mouse off, to select with the terminal"
	titleSuspend      = "Suspend"
	titleDashboard    = "Dashboard"
	titlePalette      = "All actions"
	titleHelp         = "All keys"
	titleQuit         = "Quit"
)

// Why an action is disabled, or a request not sent.
const (
	textEarlyDropped      = "The keys from before the start were dropped"
	textOtherProfileReads = "%s does more than read, and this profile is not on the screen"
	textNoProfile         = "no profile is connected"
	textNoOtherProfile    = "no other profile is configured; the README says how to add one"
	textNoError           = "there is no error"
	textNothingWaits      = "no request is waiting"
	textNoWatch           = "no pending task, or its screen is already open"
	textArmFirst          = "%s: arm it first (%s)" // why, keys
	textNotSent           = "%s was not sent: %s"   // title of the request, why
	textNotAvailable      = "%s: no longer available on this screen"
)

// Profiles and arming.
const (
	textConnecting    = "Connecting to "
	textCannotSwitch  = "Couldn't switch to "
	textAccountKey    = "This is an account key: press %s for what it can do"
	textDisarmed      = "%s is disarmed"
	textNotArmedNow   = "%s is no longer armed"
	textArming        = "Allows changes for %s. Each change still asks for confirmation."
	textActiveProfile = "active"
	textWhatToType    = "a customer, organization, integration, id or screen"
	textAboutView     = "view of %s  %s"
	textAboutProfile  = "switch to this profile"
	textStatusNone    = "no profile"
	textWaitsBudget   = "waiting for the budget,"
)

// Leaving and quitting.
const (
	textFinishing      = "Ending %s, then quitting. Press again to quit at once."
	titleAbandoned     = "Not put back: %s of a program that has ended"
	optionPutBack      = "Put back: %s"
	optionLater        = "Later"
	textAbandonedLater = "the journal has it, too"
	textAbandoned      = "Not put back: %s · :journal"
	textAbandonedNext  = "Undo it in the journal, or dismiss it there to leave it as it is."
	textCannotListen   = "this program can't receive webhooks here"
	textQuitAgain      = "Press again to quit. %s."
	textChangeSending  = "A change is in progress, and its outcome would be unknown"
	textStillWaiting   = "%s. Still waiting for %s"
	textOutcomeUnheard = "The outcome won't be shown"
	textLeave          = "Leave? %s"
	textWillBeLost     = "it will be lost"
	textDiscardTyped   = "Discard what you typed?"
	textTypedNotSent   = "it was not sent"
	optionStay         = "Stay"
	optionLeave        = "Leave"
	keyDiscard         = "D"
)

// Outcomes of requests.
const (
	textDone      = "%s: done"
	textFailed    = "%s failed"
	textUnshown   = "%s was created after its form was closed. It was never shown and expires by itself."
	textOtherForm = "If this server doesn't have that path, this is sent instead:"
	textMoreLines = "… and %d more lines"
	textAlike     = "Confirms %s like the first one below, for %s."
	textLinkToken = "Authorization: the link's token, not the API key"
	textBug       = "This is a bug in nango-tui"
)

// The journal.
const (
	textRunsFailed    = "Couldn't read the runs of changes of many connections"
	textJournalFailed = "Couldn't read the journal, so changes can't be sent"
	textNotRecorded   = "Couldn't record in the journal what was looked up"
	textLookedUp      = "Looked up: %s %s: %s" // method, path, what was found
)

// Routes.
const (
	textCannotOpen = "Couldn't open %s"
	textCannotGo   = "Couldn't go there"
	textNoPlace    = "no such place; there are %s"
	textShape      = "write it as %s, with / in names as %%2F"
)

// Clipboard, editor and browser.
const (
	textCurl           = "request as curl"
	textCurlNoBody     = "request as curl (without its body, which it reads from standard input)"
	textTooLong        = "%s: %s is too long for the clipboard"
	textSaveInstead    = "The clipboard limit is %s. You can save it to a file instead, %s."
	textSaveMasked     = "with secrets masked"
	textSaveUnchanged  = "unchanged"
	textSentToTerminal = "%s sent to your terminal's clipboard"
	textCopied         = "%s copied"
	textNoEditor       = "no editor: set VISUAL or EDITOR"
	textNotEdited      = "%s was not edited"
	textEditDiscarded  = "%s was edited, but its form is closed: the text was discarded"
	textOpenInBrowser  = "Open in a browser"
	textNoBrowser      = "Couldn't start a browser"
	textOpened         = "Opened in the browser"
	textPageAddress    = "address"

	textDashboard        = "This page in Nango's dashboard"
	textCopyAddress      = "Copy its address"
	textDashboardAddress = "address in Nango's dashboard"
	textNoDashboard      = "Nango's dashboard address is unknown. Set `dashboard:` in the profile."
	textNoDashboardPage  = "Nango's dashboard has no page for this screen"
)

// Errors and help.
const (
	titleError         = "Error"
	titleMessage       = "Message"
	textErrorInPalette = "%s shows details or dismisses"
	textCutKeys        = "%s shows all"
	textErrorKeys      = "%s shows details, %s dismisses"
	textInPalette      = "without a key: it is among all actions there"
	textByKey          = "by the key %s"
	textOpenFirst      = "%s is %s, %s. Open that first."
	textActionHere     = "%s is here, %s"
	helpHere           = "Here"
	helpMoving         = "Moving"
	helpEverywhere     = "Everywhere"
	hintOnlyEsc        = "esc cancels"
	hintStays          = "space toggles  K J move it up or down  type to filter  esc closes"
)

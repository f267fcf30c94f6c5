package environment

// The screen and its sections.
const (
	textTitle       = "Environment"
	titleVariables  = "VARIABLES"
	titleWebhookKey = "WEBHOOK SIGNING KEY"
	textWebhookKey  = "Nango signs its webhooks with it. It is shown once, when it is created."
	titleBoth       = "ENVIRONMENTS AND API KEYS"
	textBoth        = "managed with account keys"
	textLoading     = "Loading variables …"
	textFailed      = "✗ Couldn't load the variables: %v"
	textStale       = "✗ Couldn't refresh: %v"
	textEmpty       = "There are no environment variables in this environment."
	textEmptyAdvice = "Functions of the environment read variables by name."
	textWereEmpty   = "There were no variables when they were last loaded."
	textNoMatches   = "No name matches the filter. "
	textMore        = "… and %s more. Filter to find them."
	textMasked      = "%s · values are masked · %s"
	textOf          = "%s of %s"
	textEmptyValue  = "empty"
	textTruncated   = "  … truncated. Copy it for the whole value"
	hintRetry       = "tries again"
	hintReveal      = "reveals one"
	hintCopySecret  = "copies without revealing"
	hintRotate      = "rotates it"
	hintCreate      = "creates one"
	hintCreateKey   = "creates one for an environment"
	hintDelete      = "deletes the selected one"
)

// Actions.
const (
	actionCopyValue      = "Copy value"
	actionCopyName       = "Copy name"
	actionRotate         = "Rotate webhook key"
	actionNewEnvironment = "New environment"
	actionNewKey         = "New API key"
	actionKeyFor         = "Create API key for it"
	whyNoVariable        = "no variable is selected"
	whyNoSelection       = "no row is selected"
	whyEmpty             = "the value is empty"
	textNeedsAccount     = "requires an account key"
	whyEnvironmentKey    = ". This is an environment key"
	whyUnknownKey        = ". The owner of this key is unknown"
	whyNeedsEnvironment  = "requires an environment key. This is an account key"
	copiedVariable       = "variable name"
	copiedValue          = "value of %s"
)

// With an account key: the environments and API keys that were created here.
const (
	titleAccount = "ACCOUNT KEY"
	textAccount  = "This is an account key: it can only create and delete environments and their API keys. " +
		"Nango lists neither: those created with this program are shown by name, others need their number."
	textItemsFailed      = "✗ Couldn't load what was created here: %v"
	textOthers           = "%s more were created with another key or host."
	titleEnvironments    = "ENVIRONMENTS"
	titleKeys            = "API KEYS"
	textOther            = "another"
	textByNumber         = "by number"
	textNumber           = "number %d"
	textKeyOf            = " · of %s"
	textCreated          = " · created %s"
	textEnvironment      = "environment %d"
	textNamedEnvironment = "%s (environment %d)"
)

// The forms.
const (
	titleName       = "Name"
	aboutName       = "Lower-case letters, digits, - and _."
	titleProduction = "Production"
	aboutProduction = "Requires the scope account:environments:set_production. So does the name prod."
	titleOptions    = "More options: callback URL, HMAC, Slack, traces"
	aboutOptions    = "All are optional."
	titleCallback   = "Callback URL"
	nameCallback    = "the callback URL"
	aboutCallback   = "Where providers redirect customers after OAuth. Leave empty for Nango's."
	titleHMACKey    = "HMAC key"
	aboutHMACKey    = "Signs the requests of your frontend."
	titleHMAC       = "Require an HMAC signature"
	titleSlack      = "Send failures to Slack"
	titleCollector  = "Trace collector (OTLP)"
	nameCollector   = "the collector URL"
	aboutCollector  = "A URL. Requires a plan with this feature."
	titleHeaders    = "Collector headers"
	aboutHeaders    = "One name=value per line. Shown while you type, masked afterwards."
	titleKeyName    = "Key name"
	aboutKeyName    = "Unique in the environment."
	titleNumber     = "Environment number"
	aboutNumber     = "Check it: there is no name to compare."
	titleKeyNumber  = "Key number"
	optionOther     = "Other, by number"
	titleChoice     = "Environment"
	errNumber       = "enter a number of 1 or more, such as 12"
)

// Dialogs.
const (
	createEnvironment = "Create environment"
	createEmpty       = "Creates an empty environment in the account."
	createNumber      = "This program keeps its number, which is needed to delete it: Nango has no list."
	createProduction  = "Marks it as production."
	createKey         = "Create API key"
	createKeyFor      = "%s · for %s"
	createKeyScopes   = "Creates a key with all scopes of the environment (environment:*)."
	createKeyOnce     = "The key is shown once, on the next screen. Nango never shows it again."
	deleteEnvironment = "Delete environment"
	deleteKey         = "Delete API key"
	deleteAll         = "Permanently deletes its integrations, connections, credentials, syncs, records, functions and API keys."
	deleteNotCounted  = "Not counted: an account key can't read an environment."
	deleteKeyEffect   = "Everything that uses the key stops working at once."
	textUnknownItem   = "It was not created here: there is no name to compare. Check the number again."
	rotateTitle       = "Rotate webhook signing key"
	rotateAbout       = "The environment of %s"
	rotateEffect      = "Nango signs webhooks with a new key. Services that verify with the old key reject them."
	rotateOverlap     = "The old key stays in use for up to five minutes."
	rotateOnce        = "The new key is shown once, on the next screen. Nango never shows it again."
)

// The screen of something created, which can have a one-time secret.
const (
	noteEmpty            = "It is empty. To use it, create an API key for it."
	noteNoList           = "This program keeps its number on this machine: Nango has no list of environments."
	noteCopy             = "Nango never shows this key again. Copy it before you leave."
	noteKept             = "This program keeps its name and number on this machine, not the key."
	noteOldKey           = "The old key works for up to five minutes. Update the services that verify webhooks by then."
	nameKey              = "new API key"
	titleWebhookKeyNew   = "New webhook signing key"
	nameWebhookKey       = "new webhook signing key"
	recoverKey           = "delete key %d and create another one"
	recoverWebhookKey    = "rotate again"
	environmentOfProfile = "the environment of %s"
	warnNotCopied        = "The %s was not copied or revealed"
	noticeLost           = "%s. Nango never shows it again: %s"
	titleOnce            = "SHOWN ONCE"
	hintCopy             = "copies it"
	hintRevealFor        = "reveals it for 15 seconds"
	hintShow             = "shows it"
	warnClipboard        = "! Sent to your terminal's clipboard (OSC 52), which can refuse it. If it didn't arrive: "
	warnNotSaved         = "✗ Couldn't save its number. Write it down: "
)

// Errors of the file of created items.
const (
	errFile  = "%s is not a file of this program. Repair it or move it away: %w"
	errWrite = "couldn't write %s: %w"
)

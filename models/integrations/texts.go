package integrations

// The list.
const (
	textList                     = "Integrations"
	textNoMatches                = "No integration matches the filter."
	textLoadingList              = "Loading integrations"
	textListFailed               = "Couldn't load the integrations"
	textListAndConnectionsFailed = "Couldn't load the integrations or the connections"
	textListFailedEmpty          = "Couldn't load the integrations, and there are no connections to get their keys from"
	textEmptyAdvice              = "An integration is a provider that customers can connect to, and the app for it."
	hintNew                      = "creates one from a provider"
	textBroken                   = "✗ %d with broken connections"
	textCounting                 = " · counting: %s so far"
	noticeListFails              = "! Couldn't load the integrations: Nango returned 500, probably because a provider is missing " +
		"from its catalog. These keys are from the connections; integrations without connections are missing."
	noticeNoProvider  = "✗ Nango's catalog doesn't have the provider of %s."
	noticeAtLimit     = "≥ counted in the newest %s connections"
	hintCount         = "continues counting"
	noticeNoCounts    = "✗ Couldn't count the connections: %v"
	noticeNoModes     = "✗ Couldn't load the auth modes: %v"
	textAndMore       = "%s and %d more"
	nounIntegration   = "integration"
	nounConnection    = "connection"
	columnKey         = "KEY"
	columnConnections = "CONNS"
	columnBroken      = "BROKEN"
	columnShare       = "SHARE"
	columnProvider    = "PROVIDER"
	columnWebhooks    = "HOOKS"
)

// Actions.
const (
	actionConnections  = "Connections"
	actionLink         = "Create connect link"
	actionCopyKey      = "Copy key"
	actionCount        = "Continue counting"
	actionHide         = "Hide"
	actionDoctor       = "Doctor"
	actionFunctions    = "Functions"
	actionCopyCallback = "Copy callback URL"
	whyNoCallback      = "providers with this auth mode have no callback URL"
	actionDocs         = "Open provider docs"
	actionCopyJSON     = "Copy as JSON, secrets masked"
	whyNoRow           = "no integration is selected"
	whyNoSecret        = "no secret is selected"
	whyNotLoaded       = "the integration is not loaded yet"
	whyNothingToOpen   = "nothing to open on this row. Select a connection or a link to the docs"
	whyStillLoading    = "the provider and the connections are still loading"
)

// The screen of one integration. Its sections are in the order of the screen.
const (
	textLoading           = "Loading integration"
	titleIntegration      = "INTEGRATION"
	hintFunctions         = "functions"
	hintActions           = "actions"
	hintSyncs             = "syncs"
	textStale             = "✗ couldn't refresh: %v"
	labelKey              = "Key"
	labelName             = "Name"
	textUnknown           = "unknown: %v"
	labelCallback         = "Callback URL"
	labelSetupURL         = "Setup URL"
	hintCopies            = " copies it"
	textCallback          = "Register it at the provider, or the environment's own if it has one."
	labelScopes           = "Scopes"
	textNoScopes          = "none"
	titleConnections      = "CONNECTIONS"
	textConnectionsFailed = "✗ couldn't load: %v"
	textCountingShort     = "counting …"
	hintLink              = "creates a link for a customer."
	textAtLeast           = "at least %s"
	textSomeBroken        = "✗ %s broken"
	titleCredentials      = "APP CREDENTIALS"
	textNoCredentialScope = "Couldn't load: this API key lacks environment:integrations:read_credentials. " +
		"Add the scope in Environment Settings › API Keys."
	textNoApp         = "None: integrations with this auth mode have no app."
	textNoCredentials = "Not set."
	textMasked        = "masked"
	hintReveal        = "reveals one"
	hintCopySecret    = "copies without revealing"
	textEmptySecret   = "empty"
	textSharedApp     = "empty: uses Nango's shared app"
	titleWebhooks     = "PROVIDER WEBHOOKS"
	labelForwarded    = "Forwarded"
	labelWebhookURL   = "Webhook URL"
	textNoWebhooks    = "none: Nango doesn't receive webhooks from this provider"
	titleAbout        = "ABOUT"
	labelCreated      = "Created"
	labelUpdated      = "Updated"
)

// What is copied.
const (
	copiedProvider   = "provider"
	copiedScopes     = "scopes"
	copiedConnection = "connection id"
	copiedWebhookURL = "webhook URL"
	copiedDocs       = "link to the docs"
	copiedSetup      = "link to the setup guide"
	copiedJSON       = "integration as JSON, secrets masked"
	copiedCurl       = "request as curl"
)

// Deleting an integration.
const (
	deleteTitle         = "Delete integration"
	deleteNoConnections = "It has no connections."
	deleteConnections   = "Permanently deletes %s, including credentials."
	deleteBroken        = " (%s broken)"
	deleteMore          = " More were not counted."
	deleteFunctions     = "Permanently deletes its functions. They were not counted."
	deleteAll           = "Permanently deletes its functions, and the syncs and records of its connections. They were not counted."
	deleteNoHooks       = "Doesn't run the pre-deletion functions of the connections."
	deleteNotCounted    = "Permanently deletes all its connections and their credentials. Couldn't count them: %v"
)

// The form that creates an integration.
const (
	createTitle        = "New %s integration"
	createBadProvider  = "an integration needs a provider: %w"
	createLoading      = "Loading the fields of %s"
	titleKey           = "Key"
	aboutNewKey        = "The name in code and in the API. You can rename it only while it has no connections."
	aboutKeysUnknown   = " Couldn't check which keys exist: %v"
	errKeyTaken        = "the key %s exists already"
	titleAuthMode      = "Auth mode %s"
	aboutNoCredentials = "This auth mode needs no credentials."
	titleApp           = "App"
	optionOwnApp       = "My own app at the provider"
	optionNangoApp     = "Nango's app, if Nango has one for this provider (checked when you send)"
	aboutAppScopes     = "The scopes that the app asks customers for."
	aboutWebhookSecret = "The provider signs its webhooks with it."
	aboutNewName       = "For customers. If empty, it is the provider's: %s"
	titleForward       = "Forward the provider's webhooks"
	errIncompleteApp   = "missing: client id, client secret, scopes and webhook secret need each other"
	createConfirm      = "Create integration"
	createConsequence  = "Creates a %s integration with auth mode %s."
	createWithNangoApp = "Uses Nango's app at the provider. Nango rejects the request if it has none."
	createScopes       = "Scopes: %s."
)

// The form that edits an integration.
const (
	titleName           = "Display name"
	aboutName           = "Leave empty to keep the current name. It can't be removed."
	aboutUneditableName = "The current name has characters that can't be edited here. Leave empty to keep it."
	titleKeyLocked      = "Key %s"
	aboutKeyLocked      = "Can't be renamed: it has %s. Nango renames only integrations without connections."
	aboutKey            = "If you rename it, change your code too."
	aboutKeyUncounted   = "Nango renames only integrations without connections. Couldn't count the connections."
	textUncounted       = "an unknown number of connections"
	titleUneditable     = "Credentials and config"
	aboutUneditable     = "Can't be changed here: couldn't load the provider."
	titleReplace        = "Replace the app's credentials"
	aboutReplace        = "Enter all of them again."
	titleReplaceOAuth   = "Change the app, its scopes or webhook secret"
	aboutReplaceOAuth   = "Enter client id and secret again. You can copy them on the integration's screen without revealing them."
	textNoDependents    = "No connection depends on them."
	textAppWarning      = "A different app or secret breaks the token refreshes of its connections: it has %s."
	aboutScopes         = "Leave empty for none."
	titleChangeScopes   = "Change scopes"
	aboutChangeScopes   = "This API key can't read the current scopes. Choose no to keep them."
	titleSecret         = "Webhook secret"
	optionKeepSecret    = "Keep unchanged"
	optionSetSecret     = "Set a new one"
	optionRemoveSecret  = "Remove"
	titleNewSecret      = "New webhook secret"
	errSetAndRemoved    = "%s has a new value above. Remove it or set it, not both"
	errNoChange         = "No changes to send."
	editConfirm         = "Edit integration"
	editChange          = "Change"
)

// What an edit changes.
const (
	changeName         = "display name"
	changeForward      = "webhooks forwarded"
	changeKey          = "key"
	changeScopes       = "scopes"
	changeSecret       = "webhook secret"
	changeConfig       = "config %s"
	changeRename       = "Renames the integration. Change your code and links too."
	valueRemoved       = "removed"
	valueNone          = "none"
	valueNew           = "new value"
	valueUnknown       = "unknown"
	valueCurrent       = "current value"
	valueCurrentOrNone = "current value, if set"
	replaceForGood     = "Permanently replaces the credentials. The current ones can't be restored."
	replaceSameApp     = "Client id and client secret are unchanged: token refreshes keep working."
	replaceUnknown     = "This API key can't read the current credentials. If client id or secret differ: %s"
	textRefreshWarning = "Token refreshes of %s fail until their customers reconnect."
)

// Advice after errors of the server.
const (
	adviceOwnApp = "%s. Use your own app."
	adviceNoApp  = "%s. This provider needs no app: choose your own app."
)

// Fields of an app, and the names of fields in errors.
const (
	titleClientID     = "Client id"
	aboutClientID     = "The app's at the provider."
	aboutHidden       = "Not shown while you type."
	titleAppID        = "App id"
	aboutAppID        = "A number in the settings of the GitHub App."
	titleAppLink      = "App link"
	aboutAppLink      = "https://github.com/apps/…, where customers install it."
	titlePrivateKey   = "Private key"
	aboutPrivateKey   = "Paste the whole file, from " + pemBegin + " to its last line. Not shown; leading and trailing spaces are removed."
	titleScopes       = "Scopes"
	aboutCommas       = "Separated by commas. %s"
	errEmptyScope     = "a scope between two commas is missing"
	errScopeSpaces    = "%q: separate scopes by commas, not by spaces"
	errScopeCharacter = "%q has %q, which Nango doesn't allow"
	errMissing        = "%s is missing"
	errSpace          = "%s begins or ends with a space"
	errLineBreak      = "%s has a line break"
	errTooLong        = "%s has %d characters. The limit is %d"
	nameKey           = "the key"
	nameName          = "the name"
	nameClientID      = "the client id"
	nameClientSecret  = "the client secret"
	nameAppID         = "the app id"
	nameAppLink       = "the app link"
	nameWebhookSecret = "the webhook secret"
	nameValue         = "the value"
)

// Fields of the config.
const (
	aboutUnknownValue = "The current value is unknown. Leave empty to keep it. %s"
	aboutExample      = " E.g. %s"
	titleRemove       = "Remove from the config"
	optionUnchanged   = "unchanged"
	optionNone        = "none"
	errValueMissing   = "missing"
	errPattern        = "must match %s"
	errURL            = "must be a URL, such as https://api.example.com"
)

// A private key that Nango or the provider rejects.
const (
	errKeyMissing   = "the private key is missing"
	errKeyOneLine   = "the key is on one line. Paste it with its line breaks"
	errKeyCut       = "the text between the first and the last line is not base64. The key is incomplete or changed"
	errKeyEncrypted = "the key has a passphrase, which Nango can't use"
	errKeyMany      = "the text has more than one key"
	errKeyBegin     = "the key must begin with " + pemBegin + ". Paste the whole file"
	errKeyEscaped   = "the key has \\n as two characters. Paste it with real line breaks"
	errKeyPKCS8     = "the key is in PKCS#8 format (BEGIN PRIVATE KEY), which Nango doesn't accept. " +
		"Convert it: openssl rsa -traditional -in key.pem"
	errKeyPublic = "this is a public key. Paste the private key"
	errKeyLabel  = "this is a %q. Paste an %s"
	errKeyEnd    = "the last line must be " + pemEnd + ". The key is incomplete"
)

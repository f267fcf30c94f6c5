package integrations

// The list, and the screen of one integration.
const (
	textListFailedEmpty = "Couldn't load the integrations, and there are no connections to get their keys from"
	textEmptyAdvice     = "An integration is a provider that customers can connect to, and the app for it."
	textBroken          = "✗ %d with broken connections"
	textCounting        = " · counting: %s so far"
	noticeListFails     = "! Couldn't load the integrations: Nango returned 500, probably because a provider is missing " +
		"from its catalog. These keys are from the connections; integrations without connections are missing."
	noticeNoProvider      = "✗ Nango's catalog doesn't have the provider of %s."
	noticeAtLimit         = "≥ counted in the newest %s connections"
	hintCount             = "continues counting"
	actionConnections     = "Connections"
	actionLink            = "Create connect link"
	actionImport          = "Import connection"
	actionDocs            = "Open provider docs"
	actionCopyJSON        = "Copy as JSON, secrets masked"
	textConnectionsFailed = "✗ couldn't load: %v"
	textNoCredentialScope = "Couldn't load: this API key lacks environment:integrations:read_credentials. " +
		"Add the scope in Environment Settings › API Keys."
	textMasked       = "masked"
	hintReveal       = "reveals one"
	hintCopySecret   = "copies without revealing"
	deleteNotCounted = "Permanently deletes all its connections and their credentials. Couldn't count them: %v"
)

// The forms.
const (
	titleOptionalName  = "Display name (optional)"
	aboutNewName       = "For customers. If empty, it is the provider's: %s"
	titleForward       = "Forward the provider's webhooks"
	aboutNoCredentials = "This auth mode needs no credentials."
	aboutWebhookSecret = "The provider signs its webhooks with it."
	createConsequence  = "Creates a %s integration with auth mode %s."
	aboutKeyLocked     = "Can't be renamed: it has %s. Nango renames only integrations without connections."
	aboutUneditable    = "Can't be changed here: couldn't load the provider."
	aboutScopes        = "Leave empty for none."
	aboutChangeScopes  = "This API key can't read the current scopes. Choose no to keep them."
	titleSecret        = "Webhook secret"
	editConfirm        = "Edit integration"
	valueNew           = "new value"
	valueUnknown       = "unknown"
	replaceSameApp     = "Client id and client secret are unchanged: token refreshes keep working."
	replaceUnknown     = "This API key can't read the current credentials. If client id or secret differ: %s"
	labelOptional      = " (optional)"
	aboutClientID      = "The app's at the provider."
	aboutHidden        = "Not shown while you type."
	aboutAppID         = "A number in the settings of the GitHub App."
	aboutAppLink       = "https://github.com/apps/…, where customers install it."
	aboutPrivateKey    = "Paste the whole file, from " + pemBegin + " to its last line. Not shown; leading and trailing spaces are removed."
	aboutUnknownValue  = "The current value is unknown. Leave empty to keep it. %s"
	titleRemove        = "Remove from the config"
)

// A private key that Nango or the provider rejects.
const (
	errKeyCut   = "the text between the first and the last line is not base64. The key is incomplete or changed"
	errKeyBegin = "the key must begin with " + pemBegin + ". Paste the whole file"
	errKeyPKCS8 = "the key is in PKCS#8 format (BEGIN PRIVATE KEY), which Nango doesn't accept. " +
		"Convert it: openssl rsa -traditional -in key.pem"
	errKeyEnd = "the last line must be " + pemEnd + ". The key is incomplete"
)

package providers

// The list.
const (
	textList             = "Providers"
	textNoMatches        = "No provider matches the filter."
	textLoadingList      = "Loading providers"
	textListFailed       = "Couldn't load the providers"
	textEmpty            = "This Nango's catalog of providers is empty."
	textEmptyAdvice      = "On a self-hosted server, check its providers.yaml."
	textFilterFields     = " · also category:crm auth:oauth2 here:yes !word"
	noticeStale          = "✗ Couldn't refresh: %v"
	noticeNoIntegrations = "! Couldn't load the integrations: %v"
)

// Actions.
const (
	actionNew          = "New integration"
	actionIntegrations = "Integrations"
	actionCopyName     = "Copy name"
	actionDocs         = "Open docs"
	actionReload       = "Reload"
	whyNoRow           = "no provider is selected"
	whyNoDocs          = "the provider's docs are unknown"
	whyNotLoaded       = "the provider is not loaded yet"
	whyNothingToOpen   = "nothing to open on this row. Select an integration or a link to the docs"
	whyNoSelection     = "no row is selected"
)

// The screen of one provider.
const (
	textLoading           = "Loading provider"
	textFailed            = "Couldn't load the provider %s"
	textStale             = "couldn't refresh: %v"
	textPartFailed        = "couldn't load: %v"
	textWebhooks          = "received by Nango"
	labelCustomerDocs     = "Customer docs"
	titleIntegrations     = "INTEGRATIONS"
	textPartLoading       = "loading …"
	textNone              = "None yet. "
	hintNew               = "creates one"
	hintAll               = "lists all"
	textMore              = "%s more. "
	titleIntegrationNeeds = "AN INTEGRATION NEEDS"
	titleConnectionNeeds  = "A CONNECTION NEEDS"
	textAutomated         = "Set by Nango: %s"
	titleTemplates        = "TEMPLATES"
	textNoTemplates       = "None: Nango has no templates for this provider."
	textMoreTemplates     = "%s more are not shown."
	textReturns           = "returns "
	textNeeds             = "needs "
)

// What a field is like.
const (
	textRequired   = "required"
	textOptional   = "optional"
	textCredential = "credential"
	textSecret     = "secret"
	textExample    = "e.g. "
	textOneOf      = "one of "
	textDefault    = "default "
	textBecomes    = "sent as "
	textFormat     = "format "
	textPattern    = "pattern "
)

// What is copied.
const (
	copiedField        = "field name"
	copiedTemplate     = "template name"
	copiedIntegration  = "integration key"
	copiedDocs         = "docs link"
	copiedSetup        = "setup guide link"
	copiedCustomerDocs = "customer docs link"
)

// What an auth mode needs of an integration, and of a customer.
const (
	needsNothing          = "No credentials: customers enter them when they connect."
	needsOAuth            = "An app at the provider: client id and client secret."
	needsOAuthScopes      = "An app at the provider: client id, client secret and scopes."
	needsTBA              = "An app at the provider: client id and client secret. Customers can use their own."
	needsGitHub           = "A GitHub App: app id, link and private key."
	needsGitHubOAuth      = "A GitHub App with OAuth: client id, client secret, app id, link and private key."
	needsNoCredentials    = "No credentials."
	needsAWS              = "The config below, which has AWS keys."
	needsUnknown          = "Unknown: this program doesn't know the auth mode."
	customerSignsIn       = "The customer signs in at the provider and approves."
	customerTBA           = "The customer enters a token id and a token secret."
	customerInstalls      = "The customer installs the app."
	customerInstallsOAuth = "The customer installs the app and approves."
	customerClient        = "The customer enters client id and client secret of an app at the provider."
	customerSignsInServer = "The customer signs in at the server of the connection."
	customerKey           = "The customer enters an API key."
	customerPassword      = "The customer enters username and password."
	customerPlugin        = "The customer installs a plugin at the provider."
	customerNothing       = "No credentials, only what is listed here."
	customerBill          = "The customer enters username, password, organization id and developer key."
	customerRole          = "The customer enters the role to assume."
	customerJWT           = "The customer enters what signs the token."
	customerTwoStep       = "The customer enters what the token is requested with."
	customerSignature     = "The customer enters username and secret."
)

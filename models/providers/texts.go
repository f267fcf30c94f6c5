package providers

// The list.
const (
	textList             = "Providers"
	textNoMatches        = "No provider matches the filter."
	textLoadingList      = "Loading providers"
	textListFailed       = "Couldn't load the providers"
	textEmpty            = "This Nango's catalog of providers is empty."
	textEmptyAdvice      = "On a self-hosted server, check its providers.yaml."
	noticeNoIntegrations = "! Couldn't load the integrations: %v"
	nounProvider         = "provider"
	columnProvider       = "PROVIDER"
	columnHere           = "HERE"
	columnCategories     = "CATEGORIES"
)

// Actions.
const (
	actionIntegrations = "Integrations"
	actionCopyName     = "Copy name"
	actionDocs         = "Open docs"
	whyNoRow           = "no provider is selected"
	whyNotLoaded       = "the provider is not loaded yet"
	whyNothingToOpen   = "nothing to open on this row. Select an integration or a link to the docs"
)

// The screen of one provider.
const (
	textLoading           = "Loading provider"
	textStale             = "couldn't refresh: %v"
	textPartFailed        = "couldn't load: %v"
	titleProvider         = "PROVIDER"
	labelName             = "Name"
	labelCategories       = "Categories"
	labelBaseURL          = "Base URL"
	labelScopes           = "Default scopes"
	labelWebhooks         = "Webhooks"
	textWebhooks          = "received by Nango"
	labelCustomerDocs     = "Customer docs"
	titleIntegrations     = "INTEGRATIONS"
	textPartLoading       = "loading …"
	hintNew               = "creates one"
	textMore              = "%s more. "
	titleIntegrationNeeds = "AN INTEGRATION NEEDS"
	titleConnectionNeeds  = "A CONNECTION NEEDS"
	textAutomated         = "Set by Nango: %s"
	titleTemplates        = "TEMPLATES"
	textNoTemplates       = "None: Nango has no templates for this provider."
	textMoreTemplates     = "%s more are not shown."
	textReturns           = "returns "
	textNeeds             = "needs "
	nounOtherTemplate     = "other"
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
	copiedProvider     = "provider"
	copiedBaseURL      = "base URL"
	copiedScopes       = "scopes"
	copiedField        = "field name"
	copiedTemplate     = "template name"
	copiedDocs         = "docs link"
	copiedSetup        = "setup guide link"
	copiedCustomerDocs = "customer docs link"
)

// Requirements of several auth modes, and of unknown ones.
const (
	needsNothing       = "No credentials: customers enter them when they connect."
	needsNoCredentials = "No credentials."
	needsUnknown       = "Unknown: this program doesn't know the auth mode."
	customerSignsIn    = "The customer signs in at the provider and approves."
)

// modeRequirements are the requirements of each auth mode: for an integration, and for a connection.
var modeRequirements = map[string]requirements{
	"OAUTH1": {"An app at the provider: client id and client secret.", customerSignsIn},
	"OAUTH2": {"An app at the provider: client id, client secret and scopes.", customerSignsIn},
	"TBA": {"An app at the provider: client id and client secret. Customers can use their own.",
		"The customer enters a token id and a token secret."},
	"APP": {"A GitHub App: app id, link and private key.", "The customer installs the app."},
	"CUSTOM": {"A GitHub App with OAuth: client id, client secret, app id, link and private key.",
		"The customer installs the app and approves."},
	"OAUTH2_CC":          {needsNothing, "The customer enters client id and client secret of an app at the provider."},
	"MCP_OAUTH2":         {needsNoCredentials, customerSignsIn},
	"MCP_OAUTH2_GENERIC": {needsNoCredentials, "The customer signs in at the server of the connection."},
	"API_KEY":            {needsNothing, "The customer enters an API key."},
	"BASIC":              {needsNothing, "The customer enters username and password."},
	"INSTALL_PLUGIN":     {needsNothing, "The customer installs a plugin at the provider."},
	"NONE":               {needsNoCredentials, "No credentials, only what is listed here."},
	"BILL":               {needsNothing, "The customer enters username, password, organization id and developer key."},
	"AWS_SIGV4":          {"The config below, which has AWS keys.", "The customer enters the role to assume."},
	"JWT":                {needsNothing, "The customer enters what signs the token."},
	"TWO_STEP":           {needsNothing, "The customer enters what the token is requested with."},
	"SIGNATURE":          {needsNothing, "The customer enters username and secret."},
}

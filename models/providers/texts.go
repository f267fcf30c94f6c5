package providers

// Texts of the screens.
const (
	textEmptyAdvice    = "On a self-hosted server, check its providers.yaml."
	actionNew          = "New integration"
	actionIntegrations = "Integrations"
	actionDocs         = "Open docs"
	textPartFailed     = "couldn't load: %v"
	textPartLoading    = "loading …"
	hintAll            = "lists all"
	textMore           = "%s more. "
)

// What an auth mode needs of an integration, and of a customer.
const (
	needsNothing       = "No credentials: customers enter them when they connect."
	needsTBA           = "An app at the provider: client id and client secret. Customers can use their own."
	needsGitHubOAuth   = "A GitHub App with OAuth: client id, client secret, app id, link and private key."
	needsNoCredentials = "No credentials."
	needsUnknown       = "Unknown: this program doesn't know the auth mode."
	customerSignsIn    = "The customer signs in at the provider and approves."
)

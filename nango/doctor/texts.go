package doctor

// Texts on the screen.
const (
	nameApp           = "app credentials"
	nameFunctions     = "functions"
	nameFunctionScope = "function scope"
	nameNarrower      = "scopes not granted"
	nameNoRefresh     = "no refresh token"
	nameNoWebhook     = "no webhook URL"
	nameOffline       = "no offline access"
	nameWebhookFails  = "webhooks fail"
	nameWebhooks      = "webhooks"

	evidenceAsked         = "The integration asks for: %s."
	evidenceCause         = "%d of the checked connections failed with: %s"
	evidenceExpired       = "The token expired at %s, and Nango did not refresh it when it was fetched."
	evidenceGranted       = "Granted: %s. Not granted: %s."
	evidenceLacksScope    = "The key lacks the scope %s."
	evidenceNeeds         = "The %s %s needs %s, which the integration doesn't ask for."
	evidenceNoCredentials = "The key may not read the credentials of integrations."
	evidenceNoWebhook     = "In 24 hours Nango had a reason for %d webhooks, and sent none."
	evidenceWebhookFails  = "%d of the %d webhooks of the last 24 hours failed."

	remedyAsk             = "Add %s to the scopes of the integration, then let the customers reconnect: a token keeps its scopes."
	remedyCredentialScope = "Use a key with the scope environment:integrations:read_credentials to check its scopes."
	remedyNoRefresh       = "There is probably no refresh token: reconnect it once the integration asks for offline access."
	remedyNoWebhook       = "If your product needs webhooks, set the webhook URL in the web dashboard: Environment Settings."
	remedyOffline         = "Add %s to the scopes of the integration, then let the customers reconnect."
	remedyReadAgain       = "Reload to try again."
	remedyReconnect       = "The customer left them out, or the provider's app lacks them. Check the app, then send a reconnect link."
	remedyWebhookFails    = "Look at what the receiver answers. Nango sends again after 5xx only."

	textMore = " and %d more"
	textNone = "none"
	textOr   = " or "
)

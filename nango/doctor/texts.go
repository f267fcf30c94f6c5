package doctor

// Texts on the screen.
const (
	nameApp           = "app credentials"
	nameFunctions     = "functions"
	nameFunctionScope = "function scope"
	nameNarrower      = "scopes not granted"
	nameNoExpiry      = "no expiry"
	nameNoRefresh     = "no refresh token"
	nameNoWebhook     = "no webhook URL"
	nameOffline       = "no offline access"
	nameWebhookFails  = "webhooks fail"
	nameWebhooks      = "webhooks"

	evidenceAsked         = "The integration asks for: %s."
	evidenceCause         = "%d of the checked connections failed with: %s"
	evidenceExpires       = "The token %s, and there is no refresh token."
	evidenceGranted       = "Granted: %s. Not granted: %s."
	evidenceLacksScope    = "The key lacks the scope %s."
	evidenceNeeds         = "The %s %s needs %s, which the integration doesn't ask for."
	evidenceNoCredentials = "The key may not read the credentials of integrations."
	evidenceNoExpiry      = "There is a refresh token, but no expiry: Nango doesn't know when to refresh the access token."
	evidenceNoWebhook     = "In 24 hours Nango had a reason for %d webhooks, and sent none."
	evidenceWebhookFails  = "%d of the %d webhooks of the last 24 hours failed."

	remedyAsk             = "Add %s to the scopes of the integration, then let the customers reconnect: a token keeps its scopes."
	remedyCredentialScope = "Use a key with the scope environment:integrations:read_credentials to check its scopes."
	remedyNoExpiry        = "Import the connection again with expires_at, or refresh the token once: the provider's response has the expiry."
	remedyNoRefresh       = "Reconnect it once the integration asks for offline access; an import needs refresh_token."
	remedyNoWebhook       = "If your product needs webhooks, set the webhook URL in the web dashboard: Environment Settings."
	remedyOffline         = "Add %s to the scopes of the integration, then let the customers reconnect."
	remedyReadAgain       = "Reload to try again."
	remedyReconnect       = "The customer left them out, or the provider's app lacks them. Check the app, then send a reconnect link."
	remedyWebhookFails    = "Look at what the receiver answers. Nango sends again after 5xx only."

	textExpired = "expired at "
	textExpires = "expires at "
	textMore    = " and %d more"
	textNone    = "none"
	textOr      = " or "
)

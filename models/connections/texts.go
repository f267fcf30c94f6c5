package connections

// Texts that more than one place shows, and sentences too long for the line that shows them.

// The list.
const (
	textReadAgainFormatList      = "read again, in the format of the list"
	textIDsMarkedConnections     = "IDs of the marked connections"
	textCurlConnection           = "curl for this connection"
	textMayRefreshTokenWhen      = "may refresh the token when you run it"
	textConnectionIdNangosSearch = ": by connection id, by Nango's search, and by the exact tags end_user_email, " +
		"end_user_id and organization_id."
)

// The page of a connection.
const (
	textConnectionIdentifiedIntegrationId = "a connection is identified by integration and id: "
	textIntegrationIdWriteId              = "/INTEGRATION/ID (write / in the id as %2F)"
	textMayDeletedOrBelong                = "It may have been deleted, or belong to another environment."
	textShowAllCustomer                   = "Show all of this customer"
	textShowAllIntegration                = "Show all of this integration"
	textConnectionJsonDetails             = "Connection as JSON with details"
	textNotFetchedBecauseReading          = "Not fetched: reading it may refresh the token. "
	textEmptyProviderNoAuthentication     = "Empty: the provider has no authentication, or this API key lacks the " +
		"scope environment:connections:read_credentials."
	textMoreNotShownCopy        = " more are not shown. Copy as JSON to see them."
	textMayRefreshTokenProvider = "May refresh the token at the provider. Updates the time of the last fetch."
	textIfRefreshFailsNango     = "If the refresh fails, Nango counts, logs and reports the failure to webhooks."
)

// The forms that change a connection.
const (
	textJsonObjectNumbersOrder = "A JSON object. Numbers and the order of keys are kept."
	textMetadataNotValidJson   = "metadata is not valid JSON: %w"
	textMergesTopLevelOnly     = "Merges at the top level only: keys that are not in the text stay, nested objects are " +
		"replaced, null is stored as null."
	textOneKeyValuePer              = "One key=value per line, at most %d. Replaces all tags: tags that are not listed are removed."
	textTagContainsLineBreak        = "the tag %s contains a line break or spaces at its ends, which this form can't represent"
	textTagContainsSecretNot        = "the tag %s contains a secret, which is not shown"
	textUrlConnectionsWebhooksPlace = "The URL for this connection's webhooks, in place of the environment's. Empty " +
		"removes the override."
)

// The import.
const (
	textTakesNoPathChoose         = "%s takes no path; choose the integration with %s?integration=KEY"
	textCantImportedNangoDoesnt   = " can't be imported: Nango doesn't accept credentials of the auth mode "
	textWithoutConnectionEndsWhen = "Without it, the connection ends when the access token expires."
	textValidOneNangoGets         = "A valid one. Nango gets new ones by itself."
	textClientIdCustomersOwn      = "Client ID of the customer's own app"
	textIfTokenNotIssued          = "If the token was not issued to the integration's app."
	textNotSentYetConnection      = "Not sent yet: the connection exists or has just changed. Its data was " +
		"filled in. Check it and send again."
	textNangoChecksCredentialsProvider = "Nango checks the credentials at the provider where possible, runs the " +
		"functions for new connections, starts its syncs and calls the webhook."
	textIfCredentialsMetadataTags = "If it does, its credentials, metadata, tags, webhook override and config " +
		"are permanently replaced by the values here. Empty values are removed."
	textMetadataTagsWebhookOverride = "Its metadata, tags, webhook override and config are replaced by the " +
		"values here. Empty values are removed."
	textWebhookOverrideConfigLost = "✗ Its webhook override and config will be lost if set, unless typed here " +
		"(unknown: not read)."
	textNangoDoesntReturnConfig            = "Nango doesn't return config keys named like a refresh token. Such keys will be lost if set."
	textExistsSendingPermanentlyOverwrites = " already exists. Sending permanently overwrites it and removes what is left out."
	textReadsThemMayRefresh                = "reads them, which may refresh its token"
	textDoesntFitIntoField                 = " doesn't fit into a field. It stays unchanged unless you type another value."
	textDoesntFitLineStays                 = " doesn't fit on a line. It stays unchanged."
)

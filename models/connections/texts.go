package connections

// Texts on the screen, by the file that shows them. A text that several files show is with the first of them.
const (
	// copy.go

	textReadAgainFormatList         = "read again, in the format of the list"
	textIDsMarkedConnections        = "IDs of the marked connections"
	textCurlList                    = "curl for the list"
	textCurlConnection              = "curl for this connection"
	textMayRefreshTokenWhen         = "may refresh the token when you run it"
	textCouldntLoadConnection       = "Couldn't load the connection: "
	textConnectionNoLongerExists    = "The connection no longer exists."
	textCouldntEncodeConnectionJson = "Couldn't encode the connection as JSON: "

	// detail.go

	textConnectionIdentifiedIntegrationId = "a connection is identified by integration and id: "
	textIntegrationIdWriteId              = "/INTEGRATION/ID (write / in the id as %2F)"
	textMayDeletedOrBelong                = "It may have been deleted, or belong to another environment."
	textCouldntLoadConnection2            = "Couldn't load the connection"

	// detail_actions.go

	textConnectionNotLoaded   = "the connection is not loaded"
	textShowAllCustomer       = "Show all of this customer"
	textShowAllIntegration    = "Show all of this integration"
	textAlreadyBeingFetched   = "it is already being fetched"
	textNothingOpenRow        = "nothing to open on this row"
	textNothingRevealRow      = "nothing to reveal on this row"
	textFormatList            = "in the format of the list"
	textConnectionJsonDetails = "Connection as JSON with details"
	textSecretNotShown        = "a secret, not shown"

	// detail_sections.go

	textPageShowsOlderData                    = "This page shows older data."
	textReconnectLinkCustomerGives            = "reconnect link: the customer gives new credentials, the connection keeps its id"
	textRefreshTokenProviderMay               = "refresh the token: the provider may have failed only once"
	textCheckIntegrationsOtherConnections     = "check the integration's other connections: are they broken, too?"
	textCheckSyncsOneFails                    = "check its syncs: which one fails, since when, and does it work if you run it again?"
	textCheckIntegrationsOtherConnectionsSync = "check the integration's other connections: does the sync fail there, too?"
	textNoKnownFailedOperations               = "No known failed operations."
	textNotFetchedBecauseReading              = "Not fetched: reading it may refresh the token. "
	textRefreshFailedSoNango                  = "The refresh failed, so Nango returned everything except the credentials."
	textEmptyProviderNoAuthentication         = "Empty: the provider has no authentication, or this API key lacks the " +
		"scope environment:connections:read_credentials."
	textMoreNotShownCopy = " more are not shown. Copy as JSON to see them."

	// edit_metadata.go

	textJsonObjectNumbersOrder     = "A JSON object. Numbers and the order of keys are kept."
	textStandsSecretStaysUnchanged = " stands for a secret that stays unchanged."
	textReplaceRemovesKeysNot      = "Replace: removes keys that are not in the text"
	textMergeKeepsOtherTop         = "Merge: keeps other top-level keys, replaces those in the text"
	textMetadataNotValidJson       = "metadata is not valid JSON: %w"
	textDotsDontStandSecret        = ": the dots don't stand for a secret here; type the value"
	textReplacesAllMetadataKeys    = "Replaces all metadata. Keys that are not in the text are removed."
	textMergesTopLevelOnly         = "Merges at the top level only: keys that are not in the text stay, nested objects are " +
		"replaced, null is stored as null."
	textCantEncodeKey = "can't encode the key %q: %w"

	// edit_tags.go

	textOneKeyValuePer          = "One key=value per line, at most %d. Replaces all tags: tags that are not listed are removed."
	textTagContainsLineBreak    = "the tag %s contains a line break or spaces at its ends, which this form can't represent"
	textTagContainsSecretNot    = "the tag %s contains a secret, which is not shown"
	textReplacesAllTagsAdded    = "Replaces all tags: %d added, %d changed, %d removed."
	textCurrentValuesLoadedJust = "The current values were loaded just now."
	textCurrentValuesLoaded     = "The current values were loaded "
	textAgoLaterChangesOthers   = " ago. Later changes by others are overwritten."

	// edit_webhook.go

	textUrlConnectionsWebhooksPlace = "The URL for this connection's webhooks, in place of the environment's. Empty " +
		"removes the override."
	textCurrentOverrideUnknownRead        = " The current override is unknown: it is read with the credentials, which may refresh the token."
	textConnectionsWebhooksGoEnvironments = "This connection's webhooks go to the environment's URL again."
	textCurrentOverrideUnknownSo          = "The current override is unknown, so it can't be shown or restored."

	// fetched.go

	textFetchConfigCredentials     = "Fetch config and credentials"
	textMayRefreshTokenProvider    = "May refresh the token at the provider. Updates the time of the last fetch."
	textRefreshesTokenProviderEven = "Refreshes the token at the provider, even if it isn't due or has just failed."
	textIfRefreshFailsNango        = "If the refresh fails, Nango counts, logs and reports the failure to webhooks."

	// import.go

	textTakesNoPathChoose               = "%s takes no path; choose the integration with %s?integration=KEY"
	textBeingSent                       = "it is being sent"
	textCheckingWhetherConnectionExists = "checking whether the connection exists"
	textConnectionBeingLoaded           = "the connection is being loaded"
	textCouldntLoadIntegration          = "Couldn't load the integration "
	textCouldntLoadProvider             = "Couldn't load the provider "
	textCantImportedNangoDoesnt         = " can't be imported: Nango doesn't accept credentials of the auth mode "
	textCustomerCanConnectConnect       = "The customer can connect with a connect link."

	// import_choice.go

	textIntegrationConnectionProviderDetermines = "The integration of the connection. Its provider determines which credentials are needed."
	textConnectionNeedsIntegration              = "A connection needs an integration."

	// import_existing.go

	textWithoutIdNothingOverwritten = "without an id, nothing is overwritten"
	textNotKnownYetWhether          = "it is not known yet whether the connection exists"
	textConnectionDoesntExist       = "the connection doesn't exist"

	// import_fields.go

	textIfEmptyNangoGenerates             = "If empty, Nango generates one. The program checks whether it is taken."
	textMustArrayHere                     = " must be an array here."
	textOneKeyValuePerLine                = "One key=value per line, at most %d."
	textHttpsUrlConnectionsWebhooks       = "An https:// URL for this connection's webhooks, in place of the environment's."
	textProviderRequiresAnotherFormat     = "the provider requires another format"
	textProviderRequiresAnotherFormatSuch = "the provider requires another format, such as "

	// import_modes.go

	textWithoutConnectionEndsWhen   = "Without it, the connection ends when the access token expires."
	textValidOneNangoGets           = "A valid one. Nango gets new ones by itself."
	textWhenTokenExpires2026        = "When the token expires: 2026-03-01T12:00:00Z, or milliseconds since 1970. Empty if unknown."
	textClientIdCustomersOwn        = "Client ID of the customer's own app"
	textIfTokenNotIssued            = "If the token was not issued to the integration's app."
	textClientSecretApp             = "Client secret of that app"
	textCharactersTooManyMaximum    = "%d characters are too many; the maximum is %d"
	textMillisecondsSince1970Digits = "milliseconds since 1970 have %d digits"
	textUseFormat202603             = "use the format 2026-03-01T12:00:00Z, with Z or an offset such as +02:00"

	// import_send.go

	textNotSentCouldntCheck  = "Not sent. Couldn't check whether the connection exists: "
	textNotSentYetConnection = "Not sent yet: the connection exists or has just changed. Its data was " +
		"filled in. Check it and send again."
	textNangoChecksCredentialsProvider = "Nango checks the credentials at the provider where possible, runs the " +
		"functions for new connections, starts its syncs and calls the webhook."
	textNewConnectionNangoGenerates    = "A new connection. Nango generates its id."
	textNewConnectionNoConnection      = "A new connection: no connection has this id."
	textUnknownWhetherConnectionExists = "It is unknown whether the connection exists: this key can't list connections."
	textIfCredentialsMetadataTags      = "If it does, its credentials, metadata, tags, webhook override and config " +
		"are permanently replaced by the values here. Empty values are removed."
	textConnectionExistsPermanentlyOverwritten = "The connection exists and is permanently overwritten, including its credentials."
	textMetadataTagsWebhookOverride            = "Its metadata, tags, webhook override and config are replaced by the " +
		"values here. Empty values are removed."
	textTagsWebhookOverrideCant   = "Its tags and webhook override can't be changed later: "
	textWebhookOverrideConfigLost = "✗ Its webhook override and config will be lost if set, unless typed here " +
		"(unknown: not read)."
	textNangoDoesntReturnConfig = "Nango doesn't return config keys named like a refresh token. Such keys will be lost if set."

	// import_values.go

	textOwnFieldAbove           = "%s has its own field above"
	textRequiredWithCredentials = "%q is required with these credentials"
	textMustArrayHereScope      = `%s must be an array here: ["scope", "scope"]`

	// import_view.go

	textNewConnectionNangoGeneratesId      = "+ a new connection: Nango generates its id"
	textCheckingWhetherConnectionExists2   = "Checking whether the connection exists…"
	textUnknownWhetherConnectionExists2    = "! unknown whether the connection exists: "
	textChecksWhetherConnectionExists      = "? checks whether the connection exists when you leave this field"
	textNewConnectionNoConnectionId        = "+ a new connection: no connection has this id"
	textExistsSendingPermanentlyOverwrites = " already exists. Sending permanently overwrites it and removes what is left out."
	textMetadataTagsFilledWebhook          = "Metadata and tags are filled in; its webhook override and config will be lost"
	textMetadataTagsFilledWebhookOverride  = "Metadata and tags are filled in; its webhook override and config are loading…"
	textMetadataTagsWebhookOverrideConfig  = "Metadata, tags, webhook override and config are filled in."
	textUnlessYouTypeThem                  = " unless you type them. "
	textReadsThemMayRefresh                = "reads them, which may refresh its token"
	textDoesntFitIntoField                 = " doesn't fit into a field. It stays unchanged unless you type another value."
	textDoesntFitLineStays                 = " doesn't fit on a line. It stays unchanged."

	// list.go

	// list_actions.go

	textNoConnectionSelected     = "no connection is selected"
	textLoadingDidntStop         = "loading didn't stop at "
	textDeletesOnlyConnectionNot = "Deletes only this connection, not the "

	// list_empty.go

	textTagsIdsMustMatch                 = "Tags and ids must match exactly. "
	textEnvironmentNoConnectionsYet      = "This environment has no connections yet."
	textCreatesConnectLink               = "creates a connect link"
	textCustomerWhoOpensConnects         = ": a customer who opens it connects their account."
	textLoadedConnectionsSearchingServer = " loaded connections; searching on the server for “"
	textLoadedConnectionsSoFar           = " loaded connections so far; loading more"
	textServerSearchedWhenList           = "The server is searched when the list is loaded"
	textSearchesServer                   = "searches on the server"
	textConnectionIdNangosSearch         = ": by connection id, by Nango's search, and by the exact tags end_user_email, " +
		"end_user_id and organization_id."
	textSearchedServer      = "Searched on the server for “"
	textRestFilterLeavesOut = ", which the rest of the filter leaves out."

	// list_view.go

	textFoundServer            = " found on the server"
	textTriesAgain             = "tries again · ✗ "
	textReloadsListCouldntLoad = "reloads the list · ✗ couldn't load a changed connection: "
	textLoadsMoreLoadingStops  = "loads more · loading stops at "

	// preview.go

	textFoundServerNotLoaded = " found on the server, not loaded with the list"

	// scope.go

	textTakesNoPathSingle = "%s takes no path; a single connection is %s/INTEGRATION/ID"
	textWriteTagKeyValue  = "write the tag %q as KEY:VALUE"

	// server_search.go

	textTagsExactlyTyped = " (tags exactly as typed)"

	// target.go

	textNoTagNoEnd                        = "no tag and no end user identifies its customer"
	textShowAllConnections                = "Show all connections of"
	textPermanentlyDeletesCredentialsTags = "Permanently deletes its credentials, tags and metadata."
	textAlsoDeletesSyncsRecords           = "Also deletes its syncs and their records. Not counted."
	textIntegrationsPreDeletionFunction   = "The integration's pre-deletion function runs first, if there is one."
)

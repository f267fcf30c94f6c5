package sessions

// Texts of the form of a link.
const (
	textReadOnlyCantCreate              = " is read-only: it can't create links."
	textCantFillTagGive                 = "can't fill in the tag %q: give it once, as plain text"
	textLinkAcceptsIntegrationTag       = "a link accepts integration= and tag.<key>=, not %q"
	textCouldntLoadIntegrationsSo       = "Couldn't load integrations, so the link is for all of them: "
	textCouldntLoadIntegrationsThese    = "Couldn't load integrations. These are the ones that connections use: "
	textEnvironmentNoIntegrationsThere  = "This environment has no integrations: there is nothing to connect."
	textThereNoIntegration              = "There is no integration "
	textNotSelected                     = "; it is not selected."
	textLinkBeingCreatedWait            = "the link is being created: wait for it"
	textIntegrationsNoneSelectedAll     = "Integrations (all if none is selected)"
	textKeyValueOnePer                  = "key=value, one per line. The connection gets them. At most ten in total, including those above."
	textIntegrationScopeScopeOne        = "integration=scope,scope, one per line. They replace the integration's scopes."
	textIntegrationScopeScopeOnePer     = "integration=scope,scope, one per line."
	textJsonIntegrationZendeskSubdomain = `JSON by integration: {"zendesk": {"subdomain": "globex"}}. Anyone with the link can read it.`
	textCreatesConnectLinkValid         = "Creates a connect link that is valid for 30 minutes"
	textRevokesWhenConnectionArrives    = "Revokes it when the connection arrives"
	textLetsAnyoneWhoRead               = "Lets anyone who has it read "
	textSayWhoLinkEnd                   = "say who the link is for: an end user, an organization or a tag"
	textTagGivenTwice                   = "the tag %s is given twice"
	textMustForm                        = "%q must have the form %s"
	textNoScopesGiven                   = "no scopes are given for %s"
	textGiveObjectEachIntegration       = `give an object for each integration: {"integration": {"key": "value"}}`
	textMustCommaSeparatedString        = "%s of %s must be a comma-separated string here"
	textConfigAlso                      = "the config of %s also has %s"
)

// Texts of the page of a link, and of what it shows.
const (
	textShowLinkReveals            = "Show what the link reveals"
	textLinkRevoked                = "the link is revoked"
	textLinkBeingRevoked           = "the link is being revoked"
	textLinkExpired                = "the link has expired"
	textServerOlderThanV0          = "this server is older than v0.69.5 and creates tokens without links"
	textLinkStopsWorkingOnce       = "The link stops working at once. A connection made with it stays."
	textLinkStaysValidUntil        = "the link stays valid until "
	textTerminalTooSmallShow       = "This terminal is too small to show the whole link."
	textServerCreatesTokensWithout = "This server creates tokens without links, which came with Nango v0.69.5. Revoke it: " +
		"it can't be used here."
	textSentYourTerminalsClipboard = "Sent to your terminal's clipboard (OSC 52). If it didn't arrive, select the lines above."
	textCopiedIfDidntArrive        = "Sent to the clipboard. If it didn't arrive, select the lines above."
	textRevokedNoLongerWorks       = "✓ revoked: it no longer works"
	textExpiredNoLongerWorks       = "! expired: it no longer works"
	textNotKnownWhetherRevoked     = "! not known whether it was revoked; "
	textLastCheckFailed            = "; ! the last check failed: "
	textFetchConnectionMayRefresh  = "Fetch connection (may refresh the token)"
	textMayRefreshTokenProvider    = "May refresh the token at the provider. If the refresh fails, Nango counts the " +
		"failure and reports it to webhooks."
	textCredentialsReadableNangoDoesnt = "! its credentials are readable; Nango doesn't say when it was changed"
	textNotChangedSinceLink            = "not changed since the link was created"
	textChangedSinceLinkCreated        = "✓ changed since the link was created, with readable credentials: a reconnect, a " +
		"token refresh or another change"
	textLinkReveals         = "What the link reveals"
	textCouldntLoadSession  = "Couldn't load the session"
	textLinkValid           = "✓ the link is valid"
	textAnyoneWhoCanRead    = ": anyone who has it can read this"
	textLinkNoLongerWorks   = "The link no longer works, so its code is not shown."
	textCouldntEncodeLinkQr = "Couldn't encode the link as a QR code."
	textTerminalTooSmallQr  = "This terminal is too small for the QR code."
)

// Texts of watches.
const (
	textConnectsCantDetected    = " connects can't be detected: "
	textExpiredLastCheckFailed  = " has expired; the last check failed: "
	textExpiredNoConnectionMade = " has expired; no connection was made"
	textLinkStaysValidApproved  = "The link stays valid, and what was approved for afterwards will not be done"

	textReconnectedCantDetected             = " is reconnected can't be detected: "
	textFailedAgainThereNewerAuthentication = " failed again: there is a newer authentication error"
	textMetadataEmptyCouldNot               = "; its metadata is empty and could not be restored"
	textMetadataRestored                    = "; its metadata was restored"
	textMetadataChangedSomeoneElse          = "; its metadata was changed by someone else and stays unchanged"
	textApiDoesntReportWhether              = "the API doesn't report whether it was used"
	textAuthenticationErrorStillThere       = "the authentication error is still there, although the metadata was emptied"
	textAuthenticationErrorStillThere2      = "the authentication error is still there"
	textCantDetectedWhetherThey             = "! it can't be detected whether they connect: "
	textNoConnectionMade                    = "! no connection was made"
	textConnectionNoLongerExists            = "! the connection no longer exists"
	textReconnectedMetadataEmptyBeing       = "✓ reconnected; its metadata is empty and is being restored"
	textCantDetectedWhetherReconnected      = "! it can't be detected whether it is reconnected: "
	textMetadataEmptiedButAuthentication    = "! its metadata was emptied, but the authentication error remains: the " +
		"customer seems to have finished with credentials that don't work either"
	textFailedAgainThereNewer             = "! it failed again: there is a newer authentication error"
	textNotReconnectedAuthenticationError = "! not reconnected: the authentication error is still there"
	textNoAuthenticationErrorNo           = "! it has no authentication error and no metadata, so the API doesn't report " +
		"when it is reconnected"
	textNoAuthenticationErrorReconnect = "! it has no authentication error: a reconnect only shows if the metadata is " +
		"emptied, which most auth modes do, but not OAuth"
)

// Texts of a reconnect.
const (
	textReconnectNeedsIntegrationConnection = "a reconnect needs an integration and a connection: reconnect/<integration>/<connection id>"
	textBeingLoaded                         = "it is being loaded"
	textConnectionNotFound                  = "the connection was not found"
	textDataLinkOldReloaded                 = "the data for the link is %s old: it is reloaded first"
	textTagsChangedWhileLink                = "its tags were changed while the link was created, and the link would undo " +
		"that: revoke it and create another"
	textHappensData               = "What happens to its data"
	textNoErrorsApiDoesnt         = "✓ no errors (the API doesn't report whether it was reconnected)"
	textSyncErrorApiDoesnt        = "✗ sync error (the API doesn't report whether it was reconnected)"
	textNotSentTagsShould         = " is not sent: the tags should say who it is for"
	textLostIfSetUnknown          = "✗ will be lost if set (unknown: not read yet)"
	textReadsConnectionFirstKeep  = " reads the connection first to keep both; this may refresh its token"
	textLost                      = "✗ will be lost: "
	textAnyoneLinkCouldRead       = ": anyone with the link could read it"
	textRestoredIfEmptyAfterwards = "↺ restored if it is empty afterwards: "
	textCreatesLinkNewCredentials = "Creates a link for new credentials that is valid for 30 minutes"
	textRestoresMetadataIfFound   = "Restores the metadata if it is found empty"
	textRevokesLinkWhenConnection = "Revokes the link when the connection is reconnected or gone"
)

// Texts of the end of a reconnect.
const (
	titleResumeSyncs          = "Resume paused syncs"
	textResumeConsequence     = "Resumes the schedule of "
	textOnlyAccepted          = "A success means that Nango accepted it, not that it was carried out."
	textSyncsPaused           = "; %s paused: its link's page resumes them"
	textNotRestoredAfterCrash = "Can't restore it if the program is killed meanwhile: %v"
	textNonePaused            = "no paused sync was found after a reconnect"
	textSettledGone           = "the connection no longer exists"
	textSettledReconnected    = "reconnected"
	textSettledExpired        = "the link no longer works, and the metadata is there"
)

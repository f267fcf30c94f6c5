package nango

// Kind classifies an [Error]. Each kind is an error, so that errors.Is(err, nango.NotFound) works.
type Kind int

// The kinds of errors.
const (
	Rejected Kind = iota + 1 // a response with status 400 or more that no other kind describes
	// OutcomeUnknown is a change without a readable response: it isn't known whether it was made. Errors of other
	// kinds can have an unknown outcome, too.
	OutcomeUnknown
	RejectedLocally // a request that was not sent, because Nango would refuse or misinterpret it
	ReadOnly        // a request that was not sent, because the client is read-only
	NotNango        // a response that doesn't come from Nango's API, such as HTML
	Malformed       // a success response that could not be decoded
	TooLarge        // a response larger than [MaxResponse]
	Redirected      // a redirect. It is not followed: the key is not sent elsewhere.
	Timeout         // a request that exceeded its time limit
	Canceled        // a request canceled by this program
	Network         // an unreachable host or a lost connection
	RateLimited     // 429: the account's budget is used up
	Unauthorized    // 401: the key is unknown
	Forbidden       // 403: the key is not allowed to do this
	NotFound        // the connection, integration or provider doesn't exist, whatever the status
	Conflict        // 409
	Invalid         // a request whose query or body Nango refused
	RefreshFailed   // a token that could not be refreshed at the provider
	ServerFailed    // a status of 500 or more
	// BadCursor is a cursor that the server can't continue from. It responds the same for other failures with records
	// (seen on v0.71.4); reading from the beginning tells which it is.
	BadCursor
	ActionFailed // a function that ran and failed. [Error.Origin] says who caused it.
	// ResultPending is Nango's response while a run is in progress, for an unknown run, and for a null result. They
	// can't be distinguished.
	ResultPending
	ProviderUnreachable // a proxied request to which no provider responded
	NotSaved            // a proxied response that could not be written to its file. The request was carried out.
	Moved               // a request by number to a server that identifies environments and keys by UUID. It was not carried out.
	NotRecorded         // a request that was not sent, because the journal could not record it first
	ProxyRefused        // a response of the proxy between this program and the server, which has not got the request
	LogsDisabled        // logs are switched off on this server
	LogsNoAddress       // this server has no log tools at its own address, and the profile names no other
	LogsTooOld          // a server without the log tools
	LogsTooNew          // a server whose log tools have another form
)

var kindNames = [...]string{
	Rejected: "rejected", OutcomeUnknown: "not known", RejectedLocally: "not sent", ReadOnly: "read-only", NotNango: "not Nango",
	Malformed: "unreadable response", TooLarge: "response too large", Redirected: "redirected", Timeout: "timed out",
	Canceled: "cancelled", Network: "network failure", RateLimited: "rate limited", Unauthorized: "unauthorised",
	Forbidden: "forbidden", NotFound: "not found", Conflict: "conflict", Invalid: "invalid",
	RefreshFailed: "refresh failed", ServerFailed: "server failure", BadCursor: "bad cursor",
	ActionFailed: "function failed", ResultPending: "no result yet", ProviderUnreachable: "provider unreachable",
	NotSaved: "response not saved", NotRecorded: "not sent", ProxyRefused: "refused by the proxy", Moved: "moved to UUIDs",
	LogsDisabled: "logs disabled", LogsNoAddress: "no address for logs", LogsTooOld: "server too old", LogsTooNew: "server too new",
}

// Error returns the kind in a few words.
func (k Kind) Error() string {
	if k <= 0 || int(k) >= len(kindNames) {
		return "failed"
	}
	return kindNames[k]
}

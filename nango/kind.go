package nango

// Kind classifies an [Error]. Each kind is an error, so that errors.Is(err, nango.NotFound) works.
type Kind int

// The kinds of errors.
const (
	// Rejected is a response with status 400 or more that no other kind describes.
	Rejected Kind = iota + 1
	// OutcomeUnknown is a change without a readable response: it isn't known whether it was made. Errors of other
	// kinds can have an unknown outcome, too.
	OutcomeUnknown
	// RejectedLocally is a request that was not sent, because Nango would refuse or misinterpret it.
	RejectedLocally
	// ReadOnly is a request that was not sent, because the client is read-only.
	ReadOnly
	// NotNango is a response that doesn't come from Nango's API, such as HTML.
	NotNango
	// Malformed is a success response that could not be decoded.
	Malformed
	// TooLarge is a response larger than [MaxResponse].
	TooLarge
	// Redirected is a redirect. It is not followed: the key is not sent elsewhere.
	Redirected
	// Timeout is a request that exceeded its time limit.
	Timeout
	// Canceled is a request canceled by this program.
	Canceled
	// Network is an unreachable host or a lost connection.
	Network
	// RateLimited is 429: the account's budget is used up.
	RateLimited
	// Unauthorized is 401: the key is unknown.
	Unauthorized
	// Forbidden is 403: the key is not allowed to do this.
	Forbidden
	// NotFound means that the connection, integration or provider doesn't exist, whatever the status.
	NotFound
	// Conflict is 409.
	Conflict
	// Invalid is a request whose query or body Nango refused.
	Invalid
	// RefreshFailed is a token that could not be refreshed at the provider.
	RefreshFailed
	// ServerFailed is a status of 500 or more.
	ServerFailed
	// BadCursor is a cursor that the server can't continue from. It responds the same for other failures with records
	// (seen on v0.71.4); reading from the beginning tells which it is.
	BadCursor
	// ActionFailed is a function that ran and failed. [Error.Origin] says who caused it.
	ActionFailed
	// ResultPending is Nango's response while a run is in progress, for an unknown run, and for a null result. They
	// can't be distinguished.
	ResultPending
	// ProviderUnreachable is a proxied request to which no provider responded.
	ProviderUnreachable
	// NotSaved is a proxied response that could not be written to its file. The request was carried out.
	NotSaved
	// ProxyRefused is a response of the proxy between this program and the server, which has not got the request.
	ProxyRefused
)

var kindNames = [...]string{
	Rejected: "rejected", OutcomeUnknown: "not known", RejectedLocally: "not sent", ReadOnly: "read-only", NotNango: "not Nango",
	Malformed: "unreadable response", TooLarge: "response too large", Redirected: "redirected", Timeout: "timed out",
	Canceled: "cancelled", Network: "network failure", RateLimited: "rate limited", Unauthorized: "unauthorised",
	Forbidden: "forbidden", NotFound: "not found", Conflict: "conflict", Invalid: "invalid",
	RefreshFailed: "refresh failed", ServerFailed: "server failure", BadCursor: "bad cursor",
	ActionFailed: "function failed", ResultPending: "no result yet", ProviderUnreachable: "provider unreachable",
	NotSaved: "response not saved", ProxyRefused: "refused by the proxy",
}

// Error returns the kind in a few words.
func (k Kind) Error() string {
	if k <= 0 || int(k) >= len(kindNames) {
		return "failed"
	}
	return kindNames[k]
}

package nango

// Kind says of what sort an [Error] is. Every kind is an error itself, so that errors.Is(err,
// nango.NotFound) works.
type Kind int

// The kinds of errors.
const (
	// Rejected is an answer of 400 or more that no other kind describes.
	Rejected Kind = iota + 1
	// OutcomeUnknown is a request that changes something and whose answer did not come, or could not be read: nobody
	// can say whether it was done. An error of another kind can be not known as well.
	OutcomeUnknown
	// Refused is a request that was not sent, since Nango would refuse it or take it for another.
	RejectedLocally
	// ReadOnly is a request that was not sent, since the client only reads.
	ReadOnly
	// NotNango is an answer that Nango's API does not give, such as HTML.
	NotNango
	// Malformed is an answer that began as it should and could not be read.
	Malformed
	// TooLarge is an answer beyond [MaxResponse].
	TooLarge
	// Redirected is an answer that points elsewhere; the key is not sent there.
	Redirected
	// Timeout is a request whose time ran out.
	Timeout
	// Canceled is a request that was given up from this side.
	Canceled
	// Network is a failure to reach the host, or a connection lost.
	Network
	// RateLimited is 429: the account's budget is used up.
	RateLimited
	// Unauthorized is 401: the key is not known.
	Unauthorized
	// Forbidden is 403: the key may not do that.
	Forbidden
	// NotFound is whatever Nango answers for a connection, an integration or a provider that is not there.
	NotFound
	// Conflict is 409.
	Conflict
	// Invalid is a request whose query or body Nango did not take.
	Invalid
	// RefreshFailed is a token that could not be refreshed at the provider.
	RefreshFailed
	// ServerFailed is 500 or more.
	ServerFailed
	// BadCursor is a place in a list that the server cannot go on from. It answers so for other failures of its
	// records as well (seen on v0.71.4), so the beginning of the list is the test.
	BadCursor
	// ActionFailed is a function that ran and failed. [Error.Origin] tells whose fault it was.
	ActionFailed
	// ResultPending is what Nango says of the result of a run that goes on, that it does not know, or whose result is
	// null. It cannot be told which.
	ResultPending
	// ProviderUnreachable is a proxied request for which Nango found nobody to answer.
	ProviderUnreachable
	// NotSaved is a proxied answer that came and could not be written. What was asked for was done.
	NotSaved
)

var kindNames = [...]string{
	Rejected: "rejected", OutcomeUnknown: "not known", RejectedLocally: "not sent", ReadOnly: "read-only", NotNango: "not Nango",
	Malformed: "unreadable answer", TooLarge: "answer too large", Redirected: "redirected", Timeout: "timed out",
	Canceled: "cancelled", Network: "network failure", RateLimited: "rate limited", Unauthorized: "unauthorised",
	Forbidden: "forbidden", NotFound: "not found", Conflict: "conflict", Invalid: "invalid",
	RefreshFailed: "refresh failed", ServerFailed: "server failure", BadCursor: "bad cursor",
	ActionFailed: "function failed", ResultPending: "no result yet", ProviderUnreachable: "provider unreachable",
	NotSaved: "answer not saved",
}

// Error is the kind in a word or two.
func (k Kind) Error() string {
	if k <= 0 || int(k) >= len(kindNames) {
		return "failed"
	}
	return kindNames[k]
}

// Package cause says why something in Nango failed, in words: what failed, what the provider said, what that usually means for this
// provider and auth mode, whose fault it is, and what to do. It reads an operation of Nango's logs with its messages, or the error of
// a request, and sends nothing. What it doesn't know it says to be not known; the tables in table.go and advice.go are all it knows.
//
// Like any subpackage of nango, it may know nango, jsontext and clean, but no screen.
package cause

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango"
)

// Kind is what kind of failure it is. Kinds are stable, as part of [Cause.Key].
type Kind string

// The kinds of causes.
const (
	Revoked          Kind = "revoked"           // access that the customer, an administrator or the provider took back
	Expired          Kind = "expired"           // a refresh token that has expired
	Grant            Kind = "grant"             // a refresh token that was refused without a reason
	TestMode         Kind = "test mode"         // a refresh token of a Google app in test mode, which ends after 7 days
	NoRefreshToken   Kind = "no refresh token"  // a connection without a refresh token, such as without offline_access
	SignIn           Kind = "sign in"           // credentials that are needed: the customer has to sign in, or to consent
	AccountDisabled  Kind = "account disabled"  // the customer's account at the provider
	AppCredentials   Kind = "app credentials"   // client id or secret of the integration
	AppNotAllowed    Kind = "app not allowed"   // an app that may not do this, or is blocked
	Scope            Kind = "scope"             // a scope that is missing
	BadCredentials   Kind = "bad credentials"   // an API key or a password that was refused
	TokenRejected    Kind = "token rejected"    // an access token that was refused
	Forbidden        Kind = "forbidden"         // an account without the right
	RateLimit        Kind = "rate limit"        // too many requests to the provider
	ProviderDown     Kind = "provider down"     // a provider that responds with 5xx
	Timeout          Kind = "timeout"           // a provider that didn't respond in time
	Certificate      Kind = "certificate"       // a certificate that is not valid
	DNS              Kind = "dns"               // a host that doesn't exist
	Refused          Kind = "refused"           // a host that refuses connections
	Unreachable      Kind = "unreachable"       // a connection that was lost, or never made
	NotFound         Kind = "not found"         // something that doesn't exist at the provider
	BadRequest       Kind = "bad request"       // a request that the provider doesn't accept
	Script           Kind = "script"            // a function that failed by itself
	ScriptTimeout    Kind = "script timeout"    // a function that ran for too long
	ScriptInput      Kind = "script input"      // an input or output that doesn't match the function's model
	Stopped          Kind = "stopped"           // a function that was stopped
	Webhook          Kind = "webhook"           // a webhook that its receiver refused, or that didn't reach it
	RefreshExhausted Kind = "refresh exhausted" // Nango, which no longer tries to refresh
	NangoFailed      Kind = "nango"             // Nango itself
	Unknown          Kind = "unknown"           // none of these, or nothing that says which
)

// Fault is who has to act.
type Fault string

// Who has to act.
const (
	FaultUnknown  Fault = ""
	FaultCustomer Fault = "the customer's account"
	FaultProvider Fault = "the provider"
	FaultApp      Fault = "our app's credentials or settings"
	FaultFunction Fault = "our function"
	FaultReceiver Fault = "our webhook receiver"
	FaultNango    Fault = "Nango"
)

// Cause is why an operation failed. Its texts are masked, bounded and free of control characters.
type Cause struct {
	Kind Kind
	// Code is the most specific code that was found, such as "invalid_grant", "AADSTS700082" or "429". It may be empty.
	Code string
	// Status is the provider's HTTP status; 0 if it didn't respond.
	Status int
	// Said is what the provider said, or the function, or Nango if neither did. It may be empty.
	Said string
	// Operation is the id of the operation in the logs; empty if the cause is from elsewhere.
	Operation string
	// Type and Action are those of the operation, such as "auth" and "refresh_token".
	Type, Action string
	// Function is the sync or action that failed; empty if none.
	Function string
	// Provider is the provider's name for people. Integration is the integration key.
	Provider, Integration string
	// Request is the method and the URL without its query of the request that failed; empty if unknown.
	Request string
	// File and Line are where the function failed; Line is 0 if unknown.
	File string
	Line int
	// At is when it failed; zero if unknown.
	At time.Time
	// Until is when the provider's rate limit ends; zero if it doesn't say.
	Until time.Time
	// Why is why the kind is [Unknown].
	Why string

	name string // of the provider, as in the catalog
	mode string // the provider's auth mode
}

// Key groups causes: connections with the same key are broken for the same reason. It has the kind and, if there is one, the code.
func (c Cause) Key() string {
	if c.Code == "" {
		return string(c.Kind)
	}
	return string(c.Kind) + " · " + c.Code
}

// IsKnown reports whether it is known why the operation failed.
func (c Cause) IsKnown() bool { return c.Kind != Unknown && c.Kind != "" }

// Headline says what failed in one line, in the provider's own words if there are any.
func (c Cause) Headline() string {
	said := strings.TrimSpace(c.Said)
	switch {
	case c.Status > 0:
		return c.who() + " answered " + c.answer(said)
	case said == "":
		return textUnknown + cmp.Or(c.Why, textNothingSaid) + "."
	}
	switch c.Kind {
	case Script, ScriptInput, ScriptTimeout, Stopped:
		at := ""
		if c.Line > 0 {
			at = fmt.Sprintf(textAtLine, c.Line, c.File)
		}
		return fmt.Sprintf(textFunctionFailed, cmp.Or(c.Function, textTheFunction), at, said)
	case NangoFailed, RefreshExhausted:
		return fmt.Sprintf(textNangoSays, said)
	case Certificate, DNS, Refused, Unreachable, Timeout, Webhook:
		return fmt.Sprintf(textNotReached, c.who(), said)
	case Unknown:
		return said
	}
	return c.who() + " answered " + c.answer(said)
}

// answer is a status with what was said, once.
func (c Cause) answer(said string) string {
	status := ""
	if c.Status > 0 {
		status = strconv.Itoa(c.Status)
	}
	said = strings.TrimPrefix(said, status+" ")
	switch {
	case said == "" || said == status:
		return status
	case status == "" || c.Code != "" && strings.HasPrefix(said, c.Code):
		return strings.TrimSpace(status + " " + said)
	}
	return status + ": " + said
}

// who is who answered, or should have.
func (c Cause) who() string {
	if c.Type == typeWebhook {
		if _, rest, ok := strings.Cut(c.Request, "://"); ok {
			host, _, _ := strings.Cut(rest, "/")
			return host
		}
		return textReceiver
	}
	return cmp.Or(c.Provider, c.Integration, textTheProvider)
}

// What says what failed: "token refresh", "sync contacts".
func (c Cause) What() string {
	if what, ok := operationNames[c.Type+"."+c.Action]; ok {
		return strings.TrimSpace(strings.ReplaceAll(what, "%s", c.Function))
	}
	return strings.TrimSpace(strings.Join([]string{c.Type, c.Action, c.Function}, " "))
}

// Input is what a cause is made of.
type Input struct {
	Operation nango.LogOperation
	// Messages are those of the operation, newest first.
	Messages []nango.LogMessage
	// Provider is the provider's entry in the catalog. It may be the zero Provider; then only its name is known.
	Provider nango.Provider
	// Connected is when the connection was created; zero if unknown.
	Connected time.Time
	// Mask masks known secrets; nil masks none.
	Mask func(string) string
}

// Of finds the cause of an operation that failed.
func Of(in Input) Cause {
	o := in.Operation
	e := gather(in)
	c := Cause{
		Operation: o.ID, Type: clip(o.Type), Action: clip(o.Action), Function: e.text(o.Function), Integration: e.text(o.Integration),
		Provider: e.text(cmp.Or(in.Provider.DisplayName, in.Provider.Name, o.Provider, o.Integration)),
		name:     cmp.Or(in.Provider.Name, o.Provider), mode: in.Provider.AuthMode,
		Status: e.status, Said: e.text(e.said()), Request: e.text(e.request), File: e.text(e.file), Line: e.line, Until: e.until, At: failedAt(o),
	}
	e.provider, e.mode, e.connected, e.at = strings.ToLower(c.name), c.mode, in.Connected, c.At
	return c.classify(e)
}

// OfError finds the cause of a failed request for a connection, such as one that refreshed its token.
func OfError(err *nango.Error, provider nango.Provider, connected, now time.Time, mask func(string) string) Cause {
	e := &evidence{mask: mask, isAuth: true, code: err.Code, provider: strings.ToLower(provider.Name), mode: provider.AuthMode,
		connected: connected, at: now, theirs: err.Said, ours: err.Message}
	if upstream, ok := err.Upstream(); ok {
		e.status = upstream.Status
	}
	c := Cause{Type: typeAuth, Action: actionRefresh, At: now, Integration: e.text(err.About.Integration), Status: e.status,
		Provider: e.text(cmp.Or(provider.DisplayName, provider.Name, err.About.Integration)), name: provider.Name, mode: provider.AuthMode,
		Said: e.text(e.said())}
	return c.classify(e)
}

// NotKnown is the cause of an error of a connection whose operation could not be read, and why it couldn't.
func NotKnown(failure nango.ConnectionError, ref nango.ConnectionRef, why string) Cause {
	c := Cause{Kind: Unknown, Operation: failure.LogID, Type: clip(failure.Type), Integration: line(ref.Integration), Why: line(why)}
	switch failure.Type {
	case typeAuth:
		c.Action = actionRefresh
	case typeSync:
		c.Action = "run"
	}
	c.At, _ = failure.At()
	return c
}

// WithProvider is the cause with what the catalog says about its provider: its name for people, and what its auth mode means.
func (c Cause) WithProvider(p nango.Provider) Cause {
	if p.Name == "" {
		return c
	}
	c.Provider, c.name, c.mode = line(cmp.Or(p.DisplayName, p.Name)), p.Name, p.AuthMode
	return c.credentialKind()
}

// failedAt is when an operation failed.
func failedAt(o nango.LogOperation) time.Time {
	for _, at := range []time.Time{o.Ended, o.Updated, o.Started, o.Created} {
		if !at.IsZero() {
			return at
		}
	}
	at, _ := nango.ConnectionError{LogID: o.ID}.At()
	return at
}

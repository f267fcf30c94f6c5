package cause

import (
	"slices"
	"strings"
)

// Step is something to do about a cause.
type Step string

// The steps.
const (
	StepReconnect   Step = "reconnect"   // send a reconnect link
	StepRefresh     Step = "refresh"     // force a refresh of the token
	StepOthers      Step = "others"      // look at the other connections of the integration
	StepIntegration Step = "integration" // correct the integration's credentials or scopes
	StepScopes      Step = "scopes"      // fetch the credentials and compare the scopes
	StepSync        Step = "sync"        // start or run the sync
	StepWait        Step = "wait"        // wait, for a rate limit or a provider
	StepFunction    Step = "function"    // open the function's code
	StepWebhook     Step = "webhook"     // correct the receiver of webhooks
	StepProbe       Step = "probe"       // send a request through the proxy
	StepLog         Step = "log"         // read the log
)

// advice is what a kind of cause usually means, and what to do about it, the likeliest first.
type advice struct {
	kind Kind
	// providers are how the provider's name begins, modes its auth mode; empty for all.
	providers, modes []string
	fault            Fault
	means            string
	steps            []Step
}

func steps(all ...Step) []Step { return all }

// advices are in order: the first one that fits counts. Those of a provider or an auth mode come before that for all.
var advices = []advice{
	{kind: Revoked, providers: google, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers, StepRefresh),
		means: "The customer removed the app's access, changed the password, or more than 100 tokens were issued. " +
			"In test mode, Google ends tokens after 7 days."},
	{kind: Revoked, providers: []string{"salesforce"}, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers, StepRefresh),
		means: "The customer revoked the token, a policy of the connected app ended it, or a newer login replaced it (5 per user and app)."},
	{kind: Revoked, providers: []string{"shopify"}, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers),
		means: "Shops end a token when they uninstall the app."},
	{kind: Revoked, modes: []string{"APP", "CUSTOM"}, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers),
		means: "The installation of the app was suspended or removed."},
	{kind: Revoked, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers, StepRefresh),
		means: "The customer, an administrator or the provider ended the access. It doesn't come back by itself."},

	{kind: Expired, providers: []string{"microsoft", "outlook", "one-drive", "one-note", "sharepoint", "teams", "azure", "excel", "entra"},
		fault: FaultCustomer, steps: steps(StepReconnect, StepOthers),
		means: "Microsoft ends a refresh token after 90 days without use, or when a policy asks for a new sign-in."},
	{kind: Expired, providers: []string{"quickbooks"}, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers),
		means: "QuickBooks ends a refresh token after 100 days without a refresh."},
	{kind: Expired, providers: []string{"xero"}, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers),
		means: "Xero ends a refresh token after 60 days without a refresh."},
	{kind: Expired, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers, StepRefresh),
		means: "The refresh token's time is over, often because nothing used it for long."},

	{kind: Grant, providers: atlassian, fault: FaultCustomer,
		steps: steps(StepReconnect, StepScopes, StepOthers),
		means: "Atlassian ends a refresh token after 90 days without a refresh, and gives none without the scope offline_access."},
	{kind: Grant, fault: FaultCustomer, steps: steps(StepReconnect, StepRefresh, StepOthers),
		means: "The refresh token is no longer valid: revoked, expired, or replaced by a newer one. The provider doesn't say which."},
	{kind: TestMode, fault: FaultApp, steps: steps(StepIntegration, StepReconnect, StepOthers),
		means: "It failed 7 days after connecting: Google ends tokens of an app in test mode then. Publish the app in Google's console, " +
			"then reconnect."},
	{kind: NoRefreshToken, fault: FaultApp, steps: steps(StepIntegration, StepScopes, StepReconnect, StepOthers),
		means: "Without a refresh token nothing can renew the access. Many providers give one only for the scope offline_access " +
			"(Google: access_type=offline). Add it to the integration, then reconnect."},
	{kind: SignIn, fault: FaultCustomer, steps: steps(StepReconnect, StepOthers),
		means: "The provider wants the customer to sign in or consent again: a second factor, a policy, or a new permission."},
	{kind: AccountDisabled, fault: FaultCustomer, steps: steps(StepOthers, StepReconnect),
		means: "The customer's account at the provider is disabled. A link only helps with another account."},
	{kind: AppCredentials, fault: FaultApp, steps: steps(StepIntegration, StepOthers, StepRefresh),
		means: "Client id or secret of the integration are wrong, changed or expired. This breaks all of its connections as their tokens " +
			"expire; reconnecting doesn't help before it is corrected."},
	{kind: AppNotAllowed, fault: FaultApp, steps: steps(StepIntegration, StepOthers, StepReconnect),
		means: "The app isn't allowed to do this: blocked by an administrator, not approved, or set up for something else."},
	{kind: Scope, fault: FaultApp, steps: steps(StepScopes, StepIntegration, StepReconnect, StepOthers),
		means: "The token lacks a scope. Add it to the integration; connections get it when they reconnect."},
	{kind: BadCredentials, modes: []string{"API_KEY"}, fault: FaultCustomer, steps: steps(StepReconnect, StepProbe, StepOthers),
		means: "The API key is wrong, or was deleted or replaced at the provider. The customer has to give a new one."},
	{kind: BadCredentials, fault: FaultCustomer, steps: steps(StepReconnect, StepProbe, StepOthers),
		means: "The credentials are wrong or were changed at the provider. The customer has to give new ones."},
	{kind: TokenRejected, modes: []string{"OAUTH2_CC", "TWO_STEP", "JWT"}, fault: FaultCustomer,
		steps: steps(StepRefresh, StepReconnect, StepOthers),
		means: "The token was refused. A refresh gets a new one with the customer's credentials; if that fails, too, they are wrong."},
	{kind: TokenRejected, fault: FaultCustomer, steps: steps(StepRefresh, StepReconnect, StepScopes, StepOthers),
		means: "The access token was refused: expired without a refresh token, revoked, or of another environment. A refresh tells."},
	{kind: Forbidden, fault: FaultCustomer, steps: steps(StepScopes, StepOthers, StepReconnect),
		means: "The account that connected may not do this: a role, a plan, or a scope is missing."},

	{kind: RateLimit, fault: FaultProvider, steps: steps(StepWait, StepSync, StepOthers),
		means: "Too many requests to the provider in a short time. It ends by itself. If it comes back, syncs should run less often."},
	{kind: ProviderDown, fault: FaultProvider, steps: steps(StepOthers, StepWait, StepProbe),
		means: "The provider failed by itself. If its other connections fail, too, it is an outage. Reconnecting doesn't help."},
	{kind: Timeout, fault: FaultProvider, steps: steps(StepOthers, StepWait, StepProbe),
		means: "The provider didn't respond in time: it is slow or down, or the request asks for too much."},
	{kind: Certificate, fault: FaultProvider, steps: steps(StepOthers, StepProbe, StepWait),
		means: "The certificate of the host is expired or not trusted. For a host of the customer's, the customer has to renew it."},
	{kind: DNS, fault: FaultUnknown, steps: steps(StepScopes, StepOthers, StepProbe),
		means: "The host has no address. With a subdomain or a domain in the connection's config, that is probably wrong or gone."},
	{kind: Refused, fault: FaultProvider, steps: steps(StepOthers, StepProbe, StepWait),
		means: "Nothing listens at the host, or a firewall refuses Nango."},
	{kind: Unreachable, fault: FaultProvider, steps: steps(StepOthers, StepProbe, StepWait),
		means: "The connection to the provider broke. If it happens once, run it again; if others have it, too, it is an outage."},
	{kind: NotFound, fault: FaultUnknown, steps: steps(StepFunction, StepProbe, StepOthers),
		means: "What was asked for doesn't exist: deleted at the provider, no longer shared with the account, or a wrong path in the function."},
	{kind: BadRequest, fault: FaultFunction, steps: steps(StepFunction, StepLog, StepOthers),
		means: "The provider doesn't accept the request: the function sends something that doesn't fit, or the provider's API has changed."},

	{kind: Script, fault: FaultFunction, steps: steps(StepFunction, StepLog, StepSync, StepOthers),
		means: "The function itself failed. If it fails for others, too, it is its code; otherwise this customer's data."},
	{kind: ScriptTimeout, fault: FaultFunction, steps: steps(StepLog, StepFunction, StepOthers),
		means: "The function ran for too long and was ended. Look for where it waited."},
	{kind: ScriptInput, fault: FaultFunction, steps: steps(StepLog, StepFunction),
		means: "The data doesn't match the function's model."},
	{kind: Stopped, fault: FaultUnknown, steps: steps(StepSync, StepLog),
		means: "The run was stopped: by someone, or by a deployment."},
	{kind: Webhook, fault: FaultReceiver, steps: steps(StepWebhook, StepLog),
		means: "Nango couldn't deliver the webhook. It sends again after 5xx, not after 4xx. The connection itself works."},
	{kind: RefreshExhausted, fault: FaultCustomer, steps: steps(StepRefresh, StepReconnect, StepLog),
		means: "Nango no longer tries to refresh after failures on several days, or waits 30 s after one. The first failure has the cause."},
	{kind: NangoFailed, fault: FaultNango, steps: steps(StepSync, StepOthers, StepLog),
		means: "Nango could not run it: its runner or orchestrator is down or overloaded."},
	{kind: Unknown, steps: steps(StepLog, StepRefresh, StepReconnect, StepOthers)},
}

// Means says what the cause usually means for this provider and auth mode; empty if nothing is known about it.
func (c Cause) Means() string { return c.advice().means }

// Fault is who has to act, as far as the kind says.
func (c Cause) Fault() Fault { return c.advice().fault }

// Steps are what to do, the likeliest first.
func (c Cause) Steps() []Step {
	all := slices.Clone(c.advice().steps)
	if c.Kind == Unknown && c.Type == typeSync {
		return steps(StepLog, StepSync, StepFunction, StepOthers)
	}
	return all
}

func (c Cause) advice() advice {
	for _, a := range advices {
		if a.kind == c.Kind && (len(a.modes) == 0 || slices.Contains(a.modes, c.mode)) && isOneOf(strings.ToLower(c.name), a.providers) {
			return a
		}
	}
	return advices[len(advices)-1]
}

// isOneOf reports whether a provider's name begins like one of these; all do if there are none.
func isOneOf(provider string, names []string) bool {
	return len(names) == 0 || slices.ContainsFunc(names, func(p string) bool { return strings.HasPrefix(provider, p) })
}

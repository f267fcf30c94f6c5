package cause

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rule says which evidence is which kind of cause. Every condition that is set must hold.
type rule struct {
	kind Kind
	// providers are how the provider's name begins.
	providers []string
	// statuses are the provider's statuses: 500 means 500 to 599, another one itself.
	statuses []int
	// codes are Nango's error codes; * at the end stands for any end.
	codes []string
	// words matches what was said, in lower case. Its first group is the code of the cause, if it has one.
	words *regexp.Regexp
	// only is another condition.
	only func(*evidence) bool
}

func said(words string) *regexp.Regexp { return regexp.MustCompile(words) }

// google are how the names of providers begin that take tokens of Google.
var google = []string{"google", "gmail", "youtube"}

// atlassian are how the names of Atlassian's providers begin.
var atlassian = []string{"jira", "confluence", "atlassian"}

// rules are in order: the first one that fits counts. A code of a provider says more than one of OAuth, which says more than a status.
var rules = []rule{
	// Webhooks that Nango sends: whatever happens is between Nango and the receiver.
	{kind: Webhook, only: func(e *evidence) bool { return e.isWebhook },
		words: said(`(enotfound|dns|econnrefused|etimedout|timeout|certificate)`)},
	{kind: Webhook, only: func(e *evidence) bool { return e.isWebhook }},

	// Functions that failed by themselves, whatever the words of their error.
	{kind: ScriptTimeout, codes: []string{"execution_timeout"}},
	{kind: ScriptInput, codes: []string{"invalid_action_output", "invalid_action_input", "validation_error"}},
	{kind: Stopped, codes: []string{"script_aborted", "*_cancelled"}},
	{kind: Script, codes: []string{"*_script_runtime_error", "function_runtime_*", "script_internal_error", "compilation_error"}},
	{kind: NangoFailed, codes: []string{"*_script_failure", "action_failure"},
		words: said(`failed to get runner|nango runner|error starting function|/v1/immediate failed`)},
	{kind: NangoFailed, codes: []string{"file_upload_error"}},

	// Codes of Microsoft Entra ID. See https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
	{kind: Expired, words: said(`(aadsts(?:700082|70043|700084|70008))\b`)},
	{kind: Revoked, words: said(`(aadsts(?:50173|50133|50132|700003))\b`)},
	{kind: AppCredentials, words: said(`(aadsts(?:7000215|7000222|7000218|700027|700016|7000229))\b`)},
	{kind: SignIn, words: said(`(aadsts(?:65001|50076|50078|50079|50158|53000|53003|50058|50055))\b`)},
	{kind: AccountDisabled, words: said(`(aadsts(?:50057|50034|500014))\b`)},
	{kind: Scope, words: said(`(aadsts(?:70011|65004|28002|28003))\b`)},
	{kind: AppNotAllowed, words: said(`(aadsts(?:700054|50105|90094|7000112|500011))\b`)},

	// Words of single providers.
	{kind: SignIn, providers: google, words: said(`(invalid_rapt|rapt_required)`)},
	{kind: AppNotAllowed, providers: google, words: said(`(admin_policy_enforced|org_internal|disabled_client|deleted_client)`)},
	{kind: AppNotAllowed, providers: google, words: said(`(service_disabled|accessnotconfigured)`)},
	{kind: TestMode, providers: google, words: said(`(invalid_grant)`), only: failedAfterAWeek},
	{kind: RateLimit, providers: google, statuses: []int{403},
		words: said(`(ratelimitexceeded|userratelimitexceeded|quotaexceeded|dailylimitexceeded)`)},
	{kind: AccountDisabled, providers: []string{"salesforce"}, words: said(`(inactive user|inactive organization|user_inactive)`)},
	{kind: RateLimit, providers: []string{"salesforce"}, words: said(`(request_limit_exceeded)`)},
	{kind: Forbidden, providers: []string{"salesforce"}, words: said(`(api_disabled_for_org|api_currently_disabled|insufficient_access)`)},
	{kind: TokenRejected, providers: []string{"salesforce"}, words: said(`(invalid_session_id)`)},
	{kind: Revoked, providers: []string{"github"}, statuses: []int{404, 403},
		words: said(`(installation)[^.]{0,40}(?:suspended|not found)|suspended installation`)},
	{kind: Scope, providers: []string{"github"}, words: said(`resource not accessible by (?:integration|personal access token)`)},
	{kind: RateLimit, providers: []string{"github"}, statuses: []int{403}, words: said(`rate limit`)},
	{kind: Revoked, providers: []string{"github"}, words: said(`(bad_refresh_token)`)},
	{kind: AppCredentials, providers: []string{"github"}, words: said(`(incorrect_client_credentials)`)},
	{kind: NotFound, providers: []string{"notion"}, words: said(`(object_not_found)`)},
	{kind: Scope, providers: []string{"notion"}, words: said(`(restricted_resource)`)},
	{kind: Revoked, providers: []string{"shopify"}, statuses: []int{401}},
	{kind: Revoked, providers: []string{"hubspot"}, words: said(`(bad_refresh_token)`)},
	{kind: Grant, providers: atlassian, words: said(`(unauthorized_client).*refresh_token`)},

	// OAuth: RFC 6749, 6750, OpenID Connect, and what many providers write.
	{kind: RateLimit, statuses: []int{429}},
	{kind: RateLimit, codes: []string{"script_api_rate_limit_error"}},
	{kind: Scope,
		words: said(`\b(insufficient_scopes?|invalid_scopes?|missing_scopes?|access_token_scope_insufficient|insufficientpermissions)\b`)},
	{kind: Scope,
		words: said(`insufficient (?:authentication )?scope|(?:missing|required|additional|not granted the|` +
			`requires the) (?:\S+ )?scopes?\b`)},
	{kind: NoRefreshToken, words: said(`(offline_access)`)},
	{kind: NoRefreshToken, words: said(`\b(no_refresh_token|missing_refresh_token|refresh_token_missing)\b`)},
	{kind: NoRefreshToken,
		words: said(`(?:no|missing|without(?: a)?) refresh[ _]token|refresh[ _]token (?:is )?(?:missing|not (?:available|present|` +
			`found|provided))|parameter:? ['"]?refresh_token`)},
	{kind: AppCredentials,
		words: said(`\b(invalid_client(?:_id|_secret)?|bad_client_secret|bad_client_id|invalid_client_credentials|invalid_app_secret)\b`)},
	{kind: AppCredentials,
		words: said(`client authentication failed|(?:invalid|incorrect|wrong|bad|expired) client[ _](?:secret|id|credentials)|` +
			`client secret (?:is )?(?:invalid|expired|incorrect)`)},
	{kind: SignIn,
		words: said(`\b(interaction_required|login_required|consent_required|mfa_required|account_selection_required|reauth_required)\b`)},
	{kind: AccountDisabled, words: said(`\b(account_inactive|user_disabled|account_disabled|account_suspended|user_deactivated)\b`)},
	{kind: AccountDisabled,
		words: said(`(?:account|user|organization|workspace|tenant) (?:is |has been |was )?(?:suspended|disabled|deactivated|` +
			`inactive|closed|locked)`)},
	{kind: Revoked, words: said(`\b(token_revoked|revoked_token|access_revoked|app_uninstalled)\b`)},
	{kind: Revoked, words: said(`\b(invalid_grant)\b.*\b(?:revoked|withdrawn|uninstalled)\b`)},
	{kind: Expired, words: said(`\b(invalid_grant)\b.*\b(?:expired|inactivity)\b`)},
	{kind: Revoked,
		words: said(`\b(?:token|access|grant|authorization|permission|consent|app)s?\b.{0,40}\b(?:revoked|withdrawn|uninstalled)\b`)},
	{kind: Expired, words: said(`refresh[ _]token\b.{0,40}\bexpired|expired\b.{0,30}\brefresh[ _]token`)},
	{kind: Grant, words: said(`\b(invalid_grant|invalid_refresh_token)\b`)},
	{kind: AppNotAllowed,
		words: said(`\b(unauthorized_client|access_denied|unsupported_grant_type|redirect_uri_mismatch|invalid_redirect_uri|` +
			`app_not_approved)\b`)},
	{kind: RateLimit,
		words: said(`\b(rate_?limit_?(?:ed|exceeded)?|too_many_requests|ratelimited|quota_exceeded|limit_exceeded|throttl(?:ed|` +
			`ing)(?:exception)?)\b`)},
	{kind: RateLimit, words: said(`rate limit|too many requests|quota (?:has been )?exceeded`)},
	{kind: BadCredentials, codes: []string{"connection_test_failed", "connection_validation_failed"}},

	// The network between Nango and the provider.
	{kind: Certificate, only: silent,
		words: said(`(cert_has_expired|unable_to_verify_leaf_signature|self_signed_cert_in_chain|depth_zero_self_signed_cert|` +
			`err_tls_cert_altname_invalid)`)},
	{kind: Certificate, only: silent, words: said(`certificate|self[- ]signed|\bx509\b|ssl routines|tls handshake`)},
	{kind: DNS, only: silent, words: said(`\b(enotfound|eai_again)\b|getaddrinfo|dns resolution|no such host|name resolution`)},
	{kind: Refused, only: silent, words: said(`\b(econnrefused)\b|connection refused`)},
	{kind: Timeout, only: silent,
		words: said(`\b(etimedout|esockettimedout|econnaborted|err_timeout)\b|timed? ?out\b|timeout of|deadline exceeded`)},
	{kind: Unreachable, only: silent,
		words: said(`\b(econnreset|epipe|ehostunreach|enetunreach|script_network_error)\b|socket hang up|network error|` +
			`connection (?:was )?(?:reset|closed|lost)`)},

	// Only a status is left.
	{kind: Timeout, statuses: []int{408, 504, 522, 524}},
	{kind: ProviderDown, statuses: []int{500}},
	{kind: ProviderDown, words: said(`\b(temporarily_unavailable|service_unavailable)\b|under maintenance|scheduled maintenance`)},
	{kind: TokenRejected, statuses: []int{401}},
	{kind: TokenRejected, words: said(`\b(invalid_token|invalid_auth|token_expired|expired_token|not_authed)\b`)},
	{kind: Forbidden, statuses: []int{403, 402}},
	{kind: NotFound, statuses: []int{404, 410}},
	{kind: BadRequest, only: func(e *evidence) bool { return !e.isAuth && e.status >= 400 && e.status < 500 }},
	{kind: RefreshExhausted, words: said(`refresh limit has been reached|backing off`)},
	{kind: RefreshExhausted, codes: []string{"connection_refresh_*"}},
}

// silent reports whether the provider gave no HTTP response.
func silent(e *evidence) bool { return e.status == 0 }

// Google ends refresh tokens of an app in test mode 7 days after the consent.
const (
	testModeFrom = 6*24*time.Hour + 12*time.Hour
	testModeTo   = 8 * 24 * time.Hour
)

// failedAfterAWeek reports whether the failure was about 7 days after the connection was made.
func failedAfterAWeek(e *evidence) bool {
	if e.connected.IsZero() || e.at.IsZero() {
		return false
	}
	age := e.at.Sub(e.connected)
	return age >= testModeFrom && age <= testModeTo
}

// fits reports whether the rule is about the evidence, and the code that its words have found.
func (r *rule) fits(e *evidence, searched string) (code string, ok bool) {
	if !isOneOf(e.provider, r.providers) ||
		len(r.statuses) > 0 && !slices.ContainsFunc(r.statuses, e.hasStatus) ||
		len(r.codes) > 0 && !slices.ContainsFunc(r.codes, e.hasCode) || r.only != nil && !r.only(e) {
		return "", false
	}
	if r.words == nil {
		return "", true
	}
	found := r.words.FindAllStringSubmatch(searched, maxMatches)
	for _, match := range found {
		if len(match) > 1 && code == "" {
			code = match[1]
		}
	}
	return code, len(found) > 0
}

// maxMatches is in how many matches of a rule its code is searched for.
const maxMatches = 10

// hasStatus reports whether the provider's status is this one, or of its class if it is 500.
func (e *evidence) hasStatus(status int) bool {
	return e.status == status || status == 500 && e.status >= 500 && e.status < 600
}

// hasCode reports whether Nango's code is this one, where * stands for any text at the beginning or the end.
func (e *evidence) hasCode(pattern string) bool {
	if end, any := strings.CutPrefix(pattern, "*"); any {
		return strings.HasSuffix(e.code, end)
	}
	if start, any := strings.CutSuffix(pattern, "*"); any {
		return strings.HasPrefix(e.code, start)
	}
	return e.code == pattern
}

// classify finds the kind and the code.
func (c Cause) classify(e *evidence) Cause {
	searched := e.searched()
	c.Kind = Unknown
	for i := range rules {
		if code, ok := rules[i].fits(e, searched); ok {
			c.Kind, c.Code = rules[i].kind, code
			break
		}
	}
	switch {
	case strings.Contains(c.Code, " "): // words, not a code
		c.Code = ""
	case c.Code != "":
		c.Code = originalCase(c.Said, c.Code)
	}
	if c.Code == "" {
		c.Code = c.plainCode(e)
	}
	if c.Kind == Unknown && c.Said == "" {
		c.Why = textNothingSaid
	}
	return c.credentialKind()
}

// codePattern is what looks like an error code at the beginning of what was said.
var codePattern = regexp.MustCompile(`^(?:[a-z0-9]+(?:[_.][a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b`)

// plainCode is the code for a cause whose rule has none: what looks like one, else the status, else Nango's code.
func (c Cause) plainCode(e *evidence) string {
	switch code := codePattern.FindString(c.Said); {
	case code != "" && len(code) <= maxName:
		return code
	case c.Status > 0:
		return strconv.Itoa(c.Status)
	}
	return e.code
}

// originalCase is the code as the text has it; codes are searched for in lower case.
func originalCase(text, code string) string {
	if i := strings.Index(strings.ToLower(text), code); i >= 0 && i+len(code) <= len(text) && strings.EqualFold(text[i:i+len(code)], code) {
		return text[i : i+len(code)]
	}
	return code
}

// credentialKind tells a refused token from a refused key or password, which the auth mode knows.
func (c Cause) credentialKind() Cause {
	switch {
	case c.Kind == TokenRejected && isStatic(c.mode):
		c.Kind = BadCredentials
	case c.Kind == BadCredentials && c.Status == 401 && isOAuth(c.mode):
		c.Kind = TokenRejected
	}
	return c
}

// isStatic reports whether the customer gives credentials that nobody refreshes.
func isStatic(mode string) bool {
	return slices.Contains([]string{"API_KEY", "BASIC", "TBA", "SIGNATURE", "AWS_SIGV4", "BILL"}, mode)
}

// isOAuth reports whether the customer gives a consent.
func isOAuth(mode string) bool {
	return slices.Contains([]string{"OAUTH2", "OAUTH1", "APP", "CUSTOM", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC"}, mode)
}

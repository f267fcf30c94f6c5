// Package doctor finds what looks like a dead token but is configuration: scopes that are not asked for, connections that can't be
// renewed, webhooks that don't arrive. Its checks are pure: they get what was read, and send nothing. It may know package nango and
// nango/cause.
package doctor

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"nango-tui/nango"
	"nango-tui/nango/cause"
)

// Severity says how much a finding matters.
type Severity int

// The severities, in order.
const (
	// Problem breaks connections or functions, now or soon.
	Problem Severity = iota
	// Warning may be intended.
	Warning
	// Unchecked is something that could not be checked.
	Unchecked
)

// Place is what mends a finding.
type Place int

// The places.
const (
	AtIntegration Place = iota
	AtFunction
	AtConnection
	AtLogs
	AtDeliveries
	AtEnvironment
)

// Finding is something that is configured in a way that breaks connections. Texts come from Nango and from providers and are untrusted.
type Finding struct {
	Severity Severity
	// Name is the check, in a few words. Evidence is what was read, and Remedy what to do.
	Name, Evidence, Remedy string
	// Integration, Function and Connection are what it is about; empty if it is about the environment.
	Integration, Function string
	Connection            nango.ConnectionRef
	Place                 Place
}

// Integration is what is known of an integration.
type Integration struct {
	nango.IntegrationDetail
	// Functions are those of the integration, and FunctionsErr is why they are not known.
	Functions    []nango.Function
	FunctionsErr error
}

// CheckIntegration checks the scopes that an integration asks for, and that it has an app.
func CheckIntegration(i Integration) []Finding {
	var all []Finding
	add := func(f Finding) {
		f.Integration = i.Key
		all = append(all, f)
	}
	if i.FunctionsErr != nil {
		add(unchecked(nameFunctions, i.FunctionsErr, AtFunction))
	}
	asked, hasScopes := AskedScopes(i.Credentials)
	switch {
	case len(i.Credentials) == 0:
		add(Finding{Severity: Unchecked, Name: nameApp, Evidence: evidenceNoCredentials, Remedy: remedyCredentialScope, Place: AtEnvironment})
		return all
	case !hasScopes:
		return all // its auth mode has no scopes
	}
	offline := offlineScopes(i.Provider)
	if len(offline) > 0 && !slices.ContainsFunc(offline, func(s string) bool { return Covers(asked, s) }) {
		add(Finding{Severity: Problem, Name: nameOffline, Evidence: fmt.Sprintf(evidenceAsked, words(asked)),
			Remedy: fmt.Sprintf(remedyOffline, strings.Join(offline, textOr)), Place: AtIntegration})
	}
	for _, f := range i.Functions {
		if lacks := Missing(asked, Needed(f)); len(lacks) > 0 && f.Enabled {
			add(Finding{Severity: Problem, Name: nameFunctionScope, Function: f.Name, Place: AtIntegration,
				Evidence: fmt.Sprintf(evidenceNeeds, f.Type, f.Name, words(lacks)), Remedy: fmt.Sprintf(remedyAsk, words(lacks))})
		}
	}
	return all
}

// unchecked is a check that needs what could not be read.
func unchecked(name string, err error, place Place) Finding {
	f := Finding{Severity: Unchecked, Name: name, Evidence: err.Error(), Remedy: remedyReadAgain, Place: place}
	if known, ok := nango.AsError(err); ok {
		f.Remedy = cmp.Or(known.Advice(), f.Remedy)
		if len(known.Scopes) > 0 {
			f.Evidence, f.Place = fmt.Sprintf(evidenceLacksScope, strings.Join(known.Scopes, textOr)), AtEnvironment
		}
	}
	return f
}

// CheckCredentials checks the credentials of a connection that was fetched: the scopes that were granted, and whether its token could
// be refreshed.
func CheckCredentials(i Integration, c nango.ConnectionDetail, now time.Time) []Finding {
	var all []Finding
	add := func(f Finding) {
		f.Integration, f.Connection, f.Place = c.Integration, c.Ref(), AtConnection
		all = append(all, f)
	}
	asked, _ := AskedScopes(i.Credentials)
	if override := Override(c); len(override) > 0 {
		asked = override
	}
	if granted := Granted(c.Credentials); len(granted) > 0 {
		if lacks := Missing(granted, withoutOffline(asked)); len(lacks) > 0 {
			add(Finding{Severity: Problem, Name: nameNarrower, Evidence: fmt.Sprintf(evidenceGranted, words(granted), words(lacks)),
				Remedy: remedyReconnect})
		}
	}
	if at := expiry(c.Credentials); !at.IsZero() && now.Sub(at) > clockError {
		add(Finding{Severity: Problem, Name: nameNoRefresh, Evidence: fmt.Sprintf(evidenceExpired, at.UTC().Format(time.DateTime)),
			Remedy: remedyNoRefresh})
	}
	return all
}

// clockError is how far this machine's clock may be off.
const clockError = 2 * time.Hour

// Webhooks are counts of the logs of a period.
type Webhooks struct {
	// Sent are the webhooks that Nango sent, Failed those that failed for good, and Occasions how often it had a reason to send one.
	Sent, Failed, Occasions int
	// Err is why they are not known.
	Err error
}

// CheckWebhooks checks whether the environment's webhooks arrive.
func CheckWebhooks(w Webhooks) []Finding {
	switch {
	case w.Err != nil:
		return []Finding{unchecked(nameWebhooks, w.Err, AtLogs)}
	case w.Sent == 0 && w.Occasions > 0:
		return []Finding{{Severity: Warning, Name: nameNoWebhook, Evidence: fmt.Sprintf(evidenceNoWebhook, w.Occasions),
			Remedy: remedyNoWebhook, Place: AtEnvironment}}
	case w.Failed > 0:
		severity := Warning
		if w.Failed*2 > w.Sent { // most of them
			severity = Problem
		}
		return []Finding{{Severity: severity, Name: nameWebhookFails, Evidence: fmt.Sprintf(evidenceWebhookFails, w.Failed, w.Sent),
			Remedy: remedyWebhookFails, Place: AtDeliveries}}
	}
	return nil
}

// CheckCauses checks causes that are known of connections for those that are configuration, one finding an integration.
func CheckCauses(known map[nango.ConnectionRef]cause.Cause) []Finding {
	type key struct {
		integration string
		kind        cause.Kind
	}
	found := map[key][]nango.ConnectionRef{}
	for ref, c := range known {
		switch c.Kind {
		case cause.TestMode, cause.NoRefreshToken, cause.AppCredentials, cause.Scope:
			found[key{ref.Integration, c.Kind}] = append(found[key{ref.Integration, c.Kind}], ref)
		}
	}
	var all []Finding
	keys := slices.SortedFunc(maps.Keys(found), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.integration, b.integration), cmp.Compare(a.kind, b.kind))
	})
	for _, k := range keys {
		refs := found[k]
		first := slices.MinFunc(refs, func(a, b nango.ConnectionRef) int { return cmp.Compare(a.ID, b.ID) })
		one := known[first]
		all = append(all, Finding{Severity: Problem, Name: string(k.kind), Integration: k.integration, Place: AtIntegration,
			Evidence: fmt.Sprintf(evidenceCause, len(refs), one.Headline()), Remedy: one.Means()})
	}
	return all
}

// Sort orders findings: problems first, then by integration. Those of an integration keep their order.
func Sort(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Integration, b.Integration))
	})
}

// expiry is when the access token of OAuth 2 credentials expires; zero if they don't say, and for others. Nango refreshes a token before
// it returns the credentials, and leaves the refresh token out (seen on v0.71.4): an expired one could not be refreshed.
func expiry(credentials json.RawMessage) time.Time {
	var wire struct {
		Type    string `json:"type"`
		Access  string `json:"access_token"`
		Expires string `json:"expires_at"`
	}
	if json.Unmarshal(credentials, &wire) != nil || wire.Type != "OAUTH2" || wire.Access == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, wire.Expires)
	if err != nil {
		return time.Time{}
	}
	return at
}

// words lists scopes: "a, b and 3 more".
func words(scopes []string) string {
	const most = 8
	if len(scopes) == 0 {
		return textNone
	}
	text := strings.Join(scopes[:min(len(scopes), most)], ", ")
	if more := len(scopes) - most; more > 0 {
		text += fmt.Sprintf(textMore, more)
	}
	return text
}

package broken

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/ui"
)

// groupKey identifies a group: an integration, a kind of error, and the key of a cause; empty for those that were not checked.
type groupKey struct{ integration, kind, cause string }

// group are the errors of an integration that have the same cause, as far as it was checked.
type group struct {
	key groupKey
	// cause is that of the latest error that was checked; nil if none was.
	cause *cause.Cause
	items []*item
	// checked is how many were checked. The others are assumed to be alike: all that were checked are.
	checked int
	// connections is how many connections are broken, of all that the integration has.
	connections, all int
	first, latest    time.Time // failures; zero if unknown
	hours            [hours]int
	// customer is the only customer of all connections; empty if there are several.
	customer string
}

// groups makes the groups, the one with the most connections first.
func (r *reader) groups() []group {
	causes := map[bucket]map[string]bool{}
	for _, i := range r.items {
		if i.cause != nil {
			if causes[i.bucket()] == nil {
				causes[i.bucket()] = map[string]bool{}
			}
			causes[i.bucket()][i.cause.Key()] = true
		}
	}
	byKey := map[groupKey]*group{}
	for _, i := range r.latest() {
		key := groupKey{integration: i.ref.Integration, kind: i.kind}
		switch {
		case i.cause != nil:
			key.cause = i.cause.Key()
		case len(causes[i.bucket()]) == 1:
			for only := range causes[i.bucket()] {
				key.cause = only
			}
		}
		g := byKey[key]
		if g == nil {
			g = &group{key: key, all: r.all[i.ref.Integration]}
			byKey[key] = g
		}
		g.items = append(g.items, i)
	}
	all := make([]group, 0, len(byKey))
	for _, g := range byKey {
		g.finish(r.failures)
		all = append(all, *g)
	}
	slices.SortFunc(all, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.connections, a.connections), b.latest.Compare(a.latest),
			cmp.Compare(a.key.integration, b.key.integration), cmp.Compare(a.key.kind+a.key.cause, b.key.kind+b.key.cause))
	})
	return all
}

// finish counts what the items of a group have in common.
func (g *group) finish(failures map[nango.ConnectionRef]*[hours]int) {
	seen := map[nango.ConnectionRef]bool{}
	g.customer = g.items[0].customer.Name
	for _, i := range g.items {
		if i.cause != nil {
			g.checked++
			if g.cause == nil {
				g.cause = i.cause
			}
		}
		if i.customer.Name != g.customer {
			g.customer = ""
		}
		if !i.failedAt.IsZero() {
			if g.first.IsZero() || i.failedAt.Before(g.first) {
				g.first = i.failedAt
			}
			if i.failedAt.After(g.latest) {
				g.latest = i.failedAt
			}
		}
		if seen[i.ref] {
			continue
		}
		seen[i.ref] = true
		if counts := failures[i.ref]; counts != nil {
			for hour, n := range counts {
				g.hours[hour] += n
			}
		}
	}
	g.connections = len(seen)
}

// What a group looks like depends on how many connections it has, and on their share of the integration's.
const (
	// manyBroken connections are more than an accident of a few customers.
	manyBroken = 3
	// largeShare of the integration's connections, in percent.
	largeShare = 30
)

// looksLike says whose fault the group looks like; empty if that can't be told.
func (g *group) looksLike() string {
	if g.cause == nil || !g.cause.IsKnown() {
		return ""
	}
	isMany := g.connections >= manyBroken && g.share() >= largeShare
	switch fault := g.cause.Fault(); {
	case fault == cause.FaultProvider && g.connections >= manyBroken:
		return fmt.Sprintf(textOutage, cmp.Or(g.cause.Provider, g.key.integration))
	case fault == cause.FaultProvider:
		return textProviderFew
	case fault == cause.FaultApp:
		return textApp
	case fault == cause.FaultFunction:
		return fmt.Sprintf(textOurFunction, cmp.Or(g.cause.Function, textFunctionOf))
	case fault == cause.FaultCustomer && isMany:
		return textManyCustomers
	case fault == cause.FaultCustomer && g.customer != "":
		return textOneCustomer
	case fault == cause.FaultCustomer:
		return textSingleCustomers
	case fault != cause.FaultUnknown:
		return string(fault)
	}
	return ""
}

// share is the part of the integration's connections that is broken, in percent.
func (g *group) share() int {
	if g.all == 0 {
		return 0
	}
	return g.connections * 100 / g.all
}

// name is the cause in a few words.
func (g *group) name() string {
	switch {
	case g.cause == nil && g.key.kind == kindAuth:
		return textAuthUnknown
	case g.cause == nil:
		return textSyncUnknown
	case g.cause.Code != "" && g.cause.Code != string(g.cause.Kind):
		return string(g.cause.Kind) + " · " + g.cause.Code
	}
	return string(g.cause.Kind)
}

const kindAuth = "auth"

// counts is "14 of 300".
func (g *group) counts() string {
	return fmt.Sprintf(textOf, ui.Count(g.connections), ui.Count(g.all))
}

// times says when the first and the latest failure was.
func (g *group) times(now time.Time) string {
	if g.first.IsZero() {
		return ""
	}
	if g.first.Equal(g.latest) {
		return ui.AgoWithTime(now, g.latest)
	}
	return fmt.Sprintf(textTimes, ui.Timestamp(now, g.first), ui.Timestamp(now, g.latest))
}

// facts are what is known of a group.
func (g *group) facts(now time.Time) screen.Facts {
	all := screen.Facts{
		{labelCause, g.name()},
		{labelIntegration, g.key.integration},
		{labelConnections, fmt.Sprintf(textShare, g.counts(), g.share())},
		{labelFailures, g.times(now)},
		{labelLooksLike, g.looksLike()},
		{labelChecked, fmt.Sprintf(textChecked, ui.Count(g.checked), ui.Count(len(g.items)))},
	}
	if g.cause != nil {
		all = append(all, screen.Facts{{labelSaid, g.cause.Headline()}, {labelMeans, g.cause.Means()}}...)
	}
	return all
}

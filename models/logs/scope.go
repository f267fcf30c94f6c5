package logs

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
)

// Query parameters of a route to the list.
const (
	queryIntegration = "integration"
	queryConnection  = "connection"
	queryFunction    = "function"
	queryType        = "type"
	queryState       = "state"
	queryPeriod      = "period"
	queryWords       = "q"
	queryView        = "view"
)

// scope is what the list asks the server for. Everything else is filtered here.
type scope struct {
	integration, connection, function string
	states                            []string
	kinds                             []nango.LogKind
	period                            period
}

// period is the time before now, or a fixed time if from is set.
type period struct {
	last     time.Duration
	from, to time.Time
}

// defaultPeriod is Nango's own, and longest is how long it keeps logs.
const (
	defaultPeriod = 24 * time.Hour
	longest       = 15 * 24 * time.Hour
)

// presets are the periods on offer.
var presets = []struct {
	word string
	last time.Duration
}{{"15m", 15 * time.Minute}, {"1h", time.Hour}, {"6h", 6 * time.Hour}, {"24h", defaultPeriod}, {"7d", 7 * 24 * time.Hour}, {"15d", longest}}

func (p period) bounds(now time.Time) (from, to time.Time) {
	if p.from.IsZero() {
		return now.Add(-p.last), now
	}
	return p.from, p.to
}

// isFixed reports whether the period doesn't end with the present.
func (p period) isFixed() bool { return !p.from.IsZero() }

// String is the period as a route has it.
func (p period) String() string {
	if p.isFixed() {
		return p.from.UTC().Format(routeTime) + ".." + p.to.UTC().Format(routeTime)
	}
	for _, preset := range presets {
		if preset.last == p.last {
			return preset.word
		}
	}
	return p.last.String()
}

// describe is the period in words.
func (p period) describe(now time.Time) string {
	if p.isFixed() {
		from, to, layout := p.from.In(now.Location()), p.to.In(now.Location()), "15:04"
		if to.Sub(from) < 5*time.Minute {
			layout = "15:04:05"
		}
		return from.Format("2006-01-02 "+layout) + " to " + to.Format(layoutFor(from, to, layout))
	}
	return fmt.Sprintf(textLast, p.String())
}

func layoutFor(from, to time.Time, layout string) string {
	if from.YearDay() == to.YearDay() && from.Year() == to.Year() {
		return layout
	}
	return "2006-01-02 " + layout
}

const routeTime = "2006-01-02T15:04:05Z"

// parsePeriod reads a preset, a duration such as 90m, or FROM..TO.
func parsePeriod(text string) (period, error) {
	for _, preset := range presets {
		if preset.word == text {
			return period{last: preset.last}, nil
		}
	}
	begin, end, isFixed := strings.Cut(text, "..")
	if isFixed {
		from, err := parseTime(begin)
		if err != nil {
			return period{}, err
		}
		to, err := parseTime(end)
		switch {
		case err != nil:
			return period{}, err
		case !to.After(from):
			return period{}, fmt.Errorf(errPeriodOrder, text)
		}
		return period{from: from, to: to}, nil
	}
	last, err := time.ParseDuration(text)
	if err != nil || last < time.Minute || last > longest {
		return period{}, fmt.Errorf(errPeriod, text)
	}
	return period{last: last}, nil
}

// parseTime reads a time as RFC 3339 has it, or without seconds and zone, in UTC.
func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf(errTime, text)
}

// listScope reads the parameters of the list of logs.
func listScope(r screen.Route) (scope, error) {
	return readScope(r, queryIntegration, queryConnection, queryFunction, queryType, queryState, queryPeriod, queryWords, queryView)
}

// readScope reads the parameters that a list knows.
func readScope(r screen.Route, known ...string) (scope, error) {
	if len(r.Args) > 0 {
		return scope{}, fmt.Errorf(errListPath, ListRoute, OperationRoute)
	}
	err := r.CheckQuery(known...)
	if err != nil {
		return scope{}, err
	}
	s := scope{integration: r.Query.Get(queryIntegration), connection: r.Query.Get(queryConnection), function: r.Query.Get(queryFunction),
		period: period{last: defaultPeriod}}
	if text := r.Query.Get(queryPeriod); text != "" {
		if s.period, err = parsePeriod(text); err != nil {
			return scope{}, err
		}
	}
	if text := r.Query.Get(queryState); text != "" {
		if s.states = matching(states, text); len(s.states) == 0 {
			return scope{}, fmt.Errorf(errState, text, strings.Join(states, ", "))
		}
	}
	if text := r.Query.Get(queryType); text != "" {
		if s.kinds = kindsOf(text); len(s.kinds) == 0 {
			return scope{}, fmt.Errorf(errType, text, strings.Join(kindWords(), ", "))
		}
	}
	return s, nil
}

// states are those that the server can be asked for.
var states = []string{nango.LogWaiting, nango.LogRunning, nango.LogSucceeded, nango.LogFailed, nango.LogTimedOut, nango.LogCancelled}

func matching(words []string, text string) []string {
	var found []string
	for _, word := range words {
		if word == text {
			return []string{word}
		}
		if strings.HasPrefix(word, text) {
			found = append(found, word)
		}
	}
	return found
}

// kindWords are the words for types in the filter: the types and their actions.
func kindWords() []string {
	var words []string
	for _, kind := range nango.LogKinds() {
		for _, word := range append([]string{kind.Type}, kind.Actions...) {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return words
}

// kindsOf returns the types and actions that a word means. Empty if it may mean others, too: an unknown type can't be asked for.
func kindsOf(word string) []nango.LogKind {
	var kinds []nango.LogKind
	for _, kind := range nango.LogKinds() {
		if kind.Type == word {
			return []nango.LogKind{{Type: kind.Type}}
		}
		if slices.Contains(kind.Actions, word) {
			kinds = append(kinds, nango.LogKind{Type: kind.Type, Actions: []string{word}})
		}
	}
	return kinds
}

// narrowed is the scope for a filter: what the server can be asked for is, so that older operations which match are found. A term
// that it can't be asked for is left to the filter.
func (s scope) narrowed(q filter.Query) scope {
	for _, term := range q.Terms {
		if term.Not {
			continue
		}
		switch states, kinds := askable(term); {
		case len(states) > 0 && len(s.states) == 0:
			s.states = states
		case len(kinds) > 0 && len(s.kinds) == 0:
			s.kinds = kinds
		}
	}
	return s
}

// askable returns the states, or the types, that a term means; nothing if the server can't be asked for all of its alternatives.
func askable(t filter.Term) (asked []string, kinds []nango.LogKind) {
	for _, a := range t.Any {
		switch a.Field {
		case fieldState:
			words := matching(states, a.Value)
			if len(words) == 0 || len(kinds) > 0 {
				return nil, nil
			}
			asked = append(asked, words...)
		case fieldType:
			some := kindsOf(a.Value)
			if len(some) == 0 || len(asked) > 0 {
				return nil, nil
			}
			kinds = append(kinds, some...)
		default:
			return nil, nil
		}
	}
	return asked, kinds[:min(len(kinds), nango.MaxLogFilter)]
}

// query is the request for the operations of the scope.
func (s scope) query(now time.Time) nango.LogQuery {
	q := nango.LogQuery{Limit: firstPage, States: s.states, Operations: s.kinds}
	for _, name := range []struct {
		value string
		into  *[]string
	}{{s.integration, &q.Integrations}, {s.connection, &q.Connections}, {s.function, &q.Functions}} {
		if name.value != "" {
			*name.into = []string{name.value}
		}
	}
	q.From, q.To = s.period.bounds(now)
	if !s.period.isFixed() {
		q.To = time.Time{}
	}
	return q
}

// equal reports whether two scopes ask for the same.
func (s scope) equal(other scope) bool {
	sameKind := func(a, b nango.LogKind) bool { return a.Type == b.Type && slices.Equal(a.Actions, b.Actions) }
	return s.integration == other.integration && s.connection == other.connection && s.function == other.function &&
		s.period == other.period && slices.Equal(s.states, other.states) && slices.EqualFunc(s.kinds, other.kinds, sameKind)
}

// words describe the scope without its period.
func (s scope) words() string {
	var all []string
	for _, word := range []string{s.integration, s.connection, s.function} {
		if word != "" {
			all = append(all, word)
		}
	}
	return strings.Join(all, " · ")
}

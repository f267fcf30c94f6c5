package records

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Field ids of the form.
const (
	fieldActions  = "actions"
	fieldModified = "modified"
	fieldIDs      = "ids"
)

type actionFilter struct {
	value, title string
	actions      []nango.RecordAction
}

// actionFilters are the options for the last action. Nango leaves deleted records out of queries for other actions too.
var actionFilters = []actionFilter{
	{"", textAnyAction, nil},
	{"added", textAdded, []nango.RecordAction{nango.RecordAdded}},
	{"updated", textUpdated, []nango.RecordAction{nango.RecordUpdated}},
	{"both", textAddedOrUpdated, []nango.RecordAction{nango.RecordAdded, nango.RecordUpdated}},
	{"deleted", textDeleted + textDeletedOnly, []nango.RecordAction{nango.RecordDeleted}},
}

// openQueryForm opens the form for a server query. It replaces the list on the same screen.
func (l *List) openQueryForm(t *screen.Turn) {
	m, now := &screen.Form{SubmitTitle: textQueryNango}, t.Now
	m.Fields = form.New(
		form.Field{ID: fieldActions, Kind: form.Choice, Title: textLastAction, Rows: len(actionFilters), Options: actionOptions(),
			Value: filterOf(l.query.Actions).value},
		form.Field{ID: fieldModified, Title: textModifiedAfter, Value: timeText(l.query.ModifiedAfter), About: textModifiedAbout,
			Check: func(text string) error { _, err := readTime(text, now); return err }},
		form.Field{ID: fieldIDs, Kind: form.Lines, Rows: 4, Title: textRecordIDs, Value: idLines(l.query.IDs),
			About: fmt.Sprintf(textRecordIDsAbout, nango.MaxRecordIDs),
			Check: func(text string) error {
				return nango.ListRecords(l.buildQuery("", time.Time{}, readIDs(text))).Validate()
			}},
	)
	m.Submit = func(t *screen.Turn, values form.Values) {
		after, err := readTime(values[fieldModified], t.Now)
		if err != nil {
			m.Fields.SetError(fieldModified, err.Error())
			return
		}
		l.queryForm = nil
		l.loadQuery(t, l.buildQuery(values[fieldActions], after, readIDs(values[fieldIDs])))
	}
	l.queryForm = m
}

func (l *List) buildQuery(actions string, after time.Time, ids []string) nango.RecordQuery {
	query := nango.RecordQuery{Connection: l.query.Connection, Model: l.query.Model, Variant: l.query.Variant, ModifiedAfter: after, IDs: ids}
	i := slices.IndexFunc(actionFilters, func(choice actionFilter) bool { return choice.value == actions })
	query.Actions = actionFilters[max(i, 0)].actions
	return query
}

func actionOptions() []form.Option {
	options := make([]form.Option, len(actionFilters))
	for i, choice := range actionFilters {
		options[i] = form.Option{Value: choice.value, Title: choice.title}
	}
	return options
}

// filterOf returns the option for these actions.
func filterOf(actions []nango.RecordAction) actionFilter {
	i := slices.IndexFunc(actionFilters, func(choice actionFilter) bool { return slices.Equal(choice.actions, actions) })
	return actionFilters[max(i, 0)]
}

func timeText(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

var units = map[string]time.Duration{"m": time.Minute, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// readTime parses a time ago, a date, or a time; empty is the zero time.
func readTime(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	at, ok := readAgo(text, now)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if ok {
			break
		}
		var err error
		at, err = time.Parse(layout, text)
		ok = err == nil
	}
	switch {
	case !ok:
		return time.Time{}, errors.New(textTimeFormat)
	case at.After(now):
		return time.Time{}, errors.New(textFuture)
	}
	return at, nango.CheckModifiedAfter(at, now)
}

// readAgo parses "2 h" or "3d".
func readAgo(text string, now time.Time) (time.Time, bool) {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	n, err := strconv.Atoi(text[:digits])
	unit, known := units[strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text[digits:]), " ago"))]
	const most = 10 * 366 * 24 * time.Hour
	if err != nil || !known || n > int(most/unit) {
		return time.Time{}, false
	}
	return now.Add(-time.Duration(n) * unit), true
}

// readIDs parses ids, one per line or comma-separated. A quoted line is one id.
func readIDs(text string) []string {
	var ids []string
	add := func(id string) {
		if id != "" {
			ids = append(ids, id)
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if quoted, ok := strings.CutPrefix(line, `"`); ok && strings.HasSuffix(quoted, `"`) {
			add(strings.TrimSuffix(quoted, `"`))
			continue
		}
		for id := range strings.SplitSeq(line, ",") {
			add(strings.TrimSpace(id))
		}
	}
	return ids
}

// idLines formats ids for [readIDs].
func idLines(ids []string) string {
	lines := make([]string, len(ids))
	for i, id := range ids {
		if lines[i] = id; strings.Contains(id, ",") {
			lines[i] = `"` + id + `"`
		}
	}
	return strings.Join(lines, "\n")
}

func queryText(query nango.RecordQuery, now time.Time) string {
	var words []string
	if len(query.Actions) > 0 {
		title, _, _ := strings.Cut(filterOf(query.Actions).title, " (")
		words = append(words, title)
	}
	if !query.ModifiedAfter.IsZero() {
		words = append(words, "after "+query.ModifiedAfter.UTC().Format("2006-01-02 15:04")+" UTC, "+ui.Ago(now.Sub(query.ModifiedAfter)))
	}
	switch n := len(query.IDs); {
	case n == 1:
		words = append(words, "id "+truncate(query.IDs[0], maxCell))
	case n > 1:
		words = append(words, fmt.Sprintf("%d ids", n))
	}
	return strings.Join(words, " · ")
}

package records

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Names of the fields by which the server is asked for some of the records.
const (
	fieldActions  = "actions"
	fieldModified = "modified"
	fieldIDs      = "ids"
)

// actionChoices are what can be asked for. Deleted ones stand alone, since Nango leaves them out together with others.
var actionFilters = []struct {
	value, title string
	actions      []nango.RecordAction
}{
	{"", "whatever was last done to it", nil},
	{"added", "+ added", []nango.RecordAction{nango.RecordAdded}},
	{"updated", "~ updated", []nango.RecordAction{nango.RecordUpdated}},
	{"both", "+ added or ~ updated", []nango.RecordAction{nango.RecordAdded, nango.RecordUpdated}},
	{"deleted", "− deleted (alone: together with others Nango leaves them out)", []nango.RecordAction{nango.RecordDeleted}},
}

// askForm opens the form that asks the server for some of the records. It stands in place of the list, and is no screen of
// its own: what it asks for is read by the list.
func (l *List) openQueryForm(t *screen.Turn) {
	m := &formPage{submitTitle: "Ask Nango"}
	now := t.Now
	m.Fields = form.New(
		form.Field{ID: fieldActions, Kind: form.Choice, Title: "Last action", Rows: len(actionFilters), Options: actionOptions(), Value: actionValue(l.query.Actions)},
		form.Field{ID: fieldModified, Title: "Modified after", Value: timeText(l.query.ModifiedAfter),
			About: `"2 h" or "3 d" ago, a date such as 2026-03-01, or a time: 2026-03-01T12:00:00Z. Within the last 12 months.`,
			Check: func(text string) error { _, err := readTime(text, now); return err }},
		form.Field{ID: fieldIDs, Kind: form.Lines, Rows: 4, Title: "Record ids", Value: idLines(l.query.IDs),
			About: fmt.Sprintf("One a line or with commas, %d at most; a line in quotes may have commas in it. None for all.", nango.MaxRecordIDs),
			Check: func(text string) error {
				return nango.ListRecords(l.buildQuery("", time.Time{}, readIDs(text))).Validate()
			}},
	)
	m.leave = func() { l.queryForm = nil }
	m.Submit = func(t *screen.Turn, values form.Values) {
		after, err := readTime(values[fieldModified], t.Now)
		if err != nil {
			m.Fields.SetError(fieldModified, err.Error())
			return
		}
		m.leave()
		l.loadQuery(t, l.buildQuery(values[fieldActions], after, readIDs(values[fieldIDs])))
	}
	l.queryForm = m
}

func (l *List) buildQuery(actions string, after time.Time, ids []string) nango.RecordQuery {
	query := nango.RecordQuery{Connection: l.query.Connection, Model: l.query.Model, Variant: l.query.Variant, ModifiedAfter: after, IDs: ids}
	for _, choice := range actionFilters {
		if choice.value == actions {
			query.Actions = choice.actions
		}
	}
	return query
}

func actionOptions() []form.Option {
	options := make([]form.Option, len(actionFilters))
	for i, choice := range actionFilters {
		options[i] = form.Option{Value: choice.value, Title: choice.title}
	}
	return options
}

func actionValue(actions []nango.RecordAction) string {
	for _, choice := range actionFilters {
		if len(choice.actions) == len(actions) && (len(actions) == 0 || choice.actions[0] == actions[0]) {
			return choice.value
		}
	}
	return ""
}

func timeText(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// units are those in which one says how long ago something was.
var units = map[string]time.Duration{"m": time.Minute, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// readTime reads how long ago, a date, or a time; nothing is no time. What Nango does not take is an error.
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
		return time.Time{}, errors.New(`it is no time: write "2 h", "3 d", 2026-03-01, or 2026-03-01T12:00:00Z`)
	case at.After(now):
		return time.Time{}, errors.New("it lies in the future: nothing was modified after that")
	}
	return at, nango.CheckModifiedAfter(at, now)
}

// readAgo reads "2 h" or "3d".
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

// readIDs reads ids, one a line or with commas. An id may have a comma in it: a line in quotes is one.
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

// idLines writes ids the way [readIDs] reads them.
func idLines(ids []string) string {
	lines := make([]string, len(ids))
	for i, id := range ids {
		if lines[i] = id; strings.Contains(id, ",") {
			lines[i] = `"` + id + `"`
		}
	}
	return strings.Join(lines, "\n")
}

// askedWords say what a query asks for.
func queryText(query nango.RecordQuery, now time.Time) string {
	var words []string
	for _, choice := range actionFilters {
		if len(query.Actions) > 0 && choice.value == actionValue(query.Actions) {
			title, _, _ := strings.Cut(choice.title, " (")
			words = append(words, title)
		}
	}
	if !query.ModifiedAfter.IsZero() {
		words = append(words, "after "+query.ModifiedAfter.UTC().Format("2006-01-02 15:04")+" UTC, "+ui.Ago(now.Sub(query.ModifiedAfter)))
	}
	switch n := len(query.IDs); {
	case n == 1:
		words = append(words, "the id "+truncateID(query.IDs[0]))
	case n > 1:
		words = append(words, fmt.Sprintf("%d ids", n))
	}
	return strings.Join(words, " · ")
}

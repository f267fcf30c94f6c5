package journal

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

func columns() []table.Column[screen.JournalEntry] {
	type entry = screen.JournalEntry
	profile, request := func(e *entry) string { return e.Profile }, func(e *entry) string { return e.Method + " " + e.Path }
	return []table.Column[entry]{
		{ID: "age", Title: "AGE", Min: 6, Max: 6, Right: true,
			Cell: ageCell, Compare: func(a, b *entry) int { return b.Sent.Compare(a.Sent) }},
		{ID: "profile", Title: "PROFILE", Min: 7, Max: 16, Weight: 1, DropOrder: 2,
			Cell: table.Text(ui.RoleMuted, profile), Compare: table.By(profile)},
		{ID: "operation", Title: "OPERATION", Min: 17, Max: 21, Weight: 1,
			Cell: table.Text(ui.RoleText, operationName), Compare: table.By(operationName)},
		{ID: "outcome", Title: "OUTCOME", Min: 15, Max: 34, Weight: 3, Cell: outcomeCell, Compare: table.By(outcome)},
		{ID: "request", Title: "REQUEST", Min: 18, Weight: 4, DropOrder: 1,
			Cell: table.Text(ui.RoleMuted, request), Compare: table.By(request)},
	}
}

func ageCell(f ui.Frame, e *screen.JournalEntry) ui.Cell {
	return ui.Cell{Text: ui.Age(f.Now.Sub(e.Sent)), Role: ui.RoleText}
}

// operationName is the operation in plain words.
func operationName(e *screen.JournalEntry) string {
	return cmp.Or(operationNames[e.Operation], string(e.Operation))
}

func outcomeCell(f ui.Frame, e *screen.JournalEntry) ui.Cell {
	switch {
	case e.Abandoned:
		return f.Styled(ui.RoleWarn, "! "+outcome(e))
	case e.State == screen.JournalSent:
		return f.Styled(ui.RoleAccent, "… "+outcome(e))
	case e.State == screen.JournalNotKnown && e.Effect.Changes():
		return f.Styled(ui.RoleWarn, "? "+outcome(e))
	case e.State == screen.JournalNotKnown:
		return f.Styled(ui.RoleMuted, "? "+outcome(e))
	case e.State == screen.JournalFailed || e.Status >= 400:
		return f.Styled(ui.RoleBad, "✗ "+outcome(e))
	}
	return f.Styled(ui.RoleMuted, "✓ "+outcome(e))
}

// outcome is the outcome in words: "done", "400 unknown_connection", "it no longer exists".
func outcome(e *screen.JournalEntry) string {
	switch {
	case e.Undone:
		return textWasUndone
	case e.Abandoned:
		return textNotPutBack
	}
	switch e.State {
	case screen.JournalDone:
		if e.Status >= 400 { // a provider's
			return fmt.Sprint(e.Status)
		}
	case screen.JournalFailed:
		if e.Status > 0 {
			return strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, e.Text))
		}
		return cmp.Or(e.Text, string(e.State))
	}
	if e.State == screen.JournalNotKnown && e.Text != "" {
		return string(e.State) + ": " + e.Text
	}
	return cmp.Or(e.Text, string(e.State))
}

func language() filter.Language[screen.JournalEntry] {
	state := func(e *screen.JournalEntry) string { return strings.ReplaceAll(string(e.State), " ", "-") }
	return filter.Language[screen.JournalEntry]{
		Text: func(e *screen.JournalEntry) string {
			return filter.SearchText(operationName(e), string(e.Operation), e.Profile, e.Host, e.Method, e.Path, outcome(e), string(e.State),
				e.About.Integration, e.About.ID)
		},
		Fields: []filter.Field[screen.JournalEntry]{
			filter.EnumField("state", state, "done", "failed", "not-known", "checked", "in-progress"),
			filter.TextField("profile", func(e *screen.JournalEntry) string { return e.Profile }),
			filter.TextField("integration", func(e *screen.JournalEntry) string { return e.About.Integration }),
			filter.TextField("id", func(e *screen.JournalEntry) string { return e.About.ID }),
			filter.TextField("operation", func(e *screen.JournalEntry) string { return operationName(e) + "\n" + string(e.Operation) }),
			filter.AgeField("age", func(e *screen.JournalEntry) (time.Time, bool) { return e.Sent, true }),
		},
	}
}

// sentName is the method and path of an entry, without its query.
func sentName(e screen.JournalEntry) (method, path string) {
	path, _, _ = strings.Cut(e.Path, "?")
	return e.Method, path
}

// profileName is the profile of an entry, or its host.
func profileName(e screen.JournalEntry) string { return cmp.Or(e.Profile, e.Host) }

// canLookUp reports whether a read can tell whether an entry was carried out.
func canLookUp(e screen.JournalEntry) bool {
	_, ok := nango.LookUp(e.Intent, e.Sent, e.Sent)
	return ok
}

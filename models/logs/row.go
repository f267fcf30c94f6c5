package logs

import (
	"cmp"
	"strings"
	"time"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// row is an operation in the list.
type row struct {
	nango.LogOperation
	// customer is the name of the connection's customer; empty if it isn't known.
	customer string
	// text is what words of the filter search, in lower case.
	text string
}

// rowsOf makes rows without what only the page of an operation shows.
func rowsOf(page nango.LogPage, name func(nango.ConnectionRef) string) []row {
	rows := make([]row, len(page.Operations))
	for i, o := range page.Operations {
		o.Meta, o.Request, o.Response = nil, nil, nil
		r := row{LogOperation: o, customer: cmp.Or(name(o.Ref()), o.EndUserName)}
		r.text = filter.SearchText(o.Message, o.Type, o.Action, o.State, o.Integration, o.Connection, r.customer, o.Function, o.ID, errorText(o))
		rows[i] = r
	}
	return rows
}

// errorText is the operation's own error.
func errorText(o nango.LogOperation) string {
	if o.Error == nil {
		return ""
	}
	return cmp.Or(o.Error.Message, o.Error.Type, o.Error.Name)
}

func (r *row) kind() string { return kindOf(r.LogOperation) }

// kindOf is the type and action: "auth refresh_token".
func kindOf(o nango.LogOperation) string { return strings.TrimSpace(o.Type + " " + o.Action) }

func (r *row) who() string { return cmp.Or(r.customer, r.Connection) }

// isBad reports whether the operation failed.
func isBad(o nango.LogOperation) bool {
	return o.State == nango.LogFailed || o.State == nango.LogTimedOut
}

// isOpen reports whether the operation can still change.
func isOpen(o nango.LogOperation) bool {
	return o.State == nango.LogRunning || o.State == nango.LogWaiting
}

func columns() []table.Column[row] {
	function := func(r *row) string { return r.Function }
	integration := func(r *row) string { return r.Integration }
	return []table.Column[row]{
		{ID: "time", Title: columnTime, Min: 8, Max: 8, Cell: timeCell,
			Compare: func(a, b *row) int { return a.Created.Compare(b.Created) }},
		{ID: "took", Title: columnTook, Min: 6, Max: 7, DropOrder: 3, Right: true, Cell: tookCell,
			Compare: table.By(func(r *row) time.Duration { return r.Duration })},
		{ID: "state", Title: columnState, Min: 11, Max: 11, Cell: func(f ui.Frame, r *row) ui.Cell { return stateCell(f, r.LogOperation) },
			Compare: table.By(func(r *row) string { return r.State })},
		{ID: "kind", Title: columnKind, Min: 12, Max: 26, Weight: 2, DropOrder: 5, Ideal: 18,
			Cell: table.Text(ui.RoleText, (*row).kind), Compare: table.By((*row).kind)},
		{ID: "connection", Title: columnConnection, Min: 14, Max: 36, Weight: 3, Cell: whoCell, Compare: table.By((*row).who)},
		{ID: "integration", Title: columnIntegration, Min: 11, Max: 24, Weight: 1, DropOrder: 2,
			Cell: table.Text(ui.RoleMuted, integration), Compare: table.By(integration)},
		{ID: "function", Title: columnFunction, Min: 9, Max: 24, Weight: 1, DropOrder: 4,
			Cell: table.Text(ui.RoleMuted, function), Compare: table.By(function)},
		{ID: "message", Title: columnMessage, Min: 12, Weight: 4, DropOrder: 1, Extra: true, Cell: messageCell},
	}
}

// timeCell is the time of day, or the date of another day.
func timeCell(f ui.Frame, r *row) ui.Cell { return ui.Styled(ui.RoleMuted, clock(f, r.Created)) }

func clock(f ui.Frame, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(f.Now.Location())
	if at.YearDay() != f.Now.YearDay() || at.Year() != f.Now.Year() {
		return at.Format("Jan 02") // the page of the operation has the time
	}
	return at.Format(time.TimeOnly)
}

func tookCell(f ui.Frame, r *row) ui.Cell {
	if r.Duration > 0 {
		return ui.Styled(ui.RoleMuted, ui.Took(r.Duration))
	}
	if r.State == nango.LogRunning && !r.Started.IsZero() {
		return ui.Styled(ui.RoleAccent, ui.Age(f.Now.Sub(r.Started)).String())
	}
	return ui.Cell{}
}

// stateCell is a sign and a word. Success has no color: it is the rule.
func stateCell(f ui.Frame, o nango.LogOperation) ui.Cell {
	switch o.State {
	case nango.LogSucceeded:
		return ui.Styled(ui.RoleMuted, textSucceeded)
	case nango.LogFailed, nango.LogTimedOut:
		return f.Styled(ui.RoleBad, "✗ "+o.State)
	case nango.LogRunning, nango.LogWaiting:
		return f.Styled(ui.RoleAccent, "… "+o.State)
	}
	return f.Styled(ui.RoleWarn, "! "+cmp.Or(o.State, textNoState))
}

func whoCell(f ui.Frame, r *row) ui.Cell {
	if r.customer != "" {
		return f.Styled(ui.RoleText, r.customer)
	}
	return f.Styled(ui.RoleMuted, r.Connection)
}

func messageCell(f ui.Frame, r *row) ui.Cell {
	if text := errorText(r.LogOperation); text != "" && isBad(r.LogOperation) {
		return f.Styled(ui.RoleText, text)
	}
	return f.Styled(ui.RoleMuted, r.Message)
}

// Fields of the filter that the server can be asked for, too.
const (
	fieldState = "state"
	fieldType  = "type"
)

func language() filter.Language[row] {
	return filter.Language[row]{
		Text: func(r *row) string { return r.text },
		Fields: []filter.Field[row]{
			{Spec: filter.Spec{Name: fieldState, Values: filter.Words(states...)}, Text: func(r *row, _ string) string { return r.State }},
			{Spec: filter.Spec{Name: fieldType, Values: filter.Words(kindWords()...)}, Text: func(r *row, _ string) string { return r.kind() }},
			filter.TextField("integration", func(r *row) string { return r.Integration }),
			filter.TextField("connection", func(r *row) string { return r.Connection + "\n" + r.customer }),
			filter.TextField("function", func(r *row) string { return r.Function }),
			filter.TextField("level", func(r *row) string { return r.Level }),
			filter.TextField("id", func(r *row) string { return r.ID }),
			filter.AgeField("age", func(r *row) (time.Time, bool) { return r.Created, !r.Created.IsZero() }),
		},
	}
}

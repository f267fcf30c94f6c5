package connections

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// foundSign marks a row that was not loaded with the list but found by a search on the server.
const foundSign = "⇣ "

// columns are the columns of the list, in order. What changes with the cursor is in the first one, so that few bytes
// are sent per key. Narrow terminals lose the id first, then tags, age and failure.
func columns() []table.Column[row] {
	return []table.Column[row]{
		{ID: "customer", Title: columnCustomer, Min: 16, Ideal: 32, Weight: 4, Cell: customerCell, Compare: byCustomer, Blank: never},
		{ID: columnOrgID, Title: columnOrg, Min: 12, Max: 40, Ideal: 18, Weight: 3, DropOrder: 6, Cell: orgCell, Compare: byOrg,
			Blank: func(r *row) bool { return !r.org }},
		{ID: "integration", Title: columnIntegration, Min: 11, Max: 24, Ideal: 16, Weight: 1, DropOrder: 5, Cell: integrationCell,
			Compare: byIntegration, Blank: never},
		{ID: "state", Title: columnState, Min: 6, Cell: stateCell, Compare: byState, Blank: never},
		{ID: "failed", Title: columnFailed, Min: 6, DropOrder: 4, Right: true, Cell: ageCell(ui.RoleText, (*row).failedAt),
			Compare: byFailed, Blank: func(r *row) bool { return r.failed == 0 }},
		{ID: "age", Title: columnAge, Min: 6, DropOrder: 3, Extra: true, Right: true,
			Cell: ageCell(ui.RoleMuted, (*row).createdAt), Compare: byAge, Blank: func(r *row) bool { return r.created == 0 }},
		{ID: "tags", Title: columnTags, Min: 14, Max: 40, Weight: 1, DropOrder: 2, Extra: true, Cell: tagsCell,
			Compare: byTags, Blank: func(r *row) bool { return r.other == 0 }},
		{ID: "id", Title: columnID, Min: 16, Max: 36, Weight: 4, DropOrder: 1, Extra: true, Cell: idCell, Compare: byID, Blank: never},
	}
}

// columns are the list's columns: those that are in order, and the cause, which is shown if the user chooses it. It can't be sorted by: the
// store has it, and lists are sorted in the background.
func (l *List) columns() []table.Column[row] {
	return append(columns(), table.Column[row]{ID: "cause", Title: columnCause, Min: 14, Max: 40, Weight: 2, DropOrder: 1, Cell: l.causeCell})
}

// causeCell shows why a connection is broken, as far as other screens have found that.
func (l *List) causeCell(f ui.Frame, r *row) ui.Cell {
	if known, ok := l.causeOf(r); ok {
		return f.Styled(ui.RoleBad, known.Key())
	}
	return ui.Cell{}
}

func (l *List) causeOf(r *row) (cause.Cause, bool) {
	if r.state == nango.Healthy {
		return cause.Cause{}, false
	}
	known, ok := l.store.CauseOf(r.ref())
	return known.Cause, ok
}

// columnOrgID is the column that is only shown if any row has an organization.
const columnOrgID = fieldOrg

// defaultColumns are the columns that have something to show.
func (l *List) defaultColumns() []string {
	var ids []string
	for _, c := range columns() {
		if c.ID != columnOrgID || l.hasOrg {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func orgCell(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleText, r.organization()) }

// byOrg sorts by the name of the organization.
func byOrg(a, b *row) int {
	return cmp.Compare(strings.ToLower(a.organization()), strings.ToLower(b.organization()))
}

// customerCell shows who it is, and more about them unless that is in the organization's column.
func customerCell(f ui.Frame, r *row) ui.Cell {
	who := r.customer()
	text := who.Name
	if who.Detail != "" && !r.org {
		text += " · " + who.Detail
	}
	if r.found {
		text = foundSign + text
	}
	return f.Styled(ui.RoleText, text)
}

// never says that each row has a value.
func never(*row) bool { return false }

func integrationCell(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleText, r.integration()) }

func idCell(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleMuted, r.id()) }

func stateCell(_ ui.Frame, r *row) ui.Cell { return stateSign(r.state) }

// stateSign shows the state as a sign and a word, never by color alone.
func stateSign(state nango.State) ui.Cell {
	switch state {
	case nango.AuthError:
		return ui.Styled(ui.RoleBad, stateAuthError)
	case nango.SyncError:
		return ui.Styled(ui.RoleWarn, stateSyncError)
	default:
		return ui.Styled(ui.RoleGood, stateOK)
	}
}

// ageCell shows how long ago a time is, if it is known.
func ageCell(role ui.Role, timeOf func(*row) (time.Time, bool)) func(ui.Frame, *row) ui.Cell {
	return func(f ui.Frame, r *row) ui.Cell {
		at, known := timeOf(r)
		if !known {
			return ui.Cell{}
		}
		return ui.Cell{Text: ui.Age(f.Now.Sub(at)), Role: role}
	}
}

// tagsCell shows the first tag that doesn't identify the customer, and the number of further ones.
func tagsCell(f ui.Frame, r *row) ui.Cell {
	if r.other == 0 {
		return ui.Cell{}
	}
	first, _ := r.pair(r.firstOther())
	if nango.SoundsSecret(first.key) {
		first.value = nango.Masked
	}
	text := first.key + "=" + first.value
	if more := int(r.other) - 1; more > 0 {
		text += " +" + strconv.Itoa(more)
	}
	return f.Styled(ui.RoleMuted, text)
}

func byCustomer(a, b *row) int {
	if a.order != b.order {
		return cmp.Compare(a.order, b.order)
	}
	return cmp.Compare(a.customerLower(), b.customerLower())
}

func byIntegration(a, b *row) int {
	if a.key == b.key {
		return 0
	}
	return cmp.Compare(a.integration(), b.integration())
}

// byState sorts the worst first.
func byState(a, b *row) int { return cmp.Compare(b.state, a.state) }

// byFailed sorts the latest failure first.
func byFailed(a, b *row) int { return cmp.Compare(b.failed, a.failed) }

// byAge sorts the newest first.
func byAge(a, b *row) int { return cmp.Compare(b.created, a.created) }

// byTags sorts by the tag shown.
func byTags(a, b *row) int {
	return cmp.Compare(segment(a.search(), piecePairs+a.firstOther()), segment(b.search(), piecePairs+b.firstOther()))
}

func byID(a, b *row) int {
	return cmp.Compare(segment(a.search(), pieceID), segment(b.search(), pieceID))
}

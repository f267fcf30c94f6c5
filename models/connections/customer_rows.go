package connections

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// ownedRow is a connection of a customer.
type ownedRow struct {
	row
	// profile is the other profile that it belongs to; empty for the screen's own.
	profile string
	// twins is how many connections its end user has to its integration, if several. Of these, keep is the one to keep, and reason
	// is why.
	twins  int
	keep   nango.ConnectionRef
	reason string
}

func (r *ownedRow) key() ownedKey { return ownedKey{r.profile, r.ref()} }

func (r *ownedRow) isKept() bool { return r.twins > 0 && r.keep == r.ref() }

// states are the words that the filter "state:" finds.
func (r *ownedRow) states() string {
	words := map[nango.State]string{nango.Healthy: "ok", nango.SyncError: wordBroken + " sync", nango.AuthError: wordBroken + " auth"}[r.state]
	switch {
	case r.isKept():
		return words + " keep"
	case r.twins > 0:
		return words + " duplicate"
	}
	return words
}

// compareOwned orders the broken ones first, the latest failure first, and keeps those of an integration together.
func compareOwned(a, b ownedRow) int {
	return cmp.Or(cmp.Compare(b.state, a.state), cmp.Compare(b.failed, a.failed), cmp.Compare(a.profile, b.profile),
		cmp.Compare(a.integration(), b.integration()), cmp.Compare(b.created, a.created), cmp.Compare(a.id(), b.id()))
}

// judgeDuplicates finds end users with several connections to an integration, and says which to keep.
func judgeDuplicates(rows []ownedRow) {
	type place struct{ profile, integration, key, value string }
	at := map[place]int{} // the first row of each end user, by id and by address
	groups := map[int][]int{}
	for i := range rows {
		rows[i].twins, rows[i].keep, rows[i].reason = 0, nango.ConnectionRef{}, ""
		group, places := i, []place(nil)
		for _, p := range rows[i].pairs() {
			if kind := sameOwner(p.key); kind != "" {
				places = append(places, place{rows[i].profile, rows[i].integration(), kind, p.value})
			}
		}
		for _, p := range places {
			if first, known := at[p]; known {
				group = first
				break
			}
		}
		for _, p := range places {
			at[p] = group
		}
		groups[group] = append(groups[group], i)
	}
	for _, group := range groups {
		if len(group) > 1 {
			judge(rows, group)
		}
	}
}

// sameOwner is the tag with the meaning of a key of an end user; empty if it doesn't identify one person.
func sameOwner(key string) string {
	for _, kind := range ownerKinds[CustomerRoute][:2] {
		if key == kind.tag || key == kind.legacy {
			return kind.tag
		}
	}
	return ""
}

// judge chooses the connection to keep: the healthiest one, and of equals the newest.
func judge(rows []ownedRow, group []int) {
	slices.SortStableFunc(group, func(a, b int) int {
		return cmp.Or(cmp.Compare(rows[a].state, rows[b].state), cmp.Compare(rows[b].created, rows[a].created))
	})
	best, second := &rows[group[0]], &rows[group[1]]
	reason := reasonNewest
	switch {
	case best.state != nango.Healthy:
		reason = reasonAllBroken
	case second.state != nango.Healthy:
		reason = reasonOnlyWorking
	}
	for _, i := range group {
		rows[i].twins, rows[i].keep, rows[i].reason = len(group), best.ref(), reason
	}
}

// advice says what the row's connection is, why, and what to do now.
func (r *ownedRow) advice(now time.Time) (role ui.Role, what, next string) {
	role, what = ui.RoleMuted, fmt.Sprintf(adviceOK, r.integration(), r.id())
	next = adviceOpen
	if r.state != nango.Healthy {
		role, what = ui.RoleBad, fmt.Sprintf(adviceBroken, r.integration(), r.id(), r.state)
		if at, known := r.failedAt(); known {
			what += ", " + ui.Ago(now.Sub(at))
		}
		next = adviceFix
	}
	switch {
	case r.profile != "":
		next = fmt.Sprintf(adviceOtherProfile, r.profile)
	case r.isKept():
		next = fmt.Sprintf(adviceKeep, ui.Count(r.twins), r.reason)
	case r.twins > 0:
		next = fmt.Sprintf(adviceDuplicate, ui.Count(r.twins), r.keep.ID, r.reason)
	}
	return role, what + ".", next
}

// twinCell marks duplicates.
func twinCell(_ ui.Frame, r *ownedRow) ui.Cell {
	switch {
	case r.isKept():
		return ui.Styled(ui.RoleText, wordKeep)
	case r.twins > 0:
		return ui.Styled(ui.RoleWarn, wordDuplicate)
	}
	return ui.Cell{}
}

// ownedColumns are the columns of a customer. Who it is stands above them, so the integration comes first.
func ownedColumns() []table.Column[ownedRow] {
	cell := func(of func(ui.Frame, *row) ui.Cell) func(ui.Frame, *ownedRow) ui.Cell {
		return func(f ui.Frame, r *ownedRow) ui.Cell { return of(f, &r.row) }
	}
	by := func(of func(a, b *row) int) func(a, b *ownedRow) int {
		return func(a, b *ownedRow) int { return of(&a.row, &b.row) }
	}
	profile := func(r *ownedRow) string { return r.profile }
	return []table.Column[ownedRow]{
		{ID: "profile", Title: columnProfile, Min: 9, Max: 20, Cell: table.Text(ui.RoleText, profile), Compare: table.By(profile)},
		{ID: "integration", Title: columnIntegration, Min: 11, Max: 24, Weight: 2, Cell: cell(integrationCell), Compare: by(byIntegration)},
		{ID: "state", Title: columnState, Min: 6, Cell: cell(stateCell), Compare: by(byState)},
		{ID: "failed", Title: columnFailed, Min: 6, DropOrder: 5, Right: true, Cell: cell(ageCell(ui.RoleText, (*row).failedAt)),
			Compare: by(byFailed)},
		{ID: "twins", Title: columnTwins, Min: 11, DropOrder: 6, Cell: twinCell,
			Compare: table.By(func(r *ownedRow) int { return -r.twins })},
		{ID: "customer", Title: columnCustomer, Min: 14, Weight: 3, DropOrder: 3, Cell: cell(customerCell), Compare: by(byCustomer)},
		{ID: "age", Title: columnAge, Min: 6, DropOrder: 4, Right: true, Cell: cell(ageCell(ui.RoleMuted, (*row).createdAt)),
			Compare: by(byAge)},
		{ID: "id", Title: columnID, Min: 12, Max: 36, Weight: 2, DropOrder: 2, Cell: cell(idCell), Compare: by(byID)},
	}
}

// defaultColumns are the columns that tell rows apart.
func (c *Customer) defaultColumns() []string {
	differs := map[string]bool{"profile": len(c.others) > 0}
	for i := range c.rows {
		differs["twins"] = differs["twins"] || c.rows[i].twins > 0
		differs["customer"] = differs["customer"] || c.rows[i].customer() != c.rows[0].customer()
	}
	var ids []string
	for _, column := range ownedColumns() {
		if differs[column.ID] || column.ID != "profile" && column.ID != "twins" && column.ID != "customer" {
			ids = append(ids, column.ID)
		}
	}
	return ids
}

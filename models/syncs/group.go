package syncs

import (
	"cmp"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// group is the syncs of one connection, as the list of an integration has them.
type group struct {
	id, who string
	syncs   []screen.SyncView // what is broken first
	tally   tally
	// rows are the syncs as the filter sees them.
	rows   []row
	search string
}

// groupsOf are the connections with syncs, those with broken ones first.
func groupsOf(known map[syncOf]screen.SyncView, names map[string]string) []group {
	by := map[string]*group{}
	for key, one := range known {
		g := by[key.connection]
		if g == nil {
			g = &group{id: key.connection, who: names[key.connection]}
			by[key.connection] = g
		}
		g.syncs = append(g.syncs, one)
	}
	groups := make([]group, 0, len(by))
	for _, g := range by {
		g.finish()
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b group) int { return byTrouble(&a, &b) })
	return groups
}

func (g *group) finish() {
	slices.SortFunc(g.syncs, func(a, b screen.SyncView) int { return screen.CompareSyncs(&a, &b) })
	texts := []string{g.id, g.who}
	for i := range g.syncs {
		g.tally.add(&g.syncs[i])
		r := newRow(g.syncs[i])
		g.rows = append(g.rows, r)
		texts = append(texts, r.search)
	}
	g.search = filter.SearchText(texts...)
}

// matches says whether the words are somewhere in the connection, and one of its syncs is as the fields say.
func (g *group) matches(q filter.Query) bool {
	if !q.MatchWords(g.search) {
		return false
	}
	fields := filter.Query{Fields: q.Fields}
	return slices.ContainsFunc(g.rows, func(r row) bool { return r.matches(fields) })
}

// byTrouble puts the connection with the most broken syncs first.
func byTrouble(a, b *group) int {
	return cmp.Or(cmp.Compare(b.tally.broken(), a.tally.broken()), cmp.Compare(b.tally.paused, a.tally.paused), byWho(a, b))
}

func byWho(a, b *group) int {
	return cmp.Or(cmp.Compare(strings.ToLower(cmp.Or(a.who, a.id)), strings.ToLower(cmp.Or(b.who, b.id))), cmp.Compare(a.id, b.id))
}

func fleetColumns() []table.Column[group] {
	return []table.Column[group]{
		{ID: "who", Title: "CONNECTION", Min: 16, Weight: 3, Cell: whoCell, Compare: byWho},
		{ID: "error", Title: "ERROR", Min: 6, Cell: counted(ui.RoleBad, "✗ ", func(y *tally) int { return y.failed + y.stopped }),
			Compare: byCount(func(y *tally) int { return y.failed + y.stopped })},
		{ID: "late", Title: "LATE", Min: 5, Cell: counted(ui.RoleBad, "! ", func(y *tally) int { return y.late }),
			Compare: byCount(func(y *tally) int { return y.late })},
		{ID: "paused", Title: "PAUSED", Min: 6, Cell: counted(ui.RoleWarn, "‖ ", func(y *tally) int { return y.paused }),
			Compare: byCount(func(y *tally) int { return y.paused })},
		{ID: "running", Title: "RUN", Min: 5, DropOrder: 3,
			Cell: counted(ui.RoleAccent, "◌ ", func(y *tally) int { return y.running }), Compare: byCount(func(y *tally) int { return y.running })},
		{ID: "ok", Title: "OK", Min: 5, DropOrder: 2, Cell: counted(ui.RoleGood, "✓ ", func(y *tally) int { return y.ok }),
			Compare: byCount(func(y *tally) int { return y.ok })},
		{ID: "which", Title: "TO LOOK AFTER", Min: 13, Max: 40, Weight: 2, DropOrder: 4, Cell: whichCell},
		{ID: "id", Title: "CONNECTION ID", Min: 16, Max: 36, Weight: 1, DropOrder: 1, Cell: idCell},
	}
}

func whoCell(f ui.Frame, g *group) ui.Cell { return f.Styled(ui.RoleText, cmp.Or(g.who, g.id)) }

func idCell(f ui.Frame, g *group) ui.Cell { return f.Styled(ui.RoleMuted, g.id) }

// counted is how many syncs are in a state; none is nothing.
func counted(role ui.Role, sign string, of func(*tally) int) func(ui.Frame, *group) ui.Cell {
	return func(_ ui.Frame, g *group) ui.Cell {
		n := of(&g.tally)
		if n == 0 {
			return ui.Cell{}
		}
		return ui.Styled(role, sign+ui.Count(n).String())
	}
}

func byCount(of func(*tally) int) func(a, b *group) int {
	return func(a, b *group) int { return cmp.Compare(of(&b.tally), of(&a.tally)) }
}

// whichCell names the broken syncs.
func whichCell(f ui.Frame, g *group) ui.Cell {
	var names []string
	for i := range g.syncs[:min(g.tally.broken(), maxNamed+1)] { // they stand first
		names = append(names, g.syncs[i].Name.String())
	}
	return f.Styled(ui.RoleBad, strings.Join(names, ", "))
}

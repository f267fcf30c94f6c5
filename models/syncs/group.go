package syncs

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// group is the row of a connection in the list of an integration.
type group struct {
	id, customer string
	syncs        []screen.SyncView // broken first
	counts       counts
	// rows are the syncs, for the filter.
	rows   []row
	search string
}

// groupByConnection groups syncs by connection, those with broken ones first.
func groupByConnection(known map[syncKey]screen.SyncView, names map[string]string) []group {
	by := map[string]*group{}
	for key, one := range known {
		g := by[key.connection]
		if g == nil {
			g = &group{id: key.connection, customer: names[key.connection]}
			by[key.connection] = g
		}
		g.syncs = append(g.syncs, one)
	}
	groups := make([]group, 0, len(by))
	for _, g := range by {
		g.finish()
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b group) int { // the most broken syncs first
		return cmp.Or(cmp.Compare(b.counts.broken(), a.counts.broken()), cmp.Compare(b.counts.paused, a.counts.paused), byCustomer(&a, &b))
	})
	return groups
}

func (g *group) name() string { return cmp.Or(g.customer, g.id) }

func (g *group) finish() {
	slices.SortFunc(g.syncs, func(a, b screen.SyncView) int { return screen.CompareSyncs(&a, &b) })
	texts := []string{g.id, g.customer}
	for i := range g.syncs {
		g.counts.add(&g.syncs[i])
		r := newRow(g.syncs[i])
		g.rows = append(g.rows, r)
		texts = append(texts, r.search)
	}
	g.search = filter.SearchText(texts...)
}

// groupLanguage matches a connection that contains the words, and one of whose syncs matches the fields.
func groupLanguage() filter.Language[group] {
	onConnection := filter.Language[group]{Text: func(g *group) string { return g.search }, Fields: []filter.Field[group]{
		filter.TextField("customer", (*group).name), filter.TextField("id", func(g *group) string { return g.id }),
	}}
	onSync, all := language(), onConnection
	for _, field := range onSync.Fields {
		all.Fields = append(all.Fields, filter.Field[group]{Spec: field.Spec})
	}
	all.Compile = func(q filter.Query, now func() time.Time) func(*group) bool {
		var ofConnection, ofSync filter.Query
		for _, term := range q.Terms {
			if slices.ContainsFunc(onSync.Fields, func(f filter.Field[row]) bool { return f.Name == term.Any[0].Field }) {
				ofSync.Terms = append(ofSync.Terms, term)
			} else {
				ofConnection.Terms = append(ofConnection.Terms, term)
			}
		}
		connection, sync := onConnection.Matcher(ofConnection, now), onSync.Matcher(ofSync, now)
		return func(g *group) bool {
			return (connection == nil || connection(g)) &&
				(sync == nil || slices.ContainsFunc(g.rows, func(r row) bool { return sync(&r) }))
		}
	}
	return all
}

func byCustomer(a, b *group) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a.name()), strings.ToLower(b.name())), cmp.Compare(a.id, b.id))
}

func fleetColumns() []table.Column[group] {
	failed := func(c *counts) int { return c.failed + c.stopped }
	late := func(c *counts) int { return c.late }
	paused := func(c *counts) int { return c.paused + c.pausedFailed }
	running := func(c *counts) int { return c.running }
	ok := func(c *counts) int { return c.ok }
	return []table.Column[group]{
		{ID: "who", Title: "CONNECTION", Min: 16, Weight: 3, Cell: table.Text(ui.RoleText, (*group).name), Compare: byCustomer},
		{ID: "error", Title: "ERROR", Min: 6, Cell: countCell(ui.RoleBad, "✗ ", failed), Compare: byCount(failed)},
		{ID: "late", Title: "LATE", Min: 5, Cell: countCell(ui.RoleBad, "! ", late), Compare: byCount(late)},
		{ID: "paused", Title: "PAUSED", Min: 6, Cell: countCell(ui.RoleWarn, "‖ ", paused), Compare: byCount(paused)},
		{ID: "running", Title: "RUN", Min: 5, DropOrder: 3, Cell: countCell(ui.RoleAccent, "◌ ", running), Compare: byCount(running)},
		{ID: "ok", Title: "OK", Min: 5, DropOrder: 2, Cell: countCell(ui.RoleGood, "✓ ", ok), Compare: byCount(ok)},
		{ID: "which", Title: "BROKEN SYNCS", Min: 13, Max: 40, Weight: 2, DropOrder: 4, Cell: brokenCell},
		{ID: "id", Title: "CONNECTION ID", Min: 16, Max: 36, Weight: 1, DropOrder: 1,
			Cell: table.Text(ui.RoleMuted, func(g *group) string { return g.id })},
	}
}

func countCell(role ui.Role, sign string, of func(*counts) int) func(ui.Frame, *group) ui.Cell {
	return func(_ ui.Frame, g *group) ui.Cell {
		n := of(&g.counts)
		if n == 0 {
			return ui.Cell{}
		}
		return ui.Styled(role, sign+ui.Count(n).String())
	}
}

func byCount(of func(*counts) int) func(a, b *group) int {
	return func(a, b *group) int { return cmp.Compare(of(&b.counts), of(&a.counts)) }
}

func brokenCell(f ui.Frame, g *group) ui.Cell {
	var names []string
	for i := range g.syncs[:min(g.counts.broken(), maxNamed+1)] { // broken ones come first
		names = append(names, g.syncs[i].Name.String())
	}
	return f.Styled(ui.RoleBad, strings.Join(names, ", "))
}

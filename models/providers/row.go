package providers

import (
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// row is a provider in the list: what is drawn and searched of its entry, which has a kilobyte on average.
type row struct {
	name, display, mode string
	categories          string // with commas
	docs                string
	// text is what is searched, in lower case.
	text string
	// integrations is the number of its integrations.
	integrations int
}

// rowsOf returns the rows of a catalog. It runs where the response is decoded, not on the goroutine of the keys.
func rowsOf(all []nango.Provider) []row {
	rows := make([]row, 0, len(all))
	shared := map[string]string{} // a thousand providers share a few modes and categories
	once := func(s string) string {
		if known, ok := shared[s]; ok {
			return known
		}
		shared[s] = strings.Clone(s)
		return shared[s]
	}
	for _, p := range all {
		r := row{
			name: strings.Clone(p.Name), display: strings.Clone(p.DisplayName), docs: strings.Clone(p.Docs),
			mode: once(p.AuthMode), categories: once(strings.Join(p.Categories, ", ")),
		}
		r.text = filter.SearchText(r.name, r.display, r.mode, r.categories)
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.name, b.name) })
	// The name is the key of the table, so it must be unique.
	return slices.CompactFunc(rows, func(a, b row) bool { return a.name == b.name })
}

// language declares the fields of the filter. A complete auth mode means only itself: auth:oauth2 excludes OAUTH2_CC.
func (s *List) language() filter.Language[row] {
	auth := filter.EnumField("auth", func(r *row) string { return r.mode })
	auth.Values = func(string) []string { return slices.Sorted(maps.Keys(s.modes)) }
	return filter.Language[row]{Text: func(r *row) string { return r.text }, Fields: []filter.Field[row]{
		filter.TextField("provider", func(r *row) string { return r.name }),
		filter.TextField("category", func(r *row) string { return r.categories }),
		auth,
		filter.EnumField("here", func(r *row) string { return map[bool]string{true: "yes", false: "no"}[r.integrations > 0] }, "yes", "no"),
	}}
}

func (s *List) columns() []table.Column[row] {
	name, mode := func(r *row) string { return r.name }, func(r *row) string { return r.mode }
	display, categories := func(r *row) string { return r.display }, func(r *row) string { return r.categories }
	return []table.Column[row]{
		{ID: "name", Title: columnProvider, Min: 16, Max: 48, Weight: 3,
			Cell: table.Text(ui.RoleText, name), Compare: table.By(name)},
		{ID: "auth", Title: screen.TextAuthColumn, Min: 10, Max: 18, Weight: 1,
			Cell: table.Text(ui.RoleMuted, mode), Compare: table.By(mode)},
		{ID: "here", Title: columnHere, Min: 4, Max: 5, Right: true, DropOrder: 3, Cell: s.hereCell,
			Compare: table.By(func(r *row) int { return r.integrations })},
		{ID: "display", Title: screen.TextNameColumn, Min: 14, Max: 50, Weight: 3, DropOrder: 2,
			Cell:    table.Text(ui.RoleText, display),
			Compare: table.By(func(r *row) string { return strings.ToLower(r.display) })},
		{ID: "categories", Title: columnCategories, Min: 12, Max: 50, Weight: 2, DropOrder: 1,
			Cell: table.Text(ui.RoleMuted, categories), Compare: table.By(categories)},
	}
}

// hereCell shows the number of the provider's integrations, nothing if it is 0.
func (s *List) hereCell(_ ui.Frame, r *row) ui.Cell {
	switch {
	case !s.integrations.IsLoaded():
		return ui.Styled(ui.RoleMuted, "?")
	case r.integrations == 0:
		return ui.Cell{}
	}
	return ui.Styled(ui.RoleGood, ui.Count(r.integrations).String())
}

package providers

import (
	"cmp"
	"slices"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// row is a provider in the list: what is drawn and searched of an entry, which has a kilobyte on average.
type row struct {
	name, display, mode string
	categories          string // with commas
	docs                string
	// text is everything that is searched, in lower case.
	text string
	// here is how many integrations of it there are.
	here int
}

// rowsOf keeps of the catalogue what the list needs. It runs where the answer is decoded, not where keys are handled.
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
	// The name is the key of the table: no two rows may share it.
	return slices.CompactFunc(rows, func(a, b row) bool { return a.name == b.name })
}

// Fields that the filter knows.
const (
	fieldCategory = "category"
	fieldAuth     = "auth"
	fieldHere     = "here"
)

// matches says whether the row passes the filter. modes are all auth modes in lower case: a whole one is meant as such,
// so that auth:oauth2 leaves out OAUTH2_CC.
func (r *row) matches(q filter.Query, modes map[string]bool) bool {
	return q.MatchFields(func(field filter.Term) bool { return r.has(field, modes) }) && q.MatchWords(r.text)
}

func (r *row) has(field filter.Term, modes map[string]bool) bool {
	mode := strings.ToLower(r.mode)
	switch field.Name {
	case fieldCategory:
		return strings.Contains(strings.ToLower(r.categories), field.Value)
	case fieldHere:
		return strings.HasPrefix(map[bool]string{true: "yes", false: "no"}[r.here > 0], field.Value)
	}
	if modes[field.Value] {
		return mode == field.Value
	}
	return strings.Contains(mode, field.Value)
}

func (s *List) columns() []table.Column[row] {
	return []table.Column[row]{
		{ID: "name", Title: "PROVIDER", Min: 16, Max: 48, Weight: 3,
			Cell:    func(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleText, r.name) },
			Compare: func(a, b *row) int { return strings.Compare(a.name, b.name) }},
		{ID: "auth", Title: "AUTH", Min: 10, Max: 18, Weight: 1,
			Cell:    func(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleMuted, r.mode) },
			Compare: func(a, b *row) int { return strings.Compare(a.mode, b.mode) }},
		{ID: "here", Title: "HERE", Min: 4, Max: 5, Right: true, DropOrder: 3, Cell: s.hereCell,
			Compare: func(a, b *row) int { return cmp.Compare(a.here, b.here) }},
		{ID: "display", Title: "NAME", Min: 14, Max: 50, Weight: 3, DropOrder: 2,
			Cell:    func(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleText, r.display) },
			Compare: func(a, b *row) int { return strings.Compare(strings.ToLower(a.display), strings.ToLower(b.display)) }},
		{ID: "categories", Title: "CATEGORIES", Min: 12, Max: 50, Weight: 2, DropOrder: 1,
			Cell:    func(f ui.Frame, r *row) ui.Cell { return f.Styled(ui.RoleMuted, r.categories) },
			Compare: func(a, b *row) int { return strings.Compare(a.categories, b.categories) }},
	}
}

// hereCell is how many integrations of the provider there are; it stays empty where there are none.
func (s *List) hereCell(_ ui.Frame, r *row) ui.Cell {
	switch {
	case !s.here.IsLoaded():
		return ui.Styled(ui.RoleMuted, "?")
	case r.here == 0:
		return ui.Cell{}
	}
	return ui.Styled(ui.RoleGood, ui.Count(r.here).String())
}

package providers

import (
	"cmp"
	"slices"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui"
)

// maxTemplates bounds how many templates stand on the page.
const maxTemplates = 200

// sortTemplates puts syncs before actions, and both by name.
func sortTemplates(all []nango.Template) {
	slices.SortStableFunc(all, func(a, b nango.Template) int {
		return cmp.Or(-strings.Compare(a.Type, b.Type), strings.Compare(a.Name, b.Name))
	})
}

// templatesSection is the functions that Nango has ready, to be deployed to an integration.
func (s *Detail) templatesSection(f ui.Frame) ui.Section {
	section := ui.Section{Title: "TEMPLATES"}
	all := s.templates.Value
	switch {
	case s.templates.HasFailed():
		section.Rows = []ui.Row{{Lines: []ui.Line{bad(f, "not read: "+s.templates.Err.Error())}}}
	case !s.templates.IsLoaded():
		section.Note = ui.Muted("reading …")
	case len(all) == 0:
		section.Rows = ui.TextRows("None: Nango has no sync or action ready for this provider.")
	default:
		section.Note = ui.Muted(countTemplates(all))
		for i := range all[:min(len(all), maxTemplates)] {
			section.Rows = append(section.Rows, templateOf(f, &all[i]))
		}
		if more := len(all) - maxTemplates; more > 0 {
			section.Rows = append(section.Rows, ui.TextRows(ui.Count(more).String()+" more are not shown.")...)
		}
	}
	return section
}

func countTemplates(all []nango.Template) string {
	count := map[string]int{}
	for _, one := range all {
		count[one.Type]++
	}
	var parts []string
	for _, kind := range []string{"sync", "action"} {
		if n := count[kind]; n > 0 {
			parts = append(parts, ui.Pluralize(n, kind))
		}
	}
	if others := len(all) - count["sync"] - count["action"]; others > 0 {
		parts = append(parts, ui.Pluralize(others, "other"))
	}
	return strings.Join(parts, " · ")
}

// templateOf draws a template: its name, what it is, what it gives, and what it does.
func templateOf(f ui.Frame, one *nango.Template) ui.Row {
	kind := []string{one.Type}
	if one.Frequency != "" {
		kind = append(kind, one.Frequency)
	}
	if len(one.Returns) > 0 {
		kind = append(kind, "gives "+strings.Join(one.Returns, ", "))
	}
	if len(one.Scopes) > 0 {
		kind = append(kind, "needs "+strings.Join(one.Scopes, ", "))
	}
	r := ui.Row{ID: templateRow + one.Type + " " + one.Name, Label: f.Text(one.Name).String(),
		Lines: []ui.Line{{f.Styled(ui.RoleText, strings.Join(kind, " · "))}}}
	if one.Description != "" {
		r.Lines = append(r.Lines, ui.Line{f.Styled(ui.RoleMuted, strings.Join(strings.Fields(one.Description), " "))})
	}
	return r
}

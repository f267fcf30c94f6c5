package providers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const maxTemplates = 200

// sortTemplates sorts syncs before actions, and both by name.
func sortTemplates(all []nango.Template) {
	slices.SortStableFunc(all, func(a, b nango.Template) int {
		return cmp.Or(-strings.Compare(a.Type, b.Type), strings.Compare(a.Name, b.Name))
	})
}

// templatesSection has the functions that Nango offers for the provider.
func (s *Detail) templatesSection(f ui.Frame) ui.Section {
	section := ui.Section{Title: titleTemplates}
	all := s.templates.Value
	switch {
	case s.templates.HasFailed():
		section.Rows = []ui.Row{{Lines: []ui.Line{failure(f, fmt.Sprintf(textPartFailed, s.templates.Err))}}}
	case !s.templates.IsLoaded():
		section.Note = ui.Muted(textPartLoading)
	case len(all) == 0:
		section.Rows = ui.TextRows(textNoTemplates)
	default:
		section.Note = ui.Muted(countTemplates(all))
		for i := range all[:min(len(all), maxTemplates)] {
			row := templateOf(f, &all[i])
			section.Rows = append(section.Rows, row)
			s.OnRow(row.ID, screen.Copies(copiedTemplate, all[i].Name))
		}
		if more := len(all) - maxTemplates; more > 0 {
			section.Rows = append(section.Rows, ui.TextRows(fmt.Sprintf(textMoreTemplates, ui.Count(more)))...)
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
		parts = append(parts, ui.Pluralize(others, nounOtherTemplate))
	}
	return strings.Join(parts, " · ")
}

// templateOf draws a template: name, kind, models, scopes and description.
func templateOf(f ui.Frame, one *nango.Template) ui.Row {
	kind := []string{one.Type}
	if one.Frequency != "" {
		kind = append(kind, one.Frequency)
	}
	if len(one.Returns) > 0 {
		kind = append(kind, textReturns+strings.Join(one.Returns, ", "))
	}
	if len(one.Scopes) > 0 {
		kind = append(kind, textNeeds+strings.Join(one.Scopes, ", "))
	}
	r := ui.Row{ID: templateRow + one.Type + " " + one.Name, Label: f.Text(one.Name).String(),
		Lines: []ui.Line{{f.Styled(ui.RoleText, strings.Join(kind, " · "))}}}
	if one.Description != "" {
		r.Lines = append(r.Lines, ui.Line{f.Styled(ui.RoleMuted, strings.Join(strings.Fields(one.Description), " "))})
	}
	return r
}

package providers

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the provider, or why it is not loaded.
func (s *Detail) View(f ui.Frame) string {
	switch {
	case !s.provider.IsLoaded() && s.provider.HasFailed():
		return screen.Failure(f, fmt.Sprintf(screen.TextProviderFailed, s.name), s.provider.Err)
	case !s.provider.IsLoaded():
		return screen.Loading(f, textLoading)
	}
	return s.Draw(f, s.sections)
}

// sections are in the order of a user who wants to use the provider: what it is, what it needs, what exists.
func (s *Detail) sections(f ui.Frame) []ui.Section {
	all := []ui.Section{s.overview(f), s.integrationsSection(f)}
	one := &s.provider.Value
	needs := one.requirements()
	all = append(all, s.requirementSections(f, titleIntegrationNeeds, needs.integration, one.integrationFields)...)
	connection := s.requirementSections(f, titleConnectionNeeds, needs.connection, one.connectionFields)
	if len(one.automated) > 0 {
		found := f.Styled(ui.RoleMuted, fmt.Sprintf(textAutomated, strings.Join(one.automated, ", ")))
		connection[0].Rows = append(connection[0].Rows, ui.Row{Lines: []ui.Line{{found}}})
	}
	ui.At(ui.Side, all[2:]...)
	return append(append(all, ui.At(ui.Side, connection...)...), s.templatesSection(f))
}

func (s *Detail) overview(f ui.Frame) ui.Section {
	one := &s.provider.Value
	section := ui.Section{Title: titleProvider}
	if s.provider.HasFailed() {
		section.Note = failure(f, fmt.Sprintf(textStale, s.provider.Err))
	}
	add := func(id, label, value string, actions screen.RowActions) {
		s.AddRow(&section, f, id, label, value, actions)
	}
	add(nameRow, screen.TextProvider, one.Name, screen.Copies(copiedProvider, s.name))
	section.AddRow(f, "", labelName, one.DisplayName)
	section.AddRow(f, "", screen.TextAuthMode, one.AuthMode)
	section.AddRow(f, "", labelCategories, strings.Join(one.Categories, ", "))
	add("base", labelBaseURL, one.BaseURL, screen.Copies(copiedBaseURL, one.BaseURL))
	scopes := screen.Copies(copiedScopes, strings.Join(one.DefaultScopes, ","))
	add("scopes", labelScopes, strings.Join(one.DefaultScopes, ", "), scopes)
	if one.Webhooks {
		section.AddRow(f, "", labelWebhooks, textWebhooks)
	}
	add(docsRow, screen.TextDocs, one.Docs, screen.Links(copiedDocs, one.Docs))
	add("setup", screen.TextSetupGuide, one.SetupGuide, screen.Links(copiedSetup, one.SetupGuide))
	add("connect docs", labelCustomerDocs, one.ConnectDocs, screen.Links(copiedCustomerDocs, one.ConnectDocs))
	return section
}

func (s *Detail) integrationsSection(f ui.Frame) ui.Section {
	section := ui.Section{Title: titleIntegrations}
	switch {
	case s.integrations.HasFailed():
		section.Rows = []ui.Row{{Lines: []ui.Line{failure(f, fmt.Sprintf(textPartFailed, s.integrations.Err))}}}
	case !s.integrations.IsLoaded():
		section.Note = ui.Muted(textPartLoading)
	case len(s.integrations.Value) == 0:
		section.Rows = ui.TextRows(strings.TrimSpace(screen.TextNoneYet + screen.Hint(f, Make, hintNew)))
	default:
		section.Note = ui.Muted(ui.Count(len(s.integrations.Value)).String())
		for _, i := range s.integrations.Value[:min(len(s.integrations.Value), maxIntegrations)] {
			line := ui.Line{f.Styled(ui.RoleText, i.Key)}
			if i.DisplayName != i.Key {
				line = append(line, ui.Styled(ui.RoleMuted, " · "), f.Styled(ui.RoleMuted, i.DisplayName))
			}
			section.Rows = append(section.Rows, ui.Row{ID: integrationRow + i.Key, Lines: []ui.Line{line}})
			actions := screen.Copies(screen.TextIntegrationKey, i.Key)
			actions.Open = screen.To("integration", i.Key).Open
			s.OnRow(integrationRow+i.Key, actions)
		}
		if more := len(s.integrations.Value) - maxIntegrations; more > 0 {
			text := fmt.Sprintf(textMore, ui.Count(more)) + screen.Hint(f, Integrations, screen.TextListsAll)
			section.Rows = append(section.Rows, ui.TextRows(text)...)
		}
	}
	return section
}

const maxIntegrations = 20

// requirementSections has a sentence about the auth mode, and in another section, because they have labels, the fields.
func (s *Detail) requirementSections(f ui.Frame, title, said string, fields []field) []ui.Section {
	all := []ui.Section{{Title: title, Rows: ui.TextRows(said)}}
	if len(fields) == 0 {
		return all
	}
	var rows []ui.Row
	for _, one := range fields {
		row := one.row(f)
		rows = append(rows, row)
		s.OnRow(row.ID, screen.Copies(copiedField, one.Name))
	}
	return append(all, ui.Section{Rows: rows})
}

func (d field) row(f ui.Frame) ui.Row {
	r := ui.Row{ID: fieldRow + d.part + " " + d.Name, Label: f.Text(d.Name).String()}
	r.Lines = append(r.Lines, ui.Line{f.Styled(ui.RoleText, d.Label()), f.Styled(ui.RoleMuted, " · "+d.kind())})
	say := func(text string) {
		if text != "" {
			r.Lines = append(r.Lines, ui.Line{f.Styled(ui.RoleMuted, text)})
		}
	}
	say(d.Description)
	say(d.format())
	return r
}

func (d field) kind() string {
	words := []string{textRequired}
	if d.Optional {
		words[0] = textOptional
	}
	if d.part == credentials {
		words = append(words, textCredential)
	}
	if d.Secret {
		words = append(words, textSecret)
	}
	return strings.Join(words, ", ")
}

func (d field) format() string {
	var parts []string
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+value)
		}
	}
	add(textExample, d.Example)
	add(textOneOf, strings.Join(d.Enum, ", "))
	add(textDefault, d.Default)
	if d.Prefix != "" || d.Suffix != "" {
		add(textBecomes, d.Prefix+"…"+d.Suffix)
	}
	add(textFormat, d.Format)
	add(textPattern, d.Pattern)
	return strings.Join(parts, " · ")
}

func failure(f ui.Frame, text string) ui.Line {
	return ui.Line{f.Styled(ui.RoleBad, "✗ "+text)}
}

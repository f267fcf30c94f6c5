package providers

import (
	"cmp"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the provider, or why it is not there.
func (s *Detail) View(f ui.Frame) string {
	switch {
	case !s.one.IsLoaded() && s.one.HasFailed():
		return screen.Failure(f, "The provider "+s.name+" cannot be read", s.one.Err)
	case !s.one.IsLoaded():
		return screen.Loading(f, "Reading the provider")
	}
	if now := (drawn{true, f.Width}); s.drawn != now {
		s.page.SetSections(s.sections(f))
		s.drawn = now
	}
	return s.page.View(f)
}

// sections are in the order of somebody who wants to use the provider: what it is, what it takes, what there is.
func (s *Detail) sections(f ui.Frame) []ui.Section {
	all := []ui.Section{s.itself(f), s.integrations(f)}
	all = append(all, s.integrationNeeds(f)...)
	all = append(all, s.connectionNeeds(f)...)
	return append(all, s.templatesSection(f))
}

func (s *Detail) itself(f ui.Frame) ui.Section {
	one := &s.one.Value
	section := ui.Section{Title: "PROVIDER"}
	if s.one.HasFailed() {
		section.Note = bad(f, "not read again: "+s.one.Err.Error())
	}
	section.AddRow(f, nameRow, "Provider", one.name)
	section.AddRow(f, "", "Name", one.display)
	section.AddRow(f, "", "Auth mode", one.mode)
	section.AddRow(f, "", "Categories", strings.Join(one.categories, ", "))
	section.AddRow(f, baseRow, "Base URL", one.baseURL)
	section.AddRow(f, scopesRow, "Default scopes", strings.Join(one.scopes, ", "))
	if one.webhooks {
		section.AddRow(f, "", "Webhooks", "Nango takes them")
	}
	section.AddRow(f, docsRow, "Docs", one.docs)
	section.AddRow(f, setupRow, "Setup guide", one.setup)
	section.AddRow(f, connectRow, "For customers", one.connectDocs)
	return section
}

// integrations are those of the provider that are there.
func (s *Detail) integrations(f ui.Frame) ui.Section {
	section := ui.Section{Title: "ITS INTEGRATIONS HERE"}
	switch {
	case s.here.HasFailed():
		section.Rows = []ui.Row{{Lines: []ui.Line{bad(f, "not known: "+s.here.Err.Error())}}}
	case !s.here.IsLoaded():
		section.Note = ui.Muted("reading …")
	case len(s.here.Value) == 0:
		section.Rows = ui.TextRows(strings.TrimSpace("None yet. " + screen.Hint(f, Make, "makes one")))
	default:
		section.Note = ui.Muted(ui.Count(len(s.here.Value)).String())
		for _, i := range s.here.Value[:min(len(s.here.Value), maxHere)] {
			line := ui.Line{f.Styled(ui.RoleText, i.key)}
			if i.name != i.key {
				line = append(line, ui.Styled(ui.RoleMuted, " · "), f.Styled(ui.RoleMuted, i.name))
			}
			section.Rows = append(section.Rows, ui.Row{ID: hereRow + i.key, Lines: []ui.Line{line}})
		}
		if more := len(s.here.Value) - maxHere; more > 0 {
			section.Rows = append(section.Rows, ui.TextRows(ui.Count(more).String()+" more. "+screen.Hint(f, Integrations, "lists all"))...)
		}
	}
	return section
}

// maxHere bounds how many integrations stand on the page of their provider.
const maxHere = 20

func (s *Detail) integrationNeeds(f ui.Frame) []ui.Section {
	one := &s.one.Value
	return needed(f, "AN INTEGRATION NEEDS", one.needs().integration, one.ofIntegration)
}

func (s *Detail) connectionNeeds(f ui.Frame) []ui.Section {
	one := &s.one.Value
	all := needed(f, "A CONNECTION NEEDS", one.needs().connection, one.ofConnection)
	if len(one.found) > 0 {
		found := ui.Line{f.Styled(ui.RoleMuted, "Nango finds by itself: "+strings.Join(one.found, ", "))}
		all[0].Rows = append(all[0].Rows, ui.Row{Lines: []ui.Line{found}})
	}
	return all
}

// needed is what is said of the auth mode, and apart from it, since they have labels, the fields.
func needed(f ui.Frame, title, said string, fields []field) []ui.Section {
	all := []ui.Section{{Title: title, Rows: ui.TextRows(said)}}
	if len(fields) == 0 {
		return all
	}
	var rows []ui.Row
	for _, one := range fields {
		rows = append(rows, one.row(f))
	}
	return append(all, ui.Section{Rows: rows})
}

// row is a field with what its value has to be like.
func (d field) row(f ui.Frame) ui.Row {
	r := ui.Row{ID: fieldRow + d.part + " " + d.name, Label: f.Text(d.name).String()}
	r.Lines = append(r.Lines, ui.Line{f.Styled(ui.RoleText, cmp.Or(d.Title, d.name)), f.Styled(ui.RoleMuted, " · "+d.kind())})
	say := func(text string) {
		if text != "" {
			r.Lines = append(r.Lines, ui.Line{f.Styled(ui.RoleMuted, text)})
		}
	}
	say(d.Description)
	say(d.form())
	return r
}

// kind says in a few words what sort of field it is.
func (d field) kind() string {
	words := []string{"required"}
	if d.Optional {
		words[0] = "optional"
	}
	if d.part == credentials {
		words = append(words, "credential")
	}
	if d.Secret {
		words = append(words, "secret")
	}
	return strings.Join(words, ", ")
}

// form says what a value has to look like.
func (d field) form() string {
	var parts []string
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+value)
		}
	}
	add("e.g. ", d.Example)
	add("one of ", strings.Join(d.Enum, ", "))
	add("otherwise ", d.Default)
	if d.Prefix != "" || d.Suffix != "" {
		add("becomes ", d.Prefix+"…"+d.Suffix)
	}
	add("a ", d.Format)
	add("matches ", d.Pattern)
	return strings.Join(parts, " · ")
}

func bad(f ui.Frame, text string) ui.Line {
	return ui.Line{f.Styled(ui.RoleBad, "✗ "+text)}
}

package functions

import (
	"cmp"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the function, or says why it isn't shown.
func (s *Detail) View(f ui.Frame) string {
	switch {
	case s.function == nil && s.load.IsLoading():
		return screen.Loading(f, "Loading the function "+s.name)
	case s.function == nil:
		return screen.Failure(f, textCouldntLoadFunction+s.name+" of "+s.integration, s.err)
	}
	return s.Draw(f, s.sections)
}

func (s *Detail) sections(f ui.Frame) []ui.Section {
	return append([]ui.Section{s.overview(f)}, ui.At(ui.Side, s.modelSection(f), s.code(f))...)
}

func (s *Detail) overview(f ui.Frame) ui.Section {
	one := s.function
	section := ui.Section{Title: strings.ToUpper(string(one.Type))}
	if s.err != nil {
		section.Note = ui.Line{f.Styled(ui.RoleBad, "✗ not reloaded: "+s.err.Error())}
	}
	s.AddRow(&section, f, nameRow, "Name", one.Name, screen.Copies("function name", s.name))
	s.AddRow(&section, f, textRow, "Description", strings.Join(strings.Fields(one.Description), " "),
		screen.Copies("description", one.Description))
	state := ui.Line{ui.Styled(ui.RoleGood, "✓ on")}
	if !one.Enabled {
		state = ui.Line{ui.Styled(ui.RoleWarn, "‖ off"), ui.Styled(ui.RoleMuted, textEnableInDashboard)}
	}
	section.Rows = append(section.Rows, ui.Row{Label: "State", Lines: []ui.Line{state}})
	section.AddRow(f, "", "On", one.Event)
	section.AddRow(f, "", "Runs", one.Frequency)
	if one.Type == "sync" {
		section.AddRow(f, "", "Starts", map[bool]string{true: textStartsAutomatically, false: textStartsOnRequest}[one.AutoStart])
		section.AddRow(f, "", "Tracks deletes", map[bool]string{true: "yes", false: "no"}[one.TrackDeletes])
	}
	s.AddRow(&section, f, scopesRow, "Scopes", strings.Join(one.Scopes, ", "), screen.Copies("scopes", strings.Join(one.Scopes, ",")))
	section.AddRow(f, "", "Version", one.Version)
	if s.load.Legacy {
		section.Rows = append(section.Rows, ui.Row{Lines: []ui.Line{{f.Styled(ui.RoleWarn, "! "+legacyWarning(s.load.LegacyProvider))}}})
	}
	return section
}

func (s *Detail) modelSection(f ui.Frame) ui.Section {
	one := s.function
	section := ui.Section{Title: "MODELS"}
	if one.Input != "" {
		section.Rows = append(section.Rows, s.model(f, "Input", one.Input))
	}
	for _, name := range one.Returns {
		if len(section.Rows) >= maxModels {
			section.Rows = append(section.Rows, ui.TextRows(textMoreModels)...)
			break
		}
		section.Rows = append(section.Rows, s.model(f, "Output", name))
	}
	if len(section.Rows) == 0 {
		section.Rows = ui.TextRows(textNoModels)
	}
	return section
}

// maxModels is the maximum number of models on the page.
const maxModels = 40

func (s *Detail) model(f ui.Frame, label, name string) ui.Row {
	actions := screen.Copies("model name", name)
	actions.Open = showJSON("Schema of "+s.name, s.function.Schema)
	if model := s.function.models[name]; model != nil {
		actions.Open = showJSON("Model "+name, model)
	}
	s.OnRow(modelRow+name, actions)
	row := ui.Row{ID: modelRow + name, Label: label, Lines: []ui.Line{{f.Styled(ui.RoleStrong, name)}}}
	some, all := propertiesOf(s.function.models[name])
	var line ui.Line
	for _, p := range some {
		if line != nil {
			line = append(line, ui.Styled(ui.RoleMuted, " · "))
		}
		line = append(line, f.Styled(ui.RoleText, p.name))
		if kind := p.typ; kind != "" || !p.required {
			line = append(line, f.Styled(ui.RoleMuted, " "+kind+map[bool]string{false: "?"}[p.required]))
		}
	}
	if more := all - len(some); more > 0 {
		line = append(line, ui.Styled(ui.RoleMuted, " · "+count(more)+" more"))
	}
	if line != nil {
		row.Lines = append(row.Lines, line)
	}
	return row
}

func (s *Detail) code(f ui.Frame) ui.Section {
	one := s.function
	section := ui.Section{Title: "CODE"}
	section.AddRow(f, "", "Source", cmp.Or(sources[one.Source].said, one.Source))
	if one.Deployed != nil {
		section.AddRow(f, "", "Deployed", ui.AgoWithTime(f.Now, *one.Deployed))
	}
	s.AddRow(&section, f, codeRow, "Source code", strings.TrimSuffix("not fetched; "+screen.Hint(f, Source, "fetches it"), "; "),
		screen.RowActions{Open: s.openSource})
	if len(one.Schema) > 0 {
		s.AddRow(&section, f, schemaRow, "Schema", "of all models, "+ui.Bytes(int64(len(one.Schema))).String(),
			opensJSON("schema", "Schema of "+s.name, one.Schema))
	}
	s.AddRow(&section, f, rawRow, "Response", ui.Bytes(int64(len(one.Raw))).String()+" of JSON",
		opensJSON("function as JSON", s.name, one.Raw))
	return section
}

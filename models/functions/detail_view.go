package functions

import (
	"cmp"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the function, or why it is not there.
func (s *Detail) View(f ui.Frame) string {
	switch {
	case s.found == nil && (s.one.IsLoading() || s.older.waiting()):
		return screen.Loading(f, "Reading the function "+s.name)
	case s.found == nil:
		return screen.Failure(f, "The function "+s.name+" of "+s.integration+" cannot be read", s.err)
	}
	if now := (drawn{true, f.Width, f.Now.Truncate(time.Minute)}); s.drawn != now {
		s.page.SetSections(s.sections(f))
		s.drawn = now
	}
	return s.page.View(f)
}

// sections are in the order of what one asks first: what it is, what goes in and out, what it needs, how it is made.
func (s *Detail) sections(f ui.Frame) []ui.Section {
	all := []ui.Section{s.itself(f), s.modelSection(f)}
	return append(all, s.code(f))
}

func (s *Detail) itself(f ui.Frame) ui.Section {
	one := s.found
	section := ui.Section{Title: strings.ToUpper(string(one.Type))}
	if s.err != nil {
		section.Note = ui.Line{f.Styled(ui.RoleBad, "✗ not read again: "+s.err.Error())}
	}
	section.AddRow(f, nameRow, "Name", one.Name)
	section.AddRow(f, textRow, "Description", strings.Join(strings.Fields(one.Description), " "))
	section.Rows = append(section.Rows, ui.Row{Label: "State", Lines: []ui.Line{s.state()}})
	section.AddRow(f, "", "On", one.Event)
	section.AddRow(f, "", "Runs", one.Frequency)
	if one.Type == "sync" {
		section.AddRow(f, "", "Starts", map[bool]string{true: "by itself, when a connection is made",
			false: "when it is started for a connection"}[one.AutoStart])
		section.AddRow(f, "", "Finds deletions", yesOrNo(one.TrackDeletes))
	}
	section.AddRow(f, scopesRow, "Scopes", strings.Join(one.Scopes, ", "))
	section.AddRow(f, "", "Version", one.Version)
	if s.older.used {
		section.Rows = append(section.Rows, ui.Row{Lines: []ui.Line{{f.Styled(ui.RoleWarn, "! "+s.older.said())}}})
	}
	return section
}

func (s *Detail) state() ui.Line {
	if s.found.Enabled {
		return ui.Line{ui.Styled(ui.RoleGood, "✓ on")}
	}
	return ui.Line{ui.Styled(ui.RoleWarn, "‖ off"), ui.Styled(ui.RoleMuted, ": it is switched in Nango's web dashboard")}
}

func yesOrNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// modelSection is what goes in and what comes out.
func (s *Detail) modelSection(f ui.Frame) ui.Section {
	one := s.found
	section := ui.Section{Title: "MODELS"}
	if one.Input != "" {
		section.Rows = append(section.Rows, s.model(f, "Takes", one.Input))
	}
	for _, name := range one.Returns {
		if len(section.Rows) >= maxModels {
			section.Rows = append(section.Rows, ui.TextRows("more are not shown: see all of it as JSON")...)
			break
		}
		section.Rows = append(section.Rows, s.model(f, "Gives", name))
	}
	if len(section.Rows) == 0 {
		section.Rows = ui.TextRows("It says of nothing what goes in or comes out.")
	}
	return section
}

// maxModels bounds how many models stand on the page.
const maxModels = 40

// model is a model with its fields, as far as the schema tells.
func (s *Detail) model(f ui.Frame, label, name string) ui.Row {
	row := ui.Row{ID: modelRow + name, Label: label, Lines: []ui.Line{{f.Styled(ui.RoleStrong, name)}}}
	some, all := propertiesOf(s.found.models[name])
	var line ui.Line
	for _, p := range some {
		if line != nil {
			line = append(line, ui.Styled(ui.RoleMuted, " · "))
		}
		line = append(line, f.Styled(ui.RoleText, p.name))
		if kind := p.kind; kind != "" || !p.required {
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

// code is how the function is made, and all that Nango tells of it.
func (s *Detail) code(f ui.Frame) ui.Section {
	one := s.found
	section := ui.Section{Title: "CODE"}
	section.AddRow(f, "", "From", cmp.Or(sources[one.Source].said, one.Source))
	if one.Deployed != nil {
		section.AddRow(f, "", "Deployed", ui.AgoWithTime(f.Now, *one.Deployed))
	}
	section.AddRow(f, codeRow, "Source code", strings.TrimSuffix("not fetched; "+screen.Hint(f, Source, "fetches it"), "; "))
	if len(one.Schema) > 0 {
		section.AddRow(f, schemaRow, "Schema", "of all models, "+ui.Bytes(int64(len(one.Schema))).String())
	}
	section.AddRow(f, wholeRow, "As Nango tells it", ui.Bytes(int64(len(one.Raw))).String()+" of JSON")
	return section
}

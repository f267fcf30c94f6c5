package welcome

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// variableWidth is the width of a variable's name and the space after it, in cells.
const variableWidth = 22

// sections is the page: the problem, the demo, and the ways to provide a key.
func (w *Welcome) sections(f ui.Frame) []ui.Section {
	all := []ui.Section{w.trouble(f)}
	if w.hasDemo {
		offer := said(titleDemo, textDemo, textDemoSafe)
		offer.Note = ui.Muted(screen.Hint(f, Demo, hintDemo))
		all = append(all, offer)
	}
	var lines []ui.Line
	for _, v := range variables {
		lines = append(lines, variable(v.name, v.about))
	}
	environment := ui.Section{Title: titleVariables, Note: ui.Muted(textVariables), Rows: []ui.Row{{Lines: lines}}}
	profiles := said(titleProfiles, textFile, textKeySource, textProfile)
	example := said(titleExample, strings.Split(strings.TrimSpace(Example), "\n")...)
	example.Note = ui.Muted(screen.Hint(f, CopyExample, hintCopyExample))
	return append(all, environment, profiles, example)
}

func (w *Welcome) trouble(f ui.Frame) ui.Section {
	if w.problem == "" {
		return said(titleKey, textKey, textFindKeys)
	}
	var lines []ui.Line
	for i, text := range strings.Split(w.problem, "\n") {
		line := ui.Line{f.Styled(ui.RoleText, text)}
		if i == 0 {
			line = ui.Line{ui.Styled(ui.RoleBad, "✗ "), f.Styled(ui.RoleStrong, text)}
		}
		lines = append(lines, line)
	}
	lines = append(lines, ui.Line{ui.Styled(ui.RoleText, textFindKeys)})
	return ui.Section{Title: titleProblem, Rows: []ui.Row{{Lines: lines}}}
}

func said(title string, texts ...string) ui.Section {
	var lines []ui.Line
	for _, text := range texts {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleText, text)})
	}
	return ui.Section{Title: title, Rows: []ui.Row{{Lines: lines}}}
}

func variable(name, about string) ui.Line {
	line := ui.Line{ui.Styled(ui.RoleStrong, name)}
	if about == "" {
		return line
	}
	return append(line, ui.Styled(ui.RoleMuted, strings.Repeat(" ", variableWidth-len(name))+about))
}

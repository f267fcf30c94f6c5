package environment

import (
	"slices"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// variableRow begins the ids of the rows of variables.
	variableRow = "variable "
	// maxRows is how many variables are shown; a filter finds the others.
	maxRows = 1000
	// maxClear is how much of a value is shown in clear, in bytes. Copying gives all of it.
	maxClear = 4 << 10
)

// variables is the section of the environment variables.
type variables struct {
	load screen.Load[[]variable] // in the order of their names
}

// variable is a variable with what is needed to find it.
type variable struct {
	name  string
	value nango.Secret
	// row is the id of its row, and words what a filter looks at.
	row, words string
}

// empty is why nothing can be done with the value.
func (v variable) empty() string {
	if v.value == "" {
		return "the value is empty"
	}
	return ""
}

func (s *variables) read(t *screen.Turn, then func(*screen.Turn)) {
	s.load.Fetch(t, nango.Map(nango.ListVariables(), newVariables), then)
}

// newVariables puts them into the order of their names. A name that stands there twice has two rows.
func newVariables(list []nango.Variable) []variable {
	all := make([]variable, 0, len(list))
	for _, v := range list {
		all = append(all, variable{name: v.Name, value: v.Value, words: strings.ToLower(v.Name)})
	}
	slices.SortStableFunc(all, func(a, b variable) int { return strings.Compare(a.name, b.name) })
	same := 0
	for i := range all {
		if same++; i == 0 || all[i].name != all[i-1].name {
			same = 0
		}
		all[i].row = variableRow + strconv.Itoa(same) + " " + all[i].name
	}
	return all
}

// at is the variable of a row.
func (s *variables) at(row string) (variable, bool) {
	for _, v := range s.load.Value {
		if v.row == row {
			return v, true
		}
	}
	return variable{}, false
}

// section is the rows that the filter lets pass, or why there are none.
func (s *variables) section(l look) ui.Section {
	if !s.load.IsLoaded() || len(s.load.Value) == 0 && !s.load.HasFailed() {
		return ui.Section{Title: "VARIABLES", Rows: s.none(l.frame)}
	}
	var shown []variable
	for _, v := range s.load.Value {
		if l.query.MatchWords(v.words) {
			shown = append(shown, v)
		}
	}
	section := ui.Section{Title: "VARIABLES", Note: s.note(l, len(shown))}
	if s.load.HasFailed() {
		section.Rows = []ui.Row{{Lines: []ui.Line{{l.frame.Styled(ui.RoleBad, "✗ Not read again: "+s.load.Err.Error())}}}}
	}
	switch {
	case len(s.load.Value) == 0:
		section.Rows = append(section.Rows, ui.TextRows("There were none when they were read.")...)
	case len(shown) == 0:
		section.Rows = append(section.Rows, ui.TextRows(strings.TrimSpace("No name matches the filter. "+l.wayOut))...)
	}
	names := make([]ui.Text, 0, min(len(shown), maxRows))
	width := 0
	for _, v := range shown[:min(len(shown), maxRows)] {
		names = append(names, l.frame.Text(v.name))
		width = max(width, min(names[len(names)-1].Width(), l.frame.Width/2))
	}
	for i, name := range names {
		section.Rows = append(section.Rows, shown[i].draw(l, name, width))
	}
	if more := len(shown) - maxRows; more > 0 {
		section.Rows = append(section.Rows, ui.TextRows("… and "+ui.Count(more).String()+" more: a filter finds them")...)
	}
	return section
}

// none says why there are no variables to be seen.
func (s *variables) none(f ui.Frame) []ui.Row {
	switch {
	case s.load.HasFailed():
		lines := []ui.Line{{f.Styled(ui.RoleBad, "✗ The variables cannot be read: "+s.load.Err.Error())}}
		if known, ok := nango.AsError(s.load.Err); ok {
			lines = append(lines, ui.Line{f.Styled(ui.RoleText, known.Advice())})
		}
		return []ui.Row{{Lines: append(lines, hints(f, hint{screen.Refresh, "tries again"}))}}
	case !s.load.IsLoaded():
		return ui.TextRows("Reading the variables …")
	}
	return ui.TextRows("There are no environment variables in this environment.",
		"A variable has a name and a value that the functions of the environment read.")
}

// note says how many there are, and what can be done with one.
func (s *variables) note(l look, shown int) ui.Line {
	count := ui.Count(len(s.load.Value)).String()
	if shown != len(s.load.Value) {
		count = ui.Count(shown).String() + " of " + count
	}
	does := hints(l.frame, hint{Reveal, "reveals one"}, hint{Copy, "copies without revealing"}).Text().String()
	return ui.Line{ui.Styled(ui.RoleMuted, strings.TrimSuffix(count+" · values are masked · "+does, " · "))}
}

// masked stands for a value. It does not tell its length.
const masked = "••••••••"

// gap is between a name and its value, in cells.
const gap = 2

// draw is the row of a variable: its name, and behind it dots. What is in clear stands below the name. It must not be
// masked there, since that it is a secret is known.
func (v variable) draw(l look, name ui.Text, width int) ui.Row {
	role := ui.RoleText
	if v.row == l.cursor {
		role = ui.RoleSelected
	}
	row := ui.Row{ID: v.row}
	value := masked
	switch {
	case v.value == "":
		value = "empty"
	case v.row == l.inClear:
		row.Lines = append([]ui.Line{{{Text: name, Role: role}}}, v.inClear()...)
		return row
	}
	return l.row(v.row, name, width, ui.Clean(value))
}

// inClear is the value, line by line.
func (v variable) inClear() []ui.Line {
	text := v.value.Reveal()
	cut := len(text) > maxClear
	if cut {
		text = strings.ToValidUTF8(text[:maxClear], "")
	}
	var lines []ui.Line
	for _, line := range ui.CleanLines(text) {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleText, strings.Repeat(" ", gap)), {Text: line, Role: ui.RoleText}})
	}
	if cut {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, "  … cut here: copying it gives all")})
	}
	return lines
}

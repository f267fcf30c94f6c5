package environment

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
)

const (
	// variableRow is the prefix of the ids of variables' rows.
	variableRow = "variable "
	// maxRows limits the variables that are shown; the filter finds the others.
	maxRows = 1000
	// maxClear limits the bytes of a revealed value. Copying has no limit.
	maxClear = 4 << 10
)

type variables struct {
	list screen.Load[[]variable] // by name
}

type variable struct {
	name  string
	value nango.Secret
	// row is the id of its row; searchText is what the filter searches.
	row, searchText string
}

func variableLanguage() filter.Language[variable] {
	return filter.Language[variable]{Text: func(v *variable) string { return v.searchText }, Fields: []filter.Field[variable]{
		filter.TextField("name", func(v *variable) string { return v.name }),
	}}
}

func (v variable) whyEmpty() string { return screen.DisabledIf(v.value == "", whyEmpty) }

// newVariables sorts variables by name. A name that occurs twice has two rows.
func newVariables(list []nango.Variable) []variable {
	all := make([]variable, 0, len(list))
	for _, v := range list {
		all = append(all, variable{name: v.Name, value: v.Value, searchText: strings.ToLower(v.Name)})
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

func (s *variables) section(l drawing) ui.Section {
	if !s.list.IsLoaded() || len(s.list.Value) == 0 && !s.list.HasFailed() {
		return ui.Section{Title: titleVariables, Rows: s.none(l.frame)}
	}
	var shown []variable
	matches := variableLanguage().Matcher(l.query, nil)
	for _, v := range s.list.Value {
		if matches == nil || matches(&v) {
			shown = append(shown, v)
		}
	}
	section := ui.Section{Title: titleVariables, Note: s.note(l, len(shown))}
	if s.list.HasFailed() {
		section.Rows = []ui.Row{{Lines: []ui.Line{{l.frame.Styled(ui.RoleBad, fmt.Sprintf(textStale, s.list.Err))}}}}
	}
	switch {
	case len(s.list.Value) == 0:
		section.Rows = append(section.Rows, ui.TextRows(textWereEmpty)...)
	case len(shown) == 0:
		section.Rows = append(section.Rows, ui.TextRows(strings.TrimSpace(textNoMatches+l.clearHint))...)
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
		section.Rows = append(section.Rows, ui.TextRows(fmt.Sprintf(textMore, ui.Count(more)))...)
	}
	return section
}

func (s *variables) none(f ui.Frame) []ui.Row {
	switch {
	case s.list.HasFailed():
		lines := []ui.Line{{f.Styled(ui.RoleBad, fmt.Sprintf(textFailed, s.list.Err))}}
		if known, ok := nango.AsError(s.list.Err); ok {
			lines = append(lines, ui.Line{f.Styled(ui.RoleText, known.Advice())})
		}
		return []ui.Row{{Lines: append(lines, hints(f, hint{screen.Refresh, hintRetry}))}}
	case !s.list.IsLoaded():
		return ui.TextRows(textLoading)
	}
	return ui.TextRows(textEmpty, textEmptyAdvice)
}

func (s *variables) note(l drawing, shown int) ui.Line {
	count := ui.Count(len(s.list.Value)).String()
	if shown != len(s.list.Value) {
		count = fmt.Sprintf(textOf, ui.Count(shown), count)
	}
	does := hints(l.frame, hint{Reveal, hintReveal}, hint{Copy, hintCopySecret}).Text().String()
	return ui.Line{ui.Styled(ui.RoleMuted, strings.TrimSuffix(fmt.Sprintf(textMasked, count, does), " · "))}
}

// masked replaces a value. It doesn't reveal the length.
const masked = "••••••••"

// gap is between a name and its value, in cells.
const gap = 2

// draw has name and mask, or the revealed value below the name. It must not be masked there, because it is known as a
// secret.
func (v variable) draw(l drawing, name ui.Text, width int) ui.Row {
	role := ui.RoleText
	if v.row == l.cursor {
		role = ui.RoleSelected
	}
	row := ui.Row{ID: v.row}
	value := masked
	switch {
	case v.value == "":
		value = textEmptyValue
	case v.row == l.revealed:
		row.Lines = append([]ui.Line{{{Text: name, Role: role}}}, v.clearLines()...)
		return row
	}
	return l.row(v.row, name, width, ui.Clean(value))
}

func (v variable) clearLines() []ui.Line {
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
		lines = append(lines, ui.Line{ui.Styled(ui.RoleMuted, textTruncated)})
	}
	return lines
}

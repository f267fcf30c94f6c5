package records

import (
	"errors"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws the counts, what is asked for, the expression, and the rows that there is room for.
func (l *List) View(f ui.Frame) string {
	if l.queryForm != nil {
		return l.queryForm.View(f)
	}
	if l.table.Len() == 0 {
		switch {
		case l.load.HasFailed():
			return screen.Failure(f, "The records could not be read", l.load.Err)
		case l.at.IsZero():
			return screen.Loading(f, "Reading the records")
		case l.load.IsLoading():
			return screen.Loading(f, "Reading on")
		}
		return l.emptyState(f)
	}
	lines := []string{l.summary(f)}
	for _, line := range l.head(f) {
		lines = append(lines, line.View(f, f.Width))
	}
	if l.expr.form != nil {
		lines = append(lines, strings.Split(l.expr.form.View(f.Sized(f.Width, max(f.Height-len(lines), 1))), "\n")...)
	}
	l.tableTop = len(lines)
	if rest := f.Sized(f.Width, f.Height-len(lines)); rest.Height > 0 {
		lines = append(lines, l.rows(rest))
	}
	return screen.FirstLines(strings.Join(lines, "\n"), f.Height)
}

// head is what stands between the counts and the rows.
func (l *List) head(f ui.Frame) []ui.Line {
	var lines []ui.Line
	if l.hasServerFilter() {
		line := ui.Line{ui.Styled(ui.RoleAccent, " asked for: "), f.Styled(ui.RoleStrong, queryText(l.query, f.Now))}
		if key := screen.Key(f, QueryAll); key != "" { // it stands first: what is cut off is what one knows
			line = append(ui.Line{ui.Styled(ui.RoleAccent, " "+key), ui.Styled(ui.RoleMuted, " asks for all ·")}, line...)
		}
		lines = append(lines, line)
	}
	if l.expr.form == nil {
		lines = append(lines, l.expressionLines(f)...)
	}
	return append(lines, l.loadNotes(f)...)
}

// rows draws the table that is shown, or says why there is nothing in it.
func (l *List) rows(f ui.Frame) string {
	switch {
	case l.values != nil && l.values.Shown() > 0:
		return l.values.View(f)
	case l.values == nil && l.table.Shown() > 0:
		return l.table.View(f)
	case l.Filter.Value() != "":
		return screen.Empty(f, "Nothing among what was read is like that.", l.ClearFilterHint(f))
	}
	way := ""
	if key := screen.Key(f, screen.ClearFilter); key != "" {
		way = key + " shows all records again."
	}
	return screen.Empty(f, "The expression gives nothing for these records.", way)
}

// nobody is a model without records, or without such as were asked for.
func (l *List) emptyState(f ui.Frame) string {
	if l.hasServerFilter() {
		return screen.Empty(f, "No record is like that.", "Asked for: "+queryText(l.query, f.Now)+".",
			strings.TrimSpace(screen.Key(f, QueryAll)+" asks for all of "+l.Title()+"."))
	}
	return screen.Empty(f, "There are no records of "+l.Title()+".",
		"Nango answers the same for a model that it does not know. Case counts: Contact is not contact.",
		strings.TrimSpace(screen.Key(f, OtherModel)+" names another model, "+screen.Key(f, screen.Refresh)+" looks again."))
}

// summary is the first line: what is shown of what was read, and the filter.
func (l *List) summary(f ui.Frame) string {
	counts := l.counts()
	if !l.Filter.Focused() && l.Filter.Value() == "" {
		return counts.View(f, f.Width)
	}
	const gap, least = 3, 24
	room := max(f.Width-counts.Width()-gap, min(least, f.Width))
	left := counts.View(f, f.Width-room-gap)
	pad := max(f.Width-room-f.StringWidth(left), 0)
	return left + strings.Repeat(" ", pad) + l.Filter.View(f.Sized(room, 1))
}

// shown is how many records are shown, or values of an expression, and among how many.
func (l *List) shown() (shown, among int) {
	if l.values != nil {
		return l.values.Shown(), l.values.Len()
	}
	return l.table.Shown(), l.table.Len()
}

// counts is how many are shown, were read, and what is still to come.
func (l *List) counts() ui.Line {
	shown, loaded := l.shown()
	noun := " " + ui.PluralNoun(loaded, "record")
	if l.values != nil {
		noun = " " + ui.PluralNoun(loaded, "value") + " of " + ui.Pluralize(l.table.Len(), "record")
	}
	text := " " + ui.Count(loaded).String()
	if shown != loaded {
		text = " " + ui.Count(shown).String() + " of " + ui.Count(loaded).String()
	}
	line := ui.Line{ui.Styled(ui.RoleStrong, text), ui.Styled(ui.RoleMuted, noun)}
	add := func(role ui.Role, text string) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, text))
	}
	switch {
	case l.load.IsLoading() && l.again:
		add(ui.RoleMuted, "reading again, at "+ui.Count(l.pages.Loaded()).String())
	case l.load.IsLoading():
		add(ui.RoleMuted, "still loading")
	case l.atBound():
		add(ui.RoleMuted, "there are more")
	}
	if l.twice > 0 {
		add(ui.RoleMuted, ui.Count(l.twice).String()+" changed while being read")
	}
	return line
}

// maxNote is how many lines a note takes at most.
const maxNote = 2

// note is what went wrong, or where reading stopped. The key that helps stands first: what is cut off is the end of the
// reason.
func (l *List) loadNotes(f ui.Frame) []ui.Line {
	var line ui.Line
	switch {
	case l.load.HasFailed():
		key, text := l.mended(f)
		line = ui.Line{ui.Styled(ui.RoleAccent, key), f.Styled(ui.RoleBad, text+" · ✗ "+l.load.Err.Error())}
	case l.atBound():
		line = ui.Line{ui.Styled(ui.RoleAccent, screen.Key(f, LoadMore)), ui.Styled(ui.RoleWarn, " reads on · reading stopped by itself at "+l.boundWords())}
	default:
		return nil
	}
	return notes(f, line)
}

// notes is a line broken to the width, as far as there is room for it above the rows.
func notes(f ui.Frame, line ui.Line) []ui.Line {
	lines := screen.Wrap(f, 1, line)
	return lines[:min(len(lines), maxNote)]
}

// mended is the key that helps where a page could not be read, and what it does. From a bad cursor nothing goes on.
func (l *List) mended(f ui.Frame) (key, does string) {
	again := screen.Key(f, screen.Refresh)
	if errors.Is(l.load.Err, nango.BadCursor) {
		return again, " begins again: Nango cannot go on from here"
	}
	return screen.Key(f, LoadMore), " tries that page again, " + again + " begins again"
}

// boundWords is the bound that was reached.
func (l *List) boundWords() string {
	if l.pages.AtBound() {
		return ui.Count(l.pages.Bound()).String() + " records"
	}
	return ui.Bytes(int64(l.bytes)).String() + " of records"
}

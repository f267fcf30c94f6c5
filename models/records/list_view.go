package records

import (
	"errors"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws the counts, the query, the expression and the rows.
func (l *List) View(f ui.Frame) string {
	if l.queryForm != nil {
		return l.queryForm.View(f)
	}
	if l.table.Len() == 0 {
		switch {
		case l.load.HasFailed():
			return screen.Failure(f, textLoadFailed, l.load.Err)
		case l.at.IsZero():
			return screen.Loading(f, textLoading)
		case l.load.IsLoading():
			return screen.Loading(f, textLoadingMore)
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

func (l *List) head(f ui.Frame) []ui.Line {
	lines := l.FilterProblem(f)
	if l.hasServerFilter() {
		line := ui.Line{ui.Styled(ui.RoleAccent, textQuery), f.Styled(ui.RoleStrong, queryText(l.query, f.Now))}
		if key := screen.Key(f, QueryAll); key != "" { // the key stands first, because the end may be cut off
			line = append(ui.Line{ui.Styled(ui.RoleAccent, " "+key), ui.Styled(ui.RoleMuted, textClearsQuery)}, line...)
		}
		lines = append(lines, line)
	}
	if l.expr.form == nil {
		lines = append(lines, l.expressionLines(f)...)
	}
	return append(lines, l.loadNotes(f)...)
}

func (l *List) rows(f ui.Frame) string {
	switch {
	case l.values != nil && l.values.Shown() > 0:
		return l.values.View(f)
	case l.values == nil && l.table.Shown() > 0:
		return l.table.View(f)
	case l.Filter.Value() != "":
		return screen.Empty(f, textNoMatch, l.ClearFilterHint(f))
	}
	return screen.Empty(f, textNoResult, screen.Hint(f, screen.ClearFilter, textShowAllHint))
}

func (l *List) emptyState(f ui.Frame) string {
	if l.hasServerFilter() {
		return screen.Empty(f, textNoQueryMatch, fmt.Sprintf(textQueryIs, queryText(l.query, f.Now)),
			strings.TrimSpace(screen.Key(f, QueryAll)+fmt.Sprintf(textLoadAllHint, l.Title())))
	}
	return screen.Empty(f, fmt.Sprintf(textNoRecords, l.Title()),
		textUnknownModel,
		strings.TrimSpace(screen.Key(f, OtherModel)+textOtherModelHint+screen.Key(f, screen.Refresh)+textRefreshHint))
}

// summary is the first line: the counts and the filter.
func (l *List) summary(f ui.Frame) string {
	counts := l.counts()
	if !l.Filter.Focused() && l.Filter.Value() == "" {
		return append(counts, f.Styled(ui.RoleMuted, " · "+l.query.Connection.ID)).View(f, f.Width)
	}
	const gap, least = 3, 24
	room := max(f.Width-counts.Width()-gap, min(least, f.Width))
	left := counts.View(f, f.Width-room-gap)
	pad := max(f.Width-room-f.StringWidth(left), 0)
	return left + strings.Repeat(" ", pad) + l.Filter.View(f.Sized(room, 1))
}

// shown returns how many records or values are shown, and how many there are.
func (l *List) shown() (shown, among int) {
	if l.values != nil {
		return l.values.Shown(), l.values.Len()
	}
	return l.table.Shown(), l.table.Len()
}

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
		add(ui.RoleMuted, textReloading+ui.Count(l.pages.Loaded()).String())
	case l.load.IsLoading():
		add(ui.RoleMuted, screen.TextStillLoading)
	case l.atBound():
		add(ui.RoleMuted, screen.TextThereAreMore)
	}
	if l.changed > 0 {
		add(ui.RoleMuted, ui.Count(l.changed).String()+textChanged)
	}
	return line
}

// maxNote is the maximum number of lines of a note.
const maxNote = 2

// loadNotes tells what failed, or where loading stopped. The key stands first, because the end may be cut off.
func (l *List) loadNotes(f ui.Frame) []ui.Line {
	var line ui.Line
	switch {
	case l.load.HasFailed():
		key, text := l.mended(f)
		line = ui.Line{ui.Styled(ui.RoleAccent, key), f.Styled(ui.RoleBad, text+" · ✗ "+l.load.Err.Error())}
	case l.atBound():
		line = ui.Line{ui.Styled(ui.RoleAccent, screen.Key(f, LoadMore)), ui.Styled(ui.RoleWarn, textStoppedAt+l.boundWords())}
	default:
		return nil
	}
	return notes(f, line)
}

// notes wraps a line to at most maxNote lines.
func notes(f ui.Frame, line ui.Line) []ui.Line {
	lines := screen.Wrap(f, 1, line)
	return lines[:min(len(lines), maxNote)]
}

// mended is the key that helps after a failed page, and what it does. A bad cursor needs a new start.
func (l *List) mended(f ui.Frame) (key, does string) {
	again := screen.Key(f, screen.Refresh)
	if errors.Is(l.load.Err, nango.BadCursor) {
		return again, textRestarts
	}
	return screen.Key(f, LoadMore), fmt.Sprintf(textRetries, again)
}

func (l *List) boundWords() string {
	if l.pages.AtBound() {
		return ui.Count(l.pages.Bound()).String() + " records"
	}
	return ui.Bytes(int64(l.bytes)).String() + textOfRecords
}

package connections

import (
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the counts, the filter, a note about problems, and the rows.
func (l *List) View(f ui.Frame) string {
	l.preview.drawn = false
	l.Tick(f.Now)
	switch {
	case l.table.Len() > 0:
	case l.load.HasFailed():
		return screen.Failure(f, textListFailed, l.load.Err)
	case l.at.IsZero():
		return screen.Loading(f, textLoadingList)
	case l.load.IsLoading():
		return screen.Loading(f, textLoadingMore)
	case l.lookup.words == "" && l.Filter.Value() == "":
		return l.drawEmpty(f)
	}
	lines := []string{l.summary(f)}
	for _, line := range slices.Concat(l.FilterProblem(f), l.pausedNote(f), l.note(f)) {
		if len(lines) < f.Height {
			lines = append(lines, line.View(f, f.Width))
		}
	}
	l.tableTop = len(lines)
	if rest := f.Sized(f.Width, f.Height-len(lines)); rest.Height > 0 {
		lines = append(lines, l.rows(rest))
	}
	return strings.Join(lines, "\n")
}

// rows draws the table, with the preview if there is room, or says why it is empty.
func (l *List) rows(f ui.Frame) string {
	cursor := l.table.Cursor()
	if cursor == nil {
		return l.drawNoMatches(f)
	}
	if l.preview.off || f.Width < previewFrom {
		return l.table.View(f)
	}
	l.preview.drawn = true
	width := previewWidth
	if f.Width >= widePreviewFrom {
		width = widePreview
	}
	left, right := f.Sized(f.Width-width, f.Height), f.Sized(width-previewBorder, f.Height)
	return ui.Beside(f, l.table.View(left), left.Width, strings.Join(l.previewLines(right), "\n"))
}

// summary is the first line: the counts and the filter.
func (l *List) summary(f ui.Frame) string {
	counts := l.counts(f)
	if !l.Filter.Focused() && l.Filter.Value() == "" {
		return counts.View(f, f.Width)
	}
	const gap, least = 3, 24
	room := max(f.Width-counts.Width()-gap, min(least, f.Width))
	left := counts.View(f, f.Width-room-gap)
	pad := max(f.Width-room-f.StringWidth(left), 0)
	return left + strings.Repeat(" ", pad) + l.Filter.View(f.Sized(room, 1))
}

// counts says how many connections are shown, loaded, broken and still to come.
func (l *List) counts(f ui.Frame) ui.Line {
	shown, loaded := l.table.Shown(), l.table.Len()
	text := " " + ui.Count(loaded).String()
	if shown != loaded {
		text = " " + fmt.Sprintf(textShownOf, ui.Count(shown), ui.Count(loaded))
	}
	line := ui.Line{ui.Styled(ui.RoleStrong, text)}
	add := func(role ui.Role, text string) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, text))
	}
	if l.broken > 0 {
		add(ui.RoleBad, fmt.Sprintf(textBroken, ui.Count(l.broken)))
	}
	if text := l.progress(); text != "" {
		add(ui.RoleMuted, text)
	}
	if l.current.broken {
		add(ui.RoleAccent, textBrokenOnly)
	}
	line = append(line, screen.MarkedSummary(l.table)...)
	if n := len(l.found); n > 0 {
		add(ui.RoleText, fmt.Sprintf(textFoundOnServer, ui.Count(n)))
	}
	if l.current.broken {
		line = append(line, l.failures.chart(f.Now)...)
	}
	return line
}

// progress says what is still to come.
func (l *List) progress() string {
	switch {
	case l.load.IsLoading() && l.again:
		return textReloading
	case l.load.IsLoading():
		return screen.TextStillLoading
	case l.atBound():
		return screen.TextThereAreMore
	}
	return ""
}

func (l *List) atBound() bool { return l.pages != nil && l.pages.AtBound() && !l.load.HasFailed() }

// pausedNote says of how many connections it is known whether a sync is paused, if the filter asks for that.
func (l *List) pausedNote(f ui.Frame) []ui.Line {
	if !l.asksPaused() {
		return nil
	}
	return screen.Wrap(f, 1, ui.Line{ui.Styled(ui.RoleWarn, fmt.Sprintf(notePaused, ui.Count(l.syncsKnown), ui.Count(l.table.Len())))})
}

// maxNote is the maximum number of lines of the note. Errors have one or two; a key shows the full error.
const maxNote = 2

// note is shown below the counts: what failed, or where loading stopped.
func (l *List) note(f ui.Frame) []ui.Line {
	text := l.problem()
	if text == "" {
		return nil
	}
	role := ui.RoleBad
	key := screen.Key(f, screen.Refresh)
	if !l.load.HasFailed() && l.rowErr == nil {
		role, key = ui.RoleWarn, screen.Key(f, LiftBound)
	}
	line := ui.Line{f.Styled(role, text)}
	if key != "" {
		// The key comes first, since the end of the reason may be cut off.
		line = append(ui.Line{ui.Styled(ui.RoleAccent, key), ui.Styled(role, " ")}, line...)
	}
	lines := line.Wrap(f.Width - 2)
	lines = lines[:min(len(lines), maxNote)]
	for i := range lines {
		lines[i] = append(ui.Line{ui.Styled(role, " ")}, lines[i]...)
	}
	return lines
}

// problem is the note's text without its key.
func (l *List) problem() string {
	switch {
	case l.load.HasFailed():
		return fmt.Sprintf(noticeListFailed, l.load.Err)
	case l.rowErr != nil:
		return fmt.Sprintf(noticeRowFailed, l.rowErr)
	case l.atBound():
		return fmt.Sprintf(noticeAtBound, ui.Count(l.pages.Bound()))
	}
	return ""
}

// drawEmpty shows an environment, or a customer, without connections.
func (l *List) drawEmpty(f ui.Frame) string {
	if l.scope.words != "" {
		return screen.Empty(f, fmt.Sprintf(textNoneOf, l.scope.words),
			fmt.Sprintf(textExactMatch, screen.HintOrPalette(f, screen.Refresh, hintReload)))
	}
	return screen.Empty(f, textEmpty,
		fmt.Sprintf(textEmptyAdvice, screen.HintOrPalette(f, LinkFor, hintLink)),
		screen.HintOrPalette(f, screen.Refresh, hintReload)+".")
}

// drawNoMatches is shown in place of the rows when no row matches.
func (l *List) drawNoMatches(f ui.Frame) string {
	k := &l.lookup
	read := ui.Count(l.table.Len())
	asked := k.words != "" && k.words == l.wordsTyped()
	switch {
	case asked && k.waiting > 0:
		return screen.Loading(f, fmt.Sprintf(textNoMatchesSearch, read, k.words))
	case asked:
		return l.drawNotFound(f)
	case l.load.IsLoading() && !l.again:
		return screen.Loading(f, fmt.Sprintf(textNoMatchesLoading, read))
	case l.wordsTyped() == "":
		return screen.Empty(f, fmt.Sprintf(textNoMatchesLoaded, read), l.showAllHint(f))
	}
	asks := textSearchLater
	if l.Typing() {
		asks = screen.HintOrPalette(f, screen.FilterDone, hintSearch)
	}
	return screen.Empty(f, fmt.Sprintf(textNoMatchesLoaded, read), fmt.Sprintf(textSearchAdvice, asks), l.showAllHint(f))
}

// drawNotFound is the result of the search on the server.
func (l *List) drawNotFound(f ui.Frame) string {
	k := &l.lookup
	advice := []string{fmt.Sprintf(textSearched, k.words, strings.Join(k.asked, ", "))}
	if k.err != nil {
		advice = append(advice, fmt.Sprintf(textSearchFailed, k.err))
	}
	if k.found > 0 {
		advice = append(advice, fmt.Sprintf(textLeftOut, ui.Count(k.found)))
	}
	return screen.Empty(f, textNoMatches, append(advice, l.showAllHint(f))...)
}

// showAllHint says how to show rows again.
func (l *List) showAllHint(f ui.Frame) string {
	if l.current.broken {
		return screen.HintOrPalette(f, BrokenOnly, hintShowAll)
	}
	return l.ClearFilterHint(f)
}

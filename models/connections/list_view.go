package connections

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the counts, the filter, a note about problems, and the rows.
func (l *List) View(f ui.Frame) string {
	l.preview.drawn = false
	switch {
	case l.table.Len() > 0:
	case l.load.HasFailed():
		return screen.Failure(f, "Couldn't load connections", l.load.Err)
	case l.at.IsZero():
		return screen.Loading(f, "Loading connections")
	case l.load.IsLoading():
		return screen.Loading(f, "Loading more")
	case l.lookup.words == "" && l.Filter.Value() == "":
		return l.drawEmpty(f)
	}
	lines := []string{l.summary(f)}
	for _, line := range l.note(f) {
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
	left := f.Sized(f.Width-previewWidth, f.Height)
	right := f.Sized(previewWidth-previewBorder, f.Height)
	return drawBeside(f, l.table.View(left), left.Width, previewLines(right, l.preview.of(cursor)))
}

// summary is the first line: the counts and the filter.
func (l *List) summary(f ui.Frame) string {
	counts := l.counts()
	if !l.Filter.Focused() && l.Filter.Value() == "" {
		return counts.View(f, f.Width)
	}
	const gap, least = 3, 24
	room := max(f.Width-counts.Width()-gap, min(least, f.Width))
	left := counts.View(f, f.Width-room-gap)
	pad := max(f.Width-room-cells(f, left), 0)
	return left + strings.Repeat(" ", pad) + l.Filter.View(f.Sized(room, 1))
}

// counts says how many connections are shown, loaded, broken and still to come.
func (l *List) counts() ui.Line {
	shown, loaded := l.table.Shown(), l.table.Len()
	text := " " + ui.Count(loaded).String()
	if shown != loaded {
		text = " " + ui.Count(shown).String() + " of " + ui.Count(loaded).String()
	}
	line := ui.Line{ui.Styled(ui.RoleStrong, text)}
	add := func(role ui.Role, text string) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), ui.Styled(role, text))
	}
	if l.broken > 0 {
		add(ui.RoleBad, ui.Count(l.broken).String()+" broken")
	}
	if text := l.progress(); text != "" {
		add(ui.RoleMuted, text)
	}
	if l.current.broken {
		add(ui.RoleAccent, "broken only")
	}
	line = append(line, screen.MarkedSummary(l.table)...)
	if n := len(l.found); n > 0 {
		add(ui.RoleText, foundSign+ui.Count(n).String()+" found on the server")
	}
	return line
}

// progress says what is still to come.
func (l *List) progress() string {
	switch {
	case l.load.IsLoading() && l.again:
		return "reloading"
	case l.load.IsLoading():
		return "still loading"
	case l.atBound():
		return "there are more"
	}
	return ""
}

func (l *List) atBound() bool { return l.pages != nil && l.pages.AtBound() && !l.load.HasFailed() }

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
		return "tries again · ✗ " + l.load.Err.Error()
	case l.rowErr != nil:
		return "reloads the list · ✗ couldn't load a changed connection: " + l.rowErr.Error()
	case l.atBound():
		return "loads more · loading stops at " + ui.Count(l.pages.Bound()).String() + " connections"
	}
	return ""
}

// drawEmpty shows an environment, or a customer, without connections.
func (l *List) drawEmpty(f ui.Frame) string {
	if l.scope.words != "" {
		return screen.Empty(f, "No connections of "+l.scope.words+".",
			"Tags and ids must match exactly. "+screen.HintOrPalette(f, screen.Refresh, "reloads")+".")
	}
	return screen.Empty(f, "This environment has no connections yet.",
		screen.HintOrPalette(f, LinkFor, "creates a connect link")+": a customer who opens it connects their account.",
		screen.HintOrPalette(f, screen.Refresh, "reloads")+".")
}

// drawNoMatches is shown in place of the rows when no row matches.
func (l *List) drawNoMatches(f ui.Frame) string {
	k := &l.lookup
	read := ui.Count(l.table.Len()).String()
	asked := k.words != "" && k.words == wordsTyped(l.Filter)
	switch {
	case asked && k.waiting > 0:
		return screen.Loading(f, "No matches in "+read+" loaded connections; searching on the server for “"+k.words+"”")
	case asked:
		return l.drawNotFound(f)
	case l.load.IsLoading() && !l.again:
		return screen.Loading(f, "No matches in "+read+" loaded connections so far; loading more")
	case wordsTyped(l.Filter) == "":
		return screen.Empty(f, "No matches in "+read+" loaded connections.", l.showAllHint(f))
	}
	asks := "The server is searched when the list is loaded"
	if l.Typing() {
		asks = screen.HintOrPalette(f, screen.FilterDone, "searches on the server")
	}
	return screen.Empty(f, "No matches in "+read+" loaded connections.",
		asks+textConnectionIdNangosSearch, l.showAllHint(f))
}

// drawNotFound is the result of the search on the server.
func (l *List) drawNotFound(f ui.Frame) string {
	k := &l.lookup
	advice := []string{"Searched on the server for “" + k.words + "” by " + strings.Join(k.asked, ", ") + " (tags exactly as typed)."}
	if k.err != nil {
		advice = append(advice, "Some searches failed: "+k.err.Error())
	}
	if k.found > 0 {
		advice = append(advice, "Found "+ui.Count(k.found).String()+", which the rest of the filter leaves out.")
	}
	return screen.Empty(f, "No matches.", append(advice, l.showAllHint(f))...)
}

// showAllHint says how to show rows again.
func (l *List) showAllHint(f ui.Frame) string {
	if l.current.broken {
		return screen.HintOrPalette(f, BrokenOnly, "shows all")
	}
	return l.ClearFilterHint(f)
}

package connections

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

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
	advice := []string{"Searched on the server for “" + k.words + "” by " + k.description() + "."}
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

package connections

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// nobody is the list of an environment, or of a customer, without connections.
func (l *List) nobody(f ui.Frame) string {
	if l.scope.words != "" {
		return screen.Empty(f, "No connection of "+l.scope.words+".",
			"Tags and ids are compared exactly as they are written. "+screen.HintOrPalette(f, screen.Refresh, "reads again")+".")
	}
	return screen.Empty(f, "There are no connections in this environment yet.",
		screen.HintOrPalette(f, LinkFor, "makes a connect link")+": whoever opens it connects their account.",
		screen.HintOrPalette(f, screen.Refresh, "looks again")+".")
}

// nothing is what stands in place of the rows when the filter leaves none.
func (l *List) nothing(f ui.Frame) string {
	k := &l.lookup
	read := ui.Count(l.table.Len()).String()
	asked := k.words != "" && k.words == wordsTyped(l.Filter)
	switch {
	case asked && k.waiting > 0:
		return screen.Loading(f, "Nothing among the "+read+" read; asking Nango for “"+k.words+"”")
	case asked:
		return l.notFound(f)
	case l.load.IsLoading() && !l.again:
		return screen.Loading(f, "Nothing among the "+read+" read so far; reading on")
	case wordsTyped(l.Filter) == "":
		return screen.Empty(f, "Nothing among the "+read+" read is like that.", l.wayOut(f))
	}
	asks := "Nango is asked for it when the list has been read"
	if l.Typing() {
		asks = screen.HintOrPalette(f, screen.FilterDone, "asks Nango for it")
	}
	return screen.Empty(f, "Nothing among the "+read+" read.",
		asks+": as connection id, in its search, and as the tags end_user_email, end_user_id and organization_id, exactly.", l.wayOut(f))
}

// notFound is what the server's answers come to.
func (l *List) notFound(f ui.Frame) string {
	k := &l.lookup
	advice := []string{"Asked Nango for “" + k.words + "” by " + k.questionsAsked() + "."}
	if k.err != nil {
		advice = append(advice, "Not every question was answered: "+k.err.Error())
	}
	if k.came > 0 {
		advice = append(advice, "It has "+ui.Count(k.came).String()+", which the rest of the filter leaves out.")
	}
	return screen.Empty(f, "Nothing found.", append(advice, l.wayOut(f))...)
}

// wayOut is how to see something again.
func (l *List) wayOut(f ui.Frame) string {
	if l.passes.broken {
		return screen.HintOrPalette(f, BrokenOnly, "shows all")
	}
	return l.ClearFilterHint(f)
}

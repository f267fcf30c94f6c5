package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the counts, what went wrong, and the syncs.
func (l *List) View(f ui.Frame) string {
	switch {
	case l.list.Table.Len() > 0:
		return l.list.View(f, l.head(f), "No sync matches the filter.")
	case l.functions.IsLoading():
		return screen.Loading(f, "Reading which syncs there are")
	case l.functions.HasFailed():
		return screen.Failure(f, "The syncs could not be read one by one, for which syncs there are is not known", l.functions.Err)
	case l.pieces.stopped != nil:
		return screen.Failure(f, "The syncs could not be read", l.pieces.stopped)
	case l.pieces.load.IsLoading():
		return screen.Loading(f, l.pieces.progress())
	case l.load.HasFailed() && !l.pieces.begun():
		return failure(f, "The syncs could not be read", l.load.Err,
			screen.HintOrPalette(f, OneByOne, "reads them one by one, and finds the one that it is")+".")
	case l.at.IsZero():
		return screen.Loading(f, "Reading the syncs")
	}
	return screen.Empty(f, "There is no sync for this connection.",
		"Either "+l.ref.Integration+" has no sync functions that are enabled, or they were deployed while Nango could not set them up.",
		screen.HintOrPalette(f, screen.Refresh, "looks again")+".")
}

// head is how the syncs stand, and why they could not be read again.
func (l *List) head(f ui.Frame) []ui.Line {
	n := l.list.Table.Len()
	line := ui.Line{ui.Styled(ui.RoleStrong, " "+ui.Count(n).String()), ui.Styled(ui.RoleMuted, " "+ui.PluralNoun(n, "sync")+" · ")}
	line = append(line, l.tally.line()...)
	head := screen.NewHead(f, append(line, screen.MarkedSummary(l.list.Table)...))
	switch {
	case l.pieces.begun():
		head.Say(l.pieces.says())
	case isInternal(l.load.Err):
		head.Say(ui.RoleBad, "✗ not read again: "+l.load.Err.Error()+". "+screen.HintOrPalette(f, OneByOne, "reads them one by one"))
	case l.load.HasFailed():
		head.Say(ui.RoleBad, "✗ not read again: "+l.load.Err.Error())
	}
	return head.Lines()
}

// failure is why syncs could not be read. Of a 500 Nango gives no reason, and the two that there are call for different
// things to be done.
func failure(f ui.Frame, what string, err error, advice string) string {
	if !isInternal(err) {
		return screen.Failure(f, what, err)
	}
	const room = 9
	above := screen.Failure(f.Sized(f.Width, max(f.Height-room, f.Height/2)), what, err)
	below := screen.Empty(f, "What it may be:",
		"Nango's orchestrator is down: then no sync runs and no order is carried out, whatever Nango answers to it.",
		"Or a single sync has no schedule: Nango then answers so for all of them. Its function can be deployed again, which sets it up.",
		advice)
	return screen.FirstLines(above+"\n"+below, f.Height)
}

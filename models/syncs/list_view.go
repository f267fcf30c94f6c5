package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws the counts, errors and the syncs.
func (l *List) View(f ui.Frame) string {
	switch {
	case l.Table.Len() > 0:
		return l.List.View(f, l.head(f), textNoSyncMatchesFilter)
	case l.functions.IsLoading():
		return screen.Loading(f, textLoadingSyncFunctions)
	case l.functions.HasFailed():
		return screen.Failure(f, textCouldntLoadSyncFunctions, l.functions.Err)
	case l.serial.stopped != nil:
		return screen.Failure(f, textCouldntLoadSyncs, l.serial.stopped)
	case l.serial.load.IsLoading():
		return screen.Loading(f, l.serial.progress())
	case l.load.HasFailed() && !l.serial.hasStarted():
		hint := screen.HintOrPalette(f, LoadOneByOne, textHintFindBroken) + "."
		return failure(f, textCouldntLoadSyncs, l.load.Err, hint)
	case l.at.IsZero():
		return screen.Loading(f, "Loading syncs")
	}
	return screen.Empty(f, textConnectionHasNoSyncs,
		"Either "+l.ref.Integration+textNoEnabledFunctions,
		screen.HintOrPalette(f, screen.Refresh, "reloads")+".")
}

func (l *List) head(f ui.Frame) []ui.Line {
	line := append(countOf(l.Table.Len()), ui.Styled(ui.RoleMuted, " · "))
	line = append(line, l.counts.line()...)
	line = append(line, screen.MarkedSummary(l.Table)...)
	head := screen.NewHead(f, append(line, f.Styled(ui.RoleMuted, " · "+l.ref.ID)))
	switch {
	case l.serial.hasStarted():
		head.Say(l.serial.status())
	case l.load.HasFailed():
		text := "✗ not reloaded: " + l.load.Err.Error()
		if isInternal(l.load.Err) {
			text += ". " + screen.HintOrPalette(f, LoadOneByOne, textHintOneByOne)
		}
		head.Say(ui.RoleBad, text)
	}
	return head.Lines()
}

// failure says why syncs couldn't be loaded. For a 500 Nango gives no reason, so it lists the two known ones.
func failure(f ui.Frame, what string, err error, advice string) string {
	if !isInternal(err) {
		return screen.Failure(f, what, err)
	}
	const room = 9
	above := screen.Failure(f.Sized(f.Width, max(f.Height-room, f.Height/2)), what, err)
	below := screen.Empty(f, "Possible causes:",
		textCauseOrchestrator, textCauseNoSchedule, advice)
	return screen.FirstLines(above+"\n"+below, f.Height)
}

package models

import "nango-tui/ui"

func (a *App) difference(before, after string) []ui.Line {
	return []ui.Line{{{Text: a.clean(before)}}, {{Text: a.clean(after)}}}
}

package logs

import (
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions are what can be done with the list and the operation under the cursor.
func (l *List) Actions() []screen.Action {
	on, none := l.Selected(whyNoRow)
	follow := screen.Action{ID: Follow, Title: actionFollow, HideInFooter: true, Do: func(*screen.Turn) { l.paused = !l.paused }}
	if !l.paused {
		follow.Title = actionStopFollowing
	}
	if why := l.whyNotFollowing(); why == whyFixed || why == whyReloadOff {
		follow.Disabled = why
	}
	noMore := l.whyNoMore()
	all := l.ActionsAround([]screen.Action{
		{ID: OpenOperation, Title: screen.TextOpen, Disabled: none, Do: func(t *screen.Turn) { t.Open(screen.To(OperationRoute, on.ID)) }},
		{ID: Period, Title: actionPeriod, Do: l.pickPeriod},
		{ID: CopyOperation, Title: screen.TextCopy, Disabled: none, Do: func(t *screen.Turn) {
			facts(on.LogOperation, on.customer, t.Now).Copy(t, copiedOperation)
		}},
	}, append(subjectActions(on.LogOperation, none),
		screen.Action{ID: Chart, Title: actionChart, HideInFooter: true, Disabled: screen.DisabledIf(l.chartTop < 0, whyNoChart),
			Do: func(t *screen.Turn) { t.Show(newChartPage(l)) }},
		follow,
		screen.Action{ID: LoadMore, Title: screen.TextLoadMore, HideInFooter: noMore != "", Disabled: noMore, Do: l.more},
		screen.RefreshAction(l))...)
	for i, action := range all {
		if action.ID == screen.FilterDone || action.ID == screen.FilterDrop || action.ID == screen.ClearFilter {
			all[i].Do = func(t *screen.Turn) {
				action.Do(t)
				l.ask(t)
			}
		}
	}
	return all
}

// subjectActions open what an operation is about. None is why there is no operation.
func subjectActions(o nango.LogOperation, none string) []screen.Action {
	noConnection, noIntegration := none, none
	if none == "" {
		noConnection = screen.DisabledIf(o.Integration == "" || o.Connection == "", whyNoConnection)
		noIntegration = screen.DisabledIf(o.Integration == "", whyNoIntegration)
	}
	return []screen.Action{
		{ID: OpenConnection, Title: textOpenConnection, Disabled: noConnection, Do: screen.To(connectionRoute, o.Integration, o.Connection).Open},
		{ID: OpenIntegration, Title: actionOpenIntegration, HideInFooter: true, Disabled: noIntegration,
			Do: screen.To(integrationRoute, o.Integration).Open},
	}
}

// pickPeriod offers the periods.
func (l *List) pickPeriod(t *screen.Turn) {
	var options []screen.Option
	for i, preset := range presets {
		options = append(options, screen.Option{Title: fmt.Sprintf(textLast, preset.word), Key: fmt.Sprint(i + 1),
			Selected: !l.scope.period.isFixed() && l.scope.period.last == preset.last,
			Do:       func(t *screen.Turn) { l.setPeriod(t, period{last: preset.last}) }})
	}
	options = append(options, screen.Option{Title: optionOther, Detail: optionOtherDetail, Key: "0",
		Do: func(t *screen.Turn) { t.Show(newPeriodForm(l)) }})
	t.Pick(actionPeriod, options...)
}

// View draws the list, or why there is none.
func (l *List) View(f ui.Frame) string {
	l.chartTop = -1
	switch err := l.load.Err; {
	case err != nil && l.Table.Len() == 0:
		return failure(f, err)
	case !l.load.IsLoaded():
		return screen.Loading(f, textLoading)
	}
	head := screen.NewHead(f, l.summary(f))
	if err := l.problem(); err != nil {
		head.Say(ui.RoleBad, "✗ "+textFailed+": "+err.Error())
	}
	lines := head.Lines()
	if l.Table.Len() == 0 && !l.load.IsLoading() {
		rest := f.Sized(f.Width, f.Height-len(lines))
		empty := screen.Empty(rest, textNone, fmt.Sprintf(textNoneAdvice, l.period(f)), l.ClearFilterHint(f))
		return screen.FirstLines(strings.Join(append(screen.DrawLines(f, lines...), empty), "\n"), f.Height)
	}
	if f.Height >= chartNeeds && !l.from.IsZero() {
		l.chart.make(f.Width, l.from, l.to, l.cursor != "", l.Table.Each())
		l.chartTop = len(lines)
		lines = append(lines, l.chart.lines(f)...)
	}
	return l.List.View(f, lines, textNoMatch)
}

func (l *List) problem() error {
	if l.load.Err != nil {
		return l.load.Err
	}
	return l.newer.Err
}

// failure draws why there are no logs.
func failure(f ui.Frame, err error) string {
	if reason, ok := nango.LogsUnavailable(err); ok {
		advice := ""
		if known, ok := nango.AsError(err); ok {
			advice = known.Advice()
		}
		return screen.Empty(f, reason, advice)
	}
	return screen.Failure(f, textFailed, err)
}

func (l *List) period(f ui.Frame) string { return l.scope.period.describe(f.Now) }

// summary is the number of operations, how many failed, the period, and what the list does by itself.
func (l *List) summary(f ui.Frame) ui.Line {
	if l.chart.picking {
		p, failed, others := l.chart.chosen()
		if l.chart.first < l.chart.unknown {
			return ui.Line{ui.Styled(ui.RoleStrong, " "+p.describe(f.Now)), ui.Styled(ui.RoleMuted, textChosenUnknown)}
		}
		return ui.Line{ui.Styled(ui.RoleStrong, " "+p.describe(f.Now)),
			ui.Styled(ui.RoleMuted, fmt.Sprintf(textChosen, ui.Count(failed), ui.Count(others)))}
	}
	line := l.Counts(l.noun)
	note := func(role ui.Role, text string) {
		line = append(line, ui.Styled(ui.RoleMuted, " · "), f.Styled(role, text))
	}
	if l.failed > 0 {
		note(ui.RoleBad, fmt.Sprintf(textCountFailed, ui.Count(l.failed)))
	}
	note(ui.RoleMuted, l.period(f))
	if len(l.asked.states) > 0 || len(l.asked.kinds) > 0 && l.noun == nounOperation {
		note(ui.RoleMuted, textNarrowed)
	}
	switch {
	case l.load.IsLoading():
		note(ui.RoleAccent, textLoadingMore)
	case l.cursor != "":
		note(ui.RoleMuted, fmt.Sprintf(textNewestOf, ui.Count(l.total)))
	}
	if l.FollowInterval() > 0 {
		note(ui.RoleAccent, textFollowing)
	}
	return line
}

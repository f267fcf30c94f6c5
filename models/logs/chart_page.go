package logs

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// chartPage is the list while a part of its chart is chosen.
type chartPage struct {
	screen.Base
	list *List
}

func newChartPage(l *List) *chartPage {
	l.chart.pick()
	return &chartPage{list: l}
}

// Title says what the page is for.
func (s *chartPage) Title() string { return actionChart }

// Leave ends the choice.
func (s *chartPage) Leave(*screen.Turn) { s.list.chart.leave() }

// Actions move the chosen bars, and show their period.
func (s *chartPage) Actions() []screen.Action {
	c := &s.list.chart
	does := func(do func()) func(*screen.Turn) { return func(*screen.Turn) { do() } }
	return []screen.Action{
		{ID: ChartChoose, Title: actionShowPeriod, Do: func(t *screen.Turn) {
			s.list.scope.period, _, _ = c.chosen()
			s.list.periodChanged = true
			c.leave()
			t.Back()
		}},
		{ID: ChartLeft, Title: actionEarlier, Do: does(func() { c.move(-1) })},
		{ID: ChartRight, Title: actionLater, Do: does(func() { c.move(1) })},
		{ID: screen.Up, Title: actionLonger, Do: does(func() { c.widen(1) })},
		{ID: screen.Down, Title: actionShorter, Do: does(func() { c.widen(-1) })},
	}
}

// Update takes clicks on the chart.
func (s *chartPage) Update(_ *screen.Turn, msg tea.Msg) {
	if click, ok := msg.(tea.MouseClickMsg); ok && s.list.isOnChart(click.Y) {
		s.list.chart.click(click.X)
	}
}

// View draws the list.
func (s *chartPage) View(f ui.Frame) string { return s.list.View(f) }

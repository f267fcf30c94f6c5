package logs

import (
	"slices"
	"testing"
	"time"

	"nango-tui/nango"
)

func rowsAt(ages ...time.Duration) []*row {
	var rows []*row
	for i, age := range ages {
		state := nango.LogSucceeded
		if i == 0 {
			state = nango.LogFailed
		}
		rows = append(rows, &row{LogOperation: nango.LogOperation{State: state, Created: noon.Add(-age)}})
	}
	return rows
}

func TestTheChartCountsThePeriod(t *testing.T) {
	t.Parallel()
	var c chart
	rows := rowsAt(0, time.Minute, 59*time.Minute, time.Hour, 61*time.Minute, -time.Minute)
	c.make(chartLabel+1+60, noon.Add(-time.Hour), noon, false, slices.Values(rows))
	if len(c.failed) != 60 || c.failed[59] != 1 || c.others[59] != 1 || c.others[1] != 1 || c.others[0] != 1 {
		t.Errorf("failed %v, others %v", c.failed, c.others)
	}
	c.make(3, noon.Add(-time.Hour), noon, false, slices.Values(rows)) // narrower than its labels
	if len(c.failed) != 1 || c.failed[0] != 1 || c.others[0] != 3 {
		t.Errorf("failed %v, others %v", c.failed, c.others)
	}
	c.drop()
	c.make(200, noon, noon, false, slices.Values(rows)) // no time at all
	if len(c.failed) != 1 {
		t.Errorf("%d bars", len(c.failed))
	}
}

func TestAPeriodIsChosenOnTheChart(t *testing.T) {
	t.Parallel()
	var c chart
	c.make(chartLabel+1+60, noon.Add(-time.Hour), noon, false, slices.Values(rowsAt(30*time.Second)))
	c.pick()
	c.move(10) // stays at the end
	p, failed, others := c.chosen()
	if !p.to.Equal(noon) || p.to.Sub(p.from) != time.Minute || failed != 1 || others != 0 {
		t.Errorf("%s to %s, %d failed, %d others", p.from, p.to, failed, others)
	}
	c.widen(2)
	c.move(-100)
	if p, _, _ = c.chosen(); !p.from.Equal(noon.Add(-time.Hour)) || p.to.Sub(p.from) != 3*time.Minute {
		t.Errorf("%s to %s", p.from, p.to)
	}
	c.widen(-5)
	if c.first != c.last {
		t.Errorf("bars %d to %d", c.first, c.last)
	}
	c.leave()
	c.click(chartLabel + 5)
	c.click(chartLabel + 9)
	c.click(chartLabel + 100)
	if !c.picking || c.first != 5 || c.last != 9 {
		t.Errorf("bars %d to %d", c.first, c.last)
	}
}

func TestTheChartMarksWhatIsNotLoaded(t *testing.T) {
	t.Parallel()
	var c chart
	c.make(chartLabel+1+60, noon.Add(-time.Hour), noon, true, slices.Values(rowsAt(0, 10*time.Minute)))
	if c.unknown != 50 {
		t.Errorf("%d bars are unknown", c.unknown)
	}
}

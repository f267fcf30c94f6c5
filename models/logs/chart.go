package logs

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"nango-tui/ui"
)

const (
	// chartHeight is its number of lines: those that failed, the others, and the times.
	chartHeight = 3
	// chartLabel is the width of the labels before the bars.
	chartLabel = 9
	// maxBars is the maximum number of bars; a bar is at least minBar long.
	maxBars = 160
	minBar  = time.Second
	// chartNeeds is the height from which a list has room for a chart.
	chartNeeds = 14
)

// chart is how many operations there were over a period, in bars of one cell. A part of it can be chosen.
type chart struct {
	width          int // that it was made for; 0 if it has to be made again
	from, to       time.Time
	failed, others []int
	// unknown is how many bars are before the oldest loaded operation, if there are older ones.
	unknown int
	// picking means that the bars from first to last are chosen with keys.
	picking     bool
	first, last int
}

// drop has the chart made again.
func (c *chart) drop() { c.width = 0 }

// make counts the rows, unless that was done for this width. Rows outside the period are left out.
// If there is more than these rows, nothing is known of the time before the oldest.
func (c *chart) make(width int, from, to time.Time, more bool, rows iter.Seq[*row]) {
	if c.width == width && c.from.Equal(from) && c.to.Equal(to) {
		return
	}
	c.width, c.from, c.to = width, from, to
	bars := max(min(width-chartLabel-1, maxBars, int(to.Sub(from)/minBar)), 1)
	c.failed, c.others = make([]int, bars), make([]int, bars)
	oldest := bars
	for r := range rows {
		if r.Created.Before(from) || r.Created.After(to) {
			continue
		}
		bar := min(int(int64(bars)*r.Created.Sub(from).Milliseconds()/max(to.Sub(from).Milliseconds(), 1)), bars-1)
		oldest = min(oldest, bar)
		if isBad(r.LogOperation) {
			c.failed[bar]++
		} else {
			c.others[bar]++
		}
	}
	if c.unknown = 0; more {
		c.unknown = oldest
	}
	c.first, c.last = min(c.first, bars-1), min(c.last, bars-1)
}

// lines draws the chart.
func (c *chart) lines(f ui.Frame) []ui.Line {
	bars := func(label string, role ui.Role, counts []int) ui.Line {
		return ui.Line{ui.Styled(ui.RoleMuted, pad(label)+strings.Repeat("·", c.unknown)),
			ui.Cell{Text: ui.Sparkline(counts[c.unknown:]), Role: role}}
	}
	return []ui.Line{bars(labelFailed, ui.RoleBad, c.failed), bars(labelOthers, ui.RoleMuted, c.others), c.axis(f)}
}

func pad(label string) string { return fmt.Sprintf(" %-*s", chartLabel-1, label) }

// axis has the times of both ends, or the bars that are chosen.
func (c *chart) axis(f ui.Frame) ui.Line {
	bars := len(c.failed)
	if c.picking {
		return ui.Line{ui.Styled(ui.RoleMuted, pad(labelChosen)),
			ui.Styled(ui.RoleAccent, strings.Repeat(" ", c.first)+strings.Repeat("▲", c.last-c.first+1))}
	}
	layout := "15:04"
	if c.to.Sub(c.from) >= 24*time.Hour {
		layout = "Jan 02 15:04"
	}
	from, to := c.from.In(f.Now.Location()).Format(layout), c.to.In(f.Now.Location()).Format(layout)
	return ui.Line{ui.Styled(ui.RoleMuted, pad("")+from+strings.Repeat(" ", max(bars-len(from)-len(to), 1))+to)}
}

// pick begins with the last bar, unless some are chosen.
func (c *chart) pick() {
	if !c.picking {
		c.picking = true
		c.first, c.last = len(c.failed)-1, len(c.failed)-1
	}
}

func (c *chart) leave() { c.picking = false }

// move moves the chosen bars, and widen adds bars to their left or takes them away.
func (c *chart) move(by int) {
	by = max(min(by, len(c.failed)-1-c.last), -c.first)
	c.first, c.last = c.first+by, c.last+by
}

func (c *chart) widen(by int) { c.first = max(min(c.first-by, c.last), 0) }

// click chooses a bar, or the bars from the chosen ones to it.
func (c *chart) click(x int) {
	bar := x - chartLabel
	switch {
	case bar < 0 || bar >= len(c.failed):
	case !c.picking:
		c.picking, c.first, c.last = true, bar, bar
	case bar < c.first:
		c.first = bar
	default:
		c.last = bar
	}
}

// chosen is the period of the chosen bars, and what they count.
func (c *chart) chosen() (p period, failed, others int) {
	each := c.to.Sub(c.from) / time.Duration(len(c.failed))
	p = period{from: c.from.Add(time.Duration(c.first) * each), to: c.from.Add(time.Duration(c.last+1) * each)}
	for i := c.first; i <= c.last; i++ {
		failed, others = failed+c.failed[i], others+c.others[i]
	}
	return p, failed, others
}

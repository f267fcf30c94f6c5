package connections

import (
	"time"

	"nango-tui/ui"
)

// failureHours is how many hours the chart of failures shows.
const failureHours = 24

// failures are the broken rows by the hour of their last failure, in hours since 1970.
type failures map[int64]int

func (all failures) add(r *row) {
	if at, known := r.failedAt(); known {
		all[hourOf(at)]++
	}
}

func hourOf(at time.Time) int64 { return at.Unix() / int64(time.Hour/time.Second) }

// chart shows the failures of the last hours, the newest last. It is empty if there are none.
func (all failures) chart(now time.Time) ui.Line {
	hours, sum := make([]int, failureHours), 0
	for i := range hours {
		hours[i] = all[hourOf(now)-failureHours+1+int64(i)]
		sum += hours[i]
	}
	if sum == 0 {
		return nil
	}
	return ui.Line{ui.Styled(ui.RoleMuted, " · "+textFailuresChart+" "), {Text: ui.Sparkline(hours), Role: ui.RoleBad}}
}

package bulk

import (
	"fmt"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// maxRuns is how many runs of this program are remembered; the oldest that have ended are forgotten first.
const maxRuns = 50

// Runs are the runs that this program knows: its own since the start, of all profiles, and those on the disk as they were last read.
// They are used on App's goroutine.
type Runs struct {
	own []*Run // newest first
	// revision changes when a run is added.
	revision int
}

// NewRuns returns no runs.
func NewRuns() *Runs { return &Runs{} }

func (rs *Runs) add(r *Run) {
	rs.revision++
	if slices.Contains(rs.own, r) {
		return
	}
	rs.own = slices.Insert(rs.own, 0, r)
	for i := len(rs.own) - 1; i >= 0 && len(rs.own) > maxRuns; i-- {
		if rs.own[i].phase != running {
			rs.own = slices.Delete(rs.own, i, i+1)
		}
	}
}

// Interrupted says which runs of ended programs have something left or not known, in a line each.
func Interrupted(kept []screen.KeptRun) []string {
	var lines []string
	for _, k := range kept {
		if k.Live {
			continue
		}
		switch r, err := parse(k); {
		case err != nil:
			lines = append(lines, err.Error())
		case r.counts[left]+r.counts[unknown] > 0:
			lines = append(lines, fmt.Sprintf(textInterrupted, r.change.title, r.profile, r.summary()))
		}
	}
	return lines
}

// listed is a run in the list, or a file that can't be read.
type listed struct {
	name string
	run  *Run
	err  error
	live bool
}

// about says what a run changes.
func (r *Run) about() string {
	keys := r.integrations()
	if len(keys) == 1 {
		return fmt.Sprintf(textAboutOne, ui.Pluralize(r.counts[left], "connection"), keys[0])
	}
	return fmt.Sprintf(textAbout, ui.Pluralize(r.counts[left], "connection"), ui.Pluralize(len(keys), "integration"))
}

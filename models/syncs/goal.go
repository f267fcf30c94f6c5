package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// goal is what an order wants to come of a sync.
type goal struct {
	// reached says what has happened, in words that follow the sync's name; empty while it has not.
	reached func(before, now *screen.SyncView) string
	// missed says how it stands instead when the time is over.
	missed func(now *screen.SyncView) string
	// absent is what has happened where the sync is not there; empty where that is no end.
	absent string
	// follows is what is waited for next; nil where this is the end.
	follows *goal
}

// of is what has happened to a sync, empty while nothing has; now is nil where it is not there.
func (g goal) of(before, now *screen.SyncView) string {
	if now == nil {
		return g.absent
	}
	return g.reached(before, now)
}

// instead is how it stands where nothing has happened; empty where that is not worth telling.
func (g goal) instead(now *screen.SyncView) string {
	if g.missed == nil {
		return ""
	}
	return g.missed(now)
}

// gone is said of a sync that vanished meanwhile.
const gone = "not there any more"

var toPause = goal{
	reached: func(_, now *screen.SyncView) string {
		switch {
		case now.State == nango.SyncStatePaused:
			return "paused"
		case now.State == nango.SyncStateRunning && now.NextAt == nil:
			return "paused, and runs to its end"
		}
		return ""
	},
	missed: func(now *screen.SyncView) string { return "not paused (" + stateWord(now) + ")" },
	absent: gone,
}

var toStart = goal{
	reached: func(_, now *screen.SyncView) string {
		switch {
		case now.State == nango.SyncStateRunning:
			return "started, and runs now"
		case now.NextAt != nil:
			return "started"
		}
		return ""
	},
	missed: func(now *screen.SyncView) string { return "still " + stateWord(now) },
	absent: gone,
}

var toRun = goal{
	reached: func(before, now *screen.SyncView) string {
		switch {
		case now.State == nango.SyncStateRunning:
			return "runs now"
		case hasRun(before, now):
			return outcome(now)
		}
		return ""
	},
	missed:  func(now *screen.SyncView) string { return "not run (" + stateWord(now) + ")" },
	absent:  gone,
	follows: &toEnd,
}

// toEnd waits for a run to end; that it takes long is no news.
var toEnd = goal{
	reached: func(_, now *screen.SyncView) string {
		if now.State == nango.SyncStateRunning {
			return ""
		}
		return outcome(now)
	},
	absent: gone,
}

// hasRun says that a run has ended since.
func hasRun(before, now *screen.SyncView) bool {
	return now.FinishedAt != nil && (before.FinishedAt == nil || now.FinishedAt.After(*before.FinishedAt))
}

// outcome is how the latest run ended.
func outcome(now *screen.SyncView) string {
	r := row{SyncView: *now}
	if now.Failed() {
		return "has run and failed"
	}
	if did := r.result().Text.String(); did != "" {
		return "has run: " + did
	}
	return "has run"
}

// stateWord is the state without its sign.
func stateWord(s *screen.SyncView) string {
	word := []rune(s.StateCell().Text.String())
	return string(word[min(2, len(word)):])
}

// toBeThere waits for a variant that was made, toBeGone for one that was deleted.
var (
	toBeThere = goal{
		reached: func(_, now *screen.SyncView) string { return "made, " + stateWord(now) },
		missed:  func(*screen.SyncView) string { return "not there" },
	}
	toBeGone = goal{
		reached: func(_, _ *screen.SyncView) string { return "" },
		missed:  func(*screen.SyncView) string { return "still there" },
		absent:  "deleted",
	}
)

// toRunEvery waits for a frequency, in whichever words it is told.
func toRunEvery(frequency string) goal {
	wanted := everyOf(frequency)
	return goal{
		reached: func(_, now *screen.SyncView) string {
			if every := now.FrequencyText(); every == wanted {
				return "runs " + every
			}
			return ""
		},
		missed: func(now *screen.SyncView) string { return "still runs " + now.FrequencyText() },
		absent: gone,
	}
}

// everyOf is a frequency in one wording.
func everyOf(frequency string) string {
	s := screen.SyncView{SyncStatus: nango.SyncStatus{Frequency: frequency}}
	return s.FrequencyText()
}

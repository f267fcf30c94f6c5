package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// goal is what an order wants to come of a sync.
type goal struct {
	// reached says what has happened, in words that follow the sync's name; empty while it has not.
	reached func(before, now *screen.SyncSight) string
	// missed says how it stands instead when the time is over.
	missed func(now *screen.SyncSight) string
	// absent is what has happened where the sync is not there; empty where that is no end.
	absent string
	// follows is what is waited for next; nil where this is the end.
	follows *goal
}

// of is what has happened to a sync, empty while nothing has; now is nil where it is not there.
func (g goal) of(before, now *screen.SyncSight) string {
	if now == nil {
		return g.absent
	}
	return g.reached(before, now)
}

// instead is how it stands where nothing has happened; empty where that is not worth telling.
func (g goal) instead(now *screen.SyncSight) string {
	if g.missed == nil {
		return ""
	}
	return g.missed(now)
}

// gone is said of a sync that vanished meanwhile.
const gone = "not there any more"

var toPause = goal{
	reached: func(_, now *screen.SyncSight) string {
		switch {
		case now.State == nango.SyncStatePaused:
			return "paused"
		case now.State == nango.SyncStateRunning && now.NextAt == nil:
			return "paused, and runs to its end"
		}
		return ""
	},
	missed: func(now *screen.SyncSight) string { return "not paused (" + stateWord(now) + ")" },
	absent: gone,
}

var toStart = goal{
	reached: func(_, now *screen.SyncSight) string {
		switch {
		case now.State == nango.SyncStateRunning:
			return "started, and runs now"
		case now.NextAt != nil:
			return "started"
		}
		return ""
	},
	missed: func(now *screen.SyncSight) string { return "still " + stateWord(now) },
	absent: gone,
}

var toRun = goal{
	reached: func(before, now *screen.SyncSight) string {
		switch {
		case now.State == nango.SyncStateRunning:
			return "runs now"
		case hasRun(before, now):
			return outcome(now)
		}
		return ""
	},
	missed:  func(now *screen.SyncSight) string { return "not run (" + stateWord(now) + ")" },
	absent:  gone,
	follows: &toEnd,
}

// toEnd waits for a run to end; that it takes long is no news.
var toEnd = goal{
	reached: func(_, now *screen.SyncSight) string {
		if now.State == nango.SyncStateRunning {
			return ""
		}
		return outcome(now)
	},
	absent: gone,
}

// hasRun says that a run has ended since.
func hasRun(before, now *screen.SyncSight) bool {
	return now.FinishedAt != nil && (before.FinishedAt == nil || now.FinishedAt.After(*before.FinishedAt))
}

// outcome is how the latest run ended.
func outcome(now *screen.SyncSight) string {
	r := row{SyncSight: *now}
	if now.Failed() {
		return "has run and failed"
	}
	if did := r.result().Text.String(); did != "" {
		return "has run: " + did
	}
	return "has run"
}

// stateWord is the state without its sign.
func stateWord(s *screen.SyncSight) string {
	word := []rune(s.Word().Text.String())
	return string(word[min(2, len(word)):])
}

// toBeThere waits for a variant that was made, toBeGone for one that was deleted.
var (
	toBeThere = goal{
		reached: func(_, now *screen.SyncSight) string { return "made, " + stateWord(now) },
		missed:  func(*screen.SyncSight) string { return "not there" },
	}
	toBeGone = goal{
		reached: func(_, _ *screen.SyncSight) string { return "" },
		missed:  func(*screen.SyncSight) string { return "still there" },
		absent:  "deleted",
	}
)

// toRunEvery waits for a frequency, in whichever words it is told.
func toRunEvery(frequency string) goal {
	wanted := everyOf(frequency)
	return goal{
		reached: func(_, now *screen.SyncSight) string {
			if every := now.Every(); every == wanted {
				return "runs " + every
			}
			return ""
		},
		missed: func(now *screen.SyncSight) string { return "still runs " + now.Every() },
		absent: gone,
	}
}

// everyOf is a frequency in one wording.
func everyOf(frequency string) string {
	s := screen.SyncSight{SyncStatus: nango.SyncStatus{Frequency: frequency}}
	return s.Every()
}

package syncs

import (
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// goal is the state that a command should lead to.
type goal struct {
	// reached says what happened, in words that follow the sync's name; empty as long as nothing did. Now exists.
	reached func(before, now *screen.SyncView) string
	// missed is the state of the sync at the deadline, for which now may be nil; missed is nil if it isn't reported.
	missed func(now *screen.SyncView) string
	// absent says what happened if the sync doesn't exist; empty if that doesn't reach the goal.
	absent string
	// next is the goal to wait for afterwards; nil if there is none.
	next *goal
}

var goalPaused = goal{
	reached: func(_, now *screen.SyncView) string {
		switch {
		case now.State == nango.SyncStatePaused:
			return "paused"
		case now.State == nango.SyncStateRunning && now.NextAt == nil:
			return textPausedAfterCurrentRun
		}
		return ""
	},
	missed: func(now *screen.SyncView) string { return "not paused (" + stateWord(now) + ")" },
	absent: textNoLongerExists,
}

var goalResumed = goal{
	reached: func(_, now *screen.SyncView) string {
		switch {
		case now.State == nango.SyncStateRunning:
			return "resumed, running now"
		case now.NextAt != nil:
			return "resumed"
		}
		return ""
	},
	missed: func(now *screen.SyncView) string { return "still " + stateWord(now) },
	absent: textNoLongerExists,
}

var goalRun = goal{
	reached: func(before, now *screen.SyncView) string {
		switch {
		case now.State == nango.SyncStateRunning:
			return "running now"
		case hasRunSince(before, now):
			return runResult(now)
		}
		return ""
	},
	missed: func(now *screen.SyncView) string { return "not run (" + stateWord(now) + ")" },
	absent: textNoLongerExists,
	next:   &goalEnded,
}

// goalEnded waits for the end of a run. A long run isn't reported.
var goalEnded = goal{
	reached: func(_, now *screen.SyncView) string {
		if now.State == nango.SyncStateRunning {
			return ""
		}
		return runResult(now)
	},
	absent: textNoLongerExists,
}

func hasRunSince(before, now *screen.SyncView) bool {
	return now.FinishedAt != nil && (before.FinishedAt == nil || now.FinishedAt.After(*before.FinishedAt))
}

func runResult(now *screen.SyncView) string {
	r := row{SyncView: *now}
	if now.Failed() {
		return "ran and failed"
	}
	if did := r.result().Text.String(); did != "" {
		return "ran: " + did
	}
	return "ran"
}

// stateWord is the state without its symbol.
func stateWord(s *screen.SyncView) string {
	word := []rune(s.StateCell().Text.String())
	return string(word[min(2, len(word)):])
}

// goalExists waits for a created variant, goalDeleted for a deleted one to disappear.
var (
	goalExists = goal{
		reached: func(_, now *screen.SyncView) string { return "created, " + stateWord(now) },
		missed:  func(*screen.SyncView) string { return "not found" },
	}
	goalDeleted = goal{
		reached: func(_, _ *screen.SyncView) string { return "" },
		missed:  func(*screen.SyncView) string { return "still exists" },
		absent:  "deleted",
	}
)

// goalFrequency waits for a frequency, however it is worded.
func goalFrequency(frequency string) goal {
	wanted := (&screen.SyncView{SyncStatus: nango.SyncStatus{Frequency: frequency}}).FrequencyText()
	return goal{
		reached: func(_, now *screen.SyncView) string {
			if every := now.FrequencyText(); every == wanted {
				return "runs " + every
			}
			return ""
		},
		missed: func(now *screen.SyncView) string { return "still runs " + now.FrequencyText() },
		absent: textNoLongerExists,
	}
}

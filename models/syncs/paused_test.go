package syncs

import (
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestAPausedSyncWhoseLastRunFailedIsBroken(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	ended := now.Add(-40 * time.Hour)
	paused := screen.SyncView{LoadedAt: now, SyncStatus: nango.SyncStatus{
		State: nango.SyncStatePaused, LatestState: nango.SyncStateStopped, FinishedAt: &ended,
	}}
	if got := paused.StateText(now).Text.String(); got != "‖ paused · last run failed 40 h ago" {
		t.Errorf("it says %q", got)
	}
	var c counts
	c.add(&paused)
	if c.broken() != 1 {
		t.Errorf("%d broken", c.broken())
	}
	paused.LatestState = nango.SyncStateSuccess
	if got := paused.StateText(now).Text.String(); got != "‖ paused" {
		t.Errorf("after a good run it says %q", got)
	}
}

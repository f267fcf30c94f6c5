package syncs

import (
	"testing"

	"nango-tui/ui/uitest/frames"
)

func TestAPausedSyncWhoseLastRunFailedIsCountedOnce(t *testing.T) {
	g := group{counts: counts{paused: 1, pausedFailed: 2}}
	for _, column := range fleetColumns() {
		want := map[string]string{"error": "", "paused": "‖ 3"}
		if text, ok := want[column.ID]; ok {
			if got := column.Cell(frames.Plain(80, 1), &g).Text.String(); got != text {
				t.Errorf("%s is %q, not %q", column.ID, got, text)
			}
		}
	}
}

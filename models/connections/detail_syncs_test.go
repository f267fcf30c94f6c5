package connections

import (
	"fmt"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// synced is a connection with so many syncs, of which the first fails.
func synced(t *testing.T, syncs int) *world {
	t.Helper()
	w := bigWorld(t, 0)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	for n := range syncs {
		spec := sandbox.FunctionSpec{Kind: "sync", Name: fmt.Sprintf("sync-%02d", n), Returns: []string{"Contact"},
			Runs: "every 30 minutes", AutoStart: true, DaysAgo: 3}
		spec.Records.Least, spec.Records.Most = 1200, 1200
		w.must(w.server.AddFunction("hubspot", spec))
	}
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "globex-1", Created: noon.Add(-time.Hour)})
	w.must(w.server.Fail("hubspot", "globex-1", sandbox.FailSync))
	return w
}

func TestThePageShowsHowTheSyncsStand(t *testing.T) {
	w := synced(t, 2).at(refOf("hubspot", "globex-1"))
	w.SeeLine("sync-00", "✗ error", "due now", "every 30 minutes", "records")
	w.SeeLine("sync-01", "✓ ok", "every 30 minutes", "1,200 records")
	w.on(rowSync + "sync-01").Do(OpenRow)
	if got := w.Opened[0].String(); got != "syncs/hubspot/globex-1?sync=sync-01" {
		t.Errorf("%s was opened", got)
	}
	w.on(rowID).Do(Syncs)
	if got := w.Opened[1].String(); got != "syncs/hubspot/globex-1" {
		t.Errorf("%s was opened", got)
	}
}

func TestManySyncsDoNotFillThePage(t *testing.T) {
	w := synced(t, maxSyncs+3).at(refOf("hubspot", "globex-1"))
	w.See("3 more; ‹connection.syncs› shows all.")
}

func TestSyncsThatCannotBeReadLeaveThePage(t *testing.T) {
	w := synced(t, 1)
	w.server.OrchestratorDown(true)
	w.at(refOf("hubspot", "globex-1"))
	w.See("✗ couldn't load: syncs.list: 500", "WHO", "globex-1")
	w.server.OrchestratorDown(false)
	w.Do(screen.Refresh)
	w.SeeLine("sync-00", "✗ error")
	w.NotSee("not read")
}

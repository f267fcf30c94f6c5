package syncs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// everywhere opens the list of all syncs.
func (w *world) everywhere() *world {
	w.t.Helper()
	s, err := NewAll(screen.To(AllRoute))
	w.must(err)
	w.Stage = screentest.Closed(w.t, w.server, w.server.Keys().Environment, s)
	w.Now = w.now
	w.Open()
	return w
}

func (w *world) all() *All { return w.Screen.(*All) }

func TestAllSyncsAreLoadedOnlyOnRequest(t *testing.T) {
	w := acme(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "slack", Provider: "slack"}))
	w.everywhere()
	w.See("The state of the syncs isn't loaded automatically", "‹screen.refresh› loads all",
		"This takes 2\n  requests, one for each of 2 integrations")
	w.Refresh()
	if w.statusRequests() > 0 {
		t.Fatal("the state of the syncs was loaded without a request")
	}
	if title := w.Action(screen.Refresh).Title; title != "Load all (2 requests)" {
		t.Errorf("the key says %q", title)
	}
	w.Do(screen.Refresh)
	if n := w.statusRequests(); n != 2 {
		t.Errorf("%d requests for the state", n)
	}
	w.See("6 syncs · ✗ 1 failing · ✓ 5 ok")
	w.SeeLine("globex-1", "hubspot", "contacts", "✗ failing")
	w.FitsEverywhere()
	w.Do(OpenAll)
	if got := w.Opened[0].String(); got != "syncs/hubspot/globex-1?sync=contacts" {
		t.Errorf("%s was opened", got)
	}
}

// Integrations without connections have no syncs, and cost no request.
func TestIntegrationsWithoutConnectionsAreNotAsked(t *testing.T) {
	w := acme(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "slack", Provider: "slack"}))
	w.everywhere()
	tally := screen.NewTally(w.now)
	tally.Add(globex, "hubspot", false)
	w.Store.SetTally(tally)
	w.Refresh()
	w.Do(screen.Refresh)
	if n := w.statusRequests(); n != 1 {
		t.Errorf("%d requests for the state", n)
	}
}

// What is wrong with each sync comes first, in the order of how bad it is, and is said at the lower edge.
func TestAllSyncsSaysWhatIsWrong(t *testing.T) {
	w := acme(t)
	sync := func(id, state, finished, next, more string) string {
		text := fmt.Sprintf(`{"connection_id":%q,"name":"contacts","type":"INCREMENTAL","status":%q,"frequency":"every hour"%s`, id, state, more)
		for name, value := range map[string]string{"finishedAt": finished, "nextScheduledSyncAt": next} {
			if value != "" {
				text += fmt.Sprintf(`,%q:%q`, name, value)
			}
		}
		return text + `}`
	}
	at := func(before time.Duration) string { return w.now.Add(-before).Format(time.RFC3339) }
	soon := at(-30 * time.Minute)
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Body: `{"syncs":[` + strings.Join([]string{
		sync("ok-1", "SUCCESS", at(time.Hour), soon, `,"latestExecutionStatus":"SUCCESS"`),
		sync("late-1", "SUCCESS", at(3*time.Hour), soon, `,"latestExecutionStatus":"SUCCESS"`),
		sync("due-1", "SUCCESS", at(time.Hour), at(10*time.Minute), ""),
		sync("paused-1", "PAUSED", at(3*time.Hour), "", ""),
		sync("kept-1", "PAUSED", at(61*24*time.Hour), "", ""),
		sync("stopped-1", "STOPPED", at(time.Hour), "", ""),
		sync("failed-1", "ERROR", at(time.Hour), soon, ""),
		sync("new-1", "SUCCESS", "", soon, ""),
		sync("busy-1", "RUNNING", "", "", ""),
	}, ",") + `]}`})
	w.everywhere()
	w.Do(screen.Refresh)
	w.Width = 120
	w.See("9 syncs · ✗ 1 failing · ■ 1 stopped · ! 2 late · ! 1 60 days · ‖ 1 paused · – 1 never ran · ◌ 1 running · ✓ 1 ok")
	for _, row := range [][3]string{
		{"failed-1", "✗ failing", "The last run failed (1 h ago)"}, {"stopped-1", "■ stopped", "It has no schedule"},
		{"late-1", "! late", "Late: no success for 3 h, and it runs every hour."}, {"due-1", "! late", "the run that was due 10 min ago"},
		{"kept-1", "! 60 days", "After 60 days without a run, Nango deletes its records."}, {"paused-1", "‖ paused", "Paused"},
		{"new-1", "– never ran", "It has never run."}, {"busy-1", "◌ running", "Since when is unknown"}, {"ok-1", "✓ ok", "Ran 1 h ago"},
	} {
		w.SeeLine(row[0], row[1])
		w.See(row[2])
		w.FitsEverywhere()
		w.Do(screen.Down)
	}
	w.all().SetFilter("state:late")
	if n := w.all().Table.Shown(); n != 2 {
		t.Errorf("%d syncs are late", n)
	}
}

func TestASyncOfAllIsPausedAndResumed(t *testing.T) {
	w := acme(t).everywhere()
	w.Do(screen.Refresh)
	w.Do(Pause)
	if got := string(w.Proposal().Call.Body); got != `{"provider_config_key":"hubspot","connection_id":"globex-1","syncs":["contacts"]}` {
		t.Errorf("%s is sent", got)
	}
	w.confirm()
	w.pollUntilDone()
	w.SeeLine("globex-1", "contacts", "‖ paused")
	w.See("‖ 1 paused")
	w.Do(Start)
	w.confirm()
	w.pollUntilDone()
	w.seeToast("contacts", "resumed")
	if n := w.statusRequests(); n > 4 {
		t.Errorf("%d requests after two commands", n)
	}
}

// One sync without a schedule makes Nango answer 500 for its integration; the others are listed.
func TestAnIntegrationThatCannotBeLoadedIsARow(t *testing.T) {
	w := acme(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "slack", Provider: "slack"}))
	w.must(w.server.RemoveSchedule("hubspot", "globex-1", "deals"))
	w.everywhere()
	w.Do(screen.Refresh)
	w.See("✗ 1 not loaded", "Couldn't load the syncs", "loaded one by one")
	w.SeeLine("(all)", "hubspot", "✗ unknown")
	if w.Action(Pause).Disabled == "" {
		t.Error("an integration that wasn't loaded can be paused")
	}
	w.Do(OpenAll)
	if got := w.Opened[0].String(); got != "syncs/hubspot" {
		t.Errorf("%s was opened", got)
	}
}

// An error that every integration would have ends loading, and what was loaded stays.
func TestLoadingAllStopsAtAnErrorThatOthersWouldHave(t *testing.T) {
	w := acme(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "slack", Provider: "slack"}))
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Status: 403, Body: `{"error":{"code":"forbidden","message":"No."}}`})
	w.everywhere()
	w.Do(screen.Refresh)
	if n := w.statusRequests(); n != 1 {
		t.Errorf("%d requests", n)
	}
	w.See("Couldn't load the syncs", "403")
}

func TestStopLoadingAll(t *testing.T) {
	w := acme(t).everywhere()
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.See("Loaded 0 of 1 integrations", "‹fleet.stop› stops")
	w.Do(StopLoading)
	if w.InFlight() != 0 {
		t.Error("the load continues")
	}
	w.See("The state of the syncs isn't loaded automatically")
}

// The cursor is on the worst sync, whichever integration was loaded first. Old rows stay while they are loaded again.
func TestTheCursorIsOnTheWorstSyncOfAll(t *testing.T) {
	w := acme(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "aaa", Provider: "hubspot"}))
	w.must(w.server.AddFunction("aaa", sandbox.FunctionSpec{Kind: "sync", Name: "deals", Returns: []string{"Deal"}, Runs: "every hour",
		AutoStart: true, Definitions: []byte(`{"Deal":{"type":"object","properties":{"id":{"type":"string"}}}}`)}))
	_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "aaa", ID: "hooli-1"})
	w.must(err)
	w.wait(time.Minute)
	w.everywhere()
	w.Do(screen.Refresh)
	if r := w.all().Table.Cursor(); r.condition != failing {
		t.Errorf("the cursor is on %s of %s", r.Name, r.ref)
	}
	w.HoldReads = true
	w.Do(screen.Refresh)
	w.SeeLine("hooli-1", "deals")
	w.See("7 syncs", "Loaded 0 of 2 integrations")
}

// Of more syncs than are kept, the worst are listed.
func TestTheWorstOfTooManySyncsAreListed(t *testing.T) {
	a, err := NewAll(screen.To(AllRoute))
	if err != nil {
		t.Fatal(err)
	}
	all := make([]nango.SyncStatus, maxAll+10)
	for i := range all {
		all[i] = nango.SyncStatus{Connection: fmt.Sprint("c", i), Name: nango.SyncName{Name: "contacts"},
			State: nango.SyncStateSuccess, LatestState: nango.SyncStateSuccess}
	}
	all[maxAll+5].State = nango.SyncStateError
	a.merge("hubspot", all, noon)
	if n := a.Table.Len(); n != maxAll {
		t.Errorf("%d syncs are listed", n)
	}
	if r := a.Table.Cursor(); r.ref.ID != fmt.Sprint("c", maxAll+5) {
		t.Errorf("the first is %s", r.ref)
	}
}

// A run in progress that began long ago is found in the logs, with one request. Without logs it stays unknown, and is said.
func TestARunThatTakesTooLongIsFoundInTheLogs(t *testing.T) {
	running := func(started string) *world {
		w := acme(t)
		w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Body: `{"syncs":[{"connection_id":"busy-1","name":"contacts",` +
			`"type":"INCREMENTAL","status":"RUNNING","frequency":"every hour"}]}`})
		w.server.Inject(sandbox.Fault{PathPrefix: "/mcp", Body: started})
		w.everywhere()
		w.Do(screen.Refresh)
		return w
	}
	w := running(`{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"operations":[{"id":"1796030748200_hBpKyqH3",` +
		`"state":"running","operation":{"type":"sync","action":"run"},"integrationName":"hubspot","connectionName":"busy-1",` +
		`"syncConfigName":"contacts","startedAt":"` + noon.Add(-5*time.Hour).Format(time.RFC3339) + `"}],"pagination":{"total":1}}}}`)
	w.See("! 1 too long", "The run in progress began 5 h ago, and it runs every hour.")
	w.SeeLine("busy-1", "! too long")
	w.all().SetFilter("state:long")
	w.See("busy-1")
	w = running(`{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Nango logs are disabled"}],"isError":true}}`)
	w.See("Since when syncs have been running is unknown", "◌ running")
}

// Nothing runs: the logs are not asked.
func TestLogsAreReadOnlyIfASyncRuns(t *testing.T) {
	w := acme(t).everywhere()
	w.Do(screen.Refresh)
	for _, r := range w.server.Requests() {
		if r.Path == "/mcp" {
			t.Error("the logs were read")
		}
	}
}

package sandbox

import (
	"testing"
	"time"
)

func TestTypeIsInitialUntilARunOfEverythingSucceeded(t *testing.T) {
	b := synced(t)
	b.clock.advance(-time.Minute) // the first run begins
	want := func(when, kind string) {
		t.Helper()
		if s := b.syncStatus("contacts"); at(s, "type") != kind {
			t.Errorf("%s: %v, want %s", when, s, kind)
		}
	}
	want("before the first run", "INITIAL")
	b.clock.advance(time.Minute)
	want("after the first run", "INITIAL")
	b.command("trigger", "")
	want("during the second run", "INCREMENTAL")
	b.clock.advance(time.Minute)
	want("after the second run", "INCREMENTAL")
	b.command("trigger", `,"opts":{"reset":true}`)
	want("during a reset", "INITIAL")
	b.clock.advance(time.Minute)
	want("after a reset", "INITIAL")
	b.clock.advance(time.Hour)
	want("an hour after a reset", "INCREMENTAL")
	b.command("trigger", `,"opts":{"reset":true,"emptyCache":true}`)
	b.clock.advance(time.Minute)
	want("after an emptied cache", "INITIAL")
}

func TestFailedRunIsAnError(t *testing.T) {
	for _, ranBefore := range []bool{true, false} {
		b := newBench(t, Options{RateLimit: -1})
		must(t, b.AddIntegration(IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
		must(t, b.AddFunction("hubspot", contactsSync()))
		_, err := b.AddConnection(ConnectionSpec{Integration: "hubspot", ID: "a"})
		must(t, err)
		kind := "INITIAL"
		if ranBefore {
			b.clock.advance(time.Minute)
			kind = "INCREMENTAL"
		}
		must(t, b.Fail("hubspot", "a", FailSync))
		for range 3 {
			s := b.syncStatus("contacts")
			result, ok := at(s, "latestResult").(map[string]any)
			if at(s, "status") != "ERROR" || at(s, "latestExecutionStatus") != "STOPPED" || !ok || len(result) > 0 || at(s, "type") != kind {
				t.Errorf("a failed run: %v", s)
			}
			b.clock.advance(time.Hour)
			b.syncStatus("contacts")
			b.clock.advance(time.Minute)
		}
	}
}

func TestVariantStartsOnlyIfItsSyncStartsByItself(t *testing.T) {
	for _, autoStart := range []bool{true, false} {
		b := synced(t)
		spec := contactsSync()
		spec.AutoStart = autoStart
		must(t, b.AddFunction("hubspot", spec))
		b.want(b.ask("POST", "/sync/contacts/variant/eu", `{"provider_config_key":"hubspot","connection_id":"a"}`), 200)
		b.clock.advance(time.Minute)
		s := b.syncStatus("contacts::eu")
		_, ran := at(s, "finishedAt").(string)
		if want := map[bool]string{true: "SUCCESS", false: "PAUSED"}[autoStart]; at(s, "status") != want || ran != autoStart ||
			(at(s, "nextScheduledSyncAt") != nil) != autoStart {
			t.Errorf("auto_start %t: %v, want %s", autoStart, s, want)
		}
	}
}

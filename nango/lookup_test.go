package nango_test

import (
	"testing"
	"time"

	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestLookUpsTellWhatBecameOfAChange(t *testing.T) {
	server, client := world(t, sandbox.Options{Seed: 1, Connections: 20})
	all := fetch(t, client, nango.ListConnections(nango.ConnectionQuery{Limit: 20}))
	deleted, kept := all[0].Ref(), all[1].Ref()
	send(t, client, nango.DeleteConnection(deleted))
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for _, c := range []struct {
		operation nango.Operation
		about     nango.ConnectionRef
		age       time.Duration
		want      nango.Finding
	}{
		{nango.OpConnectionDelete, deleted, time.Second, nango.Finding{Found: nango.FoundGone, Certain: true}},
		{nango.OpConnectionDelete, kept, time.Second, nango.Finding{Found: nango.FoundThere}},
		{nango.OpConnectionDelete, kept, time.Hour, nango.Finding{Found: nango.FoundThere, Certain: true}},
		{nango.OpIntegrationDelete, nango.ConnectionRef{Integration: "crm"}, time.Second, nango.Finding{Found: nango.FoundThere}},
		{nango.OpIntegrationDelete, nango.ConnectionRef{Integration: "crm"}, time.Hour, nango.Finding{Found: nango.FoundThere, Certain: true}},
		{nango.OpIntegrationDelete, nango.ConnectionRef{Integration: "erp"}, time.Second, nango.Finding{Found: nango.FoundGone, Certain: true}},
	} {
		read, ok := nango.LookUp(nango.Intent{Operation: c.operation, About: c.about}, now.Add(-c.age), now)
		if !ok {
			t.Fatalf("%s can't be looked up", c.operation)
		}
		if got := fetch(t, client, read); got != c.want {
			t.Errorf("%s %s after %s: %+v", c.operation, c.about, c.age, got)
		}
	}
}

func TestOtherChangesCannotBeLookedUp(t *testing.T) {
	about := nango.ConnectionRef{Integration: "crm", ID: "c1"}
	for _, i := range []nango.Intent{
		{Operation: nango.OpActionRun, About: about},
		{Operation: nango.OpConnectionDelete, About: nango.ConnectionRef{Integration: "crm"}},
		{Operation: nango.OpSyncPause, About: about},
		{Operation: nango.OpSyncPause, About: nango.ConnectionRef{Integration: "crm"}, Syncs: []nango.SyncName{{Name: "contacts"}}},
	} {
		if _, ok := nango.LookUp(i, time.Time{}, time.Time{}); ok {
			t.Errorf("%+v", i)
		}
	}
}

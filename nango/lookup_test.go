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

func TestDeletedEnvironmentsAndKeysAreLookedUp(t *testing.T) {
	server := sandbox.New(sandbox.Options{Server: sandbox.Server0717})
	client := ofAccount(t, server)
	made := send(t, client, nango.CreateEnvironment(nango.EnvironmentInput{Name: "stg"}))
	key := send(t, client, nango.CreateAPIKey(made.EnvironmentRef, "k"))
	ofKey := "/environments/" + made.UUID + "/api-keys/" + key.UUID
	now := time.Now()
	look := func(operation nango.Operation, path string) nango.Found {
		t.Helper()
		read, ok := nango.LookUp(nango.Intent{Operation: operation, Path: path}, now.Add(-time.Hour), now)
		if !ok {
			t.Fatalf("%s can't be looked up", path)
		}
		return fetch(t, client, read).Found
	}
	if found := look(nango.OpAPIKeyDelete, ofKey); found != nango.FoundThere {
		t.Errorf("the key: %v", found)
	}
	send(t, client, nango.DeleteAPIKey(nango.APIKeyRef{Environment: made.EnvironmentRef, ID: key.ID, UUID: key.UUID}))
	if found := look(nango.OpAPIKeyDelete, ofKey); found != nango.FoundGone {
		t.Errorf("the deleted key: %v", found)
	}
	if found := look(nango.OpEnvironmentDelete, "/environments/"+made.UUID); found != nango.FoundThere {
		t.Errorf("the environment: %v", found)
	}
	send(t, client, nango.DeleteEnvironment(made.EnvironmentRef))
	if found := look(nango.OpEnvironmentDelete, "/environments/"+made.UUID); found != nango.FoundGone {
		t.Errorf("the deleted environment: %v", found)
	}
}

func TestOtherChangesCannotBeLookedUp(t *testing.T) {
	about := nango.ConnectionRef{Integration: "crm", ID: "c1"}
	for _, i := range []nango.Intent{
		{Operation: nango.OpActionRun, About: about},
		{Operation: nango.OpConnectionDelete, About: nango.ConnectionRef{Integration: "crm"}},
		{Operation: nango.OpEnvironmentDelete, Path: "/environments/5"},
		{Operation: nango.OpAPIKeyDelete, Path: "/environment/api-keys"},
		{Operation: nango.OpSyncPause, About: about},
		{Operation: nango.OpSyncPause, About: nango.ConnectionRef{Integration: "crm"}, Syncs: []nango.SyncName{{Name: "contacts"}}},
	} {
		if _, ok := nango.LookUp(i, time.Time{}, time.Time{}); ok {
			t.Errorf("%+v", i)
		}
	}
}

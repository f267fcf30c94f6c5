package nango_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"sync"
	"testing"

	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// world is a sandbox and a client for it.
func world(t *testing.T, options sandbox.Options) (*sandbox.Server, *nango.Client) {
	t.Helper()
	server := sandbox.New(options)
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	client, err := nango.NewClient(nango.Config{Host: listening.URL, Key: nango.Secret(server.Keys().Environment)})
	if err != nil {
		t.Fatal(err)
	}
	return server, client
}

func TestSandboxListTakesFewRequests(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 10_500})
	pages, seen := nango.NewConnectionPages(nango.ConnectionQuery{}), map[nango.ConnectionRef]bool{}
	for next, more := pages.Next(); more; next, more = pages.Next() {
		rows, err := nango.Fetch(context.Background(), client, next)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range pages.Add(rows) {
			seen[row.Ref()] = true
		}
		if len(client.Log().Entries()) == 1 && pages.Loaded() != nango.FirstPage {
			t.Errorf("%d rows after the first request", pages.Loaded())
		}
	}
	if requests := len(client.Log().Entries()); requests > 8 || len(seen) != 10_500 || pages.Loaded() != len(seen) || !pages.Done() {
		t.Errorf("%d requests, %d connections", requests, len(seen))
	}
	if budget := client.Budget(); !budget.Known || budget.Limit != 200 || budget.Remaining != 200-7 {
		t.Errorf("%+v", budget)
	}
}

func send[T any](t *testing.T, client *nango.Client, request nango.Request[T]) T {
	t.Helper()
	value, err := nango.Send(context.Background(), client, request)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func fetch[T any](t *testing.T, client *nango.Client, read nango.Read[T]) T {
	t.Helper()
	value, err := nango.Fetch(context.Background(), client, read)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// The life of a connection, from its integration to its deletion.
func TestSandboxConnection(t *testing.T) {
	_, client := world(t, sandbox.Options{})
	made := send(t, client, nango.CreateIntegration(nango.IntegrationInput{Key: "my key", Provider: "unauthenticated"}))
	ref := nango.ConnectionRef{Integration: made.Key, ID: `a/b {"c"} 'd'`}
	send(t, client, nango.UpsertConnection(nango.ConnectionInput{Ref: ref, Credentials: nango.Credentials{Type: "NONE"},
		Tags: map[string]string{"Env": "prod"}}))
	send(t, client, nango.SetMetadata(ref.Integration, []string{ref.ID}, json.RawMessage(`{"n":12345678901234567890,"gone":1}`)))
	send(t, client, nango.SetMetadata(ref.Integration, []string{ref.ID}, json.RawMessage(`{"n":12345}`)))
	send(t, client, nango.MergeMetadata(ref.Integration, []string{ref.ID}, json.RawMessage(`{"m":null}`)))
	hook := "https://example.com/hook"
	send(t, client, nango.UpdateConnection(ref, nango.ConnectionPatch{WebhookOverride: &hook}))

	detail := send(t, client, nango.GetConnection(ref, nango.GetOptions{}))
	var metadata map[string]any
	if err := json.Unmarshal(detail.Metadata, &metadata); err != nil || len(metadata) != 2 || metadata["n"] != 12345.0 ||
		metadata["m"] != nil {
		t.Errorf("metadata %s", detail.Metadata)
	}
	if detail.Ref() != ref || detail.Tags["env"] != "prod" || detail.WebhookOverride == nil || *detail.WebhookOverride != hook {
		t.Errorf("%+v", detail)
	}
	found := fetch(t, client, nango.ListConnections(nango.ConnectionQuery{Tags: map[string]string{"env": "prod"}, Limit: 10}))
	if len(found) != 1 || found[0].Ref() != ref {
		t.Errorf("found by tag: %+v", found)
	}
	send(t, client, nango.DeleteConnection(ref))
	_, err := nango.Send(context.Background(), client, nango.DeleteConnection(ref))
	if !errors.Is(err, nango.NotFound) {
		t.Errorf("deleted twice: %v", err)
	}
	send(t, client, nango.DeleteIntegration(made.Key))
	if left := fetch(t, client, nango.ListIntegrations()); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestSandboxLink(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 5})
	ref := fetch(t, client, nango.ListConnections(nango.ConnectionQuery{Limit: 1}))[0].Ref()
	session := send(t, client, nango.ReconnectSession(ref, nango.SessionInput{Tags: map[string]string{"end_user_id": "1"}}))
	if info := fetch(t, client, nango.GetSession(session.Token)); !info.Reconnecting {
		t.Errorf("%+v", info)
	}
	if client.Secrets().Mask(session.Link.Reveal()) != nango.Masked {
		t.Error("the link is not known as a secret")
	}
	send(t, client, nango.DeleteSession(session.Token))
	if _, err := nango.Fetch(context.Background(), client, nango.GetSession(session.Token)); !errors.Is(err, nango.Unauthorized) {
		t.Errorf("after it was revoked: %v", err)
	}
}

func TestClientIsSafeForConcurrentUse(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 200, RateLimit: 100_000})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if _, err := nango.Fetch(context.Background(), client.Background(),
					nango.ListConnections(nango.ConnectionQuery{Limit: 50})); err != nil {
					t.Error(err)
				}
				client.Log().Entries()
				client.Secrets().Mask("what is drawn meanwhile")
			}
		})
	}
	group.Wait()
	if budget := client.Budget(); budget.Remaining != 100_000-160 {
		t.Errorf("%+v", budget)
	}
	for _, entry := range client.Log().Entries() {
		if entry.State != nango.Done {
			t.Errorf("%+v", entry)
		}
	}
}

package nango_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// aSync finds a connection in the sandbox with a sync that has records, and one of its models.
func aSync(t *testing.T, client *nango.Client) (nango.ConnectionRef, nango.SyncStatus, string) {
	t.Helper()
	for _, connection := range fetch(t, client, nango.ListConnections(nango.ConnectionQuery{Limit: 50})) {
		for _, sync := range fetch(t, client, nango.ListSyncs(nango.SyncSelection{Connection: connection.Ref(), All: true})) {
			for model, count := range sync.Records {
				if count > 0 && sync.Name.Variant == "" && sync.State == nango.SyncStateSuccess {
					return connection.Ref(), sync, model
				}
			}
		}
	}
	t.Fatal("no sync of the world has records")
	return nango.ConnectionRef{}, nango.SyncStatus{}, ""
}

func TestSandboxSyncs(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 50})
	ref, sync, _ := aSync(t, client)
	selection := nango.SyncSelection{Connection: ref, Syncs: []nango.SyncName{sync.Name}}
	state := func() nango.SyncStatus { return fetch(t, client, nango.ListSyncs(selection))[0] }
	send(t, client, nango.PauseSyncs(selection))
	if got := state(); got.State != nango.SyncStatePaused || got.NextAt != nil {
		t.Errorf("paused: %+v", got)
	}
	send(t, client, nango.StartSyncs(selection))
	if got := send(t, client, nango.SetFrequency(ref, sync.Name, "every 2 hours")); got != "2 hours" {
		t.Errorf("frequency %q", got)
	}
	if got := state(); got.State == nango.SyncStatePaused || got.NextAt == nil {
		t.Errorf("started: %+v", got)
	}
	send(t, client, nango.TriggerSyncs(selection, nango.TriggerOptions{Reset: true, EmptyCache: true}))
	variant := nango.SyncName{Name: sync.Name.Name, Variant: "mine"}
	if made := send(t, client, nango.CreateVariant(ref, variant)); made.Name != variant {
		t.Errorf("made %+v", made)
	}
	send(t, client, nango.DeleteVariant(ref, variant))
	if _, err := nango.Send(context.Background(), client, nango.DeleteVariant(ref, variant)); !errors.Is(err, nango.NotFound) {
		t.Errorf("deleted twice: %v", err)
	}
}

func TestSandboxRecords(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 50})
	ref, sync, model := aSync(t, client)
	pages, seen := nango.NewRecordPages(nango.RecordQuery{Connection: ref, Model: model}), map[string]bool{}
	for next, more := pages.Next(); more; next, more = pages.Next() {
		page := fetch(t, client, next)
		for _, record := range page.Records {
			seen[record.ID] = true
		}
		pages.Add(page)
	}
	if !pages.Done() || int64(len(seen)) < sync.Records[model] {
		t.Fatalf("read %d of %d", len(seen), sync.Records[model])
	}
	pruning := nango.NewPruner(nango.PruneInput{Connection: ref, Model: model, Until: pages.Resume(), Limit: 7})
	for next, more := pruning.Next(); more; next, more = pruning.Next() {
		if err := pruning.Add(send(t, client, next)); err != nil {
			t.Fatal(err)
		}
	}
	for _, record := range fetch(t, client, nango.ListRecords(nango.RecordQuery{Connection: ref, Model: model})).Records {
		var payload map[string]any
		if err := json.Unmarshal(record.Payload(), &payload); err != nil || record.PrunedAt == nil || len(payload) != 1 {
			t.Errorf("not pruned: %s %v", record.Raw, err)
		}
	}
	if pruning.Count() == 0 {
		t.Error("nothing was pruned")
	}
	_, err := nango.Fetch(context.Background(), client, nango.ListRecords(nango.RecordQuery{Connection: ref, Model: model, Cursor: "nope"}))
	if !errors.Is(err, nango.BadCursor) {
		t.Errorf("a bad cursor: %v", err)
	}
}

func TestSandboxFunctions(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 50})
	ref, _, _ := aSync(t, client)
	pages, all := nango.NewFunctionPages(nango.FunctionQuery{Integration: ref.Integration}), []nango.Function(nil)
	for next, more := pages.Next(); more; next, more = pages.Next() {
		page := fetch(t, client, next)
		all = append(all, page.Functions...)
		pages.Add(page)
	}
	for _, function := range all {
		if got := fetch(t, client, nango.GetFunction(ref.Integration, function.Name, function.Type)); got.ID != function.ID {
			t.Errorf("%+v is not %+v", got, function)
		}
		if code := fetch(t, client, nango.GetFunctionCode(ref.Integration, function.Name, function.Type)); code.Code == "" {
			t.Errorf("%s has no code", function.Name)
		}
	}
	scripts := fetch(t, client, nango.ListScripts())
	if len(all) == 0 || len(scripts) == 0 || pages.Missing() != 0 {
		t.Errorf("%d functions, %d providers", len(all), len(scripts))
	}
}

func TestSandboxProxy(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 50})
	var ref nango.ConnectionRef
	for _, connection := range fetch(t, client, nango.ListConnections(nango.ConnectionQuery{Limit: 50})) {
		ref = connection.Ref()
		if _, err := nango.Send(context.Background(), client,
			nango.Proxy(nango.ProxyRequest{Connection: ref, Method: http.MethodGet, Path: "/echo"})); err == nil {
			break // the tokens of others can't be refreshed
		}
	}
	body := nango.ProxyBody{Type: "application/x-www-form-urlencoded", Data: []byte("a=1&b=2")}
	answer := send(t, client, nango.Proxy(nango.ProxyRequest{Connection: ref, Method: http.MethodPost, Path: "/echo/a b?x=1",
		Headers: []nango.ProxyHeader{{Name: "X-Foo", Value: "bar"}}, Body: body}))
	if answer.Status != 200 || !strings.Contains(string(answer.Body), "/echo/a%20b?x=1") ||
		!strings.Contains(strings.ToLower(string(answer.Body)), `"x-foo"`) || !strings.Contains(string(answer.Body), "a=1") {
		t.Errorf("%d %s", answer.Status, answer.Body)
	}
	_, err := nango.Send(context.Background(), client,
		nango.Proxy(nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: ref.Integration, ID: "nope"},
			Method: http.MethodGet, Path: "/echo"}))
	if !errors.Is(err, nango.NotFound) {
		t.Errorf("an unknown connection: %v", err)
	}
}

func TestSandboxActions(t *testing.T) {
	_, client := world(t, sandbox.Options{Seed: 1, Connections: 50, Wait: func(context.Context, time.Duration) error { return nil }})
	ran := 0
	for _, connection := range fetch(t, client, nango.ListConnections(nango.ConnectionQuery{Limit: 8})) {
		if _, refused := connection.Ref().UnusableReason(); refused {
			continue
		}
		page := fetch(t, client,
			nango.ListFunctions(nango.FunctionQuery{Integration: connection.Integration, Type: nango.ActionFunction, Limit: 3}))
		for _, action := range page.Functions {
			input := nango.ActionInput{Connection: connection.Ref(), Name: action.Name, Input: json.RawMessage(`{}`)}
			run := send(t, client, nango.StartAction(input, 1))
			if _, err := nango.Fetch(context.Background(), client, nango.GetActionResult(run.ID)); err != nil && !errors.Is(err,
				nango.ResultPending) && !errors.Is(err, nango.ActionFailed) && !errors.Is(err, nango.Invalid) {
				t.Errorf("%s: %v", action.Name, err)
			}
			if _, err := nango.Send(context.Background(), client, nango.RunAction(input)); err == nil {
				ran++
			} else if e, ok := nango.AsError(err); !ok || e.Origin() == nango.OriginClient {
				t.Errorf("%s: %v", action.Name, err)
			}
		}
	}
	if ran == 0 {
		t.Error("no action ran to its end")
	}
	_, err := nango.Fetch(context.Background(), client, nango.GetActionResult("00000000-0000-4000-8000-00000000abcd"))
	if !errors.Is(err, nango.ResultPending) {
		t.Errorf("an unknown run: %v", err)
	}
}

func TestSandboxEnvironments(t *testing.T) {
	for _, version := range sandbox.Versions {
		t.Run(string(version), func(t *testing.T) { testEnvironments(t, version) })
	}
}

// ofAccount is a client with the account key of a server.
func ofAccount(t *testing.T, server *sandbox.Server) *nango.Client {
	t.Helper()
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	client, err := nango.NewClient(nango.Config{Host: listening.URL, Key: nango.Secret(server.Keys().Account)})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func testEnvironments(t *testing.T, version sandbox.Version) {
	server := sandbox.New(sandbox.Options{Server: version})
	client := ofAccount(t, server)
	made := send(t, client, nango.CreateEnvironment(nango.EnvironmentInput{Name: "stg-1"}))
	key := send(t, client, nango.CreateAPIKey(made.EnvironmentRef, "k1"))
	ref := nango.APIKeyRef{Environment: made.EnvironmentRef, ID: key.ID, UUID: key.UUID}
	if nango.CheckKey(key.Secret) != nil || client.Secrets().Mask(key.Secret.Reveal()) != nango.Masked {
		t.Errorf("%+v", key)
	}
	inside, err := nango.NewClient(nango.Config{Host: client.Host(), Key: key.Secret})
	if err != nil {
		t.Fatal(err)
	}
	fetch(t, inside, nango.ListIntegrations())
	send(t, inside, nango.RotateWebhookKey())
	environments, err := nango.Fetch(context.Background(), client, nango.ListEnvironments())
	if version == sandbox.Server0714 {
		if !errors.Is(err, nango.NotNango) || made.UUID != "" {
			t.Errorf("0.71.4 lists environments: %v %+v", err, made)
		}
	} else {
		keys := fetch(t, client, nango.ListAPIKeys(made.UUID))
		if len(environments) != 3 || environments[2] != made || len(keys) != 1 || keys[0].UUID != key.UUID || keys[0].Secret != "" ||
			keys[0].Used.IsZero() {
			t.Errorf("%+v %+v", environments, keys)
		}
		if again := fetch(t, client, nango.GetAPIKey(ref)); again.Secret != key.Secret {
			t.Error("a key is read with another secret")
		}
	}
	send(t, client, nango.DeleteAPIKey(ref))
	if _, err := nango.Fetch(context.Background(), inside, nango.ListIntegrations()); !errors.Is(err, nango.Unauthorized) {
		t.Errorf("with a deleted key: %v", err)
	}
	send(t, client, nango.DeleteEnvironment(made.EnvironmentRef))
	if _, err := nango.Send(context.Background(), client, nango.DeleteEnvironment(made.EnvironmentRef)); !errors.Is(err, nango.NotFound) {
		t.Errorf("deleted twice: %v", err)
	}
}

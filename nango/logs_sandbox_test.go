package nango

import (
	"context"
	"errors"
	"testing"
	"time"

	"nango-tui/nango/sandbox"
)

// demoClient is a client of a sandbox behind its own listener.
func demoClient(t *testing.T, options sandbox.Options, change func(*Config, sandbox.Keys)) *Client {
	t.Helper()
	options.Wait = noWait
	world := sandbox.New(options)
	listener, err := sandbox.Listen(world, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return clientFor(t, listener.URL(), func(c *Config) {
		c.Key = Secret(world.Keys().Environment)
		if change != nil {
			change(c, world.Keys())
		}
	})
}

// all reads every page of a query.
func all(t *testing.T, client *Client, query LogQuery) (found []LogOperation) {
	t.Helper()
	for range 100 {
		page, err := Fetch(context.Background(), client, ListLogOperations(query))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, page.Operations...)
		if query.Cursor = page.Cursor; query.Cursor == "" {
			return found
		}
	}
	t.Fatal("the list has no end")
	return nil
}

func TestTheSandboxHasTheCauseOfEachError(t *testing.T) {
	t.Parallel()
	client := demoClient(t, sandbox.Options{Connections: 300}, nil)
	failed := all(t, client, LogQuery{Limit: 50, States: []string{LogFailed}, From: time.Now().Add(-14 * 24 * time.Hour)})
	if len(failed) < 3 {
		t.Fatalf("%d failed operations", len(failed))
	}
	for _, one := range failed[:3] {
		var messages []LogMessage
		query := MessageQuery{Limit: 1}
		for {
			detail, err := Fetch(context.Background(), client, GetLogOperation(one.ID, query))
			if err != nil || detail.Operation.ID != one.ID || detail.Operation.State != LogFailed {
				t.Fatalf("%+v, %v", detail.Operation, err)
			}
			messages = append(messages, detail.Messages...)
			if query.Cursor = detail.Next(len(messages)); query.Cursor == "" {
				break
			}
		}
		if len(messages) == 0 || messages[0].Parent != one.ID {
			t.Errorf("%s: %+v", one.ID, messages)
		}
	}
	ref := failed[0].Ref()
	limited := all(t, client, LogQuery{Connections: []string{ref.ID}, Integrations: []string{ref.Integration}, From: failed[0].Created})
	if len(limited) == 0 || limited[len(limited)-1].Ref() != ref {
		t.Errorf("%+v", limited)
	}
}

func TestABatchCostsOneRequestOfTheBudget(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]sandbox.LogOptions{"batches": {}, "no batches": {NoBatches: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := demoClient(t, sandbox.Options{Connections: 300, RateLimit: 200, Logs: options}, nil)
			since := LogQuery{States: []string{LogFailed}, From: time.Now().Add(-14 * 24 * time.Hour)}
			page, err := Fetch(context.Background(), client, ListLogOperations(since))
			if err != nil || len(page.Operations) < 2 {
				t.Fatalf("%+v, %v", page, err)
			}
			query := LogBatchQuery{Pages: []LogQuery{since}, Details: []LogSelection{{ID: page.Operations[0].ID}, {ID: sampleLogID},
				{ID: page.Operations[1].ID}}}
			for range 2 {
				before := client.Budget().Remaining
				batch, err := Fetch(context.Background(), client, GetLogBatch(query))
				if err != nil || batch.Details[0].Operation.ID != page.Operations[0].ID || !errors.Is(batch.Details[1].Err, NotFound) ||
					batch.Details[2].Operation.ID != page.Operations[1].ID || batch.Pages[0].Total != page.Total {
					t.Fatalf("%+v, %v", batch, err)
				}
				if cost := before - client.Budget().Remaining; !options.NoBatches && cost != 1 || options.NoBatches && cost > 5 {
					t.Errorf("costs %d requests", cost)
				}
			}
		})
	}
}

func TestSandboxesWithoutLogs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		options sandbox.LogOptions
		key     func(sandbox.Keys) string
		kind    Kind
	}{
		{"switched off", sandbox.LogOptions{Disabled: true}, nil, LogsDisabled},
		{"no endpoint", sandbox.LogOptions{NoEndpoint: true}, nil, LogsNoAddress},
		{"no scope", sandbox.LogOptions{}, func(k sandbox.Keys) string { return k.ListOnly }, Forbidden},
		{"account key", sandbox.LogOptions{}, func(k sandbox.Keys) string { return k.Account }, Forbidden},
		{"unknown key", sandbox.LogOptions{}, func(sandbox.Keys) string { return testKey.Reveal() }, Unauthorized},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client := demoClient(t, sandbox.Options{Connections: 1, Logs: c.options}, func(config *Config, keys sandbox.Keys) {
				if c.key != nil {
					config.Key = Secret(c.key(keys))
				}
			})
			_, err := Fetch(context.Background(), client, sampleLogs)
			if _, ok := LogsUnavailable(err); !ok || !errors.Is(err, c.kind) {
				t.Error(err)
			}
			if _, err := Fetch(context.Background(), client, ListIntegrations()); c.key == nil && err != nil {
				t.Error(err)
			}
		})
	}
}

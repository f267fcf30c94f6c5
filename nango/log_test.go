package nango

import (
	"context"
	"fmt"
	"testing"
)

func TestLogIsBounded(t *testing.T) {
	log := NewLog()
	first := log.Begin(LogEntry{Path: "/first"})
	for i := range LogSize + 5 {
		id := log.Begin(LogEntry{Path: fmt.Sprint("/", i)})
		log.End(id, LogEntry{Path: fmt.Sprint("/", i), State: Done})
	}
	log.End(first, LogEntry{Path: "/first", State: Done}) // no longer in the log
	entries := log.Entries()
	if len(entries) != LogSize || entries[0].Path != fmt.Sprint("/", LogSize+4) || entries[LogSize-1].Path != "/5" {
		t.Errorf("%d entries from %s to %s", len(entries), entries[0].Path, entries[len(entries)-1].Path)
	}
	for _, entry := range entries {
		if one, ok := log.Entry(entry.ID); entry.State != Done || !ok || one != entry {
			t.Errorf("%+v, by itself %+v", entry, one)
		}
	}
	for _, gone := range []int{0, first, entries[LogSize-1].ID - 1, entries[0].ID + 1} {
		if entry, ok := log.Entry(gone); ok {
			t.Errorf("%d is kept: %+v", gone, entry)
		}
	}
}

func TestLogRevision(t *testing.T) {
	log := NewLog()
	if _, ok := log.Entry(1); ok {
		t.Error("an empty log has an entry")
	}
	seen := map[uint64]bool{log.Revision(): true}
	changed := func() {
		t.Helper()
		if seen[log.Revision()] {
			t.Errorf("revision %d was there before", log.Revision())
		}
		seen[log.Revision()] = true
	}
	a := log.Begin(LogEntry{})
	changed()
	b := log.Begin(LogEntry{})
	changed()
	log.End(a, LogEntry{State: Done})
	changed()
	log.End(b, LogEntry{State: Failed})
	changed()
	before := log.Revision()
	log.Entries()
	if log.Revision() != before {
		t.Error("reading changed it")
	}
}

func TestCallIsLogged(t *testing.T) {
	inBubble(t, &counting{limit: 100}, func(t *testing.T, client *Client) {
		fetchIntegrations(t, client)
		if _, err := Send(context.Background(), client, DeleteConnection(sampleRef)); err == nil {
			t.Error("the answer of another operation was taken")
		}
		entries := client.Log().Entries()
		failed, done := entries[0], entries[1]
		if done.Operation != OpIntegrationsList || done.Method != "GET" || done.Path != "/integrations" || done.Status != 200 ||
			done.Size != 11 || done.State != Done || done.Budget.Remaining != 99 {
			t.Errorf("%+v", done)
		}
		if failed.Path != "/connections/c?provider_config_key=i" || failed.State != Failed || failed.Code == "" {
			t.Errorf("%+v", failed)
		}
	})
}

package connections

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

func changesAt(t testing.TB, w *world) *world {
	t.Helper()
	c, err := NewChanges(screen.To(ChangesRoute))
	w.must(err)
	store, files, profile, now := w.Store, w.Files, w.Profile, w.Now
	w.hold(w.server.Keys().Environment, c)
	w.Store, w.Profile, w.Now = store, profile, now
	for n := range maxSnapshots {
		if raw, err := files.ReadOwn(snapshotDocument(n)); err == nil {
			w.must(w.Files.UpdateOwn(snapshotDocument(n), func([]byte) ([]byte, error) { return raw, nil }))
		}
	}
	return w.start()
}

// later changes everything that can change: initech breaks, globex heals, slack goes, hooli appears.
func (w *world) later() {
	w.t.Helper()
	w.must(w.server.Fail("hubspot", "initech-1", sandbox.FailAuth))
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.Now = w.Now.Add(time.Hour)
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "hooli-1", Created: w.Now})
}

func TestWhatChangedSinceTheStart(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.later()
	changesAt(t, w)
	w.Do(screen.Refresh)
	w.See("Since the first load", "✗ 1 broke", "+ 1 new", "✓ 1 healed")
	w.SeeLine("✗ broke", "Initech", "hubspot")
	w.SeeLine("+ new", "hooli-1")
	w.SeeLine("✓ healed", "Globex Inc.", "✗ auth")
	w.FitsEverywhere()
	w.Do(OpenConnection)
	if got := w.Opened[0].String(); got != "connection/hubspot/initech-1" {
		t.Errorf("opened %s", got)
	}
	w.Store.LearnGone(w.Now, refOf("slack", "globex-slack"))
	w.SeeLine("– gone", "slack")
	w.Screen.(*Changes).SetFilter("state:gone")
	if reason := w.Action(OpenConnection).Disabled; reason != whyGone {
		t.Errorf("a connection that is gone can be opened: %q", reason)
	}
}

func TestNothingChanged(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	changesAt(t, w)
	w.See("No connection appeared, went, broke or healed.", "1 still broken")
}

func TestWhatChangedSinceASnapshot(t *testing.T) {
	w := changesAt(t, acme(t).open(list(t, "connections")))
	w.Do(SaveSnapshot)
	w.See("No connection appeared")
	raw, err := w.Files.ReadOwn(snapshotDocument(0))
	w.must(err)
	if text := string(raw); !strings.Contains(text, w.Profile.Host) || strings.Contains(text, "metadata-secret") ||
		strings.Contains(text, "hooks.example") ||
		!strings.Contains(text, "Globex Inc.") {
		t.Errorf("the snapshot is %s", text)
	}
	w.later()
	w.Store = screen.NewStore() // the next start
	changesAt(t, w)
	w.See("No connection appeared") // since this start
	w.Do(CompareSince)
	w.Pick("1 h ago, 2026-03-01 12:02")
	w.See("Since the snapshot of", "✗ 1 broke", "+ 1 new", "✓ 1 healed")
	w.Do(CompareSince)
	w.Pick("First load of this profile")
	w.See("No connection appeared")
}

// A snapshot of another host or key is not compared with, and a damaged one says so.
func TestForeignAndDamagedSnapshots(t *testing.T) {
	w := changesAt(t, acme(t).open(list(t, "connections")))
	foreign, err := json.Marshal(snapshotFile{Version: snapshotVersion, Taken: noon, Host: "https://elsewhere.example", Key: "1"})
	w.must(err)
	for n, raw := range []string{string(foreign), `{"version":1,"tak`, `{"version":99}`} {
		w.must(w.Files.UpdateOwn(snapshotDocument(n), func([]byte) ([]byte, error) { return []byte(raw), nil }))
	}
	w.Do(CompareSince)
	text := fmt.Sprint(w.Picks[len(w.Picks)-1])
	for _, part := range []string{"1 snapshot not listed",
		"snapshot-2.json is damaged", "snapshot-3.json has version 99", "Save a snapshot now"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %s", part, text)
		}
	}
}

// The oldest snapshot of the same profile makes room, not one of another profile.
func TestTheOldestOwnSnapshotMakesRoom(t *testing.T) {
	w := changesAt(t, acme(t).open(list(t, "connections")))
	for n := range maxSnapshots {
		s := snapshotFile{Version: snapshotVersion, Taken: noon.Add(time.Duration(n) * time.Hour),
			Host: w.Profile.Host, Key: w.Profile.Fingerprint}
		if n == 0 {
			s.Host = "https://elsewhere.example"
		}
		raw, err := json.Marshal(s)
		w.must(err)
		w.must(w.Files.UpdateOwn(snapshotDocument(n), func([]byte) ([]byte, error) { return raw, nil }))
	}
	if place, _ := snapshotPlace(w.Files, w.Profile); place != 1 {
		t.Errorf("snapshot %d makes room", place)
	}
	w.Do(SaveSnapshot)
	if len(w.Toasts) == 0 || !strings.Contains(w.Toasts[len(w.Toasts)-1], "in place of the one of") {
		t.Errorf("%q", w.Toasts)
	}
}

// Without a complete list there is nothing to compare with: a failed load is shown as such.
func TestALoadThatFailsBeforeTheFirstComparison(t *testing.T) {
	c, err := NewChanges(screen.To(ChangesRoute))
	w := acme(t)
	w.must(err)
	w.open(list(t, "connections"))
	w.Store = screen.NewStore()
	w.Screen = c
	c.source.at = w.Now // the first page was loaded, the second one failed
	c.source.load.Err = errors.New("no network")
	w.See("Couldn't load connections", "no network")
}

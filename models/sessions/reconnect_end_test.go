package sessions

import (
	"encoding/json"
	"strings"
	"testing"

	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestReconnectKeepsTheMetadataInTheJournalUntilItHasEnded(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.fail(ref, sandbox.FailAuth)
	w.reconnect(ref)
	w.Do(MakeReconnect)
	u := w.Proposal().Call.Undo
	if u.ID == "" || !u.Before.Equal(nango.MetadataContent(json.RawMessage(globexMetadata))) || u.Until.Sub(w.now) != sessionLife {
		t.Errorf("it keeps %+v", u)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.finishes("")
	if len(w.Settled) > 0 {
		t.Error("it is settled before it has ended")
	}
	w.lookUntilOver()
	if len(w.Settled) != 1 || w.Settled[0].ID != u.ID {
		t.Errorf("settled %+v", w.Settled)
	}
	if n := len(w.Alerts); n != 1 || w.Alerts[0].Bad || !strings.Contains(w.Alerts[0].Text, "reconnected, error cleared") {
		t.Errorf("alerts %+v", w.Alerts)
	}
}

func TestReconnectOfMetadataWithASecretSaysWhatACrashCosts(t *testing.T) {
	w := newWorld(t)
	ref := w.add(sandbox.ConnectionSpec{Integration: bearer, ID: "c9", Metadata: json.RawMessage(`{"api_key":"hush-hush-hush"}`)})
	w.fail(ref, sandbox.FailAuth)
	w.reconnect(ref)
	w.Height = 40
	w.See("restore it if the program", "it holds a secret")
	w.Do(MakeReconnect)
	if u := w.Proposal().Call.Undo; u.ID != "" || !u.Before.IsZero() {
		t.Errorf("it keeps %+v", u)
	}
}

func TestANewerErrorIsAnAlert(t *testing.T) {
	w, ref := broken(t, bearer)
	w.pass(sessionLife / 10)
	w.fail(ref, sandbox.FailAuth)
	w.look()
	if n := len(w.Alerts); n != 1 || !w.Alerts[0].Bad || !strings.Contains(w.Alerts[0].Text, "failed again") {
		t.Errorf("alerts %+v", w.Alerts)
	}
}

func TestPausedSyncsAreOfferedAfterAReconnect(t *testing.T) {
	w := newWorld(t)
	contacts := sandbox.FunctionSpec{Kind: "sync", Name: "contacts", Returns: []string{"Contact"}, Runs: "every hour", AutoStart: true,
		Source: "catalog"}
	if err := w.server.AddFunction(bearer, contacts); err != nil {
		t.Fatal(err)
	}
	ref := w.globex(bearer)
	w.fail(ref, sandbox.FailAuth)
	w.reconnect(ref)
	pause := nango.PauseSyncs(nango.SyncSelection{Connection: ref, Syncs: []nango.SyncName{{Name: "contacts"}}})
	if _, err := nango.Send(t.Context(), w.Client, pause); err != nil {
		t.Fatal(err)
	}
	w.makeLink()
	w.finishes("")
	w.lookUntilOver()
	w.wantToast("1 sync paused")
	w.Do(ResumeSyncs)
	p := w.Proposal()
	if p.Call.Operation != nango.OpSyncStart || len(p.Call.Syncs) != 1 || p.Call.Undo.Before.IsZero() {
		t.Errorf("proposed %+v", p.Call)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if w.Action(ResumeSyncs).Disabled == "" {
		t.Error("it is offered again")
	}
}

package models

import (
	"strings"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/connections"
	"nango-tui/models/journal"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

const (
	ownHook  = "https://hooks.acme.example/nango"
	catchAll = "https://catch.example/me"
)

// beginDetour begins a detour of 15 minutes on the connection's page.
func (w *undoWorld) beginDetour() {
	w.t.Helper()
	w.do(connections.Fetch)
	if w.app.overlay != nil { // in production
		w.yes()
	}
	w.do(connections.Detour)
	w.fields().Set("url", catchAll)
	w.do(screen.Submit)
	w.see("Begin webhook detour", "Also approves to put back", ownHook, "to that URL only")
	w.yes()
	if got := w.stored().WebhookURL; got != catchAll {
		w.t.Fatalf("the override is %s", got)
	}
}

func TestDetourIsPutBackAtItsEnd(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.beginDetour()
	w.see("Webhook detour", "put back in 14 min", catchAll, ownHook)
	w.press("esc", "esc") // wherever the user is
	w.advance(14 * time.Minute)
	if got := w.stored().WebhookURL; got != catchAll {
		t.Errorf("after 14 minutes it is %s", got)
	}
	w.advance(2 * time.Minute)
	if got := w.stored().WebhookURL; got != ownHook {
		t.Errorf("after 16 minutes it is %s", got)
	}
	w.see("Webhook override put back")
	if len(w.app.watches) > 0 {
		t.Error("it is still watched")
	}
	all, _ := w.journal.Read()
	if e := all.Entries[1]; e.Open || !e.Undone {
		t.Errorf("the journal has %+v", e)
	}
}

func TestDetourIsStopped(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.beginDetour()
	w.press("esc")
	w.do(OpenWatch)
	w.do(connections.StopDetour)
	if got := w.stored().WebhookURL; got != ownHook {
		t.Errorf("it is %s", got)
	}
	w.see("Webhook override put back")
}

func TestDetourIsPutBackBeforeQuitting(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.beginDetour()
	w.press("ctrl+c")
	if got := w.stored().WebhookURL; got != ownHook || !w.quit {
		t.Errorf("it is %s, and quit is %t", got, w.quit)
	}
}

func TestDetourThatIsNotPutBackKeepsTheProgram(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.beginDetour()
	w.server.Inject(sandbox.Fault{Method: "PATCH", Status: 500, Times: 1, Body: `{"error":{"code":"server_error"}}`})
	w.press("ctrl+c")
	if w.quit {
		t.Fatal("it quits without a word")
	}
	w.see("was not put back")
	all, _ := w.journal.Read()
	if e := all.Entries[1]; !e.Open {
		t.Errorf("the journal has closed it: %+v", e)
	}
	w.press("ctrl+c")
	if !w.quit {
		t.Error("it doesn't quit")
	}
}

// Putting back was confirmed while the profile was armed.
func TestDetourInProductionIsPutBackUnarmed(t *testing.T) {
	profile := guard.Profile{Production: true, ArmFor: time.Minute}
	w := newUndoWorldIn(t, &recorded{}, newUndoServer(t), profile, screen.To("connection", "crm", "c1"))
	w.do(Arm)
	w.yes()
	w.beginDetour()
	w.advance(16 * time.Minute)
	if got := w.stored().WebhookURL; got != ownHook {
		t.Errorf("it is %s", got)
	}
}

func TestDetourNeedsToKnowTheOverride(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	if action, _ := w.action(connections.Detour); !strings.Contains(action.Disabled, "read the credentials first") {
		t.Errorf("the reason is %q", action.Disabled)
	}
	w.do(connections.Fetch)
	w.do(connections.Detour)
	for typed, want := range map[string]string{
		"": "enter a URL", "ftp://x": "http", ownHook: "nothing to send", "https://x.example/?api_key=hunter2hunter2": "secret",
	} {
		w.fields().Set("url", typed)
		w.do(screen.Submit)
		if w.app.overlay != nil {
			t.Errorf("%q is proposed", typed)
		}
		w.see(want)
	}
}

// crash starts the program again over the same server and journal, as after a kill.
func (w *undoWorld) crash() *undoWorld {
	w.t.Helper()
	w.journal.abandoned = true
	for i := range w.journal.entries {
		w.journal.entries[i].Own = false
		w.journal.entries[i].Key, w.journal.entries[i].Host = "", ""
	}
	return newUndoWorldIn(w.t, w.journal, w.server, guard.Profile{}, screen.To("connections"))
}

func TestDetourOfADeadProgramIsOfferedAtTheNextStart(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.beginDetour()
	w = w.crash()
	w.see("Not put back", "Edit connection", "Later")
	if got := w.stored().WebhookURL; got != catchAll {
		t.Fatalf("it was put back without asking: %s", got)
	}
	w.press("enter") // the first option
	w.see("Read connection first")
	w.yes()
	w.see("Undo: Edit connection", ownHook)
	w.yes()
	if got := w.stored().WebhookURL; got != ownHook {
		t.Errorf("it is %s", got)
	}
	w.see("undone")
	w = w.crash()
	w.notSee("Not put back")
}

func TestDetourOfADeadProgramCanBeLeft(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.beginDetour()
	w = w.crash()
	w.press("esc")
	w.see("Not put back")
	w.do(Journal)
	w.see("! not put back")
	w.do(journal.MarkChecked)
	w = w.crash()
	w.notSee("Not put back")
	if got := w.stored().WebhookURL; got != catchAll {
		t.Errorf("it is %s", got)
	}
}

// A kill between the intent and the request, or between the request and its response, leaves an entry without outcome.
func TestDetourKilledWhileItBeganIsOfferedAsNotKnown(t *testing.T) {
	for name, arrived := range map[string]bool{"before it arrived": false, "after it arrived": true} {
		w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
		w.beginDetour()
		at := len(w.journal.entries) - 1
		w.journal.entries[at].State, w.journal.entries[at].Status = screen.JournalSent, 0
		if !arrived {
			hook := ownHook
			_, err := nango.Send(t.Context(), w.app.active.Client, nango.UpdateConnection(miaRef, nango.ConnectionPatch{WebhookOverride: &hook}))
			must(t, err)
			w.journal.entries = w.journal.entries[:at+1]
		}
		w = w.crash()
		w.see("Not put back")
		w.press("enter")
		w.yes()
		if arrived {
			w.see("Undo: Edit connection")
			w.yes()
		} else {
			w.see("it is as it was before")
		}
		if got := w.stored().WebhookURL; got != ownHook {
			t.Errorf("%s: it is %s", name, got)
		}
		if all, _ := w.journal.Read(); all.Entries[len(all.Entries)-at-1].Open {
			t.Errorf("%s: it is still open", name)
		}
	}
}

func TestDetourWithAnotherKeyIsNotPutBackUnnoticed(t *testing.T) {
	w := newUndoWorld(t, screen.To("connection", "crm", "c1"))
	w.beginDetour()
	w.journal.abandoned = true
	for i := range w.journal.entries {
		w.journal.entries[i].Key = "fedcba9876543210"
	}
	w.do(Journal)
	w.do(journal.OpenEntry)
	w.do(journal.Undo)
	w.see("another key")
}

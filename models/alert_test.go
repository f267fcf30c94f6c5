package models

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/models/sessions"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// waitForReconnect creates a reconnect link for the broken connection.
func waitForReconnect(t *testing.T) (w *undoWorld, token string, notified *[]string) {
	t.Helper()
	server := newUndoServer(t)
	must(t, server.Fail("crm", "c1", sandbox.FailAuth))
	w = newUndoWorldIn(t, &recorded{}, server, guard.Profile{}, screen.To("reconnect", "crm", "c1"))
	notified = new([]string)
	w.app.config.HasProgressBar = true
	w.app.config.Notify = func(text clean.Text) tea.Cmd {
		*notified = append(*notified, text.String())
		return nil
	}
	w.do(sessions.MakeReconnect)
	w.see("expires in")
	link := w.clipboard[len(w.clipboard)-1]
	_, token, _ = strings.Cut(link, "session_token=")
	token, _, _ = strings.Cut(token, "&")
	return w, token, notified
}

func TestReconnectIsAnnouncedWhereverTheUserIs(t *testing.T) {
	w, token, notified := waitForReconnect(t)
	if bar := w.app.View().ProgressBar; bar == nil || bar.State != tea.ProgressBarIndeterminate {
		t.Errorf("while it waits: %+v", bar)
	}
	w.do(Integrations)
	_, err := w.server.FinishSession(token, "crm", nil)
	must(t, err)
	w.advance(2 * time.Minute)
	if all := *notified; len(all) != 1 || !strings.HasPrefix(all[0], "nango-tui: reconnected, error cleared: c1") {
		t.Fatalf("notified %q", all)
	}
	w.see("reconnected, error cleared")
	if bar := w.app.View().ProgressBar; bar == nil || bar.State != tea.ProgressBarDefault {
		t.Errorf("when it has ended: %+v", bar)
	}
	w.press("down") // the user is back
	if bar := w.app.View().ProgressBar; bar != nil {
		t.Errorf("after a key: %+v", bar)
	}
	w.do(OpenWatch) // although it has ended
	w.see("Outcome")
	if all, _ := w.journal.Read(); all.Entries[len(all.Entries)-1].Open {
		t.Error("the journal keeps it open")
	}
}

func TestNewerFailureIsAnnounced(t *testing.T) {
	w, _, notified := waitForReconnect(t)
	w.advance(time.Second)
	must(t, w.server.Fail("crm", "c1", sandbox.FailAuth))
	w.advance(time.Minute)
	if all := *notified; len(all) != 1 || !strings.Contains(all[0], "failed again") {
		t.Errorf("notified %q", all)
	}
	if bar := w.app.View().ProgressBar; bar == nil || bar.State != tea.ProgressBarError {
		t.Errorf("%+v", bar)
	}
}

// The program was killed while it waited, and the customer's reconnect has emptied the metadata.
func TestMetadataOfAKilledReconnectIsOfferedAtTheNextStart(t *testing.T) {
	w, _, _ := waitForReconnect(t)
	w = w.crash()
	w.see("Not put back", "metadata that a reconnect empties")
	w.press("enter")
	w.see("Nothing to put back yet. The reconnect link works until")
	empty := nango.SetMetadata("crm", []string{"c1"}, json.RawMessage("{}"))
	_, err := nango.Send(t.Context(), w.app.active.Client, empty)
	must(t, err)
	w = w.crash()
	w.press("enter")
	w.see("Undo: metadata that a reconnect empties", "9007199254740993")
	w.yes()
	if got := string(w.stored().Metadata); !strings.Contains(got, "9007199254740993") {
		t.Errorf("the metadata is %s", got)
	}
	w = w.crash()
	w.notSee("Not put back")
}

func TestNotificationIsBoundedCleanAndMasked(t *testing.T) {
	w, _, notified := waitForReconnect(t)
	w.app.config.Secrets.Add("hunter2-hunter2")
	text := "a\x1b]0;x\a hunter2-hunter2 " + strings.Repeat("é", 500)
	w.app.alert(origin{profile: w.app.active, asker: byWatch}, screen.AlertWant{Text: text})
	got := (*notified)[len(*notified)-1]
	if strings.ContainsAny(got, "\x1b\a") || strings.Contains(got, "hunter2") || len(got) > maxNotification+10 {
		t.Errorf("%q", got)
	}
}

package models

import (
	"context"
	"errors"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// keptJournal is a journal of earlier starts, whose entries get the host and key of the profile.
type keptJournal struct {
	entries []screen.JournalEntry
	readErr error
	markErr error
}

func (j *keptJournal) Read() (screen.JournalContents, error) {
	return screen.JournalContents{Entries: append([]screen.JournalEntry(nil), j.entries...)}, j.readErr
}

func (j *keptJournal) MarkChecked(id, text string) error {
	for i := range j.entries {
		if j.entries[i].ID == id && j.markErr == nil {
			j.entries[i].State, j.entries[i].Text = screen.JournalChecked, text
		}
	}
	return j.markErr
}

// deletion is an integration's, sent two hours ago by a process that has ended.
func deletion(key, profile string) screen.JournalEntry {
	return screen.JournalEntry{
		Intent: nango.Intent{
			Operation: nango.OpIntegrationDelete, Effect: nango.Destroys, Method: "DELETE", Path: "/integrations/" + key,
			About: nango.ConnectionRef{Integration: key},
		},
		ID: key, Profile: profile, Sent: time.Now().Add(-2 * time.Hour), State: screen.JournalNotKnown,
	}
}

// startWith starts the dashboard in the profile "acme" with a journal, over a server with the integration "crm".
func startWith(t *testing.T, j *keptJournal) (*driver, *sandbox.Server) {
	t.Helper()
	server := sandbox.New(sandbox.Options{RateLimit: -1})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	return newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}, "other": {}}, func(c *Config) {
		connect := c.Connect
		c.Connect = func(ctx context.Context, name string) (ActiveProfile, error) {
			s, err := connect(ctx, name)
			s.Journal = j
			for i := range j.entries {
				if e := &j.entries[i]; e.Profile == "acme" {
					e.Host, e.Key = s.Client.Host(), s.Client.Fingerprint()
				}
			}
			return s, err
		}
	}), server
}

func TestUnknownOutcomeIsLookedUpAtTheStart(t *testing.T) {
	j := &keptJournal{entries: []screen.JournalEntry{deletion("gone", "acme"), deletion("crm", "acme")}}
	d, _ := startWith(t, j)
	d.see("Looked up: DELETE /integrations/gone: it no longer exists", "DELETE /integrations/crm: it still exists")
	d.notSee("Outcome unknown")
	for _, e := range j.entries {
		if e.State != screen.JournalChecked {
			t.Errorf("%s is not recorded: %s", e.ID, e.State)
		}
	}
	for _, call := range d.app.config.Log.Entries() {
		if call.Effect != nango.Reads {
			t.Errorf("%s was sent", call.Operation)
		}
	}
}

func TestUnknownOutcomeThatCannotBeLookedUpStays(t *testing.T) {
	action := deletion("crm", "acme")
	action.Operation, action.Method, action.Path = nango.OpActionRun, "POST", "/action/trigger"
	d, _ := startWith(t, &keptJournal{entries: []screen.JournalEntry{action, deletion("gone", "prod")}})
	d.see("✗ Outcome unknown: 2 changes, the last one POST /action/trigger in acme, 2 h ago")
	d.press("down")
	d.advance(time.Hour)
	d.see("Outcome unknown")
	d.press("E")
	d.see("Run action: POST /action/trigger in acme, 2 h ago", "Delete integration: DELETE /integrations/gone in prod")
	d.see("before you send it again")
	d.press("esc", "x")
	d.notSee("Outcome unknown")
	d.do(Journal)
	d.see("2 requests · ? 2 not known")
}

func TestOnlyUnknownChangesOfOthersAreShown(t *testing.T) {
	refresh, own, living := deletion("a", "acme"), deletion("b", "acme"), deletion("c", "acme")
	refresh.Operation, refresh.Effect = nango.OpConnectionGet, nango.Refreshes
	own.Own, living.State = true, screen.JournalSent
	d, _ := startWith(t, &keptJournal{entries: []screen.JournalEntry{refresh, own, living}})
	d.notSee("Outcome unknown", "Looked up")
}

func TestUncertainFindingStaysUnknown(t *testing.T) {
	e := deletion("crm", "acme")
	e.Sent = time.Now() // Nango may still be deleting it
	j := &keptJournal{entries: []screen.JournalEntry{e}}
	d, _ := startWith(t, j)
	d.see("Outcome unknown: DELETE /integrations/crm in acme, just now")
	d.notSee("Looked up")
	if j.entries[0].State != screen.JournalNotKnown {
		t.Error("it was recorded as checked")
	}
}

func TestUnreadableJournalIsReportedAtTheStart(t *testing.T) {
	d, _ := startWith(t, &keptJournal{readErr: errors.New("journal.jsonl is writable by other users")})
	d.see("Couldn't read the journal, so changes can't be sent: journal.jsonl is writable by other users")
}

func TestFindingThatCannotBeRecordedStaysUnknown(t *testing.T) {
	full := errors.New("no space left on device")
	d, _ := startWith(t, &keptJournal{entries: []screen.JournalEntry{deletion("gone", "acme")}, markErr: full})
	d.see("Outcome unknown: DELETE /integrations/gone", "Couldn't record in the journal what was looked up: no space left")
	d.notSee("Looked up: ")
}

func TestFailedLookUpStaysUnknown(t *testing.T) {
	j := &keptJournal{entries: []screen.JournalEntry{deletion("gone", "acme")}}
	d, server := startWith(t, &keptJournal{})
	server.Inject(sandbox.Fault{Method: "GET", PathPrefix: "/integrations", Status: 500, Body: `{"error":{"code":"server_error"}}`})
	d.app.active.Journal = j
	j.entries[0].Host, j.entries[0].Key = d.app.active.Client.Host(), d.app.active.Client.Fingerprint()
	d.app.readJournal(d.app.active)
	d.after(d.app.flush())
	d.see("Outcome unknown: DELETE /integrations/gone in acme, 2 h ago · :journal")
	if j.entries[0].State != screen.JournalNotKnown {
		t.Error("it was recorded as checked")
	}
}

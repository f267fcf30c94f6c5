package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/clean"
	"nango-tui/internal/securefile"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// journaling is a connector with a journal on a disk.
func journaling(t *testing.T) (c *connector, folder string) {
	t.Helper()
	const profile = "profiles:\n  acme-prod: {host: \"http://127.0.0.1:1\", key: {env: PROD}}\n"
	c = testConnector(t, options{}, profile, map[string]string{"PROD": oneKey})
	folder = filepath.Join(t.TempDir(), "state")
	c.now = func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	c.journal = c.newJournal(folder)
	t.Cleanup(c.closeJournals)
	return c, folder
}

func pauseIntent() nango.Intent {
	return nango.Intent{
		Operation: nango.OpSyncPause, Effect: nango.Writes, Method: "POST", Host: "https://api.nango.dev", Path: "/sync/pause",
		Key: "0123456789abcdef", About: nango.ConnectionRef{Integration: "hubspot", ID: "c1"},
		Syncs: []nango.SyncName{{Name: "contacts"}, {Name: "contacts", Variant: "eu"}},
	}
}

// detourIntent is a change that is to be put back.
func detourIntent() nango.Intent {
	i := pauseIntent()
	i.Undo = nango.Undo{ID: "d1", Before: nango.TagContent(map[string]string{"plan": "gold"}), After: nango.WebhookContent(""),
		Until: time.Date(2026, 3, 1, 13, 0, 0, 0, time.UTC), Undoes: "e7"}
	return i
}

func TestLastWordsNameWhatWasNotPutBack(t *testing.T) {
	c, _ := journaling(t)
	record(t, c, "acme-prod", pauseIntent())(nango.IntentEnd{Status: 200})
	for range maxLastWords + 3 {
		record(t, c, "acme-prod", detourIntent())(nango.IntentEnd{Status: 200})
	}
	var out strings.Builder
	c.sayUnanswered(clean.NewWriter(&out))
	if got := out.String(); strings.Count(got, "not put back: POST /sync/pause (acme-prod)\n") != maxLastWords {
		t.Errorf("%s", got)
	}
}

func record(t *testing.T, c *connector, profile string, i nango.Intent) func(nango.IntentEnd) {
	t.Helper()
	end, err := recorder(c.journalOf(profile), profile)(i)
	if err != nil {
		t.Fatal(err)
	}
	return end
}

// entries are those that the screens get, newest first.
func entries(t *testing.T, c *connector, profile string) []screen.JournalEntry {
	t.Helper()
	contents, err := screenJournal{c.journalOf(profile)}.Read()
	if err != nil {
		t.Fatal(err)
	}
	return contents.Entries
}

func TestRecordedIntentComesBackUnchanged(t *testing.T) {
	c, _ := journaling(t)
	record(t, c, "acme-dev", detourIntent())
	e := entries(t, c, "acme-prod")[0]
	if !reflect.DeepEqual(e.Intent, detourIntent()) || e.Profile != "acme-dev" || !e.Own || e.PID != os.Getpid() || !e.Sent.Equal(c.now()) {
		t.Errorf("%+v", e)
	}
}

func TestStatesOfRecordedRequests(t *testing.T) {
	for end, want := range map[nango.IntentEnd]screen.JournalState{
		{Status: 200}: screen.JournalDone,
		{Status: 400, Code: "unknown_connection"}:             screen.JournalFailed,
		{Code: "network failure"}:                             screen.JournalFailed,
		{Code: "timed out", Unknown: true}:                    screen.JournalNotKnown,
		{Code: "cancelled", Unknown: true, Interrupted: true}: screen.JournalSent,
	} {
		c, _ := journaling(t)
		record(t, c, "acme-dev", pauseIntent())(end)
		if e := entries(t, c, "acme-dev")[0]; e.State != want {
			t.Errorf("%+v is %q, not %q", end, e.State, want)
		}
	}
}

func TestLastWordsNameWhatHasNoAnswer(t *testing.T) {
	c, _ := journaling(t)
	record(t, c, "acme-prod", pauseIntent())(nango.IntentEnd{Status: 200})
	record(t, c, "acme-prod", pauseIntent())(nango.IntentEnd{Unknown: true, Interrupted: true}) // by quitting
	hostile := pauseIntent()
	hostile.Path = "/connections/a\x1b[2J\nb"
	record(t, c, demoProfile, hostile)
	var out strings.Builder
	c.sayUnanswered(clean.NewWriter(&out))
	want := "nango-tui: sent, no answer: POST /sync/pause (acme-prod)\nnango-tui: sent, no answer: POST /connections/a␛[2J⏎b (demo)\n"
	if out.String() != want {
		t.Errorf("%q", out.String())
	}
	for range maxLastWords {
		record(t, c, demoProfile, pauseIntent())
	}
	out.Reset()
	c.sayUnanswered(clean.NewWriter(&out))
	if text := out.String(); strings.Count(text, "\n") != maxLastWords+1 || !strings.HasSuffix(text, "nango-tui: and 2 more\n") {
		t.Errorf("%q", text)
	}
}

func TestJournalHasNoSecret(t *testing.T) {
	c, folder := journaling(t)
	const secret = "hunter2-hunter2-hunter2"
	c.secrets.Add(secret)
	i := pauseIntent()
	i.Path, i.About.ID = "/proxy/"+secret+"?a=Bearer%20"+oneKey, secret
	record(t, c, secret, i)(nango.IntentEnd{Status: 400, Code: "bad " + secret})
	text := readText(t, filepath.Join(folder, "journal.jsonl"))
	if strings.Contains(text, secret) || strings.Contains(text, oneKey) || !strings.Contains(text, "/proxy/") {
		t.Error(text)
	}
	if e := entries(t, c, "acme-dev")[0]; e.About.ID != "" || e.About.Integration != "" {
		t.Errorf("a masked name is used for a look-up: %+v", e)
	}
}

func TestDemoIsRecordedInMemory(t *testing.T) {
	c, folder := journaling(t)
	record(t, c, demoProfile, pauseIntent())
	if _, err := os.Stat(folder); err == nil {
		t.Error("the demo wrote to the disk")
	}
	if demo, others := entries(t, c, demoProfile), entries(t, c, "acme-dev"); len(demo) != 1 || len(others) != 0 {
		t.Errorf("%d and %d entries", len(demo), len(others))
	}
}

func TestClientsOfProfilesRecord(t *testing.T) {
	if !securefile.OwnersAreChecked {
		t.Skip("this system doesn't say who can write a folder")
	}
	c, folder := journaling(t)
	active, err := c.connect(t.Context(), "acme-prod")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	request := nango.PauseSyncs(nango.SyncSelection{Connection: pauseIntent().About, Syncs: pauseIntent().Syncs})
	_, err = nango.Send(t.Context(), active.Client, request)
	if e, ok := nango.AsError(err); !ok || e.Kind != nango.NotRecorded || !strings.Contains(fmt.Sprint(err), "writable by other users") {
		t.Errorf("%v", err)
	}
	if _, err := active.Journal.Read(); err != nil {
		t.Errorf("a journal that doesn't exist: %v", err)
	}
}

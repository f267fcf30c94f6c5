package journal

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// memory is a journal of a test.
type memory struct {
	contents screen.JournalContents
	err      error
}

func (m *memory) Read() (screen.JournalContents, error) {
	c := m.contents
	c.Entries = slices.Clone(c.Entries)
	return c, m.err
}

func (m *memory) MarkChecked(id, text string) error {
	for i := range m.contents.Entries {
		if e := &m.contents.Entries[i]; e.ID == id {
			e.State, e.Text, e.Ended = screen.JournalChecked, text, noon
		}
	}
	return m.err
}

// entry is a change sent some minutes before noon.
func entry(id string, op nango.Operation, minutes int, state screen.JournalState) screen.JournalEntry {
	return screen.JournalEntry{
		Intent: nango.Intent{
			Operation: op, Effect: op.Effect(), Method: "POST", Host: "https://api.nango.dev", Path: "/" + id, Key: "0123456789abcdef",
		},
		ID: id, Profile: "prod", PID: 4711, Sent: noon.Add(-time.Duration(minutes) * time.Minute), State: state,
	}
}

// morning is a journal as it looks after some work, newest first.
func morning() *memory {
	deletion := entry("connections/9f1c2e44?provider_config_key=salesforce", nango.OpConnectionDelete, 12, screen.JournalNotKnown)
	deletion.Method, deletion.About = "DELETE", nango.ConnectionRef{Integration: "salesforce", ID: "9f1c2e44"}
	pause := entry("sync/pause", nango.OpSyncPause, 90, screen.JournalFailed)
	pause.Status, pause.Text = 400, "unknown_connection"
	trigger := entry("sync/trigger", nango.OpSyncTrigger, 3000, screen.JournalDone)
	trigger.Status, trigger.Profile = 200, "dev"
	refresh := entry("connections/9f1c2e44", nango.OpConnectionGet, 4000, screen.JournalNotKnown)
	refresh.Method = "GET"
	checked := entry("sync/start", nango.OpSyncStart, 5000, screen.JournalChecked)
	checked.Text, checked.Syncs = "it is not paused", []nango.SyncName{{Name: "contacts"}}
	checked.About = nango.ConnectionRef{Integration: "hubspot", ID: "c1"}
	return &memory{contents: screen.JournalContents{Entries: []screen.JournalEntry{
		entry("action/trigger", nango.OpActionRun, 0, screen.JournalSent), deletion, pause, trigger, refresh, checked,
	}}}
}

// open shows the journal. The server answers nothing.
func open(t *testing.T, j screen.Journal, query ...string) *screentest.Stage {
	t.Helper()
	route := screen.To("journal")
	if len(query) > 0 {
		route = route.With("q", query[0])
	}
	s, err := NewList(route, j)
	if err != nil {
		t.Fatal(err)
	}
	st := screentest.Closed(t, http.NotFoundHandler(), sandbox.New(sandbox.Options{}).Keys().Environment, s)
	st.Now = noon
	st.Open()
	return st
}

func TestNewestEntryIsFirst(t *testing.T) {
	st := open(t, morning())
	st.Width = 120
	st.See("6 requests · ? 1 not known")
	lines := strings.Split(st.View(), "\n")
	for i, want := range []string{"… in progress", "? not known", "✗ 400 unknown_connec", "✓ done", "? not known", "✓ it is not paused"} {
		if !strings.Contains(lines[i+2], want) {
			t.Errorf("line %d has no %q:\n%s", i+2, want, st.View())
		}
	}
	st.SeeLine("12 m", "prod", "Delete connection", "DELETE /connections/9f1c2e44")
}

func TestJournalThatIsEmptyFailedOrDamaged(t *testing.T) {
	open(t, nil).See("Nothing is recorded yet.", "before it is sent")
	open(t, &memory{}).See("Nothing is recorded yet.")
	j := morning()
	j.err = errors.New("journal.jsonl is writable by other users")
	st := open(t, j)
	st.See("✗ Couldn't read the journal: journal.jsonl is writable by other users")
	j.err = nil
	st.Refresh()
	st.See("Delete connection")
	j.contents.Damaged, j.contents.Newer = 1, 1204
	st.Refresh()
	st.See("! 1 line can't be read: damaged or cut off", "! 1,204 lines from a newer version")
	j.err = errors.New("gone")
	st.Refresh()
	st.See("✗ Couldn't read the journal: gone", "Delete connection")
	j.err, j.contents.Entries = nil, nil
	st.Refresh()
	st.See("! 1 line can't be read", "Nothing is recorded yet.")
}

func TestFilter(t *testing.T) {
	for typed, want := range map[string]string{
		"state:not": "6 requests, 2 shown", "profile:dev": "Run syncs", "9f1c": "6 requests, 2 shown", "unknown_conn": "Pause syncs",
		"nothing like it": "No entry matches the filter.",
	} {
		open(t, morning(), typed).See(want)
	}
}

func TestUnknownOutcomeIsMarkedAsChecked(t *testing.T) {
	st := open(t, morning())
	if st.Action(MarkChecked).Disabled != textKnown {
		t.Error("a request in progress can be marked")
	}
	st.Do(screen.Down)
	st.Do(MarkChecked)
	st.Turn(st.Screen.(screen.Observer).Notify)
	st.See("✓ checked by you")
	st.NotSee("1 not known")
	if st.Action(MarkChecked).Disabled != textKnown {
		t.Error("it can be marked twice")
	}
}

func TestFailedMarkIsReported(t *testing.T) {
	j := morning()
	st := open(t, j)
	st.Do(screen.Down)
	j.err = errors.New("no space left on device")
	st.Do(MarkChecked)
	if len(st.Notices) != 1 || st.Notices[0].Lines[0] != "no space left on device" {
		t.Errorf("%+v", st.Notices)
	}
}

func TestEntryIsShownWithAllFields(t *testing.T) {
	st := open(t, morning())
	st.Width = ui.WideFields - 1
	st.Do(screen.Down)
	st.Do(OpenEntry)
	st.See("Delete connection", "DELETE https://api.nango.dev/connections/9f1c2e44?provider_config_key=salesforce", "destroys", "? not known",
		"12 min ago, 2026-03-01 11:48", "prod", "salesforce", "0123456789abcdef", "4711", "Check whether it was carried out")
	st.Do(CopyEntry)
	if text := st.Copied[0].Text; !strings.Contains(text, "Outcome: not known\n") || strings.Contains(text, "Syncs:") {
		t.Errorf("%s", text)
	}
	st.Do(MarkChecked)
	st.See("✓ checked by you", "Recorded")
	st.NotSee("Check whether it was carried out")
	st.Do(ShowJSON)
	st.See(`"state": "checked"`, `"fingerprint": "0123456789abcdef"`)
}

func TestSubjectIsOpenedInItsOwnProfile(t *testing.T) {
	j := morning()
	st := open(t, j)
	st.Do(screen.Down)
	if got := st.Action(OpenSubject).Disabled; got != textElsewhere {
		t.Errorf("an entry of another profile: %q", got)
	}
	for i := range j.contents.Entries {
		j.contents.Entries[i].Host, j.contents.Entries[i].Key = st.Profile.Host, st.Client.Fingerprint()
	}
	st.Refresh()
	st.Do(OpenSubject)
	st.Do(screen.Bottom)
	st.Do(OpenSubject)
	for i, want := range []string{"connection/salesforce/9f1c2e44", "syncs/hubspot/c1?sync=contacts"} {
		if got := st.Opened[i].String(); got != want {
			t.Errorf("opened %s, not %s", got, want)
		}
	}
	st.Do(screen.Top)
	if got := st.Action(OpenSubject).Disabled; got != textNoSubject {
		t.Errorf("%q", got)
	}
}

func TestOutcomeIsLookedUp(t *testing.T) {
	server := sandbox.New(sandbox.Options{RateLimit: -1})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"crm": "✓ it still exists", "erp": "✓ it no longer exists", "": textCannotLookUp} {
		e := entry("integrations", nango.OpIntegrationDelete, 60, screen.JournalNotKnown)
		e.About.Integration = key
		list, err := NewList(screen.To("journal"), &memory{contents: screen.JournalContents{Entries: []screen.JournalEntry{e}}})
		if err != nil {
			t.Fatal(err)
		}
		st := screentest.Closed(t, server, server.Keys().Environment, list)
		st.Now = noon
		j := list.book.journal.(*memory)
		j.contents.Entries[0].Host, j.contents.Entries[0].Key = st.Client.Host(), st.Client.Fingerprint()
		st.Open()
		st.Do(OpenEntry)
		if key == "" {
			if got := st.Action(LookUp).Disabled; got != want {
				t.Errorf("%q", got)
			}
			continue
		}
		st.Do(LookUp)
		st.See(want)
		for _, call := range st.Fetched {
			if call.Effect != nango.Reads {
				t.Errorf("looked up with %s", call)
			}
		}
	}
}

func TestUncertainFindingIsNotRecorded(t *testing.T) {
	server := sandbox.New(sandbox.Options{RateLimit: -1})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	e := entry("integrations", nango.OpIntegrationDelete, 0, screen.JournalNotKnown)
	e.About.Integration = "crm"
	st := screentest.New(t, server, server.Keys().Environment, newDetail(&book{journal: &memory{}}, e))
	st.Now = noon.Add(time.Second)
	detail := st.Screen.(*Detail)
	detail.entry.Host, detail.entry.Key = st.Client.Host(), st.Client.Fingerprint()
	st.Do(LookUp)
	st.See("? not known")
	if len(st.Toasts) != 1 || st.Toasts[0] != textNotCertain {
		t.Errorf("%q", st.Toasts)
	}
}

func TestRemoteTextIsSanitized(t *testing.T) {
	e := entry("x", nango.OpProxyPost, 1, screen.JournalFailed)
	e.Profile, e.Path, e.Text, e.About.ID = "p\x1b[2J", "/a\u202eb\x07", "worse\nthan\x1b]0;bad", "c\x1b1"
	st := open(t, &memory{contents: screen.JournalContents{Entries: []screen.JournalEntry{e}}})
	st.Width = 140
	st.NoControls()
	st.FitsEverywhere()
	st.Do(OpenEntry)
	st.NoControls()
	st.FitsEverywhere()
}

func TestNotice(t *testing.T) {
	all := morning().contents.Entries
	text, details := Notice(all[1:2], noon)
	if text != "Outcome unknown: DELETE /connections/9f1c2e44 in prod, 12 min ago · :journal" || len(details) != 3 {
		t.Errorf("%q, %q", text, details)
	}
	text, _ = Notice(all[1:], noon)
	if !strings.HasPrefix(text, "Outcome unknown: 5 changes, the last one DELETE /connections/9f1c2e44 in prod") {
		t.Errorf("%q", text)
	}
}

func TestLooks(t *testing.T) {
	for name, size := range map[string][2]int{"list80x19": {80, 19}, "list120x35": {120, 35}, "list60x10": {60, 10}, "empty60x10": {60, 10}} {
		t.Run(name, func(t *testing.T) {
			j := morning()
			if strings.HasPrefix(name, "empty") {
				j = &memory{}
			}
			st := open(t, j)
			st.Width, st.Height = size[0], size[1]
			st.Fits()
			golden.RequireEqual(t, st.View())
		})
	}
	t.Run("detail80x19", func(t *testing.T) {
		st := open(t, morning())
		st.Do(screen.Down)
		st.Do(OpenEntry)
		golden.RequireEqual(t, st.View())
	})
}

package models

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// testKeys are a few keys for tests; the program's own are its user's to change.
var testKeys = Keymap{
	Connections: {"1"}, Integrations: {"2"}, Providers: {"4"}, Environment: {"5"},
	Back: {"esc"}, Help: {"?"}, Palette: {"ctrl+p"}, GoTo: {":"}, Arm: {"A"}, Switch: {"P"}, Quit: {"q"}, TryNow: {"T"},
	ErrorDetails: {"E"}, ErrorDismiss: {"x"}, read: {"r"}, fetchIt: {"f"}, patch: {"p"}, remove: {"D"}, link: {"L"},
	copyID: {"y"}, deeper: {"enter"}, screen.Refresh: {"r"}, screen.Filter: {"/"}, screen.FilterDrop: {"esc"},
	screen.Sort: {"s"}, screen.Columns: {"C"}, screen.Views: {"v"},
}

// scene is a dashboard that stands on a page about one connection.
type scene struct {
	*driver
	server *sandbox.Server
	page   *page
}

const (
	key = "crm-of-tests"
	id  = "globex-77e2"
)

func newScene(t *testing.T, p guard.Profile) *scene {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 1})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	if _, err := server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id}); err != nil {
		t.Fatal(err)
	}
	s := &scene{server: server, page: newPage(key, id)}
	s.driver = newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": p, "other": {}})
	s.app.push(s.app.active, s.page, screen.To("page"))
	s.after(s.app.flush())
	return s
}

// sentCalls are the calls that reached the server and were more than a look.
func (s *scene) sentCalls() []string {
	var calls []string
	for _, r := range s.server.Requests() {
		look := r.Method == "GET" && !strings.HasPrefix(r.Path, "/connections/")
		if !look {
			calls = append(calls, r.Method+" "+r.Path)
		}
	}
	return calls
}

func (s *scene) expectSent(calls ...string) {
	s.t.Helper()
	if got := s.sentCalls(); !slices.Equal(got, calls) {
		s.t.Fatalf("sent %q, want %q\n%s", got, calls, s.screen())
	}
}

const theConnection = "/connections/" + id

func TestADeletionIsSentOnlyAfterItsConfirmWord(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("D")
	s.see("Delete connection", id, "its credentials go with it", "DELETE", "77e2")
	s.press("enter")
	s.expectSent()
	s.see("Delete connection: declined")

	s.press("D")
	s.typeText("wrong")
	s.press("enter")
	s.see("Type 77e2")
	s.expectSent()
	s.press("ctrl+u")
	s.typeText("77e2")
	s.press("enter")
	s.expectSent("DELETE " + theConnection)
	s.see("Delete connection: done")
}

func TestAChangeOpensADialogWithTheFocusOnCancel(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("p", "enter")
	s.expectSent()
	s.press("p", "y")
	s.expectSent()
	s.press("right", "enter")
	s.expectSent("PATCH " + theConnection)
}

func TestARefreshIsSentByItsKeyAndConfirmedOtherwise(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("f")
	s.expectSent("GET " + theConnection)
	s.do(fetchUnnamed)
	s.see("Cancel")
	s.expectSent("GET " + theConnection)
}

func TestARefreshInProductionIsConfirmed(t *testing.T) {
	s := newScene(t, guard.Profile{Production: true})
	s.press("f")
	s.expectSent()
	s.see("PRODUCTION", "Cancel")
	s.press("right", "enter")
	s.expectSent("GET " + theConnection)
}

func TestProductionIsChangedOnlyWhileArmed(t *testing.T) {
	s := newScene(t, guard.Profile{Production: true})
	s.press("p")
	s.see("not armed")
	s.press("A", "enter")
	s.press("p")
	s.see("not armed")

	s.press("A", "right", "enter")
	s.see("ARMED")
	s.press("p", "right", "enter")
	s.expectSent("PATCH " + theConnection)

	s.advance(guard.DefaultArmFor + time.Second)
	s.see("no longer armed")
	s.press("p")
	s.expectSent("PATCH " + theConnection)
}

func TestADialogSendsNothingAfterArmingEnded(t *testing.T) {
	s := newScene(t, guard.Profile{Production: true})
	s.press("A", "right", "enter", "p")
	s.advance(guard.DefaultArmFor)
	s.press("right", "enter")
	s.expectSent()
	s.see("not armed")
}

func TestALinkNeedsNoArmingAndNoFurtherDialog(t *testing.T) {
	s := newScene(t, guard.Profile{Production: true})
	s.press("L") // the page was not seen yet, so it is no dialog
	s.expectSent()
	s.press("esc")
	s.advance(guardTime)
	s.pressBlindly("L")
	s.expectSent("POST /connect/sessions")
}

func TestAReadOnlyProfileOnlyReads(t *testing.T) {
	for name, p := range map[string]guard.Profile{"dev": {ReadOnly: true}, "production": {ReadOnly: true, Production: true}} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, p)
			for _, key := range []string{"p", "D", "L", "f"} {
				s.press(key, "right", "enter", "esc")
			}
			s.expectSent()
			s.see("read-only")
		})
	}
}

func TestAReadOnlyProfileWithRefreshMayRefresh(t *testing.T) {
	s := newScene(t, guard.Profile{ReadOnly: true, MayRefresh: true})
	s.press("f", "p")
	s.expectSent("GET " + theConnection)
}

func TestSwitchingTheProfileClosesADialog(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("D")
	s.app.connect("other")
	s.after(s.app.flush())
	s.see("other")
	s.typeText("77e2")
	s.press("enter")
	s.expectSent()
}

func TestAConfirmationCoversOnlyWhatItNamed(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.do(forged)
	s.see("Cancel")
	s.press("esc")
	s.do(approvedDelete)
	s.press("esc")
	s.expectSent()

	s.press("p", "right", "enter")
	s.do(approvedDelete)
	s.expectSent("PATCH "+theConnection, "DELETE "+theConnection)
}

func TestLeavingCancelsLoadsButNoConfirmedRequest(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.holdCmds = true
	s.press("D")
	s.typeText("77e2")
	s.press("enter", "r", "esc")
	s.holdCmds = false
	s.run()
	s.expectSent("DELETE " + theConnection)
	s.see("Delete connection: done")
	for _, said := range s.page.notes {
		if strings.Contains(said, "canceled") {
			t.Errorf("a screen that was left was told %q", said)
		}
	}
}

func TestAnOutlivingProposalIsRecordedThoughItsScreenIsClosed(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.do(longProposal)
	s.press("enter")
	if got := strings.Join(s.page.notes[1:], "; "); got != "ended: declined" {
		t.Fatalf("after a no it was told %q", got)
	}
	s.app.close(s.app.top())
	s.app.push(s.app.active, s.page, screen.To("page"))
	s.after(s.app.flush())
	s.page.notes = nil
	s.do(longProposal)
	if len(s.page.notes) > 0 {
		t.Errorf("before the yes it was told %q", s.page.notes)
	}
	s.holdCmds = true
	s.press("right", "enter")
	s.see("begun", "it is on its way")
	s.press("esc")
	s.holdCmds = false
	s.run()
	if got := s.page.notes; !slices.Contains(got, "ended: <nil>") {
		t.Errorf("it was told %q", got)
	}
	s.see("Edit tags: done", "noted")
	s.advance(2 * toastTime)
	s.see("Edit tags: done") // until a key shows that somebody is there
	if top := s.app.top().route.Name; top == "integrations" {
		t.Error("a screen that was left opened another one")
	}
}

func TestAWriteRefreshesTheScreensItConcerns(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.press("enter")
	s.press("p", "right", "enter")
	if s.page.refreshed != 0 {
		t.Error("the screen below was read again before it was seen")
	}
	s.press("esc")
	if s.page.refreshed != 1 {
		t.Errorf("the screen that the write concerns was read again %d times, want 1", s.page.refreshed)
	}
}

func TestAFailedWriteIsShownUntilItIsDismissed(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.server.Inject(sandbox.Fault{Method: "PATCH", Status: 500, NoBody: true})
	s.press("p", "right", "enter")
	s.see("Edit tags failed")
	s.advance(2 * toastTime)
	s.see("Edit tags failed")
	s.press("E")
	s.see("500")
	s.press("esc", "x")
	s.notSee("Edit tags failed")
}

func TestAFailedRefreshIsShownByItsScreenOrByApp(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.server.Inject(sandbox.Fault{Method: "GET", PathPrefix: theConnection, Status: 500, NoBody: true})
	s.press("f")
	s.notSee("Fetch credentials failed")
	s.press("E")
	s.see("connection.get: 500")
	s.press("esc")
	s.holdCmds = true
	s.press("f", "esc")
	s.holdCmds = false
	s.run()
	s.see("Fetch credentials failed")
}

func TestAScreenClosesItselfAndNotTheOneOnTop(t *testing.T) {
	s := newScene(t, guard.Profile{})
	below := s.app.top()
	s.press("enter")
	s.app.turn(below, func(t *screen.Turn) { t.Back() })
	if s.app.top() == below || len(s.app.stack) != 2 {
		t.Error("the wrong screen was closed")
	}
}

func TestANetworkFailureDuringADeletionIsReportedAsNotKnown(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.server.Inject(sandbox.Fault{Method: "DELETE", Reset: true})
	s.press("D")
	s.typeText("77e2")
	s.press("enter")
	s.see("not known")
	s.expectSent("DELETE " + theConnection)
}

func TestQuittingDuringAChangeTakesASecondKey(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.holdCmds = true
	s.press("p", "right", "enter")
	s.cmds = nil
	_, cmd := s.app.Update(keyNamed("ctrl+c"))
	if cmd != nil {
		t.Fatal("quit at the first key")
	}
	s.see("Press again to quit")
	_, cmd = s.app.Update(keyNamed("ctrl+c"))
	if _, quit := cmd().(tea.QuitMsg); !quit {
		t.Error("the second key did not quit")
	}
}

func TestAQuitWarningCoversOnlyWhatItNames(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.holdCmds = true
	s.press("p", "right", "enter", "q")
	s.see("Press again to quit")
	s.holdCmds = false
	s.run()
	s.notSee("Press again to quit")
	s.holdCmds = true
	s.press("p", "right", "enter", "q")
	s.see("Press again to quit")
	if s.app.ctx.Err() != nil {
		t.Error("quit at the first key after another change")
	}
}

func TestAnInvalidFirstRouteOpensTheListOfConnections(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 1, Connections: 3})
	open := func(place string) *driver {
		return newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) {
			c.Open, _ = screen.ParseRoute(place)
		})
	}
	open("nowhere").see("Couldn't open nowhere", "CUSTOMER")
	d := open("logs")
	d.see("[Logs]")
	d = open("integration/hubspot")
	d.see("Connections › ")
	before := len(server.Requests())
	d.press("esc")
	d.see("[1 Connections]", "CUSTOMER")
	if len(server.Requests()) == before {
		t.Error("the list was read before it was seen")
	}
}

func TestTheListOfProfilesDescribesThem(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 1})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) {
		c.Profiles = []guard.Profile{{Name: "acme", Host: "https://api.nango.dev"}, {Name: "big", Production: true, ReadOnly: true}}
	})
	d.press("P")
	d.see("api.nango.dev · active", "PRODUCTION · read-only")
}

// Untrusted text in metadata and tags must not look like the dialog's own text.
func TestADiffIsSeparateFromTheTextOfTheDialog(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.propose(screenOrigin(s.app.top()), screen.ProposeWant{
		Call: nango.DeleteConnection(s.page.ref).Call(), Title: "Edit tags", Before: `{"plan":"team"}`, After: `{"plan":"Nothing   is sent"}`,
	})
	s.see(`│ −   "plan": "team"`, `│ +   "plan": "Nothing   is sent"`)
}

// E shows the newest error, whether a message or a screen shows it.
func TestErrorDetailsAreThoseOfTheNewestError(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.server.Inject(sandbox.Fault{Method: "PATCH", Status: 500, NoBody: true})
	s.press("p", "right", "enter", "E")
	s.see("connection.update: 500")
	s.press("esc")
	s.server.Inject(sandbox.Fault{Method: "GET", Status: 403, Body: `{"error":{"code":"forbidden"}}`})
	s.press("f", "E")
	s.see("connection.get: 403")
	s.press("esc", "r", "E")
	s.see("connections.list: 403")
	s.press("esc", "p", "right", "enter", "E")
	s.see("connection.update: 500")
}

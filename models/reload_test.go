package models

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// desk is a dashboard over a sandbox that shares its clock.
type desk struct {
	*driver
	server *sandbox.Server
}

// newDesk starts with the list of connections of a world with two integrations.
func newDesk(t *testing.T, p guard.Profile, change ...func(*sandbox.Options)) *desk {
	t.Helper()
	d := &desk{}
	o := sandbox.Options{Wait: noWait, Seed: walkSeed, RateLimit: -1, ConnectURL: "https://connect.example"}
	o.Now = func() time.Time { return d.now }
	for _, f := range change {
		f(&o)
	}
	d.driver = &driver{now: time.Now()}
	d.server = sandbox.New(o)
	for _, integration := range []string{key, "chat"} {
		if err := d.server.AddIntegration(sandbox.IntegrationSpec{Key: integration, Provider: "salesforce"}); err != nil {
			t.Fatal(err)
		}
		for _, customer := range []string{"globex", "initech"} {
			tags := map[string]string{"end_user_id": customer, "end_user_display_name": strings.ToUpper(customer)}
			spec := sandbox.ConnectionSpec{Integration: integration, ID: customer + "-" + integration, Tags: tags}
			if _, err := d.server.AddConnection(spec); err != nil {
				t.Fatal(err)
			}
		}
	}
	addFunctions(t, d.server, "")
	d.driver = newDriver(t, d.server, d.server.Keys().Environment, "acme", profiles{"acme": p, "other": {}})
	d.send(tea.WindowSizeMsg{Width: 110, Height: 40})
	return d
}

// reads is how many GETs of a path the server has answered.
func (d *desk) reads(path string) int {
	n := 0
	for _, r := range d.server.Requests() {
		if r.Method == "GET" && r.Path == path {
			n++
		}
	}
	return n
}

// expectReads fails unless a step reads a path so many times.
func (d *desk) expectReads(path string, want int, what string, step func()) {
	d.t.Helper()
	before := d.reads(path)
	step()
	if got := d.reads(path) - before; got != want {
		d.t.Errorf("%s: %s was read %d times, want %d", what, path, got, want)
	}
}

// makeLink makes a connect link for a customer, and stays on its page.
func (d *desk) makeLink() {
	d.t.Helper()
	d.app.open(d.app.active, screen.To("link").With("integration", key).With("tag.end_user_id", "hooli"), nil)
	d.after(d.app.flush())
	d.look()
	d.do(screen.Submit)
	if len(d.clipboard) == 0 {
		d.t.Fatalf("no link was made:\n%s", d.screen())
	}
}

// finishLink does what the customer does with the newest link.
func (d *desk) finishLink() {
	d.t.Helper()
	link, err := url.Parse(d.clipboard[len(d.clipboard)-1])
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.server.FinishSession(link.Query().Get("session_token"), key, nil); err != nil {
		d.t.Fatal(err)
	}
}

// visit opens a route on top.
func (d *desk) visit(route ...string) {
	d.app.open(d.app.active, screen.To(route[0], route[1:]...), nil)
	d.after(d.app.flush())
}

func TestWhatIsOldIsReadAgainWhenTheUserComesBack(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.visit("requests") // a screen that reads nothing
	d.expectReads("/connections", 0, "28 minutes elsewhere", func() { d.advance(28 * time.Minute) })
	d.expectReads("/connections", 1, "back", func() { d.press("esc") })
	d.visit("requests")
	d.advance(time.Minute)
	d.expectReads("/connections", 0, "back after a minute", func() { d.press("esc") })
}

func TestTheAgeOfTheDataDecidesWhenItIsReadAgain(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.advance(4*time.Minute + 44*time.Second)
	d.expectReads("/connections", 1, "by key", func() { d.do(screen.Refresh) })
	d.expectReads("/connections", 0, "16 seconds later", func() { d.advance(time.Minute) })
	d.expectReads("/connections", 1, "5 minutes later", func() { d.advance(4 * time.Minute) })
	d.expectReads("/connections", 12, "an hour later", func() { d.advance(time.Hour) })
}

func TestTheIntervalIsTheProfiles(t *testing.T) {
	for after, want := range map[time.Duration]int{0: 12, time.Minute: 60, 20 * time.Minute: 3, time.Hour: 1, guard.NoReload: 0} {
		d := newDesk(t, guard.Profile{ReloadAfter: after})
		d.expectReads("/connections", want, fmt.Sprint("an hour with ", after), func() { d.advance(time.Hour + time.Second) })
		d.expectReads("/connections", 1, "r", func() { d.do(screen.Refresh) })
	}
}

func TestNothingIsReadWhileTheTerminalHasNoFocus(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.send(tea.BlurMsg{})
	d.expectReads("/connections", 0, "an hour without focus", func() { d.advance(time.Hour) })
	d.expectReads("/connections", 1, "focus", func() { d.send(tea.FocusMsg{}) })
	d.press("?")
	d.expectReads("/connections", 0, "an hour of help", func() { d.advance(time.Hour) })
	d.expectReads("/connections", 1, "help closed", func() { d.press("esc") })
}

func TestAFailedReloadWaitsForTheInterval(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: 403, Body: `{"error":{"code":"forbidden"}}`})
	d.advance(6 * time.Minute)
	d.expectReads("/connections", 0, "keys after a failure", func() {
		for range 20 {
			d.press("down")
		}
		d.advance(3 * time.Minute)
	})
	d.server.ClearFaults()
	d.expectReads("/connections", 1, "the next interval", func() { d.advance(2 * time.Minute) })
}

// However often lists are read again, polls take a tenth of the account's requests.
func TestReloadsStayWithinTheirShareOfTheBudget(t *testing.T) {
	d := newDesk(t, guard.Profile{ReloadAfter: time.Minute}, func(o *sandbox.Options) { o.RateLimit, o.Connections = 50, 9000 })
	d.advance(time.Minute) // what the first load took is over
	before, began := len(d.server.Requests()), d.now
	d.advance(10 * time.Minute)
	minutes := d.now.Sub(began).Minutes()
	if each := float64(len(d.server.Requests())-before) / minutes; each > 5.1 || each < 2 {
		t.Errorf("polls take %.1f of 50 requests a minute, want some, at most a tenth", each)
	}
}

// While the link's page is on top, the customer's finish is noticed within 5 seconds for the first five minutes.
func TestTheFinishIsNoticedSoonWhileTheLinkIsLookedAt(t *testing.T) {
	for _, finish := range []time.Duration{10 * time.Second, time.Minute, 4*time.Minute + 50*time.Second} {
		d := newDesk(t, guard.Profile{})
		d.makeLink()
		d.advance(finish)
		d.finishLink()
		d.notSee("arrived")
		d.advance(5 * time.Second)
		d.see("arrived")
	}
	d := newDesk(t, guard.Profile{})
	d.makeLink()
	d.visit("requests")
	d.expectReads("/connections", 10, "five minutes elsewhere", func() { d.advance(5 * time.Minute) })
}

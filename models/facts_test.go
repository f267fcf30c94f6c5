package models

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models/connections"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// fail makes the authentication of a connection fail.
func (d *desk) fail(integration, id string) {
	d.t.Helper()
	if err := d.server.Fail(integration, id, sandbox.FailAuth); err != nil {
		d.t.Fatal(err)
	}
}

// refreshToken has the connection's page refresh its token.
func (d *desk) refreshToken(integration, id string) {
	d.t.Helper()
	d.visit("connection", integration, id)
	d.do(connections.ForceRefresh)
}

// What the page of a connection learns by a refresh that fails, the lists below it and the counts know.
func TestAFailedRefreshIsKnownToEveryScreen(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.press("2")
	d.see("2        0")
	d.press("1")
	d.notSee("broken")
	d.visit("connection", key, "globex-"+key)
	d.fail(key, "globex-"+key) // only the refresh can tell
	d.do(connections.ForceRefresh)
	d.see("CAUSE")
	d.expectReads("/connections", 0, "what is known", func() { d.press("esc") })
	d.see("4 · 1 broken", "✗ auth")
	d.do(connections.BrokenOnly)
	d.see("GLOBEX")
	d.notSee("INITECH")
	d.expectReads("/connections", 0, "the counts", func() { d.press("2") })
	d.see("1 with broken", "✗ 1", "2        0")
	d.app.open(d.app.active, screen.To("connections").With("integration", key), nil)
	d.after(d.app.flush())
	d.see("2 · 1 broken")
}

// A second visit of a list costs nothing while its data is young.
func TestASecondVisitOfAListReadsNothing(t *testing.T) {
	d := newDesk(t, guard.Profile{}, func(o *sandbox.Options) { o.Connections = 1500 })
	for _, route := range []string{
		"connections", "integrations", "providers", "syncs/" + key + "/globex-" + key, "syncs/" + key, "functions/" + key, "actions/" + key,
		"connections?integration=" + key, "connections?state=broken", "connections?q=globex", "requests", "journal", "causes",
	} {
		d.home(route)
		before := len(d.server.Requests())
		d.home("welcome")
		d.advance(3 * time.Minute)
		d.home(route)
		if n := len(d.server.Requests()) - before; n != 0 {
			t.Errorf("the second visit of %s took %d requests", route, n)
		}
		d.home("welcome")
		d.advance(3 * time.Minute)
		d.home(route)
	}
}

// home opens a route as the only screen.
func (d *desk) home(route string) {
	d.t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		d.t.Fatal(err)
	}
	d.app.home(r)
	d.send(nil)
	d.after(d.app.flush())
}

// Another profile knows nothing of what the one before has read.
func TestAnotherProfileStartsWithoutFacts(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.expectReads("/connections", 1, "another profile", func() { d.visit("profile", "other") })
	d.expectReads("/connections", 1, "and back", func() { d.visit("profile", "acme") })
}

// A list whose reading was interrupted goes on where it was.
func TestAListThatWasLeftWhileItLoadedGoesOn(t *testing.T) {
	d := newDesk(t, guard.Profile{}, func(o *sandbox.Options) { o.Connections = 5000 })
	d.home("welcome")
	d.app.active.store = screen.NewStore()
	d.holdCmds = true
	d.home("connections")
	for range 2 { // the list's commands, and of these the first page
		first := d.cmds[0]
		d.cmds = d.cmds[1:]
		d.receive(first())
	}
	d.app.home(screen.To("welcome"))
	d.holdCmds, d.cmds = false, nil
	d.expectReads("/connections", 3, "the rest", func() { d.home("connections") })
	d.see("5,004")
}

// After any changes, here and by others that this program has read, each screen shows what the server has.
func TestAfterAnyWriteEveryScreenAgreesWithTheServer(t *testing.T) {
	for seed := range uint64(longtest.Size(6, 60)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { agreeAfterWrites(t, rand.New(rand.NewPCG(seed, 1))) })
	}
}

func agreeAfterWrites(t *testing.T, r *rand.Rand) {
	d := newDesk(t, guard.Profile{})
	d.home("connections")
	routes := []string{"connections", "integrations", "connections?integration=" + key, "integration/" + key, "connections?q=globex"}
	var left []nango.ConnectionRef
	for _, integration := range []string{key, "chat"} {
		for _, customer := range []string{"globex", "initech"} {
			left = append(left, nango.ConnectionRef{Integration: integration, ID: customer + "-" + integration})
		}
	}
	for range 12 {
		route, err := screen.ParseRoute(routes[r.IntN(len(routes))])
		if err != nil {
			t.Fatal(err)
		}
		d.app.open(d.app.active, route, nil)
		d.after(d.app.flush())
		if len(left) == 0 {
			break
		}
		i := r.IntN(len(left))
		ref := left[i]
		switch r.IntN(4) {
		case 0:
			d.fail(ref.Integration, ref.ID)
			d.refreshToken(ref.Integration, ref.ID)
		case 1:
			d.visit("connection", ref.Integration, ref.ID)
			d.propose(nango.DeleteConnection(ref))
			left = append(left[:i], left[i+1:]...)
		case 2:
			d.visit("connection", ref.Integration, ref.ID)
			d.propose(nango.UpdateConnection(ref, nango.ConnectionPatch{Tags: &map[string]string{"end_user_display_name": "Renamed"}}))
		case 3:
			d.fail(ref.Integration, ref.ID)
			d.visit("connection", ref.Integration, ref.ID) // reads it from the list
		}
		for len(d.app.stack) > 1 && r.IntN(3) > 0 {
			d.press("esc")
			d.agree(left)
		}
		d.agree(left)
	}
}

// Counting the connections of integrations forgets nothing about them, neither on a small page nor on a large one.
func TestCountingKeepsTheFactsAboutAConnection(t *testing.T) {
	for _, connections := range []int{0, 50} {
		d := newDesk(t, guard.Profile{}, func(o *sandbox.Options) { o.Connections = connections })
		d.home("connections")
		d.see("GLOBEX")
		d.fail(key, "globex-"+key)
		d.home("integrations")
		d.do(screen.Refresh)
		d.home("connections?q=" + key)
		d.see("GLOBEX", "✗ auth")
	}
}

// propose sends a request as if the screen had proposed it and the user confirmed it.
func (d *desk) propose(request nango.Request[nango.Success]) {
	d.t.Helper()
	e := d.app.top()
	t := d.app.newTurn(e.profile)
	screen.Propose(t, screen.Proposal[nango.Success]{Request: request, Title: "Change"})
	want, _ := t.Wants()[0].(screen.ProposeWant)
	d.app.send(screenOrigin(e), want, d.app.tools(e.profile))
	d.after(d.app.flush())
}

// lineWith is the first line below the head of the screen that has a text.
func lineWith(screen, text string) string {
	for i, line := range strings.Split(screen, "\n") {
		if i > 4 && strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// agree fails unless the list on top shows what the server has.
func (d *desk) agree(left []nango.ConnectionRef) {
	d.t.Helper()
	top := d.app.top()
	if top.route.String() != "connections" && top.route.Name != "integrations" {
		return
	}
	broken, names, of := 0, 0, map[string][2]int{key: {}, "chat": {}}
	for _, ref := range left {
		view, ok := d.server.Connection(ref.Integration, ref.ID)
		if !ok {
			d.t.Fatalf("%v is gone", ref)
		}
		if view.AuthError+view.SyncError != "" {
			broken++
			of[ref.Integration] = [2]int{of[ref.Integration][0] + 1, of[ref.Integration][1] + 1}
		} else {
			of[ref.Integration] = [2]int{of[ref.Integration][0] + 1, of[ref.Integration][1]}
		}
		if view.Tags["end_user_display_name"] == "Renamed" {
			names++
		}
	}
	if top.route.Name == "integrations" {
		for integration, n := range of {
			cells := strings.Fields(strings.NewReplacer("▌", "", "✗", "").Replace(lineWith(d.screen(), integration)))
			if len(cells) < 3 || cells[1] != fmt.Sprint(n[0]) || cells[2] != fmt.Sprint(n[1]) {
				d.t.Errorf("%s has %d connections, %d broken:\n%s", integration, n[0], n[1], d.screen())
			}
		}
		return
	}
	text := fmt.Sprint(len(left))
	if broken > 0 {
		text += fmt.Sprintf(" · %d broken", broken)
	}
	if len(left) > 0 {
		d.see(" " + text)
	}
	if names > 0 {
		d.see("Renamed")
	}
}

// A refresh that fails again keeps when the connection failed first.
func TestAFailureKeepsWhenItBegan(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.fail(key, "globex-"+key)
	d.refreshToken(key, "globex-"+key)
	d.see("tried just now: failed again")
	d.advance(8 * time.Hour)
	d.do(connections.ForceRefresh)
	d.see("failed 8 h ago", "last just now", "failures seen", "tried just now: failed again")
}

// A change that no page of the connection reads again is read when a list is next on top, one row only.
func TestAChangedRowIsReadAgainInAListOpenedLater(t *testing.T) {
	d := newDesk(t, guard.Profile{})
	d.home("requests")
	d.propose(nango.UpdateConnection(nango.ConnectionRef{Integration: key, ID: "globex-" + key},
		nango.ConnectionPatch{Tags: &map[string]string{"end_user_display_name": "Renamed"}}))
	d.expectReads("/connections", 1, "the row", func() { d.home("connections") })
	d.see("Renamed", "INITECH")
}

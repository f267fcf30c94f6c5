package environment

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const segment = "wk_7Hq2LmPz0sTt9vXyA"

// world is a Nango and the page over it, with a clock that a test moves.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *sandbox.Server
}

// acme has four variables, given in no order.
func acme(t testing.TB) *world {
	t.Helper()
	return acmeOn(t, sandbox.Server0714)
}

// acmeOn is acme on a server of a version.
func acmeOn(t testing.TB, version sandbox.Version) *world {
	t.Helper()
	w := &world{t: t, server: sandbox.New(sandbox.Options{Now: func() time.Time { return noon }, RateLimit: -1, Server: version})}
	w.server.SetVariable("SEGMENT_WRITE_KEY", segment)
	w.server.SetVariable("APP_URL", "https://app.acme.example")
	w.server.SetVariable("HUBSPOT_PRIVATE_APP_SIGNING_KEY", "-----BEGIN KEY-----\nMIIEow\n-----END KEY-----")
	w.server.SetVariable("FEATURE_FLAGS", "")
	return w
}

func (w *world) open() *world {
	w.t.Helper()
	return w.openWith(w.server.Keys().Environment)
}

func (w *world) openWith(key string) *world {
	w.t.Helper()
	w.Stage = screentest.Closed(w.t, w.server, key, New(screen.To("environment")))
	w.Now = noon
	w.Open()
	w.View()
	return w
}

// on puts the cursor on a variable.
func (w *world) on(name string) *world {
	w.t.Helper()
	w.View()
	if p := w.Screen.(*Page); !p.page.Select(variableRow + "0 " + name) {
		w.t.Fatalf("there is no variable %s:\n%s", name, w.View())
	}
	return w
}

func TestVariablesAreListedByNameAndMasked(t *testing.T) {
	w := acme(t).open()
	w.See("VARIABLES", "4 · values are masked", "APP_URL", "HUBSPOT_PRIVATE_APP_SIGNING_KEY", masked, "empty")
	w.NotSee(segment, "app.acme", "MIIEow")
	view := w.View()
	if strings.Index(view, "APP_URL") > strings.Index(view, "SEGMENT_WRITE_KEY") {
		t.Errorf("they do not stand in the order of their names:\n%s", view)
	}
	if !w.Screen.(screen.Timestamped).LoadedAt().Equal(noon) {
		t.Error("it is not said when they were read")
	}
}

func TestOneValueIsRevealedForAWhile(t *testing.T) {
	w := acme(t).open().on("SEGMENT_WRITE_KEY")
	clocked := w.Screen.(screen.Animated)
	if clocked.RedrawInterval() != 0 {
		t.Error("a clock runs with nothing revealed")
	}
	w.Do(Reveal)
	w.See(segment)
	w.NotSee("app.acme", "MIIEow")
	if clocked.RedrawInterval() != time.Second {
		t.Error("no clock runs that would hide it in time")
	}
	w.Now = w.Now.Add(screen.RevealTime)
	w.NotSee(segment)
	if clocked.RedrawInterval() != 0 {
		t.Error("the clock goes on")
	}
}

func TestRevealingAnotherHidesTheFirst(t *testing.T) {
	w := acme(t).open().on("SEGMENT_WRITE_KEY")
	w.Do(Reveal)
	w.on("HUBSPOT_PRIVATE_APP_SIGNING_KEY").Do(Reveal)
	w.See("-----BEGIN KEY-----", "MIIEow")
	w.NotSee(segment)
	if title := w.Action(Reveal).Title; title != "Hide" {
		t.Errorf("the key says %q", title)
	}
	w.Do(Reveal)
	w.NotSee("MIIEow")
}

func TestAValueIsCopiedWithoutBeingShown(t *testing.T) {
	w := acme(t).open().on("SEGMENT_WRITE_KEY")
	w.Do(Copy)
	w.NotSee(segment)
	if c := w.Copied[0]; !c.Secret || c.Text != segment || c.What != "value of SEGMENT_WRITE_KEY" {
		t.Errorf("copied %+v", c)
	}
	w.Do(CopyName)
	if c := w.Copied[1]; c.Secret || c.Text != "SEGMENT_WRITE_KEY" {
		t.Errorf("copied %+v", c)
	}
}

func TestAnEmptyValueHasNothingToReveal(t *testing.T) {
	w := acme(t).open().on("FEATURE_FLAGS")
	for _, id := range []screen.ActionID{Reveal, Copy} {
		if reason := w.Action(id).Disabled; reason != "the value is empty" {
			t.Errorf("%s: %q", id, reason)
		}
	}
}

func TestTheFilterFindsNamesAndNotValues(t *testing.T) {
	w := acme(t).open().on("SEGMENT_WRITE_KEY")
	w.Do(Reveal)
	w.Do(screen.Filter)
	w.Type("key !hub")
	w.See("SEGMENT_WRITE_KEY", "1 of 4")
	w.NotSee("APP_URL", "HUBSPOT", segment)
	w.Do(screen.FilterDone)
	w.Do(Copy)
	if c := w.Copied[0]; c.Text != segment {
		t.Errorf("copied %+v", c)
	}
	w.Do(screen.Filter)
	w.Do(screen.FilterDrop)
	w.See("APP_URL")
	w.Do(screen.Filter)
	w.Type("wk_7")
	w.See("No name matches the filter. ‹filter.drop› shows all again.")
	w.Do(screen.FilterDone)
	w.See("‹list.clearFilter› shows all again.")
	if reason := w.Action(Reveal).Disabled; reason == "" {
		t.Error("something can be revealed where nothing is shown")
	}
	w.Do(screen.ClearFilter)
	w.See("APP_URL")
}

func TestCursorMovesWhileTyping(t *testing.T) {
	w := acme(t).open()
	w.Do(screen.Filter)
	w.Type("k")
	w.View()
	w.Do(screen.FilterDown)
	w.View()
	w.Do(screen.FilterDone)
	w.Do(CopyName)
	if c := w.Copied[0]; c.Text != "SEGMENT_WRITE_KEY" {
		t.Errorf("copied %+v", c)
	}
}

func TestAnEnvironmentWithoutVariables(t *testing.T) {
	w := &world{t: t, server: sandbox.New(sandbox.Options{RateLimit: -1})}
	w.open().See("There are no environment variables")
}

func TestAKeyWithoutTheScope(t *testing.T) {
	w := acme(t).openWith(acme(t).server.Keys().ListOnly)
	w.See("Couldn't load the variables", "403", "environment:variables:read", "‹screen.refresh› tries again")
}

func TestAFailureKeepsWhatIsThere(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environment-variables", Status: 400, Times: 1,
		Body: `{"error":{"code":"server_error","message":"out of order"}}`})
	w.open().See("Couldn't load the variables", "400 server_error")
	w.Do(screen.Refresh)
	w.See("APP_URL")
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environment-variables", Status: 400, Times: 1,
		Body: `{"error":{"code":"server_error","message":"out of order"}}`})
	w.Do(screen.Refresh)
	w.See("APP_URL", "✗ Couldn't refresh", "400 server_error")
}

func TestLoadingIsShown(t *testing.T) {
	w := acme(t)
	w.Stage = screentest.Closed(t, w.server, w.server.Keys().Environment, New(screen.To("environment")))
	w.HoldReads = true
	w.Open()
	w.See("Loading variables")
	w.DeliverAll()
	w.See("APP_URL")
}

func TestOnlyVariablesAreRequested(t *testing.T) {
	w := acme(t).open()
	w.Do(Reveal)
	w.Do(Copy)
	for _, r := range w.server.Requests() {
		if r.Method != http.MethodGet || r.Path != "/environment-variables" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
	if len(w.Fetched) != 1 || len(w.Proposals) > 0 {
		t.Errorf("asked %v, proposed %v", w.Fetched, w.Proposals)
	}
}

func TestClickMovesTheCursor(t *testing.T) {
	w := acme(t).open()
	w.Do(screen.Filter)
	w.Type("_")
	lines := strings.Split(w.View(), "\n")
	for y, line := range lines {
		if strings.Contains(line, "SEGMENT") {
			w.Send(tea.MouseClickMsg{X: 5, Y: y})
		}
	}
	w.Do(screen.FilterDone)
	w.Do(CopyName)
	if c := w.Copied[0]; c.Text != "SEGMENT_WRITE_KEY" {
		t.Errorf("copied %+v", c)
	}
}

func TestHostileNamesAndValues(t *testing.T) {
	w := &world{t: t, server: sandbox.New(sandbox.Options{RateLimit: -1})}
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/environment-variables", Status: 200, Body: `[
		{"name":"` + "\\u001b[31mRED\\u001b]0;owned\\u0007" + `","value":"\u001b[2Jcleared"},
		{"name":"TWICE","value":"first-value"},{"name":"TWICE","value":"second-value"},
		{"name":"two\nlines","value":"\u202eright to left"},{"name":"","value":"` + strings.Repeat("x", 100_000) + `"}]`})
	w.open()
	for range 6 {
		if w.Action(Reveal).Disabled == "" {
			w.Do(Reveal)
		}
		w.Fits()
		if raw := w.Raw(); strings.ContainsAny(raw, "\x1b\x07") || strings.Contains(raw, "\u202e") {
			t.Errorf("it acts on the terminal: %q", raw)
		}
		w.Do(screen.Down)
	}
	w.Do(screen.Top)
	w.on("TWICE").Do(Reveal)
	w.See("first-value")
	w.NotSee("second-value")
	w.on("").Do(Reveal)
	w.Do(screen.Bottom)
	w.Height = 200
	w.See("truncated. Copy it for the whole value")
}

func TestManyVariables(t *testing.T) {
	w := &world{t: t, server: sandbox.New(sandbox.Options{RateLimit: -1})}
	for n := range maxRows + 7 {
		w.server.SetVariable(fmt.Sprintf("V%04d", n), "value-of-it")
	}
	w.open()
	w.Do(screen.Bottom)
	w.See("… and 7 more. Filter to find them.")
	w.Do(screen.Filter)
	w.Type("v1006")
	w.See("V1006", "1 of 1,007")
}

func TestEnvironmentLooks(t *testing.T) {
	for name, size := range map[string][2]int{"80x24": {80, 19}, "120x40": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := acme(t).open()
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("revealed", func(t *testing.T) {
		w := acme(t).open().on("HUBSPOT_PRIVATE_APP_SIGNING_KEY")
		w.Do(Reveal)
		w.Do(screen.Filter)
		w.Do(screen.FilterDone)
		golden.RequireEqual(t, w.View())
	})
}

func TestThePageFitsEveryTerminal(t *testing.T) {
	w := acme(t).open().on("SEGMENT_WRITE_KEY")
	w.Do(Reveal)
	for _, size := range [][2]int{{1, 1}, {20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
		w.Do(screen.Filter)
		w.Fits()
		w.Do(screen.FilterDrop)
	}
}

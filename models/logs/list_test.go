package logs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// world is a sandbox with a screen, and a clock that only a test moves.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *sandbox.Server
	now    time.Time
}

func newWorld(t testing.TB, o sandbox.LogOptions) *world {
	t.Helper()
	w := &world{t: t, now: noon}
	w.server = sandbox.New(sandbox.Options{Seed: 7, Connections: 30, Now: func() time.Time { return w.now }, RateLimit: -1, Logs: o})
	return w
}

func (w *world) at(route string) *world {
	w.t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		w.t.Fatal(err)
	}
	var s screen.Screen
	switch r.Name {
	case ListRoute:
		s, err = NewList(r)
	case DeliveriesRoute:
		s, err = NewDeliveries(r)
	default:
		s, err = NewOperation(r)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.Stage = screentest.Closed(w.t, w.server, w.server.Keys().Environment, s)
	w.Now, w.Width, w.Height = w.now, 120, 35
	w.Open()
	return w
}

func (w *world) list() *List {
	w.t.Helper()
	l, ok := w.Screen.(*List)
	if !ok {
		w.t.Fatalf("%T is on top", w.Screen)
	}
	return l
}

// byItself refreshes the list as App does.
func (w *world) byItself() {
	w.t.Helper()
	w.Turn(func(t *screen.Turn) {
		t.Background = true
		w.Screen.Refresh(t)
	})
}

func TestTheListShowsWhatFailed(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{}).at("logs?period=15d&state=failed")
	w.See("✗ failed", "refresh_token", "last 15d", "failed  ")
	w.Do(OpenOperation)
	if len(w.Opened) != 1 || w.Opened[0].Name != OperationRoute {
		t.Fatalf("opened %v", w.Opened)
	}
	w.at(w.Opened[0].String())
	w.See("✗ failed", "Log id", "message")
	w.Do(OpenMessage)
	w.See("MESSAGE")
}

func TestAllPagesAreLoadedAsOneScrolls(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{Operations: 3000}).at("logs?period=15d")
	if n := w.list().Table.Len(); n != firstPage {
		t.Fatalf("%d operations are loaded at first", n)
	}
	for range 20 {
		w.Do(screen.Bottom)
		w.View()
	}
	l := w.list()
	if l.Table.Len() <= firstPage+nango.MaxLogPage || l.whyNoMore() != whyAllLoaded {
		t.Errorf("%d operations of %d are loaded: %s", l.Table.Len(), l.total, l.whyNoMore())
	}
	if l.Table.Len() != l.total {
		t.Errorf("%d operations are there, Nango says %d", l.Table.Len(), l.total)
	}
}

func TestAFilterIsAskedFor(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{Operations: 3000}).at("logs?period=15d")
	w.Do(screen.Filter)
	w.Type("state:failed")
	w.Do(screen.FilterDone)
	for r := range w.list().Table.Each() {
		if r.State != nango.LogFailed {
			t.Fatalf("%s is loaded", r.State)
		}
	}
	w.See("only those of the filter")
	w.Do(screen.ClearFilter)
	w.NotSee("only those of the filter")
	w.See("✓ success")
}

func TestNewOperationsAppearAtTheTop(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{Operations: 500, Activity: 5 * time.Second}).at("logs?period=1h")
	w.See("following")
	before := w.list().Table.Len()
	w.wait(30 * time.Second)
	w.byItself()
	l := w.list()
	if l.Table.Len() <= before || l.Table.Position() != 0 {
		t.Errorf("%d operations, then %d; the cursor is on %d", before, l.Table.Len(), l.Table.Position())
	}
	times := []time.Time{}
	for r := range l.Table.Each() {
		times = append(times, r.Created)
	}
	for i := 1; i < len(times); i++ {
		if times[i].After(times[i-1]) {
			t.Fatalf("operation %d is newer than the one before", i)
		}
	}
	w.Do(screen.Down)
	w.NotSee("following")
	if l.FollowInterval() != 0 {
		t.Error("the list follows while one reads")
	}
	w.Do(screen.Top)
	w.Do(Follow)
	if l.FollowInterval() != 0 {
		t.Error("the list follows although that was turned off")
	}
}

func TestFollowingTakesSixRequestsAMinute(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{Operations: 500, Activity: time.Second}).at("logs")
	before := len(w.Fetched)
	for at := time.Duration(0); at < time.Minute; at += w.list().FollowInterval() {
		w.wait(w.list().FollowInterval())
		w.byItself()
	}
	if n := len(w.Fetched) - before; n == 0 || n > 6 {
		t.Errorf("%d requests a minute", n)
	}
}

// wait moves the clock.
func (w *world) wait(d time.Duration) {
	w.now = w.now.Add(d)
	w.Now = w.now
}

// A page of a search can be empty without being the last one.
func TestAnEmptyPageIsNotTheEnd(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{})
	answer := func(text string) sandbox.Fault {
		return sandbox.Fault{PathPrefix: "/mcp", Status: 200, ContentType: "application/json", Times: 1,
			Body: `{"jsonrpc":"2.0","id":1,"result":{"structuredContent":` + text + `}}`}
	}
	w.server.Inject(answer(`{"operations":[],"pagination":{"total":1,"cursor":"next"}}`))
	w.server.Inject(answer(`{"operations":[{"id":"1772366400000_AbCdEf12","message":"The one","operation":{"type":"proxy","action":"call"},` +
		`"state":"dreaming","createdAt":"2026-03-01T11:59:00Z"}],"pagination":{"total":1,"cursor":null}}`))
	w.at("logs")
	w.See("The one", "! dreami")
}

func TestWithoutLogsTheListSaysWhy(t *testing.T) {
	for reason, o := range map[string]sandbox.LogOptions{
		"Logs are off on this server.": {Disabled: true},
		"Logs: ":                       {NoEndpoint: true},
	} {
		w := newWorld(t, o).at("logs")
		w.See(reason)
		w.FitsEverywhere()
	}
}

func TestAPeriodIsChosenFromPresetsAndOnTheChart(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{Operations: 1000}).at("logs")
	w.Do(Period)
	w.Pick("last 7d")
	w.See("last 7d")
	w.Do(Chart)
	w.Do(ChartLeft)
	for range 5 {
		w.Do(screen.Up)
	}
	w.See("▲▲▲▲▲▲", " failed, ")
	w.Do(ChartChoose)
	w.DeliverAll()
	l := w.list()
	if !l.scope.period.isFixed() || l.FollowInterval() != 0 {
		t.Errorf("the period is %s", l.scope.period)
	}
	for r := range l.Table.Each() {
		if r.Created.Before(l.scope.period.from) || r.Created.After(l.scope.period.to) {
			t.Errorf("%s is outside of the period", r.Created)
		}
	}
	w.Do(Period)
	w.Pick("Another period")
	w.Key(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	w.Type("90m")
	w.Do(screen.Submit)
	w.DeliverAll()
	w.See("last 1h30m0s")
}

func TestHostileTextsAreDrawnAsText(t *testing.T) {
	hostile := strings.ReplaceAll("\u001b]52;c;aGFja2Vk\u0007\u001b[2J\u202e\u009b31m\n[ Delete ]", "\n", `\n`)
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"operations":[{"id":"1772366400000_AbCdEf12","message":%q,
		"operation":{"type":%q,"action":%q},"state":%q,"integrationName":%q,"connectionName":%q,"syncConfigName":%q,"level":%q,
		"error":{"message":%q},"createdAt":"2026-03-01T11:59:00Z"}],"pagination":{"total":1,"cursor":null}}}}`,
		hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile)
	body = strings.NewReplacer(`\x1b`, `\u001b`, `\a`, `\u0007`, `\u202e`, `\u202e`, `\u009b`, `\u009b`, `\\n`, `\n`).Replace(body)
	w := newWorld(t, sandbox.LogOptions{})
	w.server.Inject(sandbox.Fault{PathPrefix: "/mcp", Status: 200, ContentType: "application/json", Body: body})
	w.at("logs")
	w.NoControls()
	w.FitsEverywhere()
}

func TestTheCursorStaysOnItsOperationAfterAReload(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{Operations: 300}).at("logs?period=15d")
	w.View()
	for range 5 {
		w.Do(screen.Down)
	}
	before, _ := w.list().Table.CursorKey()
	w.Do(screen.Refresh)
	if after, _ := w.list().Table.CursorKey(); after != before {
		t.Errorf("the cursor was on %s, and is on %s", before, after)
	}
}

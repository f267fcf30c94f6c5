package requests

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
	"nango-tui/nango"
	"nango-tui/ui"
)

const someKey = "00000000-0000-4000-8000-000000000000"

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// stage shows a log; no server is ever asked, so that one which fails every request will do.
func stage(t *testing.T, log *nango.Log) *screentest.Stage {
	t.Helper()
	st := screentest.Closed(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the request log sent a request")
	}), someKey, NewList(screen.To("requests"), log))
	st.Now = noon
	st.Open()
	return st
}

// note puts a finished call into the log.
func note(log *nango.Log, e nango.LogEntry) {
	if e.Host == "" {
		e.Host = "https://api.nango.dev"
	}
	id := log.Begin(e)
	if e.State == 0 {
		e.State = nango.Done
	}
	log.End(id, e)
}

// morning is a log as it looks after some work.
func morning() *nango.Log {
	log := nango.NewLog()
	at := func(minutes int) time.Time { return noon.Add(-time.Duration(minutes) * time.Minute) }
	left := func(n int) nango.Budget { return nango.Budget{Limit: 200, Remaining: n, Known: true} }
	note(log, nango.LogEntry{Operation: nango.OpIntegrationsList, Effect: nango.Reads, Method: "GET", Path: "/integrations",
		Began: at(24 * 60), Duration: 31 * time.Millisecond, Tries: 1, Status: 200, Size: 8123, Budget: nango.Budget{Limit: 200, Remaining: 199}})
	note(log, nango.LogEntry{Operation: nango.OpConnectionsList, Effect: nango.Reads, Method: "GET",
		Path: "/connections?limit=2000&page=1", Began: at(30), Duration: 1240 * time.Millisecond, Tries: 2, Status: 200,
		Size: 1 << 20, Budget: left(187), Background: true})
	note(log, nango.LogEntry{Operation: nango.OpConnectionGet, Effect: nango.Refreshes, Method: "GET",
		Path: "/connections/9f1c2e44?provider_config_key=salesforce", Began: at(12), Duration: 640 * time.Millisecond, Tries: 1,
		Status: 424, State: nango.Failed, Code: "invalid_credentials", Size: 512, Budget: left(186)})
	note(log, nango.LogEntry{Operation: nango.OpConnectionDelete, Effect: nango.Destroys, Method: "DELETE",
		Path: "/connections/9f1c2e44?provider_config_key=salesforce", Began: at(2), Duration: 20 * time.Second, Tries: 1,
		State: nango.Failed, Code: "timed out", Budget: left(185)})
	log.Begin(nango.LogEntry{Operation: nango.OpProvidersList, Effect: nango.Reads, Method: "GET", Host: "https://api.nango.dev",
		Path: "/providers", Began: at(0), Tries: 1})
	return log
}

func TestTheNewestRequestStandsFirst(t *testing.T) {
	st := stage(t, morning())
	lines := strings.Split(st.View(), "\n")
	for i, want := range []string{"5 calls", "TIME", "providers.list", "connection.delete", "connection.get", "connections.list",
		"integrations.list"} {
		if !strings.Contains(lines[i], want) {
			t.Fatalf("line %d does not hold %q:\n%s", i, want, st.View())
		}
	}
	st.See("… in progress", "✗ timed out", "✗ 424 inval", "✓ 200", "Feb 28", "11:48:00", "1.2 s", "31 ms")
}

func TestEachCallShowsAsItIsMade(t *testing.T) {
	log := nango.NewLog()
	st := stage(t, log)
	st.See("No requests yet.")
	entry := nango.LogEntry{Operation: nango.OpIntegrationsList, Method: "GET", Path: "/integrations", Began: noon}
	id := log.Begin(entry)
	st.See("integrations.list", "… 1 in progress")
	entry.State, entry.Status = nango.Done, 200
	log.End(id, entry)
	st.See("✓ 200")
	st.NotSee("in progress")
}

func TestTheCursorStaysOnItsRequestWhileOthersAreMade(t *testing.T) {
	log := morning()
	st := stage(t, log)
	st.View()
	st.Do(screen.Down)
	note(log, nango.LogEntry{Operation: nango.OpIntegrationGet, Method: "GET", Path: "/integrations/hubspot", Began: noon})
	st.View()
	st.Do(OpenRequest)
	st.See("connection.delete", "timed out")
}

func TestOneRequestIsShownWithAllThatIsKept(t *testing.T) {
	st := stage(t, morning())
	st.Width = ui.WideFields - 1
	st.View()
	st.Do(screen.Down)
	st.Do(screen.Down)
	st.Do(OpenRequest)
	st.See("connection.get", "refreshes", "GET https://api.nango.dev/connections/9f1c2e44?provider_config_key=salesforce",
		"424 invalid_credentials", "640 ms", "512 B", "186/200", "you")
	st.Do(CopyRequest)
	if got := st.Copied[0].Text; !strings.Contains(got, "Outcome: 424 invalid_credentials\n") || !strings.Contains(got, "Took: 640 ms\n") {
		t.Fatalf("copied %q", got)
	}
}

func TestAnOpenRequestShowsHowItEnded(t *testing.T) {
	log := nango.NewLog()
	entry := nango.LogEntry{Operation: nango.OpProvidersList, Method: "GET", Path: "/providers", Began: noon}
	id := log.Begin(entry)
	st := stage(t, log)
	st.View()
	st.Do(OpenRequest)
	st.See("in progress")
	entry.State, entry.Status, entry.Duration, entry.Tries = nango.Done, 200, 12*time.Millisecond, 1
	log.End(id, entry)
	st.See("✓ 200", "12 ms")
	st.NotSee("in progress")
}

func TestTheFilterFindsByEverythingInTheRow(t *testing.T) {
	for typed, want := range map[string]string{
		"424":            "connection.get",
		"timed":          "connection.delete",
		"page=1":         "connections.list",
		"state:progress": "providers.list",
		"delete":         "connection.delete",
		"INTEGRATIONS":   "integrations.list",
	} {
		t.Run(typed, func(t *testing.T) {
			st := stage(t, morning())
			st.Do(screen.Filter)
			if !st.Screen.Typing() {
				t.Fatal("the filter takes no keys")
			}
			st.Type(typed)
			st.See(want, "5 calls, 1 shown")
			st.Do(screen.FilterDone)
			st.Do(OpenRequest)
			st.See(want)
		})
	}
}

func TestAFilterThatFindsNothingCanBeCleared(t *testing.T) {
	st := stage(t, morning())
	st.Do(screen.Filter)
	st.Paste("no such call")
	st.See("No request matches the filter.")
	st.Do(screen.FilterDone)
	st.See("list.clearFilter")
	st.Do(screen.ClearFilter)
	st.See("5 calls", "providers.list")
	if st.Screen.Typing() {
		t.Fatal("the cleared filter still takes the keys")
	}
	if st.Action(OpenRequest).Disabled != "" {
		t.Fatal("nothing is under the cursor of a full list")
	}
}

func TestTheListIsSortedByAChosenColumn(t *testing.T) {
	st := stage(t, morning())
	if st.Action(screen.Reverse).Disabled == "" {
		t.Fatal("an unsorted list can be turned round")
	}
	first := func() string { return strings.Split(st.View(), "\n")[2] }
	st.Sort("time")
	if !strings.Contains(first(), "integrations.list") {
		t.Fatalf("sorted by time, the oldest is not first:\n%s", st.View())
	}
	st.Do(screen.Reverse)
	if !strings.Contains(first(), "providers.list") {
		t.Fatalf("turned round, the newest is not first:\n%s", st.View())
	}
	st.Sort("took")
	st.Sort("took")
	if !strings.Contains(first(), "20.0 s") {
		t.Fatalf("sorted by time taken, the slowest is not first:\n%s", st.View())
	}
}

func TestAClickPutsTheCursorThereAndSorts(t *testing.T) {
	st := stage(t, morning())
	st.View()
	st.Send(tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft})
	st.Do(CopyRequest)
	if got := st.Copied[0].Text; !strings.HasPrefix(got, "Operation: connection.delete\n") {
		t.Errorf("copied %q", got)
	}
	st.Send(tea.MouseClickMsg{X: 5, Y: 1, Button: tea.MouseLeft})
	if column, _ := st.Screen.(*List).Table.Sorted(); column != "time" {
		t.Errorf("sorted by %q", column)
	}
}

func TestTwoHostsAreToldApart(t *testing.T) {
	log := morning()
	st := stage(t, log)
	st.Width = 120
	st.NotSee("https://api.nango.dev")
	note(log, nango.LogEntry{Operation: nango.OpIntegrationsList, Method: "GET", Host: "http://127.0.0.1:3003",
		Path: "/integrations", Began: noon})
	st.See("http://127.0.0.1:3003/integrat", "https://api.nango.dev/")
}

func TestAFullLogSaysThatOlderCallsAreGone(t *testing.T) {
	log := nango.NewLog()
	for i := range nango.LogSize + 5 {
		note(log, nango.LogEntry{Operation: nango.OpIntegrationGet, Method: "GET", Path: fmt.Sprintf("/integrations/key-%d", i), Began: noon})
	}
	st := stage(t, log)
	st.Width = 120
	st.See("1,000 calls · older requests are not kept", "key-1004")
	st.Do(screen.Bottom)
	st.See("key-5")
	st.NotSee("key-4")
}

func TestStrangersTextIsMadePlain(t *testing.T) {
	log := nango.NewLog()
	note(log, nango.LogEntry{Operation: nango.OpConnectionGet, Method: "GET", Path: "/connections/\x1b[2Ja\u202eb",
		State: nango.Failed, Status: 400, Code: "\x07bad\nworse", Began: noon})
	st := stage(t, log)
	st.Width = 120
	check := func() {
		t.Helper()
		if raw := st.Raw(); strings.ContainsAny(raw, "\x1b\x07\u202e") {
			t.Fatalf("a stranger's text reached the screen: %q", raw)
		}
		st.Fits()
	}
	check()
	st.Do(OpenRequest)
	check()
}

func TestItFitsEveryTerminal(t *testing.T) {
	for _, size := range [][2]int{{120, 35}, {80, 19}, {60, 10}, {20, 5}, {8, 2}, {1, 1}} {
		st := stage(t, morning())
		st.Width, st.Height = size[0], size[1]
		st.Fits()
		st.Do(screen.Filter)
		st.Type("zzz")
		st.Fits()
		st.Do(screen.FilterDrop)
		st.Do(OpenRequest)
		st.Fits()
	}
}

func TestKeysAreTextWhileTheFilterIsTyped(t *testing.T) {
	st := stage(t, morning())
	st.Key(tea.KeyPressMsg{Code: 'x', Text: "x"})
	st.See("5 calls")
	st.Do(screen.Filter)
	st.Do(screen.FilterDown)
	st.Type("delete")
	st.See("1 shown")
	for _, action := range st.Screen.Actions() {
		if !action.WhileTyping {
			t.Errorf("%s would be dispatched for a key that is text", action.ID)
		}
	}
}

func TestLooks(t *testing.T) {
	for name, size := range map[string][2]int{"list80x19": {80, 19}, "list120x35": {120, 35}, "list60x10": {60, 10}} {
		t.Run(name, func(t *testing.T) {
			st := stage(t, morning())
			st.Width, st.Height = size[0], size[1]
			golden.RequireEqual(t, st.View())
		})
	}
	t.Run("one80x19", func(t *testing.T) {
		st := stage(t, morning())
		st.View()
		st.Do(screen.Down)
		st.Do(OpenRequest)
		golden.RequireEqual(t, st.View())
	})
}

// BenchmarkView is what a key costs on a full log: reading it included.
func BenchmarkView(b *testing.B) {
	log := nango.NewLog()
	for i := range nango.LogSize {
		note(log, nango.LogEntry{Operation: nango.OpIntegrationGet, Method: "GET", Path: fmt.Sprintf("/integrations/key-%d", i), Began: noon})
	}
	st := screentest.New(b, http.NotFoundHandler(), someKey, NewList(screen.To("requests"), log))
	st.Now, st.Width, st.Height = noon, 120, 35
	b.ReportAllocs()
	for b.Loop() {
		st.Raw()
	}
}

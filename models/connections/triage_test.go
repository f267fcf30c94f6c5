package connections

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// broken is a world in which Globex fails, an hour after noon, so that the failure is over.
func broken(t *testing.T) *world {
	t.Helper()
	now := noon
	w := acme(t)
	w.server = sandbox.New(sandbox.Options{Seed: 7, Now: func() time.Time { return now }, RateLimit: -1})
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "Globex/1", Tags: globex(), Created: noon.Add(-41 * 24 * time.Hour)})
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.FailAuth))
	now = noon.Add(2 * time.Minute)
	return w
}

// The person on call reads why, since when and what now without scrolling.
func TestTheCauseAndTheFirstActionAreOnTheFirstScreen(t *testing.T) {
	w := broken(t).at(globexRef)
	w.Height = 19
	w.See("HubSpot answered 400", "invalid_grant", "failed 2 min ago", "NEXT", "‹connection.reconnect›", "reconnect link")
	view := w.View()
	if cause, next := strings.Index(view, "HubSpot answered"), strings.Index(view, "‹connection.reconnect›"); cause > next {
		t.Errorf("the action is before the cause:\n%s", view)
	}
	w.Width, w.Height = 120, 35
	lines := strings.Split(w.View(), "\n")
	if !strings.Contains(lines[0], "CAUSE") || !strings.Contains(lines[0], "WHO") {
		t.Errorf("a wide screen has one column:\n%s", w.View())
	}
}

func TestOtherScreensKnowTheCause(t *testing.T) {
	w := broken(t).at(globexRef)
	known, ok := w.Store.CauseOf(globexRef)
	if !ok || known.Key() != "revoked · BAD_REFRESH_TOKEN" || known.LogID == "" || !known.At.Equal(w.Now) {
		t.Errorf("the store has %+v", known)
	}
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.Do(screen.Refresh)
	if _, ok := w.Store.CauseOf(globexRef); ok {
		t.Error("a connection that works has a cause")
	}
	w.NotSee("CAUSE")
}

func TestThePageWorksWithoutLogs(t *testing.T) {
	w := broken(t)
	w.server = sandbox.New(sandbox.Options{Seed: 7, Now: func() time.Time { return noon }, RateLimit: -1,
		Logs: sandbox.LogOptions{Disabled: true}})
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "hubspot", Provider: "hubspot"}))
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "Globex/1", Tags: globex(), Created: noon})
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.FailAuth))
	w.at(globexRef)
	w.See("CAUSE  ✗ auth", "✗ failed 2 min ago", "Logs are off on this server.", "‹connection.reconnect›")
	if strings.Count(w.View(), "Logs are off") != 1 {
		t.Errorf("it says so more than once:\n%s", w.View())
	}
	if w.Action(Reconnect).Disabled != "" {
		t.Error("without logs, nothing can be done")
	}
}

// Slow logs don't keep anyone waiting: the page is there, and all of its actions.
func TestThePageIsUsableBeforeTheLogsArrive(t *testing.T) {
	w := broken(t)
	w.hold(w.server.Keys().Environment, detail(t, globexRef))
	w.Height, w.HoldReads = 60, true
	w.start()
	for w.Screen.(*Detail).now == nil {
		w.Deliver()
	}
	w.See("CAUSE  ✗ auth", "failed 2 min ago", "Reading the logs…", "‹connection.reconnect›")
	if w.Action(Reconnect).Disabled != "" {
		t.Error("nothing can be done before the logs arrive")
	}
	w.HoldReads = false
	w.DeliverAll()
	w.See("HubSpot answered 400")
	w.NotSee("Reading the logs…")
}

func TestAConnectionDeletedWhileItsPageIsOpen(t *testing.T) {
	w := broken(t).at(globexRef)
	w.See("HubSpot answered 400")
	_, err := nango.Send(context.Background(), w.Client, nango.DeleteConnection(globexRef))
	w.must(err)
	w.Do(screen.Refresh)
	w.See("No connection Globex/1 of hubspot")
	if _, ok := w.Store.CauseOf(globexRef); ok {
		t.Error("a deleted connection has a cause")
	}
}

// Whatever a log says is drawn as text, and short.
func TestHostileLogsAreText(t *testing.T) {
	w := broken(t)
	inner := w.server
	evil := `\u001b[2J\u001b]0;owned\u0007\u202e` + strings.Repeat("A", 1<<20)
	answer := `{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"operation":{"id":"` + strings.Repeat("1", 22) + `","message":"` + evil +
		`","state":"` + evil + `","operation":{"type":"` + evil[:40] + `","action":"x"},"error":{"type":"x","message":"` + evil + `"}},` +
		`"messages":[],"pagination":{"total":1}}}}`
	handler := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/mcp" {
			inner.ServeHTTP(rw, r)
			return
		}
		rw.Header().Set("Content-Type", "text/event-stream")
		_, _ = rw.Write([]byte("event: message\ndata: " + answer + "\n\n"))
	})
	w.Stage = screentest.Closed(t, handler, inner.Keys().Environment, detail(t, globexRef))
	w.Now, w.Height = noon.Add(2*time.Minute), 60
	w.start()
	w.Fits()
	if raw := w.Raw(); strings.Contains(raw, "\x1b]0;") || strings.Contains(raw, "\x1b[2J") || strings.Contains(raw, "\u202e") {
		t.Errorf("%.2000q", raw)
	}
	w.See("CAUSE", "‹connection.reconnect›")
}

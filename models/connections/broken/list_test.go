package broken

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"nango-tui/models/connections/bulk"
	"nango-tui/models/connections/incident"
	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// world is a sandbox with the list of groups.
type world struct {
	*screentest.Stage
	t      testing.TB
	server *sandbox.Server
}

// newWorld has an integration of a provider with that many connections.
func newWorld(t testing.TB, connections int, o sandbox.LogOptions) *world {
	t.Helper()
	w := &world{t: t}
	w.server = sandbox.New(sandbox.Options{Seed: 7, Now: func() time.Time { return noon }, RateLimit: -1, Logs: o})
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "hubspot"}))
	for n := range connections {
		_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: fmt.Sprintf("c-%d", n),
			Tags: map[string]string{"end_user_display_name": fmt.Sprintf("Customer %d", n)}})
		w.must(err)
	}
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) fail(n int, because sandbox.Cause) {
	w.t.Helper()
	w.must(w.server.FailBecause("crm", fmt.Sprintf("c-%d", n), because))
}

func (w *world) open() *world {
	w.t.Helper()
	l, err := NewList(screen.To(Route), bulk.NewRuns())
	w.must(err)
	w.Stage = screentest.Closed(w.t, w.server, w.server.Keys().Environment, l)
	w.Now, w.Width, w.Height = noon, 140, 30
	w.Open()
	return w
}

func TestConnectionsAreGroupedByCause(t *testing.T) {
	w := newWorld(t, 20, sandbox.LogOptions{})
	for n := range 8 {
		w.fail(n, sandbox.CauseRevoked)
	}
	w.fail(9, sandbox.CauseClientSecret)
	w.open()
	w.See("9 of 20 connections broken")
	w.SeeLine("revoked", "crm", "2 of 20")
	w.SeeLine("auth error, not checked", "6 of 20") // there are two causes, so that theirs can't be assumed
	w.Do(CheckMore)
	w.SeeLine("revoked", "crm", "8 of 20")
	w.SeeLine("app credentials", "1 of 20", "our app's credentials")
	w.FitsEverywhere()
}

func TestAnOutageLooksLikeOne(t *testing.T) {
	w := newWorld(t, 10, sandbox.LogOptions{})
	for n := range 6 {
		w.fail(n, sandbox.CauseOutage)
	}
	w.open()
	w.SeeLine("provider down", "6 of 10", "an outage of")
	w.See("3 of 6 checked")
	w.Do(CheckMore)
	w.See("6 of 6 checked")
	if w.Action(CheckMore).Disabled == "" {
		t.Error("there is nothing more to check")
	}
}

// logs are the requests for logs that were sent.
func (w *world) logs() (bodies []string) {
	for _, call := range w.Fetched {
		if call.Operation == nango.OpLogsList || call.Operation == nango.OpLogGet {
			bodies = append(bodies, string(call.Body))
		}
	}
	return bodies
}

func TestTheLogsCostFewRequests(t *testing.T) {
	w := newWorld(t, 0, sandbox.LogOptions{})
	for n := range 45 * checkedFirst { // more than the batches have room for
		key := fmt.Sprint("crm-", n/checkedFirst)
		if n%checkedFirst == 0 {
			w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "hubspot"}))
		}
		_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: fmt.Sprint("c-", n)})
		w.must(err)
		w.must(w.server.FailBecause(key, fmt.Sprint("c-", n), sandbox.CauseRevoked))
	}
	w.open()
	if sent := len(w.logs()); sent != 6 {
		t.Errorf("%d requests for logs", sent)
	}
}

func TestWhatIsKnownIsNotAskedAgain(t *testing.T) {
	w := newWorld(t, 4, sandbox.LogOptions{})
	w.fail(1, sandbox.CauseRevoked)
	w.open()
	before := len(w.logs())
	w.Do(screen.Refresh)
	for _, body := range w.logs()[before:] {
		if strings.Contains(body, "logs_get_operation") {
			t.Errorf("asked again: %s", body)
		}
	}
	w.SeeLine("revoked", "1 of 4")
}

func TestAGroupLeadsToItsConnectionsAllMarked(t *testing.T) {
	w := newWorld(t, 10, sandbox.LogOptions{})
	for n := range 3 {
		w.fail(n, sandbox.CauseRevoked)
	}
	w.open()
	w.Do(OpenGroup)
	w.See("3 connections", "3 marked", "Customer 1")
	w.Do(ChangeMany)
	if title := w.Picks[0].Title; title != "Change 3 connections" {
		t.Errorf("the menu is called %q", title)
	}
	w.Do(OpenConnection)
	if got := w.Opened[0].String(); !strings.HasPrefix(got, "connection/crm/c-") {
		t.Errorf("opened %s", got)
	}
}

func TestWithoutLogsErrorsAreGroupedByKind(t *testing.T) {
	w := newWorld(t, 5, sandbox.LogOptions{Disabled: true})
	w.must(w.server.Fail("crm", "c-1", sandbox.FailAuth))
	w.open()
	w.See("Logs are off on this server. Errors are grouped by kind only.")
	w.SeeLine("auth error", "1 of 5")
}

func TestNothingIsBroken(t *testing.T) {
	newWorld(t, 2, sandbox.LogOptions{}).open().See("Nothing is broken.")
}

func TestTheReportOfAGroupHasItsConnections(t *testing.T) {
	w := newWorld(t, 10, sandbox.LogOptions{})
	for n := range 3 {
		w.fail(n, sandbox.CauseRevoked)
	}
	w.open()
	w.Do(OpenGroup)
	w.Do(incident.Export)
	w.Pick("Markdown to the clipboard")
	text := w.Copied[len(w.Copied)-1].Text
	for _, want := range []string{"# Incident: crm · revoked", "- Connections: 3 of 10", "## Connections", "NANGO_API_KEY"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	if n := strings.Count(text, " · crm · ") + strings.Count(text, "- crm · "); n != 3 {
		t.Errorf("%d connections:\n%s", n, text)
	}
}

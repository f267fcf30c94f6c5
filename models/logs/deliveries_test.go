package logs

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// fail makes the token refresh of a connection of its own fail, about which Nango sends a webhook.
func (w *world) fail() {
	w.t.Helper()
	if err := w.server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "hubspot"}); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: "c1"}); err != nil {
		w.t.Fatal(err)
	}
	if err := w.server.Fail("crm", "c1", sandbox.FailNextRefresh); err != nil {
		w.t.Fatal(err)
	}
	refresh := httptest.NewRequest(http.MethodGet, "/connections/c1?provider_config_key=crm&force_refresh=true", nil)
	refresh.Header.Set("Authorization", "Bearer "+w.server.Keys().Environment)
	w.server.ServeHTTP(httptest.NewRecorder(), refresh)
	w.now = w.now.Add(time.Minute)
}

func TestDeliveriesShowWhatReceiversAnswered(t *testing.T) {
	for status, want := range map[int][]string{
		429: {"429", "not sent again: 429"},
		403: {"403", "not sent again: Nango repeats after 5xx only"},
		503: {"503, 503, 503", "given up after 3 attempts"},
		200: {"200", "delivered"},
	} {
		w := newWorld(t, sandbox.LogOptions{})
		w.server.SetWebhook("https://hooks.example.com/nango?token=hunter2-hunter2", status)
		w.fail()
		w.at("deliveries?integration=crm&period=15m")
		w.SeeLine("connection_refresh", want[0])
		w.See(want[1], "https://hooks.example.com/nango")
		w.NotSee("hunter2")
		w.FitsEverywhere()
	}
}

func TestDeliveriesReadAFewAtATime(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{Operations: 3000}).at("deliveries?period=15d")
	batches := func() (n int) {
		for _, call := range w.Fetched {
			if strings.Contains(string(call.Body), "logs_get_operation") {
				n++
			}
		}
		return n
	}
	d := w.Screen.(*Deliveries)
	if d.Table.Len() <= nango.MaxLogBatch || batches() != 1 || len(d.answers) != nango.MaxLogBatch {
		t.Fatalf("%d deliveries, %d batches, %d answers", d.Table.Len(), batches(), len(d.answers))
	}
	for r := range d.Table.Each() {
		if r.Type != typeWebhook || r.Action == actionIncoming {
			t.Errorf("listed: %s", r.kind())
		}
		if isBad(r.LogOperation) && d.answers[r.ID] == nil && len(d.answers) > d.failed {
			t.Errorf("%s failed, and others were read before it", r.ID)
		}
	}
	w.Do(LoadAnswers)
	if batches() != 2 || len(d.answers) != 2*nango.MaxLogBatch {
		t.Errorf("%d batches, %d answers", batches(), len(d.answers))
	}
	w.Do(screen.Filter)
	w.Type("answer:200")
	if d.Table.Shown() == 0 {
		t.Error("no delivery matches")
	}
	for r := range d.Table.EachShown() {
		if !slices.Contains(d.answers[r.ID].codes, 200) {
			t.Errorf("shown: %+v", d.answers[r.ID])
		}
	}
}

func TestADeliveryShowsItsAttempts(t *testing.T) {
	w := newWorld(t, sandbox.LogOptions{})
	w.server.SetWebhook("https://hooks.example.com/nango", 503)
	w.fail()
	w.at("deliveries?integration=crm&period=15m")
	w.Do(OpenOperation)
	w.at(w.Opened[0].String())
	w.SeeLine("Attempts", "503, 503, 503", "given up after 3 attempts")
	w.Do(OpenMessage)
	w.See("connectionId") // the body that was sent
}

func TestAttemptsThatCantBeReadSaySo(t *testing.T) {
	d := Deliveries{answers: map[string]*delivery{"a": {err: screen.ErrDeclined}}}
	if got := d.answers["a"]; got.answer() != textNotRead || got.next() != "" {
		t.Errorf("%q, %q", got.answer(), got.next())
	}
	if gone := d.answers["b"]; gone.answer() != "" || gone.next() != "" {
		t.Errorf("an unknown one: %q, %q", gone.answer(), gone.next())
	}
	if after := (&delivery{codes: []int{503, 200}}).next(); after != "delivered at attempt 2" {
		t.Error(after)
	}
	if never := (&delivery{codes: []int{0}}).answer(); never != textNoAnswer {
		t.Error(never)
	}
}

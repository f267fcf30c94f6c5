package models

import (
	"net/http"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// scoped stands on a page with a key that has these scopes alone.
func scoped(t *testing.T, scopes ...string) *scene {
	t.Helper()
	const limitedKey = "5f0c7a52-6a5e-4a0f-8d7e-0a7b3f4a9c21"
	server := sandbox.New(sandbox.Options{Seed: 1})
	server.AddKey(limitedKey, scopes...)
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	if _, err := server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: id}); err != nil {
		t.Fatal(err)
	}
	s := &scene{server: server, page: newPage(key, id)}
	s.driver = newDriver(t, server, limitedKey, "acme", profiles{"acme": {}})
	s.app.push(s.app.active, s.page, screen.To("page"))
	s.after(s.app.flush())
	return s
}

func (s *scene) disabled(id screen.ActionID) string {
	s.t.Helper()
	action, ok := s.action(id)
	if !ok {
		s.t.Fatalf("there is no action %s", id)
	}
	return action.Disabled
}

func TestAnActionIsDisabledAfterAMissingScope(t *testing.T) {
	s := scoped(t, "environment:connections:list")
	s.do(patch)
	s.press("right", "enter")
	s.see("Insufficient scope")
	s.press("E")
	s.see("environment:connections:update")
	s.press("esc")
	if got := s.disabled(patch); got != "this API key lacks the scope environment:connections:update" {
		t.Errorf("the action says %q", got)
	}
	sent := len(s.server.Requests())
	s.press("x", "p")
	s.see("Patch: this API key lacks the scope environment:connections:update")
	if len(s.server.Requests()) != sent {
		t.Error("it was sent again")
	}
}

// Enter in the last field sends a form as well, and no action stands before it.
func TestAFormIsBlockedAfterAMissingScope(t *testing.T) {
	s := scoped(t, "environment:integrations:list")
	s.app.open(s.app.active, screen.To("new-integration", "algolia"), nil)
	s.after(s.app.flush())
	make := func() {
		s.pressBlindly("enter", "enter", "enter", "enter")
		s.press("right", "enter")
	}
	make()
	s.see("403 forbidden", "environment:integrations:create")
	sent := len(s.server.Requests())
	make()
	s.see("Create integration was not sent: this API key lacks the scope environment:integrations:create")
	if got := s.disabled(screen.Submit); got == "" || len(s.server.Requests()) != sent {
		t.Errorf("it was sent again; the action says %q", got)
	}
}

func TestRefreshingForgetsMissingScopes(t *testing.T) {
	s := scoped(t, "environment:connections:list")
	s.do(patch)
	s.press("right", "enter")
	s.app.runAction(s.app.top(), screen.RefreshAction(s.page))
	s.after(s.app.flush())
	if got := s.disabled(patch); got != "" {
		t.Errorf("the action says %q", got)
	}
}

// html is the answer of a server that does not know the path.
func html(prefix string) sandbox.Fault {
	return sandbox.Fault{PathPrefix: prefix, Status: http.StatusOK, ContentType: "text/html", Body: "<!doctype html><title>Nango</title>"}
}

func TestAMissingOperationIsRequestedOnce(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.server.Inject(html("/providers"))
	var providers screen.Load[[]nango.Provider]
	read := func() {
		s.app.turn(s.app.top(), func(t *screen.Turn) { providers.Fetch(t, nango.ListProviders(""), nil) })
		s.after(s.app.flush())
	}
	read()
	sent := len(s.server.Requests())
	if providers.Err == nil {
		t.Fatal("the list of providers was read")
	}
	first := providers.Err
	read()
	if providers.Err != first || len(s.server.Requests()) != sent {
		t.Errorf("asked again: %v", providers.Err)
	}
	action := screen.Action{Title: "Providers", ReadOperation: nango.OpProvidersList}
	if got := s.app.reason(s.app.check(s.app.active, action)); got != "this server is too old: Nango has it since v0.42.11" {
		t.Errorf("the action says %q", got)
	}
}

func TestHTMLAfterASuccessDoesNotDisableAnOperation(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.server.Inject(html("/connections"))
	s.do(read)
	if s.page.list.Err == nil {
		t.Fatal("HTML was read as a list")
	}
	s.server.ClearFaults()
	s.do(read)
	if s.page.list.Err != nil {
		t.Errorf("it is not asked again: %v", s.page.list.Err)
	}
}

func TestApprovedRequestsLeaveAQuarterOfTheBudget(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.do(patch)
	s.press("right", "enter")
	began, most := s.now, s.app.active.Limiter.Budget().Remaining*3/4
	for range most + 2 {
		s.do(approvedDelete)
		if left := s.app.active.Limiter.Budget().Remaining; left < 49 && s.now.Equal(began) {
			t.Fatalf("%d are left, and nobody waited", left)
		}
	}
	if s.now.Equal(began) {
		t.Error("nobody waited")
	}
}

// A server may ask to wait. The end of the wait is shown, and a key tries at once.
func TestAWaitThatTheServerAskedForCanBeCutShort(t *testing.T) {
	busy := true
	server := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if busy && r.URL.Path == "/connections" {
			busy = false
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"connections":[],"data":[]}`))
	})
	d := newDriver(t, server, "5f0c7a52-6a5e-4a0f-8d7e-0a7b3f4a9c21", "acme", profiles{"acme": {}})
	if action, _ := d.action(TryNow); action.Disabled == "" {
		t.Error("nothing waits, and the key is offered")
	}
	busy = true
	waits, began := 0, d.now
	d.onWait = func() {
		waits++
		d.see("waiting until "+d.now.Add(30*time.Second).Format(time.TimeOnly), "T Try now")
		d.onWait = nil
		d.do(TryNow)
		d.run()
		d.see("no connections yet")
		if d.now.Sub(began) >= 30*time.Second {
			t.Error("it was not tried at once")
		}
	}
	d.press("r")
	if waits != 1 {
		t.Errorf("waited %d times", waits)
	}
}

package guard_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

func forbidden(op nango.Operation, scopes ...string) error {
	return &nango.Error{Operation: op, Kind: nango.Forbidden, Scopes: scopes}
}

func TestAnOutcomeShowsWhatCannotBeDone(t *testing.T) {
	const op = nango.OpConnectionUpdate
	html := &nango.Error{Operation: op, Kind: nango.NotNango}
	for name, c := range map[string]struct {
		outcomes []error
		proven   bool
		want     guard.Reason
	}{
		"a missing scope":                        {[]error{forbidden(op, "x")}, true, guard.MissingScope},
		"a missing scope before anything worked": {[]error{forbidden(op, "x")}, false, guard.MissingScope},
		"a key that may do nothing":              {[]error{forbidden(op)}, true, 0},
		"a scope that was added since":           {[]error{forbidden(op, "x"), nil}, true, 0},
		"HTML from a server that is Nango":       {[]error{html}, true, guard.TooOld},
		"HTML from any server":                   {[]error{html}, false, 0},
		"HTML in place of what has worked":       {[]error{nil, html}, true, 0},
		"a server that was updated":              {[]error{html, &nango.Error{Operation: op, Kind: nango.Moved}}, true, 0},
		"an error of another operation":          {[]error{forbidden(nango.OpConnectionDelete, "x")}, true, 0},
		"a lost connection":                      {[]error{errors.New("connection reset")}, true, 0},
		"a server error":                         {[]error{&nango.Error{Operation: op, Kind: nango.RateLimited}}, true, 0},
	} {
		g := newGuard(dev, false)
		if c.proven {
			g.SetProven()
		}
		for _, err := range c.outcomes {
			g.Learn(op, err)
		}
		if got := g.Check(op, nango.Writes, noon); reasonOf(got) != c.want {
			t.Errorf("%s: denied with %v, want reason %d", name, got, c.want)
		}
		if got, _ := g.Decide(callOf(op), nango.Writes, true, noon); (got == guard.Deny) != (c.want != 0) {
			t.Errorf("%s: decided as %d", name, got)
		}
		if got := g.Limit(nango.OpConnectionsList, op); reasonOf(got) != c.want {
			t.Errorf("%s: the limit is %v, want reason %d", name, got, c.want)
		}
	}
}

// imitation is the error of a proxied request that a provider answers in Nango's words for a missing scope.
func imitation(t *testing.T) error {
	t.Helper()
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`{"error":{"code":"forbidden","message":"Insufficient scope. Required scope: environment:proxy"}}`))
	}))
	t.Cleanup(provider.Close)
	client, err := nango.NewClient(nango.Config{Host: provider.URL, Key: "5f0c7a52-6a5e-4a0f-8d7e-0a7b3f4a9c21"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = nango.Send(t.Context(), client, nango.Proxy(nango.ProxyRequest{Connection: globex, Method: http.MethodGet, Path: "/x"}))
	if err == nil {
		t.Fatal("the provider refused nothing")
	}
	return err
}

func TestAProviderThatImitatesNangoDisablesNothing(t *testing.T) {
	g := newGuard(dev, false)
	g.SetProven()
	g.Learn(nango.OpProxyGet, imitation(t))
	if got := g.Limit(nango.OpProxyGet); got != nil {
		t.Errorf("the proxy is denied with %v", got)
	}
}

func TestReadingAgainForgetsMissingScopesAndNotOldServers(t *testing.T) {
	const scoped, missing = nango.OpConnectionUpdate, nango.OpConnectionDelete
	g := newGuard(dev, false)
	g.SetProven()
	old := &nango.Error{Operation: missing, Kind: nango.NotNango}
	g.Learn(scoped, forbidden(scoped, "x"))
	g.Learn(missing, old)
	g.ForgetScopes()
	if got := g.Limit(scoped); got != nil {
		t.Errorf("the scope is still missing: %v", got)
	}
	if got := g.Limit(missing); reasonOf(got) != guard.TooOld || got.Err != error(old) || got.Since == "" {
		t.Errorf("the server is no longer too old: %v", got)
	}
}

func TestAGuardIsProvenOnceTheServerAnsweredAsNango(t *testing.T) {
	g := newGuard(dev, false)
	if g.IsProven() {
		t.Error("proven before any response")
	}
	g.SetProven()
	if !g.IsProven() {
		t.Error("not proven after a response")
	}
}

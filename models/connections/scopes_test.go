package connections

import (
	"encoding/json"
	"strings"
	"testing"

	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// narrow is a connection that was granted one of two scopes, of an integration whose functions need a third.
func narrow(t *testing.T) *world {
	t.Helper()
	w := acme(t)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "hubspot", Scopes: "a.read,b.read"}))
	w.must(w.server.AddFunction("crm", sandbox.FunctionSpec{Kind: "action", Name: "write-a", Scopes: []string{"a.read", "a.write"}}))
	_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: "n1", Credentials: json.RawMessage(
		`{"type":"OAUTH2","access_token":"x","refresh_token":"y","expires_at":"2030-01-01T00:00:00Z","raw":{"scope":"a.read"}}`)})
	w.must(err)
	return w
}

func TestScopesAreComparedOnceCredentialsAreFetched(t *testing.T) {
	w := narrow(t).at(nango.ConnectionRef{Integration: "crm", ID: "n1"})
	w.Height = 60
	w.NotSee("SCOPES")
	w.Do(Fetch)
	before := len(w.server.Requests())
	w.must(w.Confirm())
	if sent := len(w.server.Requests()) - before; sent != 3 {
		t.Errorf("%d requests; the dialog says 2 after the connection", sent)
	}
	w.SeeLine("configured", "a.read")
	w.SeeLine("granted", "a.read")
	w.SeeLine("✗ a.write (write-a) · missing")
	w.SeeLine("scopes not granted", "Not granted: b.read")
	w.FitsEverywhere()
}

func TestScopesThatCantBeReadSayWhy(t *testing.T) {
	w := narrow(t)
	w.server.Inject(sandbox.Fault{Method: "GET", PathPrefix: "/integrations/crm", Status: 500, Times: 9,
		Body: `{"error":{"code":"server_error"}}`})
	w.at(nango.ConnectionRef{Integration: "crm", ID: "n1"})
	w.Height = 60
	w.Do(Fetch)
	w.must(w.Confirm())
	w.SeeLine("SCOPES")
	w.See("server_error", "CREDENTIALS")
}

func TestManyScopesAreBounded(t *testing.T) {
	var p pageWriter
	lines := p.scopes(strings.Fields(strings.Repeat("s ", maxScopes+5)), nil)
	if len(lines) != maxScopes+1 || !strings.Contains(lines[maxScopes][0].Text.String(), "5 more") {
		t.Errorf("%d lines: %v", len(lines), lines[len(lines)-1])
	}
	functions := make([]nango.Function, 9)
	for i := range functions {
		functions[i] = nango.Function{Name: strings.Repeat("f", i+1), Enabled: true, Scopes: []string{"a"}}
	}
	if got := neededBy(functions); len(got) != 1 || got[0] != "a (f, ff, fff, 6 more)" {
		t.Errorf("%q", got)
	}
}

// Without credentials it isn't the provider that doesn't say what it granted. What functions need is compared with what is asked for.
func TestScopesAfterARefreshThatFailed(t *testing.T) {
	w := narrow(t)
	w.must(w.server.Fail("crm", "n1", sandbox.FailNextRefresh))
	w.at(nango.ConnectionRef{Integration: "crm", ID: "n1"})
	w.Height = 70
	w.Do(ForceRefresh)
	if w.Confirm() == nil {
		t.Error("the refresh has not failed")
	}
	w.SeeLine("granted", "not known")
	w.SeeLine("✗ a.write (write-a) · missing")
}

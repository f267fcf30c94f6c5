package cause

import (
	"context"
	"testing"

	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// Each way in which the embedded Nango fails a connection, and what is made of its operation.
func TestTheFailuresOfTheSandboxAreKnown(t *testing.T) {
	t.Parallel()
	world := sandbox.New(sandbox.Options{RateLimit: -1})
	listener, err := sandbox.Listen(world, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	client, err := nango.NewClient(nango.Config{Host: listener.URL(), Key: nango.Secret(world.Keys().Environment)})
	if err != nil {
		t.Fatal(err)
	}
	if err := world.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "microsoft-teams"}); err != nil {
		t.Fatal(err)
	}
	contacts := sandbox.FunctionSpec{Kind: "sync", Name: "contacts", Runs: "every hour", AutoStart: true, Returns: []string{"Contact"}}
	if err := world.AddFunction("crm", contacts); err != nil {
		t.Fatal(err)
	}
	for cause, want := range map[sandbox.Cause]Kind{
		sandbox.CauseRevoked: Revoked, sandbox.CauseOfflineAccess: NoRefreshToken, sandbox.CauseClientSecret: AppCredentials,
		sandbox.CauseOutage: ProviderDown, sandbox.CauseCertificate: Certificate, sandbox.CauseDNS: DNS, sandbox.CauseScopes: Scope,
		sandbox.CauseRateLimit: RateLimit, sandbox.CauseNotFound: NotFound, sandbox.CauseScript: Script,
	} {
		id, err := world.AddConnection(sandbox.ConnectionSpec{Integration: "crm"})
		if err != nil {
			t.Fatal(err)
		}
		if err := world.FailBecause("crm", id, cause); err != nil {
			t.Fatal(err)
		}
		view, _ := world.Connection("crm", id)
		detail, err := nango.Fetch(context.Background(), client,
			nango.GetLogOperation(view.AuthError+view.SyncError, nango.MessageQuery{Limit: 100}))
		if err != nil {
			t.Fatal(err)
		}
		if got := Of(Input{Operation: detail.Operation, Messages: detail.Messages}); got.Kind != want {
			t.Errorf("%s: %s: %s", cause, got.Kind, got.Headline())
		}
	}
}

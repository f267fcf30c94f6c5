package sessions

import (
	"testing"

	"nango-tui/nango/sandbox"
)

func TestOneSeesWhatTheHolderOfALinkSees(t *testing.T) {
	w, _ := broken(t, hub)
	w.Do(SeenByHolder)
	w.See("the link lives", hub, "allowed_integrations")
	w.NotSee(w.token())
	w.Leave()
	w.server.Inject(sandbox.Fault{Method: "GET", PathPrefix: "/connect/session", Status: 401,
		Body: `{"error":{"code":"unknown_connect_session_token"}}`, Times: 1})
	w.Do(SeenByHolder)
	w.See("The link shows nothing", "expired or was revoked")
}

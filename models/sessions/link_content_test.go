package sessions

import (
	"testing"

	"nango-tui/nango/sandbox"
)

func TestOneSeesWhatTheHolderOfALinkSees(t *testing.T) {
	w, _ := broken(t, hub)
	w.Do(LinkContent)
	w.See("the link is valid", hub, "allowed_integrations")
	w.NotSee(w.token())
	w.Leave()
	w.server.Inject(sandbox.Fault{Method: "GET", PathPrefix: "/connect/session", Status: 401,
		Body: `{"error":{"code":"unknown_connect_session_token"}}`, Times: 1})
	w.Do(LinkContent)
	w.See("Couldn't load the session", "expired or was revoked")
}

//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"nango-tui/nango/sandbox"
)

// globex is the customer who calls.
const (
	globex   = "Globex Corporation"
	globexID = "globex-1"
)

// incidents are what somebody on call is asked, each told from the start of the program to the cause in words. Keys counts all keys
// but typed text; requests are all that the program sends until then.
var incidents = []struct {
	name string
	// happens makes it happen; the customer globex has a connection of the integration crm.
	happens        func(s *sandbox.Server) error
	provider       string
	keys, requests int
	tell           func(s *story)
}{
	{"a refresh fails with invalid_grant", failing(sandbox.CauseRevoked), "hubspot", 4, 5, func(s *story) {
		s.openGlobex()
		s.see("HubSpot answered 400", "invalid_grant", "R  reconnect link")
	}},
	{"offline_access is missing", failing(sandbox.CauseOfflineAccess), "salesforce", 4, 5, func(s *story) {
		s.openGlobex()
		s.see("CAUSE", "refresh token")
	}},
	{"the client secret was changed", failing(sandbox.CauseClientSecret), "hubspot", 4, 5, func(s *story) {
		s.openGlobex()
		s.see("401", "invalid_client")
	}},
	{"an upstream's rate limit", failing(sandbox.CauseRateLimit), "hubspot", 4, 5, func(s *story) {
		s.openGlobex()
		s.see("429")
	}},
	{"wrong scopes", failing(sandbox.CauseScopes), "hubspot", 4, 5, func(s *story) {
		s.openGlobex()
		s.see("403", "scope")
	}},
	{"a sync that stopped by a bug of its function", failing(sandbox.CauseScript), "hubspot", 4, 5, func(s *story) {
		s.openGlobex()
		s.see("CAUSE", "line")
	}},
	{"an action that fails with 5xx", func(s *sandbox.Server) error {
		return s.FailAction("crm", "create-contact", 503, []byte(`{"message":"Service Unavailable"}`))
	}, "hubspot", 8, 8, func(s *story) {
		s.press(":")
		s.see("Go to")
		s.typeText("run/crm/create-contact?connection=" + globexID)
		s.press("enter")
		s.see("create-contact", globex, "Input (JSON)")
		s.press("ctrl+s")
		s.see("POST /action/trigger", "[ Cancel ]")
		s.agree()
		s.see("503")
	}},
	{"an outage of a provider", func(s *sandbox.Server) error {
		for n := range 299 {
			if _, err := s.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: fmt.Sprint("c-", n)}); err != nil {
				return err
			}
		}
		_, err := s.Outage("crm", 30*time.Minute)
		return err
	}, "hubspot", 1, 5, func(s *story) {
		s.press("9")
		s.see("300 of 300", "hubspot answered 503", "Looks like an outage of")
	}},
	{"duplicates of one end user", func(s *sandbox.Server) error {
		_, err := s.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: "globex-2",
			Tags: map[string]string{"end_user_id": "7", "end_user_display_name": globex}})
		return err
	}, "hubspot", 4, 5, func(s *story) {
		s.find("globex", "id globex-2")
		s.press("U")
		s.see("duplicate", "keep")
	}},
	{"a webhook that is refused", func(s *sandbox.Server) error {
		s.SetWebhook("https://hooks.acme.example/nango", 403)
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/connections", strings.NewReader(
			`{"provider_config_key":"crm","connection_id":"new","credentials":{"type":"OAUTH2","access_token":"x"}}`))
		r.Header.Set("Authorization", "Bearer "+s.Keys().Environment)
		r.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		if s.ServeHTTP(answer, r); answer.Code != http.StatusCreated {
			return fmt.Errorf("%d: %s", answer.Code, answer.Body)
		}
		return nil
	}, "hubspot", 4, 5, func(s *story) {
		s.press("4")
		s.see("operation")
		s.find("type:webhook", "✗ failed")
		s.press("enter")
		s.see("hooks.acme.example", "403")
	}},
}

// failing makes the connection of globex fail for a cause.
func failing(because sandbox.Cause) func(*sandbox.Server) error {
	return func(s *sandbox.Server) error { return s.FailBecause("crm", globexID, because) }
}

// openGlobex finds the customer by the name and opens the connection.
func (s *story) openGlobex() {
	s.t.Helper()
	s.press("/")
	s.see("enter Done")
	s.typeText("globex")
	s.see("/ globex", globex)
	s.press("enter")
	s.see("enter Open")
	s.press("enter")
	s.see("connection id")
}

func TestIncidentsTakeFewKeysAndRequests(t *testing.T) {
	for _, c := range incidents {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := sandbox.New(sandbox.Options{Seed: 5, RateLimit: -1, Logs: sandbox.LogOptions{Operations: 200}})
			host := httptest.NewServer(server)
			t.Cleanup(host.Close)
			err := server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: c.provider})
			for _, function := range []sandbox.FunctionSpec{{Kind: "action", Name: "create-contact"},
				{Kind: "sync", Name: "contacts", Returns: []string{"Contact"}, Runs: "every hour", AutoStart: true, Source: "catalog"}} {
				if err == nil {
					err = server.AddFunction("crm", function)
				}
			}
			if err == nil {
				_, err = server.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: globexID,
					Tags: map[string]string{"end_user_id": "7", "end_user_display_name": globex}})
			}
			if err == nil {
				err = c.happens(server)
			}
			if err != nil {
				t.Fatal(err)
			}
			s := &story{program: start(t, []string{"--host", host.URL}, append(sshEnv(), "NANGO_API_KEY="+server.Keys().Environment), size120x40())}
			s.see("CUSTOMER", "· now")
			c.tell(s)
			requests := len(server.Requests())
			t.Logf("%d keys, %d dialogs answered, %d requests", s.keys, s.answers, requests)
			if s.keys > c.keys || requests > c.requests {
				t.Errorf("it takes %d keys, more than %d, or %d requests, more than %d", s.keys, c.keys, requests, c.requests)
			}
		})
	}
}

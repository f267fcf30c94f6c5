package models

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"nango-tui/models/environment"
	"nango-tui/nango/sandbox"
)

// A server between two releases lists environments by UUID, but takes the number for a new key: it is in between.
type halfUpdated struct{ *sandbox.Server }

func (h halfUpdated) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "/api-keys") && r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/environments/"):
		http.NotFound(w, r)
	case r.URL.Path == "/environment/api-keys":
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"data":{"id":9,"display_name":"ci","scopes":["environment:*"],` +
			`"secret":"0b0b0b0b-1111-4222-8333-444444444444","created_at":"2026-11-22T14:35:55.187Z"}}`))
	default:
		h.Server.ServeHTTP(w, r)
	}
}

// The dialog shows every form in which the request may leave. A form that is learned comes first the next time.
func TestTheDialogShowsBothFormsOfARequest(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, RateLimit: -1, Server: sandbox.Server0717})
	d := newDriver(t, halfUpdated{server}, server.Keys().Account, "acme", profiles{"acme": {}})
	ask := func() []string {
		d.do(environment.NewKey)
		d.typeText("ci")
		d.press("ctrl+s")
		d.see("Create API key", "If this server doesn't have that path, this is sent instead:")
		o := d.app.overlay.(*confirmOverlay)
		var lines []string
		for _, line := range o.dialog.Request {
			if text := line.String(); strings.HasPrefix(text, "POST ") {
				lines = append(lines, text)
			}
		}
		return lines
	}
	first := ask()
	d.press("ctrl+y", "right", "enter")
	d.see("NEW KEY", "ci")
	d.press("esc")
	second := ask()
	d.press("ctrl+y")
	slices.Reverse(second)
	if len(first) != 2 || !slices.Equal(first, second) || first[1] != "POST /environment/api-keys" {
		t.Errorf("%q, then reversed %q", first, second)
	}
	if len(d.clipboard) != 2 || !strings.Contains(d.clipboard[0], "/environments/") ||
		!strings.Contains(d.clipboard[1], "/environment/api-keys") {
		t.Errorf("copied %q", d.clipboard)
	}
}

package functions

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// templates opens the templates for hubspot, of which one is already deployed.
func (w *world) templates() *world {
	w.t.Helper()
	w.must(w.server.LoadTemplates("hubspot", strings.NewReader(`[
		{"name":"notes","type":"action","description":"Writes a note","returns":["Note"],"json_schema":null},
		{"name":"deals","type":"sync","description":"Deals\n  and more","scopes":["crm.deals"],"returns":["Deal"],`+
		`"json_schema":{"definitions":{"Deal":{"type":"object"}}},"runs":"every day","auto_start":true,"track_deletes":true},
		{"name":"deals","type":"action","returns":[],"json_schema":null}]`)))
	w.list()
	w.Do(Templates)
	return w
}

func TestListAndDeployTemplates(t *testing.T) {
	w := newWorld(t).templates()
	w.See("3 templates of hubspot", "deals", "Deals and more", "✓ yes")
	w.FitsEverywhere()
	w.Do(ShowTemplate)
	w.See(`"Deal"`)
	w.Leave()
	w.Do(DeployTemplate)
	p := w.Proposal()
	if text := strings.Join(p.Consequences, " "); !strings.Contains(text, "crm.deals") || !strings.Contains(text, "every day") ||
		p.Call.Effect != nango.Runs {
		t.Errorf("the dialog says %s and %s", text, p.Call.Effect)
	}
	if !strings.Contains(string(p.Call.Body), `"function_type":"sync"`) {
		t.Errorf("the type is not named: %s", p.Call.Body)
	}
	w.Decline()
	w.See("3 templates")
	w.Do(DeployTemplate)
	w.must(w.Confirm())
	if w.Opened[0].String() != "function/hubspot/deals?type=sync" {
		t.Errorf("opened %v", w.Opened)
	}
}

func TestADeployedTemplateCantBeDeployedAgain(t *testing.T) {
	w := newWorld(t).templates()
	w.Screen.(*templates).Table.SetCursor(rowKey{kind: nango.ActionFunction, name: "notes"})
	if !strings.Contains(w.Action(DeployTemplate).Disabled, "already") {
		t.Error("it can be deployed again")
	}
	if w.Action(ShowTemplate).Disabled == "" {
		t.Error("a template without models shows some")
	}
}

func TestASlowTemplateDeploymentIsPolled(t *testing.T) {
	w := newWorld(t).templates()
	const id = "00000001-0000-4000-8000-000000000002"
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/deployments", Status: 202,
		Body: `{"id":"` + id + `","status":"waiting","created_at":"2026-03-01T12:00:00Z"}`, Times: 1})
	w.Do(DeployTemplate)
	w.must(w.Confirm())
	w.See("… waiting")
	w.server.Inject(sandbox.Fault{PathPrefix: "/functions/deployments", Status: 200,
		Body: `{"id":"` + id +
			`","status":"failed","created_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-01T12:00:00Z",` +
			`"error":{"code":"plan_limit","message":"no more on this plan"}}`})
	w.pollUntilDone()
	w.See("✗ failed", "plan_limit", "no more on this plan", "from Nango")
	if w.Action(RunSource).Disabled == "" {
		t.Error("there is a file to look at")
	}
	w.Leave()
	w.See("Deployment of deals failed: no more on this plan", "‹screen.refresh› hides this")
	w.wait(time.Minute)
	w.Do(screen.Refresh)
	w.NotSee("no more on this plan")
}

func TestTheTemplatesShowNoRowsOrAnError(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.LoadTemplates("hubspot", strings.NewReader(`[]`)))
	w.list()
	w.Do(Templates)
	w.See("Nango has no templates for hubspot")
	w.server.Inject(sandbox.Fault{PathPrefix: "/providers", Status: 404, ContentType: "text/html", Body: "<html>", Times: 1})
	w.Do(screen.Refresh)
	w.See("Couldn't load the", "v0.70.7")
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations/hubspot", Status: 404,
		Body: `{"error":{"code":"not_found","message":"gone"}}`, Times: 1})
	w.Do(screen.Refresh)
	w.See("Couldn't load the", "gone")
	w.FitsEverywhere()
}

func TestTemplateGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).templates()
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
}

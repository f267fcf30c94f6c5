package models

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// badAnswers are what a server may answer instead of Nango, and what has to be on the screen then.
var badAnswers = map[string]struct {
	fault sandbox.Fault
	told  string
}{
	"HTML":        {sandbox.Fault{Status: 200, ContentType: "text/html", Body: "<html><body>dashboard</body></html>"}, "not Nango"},
	"half a body": {sandbox.Fault{CutAfter: 20}, "the response ended"},
	"nothing":     {sandbox.Fault{Reset: true}, "network failure"},
	"not JSON":    {sandbox.Fault{Status: 200, Body: "{connections"}, "connections.list"},
	"403 with a scope": {
		sandbox.Fault{
			Status: 403,
			Body:   `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:connections:list"}}`,
		},
		"environment:connections:list",
	},
	"404": {sandbox.Fault{Status: 404, Body: `{"error":{"code":"not_found","message":"gone"}}`}, "404 not_found"},
	"409": {sandbox.Fault{Status: 409, Body: `{"error":{"code":"conflict"}}`}, "409 conflict"},
	"424": {
		sandbox.Fault{Status: 424, Body: `{"error":{"code":"invalid_credentials","message":"back off"}}`},
		"424 invalid_credentials",
	},
	"429": {
		sandbox.Fault{Status: 429, Body: `{"error":{"code":"too_many_request","method":"GET","path":"/connections"}}`},
		"429 too_many_request",
	},
	"500 without a body":   {sandbox.Fault{Status: 500, NoBody: true}, "500"},
	"503 of a gateway":     {sandbox.Fault{Status: 503, ContentType: "text/html", Body: "<h1>503</h1>"}, "503"},
	"an error of no shape": {sandbox.Fault{Status: 400, Body: `["what"]`}, "400"},
}

func TestBadResponsesAreShownAndCanBeRetried(t *testing.T) {
	for name, bad := range badAnswers {
		t.Run(name, func(t *testing.T) {
			server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6, RateLimit: -1})
			d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}})
			d.see("✓ ok")
			server.Inject(bad.fault)
			d.press("r")
			d.see("✗", bad.told)
			d.see("CUSTOMER", "✓ ok") // what was read before stays
			d.press("E")
			d.see("connections.list")
			d.press("esc")
			server.ClearFaults()
			d.press("r")
			d.notSee("✗") // a status alone may be part of the server's port
		})
	}
}

func TestBadResponsesAtStartOpenTheWelcomeScreenOrARetryableList(t *testing.T) {
	for name, bad := range badAnswers {
		t.Run(name, func(t *testing.T) {
			server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6, RateLimit: -1})
			server.Inject(bad.fault)
			d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}})
			d.see(bad.told)
			server.ClearFaults()
			d.press("r")
			if name != "HTML" {
				d.see("CUSTOMER", "✓ ok")
			}
		})
	}
}

func TestAnUnknownKeyOpensTheWelcomeScreen(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6})
	d := newDriver(t, server, "0b0b0b0b-1111-4222-8333-444444444444", "acme", profiles{"acme": {}})
	d.see("401", "NANGO_API_KEY")
	for _, r := range server.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent with a key that is not known", r.Method, r.Path)
		}
	}
}

func TestAMalformedKeyIsReportedBeforeAnythingIsSent(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6})
	d := newDriver(t, server, "not-a-key", "acme", profiles{"acme": {}})
	d.see("acme", "key")
	if n := len(server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// oddIDs are connection ids that a client trips over.
var oddIDs = []string{
	"a/b/c",
	"with space",
	`{"json":"id","n":1}`,
	`"quoted" 'twice'`,
	"müller@example.com",
	"👩‍🚀",
	"metadata",
	".",
	"..",
	"weird<>#?",
	"100%",
}

func TestAnOddIDIsShownAndOpened(t *testing.T) {
	for _, odd := range oddIDs {
		t.Run(odd, func(t *testing.T) {
			server := sandbox.New(sandbox.Options{Seed: 5, Connections: 1, RateLimit: -1})
			err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce"})
			if err == nil {
				_, err = server.AddConnection(sandbox.ConnectionSpec{Integration: key, ID: odd})
			}
			if err != nil {
				t.Fatal(err)
			}
			d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, func(c *Config) {
				c.Open = screen.To("connection", key, odd)
			})
			d.see("WHO", "connection id")
			for _, action := range d.app.top().screen.Actions() {
				if !action.Motion {
					d.app.dispatch(action)
					d.after(d.app.flush())
					d.press("esc")
				}
			}
		})
	}
}

func TestEveryTerminalSizeIsDrawn(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 30, RateLimit: -1})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}, "other": {}})
	sizes := []tea.WindowSizeMsg{
		{Width: 20, Height: 5},
		{Width: 1, Height: 1},
		{Width: 300, Height: 2},
		{Width: 2, Height: 100},
		{Width: 60, Height: 15},
		{Width: 120, Height: 40},
	}
	for _, keys := range [][]string{{}, {"D"}, {"?"}, {"ctrl+p"}, {":"}, {"P"}, {"L"}, {"R"}, {"enter"}, {"/"}} {
		d.app.home(screen.To("connections"))
		d.after(d.app.flush())
		d.press(keys...)
		for _, size := range sizes {
			d.send(size)
			lines := strings.Split(d.screen(), "\n")
			if len(lines) > size.Height {
				t.Errorf("after %q at %d×%d there are %d lines", keys, size.Width, size.Height, len(lines))
			}
		}
		d.press("esc", "esc")
	}
	d.see("CUSTOMER", "✓ ok")
}

func TestALongPasteIsCutAndReported(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 3, RateLimit: -1})
	long := tea.PasteMsg{Content: strings.Repeat("paste ", 350_000)}
	for _, keys := range [][]string{{"L"}, {"/"}, {"ctrl+p"}, {":"}, {"?"}} {
		d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}})
		d.press(keys...)
		d.send(long)
		d.press("backspace", "esc", "esc")
		d.see("CUSTOMER")
	}
}

package models

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango/sandbox"
)

// starting is a dashboard that doesn't know its size yet, and connects when the test runs its commands.
func starting(t *testing.T) *driver {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 1})
	for _, key := range []string{"airtable", "hubspot"} {
		if err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: key}); err != nil {
			t.Fatal(err)
		}
	}
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}})
	d.app = New(t.Context(), d.app.config)
	d.holdCmds, d.cmds = true, nil
	d.after(d.app.Init())
	return d
}

func (d *driver) early(keys string) {
	for _, r := range keys {
		d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (d *driver) connects() {
	d.holdCmds = false
	d.run()
}

// Keys from before the first screen are used in their order, wherever among them the size and the profile come.
func TestEarlyKeysAreUsedInOrder(t *testing.T) {
	for split := range 6 {
		d := starting(t)
		const keys = "2/air"
		d.early(keys[:split])
		d.resize(100, 30)
		d.early(keys[split:])
		d.connects()
		d.see("Integrations", "airtable")
		d.notSee("hubspot")
	}
}

// Keys that are too many, or that were typed while the user saw that nothing is connected, are dropped as a whole.
func TestEarlyKeysAreDroppedAsAWhole(t *testing.T) {
	d := starting(t)
	d.early("2/" + strings.Repeat("x", maxEarly))
	d.resize(100, 30)
	d.early("air")
	d.connects()
	d.see("Connections", "The keys from before the start were dropped")
	d.notSee("airtable")

	d = starting(t)
	d.early("2/a")
	d.resize(100, 30)
	d.now = d.now.Add(2 * earlyTime)
	d.early("ir")
	d.connects()
	d.see("The keys from before the start were dropped")
	d.notSee("airtable")
}

func TestCtrlCQuitsBeforeTheStart(t *testing.T) {
	d := starting(t)
	d.press("ctrl+c")
	d.connects()
	if !d.quit {
		t.Error("ctrl+c is kept")
	}
}

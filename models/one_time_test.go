package models

import (
	"context"
	"slices"
	"strings"
	"testing"

	"nango-tui/internal/guard"
	"nango-tui/models/environment"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// rotating is on the environment screen with a new webhook key confirmed. The response comes when answered is called.
func rotating(t *testing.T) (d *driver, answered func()) {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 5, Connections: 6, RateLimit: -1})
	d = newDriver(
		t,
		server,
		server.Keys().Environment,
		"acme",
		profiles{"acme": {}, "other": {}},
		func(c *Config) { c.Open = screen.To("environment") },
	)
	d.do(environment.Rotate)
	d.see("Rotate webhook signing key", "POST /environment/webhook-signing-key/rotate")
	o := d.app.overlay.(*confirmOverlay)
	d.typeText(o.dialog.Word)
	d.holdCmds = true
	d.press("enter")
	underWay := d.cmds
	d.cmds, d.holdCmds = nil, false
	return d, func() {
		d.cmds = append(d.cmds, underWay...)
		d.run()
	}
}

func TestANewKeyIsShownThoughItsFormWasClosed(t *testing.T) {
	d, answered := rotating(t)
	d.do(Connections)
	answered()
	d.see("SHOWN ONCE", "Nango never shows this key again")
	d.press("esc")
	d.see("Leave? The new webhook signing key was not copied or revealed", "it will be lost")
	d.press("enter")
	d.see("SHOWN ONCE")
	d.press("esc", "down", "enter")
	d.see("CUSTOMER", "not copied or revealed", "never shows it again")
}

func TestANewKeyIsShownThoughTheProfileWasSwitched(t *testing.T) {
	d, answered := rotating(t)
	d.app.connect("other")
	d.after(d.app.flush())
	answered()
	d.see("SHOWN ONCE", "the environment of acme")
	d.do(environment.Copy)
	if len(d.clipboard) != 1 || len(d.clipboard[0]) != 36 {
		t.Errorf("copied %q", d.clipboard)
	}
	d.press("esc")
	d.notSee("not copied or revealed")
}

func TestANewKeyIsShownThoughTheOtherProfileIsUnusable(t *testing.T) {
	d, answered := rotating(t)
	host := d.app.active.Profile.Host
	d.app.config.Connect = func(_ context.Context, name string) (ActiveProfile, error) {
		return d.connect(guard.Profile{Name: name, Host: host}, "0b0b0b0b-1111-4222-8333-555555555555")
	}
	d.holdCmds = true
	d.app.connect("other")
	d.receive(d.app.flush()())
	refused := d.cmds
	d.cmds, d.holdCmds = nil, false
	answered()
	d.see("SHOWN ONCE")
	d.cmds = refused
	d.run()
	d.see("SHOWN ONCE")
	d.press("esc", "down", "enter")
	d.see("NOT CONNECTED", "401")
}

func TestQuittingWithAnUncopiedKeyTakesASecondKey(t *testing.T) {
	d, answered := rotating(t)
	answered()
	d.see("SHOWN ONCE")
	d.press("q")
	d.see("not copied or revealed", "again to quit")
	if d.quit {
		t.Fatal("quit at the first key")
	}
	d.press("q")
	if !d.quit {
		t.Error("not quit at the second key")
	}
}

// What an environment's key may do is walked from every place; a key of the account has one place of its own.
func TestAnAccountKeySendsOnlyWhatIsConfirmed(t *testing.T) {
	for kind, profile := range profileKinds {
		for _, version := range sandbox.Versions {
			t.Run(kind+" "+string(version), func(t *testing.T) {
				w := &walker{t: t, profile: profile, account: true, version: version}
				w.walk(path{route: screen.To("environment")}, 2)
				if w.tried < 4 {
					t.Errorf("%d actions tried", w.tried)
				}
			})
		}
	}
}

func TestANewKeyIsMaskedUntilRevealed(t *testing.T) {
	server := sandbox.New(sandbox.Options{Seed: 5, RateLimit: -1})
	d := newDriver(t, server, server.Keys().Account, "acme", profiles{"acme": {}})
	d.do(environment.NewKey)
	d.typeText("4")
	d.press("enter")
	d.typeText("ci")
	d.press("enter")
	d.see("Create API key", "POST /environment/api-keys", "shown once")
	d.press("right", "enter")
	d.see("SHOWN ONCE", "ci")
	d.do(environment.Copy)
	secret := d.clipboard[0]
	for _, key := range []string{"esc", "3", "enter"} {
		d.press(key)
		d.notSee(secret)
	}
	for _, entry := range d.app.config.Log.Entries() {
		if strings.Contains(entry.Path, secret) {
			t.Errorf("the log holds the key: %+v", entry)
		}
	}
}

func TestLeavingAnUncopiedKeyAsksFirst(t *testing.T) {
	d, answered := rotating(t)
	answered()
	for _, id := range []screen.ActionID{Connections, Switch} {
		d.do(id)
		d.see("Leave? The new webhook signing key was not copied or revealed")
		d.press("enter")
		d.see("SHOWN ONCE")
	}
	d.do(Connections)
	d.press("down", "enter")
	d.see("CUSTOMER")
}

// making is in another profile, with the screen of an environment that an account key created in acme.
func making(t *testing.T) *driver {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 5, RateLimit: -1})
	d := newDriver(t, server, server.Keys().Account, "acme", profiles{"acme": {}, "other": {}})
	d.do(environment.NewEnvironment)
	d.typeText("staging")
	d.press("ctrl+s")
	d.press("right")
	d.holdCmds = true
	d.press("enter")
	underWay := d.cmds
	d.cmds, d.holdCmds = nil, false
	d.app.connect("other")
	d.after(d.app.flush())
	d.cmds = append(d.cmds, underWay...)
	d.run()
	d.see("New environment", "staging")
	return d
}

// Screens opened from a one-time screen belong to its profile.
func TestScreensOpenedFromAOneTimeScreenBelongToItsProfile(t *testing.T) {
	d := making(t)
	d.see("acme: New environment") // the profile on the screen is another
	d.do(environment.NewKey)
	d.see("acme: New API key")
	d.typeText("ci")
	d.press("ctrl+s")
	o, asks := d.app.overlay.(*confirmOverlay)
	if !asks {
		t.Fatalf("nobody is asked:\n%s", d.screen())
	}
	if got := o.profile.Profile.Name; got != "acme" {
		t.Errorf("a key for an environment of acme would be made by %s", got)
	}
}

func TestARouteOpenedFromAOneTimeScreenBelongsToItsProfile(t *testing.T) {
	d := making(t)
	d.app.turn(d.app.top(), func(t *screen.Turn) { t.Open(screen.To("providers")) })
	d.after(d.app.flush())
	if got := d.app.top().profile.Profile.Name; got != "acme" {
		t.Errorf("opened in %s", got)
	}
}

func TestGoingToAnotherProfileAsksAboutAnUncopiedKey(t *testing.T) {
	d, answered := rotating(t)
	answered()
	d.press(":")
	d.typeText("profile/other")
	d.press("enter")
	d.see("Leave? The new webhook signing key was not copied or revealed")
	d.press("down", "enter")
	d.see("CUSTOMER")
	if d.app.active.Profile.Name != "other" {
		t.Errorf("stays in %s", d.app.active.Profile.Name)
	}
}

func TestAKeyShownDuringASwitchOfTheProfileStays(t *testing.T) {
	d, answered := rotating(t)
	d.holdCmds = true
	d.app.connect("other")
	d.after(d.app.flush())
	connecting := d.cmds
	d.cmds, d.holdCmds = nil, false
	answered()
	d.see("SHOWN ONCE")
	d.cmds = append(d.cmds, connecting...)
	d.run()
	d.see("other", "SHOWN ONCE", "the environment of acme")
	d.press("esc")
	d.see("Leave? The new webhook signing key was not copied or revealed")
}

func TestARejectedFormerProfileDoesNotAffectTheActiveOne(t *testing.T) {
	d := making(t)
	acme := d.app.top().profile
	if d.app.rejected(acme, &nango.Error{Kind: nango.Unauthorized}) {
		t.Error("the profile on the screen was left")
	}
	d.see("New environment", "staging")
}

func TestAnUncopiedKeySurvivesAnyNumberOfScreens(t *testing.T) {
	d, answered := rotating(t)
	answered()
	d.see("SHOWN ONCE")
	for range maxStack + 3 {
		d.app.open(d.app.active, screen.To("requests"), nil)
		d.after(d.app.flush())
	}
	if len(d.app.stack) != maxStack {
		t.Errorf("%d screens lie on each other", len(d.app.stack))
	}
	if !slices.ContainsFunc(d.app.stack, func(e *entry) bool { return lossWarning(e) != "" }) {
		t.Error("the new key is lost")
	}
}

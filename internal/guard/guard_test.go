package guard_test

import (
	"errors"
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

// noon is when the tests take place.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// The profiles that the rules distinguish.
var (
	dev             = guard.Profile{Name: "dev"}
	production      = guard.Profile{Name: "prod", Production: true}
	readOnly        = guard.Profile{Name: "look", ReadOnly: true}
	readOnlyRefresh = guard.Profile{Name: "look", ReadOnly: true, MayRefresh: true}
	lockedProd      = guard.Profile{Name: "vault", Production: true, ReadOnly: true}
)

// operations has one operation for each rule: an effect, or a link that needs no arming.
var operations = map[string]nango.Operation{
	"read": nango.OpConnectionsList, "refresh": nango.OpConnectionGet, "write": nango.OpConnectionUpdate,
	"run": nango.OpActionRun, "destroy": nango.OpConnectionDelete,
	"link": nango.OpSessionCreate, "revoke": nango.OpSessionDelete,
}

func callOf(op nango.Operation) nango.Call {
	return nango.Call{Operation: op, Effect: op.Effect(), About: nango.ConnectionRef{Integration: "crm", ID: "globex"}}
}

func newGuard(p guard.Profile, armed bool) *guard.Guard {
	g := guard.New(p)
	if armed {
		g.Arm(noon)
	}
	return g
}

// reasonOf is the reason of a denial; zero if nothing is denied.
func reasonOf(d *guard.Denial) guard.Reason {
	if d == nil {
		return 0
	}
	return d.Reason
}

func TestCheckFollowsTheTableOfEffects(t *testing.T) {
	const allowed, unarmed, locked = guard.Reason(0), guard.NotArmed, guard.ReadOnly
	for name, c := range map[string]struct {
		profile guard.Profile
		armed   bool
		want    map[string]guard.Reason
	}{
		"development": {dev, false, nil},
		"production": {production, false, map[string]guard.Reason{
			"write": unarmed, "run": unarmed, "destroy": unarmed, "link": allowed, "revoke": allowed, "refresh": allowed,
		}},
		"armed production": {production, true, nil},
		"read-only": {readOnly, false, map[string]guard.Reason{
			"refresh": locked, "write": locked, "run": locked, "destroy": locked, "link": locked, "revoke": locked,
		}},
		"read-only with refresh": {readOnlyRefresh, false, map[string]guard.Reason{
			"write": locked, "run": locked, "destroy": locked, "link": locked, "revoke": locked,
		}},
		"read-only production, armed all the same": {lockedProd, true, map[string]guard.Reason{
			"refresh": locked, "write": locked, "run": locked, "destroy": locked, "link": locked, "revoke": locked,
		}},
	} {
		for kind, op := range operations {
			got := newGuard(c.profile, c.armed).Check(op, op.Effect(), noon)
			if reasonOf(got) != c.want[kind] {
				t.Errorf("%s: a %s is denied for reason %d (%v), want %d", name, kind, reasonOf(got), got, c.want[kind])
			}
		}
	}
}

// A request can be worse than its operation, such as a proxied GET to another host.
func TestCheckTakesTheEffectOfTheRequest(t *testing.T) {
	g := newGuard(production, false)
	if got := g.Check(nango.OpProxyGet, nango.Runs, noon); reasonOf(got) != guard.NotArmed {
		t.Errorf("a GET that runs something is denied with %v", got)
	}
}

func TestNoGuardAllowsNothing(t *testing.T) {
	var none *guard.Guard
	for kind, op := range operations {
		if got := none.Check(op, op.Effect(), noon); reasonOf(got) != guard.NotConnected {
			t.Errorf("without a profile a %s is denied with %v", kind, got)
		}
		if decision, _ := none.Decide(callOf(op), op.Effect(), true, noon); decision != guard.Deny {
			t.Errorf("without a profile a %s is decided as %d", kind, decision)
		}
		if got := none.CheckApproved(nil, callOf(op), noon); reasonOf(got) != guard.NotConnected {
			t.Errorf("without a profile an approved %s is denied with %v", kind, got)
		}
	}
	if none.Limit(nango.OpConnectionsList) != nil {
		t.Error("without a profile a limit is known")
	}
}

func TestDecideAsksByEffectAndByTheActionThatLedThere(t *testing.T) {
	const deny, ask, send = guard.Deny, guard.Ask, guard.Send
	for name, c := range map[string]struct {
		profile guard.Profile
		armed   bool
		// unnamed and named are what is decided without an action of the user, and with the action that names the effect.
		unnamed, named map[string]guard.Decision
	}{
		"development": {
			dev, false,
			map[string]guard.Decision{"read": send, "refresh": ask, "write": ask, "run": ask, "destroy": ask, "link": ask, "revoke": ask},
			map[string]guard.Decision{"read": send, "refresh": send, "write": ask, "run": ask, "destroy": ask, "link": send, "revoke": ask},
		},
		"production": {
			production, false,
			map[string]guard.Decision{"read": send, "refresh": ask, "write": deny, "run": deny, "destroy": deny, "link": ask, "revoke": ask},
			map[string]guard.Decision{"read": send, "refresh": ask, "write": deny, "run": deny, "destroy": deny, "link": send, "revoke": ask},
		},
		"armed production": {
			production, true,
			map[string]guard.Decision{"read": send, "refresh": ask, "write": ask, "run": ask, "destroy": ask, "link": ask, "revoke": ask},
			map[string]guard.Decision{"read": send, "refresh": ask, "write": ask, "run": ask, "destroy": ask, "link": send, "revoke": ask},
		},
		"read-only": {
			readOnly, false, map[string]guard.Decision{"read": send}, map[string]guard.Decision{"read": send},
		},
		"read-only with refresh": {
			readOnlyRefresh, false,
			map[string]guard.Decision{"read": send, "refresh": ask}, map[string]guard.Decision{"read": send, "refresh": send},
		},
	} {
		for kind, op := range operations {
			g := newGuard(c.profile, c.armed)
			for which, want := range map[nango.Effect]guard.Decision{0: c.unnamed[kind], op.Effect(): c.named[kind]} {
				got, denial := g.Decide(callOf(op), which, true, noon)
				if got != want || (denial != nil) != (got == deny) {
					t.Errorf("%s: a %s by an action that names %q is decided as %d (%v), want %d", name, kind, which, got, denial, want)
				}
			}
		}
	}
}

// A form stands for a dialog only if the user has seen it.
func TestDecideAsksIfTheFormWasNotSeen(t *testing.T) {
	for seen, want := range map[bool]guard.Decision{true: guard.Send, false: guard.Ask} {
		if got, _ := newGuard(dev, false).Decide(callOf(nango.OpSessionCreate), nango.Writes, seen, noon); got != want {
			t.Errorf("a link from a form, seen: %v, is decided as %d, want %d", seen, got, want)
		}
	}
}

// An action that names a lesser effect doesn't stand for a greater one.
func TestDecideAsksIfTheActionNamesALesserEffect(t *testing.T) {
	if got, _ := newGuard(dev, false).Decide(callOf(nango.OpConnectionGet), nango.Reads, true, noon); got != guard.Ask {
		t.Errorf("a refresh by an action that names a read is decided as %d", got)
	}
}

func TestArmingEndsByItselfAndByDisarming(t *testing.T) {
	for name, c := range map[string]struct {
		profile guard.Profile
		lasts   time.Duration
	}{
		"by default":     {production, guard.DefaultArmFor},
		"by the profile": {guard.Profile{Name: "prod", Production: true, ArmFor: time.Minute}, time.Minute},
	} {
		g := newGuard(c.profile, true)
		last := noon.Add(c.lasts - time.Second)
		if !g.IsArmed(last) || g.ArmedFor(last) != time.Second || g.Check(nango.OpConnectionUpdate, nango.Writes, last) != nil {
			t.Errorf("%s: it is not armed in the last second", name)
		}
		over := g.ArmedUntil()
		if g.IsArmed(over) || g.ArmedFor(over.Add(time.Hour)) != 0 {
			t.Errorf("%s: it is armed after %s", name, c.lasts)
		}
		if got := g.Check(nango.OpConnectionUpdate, nango.Writes, over); reasonOf(got) != guard.NotArmed {
			t.Errorf("%s: after arming a write is denied with %v", name, got)
		}
		g.Arm(noon)
		g.Disarm()
		if g.IsArmed(noon) || !g.ArmedUntil().IsZero() {
			t.Errorf("%s: it is armed after it was disarmed", name)
		}
	}
}

func TestOnlyProductionThatCanBeChangedCanBeArmed(t *testing.T) {
	for _, c := range []struct {
		profile guard.Profile
		want    guard.Reason
	}{{production, 0}, {dev, guard.NeedsNoArming}, {readOnly, guard.ReadOnly}, {lockedProd, guard.ReadOnly}} {
		if got := c.profile.CheckArming(); reasonOf(got) != c.want {
			t.Errorf("%+v can't be armed: %v, want reason %d", c.profile, got, c.want)
		}
	}
}

func TestDenialsSayWhy(t *testing.T) {
	for want, d := range map[string]*guard.Denial{
		"no profile is connected":                       {Reason: guard.NotConnected},
		"acme is read-only":                             {Reason: guard.ReadOnly, Profile: "acme"},
		"acme is production and not armed":              {Reason: guard.NotArmed, Profile: "acme"},
		"acme is not production: it needs no arming":    {Reason: guard.NeedsNoArming, Profile: "acme"},
		"this API key lacks the scope a or b":           {Reason: guard.MissingScope, Scopes: []string{"a", "b"}},
		"this server is too old: Nango has it since v1": {Reason: guard.TooOld, Since: "v1"},
		"it was not confirmed":                          {Reason: guard.NotApproved},
		"it is not allowed":                             {},
	} {
		if got := d.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if err := error(&guard.Denial{Reason: guard.ReadOnly}); !errors.As(err, new(*guard.Denial)) {
		t.Error("a denial is no error")
	}
}

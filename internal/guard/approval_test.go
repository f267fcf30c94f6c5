package guard_test

import (
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

var (
	globex = nango.ConnectionRef{Integration: "crm", ID: "globex"}
	other  = nango.ConnectionRef{Integration: "crm", ID: "other"}
)

// later are the requests that a confirmation covers besides its own.
var later = []guard.FutureRequest{{Operation: nango.OpConnectionDelete, About: globex}}

func TestAnApprovalCoversItsRequestsAndNoOthers(t *testing.T) {
	g := newGuard(dev, false)
	given := g.Approve(callOf(nango.OpConnectionUpdate), later)
	covered := callOf(nango.OpConnectionDelete)
	elsewhere := covered
	elsewhere.About = other
	for name, c := range map[string]struct {
		guard    *guard.Guard
		approval *guard.Approval
		call     nango.Call
		want     guard.Reason
	}{
		"what it covers":             {g, given, covered, 0},
		"another operation":          {g, given, callOf(nango.OpConnectionUpdate), guard.NotApproved},
		"another connection":         {g, given, elsewhere, guard.NotApproved},
		"no approval":                {g, nil, covered, guard.NotApproved},
		"a forged approval":          {g, &guard.Approval{}, covered, guard.NotApproved},
		"another profile's guard":    {newGuard(dev, false), given, covered, guard.NotApproved},
		"nothing covered beforehand": {g, g.Approve(callOf(nango.OpConnectionUpdate), nil), covered, guard.NotApproved},
	} {
		if got := c.guard.CheckApproved(c.approval, c.call, noon); reasonOf(got) != c.want {
			t.Errorf("%s: denied with %v, want reason %d", name, got, c.want)
		}
	}
}

func TestAnApprovalCannotBeExtended(t *testing.T) {
	g := newGuard(dev, false)
	list := []guard.FutureRequest{{Operation: nango.OpConnectionDelete, About: globex}}
	given := g.Approve(callOf(nango.OpConnectionUpdate), list)
	list[0].About = other
	call := callOf(nango.OpConnectionDelete)
	if !given.Covers(call) {
		t.Error("it covers no longer what it covered")
	}
	call.About = other
	if given.Covers(call) {
		t.Error("it covers what was written into its list afterwards")
	}
}

// What was confirmed with a link may follow unarmed; all else stops when arming ends.
func TestApprovedRequestsNeedArmingUnlessTheyBelongToALink(t *testing.T) {
	for name, c := range map[string]struct {
		confirmed nango.Operation
		want      guard.Reason
	}{
		"of a link":   {nango.OpSessionCreate, 0},
		"of a change": {nango.OpConnectionUpdate, guard.NotArmed},
	} {
		g := newGuard(production, true)
		given := g.Approve(callOf(c.confirmed), later)
		call := callOf(nango.OpConnectionDelete)
		if got := g.CheckApproved(given, call, noon); got != nil {
			t.Errorf("%s: denied with %v while armed", name, got)
		}
		if got := g.CheckApproved(given, call, noon.Add(guard.DefaultArmFor)); reasonOf(got) != c.want {
			t.Errorf("%s: denied with %v after arming, want reason %d", name, got, c.want)
		}
		g.Disarm()
		if got := g.CheckApproved(given, call, noon.Add(time.Second)); reasonOf(got) != c.want {
			t.Errorf("%s: denied with %v after disarming, want reason %d", name, got, c.want)
		}
	}
}

func TestAReadOnlyProfileSendsNothingThatWasApproved(t *testing.T) {
	for _, p := range []guard.Profile{readOnly, lockedProd} {
		g := newGuard(p, true)
		given := g.Approve(callOf(nango.OpSessionCreate), later)
		if got := g.CheckApproved(given, callOf(nango.OpConnectionDelete), noon); reasonOf(got) != guard.ReadOnly {
			t.Errorf("%+v: denied with %v", p, got)
		}
	}
}

func TestAnApprovedRequestIsDeniedByALimit(t *testing.T) {
	for _, confirmed := range []nango.Operation{nango.OpSessionCreate, nango.OpConnectionUpdate} {
		g := newGuard(production, true)
		given := g.Approve(callOf(confirmed), later)
		g.Learn(nango.OpConnectionDelete, forbidden(nango.OpConnectionDelete, "environment:connections:delete"))
		for _, at := range []time.Time{noon, noon.Add(time.Hour)} {
			got := reasonOf(g.CheckApproved(given, callOf(nango.OpConnectionDelete), at))
			if got != guard.MissingScope && (confirmed == nango.OpSessionCreate || at == noon) {
				t.Errorf("%s at %s: reason %d", confirmed, at, got)
			}
		}
	}
}

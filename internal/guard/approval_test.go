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

// One confirmation of many requests covers exactly those, and what one of them alone may do is not enough for many.
func TestManyRequestsAreStricter(t *testing.T) {
	about := func(id string) nango.ConnectionRef { return nango.ConnectionRef{Integration: "crm", ID: id} }
	all := []guard.FutureRequest{{Operation: nango.OpSyncTrigger, About: about("a")}, {Operation: nango.OpSyncTrigger, About: about("b")}}
	selection := func(id string) nango.SyncSelection { return nango.SyncSelection{Connection: about(id), All: true} }
	run := func(id string) nango.Call { return nango.TriggerSyncs(selection(id), nango.TriggerOptions{}).Call() }
	reset := nango.TriggerSyncs(selection("b"), nango.TriggerOptions{Reset: true}).Call()
	g := guard.New(guard.Profile{Name: "acme"})
	a := g.ApproveMany(run("a"), all)
	for name, c := range map[string]struct {
		call nango.Call
		want bool
	}{"another of them": {run("b"), true}, "one that is none of them": {run("c"), false}, "with a worse effect": {reset, false}} {
		if d := g.CheckApproved(a, c.call, time.Time{}); (d == nil) != c.want {
			t.Errorf("%s: %v", name, d)
		}
	}
	metadata := func(ids ...string) nango.Call { return nango.SetMetadata("crm", ids, []byte("{}")).Call() }
	a = g.ApproveMany(metadata("a", "b"),
		[]guard.FutureRequest{{Operation: nango.OpMetadataSet, About: about("a")}, {Operation: nango.OpMetadataSet, About: about("b")}})
	if d := g.CheckApproved(a, metadata("b", "a"), time.Time{}); d != nil {
		t.Errorf("of several: %v", d)
	}
	if d := g.CheckApproved(a, metadata("a", "c"), time.Time{}); d == nil {
		t.Error("it covers a connection that was not confirmed, among others")
	}
}

func TestManyRequestsNeedArmingAndNoReadOnlyProfile(t *testing.T) {
	link := nango.Call{Operation: nango.OpSessionReconnect, Effect: nango.Writes}
	refresh := nango.Call{Operation: nango.OpConnectionGet, Effect: nango.Refreshes}
	now := time.Unix(1, 0)
	production := guard.New(guard.Profile{Name: "prod", Production: true})
	if production.Check(link.Operation, link.Effect, now) != nil || production.CheckMany(link, now) == nil {
		t.Error("a single link needs no arming, and many do")
	}
	production.Arm(now)
	if d := production.CheckMany(link, now); d != nil {
		t.Error(d)
	}
	readOnly := guard.New(guard.Profile{Name: "ro", ReadOnly: true, MayRefresh: true})
	if readOnly.Check(refresh.Operation, refresh.Effect, now) != nil || readOnly.CheckMany(refresh, now) == nil {
		t.Error("a read-only profile may refresh one token, and not many")
	}
}

func TestTheWordForManyIsTheirNumber(t *testing.T) {
	call := nango.Call{Effect: nango.Writes, About: nango.ConnectionRef{Integration: "crm", ID: "globex-77e2"}}
	for count, want := range map[int]string{1: "77e2", 2: "2", 10_500: "10500"} {
		if got := guard.ManyWord(call, count, time.Time{}); got != want {
			t.Errorf("%d: %s", count, got)
		}
	}
}

// Putting back is the other half of what was confirmed while armed. It covers that body and no other.
func TestPuttingBackNeedsNoArmingAndCoversOneBody(t *testing.T) {
	g := newGuard(production, true)
	back := nango.UpdateConnection(globex, nango.ConnectionPatch{WebhookOverride: new(string)}).Call()
	given := g.Approve(callOf(nango.OpConnectionUpdate),
		[]guard.FutureRequest{{Operation: nango.OpConnectionUpdate, About: globex, PutsBack: string(back.Body)}})
	g.Disarm()
	if got := g.CheckApproved(given, back, noon); got != nil {
		t.Errorf("denied with %v", got)
	}
	elsewhere := "https://evil.example"
	other := nango.UpdateConnection(globex, nango.ConnectionPatch{WebhookOverride: &elsewhere}).Call()
	if got := g.CheckApproved(given, other, noon); reasonOf(got) != guard.NotApproved {
		t.Errorf("another body: %v", got)
	}
	readOnly := newGuard(guard.Profile{Name: "p", ReadOnly: true}, false)
	given = readOnly.Approve(callOf(nango.OpConnectionUpdate),
		[]guard.FutureRequest{{Operation: nango.OpConnectionUpdate, About: globex, PutsBack: string(back.Body)}})
	if got := readOnly.CheckApproved(given, back, noon); reasonOf(got) != guard.ReadOnly {
		t.Errorf("read-only: %v", got)
	}
}

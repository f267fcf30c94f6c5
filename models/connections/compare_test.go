package connections

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// compared opens the comparison of the broken connection of Globex with another one of hubspot that works.
func compared(t testing.TB) *world {
	w := acme(t)
	tags := globex()
	tags["plan"], tags["api_key"] = "free", "tag-secret-2"
	w.add(sandbox.ConnectionSpec{Integration: "hubspot", ID: "hooli-1", Tags: tags, Created: noon,
		Metadata: json.RawMessage(`{"seats":5,"api_key":"metadata-secret-2","nested":{"a":[1,2]}}`),
		Config:   json.RawMessage(`{"subdomain":"hooli"}`)})
	c, err := NewCompare(compareRoute(globexRef, refOf("hubspot", "hooli-1")))
	w.must(err)
	return w.open(c)
}

func TestTwoConnectionsAreComparedByWhatDiffers(t *testing.T) {
	w := compared(t)
	w.See("A  Globex Inc. · hubspot · Globex/1", "B  Globex Inc. · hubspot · hooli-1", "values differ")
	w.SeeLine("state", "auth error", "ok")
	w.SeeLine("plan", "growth", "free")
	w.SeeLine("seats", "9007199254740993", "5")
	w.NotSee("usr_812", "org_globex")
	w.Do(ShowEqual)
	w.See("usr_812", "org_globex")
	w.Do(ShowEqual)
	w.NotSee("usr_812")
	w.FitsEverywhere()
	if n := w.sent(http.MethodGet); n != 4 {
		t.Errorf("%d requests: two connections and their syncs take 4", n)
	}
}

// Secrets are compared by their values, and neither drawn nor found by the filter.
func TestSecretsAreComparedAndNotDrawn(t *testing.T) {
	w := compared(t)
	w.Width = 120
	w.SeeLine("metadata", "api_key", "differs")
	w.SeeLine("tags", "api_key", "–", "differs")
	w.Do(ShowEqual)
	for range 2 { // the broken one's fails, and has the config all the same
		w.Do(FetchSide)
		_ = w.Confirm()
	}
	w.SeeLine("credentials", "access_token")
	w.Screen.(*Compare).SetFilter("subdomain")
	w.SeeLine("config", "globex", "hooli")
	w.Screen.(*Compare).SetFilter("")
	for _, r := range w.Screen.(*Compare).rows {
		if strings.Contains(r.search(), "secret-") {
			t.Errorf("the filter finds %s", r.search())
		}
	}
	for range 30 {
		w.NotSee("secret-1", "secret-2")
		w.Do(screen.Down)
	}
}

// Reading credentials is done by a key that says so, for each connection with its own question: the one that works first.
func TestEachConnectionIsFetchedAfterItsOwnQuestion(t *testing.T) {
	w := compared(t)
	for _, want := range []string{"hooli-1", "Globex/1"} {
		w.Do(FetchSide)
		if p := w.Proposal(); p.Call.About.ID != want || len(p.AlsoApproves) > 0 {
			t.Errorf("proposed %+v", p)
		}
		w.Decline()
		if c := w.Screen.(*Compare); c.sides[c.next()].detail != nil {
			t.Error("read after a no")
		}
		w.Do(FetchSide)
		_ = w.Confirm()
	}
}

func TestEqualConnectionsDoNotDiffer(t *testing.T) {
	w := acme(t)
	c, err := NewCompare(compareRoute(globexRef, globexRef))
	w.must(err)
	w.open(c)
	w.See("Nothing differs in what is known.", "0 of ")
	w.Do(ShowEqual)
	w.SeeLine("metadata", "api_key", "same")
	w.NotSee("metadata-secret-1")
}

func TestAComparisonBeginsFromMarksOrAConnection(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Do(screen.Mark)
	if reason := w.Action(CompareMarked).Disabled; reason != whyNotTwoMarked {
		t.Errorf("one marked row can be compared: %q", reason)
	}
	w.Do(screen.Mark)
	w.Do(CompareMarked)
	if got := w.Opened[0].String(); !strings.HasPrefix(got, "compare/hubspot/initech-1/") && !strings.HasPrefix(got, "compare/slack/") {
		t.Errorf("opened %s", got)
	}
	w = acme(t).at(globexRef)
	w.Do(CompareWith)
	w.See("initech-1")
	if title := w.Screen.Title(); title != "Compare with Globex/1" {
		t.Errorf("the form is called %q", title)
	}
}

func TestAComparisonNeedsTwoConnections(t *testing.T) {
	for _, route := range []screen.Route{screen.To(CompareRoute, "a", "b", "c"), screen.To(CompareRoute, "a", "b", "c", "")} {
		if _, err := NewCompare(route); err == nil {
			t.Errorf("%s can be opened", route)
		}
	}
	w := acme(t)
	c, err := NewCompare(compareRoute(globexRef, refOf("hubspot", "gone")))
	w.must(err)
	w.open(c)
	w.See("No connection gone of hubspot.")
}

// A connection has an error for each sync that fails: they have the same name, and are compared in their order.
func TestValuesOfTheSameName(t *testing.T) {
	values := func(texts ...string) (all []comparedValue) {
		for _, text := range texts {
			all = append(all, comparedValue{partState, "sync error", text, text})
		}
		return all
	}
	for _, test := range []struct {
		left, right []comparedValue
		differ      []bool
	}{
		{values("1", "2"), values("1", "2"), []bool{false, false}},
		{values("1", "2"), values("1", "3"), []bool{false, true}},
		{values("1"), values("1", "2"), []bool{false, true}},
		{values("1", "2"), values("1"), []bool{false, true}},
	} {
		rows, keys := compareValues(test.left, test.right), map[int]bool{}
		var differ []bool
		for _, r := range rows {
			differ = append(differ, r.differs)
			keys[r.n] = true
		}
		if !slices.Equal(differ, test.differ) || len(keys) != len(rows) {
			t.Errorf("%v and %v: %+v", test.left, test.right, rows)
		}
	}
}

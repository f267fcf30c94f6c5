package connections

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// detail is the page that a route names.
func detail(t testing.TB, ref nango.ConnectionRef) *Detail {
	t.Helper()
	r, err := screen.ParseRoute(screen.To(DetailRoute, ref.Integration, ref.ID).String())
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewDetail(r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var globexRef = refOf("hubspot", "Globex/1")

// at opens the page of a connection, tall enough for all of it.
func (w *world) at(ref nango.ConnectionRef) *world {
	w.t.Helper()
	w.hold(w.server.Keys().Environment, detail(w.t, ref))
	w.Height = 80
	return w.start()
}

// select puts the cursor on a row of the page.
func (w *world) on(id string) *world {
	w.t.Helper()
	w.View()
	if !w.Screen.(*Detail).Rows.Select(id) {
		w.t.Fatalf("there is no row %q:\n%s", id, w.View())
	}
	return w
}

func TestThePageSaysFirstWhatIsWrong(t *testing.T) {
	w := acme(t).at(globexRef)
	w.See("CAUSE  ✗ auth", "✗ failed 2 min ago, 2026-03-01 12:00", "NEXT", "reconnect link")
	w.SeeLine("customer", "Globex Inc. · ops@globex.io")
	w.SeeLine("connection id", "Globex/1")
	w.SeeLine("created", "41 d ago, 2026-01-19")
	w.SeeLine("plan", "growth")
	w.See("HubSpot answered 400", "invalid_grant", "LAST OPERATIONS")
	w.SeeLine("token refresh", "17723")
	w.See(`"seats": 9007199254740993`, "None.", "Not fetched: reading it may refresh the token", "‹connection.fetch› fetches it")
	w.NotSee("metadata-secret-1")
	if title := w.Screen.Title(); title != "Globex Inc. · hubspot" {
		t.Errorf("the title is %q", title)
	}
	var fetched []nango.Operation
	for _, call := range w.Fetched {
		fetched = append(fetched, call.Operation)
	}
	want := []nango.Operation{nango.OpConnectionsList, nango.OpSyncsList, nango.OpLogGet, nango.OpProviderGet}
	if !slices.Equal(fetched, want) {
		t.Errorf("the page was opened by %v", fetched)
	}
}

func TestAFinePageHasNoCause(t *testing.T) {
	w := acme(t).at(refOf("slack", "globex-slack"))
	w.See("WHO  ✓ ok", "LAST OPERATIONS", "None in the last 15 days")
	w.NotSee("CAUSE", "NEXT")
}

func TestASyncErrorHasItsPlace(t *testing.T) {
	w := acme(t)
	w.must(w.server.Fail("slack", "globex-slack", sandbox.FailSync))
	w.at(refOf("slack", "globex-slack"))
	w.See("CAUSE  ✗ sync", "‹connection.syncs›", "which one fails", "sync fail there, too")
}

func TestAConnectionThatIsNotThere(t *testing.T) {
	w := acme(t).at(refOf("hubspot", "nobody"))
	w.See("No connection nobody of hubspot", "‹screen.refresh› tries again")
	for _, id := range []screen.ActionID{Reconnect, Fetch, Copy, Delete, EditTags} {
		if w.Action(id).Disabled == "" {
			t.Errorf("%s can be done", id)
		}
	}
}

func TestAPageThatCannotBeRead(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: 500, Times: 1, Body: `{"error":{"code":"server_error"}}`})
	w.at(globexRef)
	w.See("Couldn't load the connection", "server_error")
	w.Do(screen.Refresh)
	w.See("Globex Inc.")
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: 500, Times: 1, Body: `{"error":{"code":"server_error"}}`})
	w.Do(screen.Refresh)
	w.See("Globex Inc.", "not reloaded", "This page shows older data")
}

func TestNothingButTheKeyFetchesCredentials(t *testing.T) {
	w := acme(t)
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.at(globexRef)
	w.Do(Fetch)
	p := w.Proposal()
	if p.Call.Operation != nango.OpConnectionGet || p.Call.Query.Get("force_refresh") != "" ||
		!slices.Equal(p.Consequences, []string{fetchMayRefresh, fetchIfFails, fetchScopes}) {
		t.Errorf("proposed %+v", p)
	}
	w.See("Fetching…")
	if w.Action(Fetch).Disabled == "" {
		t.Error("it can be fetched twice at once")
	}
	w.Decline()
	w.See("Not fetched")
	if view, _ := w.server.Connection("hubspot", "Globex/1"); !view.Fetched.Equal(view.Created) {
		t.Error("it was fetched after a no")
	}
	w.Do(Fetch)
	w.must(w.Confirm())
	w.SeeLine("webhook override", "https://hooks.example.com/globex")
	w.SeeLine("subdomain", "globex")
	w.SeeLine("access_token", "••••••••")
	w.SeeLine("type", "OAUTH2")
	w.NotSee(secretOf(w, "access_token"))
}

// secretOf is a value of the credentials that the world has for Globex.
func secretOf(w *world, name string) string {
	w.t.Helper()
	view, _ := w.server.Connection("hubspot", "Globex/1")
	var credentials map[string]any
	w.must(json.Unmarshal(view.Credentials, &credentials))
	value, _ := credentials[name].(string)
	if value == "" {
		w.t.Fatalf("the world has no %s for Globex: %s", name, view.Credentials)
	}
	return value
}

func TestOneSecretIsRevealedForAWhile(t *testing.T) {
	w := acme(t)
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.at(globexRef)
	if w.Action(Reveal).Disabled == "" {
		t.Error("something can be revealed before anything was fetched")
	}
	w.Do(Fetch)
	w.must(w.Confirm())
	secret := secretOf(w, "access_token")
	w.on("credential access_token").Do(Reveal)
	w.See(secret[:20])
	clocked := w.Screen.(screen.Animated)
	if clocked.RedrawInterval() == 0 {
		t.Error("nothing hides it in time")
	}
	w.Now = w.Now.Add(screen.RevealTime)
	w.NotSee(secret[:20])
	if clocked.RedrawInterval() != 0 {
		t.Error("a clock runs with nothing revealed")
	}
	w.Do(Reveal)
	w.See(secret[:20])
	w.Do(Reveal)
	w.NotSee(secret[:20])
	w.Do(Copy)
	w.Pick("access_token")
	if got := w.copied(); !got.Secret || got.Text != secret {
		t.Errorf("copied %+v", got)
	}
	w.NotSee(secret[:20])
	w.Do(Copy)
	w.Pick("Connection as JSON with details")
	if got := w.copied().Text; strings.Contains(got, secret) || strings.Contains(got, "metadata-secret-1") ||
		!strings.Contains(got, "subdomain") {
		t.Errorf("copied %s", got)
	}
}

func TestAFailedRefreshStillFillsThePage(t *testing.T) {
	w := acme(t).at(globexRef)
	w.Do(Fetch)
	if w.Confirm() == nil {
		t.Fatal("the refresh did not fail")
	}
	w.See("fetch failed", "invalid_credentials", "subdomain", "The refresh failed, so Nango returned everything except the credentials")
	w.Do(ForceRefresh)
	if got := w.Proposal().Call.Query.Get("force_refresh"); got != "true" {
		t.Errorf("force_refresh is %q", got)
	}
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.must(w.Confirm())
	w.NotSee("fetch failed", "CAUSE")
	w.SeeLine("access_token", "••••••••")
}

// What the provider said is the cause: it comes before Nango's sentence.
func TestTheCauseIsWhatTheProviderSaid(t *testing.T) {
	w := acme(t).at(globexRef)
	const said = `{"error":"invalid_grant","error_description":"Token has been expired or revoked."}`
	body, err := json.Marshal(map[string]any{"error": map[string]any{
		"code": "invalid_credentials", "message": "The external API returned an error.",
		"payload": map[string]any{"dataMessage": said, "connection": map[string]any{}},
	}})
	w.must(err)
	w.server.Inject(sandbox.Fault{Method: "GET", PathPrefix: "/connections/", Status: 400, Body: string(body)})
	w.Do(Fetch)
	if w.Confirm() == nil {
		t.Fatal("the refresh did not fail")
	}
	w.SeeLine("fetch failed", "invalid_grant: Token has been expired or revoked.")
	w.See("connection.get: 400 invalid_credentials: The external API")
}

func TestWhatWasFetchedIsInSight(t *testing.T) {
	w := acme(t)
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.FailSync))
	w.at(globexRef)
	w.Height = 19
	w.See("CAUSE")
	w.NotSee("CREDENTIALS")
	w.Do(ForceRefresh)
	if w.Confirm() == nil {
		t.Fatal("the refresh did not fail")
	}
	w.See("CAUSE", "fetch failed")
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.Do(Fetch)
	w.must(w.Confirm())
	w.See("CREDENTIALS", "access_token")
}

func TestEmptyCredentialsHaveTwoReasons(t *testing.T) {
	w := acme(t)
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.hold(w.server.Keys().NoCredentials, detail(t, globexRef))
	w.Height = 80
	w.Open()
	w.Do(Fetch)
	w.must(w.Confirm())
	w.See("the provider has no authentication, or this API key lacks", "environment:connections:read_credentials")
}

func TestRowsLeadOn(t *testing.T) {
	w := acme(t).at(globexRef)
	w.on("integration").Do(OpenRow)
	if got := w.Opened[0].String(); got != "integration/hubspot" {
		t.Errorf("opened %s", got)
	}
	w.on("customer").Do(OpenRow)
	w.Pick("usr_812")
	if got := w.Opened[1].String(); got != "customer/usr_812?by=end_user_id" {
		t.Errorf("opened %s", got)
	}
	w.on("id")
	if w.Action(OpenRow).Disabled == "" {
		t.Error("the id leads somewhere")
	}
	w.on("tag plan").Do(Copy)
	w.Pick("Tag plan")
	if got := w.copied(); got.Text != "growth" || got.What != "tag plan" {
		t.Errorf("copied %+v", got)
	}
	w.Do(Reconnect)
	if got := w.Opened[2].String(); got != "reconnect/hubspot/Globex%2F1" {
		t.Errorf("opened %s", got)
	}
}

func TestMetadataHasAScreenOfItsOwn(t *testing.T) {
	w := acme(t).at(globexRef)
	w.on("metadata").Do(OpenRow)
	w.See(`"seats": 9007199254740993`, `"nested": {`, nango.Masked)
	w.NotSee("metadata-secret-1")
	w.Do(screen.Down)
	w.Do(screen.JSONCopy)
	if got := w.copied().Text; got != "9007199254740993" {
		t.Errorf("copied %q", got)
	}
	w.Do(screen.JSONCopyPath)
	if got := w.copied().Text; got != ".seats" {
		t.Errorf("copied %q", got)
	}
	w.Do(screen.JSONSearch)
	w.Type("api")
	w.Do(screen.FilterDone)
	w.Do(screen.JSONReveal)
	w.See("metadata-secret-1")
	if w.Screen.(screen.Animated).RedrawInterval() == 0 {
		t.Error("nothing hides it in time")
	}
	w.Now = w.Now.Add(screen.RevealTime)
	w.NotSee("metadata-secret-1")
	w.Do(screen.JSONCopy)
	if got := w.copied(); !got.Secret || got.Text != "metadata-secret-1" {
		t.Errorf("copied %+v", got)
	}
}

func TestDeletingLeavesThePage(t *testing.T) {
	w := acme(t).at(globexRef)
	w.Do(Delete)
	if goes := strings.Join(w.Proposal().Consequences, " "); !strings.Contains(goes, "Not counted") || !strings.Contains(goes, "records") {
		t.Errorf("what goes: %s", goes)
	}
	w.Decline()
	if w.Left {
		t.Error("the page was left after a no")
	}
	w.server.Inject(sandbox.Fault{Method: http.MethodDelete, Status: 500, Times: 1, Body: `{"error":{"code":"server_error"}}`})
	w.Do(Delete)
	if w.Confirm() == nil || w.Left {
		t.Error("the page was left after a failure")
	}
	w.Do(Delete)
	w.must(w.Confirm())
	if !w.Left {
		t.Error("the page of what is gone is still there")
	}
}

func TestAPageOfWhatNangoRefuses(t *testing.T) {
	w := acme(t)
	for _, id := range []string{"weird<>#?", "..", "metadata", `{"org":"acme"}`} {
		w.add(sandbox.ConnectionSpec{Integration: "slack", ID: id})
	}
	for id, refused := range map[string]bool{"weird<>#?": true, "..": true, "metadata": false, `{"org":"acme"}`: false} {
		w.at(refOf("slack", id))
		w.SeeLine("connection id", id)
		for _, action := range []screen.ActionID{Reconnect, Fetch, Delete, EditMetadata} {
			if reason := w.Action(action).Disabled; (reason != "") != refused {
				t.Errorf("%s of %s: %q", action, id, reason)
			}
		}
	}
	w.at(refOf("slack", "weird<>#?")).See("unusable id", "accepts such an id on import")
	if w.at(refOf("slack", "metadata")); w.Action(EditTags).Disabled == "" {
		t.Error("the tags of an id that is a path of its own can be edited")
	}
}

func TestWhatConcernsThePage(t *testing.T) {
	d := detail(t, globexRef)
	other := refOf("slack", "Globex/1")
	tags := nango.ConnectionPatch{Tags: &map[string]string{}}
	for _, c := range []struct {
		call nango.Call
		want bool
	}{
		{nango.UpdateConnection(globexRef, tags).Call(), true}, {nango.UpdateConnection(other, tags).Call(), false},
		{nango.DeleteConnection(globexRef).Call(), true}, {nango.DeleteConnection(other).Call(), false},
		{nango.SetMetadata("hubspot", []string{"Globex/1"}, []byte("{}")).Call(), true},
		{nango.MergeMetadata("hubspot", []string{"a", "b"}, []byte("{}")).Call(), true},
		{nango.MergeMetadata("slack", []string{"a", "b"}, []byte("{}")).Call(), false},
		{nango.ReconnectSession(globexRef, nango.SessionInput{}).Call(), true},
		{nango.DeleteIntegration("hubspot").Call(), true},
		{nango.ListConnections(nango.ConnectionQuery{}).Call(), false},
	} {
		if got := d.Concerns(c.call); got != c.want {
			t.Errorf("%s of %v concerns the page: %v", c.call.Operation, c.call.About, got)
		}
	}
}

func TestRoutesThatNameNoConnection(t *testing.T) {
	for _, route := range []string{"connection", "connection/a", "connection/a/", "connection/a/b/c"} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewDetail(r); err == nil {
			t.Errorf("%s is taken for a connection", route)
		}
	}
}

func TestThePageAsDrawn(t *testing.T) {
	for name, size := range map[string][2]int{"80x24": {80, 19}, "120x40": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := acme(t).at(globexRef)
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("fetched", func(t *testing.T) {
		w := acme(t)
		w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
		w.at(globexRef)
		w.Do(Fetch)
		w.must(w.Confirm())
		w.Width, w.Height = 80, 60
		golden.RequireEqual(t, w.View())
	})
}

func TestThePageFitsEveryTerminal(t *testing.T) {
	w := acme(t)
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.at(globexRef)
	w.Do(Fetch)
	w.must(w.Confirm())
	for _, size := range [][2]int{{1, 1}, {20, 5}, {40, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
		w.Do(screen.Bottom)
		w.Fits()
	}
}

func TestAgesGoOnWithoutANewAnswer(t *testing.T) {
	w := acme(t).at(globexRef)
	w.See("failed 2 min ago")
	w.Now = w.Now.Add(3 * time.Minute)
	w.See("failed 5 min ago")
}

func TestTheLogUnderTheCursorIsSelected(t *testing.T) {
	w := acme(t).at(globexRef)
	d := w.Screen.(*Detail)
	if id := d.SelectedOperation(); id != "" {
		t.Errorf("on %q, %q is selected", d.Rows.Selected(), id)
	}
	id := w.stored(globexRef).AuthError
	if w.on(rowLog + id); id == "" || d.SelectedOperation() != id {
		t.Errorf("on the log %q, %q is selected", id, d.SelectedOperation())
	}
}

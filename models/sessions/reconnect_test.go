package sessions

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

const (
	globexMetadata = `{"account":9007199254740993,"rate":1.10,"nested":{"ids":[12345678901234567890]},"name":"Globex"}`
	globexConfig   = `{"subdomain":"globex","limits":{"pages":9007199254740993,"api_key":"hush-hush-hush"},` +
		`"oauth_scopes_override":["read","write"],"oauth_client_id_override":"own-app","oauth_client_secret_override":"own-app-secret"}`
)

var globexTags = map[string]string{"end_user_id": "usr_812", "end_user_display_name": "Globex", "org": "globex"}

// globex is a connection that has everything that a reconnect can lose.
func (w *world) globex(integration string) nango.ConnectionRef {
	w.t.Helper()
	return w.add(sandbox.ConnectionSpec{
		Integration: integration, ID: "globex/1", Tags: globexTags, Metadata: json.RawMessage(globexMetadata),
		Config: json.RawMessage(globexConfig), WebhookURL: "https://hooks.globex.example/nango",
	})
}

// reconnect opens the screen for the connection.
func (w *world) reconnect(ref nango.ConnectionRef) {
	w.t.Helper()
	s, err := NewReconnect(screen.To(ReconnectRoute, ref.Integration, ref.ID))
	if err != nil {
		w.t.Fatal(err)
	}
	w.open(s)
}

// makeLink has the reconnect link made.
func (w *world) makeLink() {
	w.t.Helper()
	w.Do(MakeReconnect)
	if err := w.Confirm(); err != nil {
		w.t.Fatal(err)
	}
}

// read reads the connection whole; that a refresh fails is no failure here.
func (w *world) read() {
	w.t.Helper()
	w.Do(ReadConnection)
	_ = w.Confirm() // the connection comes with the error as well, which is what is looked at
}

func TestReconnectKeepsWhatItCanAndPutsTheMetadataBack(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.fail(ref, sandbox.FailAuth)
	w.reconnect(ref)
	w.See("Globex · globex/1 · private-bearer", "✗ auth error, failed just now", "4 keys", "Webhook override", "will be lost if set")

	w.read()
	w.See("https://hooks.globex.example/nango", "limits, oauth_scopes_override, subdomain",
		"✗ will be lost: limits.api_key, oauth_client_id_override,", "oauth_client_secret_override")
	w.NotSee("hush-hush-hush", "own-app-secret")

	w.makeLink()
	w.See("private-bearer", "expires in 30:00", "org=globex")
	w.finishes("")
	if got := string(w.is(ref).Metadata); got != "{}" {
		t.Fatalf("the customer's reconnect left the metadata %s: nothing to be put back", got)
	}
	w.lookUntilOver()

	is := w.is(ref)
	sameValue(t, is.Metadata, globexMetadata)
	sameValue(t, is.Config, `{"subdomain":"globex","limits":{"pages":9007199254740993},"oauth_scopes_override":"read,write"}`)
	if is.WebhookURL != "https://hooks.globex.example/nango" {
		t.Errorf("the webhook override is %q", is.WebhookURL)
	}
	for key, value := range globexTags {
		if is.Tags[key] != value {
			t.Errorf("the tag %s is %q", key, is.Tags[key])
		}
	}
	if w.server.SessionValid(w.token()) {
		t.Error("the link still works")
	}
	w.wantToast("reconnected, error cleared: Globex · private-bearer; its metadata was restored")
	w.See("✓ revoked", "✓ reconnected")
	w.NotSee("nango_connect_session_")
	w.wantSent("GET /connections/globex%2F1", "POST /connect/sessions/reconnect", "POST /connections/metadata", "GET /sync/status",
		"DELETE /connect/session")
	w.wantNoSecret()
}

func TestMetadataIsSentAsItWasWritten(t *testing.T) {
	w, _ := broken(t, bearer)
	w.finishes("")
	w.lookUntilOver()
	for _, r := range w.server.Requests() {
		if r.Path == "/connections/metadata" && r.Method == "POST" {
			for _, number := range []string{`9007199254740993`, `12345678901234567890`} {
				if !strings.Contains(string(r.Body), number) {
					t.Errorf("%s is not in %s", number, r.Body)
				}
			}
			return
		}
	}
	t.Error("the metadata was not put back")
}

func TestWithoutReadingOverrideAndConfigAreLost(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.fail(ref, sandbox.FailAuth)
	w.reconnect(ref)
	w.See("Webhook override", "Config", "will be lost if set (unknown: not read yet)", "‹reconnect.read› reads the connection first")
	w.Width, w.Height = 60, 10
	w.See("Webhook override  ✗ will be lost") // what is lost stands first: a small terminal shows no more
	w.Width, w.Height = 80, 19
	w.makeLink()
	w.finishes("")
	w.lookUntilOver()
	is := w.is(ref)
	if is.WebhookURL != "" || string(is.Config) != "{}" {
		t.Errorf("override %q, config %s: the sandbox keeps what the server drops", is.WebhookURL, is.Config)
	}
	sameValue(t, is.Metadata, globexMetadata)
}

func TestOAuthKeepsTheMetadataAndNothingIsPutBack(t *testing.T) {
	w, ref := broken(t, hub)
	w.finishes("")
	w.look()
	w.wantSent("POST /connect/sessions/reconnect", "GET /sync/status", "DELETE /connect/session")
	w.wantToast("reconnected, error cleared: Globex · hubspot-prod")
	sameValue(t, w.is(ref).Metadata, globexMetadata)
}

func TestItFailsAgain(t *testing.T) {
	w, ref := broken(t, model)
	w.look()
	if len(w.Toasts) > 0 {
		t.Fatalf("said without news: %q", w.Toasts)
	}
	if _, err := w.customer("", map[string]string{"apiKey": "bad"}); err == nil {
		t.Fatal("the provider took a bad key")
	}
	w.fail(ref, sandbox.FailAuth)
	w.look()
	w.wantToast("Globex · openai-prod failed again")
	w.See("! it failed again", "checked 2 times")
	w.look()
	if len(w.Toasts) != 1 {
		t.Errorf("said more than once: %q", w.Toasts)
	}
	w.finishes("")
	w.lookUntilOver()
	w.wantToast("reconnected, error cleared")
}

func TestTheMetadataIsEmptiedAndTheErrorStays(t *testing.T) {
	w, ref := broken(t, bearer)
	w.finishes("")
	w.fail(ref, sandbox.FailAuth) // what the customer gave does not work either
	w.look()
	if got := string(w.is(ref).Metadata); got != "{}" {
		t.Fatalf("put back after one look: %s", got)
	}
	w.look()
	sameValue(t, w.is(ref).Metadata, globexMetadata)
	w.See("its metadata was emptied, but the authentication error remains", "expires in")
	if !w.server.SessionValid(w.token()) {
		t.Error("the link was revoked though nothing is mended")
	}
	w.finishes("") // the second try works, and empties the metadata again
	w.lookUntilOver()
	sameValue(t, w.is(ref).Metadata, globexMetadata)
	w.wantToast("reconnected")
	if w.server.SessionValid(w.token()) {
		t.Error("the link still works")
	}
}

func TestWithoutAnErrorTheListCannotTell(t *testing.T) {
	w := newWorld(t)
	ref := w.add(sandbox.ConnectionSpec{Integration: hub, ID: "quiet", Tags: globexTags, Created: w.now.Add(-time.Hour)})
	w.reconnect(ref)
	w.See("✓ no errors (the API doesn't report whether it was reconnected)", "none")
	w.makeLink()
	w.See("so the API doesn't")
	w.Do(FetchConnection)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("not changed since the link was created")
	w.pass(time.Second)
	w.finishes("")
	w.Do(FetchConnection)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("✓ changed since the link was created")
	w.lookUntilOver()
	w.wantToast("the API doesn't report whether it was used")
	w.wantSent("POST /connect/sessions/reconnect", "GET /connections/quiet", "GET /connections/quiet")
}

func TestEmptiedMetadataTellsWhereNoErrorCanGo(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.reconnect(ref)
	w.makeLink()
	w.finishes("")
	w.lookUntilOver()
	sameValue(t, w.is(ref).Metadata, globexMetadata)
	w.wantToast("reconnected: Globex · private-bearer; its metadata was restored")
	if w.server.SessionValid(w.token()) {
		t.Error("the link still works")
	}
}

func TestMetadataThatCannotBePutBack(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		back  bool
		says  string
		sent  int
	}{
		"once": {sandbox.Fault{Status: 500, Body: `{"error":{"code":"server_error"}}`, Times: 1}, true,
			"; its metadata was restored", 2},
		"without answer": {sandbox.Fault{Reset: true, Times: 1}, true, "; its metadata was restored", 2},
		"answer lost":    {sandbox.Fault{CutAfter: 1, Status: 504, Body: "<html>", Times: 1}, true, "; its metadata was restored", 1},
		"ever": {sandbox.Fault{Status: 500, Body: `{"error":{"code":"server_error"}}`}, false,
			"; its metadata is empty and could not be restored", maxRestores},
	} {
		t.Run(name, func(t *testing.T) {
			w, ref := broken(t, bearer)
			w.finishes("")
			c.fault.Method, c.fault.PathPrefix = "POST", "/connections/metadata"
			w.server.Inject(c.fault)
			w.lookUntilOver()
			w.wantToast(c.says)
			if got := string(w.is(ref).Metadata) != "{}"; got != c.back {
				t.Errorf("the metadata is %s", w.is(ref).Metadata)
			}
			tries := 0
			for _, sent := range w.sent() {
				if sent == "POST /connections/metadata" {
					tries++
				}
			}
			if tries != c.sent {
				t.Errorf("sent %d times, not %d", tries, c.sent)
			}
			if w.server.SessionValid(w.token()) {
				t.Error("the link still works")
			}
			w.Do(CopyMetadata)
			sameValue(t, json.RawMessage(w.Copied[len(w.Copied)-1].Text), globexMetadata)
		})
	}
}

// A function that runs after the reconnect writes metadata of its own before anybody looked.
func TestMetadataThatSomebodyElseWroteIsLeft(t *testing.T) {
	w, ref := broken(t, bearer)
	w.finishes("")
	w.look()
	if _, err := nango.Send(t.Context(), w.Client, nango.SetMetadata(ref.Integration, []string{ref.ID},
		json.RawMessage(`{"synced":true}`))); err != nil {
		t.Fatal(err)
	}
	w.lookUntilOver()
	sameValue(t, w.is(ref).Metadata, `{"synced":true}`)
	w.wantToast("its metadata was changed by someone else and stays unchanged")
}

func TestTagsThatChangeWhileTheLinkIsMade(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.reconnect(ref)
	w.Do(MakeReconnect)
	w.See("Creating link")
	if reason := w.Action(screen.LeaveForm).Disabled; reason == "" {
		t.Error("the link could be lost by leaving")
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.NotSee("Careful")

	w.reconnect(ref)
	tags := map[string]string{"org": "initech"}
	if _, err := nango.Send(t.Context(), w.Client, nango.UpdateConnection(ref, nango.ConnectionPatch{Tags: &tags})); err != nil {
		t.Fatal(err)
	}
	w.makeLink()
	w.See("Careful", "its tags were changed while the link was created")
}

func TestTheCustomerNeverFinishes(t *testing.T) {
	w, _ := broken(t, bearer)
	if looks := w.lookUntilOver(); looks < 30 || looks > 45 {
		t.Errorf("looked %d times", looks)
	}
	w.wantToast("the link for Globex · private-bearer has expired; the authentication error is still there")
	w.See("expired: it no longer works")
	w.NotSee("session_token")
	w.wantSent("POST /connect/sessions/reconnect")
}

func TestAnIdThatNangoRefusesIsLeftAlone(t *testing.T) {
	w := newWorld(t)
	ref := w.add(sandbox.ConnectionSpec{Integration: bearer, ID: "weird<>#?"})
	w.reconnect(ref)
	for _, id := range []screen.ActionID{MakeReconnect, ReadConnection} {
		if reason := w.Action(id).Disabled; !strings.Contains(reason, "refuses it everywhere else") {
			t.Errorf("%s: %q", id, reason)
		}
	}
}

func TestNoLinkWithoutAYes(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.reconnect(ref)
	w.Do(ReadConnection)
	w.Decline()
	w.Do(MakeReconnect)
	p := w.Proposal()
	if got := strings.Join(p.Consequences, "\n"); !strings.Contains(got, "Restores the metadata") ||
		!strings.Contains(got, "Revokes the link") {
		t.Errorf("the dialog would say %q", got)
	}
	if len(p.AlsoApproves) != 2 || p.AlsoApproves[0].Operation != nango.OpSessionDelete ||
		p.AlsoApproves[1] != (screen.FutureRequest{Operation: nango.OpMetadataSet, About: ref}) {
		t.Errorf("the yes would cover %v", p.AlsoApproves)
	}
	w.Decline()
	w.wantSent()
	if reason := w.Action(MakeReconnect).Disabled; reason != "" {
		t.Errorf("it cannot be tried again: %s", reason)
	}
}

func TestWhatWasReadLongAgoIsReadAgainFirst(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.reconnect(ref)
	w.read()
	w.pass(2 * freshFor)
	w.Do(MakeReconnect)
	if len(w.Proposals) > 0 {
		t.Fatal("a link was proposed with old tags in it")
	}
	w.wantToast("reloaded first")
	w.See("will be lost if set") // the config may have changed as well
	w.makeLink()
}

func TestAConnectionThatIsNotThere(t *testing.T) {
	w := newWorld(t)
	w.reconnect(nango.ConnectionRef{Integration: bearer, ID: "nobody"})
	w.See("No connection nobody of private-bearer.")
	if reason := w.Action(MakeReconnect).Disabled; reason == "" {
		t.Error("a link could be made for it")
	}
}

func TestTheConnectionGoesWhileItIsWaitedFor(t *testing.T) {
	w := newWorld(t)
	ref := w.globex(bearer)
	w.reconnect(ref)
	w.makeLink()
	if _, err := nango.Send(t.Context(), w.Client, nango.DeleteConnection(ref)); err != nil {
		t.Fatal(err)
	}
	w.lookUntilOver()
	w.wantToast("no longer exists")
	if w.server.SessionValid(w.token()) {
		t.Error("the link still works")
	}
}

func TestARouteNeedsBothNames(t *testing.T) {
	for _, args := range [][]string{nil, {"hubspot"}, {"", "id"}, {"hubspot", ""}, {"a", "b", "c"}} {
		if _, err := NewReconnect(screen.To(ReconnectRoute, args...)); err == nil {
			t.Errorf("taken: %q", args)
		}
	}
}

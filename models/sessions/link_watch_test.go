package sessions

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// broken is a world with a reconnect link for a connection whose authentication fails.
func broken(t *testing.T, integration string) (*world, nango.ConnectionRef) {
	t.Helper()
	w := newWorld(t)
	ref := w.globex(integration)
	w.fail(ref, sandbox.FailAuth)
	w.reconnect(ref)
	w.makeLink()
	return w, ref
}

func TestLooksComeSoonAtFirstAndThenOnceAMinute(t *testing.T) {
	w, _ := broken(t, hub)
	first := w.watch().Next(w.now)
	if first > 5*time.Second {
		t.Errorf("the first look comes after %v", first)
	}
	before := first
	for range 12 {
		w.look()
		next := w.watch().Next(w.now)
		if next < before || next > time.Minute {
			t.Fatalf("after %v comes %v", before, next)
		}
		before = next
	}
	if before != time.Minute {
		t.Errorf("in the end it looks every %v", before)
	}
}

func TestTheLastLookFallsBehindTheEnd(t *testing.T) {
	w, ref := broken(t, hub)
	w.pass(sessionLife - time.Second)
	w.finishes("") // at the last moment
	if next := w.watch().Next(w.now); next <= 0 || next > 5*time.Second {
		t.Fatalf("the last look comes after %v", next)
	}
	w.lookUntilOver()
	w.wantToast("reconnected")
	sameValue(t, w.is(ref).Metadata, globexMetadata)
	w.wantSent("POST /connect/sessions/reconnect", "GET /sync/status") // the link had ended by itself
}

func TestASlowAnswerIsNotAskedForTwice(t *testing.T) {
	w, _ := broken(t, hub)
	w.HoldReads = true
	asked := len(w.Fetched)
	w.look()
	w.See("asking")
	w.look()
	if got := len(w.Fetched) - asked; got != 1 {
		t.Errorf("asked %d times", got)
	}
}

func TestALookThatFailsIsSaidAndTheNextGoesOn(t *testing.T) {
	w, _ := broken(t, hub)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/connections", Status: 500,
		Body: `{"error":{"code":"server_error","message":"down"}}`, Times: 1})
	w.look()
	w.See("! the last check failed: connections.list: 500 server_error: down")
	w.finishes("")
	w.look()
	w.wantToast("reconnected")
}

func TestAKeyThatMayNotListEndsTheWaiting(t *testing.T) {
	w, _ := broken(t, hub)
	w.server.Inject(sandbox.Fault{
		Method: http.MethodGet, PathPrefix: "/connections", Status: 403,
		Body: `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:connections:list"}}`,
	})
	w.look()
	if w.watch().Next(w.now) != 0 {
		t.Error("it goes on looking")
	}
	w.wantToast("can't be detected")
	w.See("environment:connections:list", "! still valid, expires in 29:57")
}

func TestRevokedByHand(t *testing.T) {
	w, _ := broken(t, hub)
	w.Do(Revoke)
	w.wantSent("POST /connect/sessions/reconnect")
	w.Decline()
	w.See("expires in 30:00")
	w.Do(Revoke)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if w.server.SessionValid(w.token()) {
		t.Error("the link still works")
	}
	w.See("✓ revoked")
	w.NotSee("session_token")
	for _, id := range []screen.ActionID{CopyLink, Revoke} {
		if w.Action(id).Disabled == "" {
			t.Errorf("%s can still be done", id)
		}
	}
	if looks := w.lookUntilOver(); looks != 1 {
		t.Errorf("looked %d times at what came of it", looks)
	}
	if len(w.Toasts) > 0 {
		t.Errorf("said what the user knows: %q", w.Toasts)
	}
}

func TestWhatACustomerDidBeforeItWasRevokedIsNotLost(t *testing.T) {
	w, ref := broken(t, bearer)
	w.finishes("")
	w.Do(Revoke)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.lookUntilOver()
	sameValue(t, w.is(ref).Metadata, globexMetadata)
	w.wantToast("reconnected")
}

func TestLeavingEndsNothing(t *testing.T) {
	w, _ := broken(t, hub)
	w.Leave()
	w.wantToast("the link stays valid until 12:30; waiting for the reconnect of Globex · hubspot-prod continues")
	w.finishes("")
	w.look()
	w.wantToast("reconnected")
	if w.server.SessionValid(w.token()) {
		t.Error("the link still works")
	}
	w.wantNoSecret()
}

func TestLeavingALinkThatIsOverSaysNothing(t *testing.T) {
	w, _ := broken(t, hub)
	w.finishes("")
	w.look()
	said := len(w.Toasts)
	w.Leave()
	if len(w.Toasts) != said {
		t.Errorf("said %q", w.Toasts[said:])
	}
}

func TestTheLinkIsCopiedAtOnceAndAgain(t *testing.T) {
	w, _ := broken(t, hub)
	w.Do(CopyLink)
	if len(w.Copied) != 2 || w.Copied[0] != w.Copied[1] || !w.Copied[0].Secret {
		t.Fatalf("copied %d times", len(w.Copied))
	}
	link := w.Copied[0].Text
	if got := strings.ReplaceAll(w.View(), "\n", ""); !strings.HasPrefix(got, link) {
		t.Errorf("the link %q is not at the top of\n%s", link, w.View())
	}
	if want := "&apiURL=" + url.QueryEscape(w.Profile.Host); !strings.HasSuffix(link, want) {
		t.Errorf("the link %q does not end in %s", link, want)
	}
	w.wantNoSecret()
}

// A revoking whose answer is lost is looked up, and not sent again.
func TestTheAnswerToRevokingIsLost(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		lives bool
		says  string
	}{
		"after it was done":  {sandbox.Fault{CutAfter: 1, Status: 504, Body: "<html>"}, false, "✓ revoked"},
		"before it was done": {sandbox.Fault{Reset: true}, true, "! still valid"},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := broken(t, hub)
			c.fault.Method, c.fault.PathPrefix, c.fault.Times = http.MethodDelete, "/connect/session", 1
			w.server.Inject(c.fault)
			w.finishes("")
			w.lookUntilOver()
			w.See(c.says)
			if w.server.SessionValid(w.token()) != c.lives {
				t.Errorf("it lives: %v", !c.lives)
			}
			w.wantSent("POST /connect/sessions/reconnect", "GET /sync/status", "DELETE /connect/session", "GET /connect/session")
		})
	}
}

func TestWhoseClockIsRight(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct{ expires, until, made time.Duration }{
		"both":                      {30 * time.Minute, 30 * time.Minute, 0},
		"ours is four minutes slow": {34 * time.Minute, 30 * time.Minute, 4 * time.Minute},
		"ours is four minutes fast": {26 * time.Minute, 30 * time.Minute, -4 * time.Minute},
		"ours is a day fast":        {-24 * time.Hour, 30 * time.Minute, -24*time.Hour - 30*time.Minute},
		"sessions live for hours":   {3 * time.Hour, 3 * time.Hour, 0},
	} {
		s := nango.Session{ExpiresAt: now.Add(c.expires)}
		if got := expiry(now, s).Sub(now); got != c.until {
			t.Errorf("%s: it ends after %v, not %v", name, got, c.until)
		}
		if got := createdAt(now, s).Sub(now); got != c.made {
			t.Errorf("%s: made at %v, not %v", name, got, c.made)
		}
	}
	if got := expiry(now, nango.Session{}).Sub(now); got != sessionLife {
		t.Errorf("without a word it ends after %v", got)
	}
}

// After the revoking there is one last look, and the page does not promise more.
func TestALinkThatIsRevokedByHandIsLookedAfterOnce(t *testing.T) {
	w := newWorld(t)
	w.link("link?tag.end_user_id=u")
	w.submit()
	w.look()
	w.Do(Revoke)
	w.Confirm()
	w.See("✓ revoked", "one last check in 3 s")
	w.look()
	w.See("no connection was made")
	w.NotSee("last check")
}

// The end of waiting is told also where nothing has happened.
func TestAReconnectThatNobodyUsedIsSaidAtItsEnd(t *testing.T) {
	w, _ := broken(t, hub)
	w.Do(Revoke)
	w.Confirm()
	w.look()
	w.See("Outcome  ! not reconnected: the authentication error is still there")
}

package integrations

import (
	"regexp"
	"testing"
)

var callbackURL = regexp.MustCompile(`^http://127\.0\.0\.1:\d+/oauth/callback$`)

// callbackCopied returns the URL that the form copies.
func (w *world) callbackCopied() string {
	w.t.Helper()
	w.Do(CopyCallback)
	if len(w.Copied) != 1 {
		w.t.Fatalf("copied %v", w.Copied)
	}
	return w.Copied[0].Text
}

func TestFormsOfAnOAuthAppShowTheCallbackURL(t *testing.T) {
	for name, w := range map[string]*world{"new": newWorld(t, 0).making("hubspot"), "edit": busy(t).editing("hubspot")} {
		w.See("Callback URL", "/oauth/callback  ‹form.copyCallback› copies", "Register it at the provider")
		if url := w.callbackCopied(); !callbackURL.MatchString(url) {
			t.Errorf("%s: copied %q", name, url)
		}
	}
}

func TestOnlyOwnAppsHaveACallbackURL(t *testing.T) {
	w := newWorld(t, 0).making("algolia")
	w.NotSee("Callback URL", "/oauth/callback")
	if why := w.Action(CopyCallback).Disabled; why != whyNoCallback {
		t.Errorf("copying is disabled because %q", why)
	}

	w = newWorld(t, 0).making("hubspot").fill(fieldApp, appNango)
	w.NotSee("/oauth/callback")
}

func TestAGitHubAppHasASetupURL(t *testing.T) {
	newWorld(t, 0).making("github-app").See("Setup URL", "/app-auth/connect")
}

func TestThePageCopiesTheCallbackURL(t *testing.T) {
	w := busy(t).open(detail("hubspot"))
	w.SeeLine("Callback URL", "/oauth/callback")
	w.to("callback")
	w.Do(CopyRow)
	if len(w.Copied) != 1 || !callbackURL.MatchString(w.Copied[0].Text) {
		t.Errorf("copied %v", w.Copied)
	}
}

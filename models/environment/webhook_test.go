package environment

import (
	"strings"
	"testing"

	"nango-tui/nango"
)

func TestTheWebhookKeyIsRotated(t *testing.T) {
	w := acme(t).open()
	w.See("WEBHOOK SIGNING KEY", "‹environment.rotateWebhookKey› rotates it")
	w.Do(Rotate)
	p := w.Proposal()
	if goes := strings.Join(p.Consequences, " "); p.Call.Effect != nango.Destroys || p.Call.Name != "acme-dev" ||
		!strings.Contains(goes, "five minutes") ||
		!strings.Contains(goes, "never shows it again") {
		t.Errorf("%s: %s", p.Call.Effect, goes)
	}
	w.Decline()
	w.See("VARIABLES")
	w.Do(Rotate)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	secret := w.Screen.(*oneTimePage).secret.Reveal()
	w.See("SHOWN ONCE", "never shows this key again", "five minutes", "acme-dev")
	w.NotSee(secret)
	w.Do(Reveal)
	w.See(secret)
	w.Do(Reveal)
	w.NotSee(secret)
	w.Leave()
	if len(w.Toasts) > 0 {
		t.Errorf("it was seen, and yet: %v", w.Toasts)
	}
}

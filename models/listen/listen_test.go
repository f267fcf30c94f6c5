package listen

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// open shows the form.
func open(t *testing.T) *screentest.Stage {
	t.Helper()
	s, err := New(screen.To("listen"))
	if err != nil {
		t.Fatal(err)
	}
	st := screentest.Closed(t, http.NotFoundHandler(), sandbox.New(sandbox.Options{}).Keys().Environment, s)
	st.Now = noon
	st.Open()
	return st
}

// listening is the list of an address, once it listens.
func listening(t *testing.T, address, key string) (*screentest.Stage, screen.ListenWant) {
	t.Helper()
	st := open(t)
	form := st.Screen.(*screen.Form)
	form.Fields.Set(fieldAddress, address)
	form.Fields.Set(fieldKey, key)
	st.Do(screen.Submit)
	if len(st.Listens) != 1 {
		t.Fatalf("it doesn't listen:\n%s", st.View())
	}
	w := st.Listens[0]
	st.Turn(func(t *screen.Turn) { w.Opened(t, address, nil) })
	return st, w
}

func hear(st *screentest.Stage, w screen.ListenWant, hook screen.Webhook) {
	hook.At, hook.Method = noon, "POST"
	st.Turn(func(t *screen.Turn) { w.Heard(t, hook) })
}

func TestWebhooksAreShownAsTheyCome(t *testing.T) {
	st, w := listening(t, defaultAddress, "whsec-of-a-test")
	st.See("Listening at http://127.0.0.1:3007", "No webhook yet.")
	if w.Key != "whsec-of-a-test" {
		t.Error("the key is lost")
	}
	body := `{"type":"auth","operation":"creation","connectionId":"c1","providerConfigKey":"crm","api_key":"hunter2hunter2"}`
	hear(st, w, screen.Webhook{Path: "/hook", Body: []byte(body), Size: int64(len(body)), Signature: screen.SignatureValid})
	hear(st, w, screen.Webhook{Path: "/hook", Body: []byte("<html>"), Size: 6, Signature: screen.SignatureWrong})
	st.See("2 webhooks", "✓ valid", "auth creation", "c1 · crm", "✗ wrong")
	st.NotSee("aren't checked", "everything that reaches")
	st.Do(screen.Down)
	st.Do(OpenWebhook)
	st.See("connectionId", "c1")
	st.NotSee("hunter2hunter2", "whsec")
}

func TestAddressesAreChecked(t *testing.T) {
	for _, typed := range []string{"", "3007", "localhost:", ":3007"} {
		st := open(t)
		st.Screen.(*screen.Form).Fields.Set(fieldAddress, typed)
		st.Do(screen.Submit)
		st.See("enter an address such as 127.0.0.1:3007")
		if len(st.Listens) > 0 {
			t.Errorf("%q is taken", typed)
		}
	}
	st, _ := listening(t, "0.0.0.0:3007", "")
	st.See("signatures aren't checked", "everything that reaches this machine can send to it")
	st, _ = listening(t, "[::1]:3007", "")
	st.NotSee("everything that reaches")
	st, _ = listening(t, "192.168.1.7:3007", "")
	st.See("everything that reaches this machine can send to it")
}

func TestPortThatIsTakenIsShown(t *testing.T) {
	st, w := listening(t, defaultAddress, "")
	st.Turn(func(t *screen.Turn) {
		w.Opened(t, "", errors.New("cannot listen at 127.0.0.1:3007: address already in use"))
	})
	st.See("Couldn't listen for webhooks", "already in use")
	st.Do(screen.Refresh)
	if len(st.Listens) != 2 {
		t.Error("it doesn't try again")
	}
}

func TestOldestWebhooksAreDropped(t *testing.T) {
	st, w := listening(t, defaultAddress, "")
	for n := range maxWebhooks + 5 {
		hear(st, w, screen.Webhook{Body: fmt.Appendf(nil, `{"type":"n%d"}`, n), Size: 10})
	}
	st.Do(screen.Top)
	st.See("500 webhooks", "5 webhooks dropped", fmt.Sprintf("n%d", maxWebhooks+4))
	large := []byte(strings.Repeat("x", 1<<20))
	for range 20 {
		hear(st, w, screen.Webhook{Body: large, Size: 50 << 20})
	}
	if s := st.Screen.(*List); s.bytes > maxBytes || len(s.all) > 17 {
		t.Errorf("%d webhooks with %d bytes are kept", len(s.all), s.bytes)
	}
	st.Do(OpenWebhook)
	if title := st.Screen.Title(); !strings.Contains(title, "the first 1") {
		t.Errorf("the title is %q", title)
	}
}

func TestHostileWebhooksAreClean(t *testing.T) {
	st, w := listening(t, defaultAddress, "")
	long := strings.Repeat("é", maxName)
	body := `{"type":"\u001b[2J\u202e` + long + `","connectionId":"a\nb"}`
	hear(st, w, screen.Webhook{Path: "/\x1b]0;x\a\u202e", Body: []byte(body), Size: 9})
	st.Fits()
	if raw := st.Raw(); strings.Contains(raw, "\x1b]0;x") || strings.Contains(raw, "\x1b[2J") || strings.Contains(raw, "\u202e") {
		t.Errorf("%q", raw)
	}
	if st.Screen.Concerns(nango.Call{}) {
		t.Error("it is reloaded")
	}
}

package proxy

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

func TestSendGET(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.See("globex-77e2 · hubspot-prod", "Base URL https://api.hubapi.com")
	w.Type("/contacts")
	w.Do(SendOnEnter)
	if w.effect() != nango.Refreshes {
		t.Errorf("it %v", w.effect())
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("✓ the provider responded 200 OK", "GET /contacts", `"data": [`)
	w.Do(EditRequest)
	w.See("> /contacts")
}

// An invalid path shows its error while typing and is not sent.
func TestInvalidPaths(t *testing.T) {
	for path, want := range map[string]string{
		"/../connections":           `the path contains ".."`,
		"/a/%2e%2e/b":               `the path contains ".."`,
		"https://evil.example/x":    "the path is a whole URL",
		"//evil.example/x":          "the path is a whole URL",
		`\\evil.example`:            "the path is a whole URL",
		"/100%":                     "two hexadecimal digits",
		"/a#b":                      "would not be sent",
		"/x?a=1#b":                  "would not be sent",
		"/%2f%2fevil.example/../..": "the path is a whole URL",
	} {
		w := newWorld(t)
		w.begin()
		w.Type(path)
		w.See("✗ ")
		if view := strings.Join(strings.Fields(w.View()), " "); !strings.Contains(view, want) {
			t.Errorf("%s: %q is not shown:\n%s", path, want, w.View())
		}
		w.Do(screen.Submit)
		if len(w.Proposals) > 0 {
			t.Errorf("%s was proposed", path)
		}
	}
}

// Spaces and non-ASCII letters are escaped; existing escapes are kept.
func TestPathWithSpacesIsEscaped(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Type("/echo/a b%2Fç")
	w.Do(screen.Submit)
	if got := w.Proposal().Call.RequestURI(); got != "/proxy/echo/a%20b%2F%C3%A7" {
		t.Errorf("sent as %s", got)
	}
}

// The form and the dialog show which host gets the token.
func TestTokenHostIsShown(t *testing.T) {
	for name, c := range map[string]struct {
		values map[string]string
		told   string
	}{
		"another host": {map[string]string{fieldPath: "/x", fieldMore: "true", fieldBase: "https://evil.example:8443/api"},
			"This connection's token is sent to evil.example:8443."},
		"a template": {map[string]string{fieldPath: "/x/${connectionConfig.portal}"}, "This connection's token is sent to api.hubapi.com."},
		"in a header": {map[string]string{fieldPath: "/x", fieldHeaders: "X-Portal: ${accessToken}"},
			"This connection's token is sent to api.hubapi.com."},
		"escaped": {map[string]string{fieldPath: "/x/$%7BaccessToken}"}, "This connection's token is sent to api.hubapi.com."},
		"both": {map[string]string{fieldPath: "/x", fieldMore: "true",
			fieldBase: "https://evil.example/${connectionConfig.a}"}, "This connection's token is sent to evil.example."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.begin()
			w.NotSee("token is sent to")
			w.fill(c.values)
			w.See(c.told)
			w.Do(screen.Submit)
			if p := w.Proposal(); p.Call.Effect != nango.Runs || p.Consequences[0] != c.told {
				t.Errorf("it %v, and is said to: %q", p.Call.Effect, p.Consequences)
			}
		})
	}
}

func TestNangoResponsesAreDistinguished(t *testing.T) {
	w := newWorld(t)
	if err := w.server.Fail(hub, works, sandbox.FailAuth); err != nil {
		t.Fatal(err)
	}
	w.begin()
	w.Type("/contacts")
	if err := w.send(); err == nil {
		t.Fatal("it is said to have worked")
	}
	w.See("Probably Nango's own response", "> /contacts")
	if next := footer(w)[1]; next != ShowNangoResponse {
		t.Errorf("after sending, the footer offers %s first", next)
	}
	w.Do(ShowNangoResponse)
	w.See("Probably Nango's own response, not the provider's", `"error": {`)
}

// footer returns the actions in the footer.
func footer(w *world) []screen.ActionID {
	var ids []screen.ActionID
	for _, action := range w.Screen.Actions() {
		if !action.HideInFooter {
			ids = append(ids, action.ID)
		}
	}
	return ids
}

// A response that looks like Nango's own can still be shown. Other errors of the provider are responses.
func TestProviderErrors(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Type("/nango-error")
	if err := w.send(); err == nil {
		t.Fatal("it is said to have worked")
	}
	w.Do(ShowNangoResponse)
	w.See("Insufficient scope")
	for path, want := range map[string]string{
		"/status/404": "✗ the provider responded 404 Not Found", "/status/500": "✗ the provider responded 500 Internal Server Error",
		"/status/401": "✗ the provider responded 401 Unauthorized", "/limited": "✗ the provider responded 429 Too Many Requests",
		"/status/418?html=1": "418 I'm a teapot",
	} {
		w.begin()
		w.Type(path)
		if err := w.send(); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		w.See(want)
	}
}

// Leaving asks before input is lost, unless it was sent or saved.
func TestLeavingAsksBeforeInputIsLost(t *testing.T) {
	w := newWorld(t)
	w.begin()
	form := w.Screen.(*Form)
	unsent := func(want bool, when string) {
		t.Helper()
		if form.IsDirty() != want {
			t.Errorf("%s: asked %v", when, !want)
		}
	}
	unsent(false, "nothing typed")
	w.Type("/contacts")
	unsent(true, "typed")
	w.Do(screen.Submit)
	w.Decline()
	unsent(true, "declined")
	w.Do(screen.Submit)
	answered := w.ConfirmLater()
	unsent(false, "under way: it is not lost")
	answered()
	unsent(false, "answered")
	w.Do(EditRequest)
	w.Type("/1")
	unsent(true, "typed on")
	w.Do(SaveRequest)
	w.Type("one contact")
	w.Do(screen.Submit)
	unsent(false, "kept")
	w.Type("2")
	w.Do(UseSaved)
	w.Pick("one contact")
	unsent(false, "filled in by what is kept")
}

func TestDeclinedRequestKeepsInput(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.fill(map[string]string{fieldMethod: http.MethodDelete, fieldPath: "/contacts/1"})
	w.Do(screen.Submit)
	w.See("waiting for confirmation")
	w.Decline()
	w.See("> DELETE", "> /contacts/1")
	w.NotSee("waiting")
	if got := w.proxied(); len(got) > 0 {
		t.Errorf("sent %v", got)
	}
}

func TestBodyIsCheckedAndEditedInTheEditor(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.fill(map[string]string{fieldMethod: http.MethodPost, fieldPath: "/echo", fieldBody: `{"a":`})
	w.Do(screen.Submit)
	w.See("the body is not valid JSON")
	w.Do(EditBody)
	if got := w.Edits[0]; got.Name != "body.json" || got.Text != `{"a":` {
		t.Errorf("edited %+v", got)
	}
	w.FinishEdit("{\"a\":\n 1}")
	w.NotSee("not valid JSON")
	w.Do(screen.Submit)
	if got := string(w.Proposal().Call.Body); got != `{"a":1}` {
		t.Errorf("sent %s", got)
	}
}

// A body file is read on sending, and its errors show at its field.
func TestBodyFromFile(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.fill(map[string]string{fieldMethod: http.MethodPut, fieldPath: "/echo", fieldFile: "body.json"})
	w.Do(screen.Submit)
	w.See("body.json cannot be opened")
	w.Files.Put("body.json", "no JSON")
	w.Do(screen.Submit)
	w.See("the body is not valid JSON")
	w.Files.Put("body.json", `[1]`)
	w.Do(screen.Submit)
	if p := w.Proposal(); string(p.Call.Body) != "[1]" ||
		!strings.Contains(strings.Join(p.Consequences, " "), "Sends 3 B of body.json as the body.") {
		t.Errorf("proposed %s, %q", p.Call.Body, p.Consequences)
	}
	w.Decline()
	w.Files.Put("body.json", strings.Repeat(" ", maxBodyFile+1))
	w.Do(screen.Submit)
	w.See("longer than")
}

func TestMoreFields(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.NotSee("Retries\n")
	w.fill(map[string]string{fieldPath: "/x", fieldMore: "true", fieldRetries: "3", fieldRetryOn: "409, 425",
		fieldDecompress: "true", fieldForward: "false"})
	w.Do(screen.Submit)
	header := w.Proposal().Call.Header
	for name, want := range map[string]string{"Retries": "3", "Retry-On": "409,425", "Decompress": "true",
		"Forward-Headers-On-Redirect": "false", "Base-Url-Override": ""} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if goes := strings.Join(w.Proposal().Consequences, " "); !strings.Contains(goes, "retries up to 3 times") {
		t.Errorf("said %q", goes)
	}
	w.Decline()
	w.fill(map[string]string{fieldRetries: "11"})
	w.Do(screen.Submit)
	w.See("a number from 0 to 10")
}

func TestRecentPathsAreOffered(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/contacts?page=2", "/status/404", "/echo/companies"} {
		w.begin()
		w.Type(path)
		if err := w.send(); err != nil {
			t.Fatal(err)
		}
	}
	w.begin()
	w.See("Used before: /echo/companies  /status/404  /contacts")
	w.NotSee("page=2")
	w.Type("/con")
	w.See("Used before: /contacts")
	w.Do(CompletePath)
	w.See("> /contacts")
	w.Do(SendOnEnter)
	if got := w.Proposal().Call.RequestURI(); got != "/proxy/contacts" {
		t.Errorf("sent %s", got)
	}
}

// The key steps through the recent paths, without secrets or paths of other profiles.
func TestRecentPathsHaveNoSecrets(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Type("/echo/tok_globex-77e2_0123456789")
	if err := w.send(); err != nil { // the echoed token becomes a known secret
		t.Fatal(err)
	}
	for i := range maxRecent + 5 {
		w.recent.add("acme-dev", hub, fmt.Sprintf("/p/%d", i))
	}
	w.recent.add("other", hub, "/of-another-profile")
	w.recent.add("acme-dev", hub, "/"+strings.Repeat("x", maxRecentPath))
	if n := len(w.recent.all); n != maxRecent {
		t.Errorf("%d are remembered", n)
	}
	w.begin()
	seen := map[string]bool{}
	for range maxRecent {
		w.Do(CompletePath)
		seen[w.Screen.(*Form).path()] = true
	}
	if len(seen) < 90 || seen["/of-another-profile"] {
		t.Errorf("went through %d", len(seen))
	}
	for path := range seen {
		if strings.Contains(path, "tok_") || len(path) > maxRecentPath {
			t.Errorf("remembered %s", path)
		}
	}
}

// The form takes no input while a request is pending, and leaving explains what happens to it.
func TestPendingRequest(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Type("/slow")
	w.Do(screen.Submit)
	begun := w.Proposal().OnSent
	turn := &screen.Turn{Now: w.Now}
	begun(turn)
	w.Now = w.Now.Add(65e9)
	w.See("sent 01:05 ago", "leaves the form: the request continues")
	if w.Screen.(screen.Animated).RedrawInterval() == 0 {
		t.Error("the clock stands still")
	}
	w.Key(tea.KeyPressMsg{Code: 'x', Text: "x"})
	w.See("> /slow")
	if w.Action(screen.Submit).Disabled == "" {
		t.Error("it can be sent a second time")
	}
	w.Leave()
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "The request continues") {
		t.Errorf("said %q", w.Toasts)
	}
}

func TestUnknownBaseURL(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{Method: http.MethodGet, PathPrefix: "/providers/", Status: 500, Body: `{"error":{"code":"server_error"}}`})
	w.begin()
	w.See("Base URL unknown: ", "server_error")
	w.Type("/contacts")
	if err := w.send(); err != nil {
		t.Fatal(err)
	}
	w.open(Route + "/gone/" + works)
	w.See("Base URL unknown: ", "404")
}

func TestInvalidRoutes(t *testing.T) {
	for _, route := range []string{"proxy/a", "proxy/a/b/c", "proxy/a/b?kept=x", "proxy/a/"} {
		r, err := screen.ParseRoute(route)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(r, &Recent{}); err == nil {
			t.Errorf("%s was opened", route)
		}
	}
	if _, err := NewSavedList(screen.To(savedRoute).With("x", "1"), &Recent{}); err == nil {
		t.Error("kept?x=1 was opened")
	}
}

func TestConnectionChoice(t *testing.T) {
	w := newWorld(t)
	w.open(Route)
	w.Do(PickFromList)
	if got := w.Opened[0].String(); got != "connections?integration="+hub {
		t.Errorf("opened %s", got)
	}
	w.Type("a b/c")
	w.Do(screen.Submit)
	if got := w.Opened[1].String(); got != "proxy/hubspot-prod/a%20b%2Fc" {
		t.Errorf("opened %s", got)
	}
}

func TestFormFitsEveryTerminal(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.fill(map[string]string{fieldMethod: "POST", fieldPath: "/x/${a}", fieldMore: "true", fieldBase: "https://evil.example",
		fieldHeaders: "no header"})
	for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
	}
}

// On a wide screen the form stays, with the response beside it; the response's keys are on its own page.
func TestTheResponseIsBesideTheFormOnAWideScreen(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Width, w.Height = ui.WideFields, 40
	w.See("The response appears here.")
	w.Type("/contacts")
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab})
	w.Type("limit=1")
	w.Do(SendOnEnter)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	line := w.SeeLine("the provider responded 200 OK")
	if left, _, beside := strings.Cut(line, "│"); !beside || !strings.Contains(left, hub) {
		t.Errorf("the response is not beside the form: %q", line)
	}
	w.See("> /contacts", "GET /contacts?limit=1", `"data": [`)
	if got := w.proxied(); len(got) != 1 || got[0] != "GET /proxy/contacts" {
		t.Errorf("sent %q", got)
	}
	w.Fits()
	w.Do(ShowNangoResponse)
	if w.Do(Headers); w.Screen.Title() == screen.TextProxy {
		t.Error("the response has no page of its own")
	}
	w.Do(screen.Up)
}

func TestEnterSendsFromPathAndQueryOfAGet(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Type("/contacts")
	form := w.Screen.(*Form)
	for field, want := range map[string]bool{fieldMethod: false, fieldPath: true, fieldQuery: true, fieldHeaders: false} {
		form.Fields.Focus(field)
		if form.enterSends() != want {
			t.Errorf("enter sends from %s: %v", field, !want)
		}
	}
	w.fill(map[string]string{fieldMethod: "POST"})
	if form.Fields.Focus(fieldQuery); form.enterSends() {
		t.Error("enter sends a POST from its query")
	}
}

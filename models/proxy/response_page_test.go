package proxy

import (
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// get sends a GET and shows its response.
func (w *world) get(path string) {
	w.t.Helper()
	w.begin()
	w.Type(path)
	if err := w.send(); err != nil {
		w.t.Fatal(err)
	}
}

// A body is shown by its type, or named if it is not text.
func TestBodyTypes(t *testing.T) {
	for path, told := range map[string][]string{
		"/echo":       {"JSON", `"method": "GET"`},
		"/html":       {"text of HTML", "All systems & parts work"},
		"/text":       {"text", "plain text"},
		"/badjson":    {"not JSON at line 1", `{"a": not json`},
		"/empty":      {"The response has no body.", "0 B"},
		"/status/204": {"204 No Content", "The response has no body."},
		"/binary":     {"The body is not text", "‹answer.save› saves it to a file"},
		"/image":      {"The body is not text: PNG image, 1 × 1", "‹answer.save› saves it"},
		"/gzip":       {`"gz": true`},
		"/gziperr":    {"400 Bad Request", `"gz": "error body"`},
		"/chunked":    {`"i":4`},
		"/attachment": {"id,name"},
	} {
		w := newWorld(t)
		w.get(path)
		w.See(told...)
		w.NotSee("alert(1)")
		for _, size := range [][2]int{{20, 5}, {60, 10}, {120, 35}} {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
		}
	}
}

// A token that the provider echoes is masked in the body, in headers and in copies.
func TestEchoedTokenIsMasked(t *testing.T) {
	w := newWorld(t)
	w.get("/echo?access_token=tok_globex-77e2_0123456789")
	w.Height = 60
	w.NotSee("tok_globex")
	w.Do(screen.JSONCopy)
	if strings.Contains(w.Copied[0].Text, "tok_globex") {
		t.Error("the copy holds the token")
	}
	w.Do(Headers)
	w.See("Content-Type", "application/json", "X-Request-Id", "at most four")
	w.Fits()
}

func TestSecretHeaderIsMasked(t *testing.T) {
	w := newWorld(t)
	w.get("/echo")
	page := w.Screen.(*ResponsePage)
	page.exchange.response.Header = http.Header{"Set-Cookie": {"session=hush"}, "X-Seen": {"plain"}}
	w.Do(Headers)
	w.See("Set-Cookie  " + nango.Masked)
	w.Do(CopyHeader)
	w.Do(screen.Down)
	w.Do(CopyHeader)
	if a, b := w.Copied[0], w.Copied[1]; !a.Secret || a.Text != "session=hush" || b.Secret || b.Text != "plain" {
		t.Errorf("copied %+v and %+v", a, b)
	}
}

func TestCopyCurlAndSendAgain(t *testing.T) {
	w := newWorld(t)
	w.get("/flaky?key=a&fail=1")
	w.See("503 Service Unavailable")
	w.Do(CopyCurl)
	if got := w.Curls[0].RequestURI(); got != "/proxy/flaky?key=a&fail=1" {
		t.Errorf("copied %s", got)
	}
	w.Do(SendAgain)
	w.See("again: waiting for confirmation")
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("✓ the provider responded 200 OK")
	w.Do(EditRequest)
	w.See("> /flaky?key=a&fail=1")
}

// A response over the limit is truncated, and can be downloaded to a file.
func TestTruncatedResponseIsDownloaded(t *testing.T) {
	longtest.SkipInShort(t)
	w := newWorld(t)
	w.get("/huge?bytes=34000000")
	w.See("Only the first 32 MB", "‹answer.save› sends the request again")
	w.Do(SaveBody)
	w.See("Only part of the response", "> huge")
	if got := w.Action(screen.Submit); got.Operation != nango.OpProxyGet {
		t.Errorf("it sends %q", got.Operation)
	}
	w.Do(screen.Submit)
	if goes := strings.Join(w.Proposal().Consequences, " "); !strings.Contains(goes, "a second time and writes the response to huge") {
		t.Errorf("said %q", goes)
	}
	w.Decline()
	if len(w.Files.Names()) > 0 || w.Files.Begun() > 0 {
		t.Error("a file was begun without a yes")
	}
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if got := len(w.Files.Text("huge")); got != 34000000 || w.Files.Begun() != 0 {
		t.Errorf("%d bytes were saved, %d files are not ended", got, w.Files.Begun())
	}
	if len(w.Toasts) != 1 || !strings.Contains(w.Toasts[0], "Saved 32 MB as huge") {
		t.Errorf("said %q", w.Toasts)
	}
	w.See("Only the first 32 MB")
}

// An existing file is overwritten only after a question, and a full disk shows at the field.
func TestOverwriteAsks(t *testing.T) {
	paths := []string{"/echo"}
	if !testing.Short() {
		paths = append(paths, "/huge?bytes=34000000")
	}
	for _, path := range paths {
		w := newWorld(t)
		w.get(path)
		offered := fileName(w.Screen.(*ResponsePage).exchange)
		w.Do(SaveBody)
		for range offered {
			w.Key(tea.KeyPressMsg{Code: tea.KeyBackspace})
		}
		w.Type("there")
		w.Files.Put("there", "mine")
		save := func() {
			w.Do(screen.Submit)
			w.agreeIfAsked()
		}
		save()
		if len(w.Picks) != 1 || w.Files.Text("there") != "mine" {
			t.Fatalf("%s: asked %d times, and it holds %q", path, len(w.Picks), w.Files.Text("there"))
		}
		w.Pick("Choose another name")
		w.Files.Full = true
		w.Pick("Overwrite")
		w.agreeIfAsked()
		w.See("no space left on device")
		if w.Files.Text("there") != "mine" || w.Files.Begun() != 0 {
			t.Fatalf("%s: the file was lost", path)
		}
		w.Files.Full = false
		w.Pick("Overwrite")
		w.agreeIfAsked()
		if w.Files.Text("there") == "mine" {
			t.Errorf("%s: it was not written", path)
		}
	}
}

// agreeIfAsked confirms a proposal, if there is one.
func (w *world) agreeIfAsked() {
	if len(w.Proposals) > 0 {
		_ = w.Confirm() // the test checks the screen
	}
}

// An error on sending again is shown, and no file is left.
func TestFailedDownloadLeavesNoFile(t *testing.T) {
	w := newWorld(t)
	w.get("/flaky?key=b&fail=1&code=404")
	page := w.Screen.(*ResponsePage)
	page.exchange.response.Cut, page.exchange.request.Path = true, "/status/404"
	w.Do(SaveBody)
	w.Do(screen.Submit)
	w.agreeIfAsked()
	w.See("404 Not Found")
	if len(w.Files.Names()) > 0 || w.Files.Begun() > 0 {
		t.Errorf("files: %v", w.Files.Names())
	}
}

// The suggested file name comes from untrusted text and is a plain name.
func TestFileNames(t *testing.T) {
	for _, c := range []struct{ path, disposition, media, want string }{
		{"/crm/contacts?limit=1", "", "application/json", "contacts.json"},
		{"/", "", "text/html; charset=utf-8", "response.html"},
		{"/export", `attachment; filename="../../.ssh/authorized_keys"`, "text/plain", "authorized_keys"},
		{"/export", `attachment; filename="..\\..\\evil.exe"`, "", "evil.exe"},
		{"/a/-rf", "", "", "rf"},
		{"/a/..hidden\x1b]0;x\x07.json", "", "", "hidden0x.json"},
		{"/" + strings.Repeat("x", 300), "", "", strings.Repeat("x", 80)},
	} {
		e := exchange{request: nango.ProxyRequest{Path: c.path}, response: nango.ProxyResponse{Header: http.Header{}}}
		e.response.Header.Set("Content-Disposition", c.disposition)
		e.response.Header.Set("Content-Type", c.media)
		if got := fileName(e); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.path, c.disposition, got, c.want)
		}
	}
}

func TestResponseFits(t *testing.T) {
	for _, size := range [][2]int{{80, 19}, {120, 35}} {
		w := newWorld(t)
		w.get("/contacts?per_page=2")
		w.Width, w.Height = size[0], size[1]
		w.Fits()
		w.See(ui.Clean("line 1 of").String())
	}
}

func TestTitleHasNoQuery(t *testing.T) {
	page := newResponsePage(exchange{request: nango.ProxyRequest{Method: "GET", Path: "/me?api_key=hunter2"}}, nil)
	if page.Title() != "GET /me" {
		t.Errorf("%q", page.Title())
	}
}

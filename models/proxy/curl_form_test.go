package proxy

import (
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

const line = `curl -X POST 'https://api.hubapi.com/crm/v3/objects?dry=1' \
  -H 'Authorization: Bearer hush-hush-hush' \
  -H 'X-Trace: it'\''s' --frobnicate --json '{"a": [1, 2]}'`

func TestPasteCurl(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Paste(strings.ReplaceAll(line, "\n", "\r")) // as terminals send it
	w.See("POST https://api.hubapi.com/crm/v3/objects?dry=1", "The host is the provider's", "2 headers, a body of 13 B",
		"--frobnicate", "Authorization: …")
	w.NotSee("hush")
	w.Do(screen.Submit)
	w.See("> POST", "> /crm/v3/objects", "> dry=1", "X-Trace: it's")
	w.NotSee("hush", "token is sent to")
	w.Do(screen.Submit)
	call := w.Proposal().Call
	if call.RequestURI() != "/proxy/crm/v3/objects?dry=1" || string(call.Body) != `{"a":[1,2]}` ||
		call.Header.Get("Nango-Proxy-X-Trace") != "it's" || call.Header.Get("Base-Url-Override") != "" {
		t.Errorf("proposed %s %s %v", call, call.Body, call.Header)
	}
}

// Credentials in a command are skipped and not drawn.
func TestPastedCredentialsAreSkipped(t *testing.T) {
	for line, want := range map[string]string{
		`curl -H 'Authorization: Bearer hush' -d 'a: b' u`:    `curl -H 'Authorization: …' -d 'a: b' u`,
		`curl -H "cookie: a=hush; b=hush" u`:                  `curl -H "cookie: …" u`,
		`curl -H Authorization:hush -d x u`:                   `curl -H Authorization:hush -d x u`,
		`curl -H 'X-Authorization-Mode: on' u`:                `curl -H 'X-Authorization-Mode: on' u`,
		"curl -H 'Authorization: a' \\\r  -H 'Cookie: b' u\r": "curl -H 'Authorization: …' \\\r  -H 'Cookie: …' u\r",
	} {
		if got := withoutCredentials(line); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}

// A command copied from this program goes to Nango's proxy. Pasted, it is the request to the provider again.
func TestPasteCurlThroughNangosProxy(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.fill(map[string]string{fieldMethod: "POST", fieldPath: "/crm/v3/objects", fieldQuery: "dry=1", fieldHeaders: "X-Trace: it's",
		fieldBody: `{"a":[1,2]}`,
		fieldMore: "true", fieldRetries: "2", fieldRetryOn: "409", fieldBase: "https://sandbox.example", fieldDecompress: noValue})
	w.Do(CopyFormCurl)
	want := w.Curls[0]
	line := nango.Curl(want, "http://127.0.0.1:3003").Line
	for _, id := range []string{works, other} {
		w.open(Route + "/" + hub + "/" + id)
		w.Paste(line)
		w.See("POST https://sandbox.example/crm/v3/objects?dry=1", "with 1 header, a body of 11 B", "The command goes through Nango's proxy")
		made := "It was made for " + works + " · " + hub
		if id == works {
			w.NotSee(made)
		} else {
			w.See(made)
		}
		w.Do(screen.Submit)
		w.See("This connection's token is sent to sandbox.example")
		w.Do(screen.Submit)
		call := w.Proposal().Call
		want.About.ID = id
		want.Header.Set("Connection-Id", id)
		if got, want := nango.Curl(call, "x").Line, nango.Curl(want, "x").Line; got != want {
			t.Errorf("proposed %s\nwant %s", got, want)
		}
	}
}

// A command for another host opens a question, and the form shows the choice.
func TestPasteCurlForAnotherHost(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Do(PasteCurl)
	w.Paste("curl https://evil.example/crm/v3/objects")
	w.See("The host is not the provider's")
	w.Do(screen.Submit)
	if got := w.Picks[0].Options[1]; got.Detail != "this connection's token is sent to evil.example" {
		t.Errorf("offered %+v", got)
	}
	w.Pick("Use this host")
	w.See("This connection's token is sent to evil.example.")

	w.begin()
	w.Paste("curl https://evil.example/crm/v3/objects")
	w.Do(screen.Submit)
	w.Pick("Use the path only")
	w.See("> /crm/v3/objects")
	w.NotSee("evil.example")
}

// A file in a command is not read until the user confirms it.
func TestFilesOfACurlCommandAreChosen(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Files.Put("/etc/passwd", "never read")
	w.Files.Put("mine.json", `{"mine":true}`)
	w.Paste("curl https://api.hubapi.com/x -H 'Content-Type: application/json' --data-binary @/etc/passwd")
	w.Do(screen.Submit)
	w.See("The command reads /etc/passwd", "> /etc/passwd")
	pasting := w.Screen.(*CurlForm)
	pasting.Fields.Set(fileField(0), "gone.json")
	w.Do(screen.Submit)
	w.See("gone.json cannot be opened")
	pasting.Fields.Set(fileField(0), "mine.json")
	w.Do(screen.Submit)
	w.See("> POST")
	w.Do(screen.Submit)
	if got := string(w.Proposal().Call.Body); got != `{"mine":true}` {
		t.Errorf("sent %s", got)
	}
}

// A body that can't be edited as text is attached and sent unchanged.
func TestBinaryBodyIsAttached(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Files.Put("a.bin", "\x00\x01binary\r\n")
	w.Paste("curl https://api.hubapi.com/x -F note=hello -F file=@a.bin")
	w.Do(screen.Submit)
	w.Do(screen.Submit)
	w.See("Body: 230 B of multipart/form-data")
	w.Do(screen.Submit)
	call := w.Proposal().Call
	if !strings.Contains(string(call.Body), "\x00\x01binary\r\n") || !strings.HasPrefix(call.ContentType, "multipart/form-data; boundary=") {
		t.Errorf("sent %q as %s", call.Body, call.ContentType)
	}
	w.Decline()
	w.fill(map[string]string{fieldBody: `{}`, fieldType: jsonType})
	w.NotSee("can't be edited")
	w.Do(screen.Submit)
	if got := string(w.Proposal().Call.Body); got != "{}" {
		t.Errorf("sent %q", got)
	}
}

func TestInvalidCurlCommands(t *testing.T) {
	for text, told := range map[string]string{
		"curl 'https://x.example":     "line 1, column",
		"wget https://x.example":      "curl",
		"curl -I https://x.example/a": "but not HEAD",
		"":                            "starts with curl",
	} {
		w := newWorld(t)
		w.begin()
		w.Do(PasteCurl)
		w.Paste(text)
		w.Do(screen.Submit)
		w.See(told)
		for _, size := range [][2]int{{20, 5}, {60, 10}} {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
		}
	}
}

// A pasted URL of the provider is split into path and query. Any other URL stays and is invalid.
func TestPasteURL(t *testing.T) {
	w := newWorld(t)
	w.begin()
	w.Paste("https://api.hubapi.com/crm/v3/objects?limit=1\n")
	w.See("> /crm/v3/objects", "> limit=1")
	w.begin()
	w.Paste("https://evil.example/crm")
	w.See("> https://evil.example/crm", "the path is a whole URL")
}

func TestPathUnderBase(t *testing.T) {
	for _, c := range []struct {
		base, origin, path, rest string
		templated, ok            bool
	}{
		{"https://api.x.com", "https://api.x.com", "/a", "/a", false, true},
		{"https://api.x.com/", "HTTPS://API.x.com:443", "/a", "/a", false, true},
		{"https://api.x.com/v1", "https://api.x.com", "/v1/a", "/a", false, true},
		{"https://api.x.com/v1", "https://api.x.com", "/v2/a", "", false, false},
		{"https://api.x.com/v1", "https://api.x.com", "/v10", "", false, false},
		{"https://api.x.com", "https://api.x.com.evil.example", "/a", "", false, false},
		{"https://api.x.com", "http://api.x.com", "/a", "", false, false},
		{"https://${connectionConfig.sub}.x.com", "https://acme.x.com", "/a", "/a", true, true},
		{"https://${connectionConfig.sub}.x.com", "https://evil.example/.x.com", "/a", "", false, false},
		{"${connectionConfig.a} || https://api.y.com", "https://api.y.com", "/a", "/a", false, true},
		{"", "https://api.x.com", "/a", "", false, false},
	} {
		rest, templated, ok := pathUnderBase(c.base, c.origin, c.path)
		if rest != c.rest || templated != c.templated || ok != c.ok {
			t.Errorf("%s, %s%s: %q %v %v", c.base, c.origin, c.path, rest, templated, ok)
		}
	}
}

package proxy

import (
	"bytes"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// keep writes requests as they are kept.
func (w *world) keep(all ...SavedRequest) {
	w.t.Helper()
	data, err := formatSaved(all, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	w.kept = data
}

func kept(name, integration, connection string) SavedRequest {
	return SavedRequest{name, nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: integration, ID: connection}, Method: "GET", Path: "/contacts", Query: "per_page=1"}}
}

func TestAKeptRequestFillsInTheForm(t *testing.T) {
	w := newWorld(t)
	w.keep(kept("first page", hub, works))
	w.open(savedRoute)
	w.See("1 kept request", "first page", "/contacts")
	w.Do(OpenSaved)
	w.See(works, "> /contacts", "> per_page=1")
	if err := w.send(); err != nil {
		t.Fatal(err)
	}
	w.See("200 OK")
}

// One whose integration is gone is shown as such, and can be sent to another.
func TestAKeptRequestWhoseIntegrationIsGone(t *testing.T) {
	w := newWorld(t)
	w.keep(kept("old", "crm-of-before", "x"))
	w.open(savedRoute)
	w.See("✗ gone: crm-of")
	w.Do(OpenSaved)
	w.See("For the kept request old")
	w.Screen.(*ConnectionChoice).Fields.Set(screen.FieldConnectionID, other)
	w.Do(screen.Submit)
	w.See(other+" · "+hub, "> /contacts")
}

func TestAKeptRequestIsRenamedAndDeleted(t *testing.T) {
	w := newWorld(t)
	w.keep(kept("one", hub, works), kept("two", hub, works))
	w.open(savedRoute)
	w.Do(RenameSaved)
	w.Screen.(*NameForm).form.Set(fieldName, "two")
	w.Do(screen.Submit)
	w.See("there is a kept request of this name")
	w.Screen.(*NameForm).form.Set(fieldName, "three")
	w.Do(screen.Submit)
	w.See("three", "two")
	w.NotSee("one ")
	w.Do(DeleteSaved)
	w.Pick("No")
	w.See("three")
	w.Do(DeleteSaved)
	w.Pick("Delete it")
	w.NotSee("three")
	w.See("two")
	if data, err := w.Files.ReadOwn(screen.SavedRequests); err != nil || strings.Contains(string(data), "three") {
		t.Errorf("%s, %v", data, err)
	}
}

// From the form of any connection one takes a kept request; its path is offered as one that was used.
func TestTheFormTakesAKeptRequest(t *testing.T) {
	w := newWorld(t)
	w.keep(kept("of another", "crm-of-before", "x"), kept("of this", hub, works))
	w.open(Route + "/" + hub + "/" + other)
	w.See("Used before: /contacts")
	w.Do(UseSaved)
	if got := w.Picks[0].Options; got[0].Title != "of this" || !strings.Contains(got[1].Detail, "of crm-of-before") {
		t.Errorf("offered %+v", got)
	}
	w.Pick("of this")
	w.See("> per_page=1", other)
}

func TestARequestIsKeptUnderANameThatIsTaken(t *testing.T) {
	w := newWorld(t)
	w.keep(kept("mine", hub, works))
	w.begin()
	w.Type("/status/200")
	w.Do(SaveRequest)
	w.Type("mine")
	w.Do(screen.Submit)
	w.Pick("Another name")
	w.Do(screen.Submit)
	w.Pick("Replace it")
	w.See("> /status/200")
	data, err := w.Files.ReadOwn(screen.SavedRequests)
	if err != nil || !strings.Contains(string(data), "/status/200") || strings.Contains(string(data), "/contacts") {
		t.Errorf("%s, %v", data, err)
	}
}

// No secret is kept: neither one that its name gives away, nor one that the program has seen.
func TestASecretIsNotKept(t *testing.T) {
	w := newWorld(t)
	w.get("/echo/tok_globex-77e2_0123456789") // whose answer tells the token
	w.Do(SaveSentRequest)
	w.Type("leak")
	w.Do(screen.Submit)
	w.See("holds a secret that this program has seen")
	w.begin()
	w.fill(map[string]string{fieldPath: "/x", fieldHeaders: "X-Api-Key: hush"})
	w.Do(SaveRequest)
	w.Type("leak")
	w.Do(screen.Submit)
	w.See("X-Api-Key sounds like a secret")
	if data, err := w.Files.ReadOwn(screen.SavedRequests); err == nil {
		t.Errorf("wrote %s", data)
	}
}

// A file that cannot be read is left as it is, and its error is told where one would use it.
func TestAFileOfKeptRequestsThatIsBroken(t *testing.T) {
	w := newWorld(t)
	w.kept = []byte("requests:\n  - nonsense: 1\n")
	w.open(savedRoute)
	w.See("The kept requests cannot be read", "requests.yaml:2")
	w.begin()
	if reason := w.Action(UseSaved).Disabled; !strings.Contains(reason, "requests.yaml:2") {
		t.Errorf("it is said %q", reason)
	}
	w.Type("/x")
	w.Do(SaveRequest)
	w.Type("x")
	w.Do(screen.Submit)
	w.See("requests.yaml:2")
	if data, _ := w.Files.ReadOwn(screen.SavedRequests); string(data) != string(w.kept) {
		t.Errorf("the file is %q now", data)
	}
}

func TestTheListOfKeptRequestsFits(t *testing.T) {
	w := newWorld(t)
	w.open(savedRoute)
	w.See("No request was kept.")
	w.keep(kept("a", hub, works), kept(strings.Repeat("n", maxSavedName), "gone-"+strings.Repeat("k", 60), works))
	w.open(savedRoute + "?q=a")
	for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
	}
}

// A kept body that is too long to be typed is sent whole.
func TestALongKeptBodyIsNotCut(t *testing.T) {
	w := newWorld(t)
	k := kept("long", hub, works)
	k.Method, k.Body = "POST", nango.ProxyBody{Type: jsonType, Data: []byte(`["` + strings.Repeat("x", 100<<10) + `"]`)}
	w.keep(k)
	w.open(savedRoute)
	w.Do(OpenSaved)
	w.See("cannot be")
	w.Do(screen.Submit)
	if p := w.Proposal(); !bytes.Equal(p.Call.Body, k.Body.Data) || p.Call.Effect != nango.Runs {
		t.Errorf("%d bytes are sent", len(p.Call.Body))
	}
}

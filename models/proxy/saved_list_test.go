package proxy

import (
	"bytes"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// save writes the file of saved requests.
func (w *world) save(all ...SavedRequest) {
	w.t.Helper()
	data, err := formatSaved(all, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	w.saved = data
}

func savedRequest(name, integration, connection string) SavedRequest {
	return SavedRequest{name, nango.ProxyRequest{Connection: nango.ConnectionRef{Integration: integration, ID: connection},
		Method: "GET", Path: "/contacts", Query: "per_page=1"}}
}

func TestSavedRequestFillsForm(t *testing.T) {
	w := newWorld(t)
	w.save(savedRequest("first page", hub, works))
	w.open(savedRoute)
	w.See("1 saved request", "first page", "/contacts")
	w.Do(OpenSaved)
	w.See(works, "> /contacts", "> per_page=1")
	if err := w.send(); err != nil {
		t.Fatal(err)
	}
	w.See("200 OK")
}

// A request of a deleted integration is marked, and can be sent to another connection.
func TestSavedRequestOfDeletedIntegration(t *testing.T) {
	w := newWorld(t)
	w.save(savedRequest("old", "crm-of-before", "x"))
	w.open(savedRoute)
	w.See("✗ gone: crm-of")
	w.Do(OpenSaved)
	w.See("For the saved request old")
	w.Screen.(*ConnectionChoice).Fields.Set(screen.FieldConnectionID, other)
	w.Do(screen.Submit)
	w.See(other+" · "+hub, "> /contacts")
}

func TestRenameAndDeleteSavedRequest(t *testing.T) {
	w := newWorld(t)
	w.save(savedRequest("one", hub, works), savedRequest("two", hub, works))
	w.open(savedRoute)
	w.Do(RenameSaved)
	w.Screen.(*NameForm).Fields.Set(fieldName, "two")
	w.Do(screen.Submit)
	w.See("a saved request with this name exists")
	w.Screen.(*NameForm).Fields.Set(fieldName, "three")
	w.Do(screen.Submit)
	w.See("three", "two")
	w.NotSee("one ")
	w.Do(DeleteSaved)
	w.Pick("Keep")
	w.See("three")
	w.Do(DeleteSaved)
	w.Pick("Delete")
	w.NotSee("three")
	w.See("two")
	if data, err := w.Files.ReadOwn(screen.SavedRequests); err != nil || strings.Contains(string(data), "three") {
		t.Errorf("%s, %v", data, err)
	}
}

// The form of any connection can use a saved request, and offers its path as a recent one.
func TestFormUsesSavedRequest(t *testing.T) {
	w := newWorld(t)
	w.save(savedRequest("of another", "crm-of-before", "x"), savedRequest("of this", hub, works))
	w.open(Route + "/" + hub + "/" + other)
	w.See("Used before: /contacts")
	w.Do(UseSaved)
	if got := w.Picks[0].Options; got[0].Title != "of this" || !strings.Contains(got[1].Detail, "for crm-of-before") {
		t.Errorf("offered %+v", got)
	}
	w.Pick("of this")
	w.See("> per_page=1", other)
}

func TestSaveUnderExistingName(t *testing.T) {
	w := newWorld(t)
	w.save(savedRequest("mine", hub, works))
	w.begin()
	w.Type("/status/200")
	w.Do(SaveRequest)
	w.Type("mine")
	w.Do(screen.Submit)
	w.Pick("Choose another name")
	w.Do(screen.Submit)
	w.Pick("Replace")
	w.See("> /status/200")
	data, err := w.Files.ReadOwn(screen.SavedRequests)
	if err != nil || !strings.Contains(string(data), "/status/200") || strings.Contains(string(data), "/contacts") {
		t.Errorf("%s, %v", data, err)
	}
}

// Neither secrets by name nor known secrets are saved.
func TestSecretsAreNotSavedFromTheForm(t *testing.T) {
	w := newWorld(t)
	w.get("/echo/tok_globex-77e2_0123456789") // the response contains the token
	w.Do(SaveSentRequest)
	w.Type("leak")
	w.Do(screen.Submit)
	w.See("contains a known secret")
	w.begin()
	w.fill(map[string]string{fieldPath: "/x", fieldHeaders: "X-Api-Key: hush"})
	w.Do(SaveRequest)
	w.Type("leak")
	w.Do(screen.Submit)
	w.See("X-Api-Key looks like a secret")
	if data, err := w.Files.ReadOwn(screen.SavedRequests); err == nil {
		t.Errorf("wrote %s", data)
	}
}

// An invalid file stays unchanged, and its error shows where it would be used.
func TestInvalidFileIsNotOverwritten(t *testing.T) {
	w := newWorld(t)
	w.saved = []byte("requests:\n  - nonsense: 1\n")
	w.open(savedRoute)
	w.See("Couldn't load saved requests", "requests.yaml:2")
	w.begin()
	if reason := w.Action(UseSaved).Disabled; !strings.Contains(reason, "requests.yaml:2") {
		t.Errorf("it is said %q", reason)
	}
	w.Type("/x")
	w.Do(SaveRequest)
	w.Type("x")
	w.Do(screen.Submit)
	w.See("requests.yaml:2")
	if data, _ := w.Files.ReadOwn(screen.SavedRequests); string(data) != string(w.saved) {
		t.Errorf("the file is %q now", data)
	}
}

func TestSavedListFits(t *testing.T) {
	w := newWorld(t)
	w.open(savedRoute)
	w.See("No saved requests")
	w.save(savedRequest("a", hub, works), savedRequest(strings.Repeat("n", maxSavedName), "gone-"+strings.Repeat("k", 60), works))
	w.open(savedRoute + "?q=a")
	for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}} {
		w.Width, w.Height = size[0], size[1]
		w.Fits()
	}
}

// A saved body that is too long for the field is sent completely.
func TestLongSavedBodyIsNotTruncated(t *testing.T) {
	w := newWorld(t)
	k := savedRequest("long", hub, works)
	k.Method, k.Body = "POST", nango.ProxyBody{Type: jsonType, Data: []byte(`["` + strings.Repeat("x", 100<<10) + `"]`)}
	w.save(k)
	w.open(savedRoute)
	w.Do(OpenSaved)
	w.See("can't be")
	w.Do(screen.Submit)
	if p := w.Proposal(); !bytes.Equal(p.Call.Body, k.Body.Data) || p.Call.Effect != nango.Runs {
		t.Errorf("%d bytes are sent", len(p.Call.Body))
	}
}
